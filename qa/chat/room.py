"""How many conversations are kept and how large their file may grow, of one owner and of all; what goes beyond is told.

Works on an open connection inside of the transaction that wrote the new turn, which is undone where there is no room.
"""

import sqlite3
from dataclasses import dataclass
from enum import Enum, auto

from qa.errors import ConversationError

_DELETE = "delete from conversation where number in (select number from conversation where {which} order by changed "


class Full(Enum):
    """What is done where there is no room left."""

    REFUSE = auto()
    """Nothing is deleted; the reader is told what is too much."""
    FORGET_OWN = auto()
    """The owner's conversation that was left alone for longest goes; for an owner who was told so beforehand."""
    FORGET_ANY = auto()
    """The same, whoever it belongs to; for conversations that nobody was promised to find again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept.

    Attributes:
        of_owner: Conversations of one owner.
        conversations: Of all owners.
        megabytes: That all of them may take in the file, what was deleted not counted.
        when_full: What is done with more.
    """

    of_owner: int = 1_000
    conversations: int = 100_000
    megabytes: int = 4_096
    when_full: Full = Full.REFUSE


STANDARD = Limits()
IN_MEMORY = Limits(megabytes=200)
"""Less than the 256 MB at which `qa.chat.database.open_memory` has SQLite say that there is no room."""


def check_room(connection: sqlite3.Connection, limits: Limits, *, owner: str, number: int) -> None:
    """Make sure that there is room for a conversation that was just written to.

    Args:
        connection: Inside the transaction that wrote.
        limits: How much is kept.
        owner: Whose conversation it is.
        number: Of its row; it is never forgotten itself.

    Raises:
        ConversationError: It is too much; nothing was deleted.
    """

    def count(condition: str, *values: str) -> int:
        ((found,),) = connection.execute(f"select count(*) from conversation where {condition}", values)
        return int(found)

    def forget(condition: str, most: int, *values: object) -> int:
        statement = _DELETE.format(which=f"number != ? and {condition}") + "limit ?)"
        return connection.execute(statement, (number, *values, most)).rowcount

    ((revision,),) = connection.execute("select revision from conversation where number = ?", (number,))
    if revision <= 1:  # only a new one makes them more
        too_many = count("owner = ?", owner) - limits.of_owner
        if too_many > 0:
            if limits.when_full is Full.REFUSE:
                raise ConversationError(
                    f"Nothing more is kept: you have {limits.of_owner} conversations already.",
                    "Delete some that you no longer need.",
                )
            forget("owner = ?", too_many, owner)
        too_many = count("true") - limits.conversations
        if too_many > 0:
            if limits.when_full is not Full.FORGET_ANY:
                raise _full(f"there are {limits.conversations} conversations on this server")
            forget("true", too_many)
    while _megabytes(connection) > limits.megabytes:
        if limits.when_full is not Full.FORGET_ANY or not forget("true", 1):
            raise _full(f"the conversations on this server take {limits.megabytes} MB")


def _megabytes(connection: sqlite3.Connection) -> float:
    """Return the size of what is in use; pages that were freed are used again before the file grows."""
    pages, free, size = (
        connection.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return float((pages - free) * size / 2**20)


def _full(why: str) -> ConversationError:
    return ConversationError(
        f"Nothing more is kept: {why} already.", "Delete some of yours, or ask whoever runs the server."
    )
