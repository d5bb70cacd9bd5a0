"""Put together the text of a document whose format is not text, and remember where headings, pages and articles stand.

Paragraphs are parted by a blank line, a heading is a paragraph of its own, rows of a table and lines of a paragraph
stand one under the other. Citations are held against this text, so it depends on the bytes of the file alone.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from qa.corpus.lines import CELL
from qa.types import Document, Section, Span

BULLET = "• "

_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_LINE_ENDS = re.compile(r" ?\n ?")
_REMOVED = (
    *range(0x00, 0x09), 0x0E, 0x0F, *range(0x10, 0x20), *range(0x7F, 0xA0), 0xAD,
    0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF,
)  # fmt: skip
"""Control characters, soft hyphens and marks of writing direction: nobody sees them, and they split words."""

_CHARACTERS = {**dict.fromkeys(_REMOVED), **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"), 0x2028: "\n", 0x2029: "\n"}


class PieceKind(Enum):
    """What a piece of text is."""

    PARAGRAPH = auto()
    HEADING = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading or a row of a table.

    Attributes:
        text: Clean, see `clean`; a paragraph may hold single newlines.
        kind: Rows stand directly under each other.
        level: Of a heading, from 1.
        breaks: Positions in the text where a new page begins, in order; 0 for before the piece.
    """

    text: str
    kind: PieceKind = PieceKind.PARAGRAPH
    level: int = 0
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """What becomes one article: its pieces in order, and what the format says about it. The title is a piece too."""

    pieces: Sequence[Piece]
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None


def clean(text: str) -> str:
    """Return the text with single blanks, none around newlines and at the ends, and without what cannot be shown."""
    text = _BLANKS.sub(" ", text.translate(_CHARACTERS))
    return _LINE_ENDS.sub("\n", text).strip(" \n\u3000")


def row(cells: Iterable[str]) -> str:
    """Return one line for the cells of a table row; an empty text when all are empty."""
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return CELL.join(texts).strip()


def compose(
    document_id: str,
    data: bytes,
    chapters: Sequence[Chapter],
    *,
    media_type: str,
    encoding: str = "utf-8",
    assumptions: tuple[str, ...] = (),
    sectioned: bool = True,
    paged: bool = False,
) -> Document:
    """Return the document of these chapters.

    Args:
        document_id: Its id.
        data: The file, for the hash.
        chapters: In order; those without text are left out.
        media_type: Of the document.
        encoding: Of the file, where it has one.
        assumptions: What the reader had to assume.
        sectioned: The format marks articles; else they must be told from the text, and chapters are only written down.
        paged: The file has pages, at least one; else only where a piece breaks one off.
    """
    text = _Text()
    sections: list[Section] = []
    for chapter in chapters:
        spans = [(piece, text.add(piece)) for piece in chapter.pieces]
        text.close()
        inside = [span for _, span in spans if span]
        if inside and sectioned:
            headings = [span for piece, span in spans if span and piece.kind is PieceKind.HEADING]
            sections.append(_section(chapter, Span(inside[0].start, inside[-1].end), headings))
    return Document(
        id=document_id,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text=text.whole(),
        media_type=media_type,
        assumptions=assumptions,
        pages=text.pages(paged=paged),
        sections=tuple(sections),
    )


class _Text:
    """A text that grows piece by piece, and where its pages begin.

    Every page has at least one character of its own, an empty one a newline: so pages keep their numbers.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._bounds: list[int] = []
        self._waiting = 0
        self._above: Piece | None = None

    def add(self, piece: Piece) -> Span | None:
        """Append a piece; return where it stands, None when it is empty."""
        self._waiting += piece.breaks.count(0) if piece.text else len(piece.breaks)
        if not piece.text:
            return None
        rows = self._above is not None and self._above.kind is piece.kind is PieceKind.ROW
        gap = ("\n" if rows else "\n\n") if self._length else ""
        gap += "\n" * max(0, self._waiting - bool(gap))
        start = self._length + len(gap)
        self._bounds += range(start - self._waiting + 1, start + 1)
        self._bounds += [start + place for place in piece.breaks if 0 < place < len(piece.text)]
        self._waiting = sum(1 for place in piece.breaks if place >= len(piece.text))
        self._texts += [gap, piece.text]
        self._length = start + len(piece.text)
        self._above = piece
        return Span(start, self._length)

    def close(self) -> None:
        """End a chapter: the next piece does not go on with a table."""
        self._above = None

    def whole(self) -> str:
        """Return the text, the empty pages at its end included."""
        self._texts.append("\n" * self._waiting)
        self._bounds += range(self._length, self._length + self._waiting)
        self._length += self._waiting
        self._waiting = 0
        return "".join(self._texts)

    def pages(self, *, paged: bool) -> tuple[Span, ...]:
        """Return the spans of the pages, which cover the text."""
        if not self._length or not (paged or self._bounds):
            return ()
        return tuple(Span(start, end) for start, end in pairwise([0, *self._bounds, self._length]))


def _section(chapter: Chapter, span: Span, headings: Sequence[Span]) -> Section:
    return Section(
        span=span,
        title=chapter.title,
        subtitle=chapter.subtitle,
        byline=chapter.byline,
        publisher=chapter.publisher,
        date=chapter.date,
        headings=tuple(headings),
    )
