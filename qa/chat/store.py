"""ConversationStore: conversations in one SQLite file beside the store of documents, each change one transaction.

A replaced store does not take them along. What a method returned from is on the disk; a crash leaves no half turn. The
file may be open in several threads and processes.

Keeping is never needed to answer: a shell that gets a ConversationError from `add` or `replace_from` shows the answer
all the same and says that it was not kept, and one that cannot open the file works with `opened_or_in_memory`.
"""

import re
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from qa.chat.database import open_file, open_memory, trouble
from qa.chat.room import IN_MEMORY, STANDARD, Limits, check_room
from qa.chat.rows import (
    LOST,
    MOST_TURNS,
    checked,
    checked_rating,
    checked_title,
    folded,
    lost_turn,
    rated_hash,
    row_of,
    search_words,
    title_of,
    turn_of,
    whole_body,
)
from qa.chat.turns import Conversation, ConversationSummary, Feedback, Turn
from qa.errors import ConversationChangedError, ConversationError, ConversationMissingError
from qa.store.transactions import transaction

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_MEMORY = Path(":memory:")
# What was damaged may be no UTF-8 any more, and must not keep the other turns from being read.
_TURN = "select number, cast(body as blob), rating, cast(note as blob), row_hash from turn where conversation = ?"


def conversations_path(store: Path) -> Path:
    """Return where the conversations about a store are kept: beside its folder."""
    place = store if store.name not in ("", "..") else store.resolve()
    return place.parent / f"{place.name}.conversations.sqlite"


def opened_or_in_memory(path: Path, limits: Limits = STANDARD) -> "tuple[ConversationStore, ConversationError | None]":
    """Open the file; where that cannot be, return one that ends with the process, and why."""
    try:
        return ConversationStore.open(path, limits), None
    except ConversationError as error:
        return ConversationStore.in_memory(replace(limits, megabytes=IN_MEMORY.megabytes)), error


