"""Recall on paragraph sets in SQuAD's format: is the first passage found a piece of the right paragraph?

Every paragraph becomes a document of one article; nothing is repaired or segmented, but passages are cut as always.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from embeddings.encoder import Encoder, Vectors
from qa.corpus.align import whole
from qa.corpus.passages import cut_passages
from qa.evaluation.questions import ParagraphSet
from qa.indexing import PreparedDocument, encode_and_store, with_sentences
from qa.library import Library
from qa.retrieval.search import Search
from qa.types import Article, Block, BlockKind, Document

_PARAGRAPHS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of the questions whose paragraph is the first, or among the first five, that are found."""

    paragraphs: int
    questions: int
    recall_at_1: float
    recall_at_5: float


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
        depth: Passages looked at; a paragraph counts once, where its best passage stands.
    """
    ranks: list[int | None] = []
    for (text, row), vector in zip(paragraphs.questions, vectors, strict=True):
        found = search.search(text, k=depth, vector=vector)
        order = list(dict.fromkeys(item.hit.article.document_id for item in found))
        wanted = f"{row:06}"
        ranks.append(order.index(wanted) + 1 if wanted in order else None)
    return ranks


def recall(paragraphs: ParagraphSet, ranks: list[int | None]) -> Recall:
    """Return recall@1 and @5 of the ranks; a question whose paragraph was not found counts 0."""
    return Recall(
        paragraphs=len(paragraphs.paragraphs),
        questions=len(ranks),
        recall_at_1=sum(rank == 1 for rank in ranks) / len(ranks),
        recall_at_5=sum(rank is not None and rank <= 5 for rank in ranks) / len(ranks),
    )
