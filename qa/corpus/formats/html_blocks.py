"""Turn a part of a page into paragraphs, headings, list items and rows, as a reader sees them.

Also reads the chapters of e-books, which are the same language.
"""

import re
from collections.abc import Collection, Iterator

from qa.corpus.formats.extracted import BULLET, Piece, PieceKind, clean, row
from qa.corpus.formats.html_tree import BLOCKS, HEADINGS, Element, flat

LONG_CELL = 400
"""Characters of a cell that is made of blocks from which a table is taken for layout."""

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPHS = re.compile(r"\n\s*\n|\n *(?=\u3000)")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]")
_LEFT = object()
"""Stands in the list of what is still to be read for the end of an element."""


class _Reader:
    """Collects pieces while it walks through an element without recursion."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._level = 0
        self._marker = ""
        self._numbers: list[int | None] = []
        self._verbatim = 0

    def text(self, text: str) -> None:
        self._words.append(text if self._verbatim else _BLANKS.sub(" ", text))

    def enter(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self._words.append("\n")
            return
        if tag not in BLOCKS:
            return
        self.flush()
        if tag in HEADINGS:
            self._level = int(tag[1])
        elif tag == "pre":
            self._verbatim += 1
        elif tag in ("ul", "menu"):
            self._numbers.append(None)
        elif tag == "ol":
            start = element.attributes.get("start", "")
            self._numbers.append(int(start) if start.isdigit() and len(start) < 7 else 1)
        elif tag == "li":
            self._marker = self._next_marker()

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag not in BLOCKS:
            return
        self.flush()
        if tag in HEADINGS:
            self._level = 0
        elif tag == "pre":
            self._verbatim -= 1
        elif tag in ("ul", "ol", "menu") and self._numbers:
            self._numbers.pop()
        elif tag == "li":
            self._marker = ""

    def table(self, rows: Iterator[Piece]) -> None:
        self.flush()
        self.pieces += rows

    def flush(self) -> None:
        """End the paragraph under way."""
        text = "".join(self._words)
        self._words.clear()
        for part in [text] if self._verbatim else _PARAGRAPHS.split(text):
            paragraph = clean(part)
            if not paragraph:
                continue
            if self._level:
                self.pieces.append(Piece(" ".join(paragraph.split("\n")), PieceKind.HEADING, self._level))
            else:
                self.pieces.append(Piece(self._marker + paragraph))
            self._marker = ""

    def _next_marker(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return BULLET
        self._numbers[-1] = number + 1
        return f"{number}. "


def pieces_of(root: Element, away: Collection[Element] = ()) -> list[Piece]:
    """Return what stands in an element, in order, without what is to be left out."""
    reader = _Reader()
    waiting: list[tuple[str | Element, object]] = [(root, None)]
    while waiting:
        item, left = waiting.pop()
        if isinstance(item, str):
            reader.text(item)
        elif left is _LEFT:
            reader.leave(item)
        elif item in away or _is_note_mark(item):
            continue
        elif item.tag == "table" and _is_data(item):
            reader.table(_rows(item))
        else:
            reader.enter(item)
            waiting.append((item, _LEFT))
            waiting += [(inner, None) for inner in reversed(item.content)]
    reader.flush()
    return reader.pieces


def _is_note_mark(element: Element) -> bool:
    return element.tag == "sup" and _NOTE_MARK.fullmatch(flat(element)) is not None


def _is_data(table: Element) -> bool:
    """Return whether a table holds data; many pages use tables to place their parts."""
    if table.attributes.get("role", "").lower() in ("presentation", "none"):
        return False
    rows = [[item for item in line.content if _is_cell(item)] for line in _lines(table)]
    if max((len(cells) for cells in rows), default=0) < 2:
        return False
    return not any(_is_layout(cell) for cells in rows for cell in cells if isinstance(cell, Element))


def _is_cell(item: str | Element) -> bool:
    return isinstance(item, Element) and item.tag in ("td", "th")


def _is_layout(cell: Element) -> bool:
    """Return whether a cell holds a table, or several blocks of text."""
    blocks = 0
    length = 0
    waiting: list[str | Element] = [*cell.content]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            length += len(item)
            continue
        if item.tag == "table":
            return True
        blocks += item.tag in BLOCKS or item.tag == "br"
        waiting += item.content
    return blocks > 1 and length > LONG_CELL


def _lines(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, not those of a table inside it."""
    waiting: list[str | Element] = [*reversed(table.content)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            continue
        if item.tag == "tr":
            yield item
        elif item.tag != "table":
            waiting += reversed(item.content)


def _rows(table: Element) -> Iterator[Piece]:
    """Yield the caption and the rows of a table."""
    for item in table.content:
        if isinstance(item, Element) and item.tag == "caption":
            yield Piece(clean(flat(item)))
    for line in _lines(table):
        text = row(clean(flat(item)) for item in line.content if isinstance(item, Element) and _is_cell(item))
        if text:
            yield Piece(text, PieceKind.ROW)
