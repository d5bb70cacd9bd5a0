"""Keep the files that people bring in a folder beside the store, so that they can be read again: `STORE.uploads`.

Makes their names safe and writes them whole or not at all. Knows nothing of what is in them, nor of the store.
"""

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from qa.errors import SourceError
from qa.names import checked_collection

LONGEST_NAME = 180  # bytes of UTF-8; file systems take 255, and a number and an ending for its making come on top

_SEPARATORS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*]')  # on Windows
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)  # on Windows
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is kept.

    Attributes:
        name: Of the file, and of its document inside the collection.
    """

    collection: str
    name: str
    path: Path


def uploads_of(store: Path) -> Path:
    """Return the folder that keeps what was brought to a store."""
    return store.with_name(f"{store.name}.uploads")


def safe_name(given: str) -> str:
    """Return a name that every file system takes and every page can show; one that is safe already stays as it is.

    What stood before the last slash is dropped, characters that show nothing or turn the text around are too, and those
    that Windows reserves become `_`. The ending, by which the format is told, is kept.
    """
    text = unicodedata.normalize("NFC", _SEPARATORS.split(given)[-1].encode("utf-8", "replace").decode("utf-8"))
    shown = "".join(one for one in _BLANKS.sub(" ", text) if one.isprintable())
    name = _RESERVED.sub("_", shown).strip(" .")
    if _DEVICE.fullmatch(name):
        name = f"_{name}"
    if text.lstrip().startswith(".") and "." not in name:  # of `.txt` only the ending is left
        name = f"upload.{name}" if name else name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode("utf-8")) > LONGEST_NAME // 2:
        stem, dot, ending = name, "", ""
    return _shortened(stem, LONGEST_NAME - len((dot + ending).encode("utf-8"))) + dot + ending or "upload"


def checked_folder(collection: str) -> str:
    """Return the name of a collection that can be a folder's, too.

    Raises:
        SourceError: It cannot.
    """
    name = checked_collection(collection)
    if safe_name(name) != name:
        raise SourceError(f"{name[:80]!r} cannot name a collection of uploads.", "Choose another name.")
    return name


def keep(folder: Path, file: Path, *, collection: str, name: str, taken: Collection[str] = ()) -> Original:
    """Move a file into the folder under a name that nothing has; either all of it is there afterwards, or nothing.

    Where the file stands there already under that name, byte for byte, that one is returned. Another one of the name
    makes it `NAME (2).txt`.

    Args:
        folder: From `uploads_of`; made where it is not there.
        file: Gone afterwards.
        collection: Checked by `checked_folder`.
        name: Wished for; made safe.
        taken: Further names that cannot be had.

    Raises:
        OSError: The file cannot be read, or the folder cannot be written.
    """
    place = folder / collection
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256_of(file)
    partial = _copied(file, place)
    try:
        stem, dot, ending = safe_name(name).rpartition(".")
        stem, ending = (stem, dot + ending) if dot else (ending, "")
        number = 1
        while True:
            wished = f"{stem}{ending}" if number == 1 else f"{stem} ({number}){ending}"
            target = place / wished
            if target.is_file() and not target.is_symlink() and sha256_of(target) == digest:
                return Original(collection, wished, target)
            if wished not in taken and _linked(partial, target):
                _settle(place)
                return Original(collection, wished, target)
            number += 1
    finally:
        partial.unlink(missing_ok=True)
        file.unlink(missing_ok=True)


def find(folder: Path, *, collection: str, name: str) -> Original | None:
    """Return the original of this name, or None where there is none."""
    path = folder / collection / name
    inside = path.parent.parent == folder and collection not in {"", ".", ".."} and safe_name(name) == name
    return Original(collection, name, path) if inside and path.is_file() and not path.is_symlink() else None


def kept(folder: Path) -> list[Original]:
    """Return all originals, in order of collection and name."""
    found = []
    for place in _folders(folder):
        with suppress(FileNotFoundError):  # removed meanwhile
            for path in sorted(place.iterdir()):
                if not path.name.startswith(".") and path.is_file() and not path.is_symlink():
                    found.append(Original(place.name, path.name, path))
    return found


def remove(original: Original) -> None:
    """Remove an original, and its folder with the last one in it; one that is gone already is no mistake."""
    original.path.unlink(missing_ok=True)
    with suppress(OSError):  # others are in it
        original.path.parent.rmdir()


def move_folder(before: Path, after: Path) -> None:
    """Give the folder of a collection another name; where there is one of that name with files in it, nothing happens.

    Raises:
        SourceError: It cannot be moved.
    """
    try:
        before.rename(after)
    except OSError as error:
        raise SourceError(
            f"The originals of the collection {before.name} cannot be moved ({error.strerror}).",
            "Look at the permissions beside the store.",
        ) from error
    _settle(after.parent)


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name[0] != "."
        )
    except FileNotFoundError:
        return []


def _copied(file: Path, place: Path) -> Path:
    """Return a hidden copy of the file in this place, down on the disk."""
    descriptor, name = tempfile.mkstemp(dir=place, prefix=".partial-")
    try:
        with os.fdopen(descriptor, "wb") as copy, file.open("rb") as source:
            shutil.copyfileobj(source, copy, 1024 * 1024)
            copy.flush()
            os.fsync(copy.fileno())
    except BaseException:  # whatever it was: nothing half written stays
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _linked(partial: Path, target: Path) -> bool:
    """Give the file its name unless another one has it; tell whether it has it now."""
    try:
        os.link(partial, target)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: nobody else writes here while the caller holds its turn
        if target.exists():
            return False
        partial.replace(target)
    return True


def _settle(place: Path) -> None:
    """Bring the entries of a folder down on the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shortened(text: str, most: int) -> str:
    """Return the beginning of a text that takes at most so many bytes of UTF-8."""
    return text.encode("utf-8")[: max(most, 0)].decode("utf-8", "ignore").rstrip(" .") or "_" * bool(text)
