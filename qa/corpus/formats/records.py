"""Make a document of tables: every row is an article, the rows are its pages.

A row's title stands as a heading, then the other cells in one line, `name: value | name: value`, so that they can be
searched and quoted, then its text in its own paragraphs. A table without a column of text is made of such lines.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.corpus.characters import HAN_CHARACTER
from qa.corpus.formats.columns import GUESSED, Columns, find_columns
from qa.corpus.formats.extracted import Chapter, Piece, PieceKind, clean, compose
from qa.corpus.lines import CELL
from qa.errors import SourceError
from qa.types import Document

_BLANK_LINES = re.compile(r"\n\s*\n")
_ROLES = {
    "title": "the title", "subtitle": "the subtitle", "text": "the text", "date": "the date", "author": "the author",
    "publisher": "the publisher",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: In the file, from 1; heads and empty rows count, as they do in a spreadsheet.
        cells: As many as the table has columns.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        names: Of the columns; empty where the file gives none.
        rows: In order, without the heads.
        caption: What stands over it, or the name of its sheet; empty for nothing.
        captions: Rows over the head, with their numbers.
        length: Rows that it takes up in the file.
    """

    names: tuple[str, ...]
    rows: Sequence[Row]
    caption: str = ""
    captions: tuple[tuple[int, str], ...] = ()
    length: int = 0


def document_of_tables(
    document_id: str,
    data: bytes,
    tables: Sequence[Table],
    *,
    media_type: str,
    told: Columns = GUESSED,
    encoding: str = "utf-8",
    assumptions: Sequence[str] = (),
) -> Document:
    """Return the document of tables; the rows of the second are counted on from those of the first.

    Raises:
        SourceError: No row holds anything.
    """
    chapters: list[Chapter] = []
    notes = list(assumptions)
    before, page = 0, 1
    for table in tables:
        roles, missing = find_columns(table.names, [row.cells for row in table.rows], told)
        notes += _notes(table, roles, missing)
        for number, chapter in _chapters(table, roles):
            row = before + number
            first, *rest = chapter.pieces
            chapters.append(replace(chapter, pieces=[replace(first, breaks=(0,) * (row - page)), *rest]))
            page = row
        before += table.length
    if not chapters:
        raise SourceError("The table is empty.", "Take it out of the folder.")
    return compose(
        document_id,
        data,
        chapters,
        media_type=media_type,
        encoding=encoding,
        assumptions=tuple(dict.fromkeys(notes)),
        paged=True,
    )


def _notes(table: Table, roles: Mapping[str, int], missing: Sequence[str]) -> Iterator[str]:
    """Yield what was taken for what."""
    for name in missing:
        yield f"There is no column “{name}”; it was guessed."
    if roles and table.rows:
        named = (f"{_name(table, at)} as {_ROLES[role]}" for role, at in sorted(roles.items(), key=lambda one: one[1]))
        yield f"Columns were taken so: {', '.join(named)}."


def _name(table: Table, at: int) -> str:
    return f"“{table.names[at]}”" if table.names[at] else f"number {at + 1}"


def _chapters(table: Table, roles: Mapping[str, int]) -> Iterator[tuple[int, Chapter]]:
    """Yield the number of every row that holds something, with its article."""
    for number, caption in table.captions:
        yield number, Chapter([Piece(caption)], title=caption)
    for row in table.rows:
        cells = {at: text for at, cell in enumerate(row.cells) if (text := clean(cell))}
        fields = {role: " ".join(cells[at].split()) for role, at in roles.items() if at in cells}
        pieces = [Piece(fields["title"], PieceKind.HEADING, 1)] if "title" in fields else []
        shown = {roles[role] for role in ("title", "text") if role in fields}
        others = [(table.names[at], " ".join(text.split())) for at, text in cells.items() if at not in shown]
        if others:
            pieces.append(Piece(_facts(others)))
        if "text" in fields:
            pieces += [Piece(part) for part in _BLANK_LINES.split(cells[roles["text"]])]
        if pieces:
            yield (
                row.number,
                Chapter(
                    pieces,
                    title=fields.get("title") or table.caption or None,
                    subtitle=fields.get("subtitle"),
                    byline=fields.get("author"),
                    publisher=fields.get("publisher"),
                    date=fields.get("date"),
                ),
            )


def _facts(cells: Sequence[tuple[str, str]]) -> str:
    """Return names and values, parted like cells, so that nothing else is joined to them; one alone as a sentence."""
    chinese = any(HAN_CHARACTER.search(part) for cell in cells for part in cell)
    named = [f"{name}{'：' if chinese else ': '}{value}" if name else value for name, value in cells]
    if len(named) > 1:
        return CELL.join(named)
    end = "。" if chinese else "."
    return named[0] if named[0].endswith(end) else named[0] + end
