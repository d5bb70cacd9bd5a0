"""Find the readable files of a folder and read each into a Document.

This is the edge where the corpus touches the disk: nothing outside the folder is opened, nothing can hang, and every
file that is not read is returned with its reason. What the text means is decided elsewhere.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from qa.corpus.decode import NotTextError, decode
from qa.errors import SourceError
from qa.types import Document, Skipped

MAX_BYTES = 20 * 1024 * 1024
"""Larger files are skipped: all work is done in memory, at up to twelve times the size of the file."""

_BLOCK = 1024 * 1024


class Reader(Protocol):
    """Turns the bytes of one kind of file into a Document.

    Attributes:
        media_type: Of the documents that come out.
        suffixes: Of the files it reads, in lower case, with the dot.
    """

    media_type: str
    suffixes: tuple[str, ...]

    def read(self, document_id: str, data: bytes) -> Document:
        """Return the document.

        Raises:
            SourceError: The bytes are not of this kind.
        """


class TextReader:
    """Plain text in any of the encodings that `decode` knows."""

    media_type: str = "text/plain"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, document_id: str, data: bytes) -> Document:
        decoded = decode(data)
        return Document(
            id=document_id,
            sha256=hashlib.sha256(data).hexdigest(),
            encoding=decoded.encoding,
            text=decoded.text,
            media_type=self.media_type,
            assumptions=decoded.assumptions,
        )


class MarkdownReader(TextReader):
    """Markdown; the document's text keeps its marks, which `qa.corpus.markdown` takes off for searching."""

    media_type: str = "text/markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")


READERS: tuple[Reader, ...] = (TextReader(), MarkdownReader())


def reader_for(path: str | Path) -> Reader | None:
    """Return the reader for a file name, or None when this format is not read."""
    suffix = Path(path).suffix.lower()
    return next((reader for reader in READERS if suffix in reader.suffixes), None)


def find_files(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Return the files of a folder that can be read, and those that cannot, with reasons.

    Args:
        folder: Searched with its subfolders, in order of name; symbolic links inside are not followed.

    Returns:
        Paths relative to `folder`, in order, and skipped entries in order.

    Raises:
        SourceError: The folder is missing, no folder, or cannot be listed.
    """
    try:
        with os.scandir(folder):
            pass
    except FileNotFoundError:
        raise SourceError(f"There is no folder {folder}.", "Name a folder that holds your documents.") from None
    except NotADirectoryError:
        raise SourceError(f"{folder} is not a folder.", "Name the folder that holds the file.") from None
    except OSError as problem:
        raise SourceError(
            f"The folder {folder} cannot be listed ({_why(problem)}).", "Check its permissions."
        ) from problem
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path, reason in _walk(folder, PurePosixPath()):
        if reason is None:
            found.append(Path(path))
        else:
            skipped.append(Skipped(_printable(str(path)), reason))
    return found, skipped


def read_document(root: Path, path: Path) -> Document | Skipped:
    """Read one file that `find_files` found.

    Args:
        root: The folder that was searched.
        path: Relative to it.

    Returns:
        The document, its id being the path with `/`; or why it was not read.
    """
    data = read_file(root, path)
    return data if isinstance(data, Skipped) else document_of(path.as_posix(), data)


def read_file(root: Path, path: Path) -> bytes | Skipped:
    """Return the bytes of a file that `find_files` found, or why they cannot be read."""
    name = _printable(path.as_posix())
    if reader_for(path) is None:
        return Skipped(name, _unknown_format(path.name))
    try:
        return _read_bytes(root, path)
    except OSError as problem:
        return Skipped(name, f"The file cannot be read ({_why(problem)}).")
    except SourceError as problem:
        return Skipped(name, problem.problem)


def document_of(document_id: str, data: bytes) -> Document | Skipped:
    """Return the document that these bytes hold, by the format that its name ends in; or why they hold none."""
    name = _printable(document_id)
    reader = reader_for(document_id)
    if reader is None:
        return Skipped(name, _unknown_format(document_id))
    if len(data) > MAX_BYTES:
        return Skipped(name, _too_large(len(data)))
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        return Skipped(name, "The file is empty.")
    try:
        return reader.read(document_id, data)
    except NotTextError as problem:
        return Skipped(name, problem.problem)


def _walk(root: Path, below: PurePosixPath) -> Iterator[tuple[PurePosixPath, str | None]]:
    """Yield (relative path, reason to skip it or None), depth first, in order of name."""
    folders = [below]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(root / here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as problem:
            yield here, f"The folder cannot be listed ({_why(problem)})."
            continue
        inside = []
        for entry in entries:
            path = here / entry.name
            if _is_folder(entry):
                reason = _folder_reason(entry.name)
                if reason is None:
                    inside.append(path)
                    continue
            else:
                reason = _file_reason(entry)
            yield path, reason
        folders.extend(reversed(inside))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # vanished, or not readable: reported as a file


def _folder_reason(name: str) -> str | None:
    return "Hidden folders are not read." if name.startswith(".") else _name_reason(name)


def _file_reason(entry: os.DirEntry[str]) -> str | None:
    """Return why this entry is not read, or None."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as problem:
        return f"The file cannot be read ({_why(problem)})."
    if stat.S_ISLNK(status.st_mode):
        return "Symbolic links are not followed."
    if not stat.S_ISREG(status.st_mode):
        return "This is not a regular file (a pipe, socket or device)."
    return _file_name_reason(entry.name) or _size_reason(status.st_size)


def _file_name_reason(name: str) -> str | None:
    if name.startswith("."):
        return "Hidden files are not read."
    return _name_reason(name) or (None if reader_for(name) else _unknown_format(name))


def _size_reason(size: int) -> str | None:
    if size == 0:
        return "The file is empty."
    return _too_large(size) if size > MAX_BYTES else None


def _name_reason(name: str) -> str | None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "The file name is not valid UTF-8; rename the file."
    if not name.isprintable():
        return "The file name holds a newline or another control character; rename the file."
    return None


def _unknown_format(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return f"{suffix or 'no suffix'}: this format is not read yet."


def _too_large(size: int) -> str:
    return f"The file has {size / 1048576:.0f} MB, more than the limit of {MAX_BYTES // 1048576} MB; split it."


def _read_bytes(root: Path, path: Path) -> bytes:
    """Return the bytes of a regular file, opened step by step from the root without following any link.

    Raises:
        OSError: It cannot be opened or read.
        SourceError: It is no regular file, or larger than the limit.
    """
    with os.fdopen(_open_beneath(root, path), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("This is not a regular file (a pipe, socket or device).", "Take it out of the folder.")
        data = bytearray()
        while block := file.read(_BLOCK):
            data += block
            if len(data) > MAX_BYTES:
                raise SourceError(_too_large(max(status.st_size, len(data))), "Split the file.")
        return bytes(data)


def _open_beneath(root: Path, path: Path) -> int:
    """Return a descriptor; a link anywhere below the root is an error, and opening a pipe does not wait."""
    no_follow: int = getattr(os, "O_NOFOLLOW", 0)
    flags: int = os.O_RDONLY | no_follow | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_absolute() or ".." in path.parts:
        raise OSError(errno.EPERM, "outside the folder")
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(root / path, flags)
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in path.parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | no_follow, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(path.name, flags, dir_fd=folder)
    finally:
        os.close(folder)


def _why(problem: OSError) -> str:
    return (problem.strerror or type(problem).__name__).lower()


def _printable(path: str) -> str:
    """Return a path that can be shown on one line of UTF-8."""
    safe = path.encode("utf-8", errors="backslashreplace").decode("utf-8")
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in safe)
