"""Ask a whole question set, also with parts of Wenju left out, and keep what came of it.

Several sets about the same documents are joined by their outcomes, so that no question is asked twice. Makes no tables.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from embeddings.encoder import Encoder, open_encoder
from qa.assistant import Assistant
from qa.config import load_settings
from qa.errors import ModelUnavailableError, SourceError
from qa.evaluation.figures import by_kind, by_trap, figures
from qa.evaluation.measure import Outcome, judge_all
from qa.evaluation.questions import Question, read_questions, waiting
from qa.evaluation.reliability import bins, calibration_error
from qa.evaluation.variants import Variant, variants
from qa.retrieval.fuse import weights_for
from qa.retrieval.search import Search
from qa.store.library import Library
from qa.terminal import one_line


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a question set.

    Attributes:
        name: Of the set.
        model, reranker, answerer: What it was measured with.
        outcomes: Every question, in order.
        ablation: The same questions with parts left out, by the variant's name; empty where none was measured.
    """

    name: str
    model: str
    reranker: str
    answerer: str
    outcomes: tuple[Outcome, ...]
    ablation: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return all figures as JSON values."""
        result: dict[str, Any] = {
            "questions": self.name,
            "model": self.model,
            "reranker": self.reranker,
            "answerer": self.answerer,
            "kinds": {kind: group.as_dict() for kind, group in by_kind(self.outcomes).items()},
            "traps": {trap: group.as_dict() for trap, group in by_trap(self.outcomes).items()},
            "calibration": _calibration(self.outcomes),
        }
        if self.ablation:
            result["ablation"] = {name: figures(outcomes).as_dict() for name, outcomes in self.ablation.items()}
        return result


def _calibration(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the bins of the answers that were given, and the error over them and over all questions.

    Nothing that was met with silence is right, so the error over all counts an answer that was withheld as wrong.
    """
    given = [outcome for outcome in outcomes if not outcome.answer.abstained]
    of_given = [outcome.answer.confidence for outcome in given], [outcome.right for outcome in given]
    of_all = [outcome.answer.confidence for outcome in outcomes], [outcome.right for outcome in outcomes]
    return {
        "answers": len(given),
        "error_of_answers": calibration_error(*of_given),
        "error_of_all": calibration_error(*of_all),
        "bins_of_answers": [asdict(one) for one in bins(*of_given)],
    }


def joined(name: str, sets: Sequence[Measured]) -> Measured:
    """Return several sets as one; of the ablation, the variants that every one of them has.

    Args:
        name: Of the whole.
        sets: One or more, measured with the same settings.
    """
    first = sets[0]
    shared = [variant for variant in first.ablation if all(variant in one.ablation for one in sets)]
    return Measured(
        name=name,
        model=first.model,
        reranker=first.reranker,
        answerer=first.answerer,
        outcomes=tuple(outcome for one in sets for outcome in one.outcomes),
        ablation={variant: tuple(item for one in sets for item in one.ablation[variant]) for variant in shared},
    )


def measure_set(
    path: Path,
    *,
    store: Path | None = None,
    docs: Path | None = None,
    ablation: bool = False,
    reranker: str | None = None,
    answerer: str | None = None,
) -> Measured:
    """Ask a question set.

    Args:
        path: JSON lines.
        store: Where the index is, or is to be made; by default that of the settings.
        docs: Folder to index first, into `store` or a temporary one.
        ablation: Also ask with parts left out.
        reranker: Instead of that of the settings.
        answerer: Instead of that of the settings.

    Raises:
        SourceError: The questions or the folder cannot be read.
        StoreError: There is no store, or it is of another model.
        ModelUnavailableError: A model that is asked for is not here.
    """
    settings = load_settings(reranker=reranker, answerer=answerer)
    asked = read_questions(path)
    if left := waiting(path):
        say(f"{left} marked “review” left out: say what is right, and take the mark away.")
        if not asked:
            raise SourceError(f"{path} holds no other question.", "Look through it first.")
    with _store_folder(store, docs, settings.store) as folder:
        encoder = open_encoder(settings.model)
        shipped = Variant(weights_for(encoder.name), settings.reranker, settings.answerer)
        outcomes = _ask(folder, encoder, shipped, asked, engine=settings.engine, docs=docs)
        left_out: dict[str, tuple[Outcome, ...]] = {}
        for name, variant in variants(shipped.weights).items() if ablation else ():
            try:
                left_out[name] = (
                    outcomes if variant == shipped else _ask(folder, encoder, variant, asked, engine=settings.engine)
                )
            except ModelUnavailableError as error:
                say(f"“{name}” is not measured: {error}")
    return Measured(path.name, encoder.name, shipped.reranker, shipped.answerer, outcomes, left_out)


def _ask(
    folder: Path,
    encoder: Encoder,
    variant: Variant,
    questions: Sequence[Question],
    *,
    engine: str,
    docs: Path | None = None,
) -> tuple[Outcome, ...]:
    """Ask every question of an assistant like this; index the documents first where some are given."""
    assistant = Assistant.open(
        folder,
        encoder=encoder,
        create=docs is not None,
        weights=variant.weights,
        reranker=variant.reranker,
        answerer=variant.answerer,
        engine=engine,
    )
    try:
        if docs is not None:
            indexed = assistant.index(docs)
            say(f"{docs}: {indexed.documents} documents, {indexed.articles} articles, {indexed.passages} passages")
        assistant.warm()
        return tuple(judge_all(assistant, questions))
    finally:
        assistant.close()


@contextmanager
def _store_folder(store: Path | None, docs: Path | None, default: Path) -> Iterator[Path]:
    """Yield the store to use: the named one; a temporary one for a folder that is only measured; else the default."""
    if store is None and docs is not None:
        with tempfile.TemporaryDirectory(prefix="wenju-eval-") as folder:
            yield Path(folder) / "store"
    else:
        yield store or default


def say(line: str) -> None:
    """Tell the person at the keyboard, beside the figures."""
    sys.stderr.write(f"{one_line(line)}\n")


def search_over(docs: Path, encoder: Encoder) -> Search:
    """Index a folder into a store that is thrown away, and return the search over it."""
    with tempfile.TemporaryDirectory(prefix="wenju-weigh-") as folder:
        assistant = Assistant.open(Path(folder) / "store", encoder=encoder, create=True)
        assistant.index(docs)
        assistant.close()
        library = Library.open(Path(folder) / "store")
        search = Search(library.contents(), encoder)
        library.close()
    return search