class ConversationStore:
    """The conversations of all owners. An owner "" (a browser without cookies) has none: nothing of it is kept."""

    def __init__(self, path: Path, connection: sqlite3.Connection, limits: Limits = STANDARD) -> None:
        self.path = path
        self._connection = connection
        self._limits = limits
        self._mutex = threading.RLock()

    @classmethod
    def open(cls, path: Path, limits: Limits = STANDARD) -> "ConversationStore":
        """Open the file, making it where there is none.

        Raises:
            ConversationStoreError: It is foreign, damaged, of a newer version, or cannot be made or written.
        """
        return cls(path, open_file(path), limits)

    @classmethod
    def in_memory(cls, limits: Limits = IN_MEMORY) -> "ConversationStore":
        """Return one that is kept by nothing and ends with the process."""
        return cls(_MEMORY, open_memory(), limits)

    @property
    def lasting(self) -> bool:
        """Whether what is kept here outlives the process."""
        return self.path != _MEMORY

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._mutex:
            self._connection.close()

    # -- reading

    def begin(self, owner: str) -> Conversation:
        """Return a new conversation; it is written, and listed, with its first turn."""
        now = _now()
        return Conversation(secrets.token_urlsafe(16), owner, "", now, now)

    def listed(self, owner: str, *, words: str = "", most: int = 200) -> tuple[ConversationSummary, ...]:
        """Return conversations of an owner, the last changed one first.

        Args:
            owner: Whose.
            words: Each of these must stand in the title, a question, an answer or a quotation; parts of words count.
                Width, case and Traditional or Simplified script do not matter.
            most: How many at most.
        """
        if not owner:
            return ()
        statement = (
            "select c.id, c.title, c.changed_at, (select count(*) from turn t where t.conversation = c.number) "
            "from conversation c where c.owner = ?"
        )
        wanted = search_words(words)
        statement += (
            " and (instr(c.words, ?) or exists "
            "(select 1 from turn t where t.conversation = c.number and instr(t.words, ?)))"
        ) * len(wanted)
        doubled = [word for word in wanted for _ in range(2)]
        rows = self._read(f"{statement} order by c.changed desc limit ?", (owner, *doubled, most))
        return tuple(ConversationSummary(*row) for row in rows)

    def read(self, owner: str, conversation_id: str) -> Conversation:
        """Return a conversation whole; a turn whose row is not what was written stands in it as `damaged`.

        Raises:
            ConversationMissingError: There is none, or it is somebody else's.
            ConversationStoreError: The file cannot be read.
        """
        with self._transaction("deferred"):
            number = self._number(owner, conversation_id)
            return self._conversation(number)

    def feedback(self) -> Iterator[Feedback]:
        """Yield what readers said about answers, of all owners, in the order in which the conversations began."""
        numbers = [
            row[0]
            for row in self._read(
                "select number from conversation where number in "
                "(select conversation from turn where rating != 0 or note != '') order by number"
            )
        ]
        for number in numbers:
            with self._transaction("deferred"):
                there = self._rows("select 1 from conversation where number = ?", (number,))
                conversation = self._conversation(number) if there else None
            for turn in conversation.turns if conversation else ():
                if conversation and (turn.rating or turn.note):
                    yield Feedback(conversation.id, _history_of(conversation, turn), turn)

    # -- writing

    def add(self, owner: str, conversation_id: str, turn: Turn) -> Turn:
        """Append a turn and return it with its number; the first one makes the conversation and gives it its title.

        Args:
            owner: Whose conversation; for "" the turn is returned as it came.
            conversation_id: Of `begin`, or of one that is there.
            turn: Its number is given here.

        Raises:
            ConversationMissingError: The conversation is somebody else's.
            ConversationError: It is full, there is no room for more (`qa.chat.room`), or the question is too long.
            ConversationStoreError: It could not be written; nothing was.
        """
        if not owner:
            return turn
        turn = checked(turn)
        with self._transaction("immediate"):
            number = self._number_or_new(owner, conversation_id, title_of(turn.question))
            added = replace(turn, number=self._count(number) + 1)
            if added.number > MOST_TURNS:
                raise ConversationError(
                    f"This conversation has {MOST_TURNS} questions already; more are not kept in one.",
                    "Begin a new conversation.",
                )
            self._insert(number, added)
            self._touch(owner, number)
        return added

    def replace_from(
        self, owner: str, conversation_id: str, number: int, turn: Turn, *, seen: int, revision: int | None = None
    ) -> Turn:
        """Put a turn in place of another one, which is forgotten with all later ones.

        Args:
            owner: Whose conversation; for "" the turn is returned with the number.
            conversation_id: Which.
            number: Of the turn that was edited.
            turn: What it becomes; its number is given here.
            seen: How many turns the tab knows of.
            revision: Of the conversation that the tab knows; tells apart what has as many turns.

        Raises:
            ConversationMissingError: There is no such conversation of this owner, or no such turn.
            ConversationChangedError: Another tab has changed it since; nothing was written.
            ConversationError: The question is too long to be kept, or there is no room for more.
            ConversationStoreError: It could not be written; nothing was.
        """
        if not owner:
            return replace(turn, number=number)
        edited = replace(checked(turn), number=number)
        with self._transaction("immediate"):
            row = self._number(owner, conversation_id)
            ((stored,),) = self._rows("select revision from conversation where number = ?", (row,))
            count = self._count(row)
            if count != seen or revision not in (None, stored):
                raise ConversationChangedError(
                    "This conversation has been changed in another window since; nothing was replaced.",
                    "Load it again and look at it before you edit.",
                )
            if not 1 <= number <= count:
                raise _missing()
            self._rows("delete from turn where conversation = ? and number >= ?", (row, number))
            self._insert(row, edited)
            self._touch(owner, row)
        return edited

    def keep(self, conversation: Conversation) -> Conversation:
        """Write a conversation whole, one that was imported, say; all or nothing.

        Raises:
            ConversationError: It has no turn or too many, its id is taken, a part is too long, or there is no room.
            ConversationStoreError: It could not be written; nothing was.
        """
        if not conversation.owner:
            return conversation
        if not 1 <= len(conversation.turns) <= MOST_TURNS:
            raise ConversationError(
                f"A conversation of {len(conversation.turns)} questions cannot be kept; {MOST_TURNS} is the most.",
                "Leave some out.",
            )
        turns = [replace(checked(turn), number=place) for place, turn in enumerate(conversation.turns, start=1)]
        title = checked_title(conversation.title)
        with self._transaction("immediate"):
            if self._rows("select 1 from conversation where id = ?", (conversation.id,)):
                raise ConversationError("This conversation is kept already.", "Open it from the list.")
            number = self._number_or_new(conversation.owner, conversation.id, title)
            for turn in turns:
                self._insert(number, turn)
            self._touch(conversation.owner, number)
        return replace(conversation, title=title, turns=tuple(turns), revision=1)

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            ConversationMissingError: There is none, or it is somebody else's.
            ConversationError: The title is empty or too long.
        """
        line = checked_title(title)
        with self._transaction("immediate"):
            number = self._number(owner, conversation_id)
            self._rows("update conversation set title = ?, words = ? where number = ?", (line, folded(line), number))

    def delete(self, owner: str, conversation_id: str) -> None:
        """Forget a conversation with its turns and what was said about them.

        Raises:
            ConversationMissingError: There is none, or it is somebody else's.
        """
        with self._transaction("immediate"):
            self._rows("delete from conversation where number = ?", (self._number(owner, conversation_id),))

    def rate(self, owner: str, conversation_id: str, number: int, rating: int, note: str = "") -> None:
        """Store what a reader says about an answer, in place of what was said before.

        Raises:
            ConversationMissingError: There is no such conversation of this owner, or no such turn.
            ConversationError: The rating is none, the note too long, or the turn damaged.
        """
        rating, note = checked_rating(rating, note)
        with self._transaction("immediate"):
            row = self._number(owner, conversation_id)
            rows = self._rows(f"{_TURN} and number = ?", (row, number))
            if not rows:
                raise _missing()
            body = whole_body(*rows[0])
            if body is None:  # a new hash would make what is damaged pass for whole
                raise ConversationError(LOST, "Ask it again.")
            self._rows(
                "update turn set rating = ?, note = ?, row_hash = ? where conversation = ? and number = ?",
                (rating, note, rated_hash(number, body, rating, note), row, number),
            )

    # -- inside

    def _number(self, owner: str, conversation_id: str) -> int:
        rows = self._rows("select number from conversation where id = ? and owner = ?", (conversation_id, owner))
        if not rows:
            raise _missing()
        return int(rows[0][0])

    def _number_or_new(self, owner: str, conversation_id: str, title: str) -> int:
        rows = self._rows("select number, owner from conversation where id = ?", (conversation_id,))
        if rows:
            if rows[0][1] != owner:
                raise _missing()
            return int(rows[0][0])
        if not _ID.fullmatch(conversation_id):
            raise _missing()
        now = _now()
        ((number,),) = self._rows(
            "insert into conversation (id, owner, title, words, created_at, changed_at, changed, revision) "
            "values (?, ?, ?, ?, ?, ?, 0, 0) returning number",
            (conversation_id, owner, title, folded(title), now, now),
        )
        return int(number)

    def _count(self, number: int) -> int:
        ((count,),) = self._rows("select count(*) from turn where conversation = ?", (number,))
        return int(count)

    def _insert(self, number: int, turn: Turn) -> None:
        self._rows(
            "insert into turn (conversation, number, body, words, rating, note, row_hash) values (?, ?, ?, ?, ?, ?, ?)",
            (number, turn.number, *row_of(turn)),
        )

    def _touch(self, owner: str, number: int) -> None:
        """Put a conversation first in the list, and make sure that there is room for it."""
        self._rows(
            "update conversation set changed_at = ?, revision = revision + 1, "
            "changed = (select max(changed) + 1 from conversation) where number = ?",
            (_now(), number),
        )
        check_room(self._connection, self._limits, owner=owner, number=number)

    def _conversation(self, number: int) -> Conversation:
        ((name, owner, title, created_at, changed_at, revision),) = self._rows(
            "select id, owner, title, created_at, changed_at, revision from conversation where number = ?", (number,)
        )
        turns = tuple(
            turn_of(*row) or lost_turn(*row[:4], asked_at=created_at)
            for row in self._rows(f"{_TURN} order by number", (number,))
        )
        return Conversation(name, owner, title, created_at, changed_at, turns, revision)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        return self._connection.execute(statement, values).fetchall()

    def _read(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._transaction("deferred"):
            return self._rows(statement, values)

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        """Run the block as one transaction; what SQLite cannot do is a ConversationStoreError with its remedy."""
        with self._mutex:
            try:
                with transaction(self._connection, kind):
                    yield
            except sqlite3.Error as error:
                raise trouble(self.path, error) from error


def _history_of(conversation: Conversation, turn: Turn) -> tuple[str, ...]:
    """Return the questions that a turn was completed from."""
    if turn.alone:
        return ()
    return tuple(replace(conversation, turns=conversation.turns[: turn.number - 1]).history())


def _missing() -> ConversationMissingError:
    return ConversationMissingError("There is no such conversation any more.", "Choose another from the list.")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
