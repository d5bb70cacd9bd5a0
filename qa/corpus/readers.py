"""Say which formats are read, and read the files of a folder into Documents.

Every file that is not read is returned with its reason. How a folder is walked and a file opened is in
`qa.corpus.folder`, how each format is read in `qa.corpus.formats`; what the text means is decided elsewhere.
"""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from qa.corpus.folder import entries, printable, read_bytes, too_large, why
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.formats.delimited import CsvReader
from qa.corpus.formats.docx import DocxReader
from qa.corpus.formats.epub import EpubReader
from qa.corpus.formats.html import HtmlReader
from qa.corpus.formats.json_records import JsonLinesReader, JsonReader
from qa.corpus.formats.pdf import PdfReader
from qa.corpus.formats.plain import MarkdownReader, TextReader
from qa.corpus.formats.xlsx import XlsxReader
from qa.corpus.sandbox import Sandbox
from qa.errors import SourceError
from qa.types import Document, Skipped


class Reader(Protocol):
    """Turns the bytes of one kind of file into a Document.

    Attributes:
        media_type: Of the documents that come out.
        suffixes: Of the files it reads, in lower case, with the dot.
        max_bytes: Larger files are skipped.
        sandboxed: The parser is native code or expands what it reads, and so runs in a child process with limits.
    """

    media_type: str
    suffixes: tuple[str, ...]
    max_bytes: int
    sandboxed: bool

    def read(self, document_id: str, data: bytes) -> Document:
        """Return the document.

        Raises:
            SourceError: The bytes are not of this kind.
        """


_OF_TABLES = (CsvReader, XlsxReader, JsonReader, JsonLinesReader)

READERS: tuple[Reader, ...] = (
    TextReader(), MarkdownReader(), PdfReader(), DocxReader(), HtmlReader(), EpubReader(),
    *(reader() for reader in _OF_TABLES),
)  # fmt: skip


def reader_for(path: str | Path, columns: Columns = GUESSED) -> Reader | None:
    """Return the reader for a file name, or None when this format is not read; tables are read by these columns."""
    suffix = Path(path).suffix.lower()
    reader = next((reader for reader in READERS if suffix in reader.suffixes), None)
    return replace(reader, columns=columns) if isinstance(reader, _OF_TABLES) else reader


def find_files(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Return the files of a folder that can be read, and those that cannot, with reasons.

    Args:
        folder: Searched with its subfolders, in order of name; symbolic links inside are not followed.

    Returns:
        Paths relative to `folder`, in order, and skipped entries in order.

    Raises:
        SourceError: The folder is missing, no folder, or cannot be listed.
    """
    found: list[Path] = []
    skipped: list[Skipped] = []
    for entry in entries(folder):
        reason = entry.reason or _format_reason(entry.path.name, entry.size)
        if reason is None:
            found.append(Path(entry.path))
        else:
            skipped.append(Skipped(printable(str(entry.path)), reason))
    return found, skipped


def read_document(
    root: Path, path: Path, sandbox: Sandbox | None = None, *, columns: Columns = GUESSED
) -> Document | Skipped:
    """Read one file that `find_files` found.

    Args:
        root: The folder that was searched.
        path: Relative to it.
        sandbox: Where parsers run that need one; keep one open to read many files quickly, None starts and ends one.
        columns: Of tables, as far as they were told.

    Returns:
        The document, its id being the path with `/`; or why it was not read.
    """
    data = read_file(root, path)
    return data if isinstance(data, Skipped) else document_of(path.as_posix(), data, sandbox, columns=columns)


def read_file(root: Path, path: Path) -> bytes | Skipped:
    """Return the bytes of a file that `find_files` found, or why they cannot be read."""
    name = printable(path.as_posix())
    reader = reader_for(path)
    if reader is None:
        return Skipped(name, _unknown_format(path.name))
    try:
        return read_bytes(root, path, reader.max_bytes)
    except OSError as problem:
        return Skipped(name, f"The file cannot be read ({why(problem)}).")
    except SourceError as problem:
        return Skipped(name, problem.problem)


def document_of(
    document_id: str, data: bytes, sandbox: Sandbox | None = None, *, columns: Columns = GUESSED
) -> Document | Skipped:
    """Return the document that these bytes hold, by the format that its name ends in; or why they hold none.

    Args:
        document_id: Its name.
        data: The bytes.
        sandbox: Where parsers run that need one; keep one open to read many files quickly, None starts and ends one.
        columns: Of tables, as far as they were told.
    """
    name = printable(document_id)
    reader = reader_for(document_id, columns)
    if reader is None:
        return Skipped(name, _unknown_format(document_id))
    if len(data) > reader.max_bytes:
        return Skipped(name, too_large(len(data), reader.max_bytes))
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        return Skipped(name, "The file is empty.")
    try:
        if not reader.sandboxed:
            return reader.read(document_id, data)
        with nullcontext(sandbox) if sandbox else Sandbox() as place:
            return place.read(reader, document_id, data)
    except SourceError as problem:
        return Skipped(name, problem.problem)


def _format_reason(name: str, size: int) -> str | None:
    """Return why a regular file is not read, or None."""
    reader = reader_for(name)
    if reader is None:
        return _unknown_format(name)
    if size == 0:
        return "The file is empty."
    return too_large(size, reader.max_bytes) if size > reader.max_bytes else None


def _unknown_format(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return f"{suffix or 'no suffix'}: this format is not read yet."
