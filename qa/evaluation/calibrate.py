"""Fit the weights of `qa.answer.confidence` to question sets: `python -m qa.evaluation.calibrate --help`.

Answerable and unanswerable questions about folders, and questions about something else altogether, so that the fit
cannot learn that strange words are a good sign. Figures are cross-fitted: no question is judged by a fit that saw it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from embeddings.encoder import open_encoder
from qa.answer.attempt import Tools
from qa.answer.confidence import OTHER_MODELS, WITH_READER, features
from qa.answer.open import open_readers
from qa.answer.take import take
from qa.evaluation.questions import Question, read_paragraphs, read_questions
from qa.evaluation.sets import search_over

_FOLDS, _REPEATS, _SEED = 8, 5, 20261122
MODEL = "multilingual-e5-small"
_OUTSIDE = 60  # questions about something else, evenly taken from the set
_OF_READER = frozenset({"relevance", "answerable", "chance", "likeliest"})


@dataclass(frozen=True, slots=True)
class Collected:
    """What is known about every question of one corpus.

    Attributes:
        values: Shape (questions, features).
        answerable: Shape (questions,).
        about: Whether the question is about the corpus at all.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    answerable: NDArray[np.bool_]
    about: NDArray[np.bool_]


def collect(tools: Tools, questions: Sequence[Question]) -> Collected:
    """Ask every question and return what is known of it; not of those that a rule answers, with its own confidence."""
    rows, kept = [], []
    for question in questions:
        _, attempts = take(tools, question.text, question.history, top_k=8)
        first = attempts[0]
        assert first.reading is not None, "the store is not empty, so something is read"
        if first.reading.assured is not None:
            continue
        article = tools.search.article_text(first.reading.found.hit.article.id)
        kept.append(question)
        rows.append(features(first.searched_for, first.found, first.reading, article))
    names = tuple(rows[0])
    return Collected(
        names,
        np.array([[row[name] for name in names] for row in rows]),
        np.array([question.answerable for question in kept]),
        np.array([question.kind != "outside" for question in kept]),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and write; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.evaluation.calibrate",
        description=__doc__,
        epilog="Example: python -m qa.evaluation.calibrate --corpus papers dev.jsonl dev_hard.jsonl --corpus "
        "validation/articles sixth.jsonl --outside cmrc_trial.json --threshold 0.5 --threshold-sentence 0.4 "
        "--threshold-other 0.2, where sixth.jsonl holds every sixth question of validation/questions.jsonl.",
    )
    parser.add_argument(
        "--corpus", type=Path, nargs="+", action="append", required=True, metavar=("FOLDER", "QUESTIONS"),
        help="a folder, and question sets about it as JSON lines, answerable and not; figures are given for the first",
    )  # fmt: skip
    parser.add_argument("--outside", type=Path, required=True, help="SQuAD file about other things than the first")
    parser.add_argument("--threshold", type=float, required=True, help="confidence from which Wenju speaks")
    parser.add_argument("--threshold-sentence", type=float, required=True, help="the same, without the trained reader")
    parser.add_argument("--threshold-other", type=float, required=True, help="the same, for encoders not fitted")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "answer" / "calibration.json")
    chosen = parser.parse_args(arguments)

    sets = [[question for path in files for question in read_questions(path)] for _, *files in chosen.corpus]
    sets[0] += _outside(chosen.outside)
    encoder = open_encoder("bundled")
    ways = {WITH_READER: open_readers("bundled", "reader"), MODEL: open_readers("none", "sentence")}
    collected: dict[str, list[Collected]] = {way: [] for way in ways}
    for (docs, *_), questions in zip(chosen.corpus, sets, strict=True):
        search = search_over(docs, encoder)
        for way, readers in ways.items():
            collected[way].append(
                collect(Tools(search, readers.answerer, readers.reranker, readers.rerank_weights), questions)
            )
    # Where the cosine is known to mean something, the words add nothing; elsewhere they are all there is.
    result: dict[str, object] = {
        WITH_READER: fit(collected[WITH_READER], left_out=frozenset({"covered"}), threshold=chosen.threshold),
        MODEL: fit(collected[MODEL], left_out=_OF_READER | {"covered"}, threshold=chosen.threshold_sentence),
        OTHER_MODELS: fit(collected[MODEL], left_out=_OF_READER | {"sentence"}, threshold=chosen.threshold_other),
        "fitted_on": [path.name for _, *files in chosen.corpus for path in files] + [f"some of {chosen.outside.name}"],
    }
    text = json.dumps(result, indent=2) + "\n"
    chosen.to.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _outside(path: Path) -> list[Question]:
    others = read_paragraphs(path).questions
    step = max(1, len(others) // _OUTSIDE)
    return [
        Question(id=f"outside-{row}", text=others[row][0], kind="outside", answerable=False)
        for row in range(0, len(others), step)
    ]


def fit(corpora: Sequence[Collected], *, left_out: frozenset[str], threshold: float) -> dict[str, object]:
    """Return intercept and weights over the raw features, with cross-fitted figures for the first corpus.

    Every corpus weighs the same, and in it answerable and unanswerable questions.

    Args:
        corpora: What is known of every question.
        left_out: Features that are not used.
        threshold: Confidence from which Wenju speaks.
    """
    kept = [column for column, name in enumerate(corpora[0].names) if name not in left_out]
    names = [corpora[0].names[column] for column in kept]
    values = np.concatenate([corpus.values[:, kept] for corpus in corpora])
    answerable = np.concatenate([corpus.answerable for corpus in corpora])
    weights = np.concatenate([_balanced(corpus.answerable) for corpus in corpora])
    held_out = np.mean(
        [_held_out(values, answerable, weights, seed=_SEED + repeat) for repeat in range(_REPEATS)], axis=0
    )
    scaler, regression = _fitted(values, answerable, weights)
    raw = regression.coef_[0] / scaler.scale_
    first = len(corpora[0].answerable)
    return {
        "intercept": round(float(regression.intercept_[0] - raw @ scaler.mean_), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, raw, strict=True)},
        "threshold": threshold,
        "cross_fitted": _figures(held_out[:first], corpora[0], threshold),
    }


