"""What a search finds, and quotations that prove an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qa.types.documents import Article, Passage, Span


@dataclass(frozen=True, slots=True)
class Leg:
    """Place of a passage in one leg of the search: rank from 1, and that leg's own score."""

    rank: int
    score: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the reasons.

    Attributes:
        rank: From 1.
        score: Fused; higher is better, comparable within one question only.
        why: `dense`, `keyword`, for questions in another language `dictionary`, `title` where the question names the
            article, and `rerank` where the passage was read again; a leg that missed is absent.
        also_in: Other documents that print the same in the same article, in the order of the alphabet.
    """

    rank: int
    score: float
    passage: Passage
    article: Article
    why: Mapping[str, Leg] = field(default_factory=dict)
    also_in: tuple[str, ...] = ()


class Match(StrEnum):
    """How the cited text stands in the source."""

    EXACT = "exact"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation that proves an answer: `document.text[span.start:span.end] == quote`.

    Attributes:
        number: From 1, as shown in the answer.
        quote: Cut from the source, untouched.
        text: The same words after repair.
        match: Whether `quote` and `text` are the same.
        also_in: Other documents that print the same article, in the order of the alphabet.
    """

    number: int
    document_id: str
    article: Article
    span: Span
    quote: str
    text: str
    match: Match
    page: int | None = None
    also_in: tuple[str, ...] = ()
