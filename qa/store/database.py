"""Open the SQLite file of a store: settings that survive a power cut, schema, and refusal of what is not ours."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path

from qa.errors import StoreBusyError, StoreError
from qa.store.hashes import row_hash
from qa.store.transactions import transaction

SCHEMA_VERSION = 4
APPLICATION_ID = 0x57454E4A  # "WENJ", so that another program's database is recognised before it is touched
DATABASE_NAME = "wenju.sqlite3"

SCHEMA = """
create table setting (name text primary key, value text not null) without rowid;
create table document (
  number integer primary key, id text not null unique, sha256 text not null, encoding text not null,
  media_type text not null, assumptions text not null, pages text not null, text text not null, row_hash blob not null,
  sections text not null default '[]', collection text not null default '');
create index document_of_collection on document (collection);
create table source (
  document integer primary key references document on delete cascade,
  stamp text not null, origin text not null, characters integer not null,
  read_at text not null default '', repairs integer);
create table article (
  number integer primary key, document integer not null references document on delete cascade,
  id text not null unique, fields text not null, blocks text not null, row_hash blob not null default x'');
create index article_of_document on article (document);
create table passage (
  number integer primary key, document integer not null references document on delete cascade,
  article integer not null references article on delete cascade, id text not null unique, kind text not null,
  start integer not null, stop integer not null, text text not null, runs blob not null, heading text,
  vector blob not null, row_hash blob not null, text_hash blob);
create index passage_of_document on passage (document);
create index passage_of_article on passage (article);
create index passage_of_text on passage (text_hash);
create table sentence (
  number integer primary key, passage integer not null references passage on delete cascade,
  start integer not null, stop integer not null, vector blob not null, row_hash blob not null default x'',
  text_hash blob);
create index sentence_of_passage on sentence (passage);
create index sentence_of_text on sentence (text_hash);
"""
# What changes without the document (`source`) stands in a table of its own: an update writes the whole row again, and a
# row of `document` holds all of its text.

_UPGRADES = {
    1: (
        "alter table document add column sections text not null default '[]'",
        "alter table document add column collection text not null default ''",
    ),
    # Rows from before have no text_hash: their texts are encoded again when their document changes.
    2: (
        "create index document_of_collection on document (collection)",
        "create table source (document integer primary key references document on delete cascade, "
        "stamp text not null, origin text not null, characters integer not null)",
        "insert into source select number, '', '', length(text) from document",
        "alter table article add column row_hash blob not null default x''",
        "update article set row_hash = row_hash(id, fields, blocks)",
        "alter table passage add column text_hash blob",
        "create index passage_of_text on passage (text_hash)",
        "alter table sentence add column row_hash blob not null default x''",
        "update sentence set row_hash = row_hash(passage, start, stop, vector)",
        "alter table sentence add column text_hash blob",
        "create index sentence_of_text on sentence (text_hash)",
    ),
    # When a document was read is not known of rows from before, and its repairs are counted when somebody looks.
    3: (
        "alter table source add column read_at text not null default ''",
        "alter table source add column repairs integer",
    ),
}
"""What brings a store of an older version to the next one."""


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the database of a store folder, making it where there is none.

    Raises:
        StoreError: What stands there is not a Wenju store, is of a newer version, is damaged or cannot be made.
    """
    path = folder / DATABASE_NAME
    if not path.exists():
        _refuse_foreign_folder(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreError(
                f"The store folder {folder} cannot be made: {error.strerror}.", "Choose another: --store DIR"
            ) from error
    try:
        connection = _connect(path)
    except sqlite3.DatabaseError as error:
        raise trouble(path, error) from error
    with ExitStack() as failed:
        failed.callback(connection.close)
        _check(connection, path)
        failed.pop_all()
    return connection


def damaged(path: Path, what: object) -> StoreError:
    """Return the error of a store that cannot be trusted any more."""
    return StoreError(f"The store {path} is damaged ({what}).", "Move it away and build it again: wenju index FOLDER")


def trouble(path: Path, error: sqlite3.Error) -> StoreError:
    """Return the error of a store that SQLite could not read or write, with the remedy that fits."""
    kind = getattr(error, "sqlite_errorname", None) or ""
    if kind == "SQLITE_FULL":
        return StoreError(
            f"The disk that holds the store {path} is full; what was reported as done is kept.",
            "Make room and run the command again.",
        )
    if kind.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(
            f"The store {path} cannot be opened or written here ({error}).",
            "Check the permissions of its folder, or choose another: --store DIR",
        )
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusyError(f"Another process is busy with the store {path}.", "Wait a moment and try again.")
    if kind.startswith("SQLITE_IOERR"):
        return StoreError(
            f"The disk that holds the store {path} reports an error ({error}); what was reported as done is kept.",
            "Check the disk and its free space, then run the command again.",
        )
    return damaged(path, error)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    def value(statement: str) -> object:
        return connection.execute(statement).fetchone()[0]

    try:
        application, version = value("pragma application_id"), value("pragma user_version")
        if application == 0 and version == 0 and value("select count(*) from sqlite_master") == 0:
            _create(connection)
            return
        if application != APPLICATION_ID:
            raise StoreError(
                f"{path} is not a Wenju store; it was left as it is.", "Choose another folder: --store DIR"
            )
        if version in _UPGRADES:
            version = _upgrade(connection)
        if version != SCHEMA_VERSION:
            raise StoreError(
                f"The store {path} is of version {version}; this Wenju reads version {SCHEMA_VERSION}.",
                "Update Wenju, or index into another store: wenju index FOLDER --store DIR",
            )
        if value("pragma quick_check(1)") != "ok":
            raise damaged(path, "quick_check")
    except sqlite3.DatabaseError as error:
        raise trouble(path, error) from error


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    with transaction(connection, "exclusive"):
        if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:  # no other process was quicker
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def _upgrade(connection: sqlite3.Connection) -> int:
    """Bring a store of an older version up to date, all or nothing; return the version that it has then."""
    connection.create_function("row_hash", -1, row_hash, deterministic=True)
    with transaction(connection, "exclusive"):
        version: int = connection.execute("pragma user_version").fetchone()[0]  # another process may have been quicker
        while version in _UPGRADES:
            for statement in _UPGRADES[version]:
                connection.execute(statement)
            version += 1
        connection.execute(f"pragma user_version = {version}")
    return version


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database with the settings that make a commit survive a power cut."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5, check_same_thread=False)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma cell_size_check = on")
    return connection


def _refuse_foreign_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file, not a store folder.", "Choose another folder: --store DIR")
    if folder.is_dir() and any(folder.iterdir()):
        raise StoreError(
            f"{folder} holds other files and no Wenju store; it was left as it is.",
            "Choose an empty or new folder: --store DIR",
        )
