"""Read CSV and TSV: find the delimiter and the quotes, cut the text into rows, tell what does not fit.

What the rows mean is decided by `qa.corpus.formats.grid` and `qa.corpus.formats.columns`.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from qa.corpus.decode import decode
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.formats.grid import Cells, table_of
from qa.corpus.formats.records import document_of_tables
from qa.corpus.limits import MAX_TEXT_BYTES
from qa.errors import SourceError
from qa.types import Document

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"
MIN_ALIKE = 0.5
SAMPLE_ROWS = 100
"""Rows that the delimiter is told from."""

MAX_ZEROS = 0.01
"""Share of zero bytes in a text of one byte a character; more, and it is another encoding or no text."""

csv.field_size_limit(MAX_TEXT_BYTES)  # the module's own limit is 131,072 characters, for all of a process


@dataclass(frozen=True)
class CsvReader:
    """Tables of plain text: cells parted by commas, semicolons, tabs or bars."""

    media_type = "text/csv"
    suffixes = tuple(".csv .tsv .tab".split())
    max_bytes = MAX_TEXT_BYTES
    sandboxed = False

    columns: Columns = GUESSED

    def read(self, document_id: str, data: bytes) -> Document:
        plain, notes = _without_zeros(data)
        decoded = decode(plain)
        rows, more = _rows(decoded.text.removeprefix("\ufeff"))
        filled = [(number, cells) for number, cells in rows if any(map(str.strip, cells))]
        if not filled:
            raise SourceError("The table is empty.", "Take it out of the folder.")
        table, odd = table_of(filled, length=rows[-1][0])
        return document_of_tables(
            document_id,
            data,
            [table],
            media_type=self.media_type,
            told=self.columns,
            encoding=decoded.encoding,
            assumptions=[*notes, *decoded.assumptions, *more, *odd],
        )


def _without_zeros(data: bytes) -> tuple[bytes, list[str]]:
    """Return the bytes without the few zeros that a program left between them."""
    zeros = data.count(0)
    if zeros == 0 or zeros > MAX_ZEROS * len(data) or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data, []
    return data.replace(b"\x00", b""), [f"{zeros} zero bytes were left out."]


def _rows(text: str) -> tuple[Sequence[Cells], list[str]]:
    """Return the rows of a table, numbered from 1, and what had to be assumed."""
    delimiter = _delimiter(text)
    for escape in (None, "\\"):
        try:
            return list(enumerate(_parsed(text, delimiter, escape=escape, strict=True), start=1)), []
        except csv.Error:
            continue  # a quote that is not closed, or stands inside of a cell
    rows = list(enumerate(_parsed(text, delimiter), start=1))
    if _is_swallowed(rows, text):
        rows = list(enumerate(_parsed(text, delimiter, quoted=False), start=1))
        return rows, ["A quotation mark is not closed; all of them were taken for characters."]
    return rows, ["Some quotation marks stand where none belong."]


def _parsed(
    text: str, delimiter: str, *, escape: str | None = None, strict: bool = False, quoted: bool = True
) -> Iterator[list[str]]:
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar=escape,
        strict=strict,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=True,
    )


def _is_swallowed(rows: Sequence[Cells], text: str) -> bool:
    """Return whether an open quote has made one cell of much of the table."""
    longest = max((len(cell) for _, cells in rows for cell in cells), default=0)
    return "\n" in text and longest > 0.2 * len(text) and len(rows) < 0.8 * text.count("\n")


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, of equal ones the one with more cells.

    Where none cuts half of the rows alike, commas are those of sentences, and a line is a row of one cell.
    """
    best, best_score = NO_DELIMITER, (MIN_ALIKE, 1)
    for delimiter in DELIMITERS:
        try:
            counts = Counter(len(row) for row in islice(_parsed(text, delimiter), SAMPLE_ROWS) if row)
        except csv.Error:
            continue
        cells, rows = max(counts.items(), key=lambda one: (one[1] if one[0] > 1 else 0, one[0]), default=(1, 0))
        if cells > 1:
            score = (round(rows / counts.total(), 1), cells)
            best, best_score = max((best, best_score), (delimiter, score), key=lambda one: one[1])
    return best
