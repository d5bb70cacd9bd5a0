"""`python -m qa.evaluation.weigh`: which weights rank passages and choose spans best on a folder with questions.

Prints figures and sets nothing: the weights stand in `qa.answer.reader` (RERANK_WEIGHTS) and `qa.answer.choose`
(SpanWeights). Meant for articles that the reader was not trained on, as `python -m qa.training.corpus` writes them.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import open_encoder
from qa.answer.attempt import Tools, find
from qa.answer.choose import ReaderAnswerer, Signs, SpanWeights
from qa.answer.open import open_readers
from qa.evaluation.metrics import character_f1, holds
from qa.evaluation.questions import Question, read_questions
from qa.evaluation.sets import search_over
from qa.retrieval.rerank import READS_MOST, Reranker, chances
from qa.retrieval.search import Search, passage_of
from qa.retrieval.tokens import holds_han

_WEIGHTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2)
_SPAN_STEPS: Mapping[str, tuple[float, ...]] = {
    "passage": (0, 2, 4, 7, 10, 14, 20),
    "answerable": (0, 0.5, 1, 1.5, 2, 3),
    "sentence": (0, 0.5, 1, 2, 3, 4),
    "wrong_type": (0, 0.5, 1, 2, 3),
    "swallowed": (0, 1, 2, 3),
}
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """The passages found for one question, in the search's order.

    Attributes:
        scores: Fused scores.
        chances: What the reranker says of each, 0 to 1.
        evidence: Whether it holds the evidence.
        foreign: Whether it is in another script than the question.
    """

    scores: NDArray[np.float64]
    chances: NDArray[np.float64]
    evidence: NDArray[np.bool_]
    foreign: NDArray[np.bool_]

    def rank(self, *, same: float, foreign: float) -> int | None:
        """Return the rank of the evidence, from 1, with these weights; None where it was not found."""
        weights = np.where(self.foreign, foreign, same)
        order = np.argsort(-(self.scores - weights * (self.chances.max() - self.chances)), kind="stable")
        places = np.flatnonzero(self.evidence[order])
        return int(places[0]) + 1 if places.size else None


Proposed = Sequence[tuple[Signs, float]]
"""The spans proposed for one question, each with the F1 that it would reach."""


def listed(search: Search, reranker: Reranker, questions: Sequence[Question]) -> list[Listed]:
    """Search for every question and read all that may ever be read."""
    result = []
    for question in questions:
        found = search.search(question.text, k=READS_MOST)
        texts = [item.stored.passage.text for item in found]
        result.append(
            Listed(
                scores=np.array([item.hit.score for item in found]),
                chances=chances(reranker.relevance(question.text, [passage_of(item) for item in found])),
                evidence=np.array([holds(text, question.evidence) for text in texts]),
                foreign=np.array([holds_han(text) != holds_han(question.text) for text in texts]),
            )
        )
    return result


def proposed(tools: Tools, answerer: ReaderAnswerer, questions: Sequence[Question]) -> list[Proposed]:
    """Rank for every question as Wenju does and return the spans that compete."""
    result: list[Proposed] = []
    for question in questions:
        accepted = (*question.answers, *question.answers_exact)
        found = find(tools, question.text, k=1)
        spans = []
        for reading, signs in answerer.signed(question.text, found, tools.search.keyword):
            text = reading.found.stored.passage.text
            spans.append((signs, character_f1(text[reading.answer_start : reading.answer_end], accepted)))
        result.append(spans)
    return result


def share(items: Sequence[Listed], *, same: float, foreign: float, within: int) -> float:
    """Return the share of questions whose evidence is among the first so many."""
    ranks = [item.rank(same=same, foreign=foreign) for item in items]
    return sum(rank is not None and rank <= within for rank in ranks) / len(ranks)


def mean_f1(items: Sequence[Proposed], weights: SpanWeights) -> float:
    """Return the mean F1 of the spans that these weights choose; a question without a span counts 0."""
    chosen = [max(spans, key=lambda one: one[0].score(weights))[1] if spans else 0.0 for spans in items]
    return sum(chosen) / len(chosen)


def best_span_weights(items: Sequence[Proposed], start: SpanWeights) -> SpanWeights:
    """Change one weight at a time to the step that is best, while any change helps; of equals the earlier one stays."""
    best, reached = start, mean_f1(items, start)
    for _, (name, steps) in product(range(_ROUNDS), _SPAN_STEPS.items()):
        for step in steps:
            tried = replace(best, **{name: float(step)})
            figure = mean_f1(items, tried)
            if figure > reached + 1e-9:
                best, reached = tried, figure
    return best


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.weigh", description=__doc__)
    parser.add_argument("--docs", type=Path, required=True, help="a folder that the reader was not trained on")
    parser.add_argument("--questions", type=Path, nargs="+", required=True, help="questions about it, as JSON lines")
    parser.add_argument("--every", type=int, default=1, help="take each so-manieth question (default: all)")
    chosen = parser.parse_args(arguments)
    asked = [question for path in chosen.questions for question in read_questions(path)]
    questions = [one for one in asked if one.answerable and one.evidence and not one.history][:: chosen.every]
    search = search_over(chosen.docs, open_encoder("bundled"))
    readers = open_readers("bundled", "reader")
    assert readers.reranker is not None and isinstance(readers.answerer, ReaderAnswerer)
    sys.stdout.write(_ranking_table(listed(search, readers.reranker, questions)))
    tools = Tools(search, readers.answerer, readers.reranker, readers.rerank_weights)
    spans = proposed(tools, readers.answerer, questions)
    best = best_span_weights(spans, SpanWeights())
    sys.stdout.write(f"\nF1 {mean_f1(spans, SpanWeights()):.3f} with {_written(SpanWeights())}\n")
    sys.stdout.write(f"F1 {mean_f1(spans, best):.3f} with {_written(best)}\n")
    return 0


def _ranking_table(items: Sequence[Listed]) -> str:
    """Return evidence first and among five by weight, where passages are in the question's script and where not."""
    groups = {
        "same script": [item for item in items if not _is_foreign(item)],
        "another script": [item for item in items if _is_foreign(item)],
    }
    lines = [f"{'weight':>8}" + "".join(f"{f'{name} ({len(group)})':>24}" for name, group in groups.items())]
    for weight in _WEIGHTS:
        cells = []
        for group in groups.values():
            figures = [share(group, same=weight, foreign=weight, within=within) for within in (1, 5) if group]
            cells.append(" / ".join(f"{figure:.3f}" for figure in figures))
        lines.append(f"{weight:>8}" + "".join(f"{cell:>24}" for cell in cells))
    return "evidence first / among five\n" + "\n".join(lines) + "\n"


def _is_foreign(item: Listed) -> bool:
    """Tell whether the evidence, where it was found, else most of what was found, is in another script."""
    told = item.foreign[item.evidence] if item.evidence.any() else item.foreign
    return bool(told.mean() > 0.5)


def _written(weights: SpanWeights) -> str:
    return ", ".join(f"{field.name} {getattr(weights, field.name):g}" for field in fields(weights))


if __name__ == "__main__":
    raise SystemExit(main())
