"""Where uploads lie until they are taken in: a folder of this server's own, swept, limited, and gone at the end.

Tells the guard in the visitor's language why an upload is refused. Gradio itself keeps uploads for ever.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.types import Scope

from qa.chat.importing import MOST_BYTES, too_large
from qa.errors import SourceError
from qa.originals import uploads_of
from qa.web import visitor as visitors
from qa.web.telling import for_visitor
from qa.web.words import language_of, word

MIB = 1024 * 1024
FILES_AT_ONCE = 50  # offered to the page as the most of one go
_FULL = 20  # of the largest file, so many lie here at most
_FULL_OF_READERS = 4  # conversations of the largest size; beyond, the room is for who may bring documents
_SECONDS_KEPT = 3600  # of what nobody asked to be taken in
_DAY = 86_400
_NAME = ".incoming-"  # hidden: not taken for a collection
_VARIABLE = "GRADIO_TEMP_DIR"


@contextmanager
def incoming_folder(store: Path) -> Iterator[Path]:
    """Make the folder beside the store and have Gradio put uploads there; remove it with all in it at the end.

    To be entered before a page is built. What servers left that were killed goes after a day. Where the folder cannot
    be made, uploads lie in the system's, and taking them in will say what is wrong.
    """
    place = uploads_of(store)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(dir=place, prefix=_NAME))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="wenju"))
    for left in place.glob(f"{_NAME}*"):
        if _age(left) > _DAY:
            shutil.rmtree(left, ignore_errors=True)
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(folder)
    try:
        yield folder
    finally:
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # originals are in it
            place.rmdir()


def sweep(folder: Path, *, now: float | None = None) -> int:
    """Remove what has lain in the folder for an hour, and return how many bytes are left in it."""
    left = 0
    for entry in list(folder.iterdir()) if folder.is_dir() else []:
        if _age(entry, now) > _SECONDS_KEPT:
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
        else:
            left += sum(_size(path) for path in (entry, *entry.rglob("*")))
    return left


def discard(folder: Path, path: Path) -> None:
    """Remove an upload, and the folder that Gradio made for it; what a browser named elsewhere is left alone."""
    if _is_below(folder, path) and not path.is_dir():
        path.unlink(missing_ok=True)
        with suppress(OSError):  # it holds another upload of the same bytes, or is the folder itself
            path.parent.rmdir()


def is_inside(folder: Path, path: Path) -> bool:
    """Tell whether a path that a browser named is a file that was uploaded."""
    return _is_below(folder, path) and path.is_file() and not path.is_symlink()


def _is_below(folder: Path, path: Path) -> bool:
    return path.is_absolute() and path.resolve().is_relative_to(folder.resolve()) and path.resolve() != folder.resolve()


def check_files(value: object, folder: Path) -> None:
    """Raise SourceError where what a browser sent as a file is anything but an upload.

    Gradio itself would fetch an address, and read any file of this machine, when it is mounted as here.

    Args:
        value: Values of an event, however deep files stand in them.
        folder: That uploads are put into.
    """
    if isinstance(value, Mapping):
        if {"path", "meta"} <= value.keys() and not is_inside(folder, Path(str(value["path"]))):
            raise SourceError("This file was not uploaded here.", "Upload it first.")
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            check_files(one, folder)


@dataclass(frozen=True, slots=True)
class UploadRules:
    """What may be uploaded, as the guard asks: documents, and conversations that were exported.

    Who may not change documents may bring a conversation all the same. What it is shows only when it is there; taking
    a document in asks again who brings it (`qa.web.documents.uploading`).

    Attributes:
        folder: From `incoming_folder`.
        largest: Bytes of a file.
    """

    folder: Path
    largest: int

    @property
    def largest_request(self) -> int:
        """Bytes of a request: the chat sends several files in one."""
        return 4 * self.largest + MIB

    def refusal(self, scope: Scope, size: int) -> tuple[int, str] | None:
        """Return status and sentence, in the visitor's language, of an upload that is not let through; None lets it.

        Args:
            scope: Of the request.
            size: That it declares, in bytes.
        """
        request = Request(scope)
        language = language_of(request.headers.get("accept-language"))
        if not _from_here(request):
            return 403, word("refused_foreign", language)
        lie_here = _FULL * self.largest
        if not visitors.may_change_documents(visitors.visitor_of(request)):  # a conversation is theirs to bring
            if size > MOST_BYTES + MIB:
                return 413, for_visitor(too_large(size), language)
            lie_here = min(lie_here, _FULL_OF_READERS * MOST_BYTES)
        if size > self.largest_request:
            return 413, self.too_large(scope)
        if sweep(self.folder) + size > lie_here:
            return 503, word("refused_full", language)
        free = shutil.disk_usage(self.folder).free if self.folder.is_dir() else size
        if free < 2 * size:
            return 507, word("refused_disk", language)
        return None

    def too_large(self, scope: Scope) -> str:
        """Say how large a file may be."""
        language = language_of(Request(scope).headers.get("accept-language"))
        return word("refused_large", language, most=self.largest // MIB)


def _from_here(request: Request) -> bool:
    """Tell whether a page of ours sends this, or a program; browsers name the page that sends a form."""
    origin = request.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == request.headers.get("host", "")


def _age(path: Path, now: float | None = None) -> float:
    try:
        return (time.time() if now is None else now) - path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.lstat().st_size if path.is_file() else 0
    return 0
