"""What the shells tell of the store: what an index run did, what is loaded, a document opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.types.documents import Article, Document, Span


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index command did.

    Attributes:
        documents, articles, passages: Totals in the store afterwards.
        added, changed, removed, unchanged: Documents by what happened to them in this run.
        skipped: Files that were not read.
        seconds: Wall clock.
        generation: Of the store afterwards.
    """

    documents: int
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    seconds: float
    generation: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document as `wenju list` shows it, without its text.

    Attributes:
        characters: Code points of the decoded text.
        articles: How many.
    """

    id: str
    collection: str
    sha256: str
    encoding: str
    media_type: str
    characters: int
    articles: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a long run: `done` of `total` in `unit`, and what is under way."""

    done: int
    total: int
    unit: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article opened at a place: the document it stands in and what to mark.

    Attributes:
        document: The whole source.
        article: The article that holds `marked`, or the document's first one.
        marked: What to highlight, or None.
    """

    document: Document
    article: Article
    marked: Span | None


@dataclass(frozen=True, slots=True)
class Status:
    """What is loaded, for the line under the chat, `/status` and health checks.

    Attributes:
        model: Name of the encoder.
        answerer: Name of what makes the answers.
        examples: Questions that the loaded corpus can answer, to click on.
        collections: Number of documents by collection, in order of name; the one without a name is the empty text.
        llm: Name of the language model that writes and the host that it is asked at; empty where there is none.
    """

    documents: int
    articles: int
    passages: int
    generation: int
    model: str
    answerer: str
    store: str
    examples: tuple[str, ...] = ()
    collections: Mapping[str, int] = field(default_factory=dict)
    llm: str = ""
