"""Fit the weights of `qa.answer.confidence` to question sets: `python -m qa.evaluation.calibrate --help`.

Answerable and unanswerable questions about a folder, and questions about something else altogether, so that the fit
cannot learn that strange words are a good sign. Figures are cross-fitted: no question is judged by a fit that saw it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from embeddings.encoder import open_encoder
from qa.answer.confidence import OTHER_MODELS, features
from qa.answer.read import SentenceAnswerer
from qa.assistant import Assistant
from qa.evaluation.questions import Question, read_paragraphs, read_questions
from qa.library import Library
from qa.retrieval.followup import complete
from qa.retrieval.search import Search

_FOLDS, _REPEATS, _SEED = 8, 5, 20261122
MODEL = "multilingual-e5-small"
_OUTSIDE = 60  # questions about something else, evenly taken from the set


def collect(search: Search, questions: Sequence[Question]) -> tuple[list[str], NDArray[np.float64]]:
    """Return the names of the features and their values, shape (questions, features)."""
    rows, answerer = [], SentenceAnswerer()
    for question in questions:
        searched_for = complete(question.text, question.history)
        found = search.search(searched_for, k=8)
        reading = answerer.read(question.text, found, search.keyword, searched_for=searched_for)
        assert reading is not None, "the store is not empty, so something is read"
        rows.append(features(searched_for, found, reading, search.article_text(reading.found.hit.article.id)))
    names = list(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and write; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="folder that the questions are about")
    parser.add_argument("--questions", type=Path, nargs="+", required=True, help="JSON lines, answerable and not")
    parser.add_argument("--outside", type=Path, required=True, help="SQuAD file about other things")
    parser.add_argument("--threshold", type=float, required=True, help="confidence from which Wenju speaks")
    parser.add_argument("--threshold-other", type=float, required=True, help="the same, for models that are not fitted")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "answer" / "calibration.json")
    chosen = parser.parse_args(arguments)

    asked = [question for path in chosen.questions for question in read_questions(path)]
    others = read_paragraphs(chosen.outside).questions
    step = max(1, len(others) // _OUTSIDE)
    outside = [
        Question(id=f"outside-{row}", text=others[row][0], kind="outside", answerable=False)
        for row in range(0, len(others), step)
    ]
    encoder = open_encoder("bundled")
    with tempfile.TemporaryDirectory(prefix="wenju-calibrate-") as folder:
        assistant = Assistant.open(Path(folder) / "store", encoder=encoder, create=True)
        assistant.index(chosen.docs)
        assistant.close()
        library = Library.open(Path(folder) / "store")
        names, values = collect(Search(library.contents(), encoder), [*asked, *outside])
        library.close()
    answerable = np.array([question.answerable for question in [*asked, *outside]])
    about = np.array([True] * len(asked) + [False] * len(outside))

    def fitted(left_out: str, threshold: float) -> dict[str, object]:
        kept = [names.index(name) for name in names if name != left_out]
        return fit([names[column] for column in kept], values[:, kept], answerable, about, threshold=threshold)

    # Where the cosine is known to mean something, the words add nothing; elsewhere they are all there is.
    result = {
        MODEL: fitted("covered", chosen.threshold),
        OTHER_MODELS: fitted("sentence", chosen.threshold_other),
        "fitted_on": [*(path.name for path in chosen.questions), f"{len(outside)} of {chosen.outside.name}"],
    }
    text = json.dumps(result, indent=2) + "\n"
    chosen.to.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def fit(
    names: Sequence[str],
    values: NDArray[np.float64],
    answerable: NDArray[np.bool_],
    about: NDArray[np.bool_],
    *,
    threshold: float,
) -> dict[str, object]:
    """Return intercept and weights over the raw features, with cross-fitted figures.

    Args:
        names: Of the columns of `values`.
        values: Shape (questions, features).
        answerable: Which questions the documents answer.
        about: Which questions are about the documents at all; figures are given for these and for the others.
        threshold: Confidence from which Wenju speaks.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, class_weight="balanced"))
    held_out = np.mean(
        [
            cross_val_predict(
                model,
                values,
                answerable,
                cv=StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED + repeat),
                method="predict_proba",
            )[:, 1]
            for repeat in range(_REPEATS)
        ],
        axis=0,
    )
    silent = held_out < threshold
    model.fit(values, answerable)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    return {
        "intercept": round(float(regression.intercept_[0] - weights @ scaler.mean_), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "threshold": threshold,
        "cross_fitted": {
            "questions": int(about.sum()),
            "auroc": round(float(roc_auc_score(answerable[about], held_out[about])), 3),
            "refusal_precision": round(float((~answerable[silent & about]).mean()), 3),
            "refusal_recall": round(float(silent[about & ~answerable].mean()), 3),
            "answerable_silenced": round(float(silent[answerable].mean()), 3),
            "outside_refused": round(float(silent[~about].mean()), 3),
            "by_threshold": {
                str(step): [
                    round(float((~answerable[(held_out < step) & about]).mean()), 3),
                    round(float((held_out < step)[about & ~answerable].mean()), 3),
                    round(float((held_out < step)[answerable].mean()), 3),
                ]
                for step in (0.2, 0.3, 0.4, 0.5, 0.6)
            },
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
