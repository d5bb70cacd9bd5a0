"""Run a block as one transaction of SQLite. Says nothing about mistakes; who calls it knows whose file it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Keep all that the block writes, or nothing of it where it raises.

    Args:
        connection: That begins no transaction by itself.
        kind: `deferred`, `immediate` or `exclusive`.

    Raises:
        sqlite3.Error: SQLite cannot do it.
    """
    connection.execute(f"begin {kind}")
    try:
        yield
        connection.execute("commit")
    except BaseException:  # Ctrl-C as well: nothing half written stays; raised again
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("rollback")
        raise
