"""What stands in the store: documents, their articles, and the passages that are searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class Section:
    """An article that the format itself marks: a row of a table, a chapter of a book, a saved web page.

    Attributes:
        span: Its text in `Document.text`, without the title where that stands in a field of its own.
        title, subtitle, byline, publisher, date: As the format gives them; None where it does not.
        headings: Lines of the text that head what follows them, in order, inside `span`.
    """

    span: Span
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    headings: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded source file.

    Attributes:
        id: Path inside the corpus folder, with `/` on every system; in a collection with a name, `NAME/path`.
        sha256: Of the bytes, in hexadecimal.
        encoding: Python's name of the encoding that the bytes were decoded with.
        text: The decoded bytes, untouched: byte order mark, carriage returns and all. Of a format that is not text,
            what its reader took out of it.
        media_type: Such as `text/plain` or `text/markdown`.
        assumptions: What had to be assumed while reading, in plain sentences.
        pages: Spans of pages, for formats that have them; of rows, for tables.
        sections: Articles that the format marks, in order; empty where they must be told from the text.
        collection: Name of the collection that it belongs to, empty for the one without a name.
    """

    id: str
    sha256: str
    encoding: str
    text: str
    media_type: str = "text/plain"
    assumptions: tuple[str, ...] = ()
    pages: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of repaired text that stand, as they are or replaced one for one, in the source.

    Attributes:
        start: Where the run starts in the repaired text.
        raw_start: Where it starts in the source.
        length: Characters in the repaired text; the same number in the source unless `raw_length` is given.
        raw_length: Characters in the source when they differ in number (a whole run was replaced), else None.
    """

    start: int
    raw_start: int
    length: int
    raw_length: int | None = None


@dataclass(frozen=True, slots=True)
class AlignedText:
    """Repaired text with a map back to the source.

    Made and cut by the functions of `qa.corpus.align`; never assembled by hand.

    Attributes:
        text: Repaired text, for searching.
        runs: Cover `text` from its first to its last character without gap or overlap, in order; raw positions grow.
    """

    text: str
    runs: Sequence[Run]


class BlockKind(StrEnum):
    """What a piece of an article is."""

    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    HEADING = "heading"
    IMPRINT = "imprint"  # lines that say who published, when, and by whom it is; searched for just that


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, caption, by-line or section heading of an article, whole, after repair."""

    kind: BlockKind
    content: AlignedText


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days that an article's text names, such as 昨日 or 本月底, reckoned from its date.

    Attributes:
        start, end: First and last day, `YYYY-MM-DD`.
        span: Where they are named in `Document.text`.
    """

    start: str
    end: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document. Texts are repaired; a field that the source does not print is None.

    Attributes:
        id: `document_id#n`, n counted from 1 in the order of first appearance.
        title: Headline, without kicker or subtitle; the file name where the source prints none.
        subtitle: Kicker or subtitle.
        byline: As printed, without brackets: who wrote, photographed or edited, joined by one blank.
        publisher: Newspaper, site or agency, where printed.
        date: As printed.
        date_iso: `YYYY-MM-DD` where the printed date is complete, or the page completes it, else None.
        place: Town, district or village that the article is about, where its title, dateline or first lines name one.
        column: Banner or column label of the page.
        blocks: In order of the source; headings stand before the paragraphs they head.
        title_span: Where the title stands in the source.
        days: What its text says of days, in order; metadata for filters.
    """

    id: str
    document_id: str
    title: str
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    date_iso: str | None = None
    place: str | None = None
    column: str | None = None
    blocks: tuple[Block, ...] = ()
    title_span: Span | None = None
    days: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: a paragraph, or a piece of a long one; never crosses an article.

    Attributes:
        id: `document_id:start-end`.
        article_id: The article that it belongs to.
        span: In the source; `content` maps into it.
        kind: Body, caption, by-line or imprint; a heading is not a passage.
        content: Repaired text with its map back.
        heading: Section heading that it stands under, or None.
    """

    id: str
    article_id: str
    span: Span
    kind: BlockKind
    content: AlignedText
    heading: str | None = None

    @property
    def text(self) -> str:
        return self.content.text
