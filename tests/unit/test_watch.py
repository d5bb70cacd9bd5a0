"""When `watch` indexes, and what it says: with made-up news from the system, and with real ones."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from qa.errors import SourceError, StoreBusyError, StoreError
from qa.types import IndexReport, Skipped
from qa.watch import changes_in, watch_folder

NOTHING = IndexReport(1, 1, 1, 0, 0, 0, 1, (), 0.1, 1)
ONE_NEW = IndexReport(2, 2, 2, 1, 0, 0, 1, (), 0.1, 2)
SKIPS = IndexReport(1, 1, 1, 0, 0, 0, 1, (Skipped("a.xyz", "no"),), 0.1, 1)
NEWS, QUIET = True, False


class Run:
    """A watch over made-up news: how often it indexed, what it told, what it said."""

    def __init__(self, folder: Path, outcomes: Iterable[IndexReport | Exception], news: Iterable[bool]) -> None:
        self.told: list[IndexReport] = []
        self.said: list[str] = []
        self.times: list[float] = []
        self._outcomes = iter(outcomes)
        self._now = 0.0
        watch_folder(
            folder,
            self._index,
            did=self.told.append,
            say=self.said.append,
            news=self._a_second_each(news),
            clock=lambda: self._now,
        )

    def _a_second_each(self, news: Iterable[bool]) -> Iterator[bool]:
        for one in news:
            self._now += 1
            yield one

    def _index(self) -> IndexReport:
        self.times.append(self._now)
        outcome = next(self._outcomes, NOTHING)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def test_it_indexes_at_the_start_and_after_every_change(tmp_path: Path) -> None:
    """Not in quiet seconds."""
    run = Run(tmp_path, [ONE_NEW, ONE_NEW, NOTHING], [QUIET, QUIET, NEWS, QUIET, NEWS, QUIET])

    assert run.times == [1, 3, 5]
    assert run.told == [ONE_NEW, ONE_NEW]


def test_the_first_run_is_told_and_then_what_is_news(tmp_path: Path) -> None:
    """A run that changed nothing is told when other files are skipped than before."""
    run = Run(tmp_path, [NOTHING, NOTHING, SKIPS, SKIPS, NOTHING, NOTHING], [NEWS] * 6)

    assert run.told == [NOTHING, SKIPS, NOTHING]


def test_it_looks_through_the_folder_now_and_then_without_any_news(tmp_path: Path) -> None:
    """News get lost on network drives."""
    run = Run(tmp_path, [], [QUIET] * 700)

    assert run.times == [1, 301, 601]


def test_a_busy_store_is_said_once_and_tried_again(tmp_path: Path) -> None:
    """Every five seconds until it is free, and at once after a change."""
    busy = StoreBusyError("Another process is writing.", "Wait.")
    run = Run(tmp_path, [busy, busy, busy, ONE_NEW], [QUIET] * 7 + [NEWS] + [QUIET] * 6)

    assert run.times == [1, 6, 8, 13]
    assert run.said == ["Another process is writing. It is tried again every 5 s."]
    assert run.told == [ONE_NEW]


def test_a_folder_that_holds_nothing_to_read_is_said_and_watched_on(tmp_path: Path) -> None:
    """As while its files are being replaced."""
    run = Run(tmp_path, [SourceError("There is nothing to read in papers.", "Put some."), ONE_NEW], [NEWS, NEWS])

    assert (run.said, run.told) == (["There is nothing to read in papers."], [ONE_NEW])


@pytest.mark.parametrize("replaced", [False, True])
def test_a_folder_that_is_removed_ends_it_with_a_remedy(tmp_path: Path, replaced: bool) -> None:
    """Also where another one of its name took its place at once."""
    folder = tmp_path / "papers"
    folder.mkdir()

    def news() -> Iterator[bool]:
        yield True
        folder.rename(tmp_path / "elsewhere")
        if replaced:
            folder.mkdir()
        yield False

    with pytest.raises(SourceError, match="was removed or replaced") as failure:
        Run(folder, [], news())
    assert failure.value.remedy.endswith("wenju watch FOLDER")


def test_a_folder_that_was_never_there_is_refused(tmp_path: Path) -> None:
    """Before anything is indexed."""
    with pytest.raises(SourceError, match="There is no folder"):
        Run(tmp_path / "nowhere", [], [NEWS])


def test_a_store_that_cannot_be_written_ends_it(tmp_path: Path) -> None:
    """A full disk does not heal by waiting."""
    with pytest.raises(StoreError, match="full"):
        Run(tmp_path, [StoreError("The disk is full.", "Make room.")], [NEWS, NEWS])


def test_real_changes_arrive_and_those_of_hidden_files_and_of_the_store_do_not(tmp_path: Path) -> None:
    """What an editor hides, and what we write ourselves, is no news."""
    folder, store = tmp_path / "papers", tmp_path / "papers" / "store"
    store.mkdir(parents=True)
    batches: list[set[str]] = []
    ready = threading.Event()

    def listen() -> None:
        for batch in changes_in(folder, store):
            ready.set()
            names = {Path(path).name for _, path in batch}  # type: ignore[attr-defined]
            if names:
                batches.append(names)
            if "last.txt" in names:
                return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    assert ready.wait(10)
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    _wait_until(lambda: len(set().union(*batches)) == 3)
    (folder / ".c.txt.swp").write_text("x", encoding="utf-8")
    (store / "wenju.sqlite3").write_text("x", encoding="utf-8")
    time.sleep(0.8)
    (folder / "last.txt").write_text("x", encoding="utf-8")
    listener.join(10)

    assert set().union(*batches[:-1]) == {"a.txt", "b.txt", "c.txt"}  # one batch, or two on a machine that is busy
    assert batches[-1] == {"last.txt"}


def _wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
