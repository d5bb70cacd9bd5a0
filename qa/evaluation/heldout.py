"""Measure on the articles of a public set that the reader was never trained on: its ranking, and what it reads.

Which articles those are is decided in `qa.evaluation.split`. The reader comes in as two functions; loads nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from embeddings.encoder import Vectors
from qa.evaluation.intervals import Interval, WithIntervals, mean_interval
from qa.evaluation.metrics import character_f1, exact_match
from qa.evaluation.paragraphs import rank_of
from qa.evaluation.questions import ParagraphSet
from qa.evaluation.split import validates
from qa.retrieval.rerank import READS_MOST
from qa.retrieval.search import Found, Search

MOST = 400  # questions of one set that are read; reading eight passages for each takes most of the time

Reorder = Callable[[str, list[Found]], list[Found]]
"""Ranks the passages found for a question again."""
ReadSpan = Callable[[str, str, str], str]
"""Takes a question, an article's title and a paragraph; returns the answer found in it, empty where there is none."""


@dataclass(frozen=True, slots=True)
class SpanFigures(WithIntervals):
    """Answers read in the right paragraph against the accepted ones, with 95 % bootstrap intervals over questions."""

    questions: int
    f1: float
    exact: float
    intervals: Mapping[str, Interval]


def held_out_questions(paragraphs: ParagraphSet, *, most: int = MOST) -> list[int]:
    """Return the rows of the questions about held-out articles; of more than `most`, so many at even distances."""
    outside = [validates(_article(paragraphs, row)) for row in range(len(paragraphs.paragraphs))]
    rows = [number for number, (_, row) in enumerate(paragraphs.questions) if outside[row]]
    if len(rows) <= most:
        return rows
    return [rows[step * len(rows) // most] for step in range(most)]


def held_out_articles(paragraphs: ParagraphSet) -> int:
    """Return how many articles of a set are held out."""
    return sum(map(validates, {_article(paragraphs, row) for row in range(len(paragraphs.paragraphs))}))


def _article(paragraphs: ParagraphSet, row: int) -> str:
    return paragraphs.titles[row] or paragraphs.paragraphs[row][:20]


def reranked_ranks(
    search: Search, paragraphs: ParagraphSet, vectors: Vectors, rows: Sequence[int], reorder: Reorder
) -> list[int | None]:
    """Return the rank (from 1) of the paragraph of each of these questions after the first passages were reordered.

    Args:
        search: Over all paragraphs of the set.
        paragraphs: The set.
        vectors: Of all its questions, shape (questions, dimension).
        rows: Of the questions to ask.
        reorder: The reranker.
    """
    ranks = []
    for number in rows:
        text, row = paragraphs.questions[number]
        ranks.append(rank_of(row, reorder(text, search.search(text, k=READS_MOST, vector=vectors[number]))))
    return ranks


def read_spans(paragraphs: ParagraphSet, rows: Sequence[int], read: ReadSpan) -> SpanFigures:
    """Read the answer of each of these questions, at least one, in its own paragraph, and judge it.

    Character F1 and exact match are those of CMRC 2018 and DRCD, on texts folded as `metrics.comparable` does.
    """
    f1, exact = [], []
    for number in rows:
        text, row = paragraphs.questions[number]
        answer = read(text, paragraphs.titles[row], paragraphs.paragraphs[row])
        f1.append(character_f1(answer, paragraphs.answers[number]))
        exact.append(exact_match(answer, paragraphs.answers[number]))
    bounds = {"f1": mean_interval(f1), "exact": mean_interval(exact)}
    return SpanFigures(
        questions=len(rows),
        f1=sum(f1) / len(rows),
        exact=sum(exact) / len(rows),
        intervals={name: interval for name, interval in bounds.items() if interval is not None},
    )
