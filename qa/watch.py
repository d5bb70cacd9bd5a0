"""Keep a store up to date with a folder: index it at the start, and again whenever its files change.

Knows when to index, not how; what it did is told to the caller.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from qa.errors import SourceError, StoreBusyError
from qa.types import IndexReport

_QUIET_MS = 300  # a copy is under way for as long as changes come closer together than this
_LONGEST_WAIT_MS = 2000
_LOOK_MS = 1000  # between two looks at the folder itself
_SECONDS_WHEN_BUSY = 5.0
_SECONDS_AT_MOST = 300.0
"""Without any news the folder is looked through this often: network drives and overflowing queues lose news."""


def watch_folder(
    folder: Path,
    index: Callable[[], IndexReport],
    *,
    did: Callable[[IndexReport], None],
    say: Callable[[str], None],
    ignore: Path | None = None,
    news: Iterable[object] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Index a folder now and after every change, until it is removed or the user interrupts.

    Args:
        folder: To watch.
        index: Brings the store up to date with it.
        did: Told of the first run and of every one that changed something or skipped other files than the one before.
        say: Told in a sentence what kept a run from happening.
        ignore: Folder inside it whose changes do not matter: that of the store.
        news: Yields something true after changes and something false when nothing happened for a second; by default,
            from the system (tests).
        clock: Seconds (tests).

    Raises:
        SourceError: The folder is not there, not any more, or cannot be watched.
        KeyboardInterrupt: The user wants no more.
        StoreError: The store cannot be written, for another reason than that it is busy.
    """
    watched = _identity(folder)
    if watched is None:
        raise SourceError(f"There is no folder {folder}.", "Name a folder that holds your documents.")
    due, busy = clock(), False
    last: IndexReport | None = None
    for changes in changes_in(folder, ignore) if news is None else news:
        if _identity(folder) != watched:
            raise SourceError(
                f"The folder {folder} was removed or replaced; what the store holds of it stays.",
                "When it is there again: wenju watch FOLDER",
            )
        if not changes and clock() < due:
            continue
        due = clock() + _SECONDS_AT_MOST
        try:
            report = index()
        except StoreBusyError as error:
            if not busy:
                say(f"{error.problem} It is tried again every {_SECONDS_WHEN_BUSY:.0f} s.")
            due, busy = clock() + _SECONDS_WHEN_BUSY, True
            continue
        except SourceError as error:  # emptied for a moment, or removed, which the next look tells
            say(error.problem)
            continue
        busy = False
        if last is None or report.added or report.changed or report.removed or report.skipped != last.skipped:
            did(report)
        last = report


def changes_in(folder: Path, ignore: Path | None = None) -> Iterator[object]:
    """Yield the changes of the folder's files in batches, or an empty one where there were none for a second."""
    from watchfiles import Change, watch  # noqa: PLC0415 (for those who watch only)

    root = folder.resolve()

    ignored = ignore.resolve() if ignore is not None else None

    def matters(_: Change, path: str) -> bool:
        """Tell whether a path may matter: hidden files are not read, among them those that editors make."""
        changed = Path(path)
        if ignored is not None and changed.is_relative_to(ignored):
            return False
        parts = changed.relative_to(root).parts if changed.is_relative_to(root) else ()
        return not any(part.startswith(".") for part in parts)

    try:
        yield from watch(
            root,
            watch_filter=matters,
            debounce=_LONGEST_WAIT_MS,
            step=_QUIET_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
    except OSError as error:
        raise SourceError(
            f"The folder {folder} cannot be watched ({error}).",
            "Raise the limit of watches (fs.inotify.max_user_watches), or set WATCHFILES_FORCE_POLLING=1",
        ) from error


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells this folder from another one of its name, or None where it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
