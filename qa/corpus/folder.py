"""Walk a folder and open the files in it: nothing outside it is opened, and nothing can hang.

Every entry that cannot be read comes with its reason. Which formats are read, and what is in them, is decided
elsewhere.
"""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qa.errors import SourceError

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was found in a folder.

    Attributes:
        path: Relative to the folder.
        size: In bytes, when it was listed.
        reason: Why it cannot be read, one sentence; None for a regular file with a name that can be shown.
    """

    path: PurePosixPath
    size: int = 0
    reason: str | None = None


def entries(folder: Path) -> Iterator[Entry]:
    """Yield the files of a folder and what cannot be read in it, depth first, in order of name.

    Args:
        folder: Searched with its subfolders; symbolic links inside are not followed.

    Raises:
        SourceError: The folder is missing, no folder, or cannot be listed.
    """
    _check(folder)
    below = [PurePosixPath()]
    while below:
        here = below.pop()
        try:
            with os.scandir(folder / here) as listing:
                listed = sorted(listing, key=lambda entry: entry.name)
        except OSError as problem:
            yield Entry(here, reason=f"The folder cannot be listed ({why(problem)}).")
            continue
        inside = []
        for entry in listed:
            path = here / entry.name
            if not _is_folder(entry):
                yield _file(path, entry)
                continue
            reason = _folder_reason(entry.name)
            if reason is None:
                inside.append(path)
            else:
                yield Entry(path, reason=reason)
        below.extend(reversed(inside))


def read_bytes(root: Path, path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file, opened step by step from the root without following any link.

    Raises:
        OSError: It cannot be opened or read.
        SourceError: It is no regular file, larger than `limit` bytes, or was written to meanwhile.
    """
    with os.fdopen(_open_beneath(root, path), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("This is not a regular file (a pipe, socket or device).", "Take it out of the folder.")
        data = bytearray()
        while block := file.read(_BLOCK):
            data += block
            if len(data) > limit:
                raise SourceError(too_large(max(status.st_size, len(data)), limit), "Split the file.")
        after = os.fstat(file.fileno())
        if len(data) != after.st_size or after.st_mtime_ns != status.st_mtime_ns:
            raise SourceError("The file changed while it was read.", "Index again when nobody writes to it.")
        return bytes(data)


def too_large(size: int, limit: int) -> str:
    """Say that a file of this many bytes is over the limit."""
    return f"The file has {size / 1048576:.0f} MB, more than the limit of {limit // 1048576} MB; split it."


def why(problem: OSError) -> str:
    """Return what the system says of a failure, in a few words."""
    return (problem.strerror or type(problem).__name__).lower()


def printable(path: str) -> str:
    """Return a path that can be shown on one line of UTF-8."""
    safe = path.encode("utf-8", errors="backslashreplace").decode("utf-8")
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in safe)


def _check(folder: Path) -> None:
    try:
        with os.scandir(folder):
            pass
    except FileNotFoundError:
        raise SourceError(f"There is no folder {folder}.", "Name a folder that holds your documents.") from None
    except NotADirectoryError:
        raise SourceError(f"{folder} is not a folder.", "Name the folder that holds the file.") from None
    except OSError as problem:
        raise SourceError(
            f"The folder {folder} cannot be listed ({why(problem)}).", "Check its permissions."
        ) from problem


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # vanished, or not readable: reported as a file


def _folder_reason(name: str) -> str | None:
    return "Hidden folders are not read." if name.startswith(".") else _name_reason(name)


def _file(path: PurePosixPath, entry: os.DirEntry[str]) -> Entry:
    """Return a file with its size, or with why it is not read."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as problem:
        return Entry(path, reason=f"The file cannot be read ({why(problem)}).")
    if stat.S_ISLNK(status.st_mode):
        return Entry(path, reason="Symbolic links are not followed.")
    if not stat.S_ISREG(status.st_mode):
        return Entry(path, reason="This is not a regular file (a pipe, socket or device).")
    if entry.name.startswith("."):
        return Entry(path, reason="Hidden files are not read.")
    return Entry(path, status.st_size, _name_reason(entry.name))


def _name_reason(name: str) -> str | None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "The file name is not valid UTF-8; rename the file."
    if not name.isprintable():
        return "The file name holds a newline or another control character; rename the file."
    return None


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
