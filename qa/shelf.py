"""Shelf: look after the documents of a store one by one: list them, take files in, read them again, remove them.

Joins the store with the originals of what people brought (`qa.originals`). Whole folders are indexed elsewhere.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from embeddings.encoder import Encoder
from qa import originals
from qa.adding import STANDARD_INPUT, add_file
from qa.corpus.account import account_of
from qa.corpus.formats.columns import GUESSED, Columns
from qa.errors import SourceError, StoreBusyError
from qa.indexing import ProgressListener
from qa.names import document_id, path_of
from qa.originals import Original
from qa.renaming import rename_collection
from qa.store.library import Library
from qa.store.rows import Holding
from qa.types import IndexReport

_TURN = threading.RLock()
"""Held while one document is read or removed: of this process, one at a time."""

_NAMING = threading.Lock()
"""Held while a file gets its name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was taken in, not read yet.

    Attributes:
        original: Of it; None where the collection holds the same bytes already.
        known_as: The document that holds them.
    """

    original: Original | None
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was made of a document.

    Attributes:
        repairs: Changes that were made to its text.
        assumptions: What had to be assumed while it was read, in sentences.
    """

    articles: int
    passages: int
    repairs: int
    assumptions: tuple[str, ...]


class Shelf:
    """The documents of one store. Safe to share between threads."""

    def __init__(self, library: Library, encoder: Callable[[], Encoder], columns: Columns = GUESSED) -> None:
        self._library = library
        self._encoder = encoder
        self._columns = columns
        self._uploads = originals.uploads_of(library.folder)

    # -- looking

    def holdings(self) -> list[Holding]:
        """Return every document of the store, in order of collection and id."""
        return self._library.holdings()

    def holding(self, name: str) -> Holding:
        """Return one of them.

        Raises:
            SourceError: The store does not hold it.
        """
        found = next((one for one in self._library.holdings() if one.summary.id == name), None)
        if found is None:
            raise SourceError(f"There is no document {name} in the store.", "Load the page again.")
        return found

    def waiting(self) -> list[Original]:
        """Return the originals that are kept and were not read: the store was busy, or the server was stopped."""
        held = self._library.held()
        return [one for one in originals.kept(self._uploads) if document_id(one.collection, one.name) not in held]

    def file_of(self, holding: Holding) -> Path | None:
        """Return the file that a document is read from, or None where it was read from standard input."""
        name, collection = holding.summary.id, holding.summary.collection
        if holding.source.origin == STANDARD_INPUT:
            return None
        if holding.source.origin:
            kept = self._original(holding)  # where it is now, though the store was moved
            return kept.path if kept else Path(holding.source.origin)
        folder = self._library.folder_of(collection)
        return folder / path_of(collection, name) if folder else None

    def is_upload(self, holding: Holding) -> bool:
        """Tell whether a document's original is kept beside the store."""
        return self._original(holding) is not None

    def facts(self, name: str) -> Facts:
        """Return what was made of a document, its repairs counted.

        Raises:
            SourceError: The store does not hold it.
        """
        document = self._library.document(name)
        if document is None:
            raise SourceError(f"There is no document {name} in the store.", "Load the page again.")
        account = account_of(document)
        self._library.set_repairs({(name, document.sha256): len(account.changes)})
        return Facts(len(account.articles), account.passages, len(account.changes), document.assumptions)

    def counted(self, holdings: Sequence[Holding], *, seconds: float) -> list[Holding]:
        """Return them with their repairs counted, as far as the time reaches; the rest is counted another time."""
        started = perf_counter()
        counts: dict[tuple[str, str], int] = {}
        found = []
        for holding in holdings:
            summary, repairs = holding.summary, holding.repairs
            if repairs is None and perf_counter() - started < seconds:
                repairs = counts[summary.id, summary.sha256] = self._changes(summary.id)
            found.append(replace(holding, repairs=repairs))
        self._library.set_repairs(counts)
        return found

    # -- changing

    def keep(self, file: Path, *, name: str, collection: str) -> Kept:
        """Keep a file as an original; it is read by `read`.

        Args:
            file: Gone afterwards.
            name: As its owner calls it.
            collection: Where it goes.

        Raises:
            SourceError: The collection cannot have this name, or the document would be taken for another one.
            OSError: The file cannot be kept.
        """
        originals.checked_folder(collection)
        digest = originals.sha256_of(file)
        with _NAMING:
            held = self._library.held(collection)
            same = next((known for known, one in held.items() if one.sha256 == digest), None)
            if same is not None:
                file.unlink(missing_ok=True)
                return Kept(None, same)
            taken = {path_of(collection, known) for known in held}
            return Kept(originals.keep(self._uploads, file, collection=collection, name=name, taken=taken))

    def read(self, original: Original, *, wait: float, progress: ProgressListener | None = None) -> IndexReport:
        """Read an original into the store.

        Args:
            original: What `keep` returned.
            wait: Seconds to wait for another writer.
            progress: Told how many texts are encoded.

        Raises:
            SourceError: It cannot be read, or was removed meanwhile.
            StoreBusyError: Another writer is still at work.
        """
        with self._turn(wait):
            if not original.path.is_file():
                raise SourceError("It was removed before it was read.", "Bring it again if it is wanted after all.")
            return self._add(original.path, original.collection, wait=wait, progress=progress)

    def read_again(self, name: str, *, wait: float, progress: ProgressListener | None = None) -> IndexReport:
        """Read a document's file again, as this version does, or an original that waits to be read.

        Raises:
            SourceError: There is no such document, or its file is gone or cannot be read; what the store holds stays.
            StoreBusyError: Another writer is still at work.
        """
        with self._turn(wait):
            waits = self._waiting(name)
            if waits is not None:
                return self._add(waits.path, waits.collection, wait=wait, progress=progress)
            holding = self.holding(name)
            file = self.file_of(holding)
            if file is None or not file.is_file():
                raise SourceError(
                    f"The file of {name} is gone.", "Put it back, or remove the document; what is stored can be asked."
                )
            return self._add(file, holding.summary.collection, wait=wait, progress=progress)

    def remove(self, name: str, *, wait: float) -> None:
        """Remove a document from the store, and its original where that is kept beside it.

        Raises:
            SourceError: There is no such document, or it belongs to a folder, whose files are not ours to remove.
            StoreBusyError: Another writer is still at work.
        """
        with self._turn(wait), self._library.writing(wait=wait):
            waits = self._waiting(name)
            if waits is not None:
                originals.remove(waits)
                return
            holding = self.holding(name)
            if not holding.source.origin:
                raise SourceError(
                    f"{name} comes from a folder.", "Remove the file from that folder, and index the folder again."
                )
            self._library.remove_documents([name])
            original = self._original(holding)
            if original is not None:
                originals.remove(original)

    def forget(self, original: Original) -> None:
        """Remove an original that could not be read, unless the store holds its document all the same."""
        if document_id(original.collection, original.name) not in self._library.held(original.collection):
            originals.remove(original)

    def remove_collection(self, collection: str, *, wait: float) -> int:
        """Remove the documents of a collection that do not belong to a folder; return how many there were.

        Raises:
            SourceError: All of them belong to a folder.
            StoreBusyError: Another writer is still at work; documents that were removed before stay removed.
        """
        names = [one.summary.id for one in self._library.holdings(collection) if one.source.origin]
        names += [document_id(one.collection, one.name) for one in self.waiting() if one.collection == collection]
        if not names:
            raise SourceError(
                f"The documents of {collection} come from a folder.",
                "Remove the files from that folder, and index the folder again.",
            )
        for name in names:
            self.remove(name, wait=wait)
        return len(names)

    def rename_collection(self, old: str, new: str, *, wait: float) -> int:
        """Give a collection another name and return how many documents it holds; raises as `qa.renaming` does."""
        with self._turn(wait), _NAMING:
            return rename_collection(self._library, old, new, wait=wait)

    # -- inside

    @contextmanager
    def _turn(self, wait: float) -> Iterator[None]:
        if not _TURN.acquire(timeout=wait):
            raise StoreBusyError("Another document is being read.", "Wait until it has finished and try again.")
        try:
            yield
        finally:
            _TURN.release()

    def _add(self, file: Path, collection: str, *, wait: float, progress: ProgressListener | None) -> IndexReport:
        return add_file(
            self._library,
            self._encoder,
            file,
            collection=collection,
            columns=self._columns,
            thorough=True,
            wait=wait,
            progress=progress,
        )

    def _original(self, holding: Holding) -> Original | None:
        """Return what is kept of a document that somebody brought: its origin ends in FOLDER/COLLECTION/NAME."""
        collection, origin = holding.summary.collection, Path(holding.source.origin)
        path = path_of(collection, holding.summary.id)
        if origin.parts[-3:] != (self._uploads.name, collection, path):
            return None
        return originals.find(self._uploads, collection=collection, name=path)

    def _waiting(self, name: str) -> Original | None:
        return next((one for one in self.waiting() if document_id(one.collection, one.name) == name), None)

    def _changes(self, name: str) -> int:
        document = self._library.document(name)
        return len(account_of(document).changes) if document else 0
