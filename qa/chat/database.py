"""Open the SQLite file of conversations: settings that survive a power cut, schema, and refusal of what is not ours.

Knows nothing of turns: they are written and read in `qa.chat.store`.
"""

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from time import sleep

from qa.errors import ConversationStoreError
from qa.store.transactions import transaction

SCHEMA_VERSION = 1
APPLICATION_ID = 0x57454E43  # "WENC"; the store of documents says "WENJ"
SECONDS_BUSY = 5.0  # how long another process may write before we give up
WRITABLE = "Check the permissions of its folder and the free space, or choose another place: --store DIR"

_SCHEMA = (
    "create table conversation (number integer primary key, id text not null unique, owner text not null, "
    "title text not null, words text not null, created_at text not null, changed_at text not null, "
    "changed integer not null, revision integer not null)",
    "create index conversation_of_owner on conversation (owner, changed)",
    "create table turn (conversation integer not null references conversation on delete cascade, "
    "number integer not null, body text not null, words text not null, rating integer not null, note text not null, "
    "row_hash blob not null, primary key (conversation, number)) without rowid",
    "create index rated_turn on turn (conversation) where rating != 0 or note != ''",
)
_TROUBLES = (
    (
        ("SQLITE_FULL",),
        "There is no room left for the file of conversations {path}; what was kept before is still there.",
        "Make room on its disk.",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"),
        "The file of conversations {path} cannot be made or written ({error}).",
        WRITABLE,
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        "Another process is busy with the file of conversations {path}.",
        "Wait a moment and try again.",
    ),
    (
        ("SQLITE_IOERR",),
        "The disk of the file of conversations {path} reports an error ({error}).",
        "Check the disk and its free space.",
    ),
    (("ProgrammingError",), "The file of conversations {path} is closed already.", "Start Wenju again."),
)
"""How the names of SQLite's errors begin, what each means, and what to do."""

_MEMORY_PAGES = 65_536  # of 4 KB: 256 MB, where no file can be used


def open_file(path: Path) -> sqlite3.Connection:
    """Open the file of conversations, making it where there is none; only its owner may read it.

    Raises:
        ConversationStoreError: It is foreign, damaged, of a newer version, or cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    except OSError as error:
        raise ConversationStoreError(
            f"The file of conversations {path} cannot be made or written ({error.strerror}).",
            WRITABLE,
        ) from error
    try:
        connection = _connected(str(path))
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    with ExitStack() as failed:
        failed.callback(connection.close)
        try:
            _check(connection, path)
        except sqlite3.Error as error:
            raise trouble(path, error) from error
        failed.pop_all()
    return connection


def open_memory() -> sqlite3.Connection:
    """Return a database of the same form that ends with the process."""
    connection = _connected(":memory:")
    connection.execute(f"pragma max_page_count = {_MEMORY_PAGES}")
    for statement in _SCHEMA:
        connection.execute(statement)
    return connection


def damaged(path: Path, what: object) -> ConversationStoreError:
    """Return the error of a file that cannot be trusted any more."""
    return ConversationStoreError(
        f"The file of conversations {path} is damaged ({what}).",
        "Move it away and start Wenju again; it makes a new one.",
    )


def trouble(path: Path, error: sqlite3.Error) -> ConversationStoreError:
    """Return the error of a file that SQLite could not read or write, with the remedy that fits."""
    kind = getattr(error, "sqlite_errorname", None) or type(error).__name__
    if kind == "SQLITE_NOTADB":
        return _foreign(path)
    for beginnings, problem, remedy in _TROUBLES:
        if kind.startswith(beginnings):
            return ConversationStoreError(problem.format(path=path, error=error), remedy)
    return damaged(path, error)


def _foreign(path: Path) -> ConversationStoreError:
    return ConversationStoreError(
        f"{path} is not a file of conversations; it was left as it is.",
        "Move it away, or choose another place: --store DIR",
    )


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, isolation_level=None, timeout=SECONDS_BUSY, check_same_thread=False)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma cell_size_check = on")
    connection.execute("pragma secure_delete = on")  # what a reader deletes is gone from the file, too
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    def value(statement: str) -> object:
        return connection.execute(statement).fetchone()[0]

    if value("pragma application_id") == 0 and value("select count(*) from sqlite_master") == 0:
        _create(connection)
    if value("pragma application_id") != APPLICATION_ID:
        raise _foreign(path)
    version = value("pragma user_version")
    if version != SCHEMA_VERSION:
        raise ConversationStoreError(
            f"The file of conversations {path} is of version {version}; this Wenju reads version {SCHEMA_VERSION}.",
            "Update Wenju, or move the file away.",
        )
    if value("pragma quick_check(1)") != "ok":
        raise damaged(path, "quick_check")
    _to_wal(connection)
    connection.execute("begin immediate")
    connection.execute("delete from turn where conversation is null")  # none; fails where nothing can be written
    connection.execute("rollback")


def _create(connection: sqlite3.Connection) -> None:
    with transaction(connection, "exclusive"):
        if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:  # no other process was quicker
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def _to_wal(connection: sqlite3.Connection) -> None:
    """Change to a write-ahead log; SQLite does not wait by itself while another process opens the file."""
    for _ in range(int(SECONDS_BUSY / 0.05)):
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
            sleep(0.05)
        else:
            return
    connection.execute("pragma journal_mode = wal")
