"""Recall on paragraph sets in SQuAD's format: is the first passage found a piece of the right paragraph?

Every paragraph becomes a document of one article; nothing is repaired or segmented, but passages are cut as always.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from embeddings.encoder import Encoder, Vectors
from qa.corpus.align import whole
from qa.corpus.passages import cut_passages
from qa.evaluation.intervals import Interval, WithIntervals, ratio_interval, resample
from qa.evaluation.questions import ParagraphSet
from qa.indexing import PreparedDocument, encode_and_store, with_sentences
from qa.retrieval.search import Found, Search
from qa.store.library import Library
from qa.types import Article, Block, BlockKind, Document

_PARAGRAPHS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Recall(WithIntervals):
    """Share of the questions whose paragraph is the first, or among the first five, that are found.

    Attributes:
        intervals: 95 % bootstrap intervals over questions, by the figure's name.
    """

    paragraphs: int
    questions: int
    recall_at_1: float
    recall_at_5: float
    intervals: Mapping[str, Interval]


def store_paragraphs(
    library: Library, encoder: Encoder, paragraphs: ParagraphSet, *, tell: Callable[[int, int], None]
) -> None:
    """Encode and store the paragraphs that the store does not hold yet; their row is the document id."""
    held = library.fingerprints()
    waiting: list[PreparedDocument] = []
    library.set_model(encoder.name, encoder.dimension)
    total = len(paragraphs.paragraphs)
    for row, (text, title) in enumerate(zip(paragraphs.paragraphs, paragraphs.titles, strict=True)):
        document = _document(row, text)
        if held.get(document.id) == document.sha256:
            continue
        article = Article(
            id=f"{document.id}#1",
            document_id=document.id,
            title=title,
            blocks=(Block(BlockKind.BODY, whole(text)),),
        )
        waiting.append(with_sentences(document, (article,), cut_passages(document, article)))
        if len(waiting) == _PARAGRAPHS_AT_ONCE:
            encode_and_store(library, encoder, waiting)
            waiting.clear()
            tell(row + 1, total)
    encode_and_store(library, encoder, waiting)
    tell(total, total)


def _document(row: int, text: str) -> Document:
    return Document(id=f"{row:06}", sha256=sha256(text.encode()).hexdigest(), encoding="utf-8", text=text)


def paragraph_ranks(search: Search, paragraphs: ParagraphSet, vectors: Vectors, *, depth: int = 20) -> list[int | None]:
    """Return, for each question, the rank (from 1) of its paragraph among those found, or None.

    Args:
        search: Over the stored paragraphs.
        paragraphs: The set.
        vectors: Of its questions, shape (questions, dimension).
        depth: Passages looked at.
    """
    return [
        rank_of(row, search.search(text, k=depth, vector=vector))
        for (text, row), vector in zip(paragraphs.questions, vectors, strict=True)
    ]


def rank_of(row: int, found: Sequence[Found]) -> int | None:
    """Return the rank (from 1) of a paragraph, which counts once, where its best passage stands; None if not found."""
    hits = [item.hit for item in found]
    order = list(dict.fromkeys(name for hit in hits for name in (hit.article.document_id, *hit.also_in)))
    wanted = f"{row:06}"
    return order.index(wanted) + 1 if wanted in order else None


def recall(ranks: Sequence[int | None], *, paragraphs: int) -> Recall:
    """Return recall@1 and @5; a question whose paragraph was not found counts 0.

    Args:
        ranks: One a question, at least one.
        paragraphs: Among how many was looked.
    """
    right = {
        "recall_at_1": [float(rank == 1) for rank in ranks],
        "recall_at_5": [float(rank is not None and rank <= 5) for rank in ranks],
    }
    counts, ones = resample(len(ranks)), [1.0] * len(ranks)
    bounds = {name: ratio_interval(counts, values, ones) for name, values in right.items()}
    return Recall(
        paragraphs=paragraphs,
        questions=len(ranks),
        recall_at_1=sum(right["recall_at_1"]) / len(ranks),
        recall_at_5=sum(right["recall_at_5"]) / len(ranks),
        intervals={name: interval for name, interval in bounds.items() if interval is not None},
    )
