"""What the store holds, and how it becomes rows and back: hashes, vectors, articles as JSON. Opens no database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields

import numpy as np

from embeddings.encoder import Vectors
from qa.corpus.align import pack_runs, unpack_runs
from qa.store.hashes import row_hash
from qa.types import Article, Block, BlockKind, DateRange, DocumentSummary, Passage, Section, Span

_NOT_IN_FIELDS = {"id", "document_id", "blocks", "title_span", "days"}
_ARTICLE_FIELDS = tuple(one.name for one in fields(Article) if one.name not in _NOT_IN_FIELDS)


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence of a passage: its range in the passage's repaired text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its row number, which is its id in the indexes, and its sentences in order."""

    number: int
    passage: Passage
    sentences: tuple[StoredSentence, ...]


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """What is written for one passage: the passage, its vector, its sentences and their vectors.

    Attributes:
        hashes: Of the texts that were encoded (`qa.store.hashes.text_hash`): of the whole, then of each sentence.
    """

    passage: Passage
    vector: Vectors
    sentences: tuple[tuple[int, int], ...]
    sentence_vectors: Vectors
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was read from, and how its file looked then.

    Attributes:
        stamp: As `qa.changes.stamp_of` writes it; empty where only reading the file again tells whether it changed.
        origin: Empty for a file of the collection's folder; else the path of a file that was added by itself, or
            `-` for standard input.
    """

    stamp: str = ""
    origin: str = ""


OF_THE_FOLDER = Source()
"""Of a file in the collection's folder that must be read to tell whether it changed."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the store knows of a document without reading its text."""

    sha256: str
    source: Source


@dataclass(frozen=True, slots=True)
class Holding:
    """A document as those see it who look after the store.

    Attributes:
        source: Where it was read from.
        read_at: When, in ISO form with its time zone; empty where that was not noted.
        repairs: How many changes were made to its text; None while nobody has counted.
    """

    summary: DocumentSummary
    source: Source
    read_at: str = ""
    repairs: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """An article without its blocks, and how many passages it was cut into."""

    article: Article
    passages: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that is searched, of one generation.

    Attributes:
        vectors: Shape (passages, dimension), in the order of `passages`.
        sentence_vectors: Shape (sentences, dimension), in the order of the passages and of their sentences.
        collections: Name of the collection of every document that is in one with a name, by document id.
    """

    generation: int
    articles: dict[str, Article]
    passages: tuple[StoredPassage, ...]
    vectors: Vectors
    sentence_vectors: Vectors
    collections: Mapping[str, str] = field(default_factory=dict)


def document_hash(*fields: str) -> bytes:
    """Return the hash of a document's row, its sections and collection last.

    Where both are empty they are left out, as in the rows of a store from before there were any.
    """
    *before, sections, collection = fields
    return row_hash(*(before if sections == "[]" and not collection else fields))


def sections_json(sections: Sequence[Section]) -> str:
    """Return the sections of a document as JSON; a span is [start, end]."""
    return json.dumps([asdict(section) | _section_spans(section) for section in sections], ensure_ascii=False)


def _section_spans(section: Section) -> dict[str, object]:
    headings = [[heading.start, heading.end] for heading in section.headings]
    return {"span": [section.span.start, section.span.end], "headings": headings}


def read_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of `sections_json`."""
    return tuple(
        Section(**{**one, "span": Span(*one["span"]), "headings": tuple(Span(*pair) for pair in one["headings"])})
        for one in json.loads(text)
    )


def vector_blob(vector: Vectors) -> bytes:
    """Return a vector as little-endian float16: half the size, and cosines keep four decimals."""
    return bytes(vector.astype("<f2").tobytes())


def stored_vector(blob: bytes) -> Vectors:
    """Return a vector exactly as it is stored; `vector_blob` makes the same bytes of it, to the last bit."""
    return np.frombuffer(blob, dtype="<f2").astype(np.float32)


def vector_matrix(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Return the vectors as float32 rows of length 1 again, shape (len(blobs), dimension).

    Raises:
        ValueError: If a blob is not of this dimension.
    """
    flat = np.frombuffer(b"".join(blobs), dtype="<f2").astype(np.float32)
    matrix = flat.reshape(len(blobs), dimension)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Vectors = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 0)
    return unit


def article_fields(article: Article) -> str:
    """Return the printed facts of an article as JSON."""
    facts = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    span = article.title_span
    days = [[one.start, one.end, one.span.start, one.span.end] for one in article.days]
    spans = {"title_span": [span.start, span.end] if span else None, "days": days}
    return json.dumps({**facts, **spans}, ensure_ascii=False)


def article_blocks(article: Article) -> str:
    """Return the blocks of an article as JSON."""
    return json.dumps(
        [[block.kind.value, block.content.text, pack_runs(block.content).hex()] for block in article.blocks],
        ensure_ascii=False,
    )


def read_article(article_id: str, document_id: str, facts: str, blocks: str = "[]") -> Article:
    """Return the article of `article_fields` and `article_blocks`; stores from before there were days hold none."""
    values = json.loads(facts)
    span, days = values.pop("title_span"), values.pop("days", ())
    return Article(
        id=article_id,
        document_id=document_id,
        title_span=Span(*span) if span else None,
        days=tuple(DateRange(first, last, Span(start, end)) for first, last, start, end in days),
        blocks=tuple(
            Block(BlockKind(kind), unpack_runs(text, bytes.fromhex(runs))) for kind, text, runs in json.loads(blocks)
        ),
        **values,
    )