def _balanced(answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    shares = np.where(answerable, answerable.mean(), 1 - answerable.mean())
    result: NDArray[np.float64] = 1 / (2 * shares * len(answerable)) * 200
    return result


def _fitted(
    values: NDArray[np.float64], answerable: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(values, sample_weight=weights)
    regression = LogisticRegression(C=0.5).fit(scaler.transform(values), answerable, sample_weight=weights)
    return scaler, regression


def _held_out(
    values: NDArray[np.float64], answerable: NDArray[np.bool_], weights: NDArray[np.float64], *, seed: int
) -> NDArray[np.float64]:
    """Return the confidence in each question by a fit that did not see it."""
    confidence = np.zeros(len(values))
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(values, answerable):
        scaler, regression = _fitted(values[train], answerable[train], weights[train])
        confidence[test] = regression.predict_proba(scaler.transform(values[test]))[:, 1]
    return confidence


def _figures(held_out: NDArray[np.float64], corpus: Collected, threshold: float) -> dict[str, object]:
    answerable, about = corpus.answerable, corpus.about
    return {
        "questions": int(about.sum()),
        "auroc": round(float(roc_auc_score(answerable[about], held_out[about])), 3),
        "outside_refused": round(float((held_out[~about] < threshold).mean()), 3),
        "precision_recall_silenced_by_threshold": {
            str(step): _refusal(held_out < step, answerable, about)
            for step in sorted({threshold, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7})
        },
    }


def _refusal(silent: NDArray[np.bool_], answerable: NDArray[np.bool_], about: NDArray[np.bool_]) -> list[float]:
    """Return precision and recall of refusal, and the share of answerable questions that are silenced."""
    refused = silent & about
    precision = float((~answerable[refused]).mean()) if refused.any() else 0.0
    return [round(value, 3) for value in (
        precision, float(silent[about & ~answerable].mean()), float(silent[answerable].mean())
    )]  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
