"""The file of conversations: shared by threads and processes, whole after a kill, and refused where it is not ours."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conversation_fakes import opened, turn

from qa.chat.rows import LOST
from qa.chat.store import ConversationStore, opened_or_in_memory
from qa.errors import ConversationError, ConversationStoreError

TESTS = Path(__file__).parents[1]

WRITER = """
import sys
from pathlib import Path
from conversation_fakes import turn
from qa.chat.store import ConversationStore

kept = ConversationStore.open(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    kept.add("me", sys.argv[2], turn(question=f"第{number}问" * 300))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def writer(path: Path, name: str, turns: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS / 'unit'}:{TESTS.parent}"}
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(turns)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    )


def test_every_acknowledged_turn_is_whole_after_a_kill(tmp_path: Path) -> None:
    """SIGKILL in the middle of a turn; the file opens, holds all that were acknowledged, and takes the next one."""
    path = tmp_path / "c.sqlite"
    with writer(path, "k" * 22, 400) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(7)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)
    acknowledged = len([line for line in said if line.endswith("\n")])

    with closing(ConversationStore.open(path)) as kept:
        turns = kept.read("me", "k" * 22).turns
        assert len(turns) - acknowledged in {0, 1}  # written, but killed before it could say so
        assert [one.question for one in turns] == [f"第{number}问" * 300 for number in range(len(turns))]
        assert kept.add("me", "k" * 22, turn()).number == len(turns) + 1


def test_two_processes_that_make_the_file_and_add_at_once_lose_nothing(tmp_path: Path) -> None:
    """Sixty turns of one conversation, numbered without gap."""
    path = tmp_path / "c.sqlite"
    with writer(path, "k" * 22, 30) as one, writer(path, "k" * 22, 30) as other:
        assert [process.wait() for process in (one, other) if process.communicate()] == [0, 0]

    with closing(ConversationStore.open(path)) as kept:
        turns = kept.read("me", "k" * 22).turns
    assert [turn.number for turn in turns] == list(range(1, 61))
    assert sorted(turn.question for turn in turns) == sorted([f"第{number}问" * 300 for number in range(30)] * 2)


def test_two_threads_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as kept:
        name = kept.begin("me").id
        problems: list[BaseException] = []

        def add(letter: str) -> None:
            try:
                for number in range(40):
                    kept.add("me", name, turn(question=f"{letter}{number}"))
                    kept.listed("me", words=letter)
            except BaseException as error:  # noqa: BLE001 (told by the assertion below)
                problems.append(error)

        threads = [threading.Thread(target=add, args=(letter,)) for letter in "甲乙"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        turns = kept.read("me", name).turns

    assert problems == []
    assert [turn.number for turn in turns] == list(range(1, 81))
    for letter in "甲乙":  # each thread's own in its order
        assert [turn.question for turn in turns if turn.question[0] == letter] == [f"{letter}{n}" for n in range(40)]


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    with closing(ConversationStore.open(tmp_path / "deep" / "er" / "c.sqlite")) as kept:
        kept.add("me", kept.begin("me").id, turn())

        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in kept.path.parent.iterdir()}

    assert modes == {"c.sqlite": 0o600, "c.sqlite-wal": 0o600, "c.sqlite-shm": 0o600}


def text(path: Path) -> None:
    path.write_text("not a database at all, but long enough to be looked at\n" * 40, encoding="utf-8")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table song (name text)")


def newer(path: Path) -> None:
    ConversationStore.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version = 2")


def cut_short(path: Path) -> None:
    with closing(ConversationStore.open(path)) as kept:
        for _ in range(20):
            kept.add("me", "k" * 22, turn())
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (text, "is not a file of conversations; it was left as it is."),
        (foreign, "is not a file of conversations; it was left as it is."),
        (newer, "is of version 2; this Wenju reads version 1. Update Wenju"),
        (cut_short, "is damaged"),
        (folder, "cannot be made or written"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_as_it_is_and_the_chat_goes_on_without(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "c.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else None

    conversations, problem = opened_or_in_memory(path)

    with closing(conversations):
        assert isinstance(problem, ConversationStoreError)
        assert str(path) in str(problem)
        assert sentence in str(problem)
        assert not conversations.lasting
        name = conversations.begin("me").id
        conversations.add("me", name, turn())
        assert len(conversations.read("me", name).turns) == 1
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(ConversationStoreError, match="cannot be made or written"):
        ConversationStore.open(tmp_path / "file" / "c.sqlite")


def test_a_full_disk_is_said_and_keeps_what_was_there(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as kept:
        first = kept.add("me", "k" * 22, turn())
        pages = kept._connection.execute("pragma page_count").fetchone()[0]
        kept._connection.execute(f"pragma max_page_count = {pages}")

        with pytest.raises(ConversationStoreError, match="no room left"):
            for _ in range(20):
                kept.add("me", "k" * 22, turn(question="很长的问题" * 2000))

        assert kept.read("me", "k" * 22).turns[0] == first
        kept._connection.execute("pragma max_page_count = 100000")
        kept.add("me", "k" * 22, turn())


def test_a_read_only_file_is_said_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions do not hold back a test that runs as root, so SQLite itself is asked to open it read-only."""
    path = tmp_path / "c.sqlite"
    ConversationStore.open(path).close()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **given: connect(f"file:{name}?mode=ro", uri=True, **given))

    with pytest.raises(ConversationStoreError, match="cannot be made or written"):
        ConversationStore.open(path)


@pytest.mark.parametrize(
    "damage", ["body = replace(body, '287', '999')", "body = cast(x'ff7b' as text)", "rating = 9", "body = ''"]
)
def test_a_turn_that_was_changed_on_the_disk_is_not_shown_and_the_others_are(tmp_path: Path, damage: str) -> None:
    """In its place stands that it is damaged; a thumb does not make it pass for whole, an edit replaces it."""
    with closing(opened(tmp_path)) as kept:
        whole = [kept.add("me", "k" * 22, turn(rating=-1)) for _ in range(3)]
        kept._connection.execute(f"update turn set {damage} where number = 2")

        first, damaged, last = kept.read("me", "k" * 22).turns
        assert [first, last] == [whole[0], whole[2]]
        assert (damaged.number, damaged.question, damaged.answer, damaged.damaged) == (2, "", None, True)
        assert damaged.problem == f"{LOST} Ask it again."
        assert kept.read("me", "k" * 22).history() == [first.question, last.question]
        with pytest.raises(ConversationError, match="damaged"):
            kept.rate("me", "k" * 22, 2, 1)
        rated = [(one.turn.number, one.turn.damaged) for one in kept.feedback()]
        assert rated == [(1, False), *([(2, True)] if damage != "rating = 9" else []), (3, False)]

        kept.replace_from("me", "k" * 22, 2, turn(), seen=3)
        assert [one.damaged for one in kept.read("me", "k" * 22).turns] == [False, False]


def test_a_closed_file_says_so(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.close()

    with pytest.raises(ConversationStoreError, match="closed already"):
        kept.listed("me")
