"""Read an Excel workbook: every sheet is a table, every row of it an article.

The cells are read by `qa.corpus.formats.xlsx_cells`, in the sandbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.formats.grid import table_of
from qa.corpus.formats.records import Table, document_of_tables
from qa.corpus.limits import MAX_BINARY_BYTES
from qa.types import Document


@dataclass(frozen=True)
class XlsxReader:
    """Excel workbooks (.xlsx, .xlsm); formulas by the values that were stored with them."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffixes = tuple(".xlsx .xlsm".split())
    max_bytes = MAX_BINARY_BYTES
    sandboxed = True

    columns: Columns | Mapping[str, str | None] = GUESSED

    def read(self, document_id: str, data: bytes) -> Document:
        from qa.corpus.formats.xlsx_cells import read_sheets  # noqa: PLC0415 (openpyxl is loaded in the sandbox only)

        told = self.columns if isinstance(self.columns, Columns) else Columns(**self.columns)
        sheets = read_sheets(data)
        tables: list[Table] = []
        notes: list[str] = []
        for sheet in sheets:
            table, odd = table_of(sheet.rows, length=sheet.length, name=sheet.name if len(sheets) > 1 else "")
            tables.append(table)
            notes += odd
        if len(sheets) > 1:
            notes.append("Rows are counted on from sheet to sheet.")
        return document_of_tables(document_id, data, tables, media_type=self.media_type, told=told, assumptions=notes)
