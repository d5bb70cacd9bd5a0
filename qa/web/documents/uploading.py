"""Take files in: keep their originals beside the store, read them, and say what became of each.

Shows nothing. What is kept and how it is read is behind the assistant (`qa.shelf`).
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from gradio.utils import get_upload_folder

from qa.corpus.folder import too_large
from qa.errors import RemedyError, SourceError, StoreBusyError, UnreadableError
from qa.names import document_id
from qa.originals import Original, checked_folder
from qa.types import Progress
from qa.web import visitor as visitors
from qa.web.documents.incoming import FILES_AT_ONCE, MIB, discard, is_inside
from qa.web.documents.report import DEFAULT_COLLECTION, State, TakenFile, Upload, UploadReport
from qa.web.services import Services
from qa.web.visitor import Visitor

if TYPE_CHECKING:
    from qa.shelf import Shelf

SECONDS_FOR_OTHERS = 20.0  # to wait for another process that writes; for the first file only


def take_in(
    files: Sequence[Upload],
    *,
    services: Services,
    visitor: Visitor,
    collection: str = DEFAULT_COLLECTION,
    told: Callable[[UploadReport], None] = lambda _: None,
) -> UploadReport:
    """Take files into a collection, one after the other; returns when all are read, skipped or kept for later.

    Args:
        files: In order; what lies at their paths is removed, whatever happens.
        services: What the pages work with.
        visitor: Who brings them.
        collection: Where they go; made where there is none of that name.
        told: Called with the whole report whenever the state of a file changes, from this thread.

    Raises:
        NotAllowedError: The visitor may not change documents.
        SourceError: The collection cannot have this name.
    """
    folder = Path(get_upload_folder())
    try:
        visitors.check_may_change(visitor)
        into = checked_folder(collection.strip() or DEFAULT_COLLECTION)
        return _Taking(services, into, files, folder, told).run()
    finally:
        for file in files:
            discard(folder, file.path)


class _Taking:
    """One go: the files that were given together, and how far each has come."""

    def __init__(
        self,
        services: Services,
        collection: str,
        files: Sequence[Upload],
        folder: Path,
        told: Callable[[UploadReport], None],
    ) -> None:
        self._assistant = services.assistant
        self._shelf: Shelf = services.assistant.shelf
        self._files = files
        self._folder = folder
        self._told = told
        self._most = services.upload_mb * MIB
        self._wait = SECONDS_FOR_OTHERS
        self._renew_at = perf_counter()
        shown = tuple(TakenFile(file.name or file.path.name) for file in files)
        self._report = UploadReport(collection, shown)

    def run(self) -> UploadReport:
        """Keep all files first, so that none is lost when the server stops; then read them."""
        self._told(self._report)
        kept = [self._keep(at, file) for at, file in enumerate(self._files)]
        with self._assistant.searching.held_still():
            for at, original in enumerate(kept):
                if original is not None:
                    self._read(at, original)
                    self._renew_if_due()
        self._told(self._report)
        return self._report

    def _renew_if_due(self) -> None:
        """Let questions find what was read so far, as often as making the indexes takes a tenth of the time."""
        started = perf_counter()
        if self._assistant.searching.loaded and started >= self._renew_at and not self._report.finished:
            self._assistant.searching.renewed()
            self._renew_at = perf_counter() + 9 * (perf_counter() - started)

    def _keep(self, at: int, file: Upload) -> Original | None:
        """Return the original that is to be read, or None where the file has come to its end."""
        if at >= FILES_AT_ONCE:
            self._end(at, State.SKIPPED, f"More than {FILES_AT_ONCE} files came at once.")
            return None
        if not is_inside(self._folder, file.path):
            self._end(at, State.SKIPPED, "The file did not arrive.")
            return None
        if file.path.stat().st_size > self._most:
            self._end(at, State.SKIPPED, too_large(file.path.stat().st_size, self._most))
            return None
        try:
            kept = self._shelf.keep(file.path, name=file.name or file.path.name, collection=self._report.collection)
        except RemedyError as error:
            self._end(at, State.SKIPPED, error.problem, error.remedy)
            return None
        except OSError as problem:
            self._end(at, State.SKIPPED, f"The file cannot be kept ({problem.strerror or type(problem).__name__}).")
            return None
        if kept.original is None:
            self._change(at, state=State.KNOWN, document_id=kept.known_as)
        return kept.original

    def _read(self, at: int, original: Original) -> None:
        def tell(progress: Progress) -> None:
            self._change(at, done=progress.done, total=progress.total)

        self._change(at, state=State.READING)
        try:
            self._shelf.read(original, wait=self._wait, progress=tell)
            name = document_id(original.collection, original.name)
            facts = self._shelf.facts(name)
        except UnreadableError as error:
            self._shelf.forget(original)
            self._end(at, State.SKIPPED, error.reason)
        except SourceError as error:
            self._shelf.forget(original)
            self._end(at, State.SKIPPED, error.problem, error.remedy)
        except RemedyError as error:  # of the store or the model: the file is good, and can be read later
            self._wait = 0.0 if isinstance(error, StoreBusyError) else self._wait
            self._end(at, State.KEPT, error.problem, error.remedy)
        else:
            self._change(at, state=State.DONE, document_id=name, **asdict(facts))

    def _end(self, at: int, state: State, reason: str, remedy: str = "") -> None:
        self._change(at, state=state, reason=reason, remedy=remedy)

    def _change(self, at: int, **changes: object) -> None:
        """Note what changed, and tell it; the last change is told when questions find everything."""
        files = list(self._report.files)
        files[at] = replace(files[at], **changes)  # type: ignore[arg-type]
        self._report = replace(self._report, files=tuple(files))
        if not self._report.finished:
            self._told(self._report)
