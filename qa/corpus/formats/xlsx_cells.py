"""Take the texts of the cells out of an Excel workbook, sheet by sheet. Runs in the sandbox, and so loads openpyxl.

Hidden sheets are left out, as nobody sees them. What a cell shows is told from its value, and from its format whether
that is a percentage.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import openpyxl
from lxml.etree import XMLSyntaxError
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from qa.corpus.formats.archive import open_archive
from qa.corpus.formats.grid import MAX_COLUMNS, Cells
from qa.errors import SourceError

MAX_EMPTY = 10_000
"""Empty rows after which nothing more is expected: some programs format a million of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that holds something.

    Attributes:
        rows: Those that are not empty, with their numbers, all of the same length.
        length: Number of the last one.
    """

    name: str
    rows: list[Cells]
    length: int


def read_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets that are shown and hold something, in order.

    Raises:
        SourceError: The bytes are no such workbook.
    """
    open_archive(data, "an Excel workbook", "xl/workbook.xml").close()
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [_read(sheet.title, _rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (InvalidFileException, BadZipFile, XMLSyntaxError, KeyError, ValueError, TypeError, IndexError) as problem:
        raise SourceError(
            f"The workbook is damaged ({type(problem).__name__}).", "Open it in Excel and save it again."
        ) from problem
    return [sheet for sheet in sheets if sheet.rows]


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Sequence[ReadOnlyCell | EmptyCell]]:
    sheet.reset_dimensions()  # what the file says of them is often wrong
    yield from sheet.iter_rows()  # with a limit it would fill every row up to it


def _read(name: str, found: Iterable[Sequence[ReadOnlyCell | EmptyCell]]) -> Sheet:
    rows: list[tuple[int, list[str]]] = []
    empty = 0
    for number, cells in enumerate(found, start=1):
        texts = [_text(cell) for cell in cells[:MAX_COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        empty = 0 if texts else empty + 1
        if texts:
            rows.append((number, texts))
        elif empty > MAX_EMPTY:
            break
    width = max((len(texts) for _, texts in rows), default=0)
    padded: list[Cells] = [(number, texts + [""] * (width - len(texts))) for number, texts in rows]
    return Sheet(name, padded, rows[-1][0] if rows else 0)


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    """Return what a cell shows, dates in ISO form."""
    match cell.value:
        case None:
            shown = ""
        case bool(value):
            shown = str(value).upper()
        case datetime.datetime() as value:
            shown = value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes").removesuffix(" 00:00")
        case datetime.date() | datetime.time() as value:
            shown = value.isoformat()
        case int(value) | float(value) if "%" in str(cell.number_format):
            shown = f"{round(value * 100, 10):.12g}%"
        case float(value):
            shown = f"{value:.15g}"
        case value:
            shown = str(value)
    return shown
