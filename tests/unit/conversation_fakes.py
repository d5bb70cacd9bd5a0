"""Turns and conversations made by hand about the pages of `web_fakes`."""

from pathlib import Path

from web_fakes import ANSWERED, HOSTILE_ANSWER, UNSAID

from qa.chat.rows import without_maps
from qa.chat.store import ConversationStore
from qa.chat.turns import Conversation, Turn
from qa.types import Answer

ASKED_AT = "2024-03-05T08:30:00Z"
PROBLEM = "The question is empty. Type a question about the documents."


def turn(answer: Answer | None = ANSWERED, question: str | None = None, *, number: int = 0, **others: object) -> Turn:
    """Return a turn with this answer as it is kept, or with a problem where there is none."""
    asked = question if question is not None else answer.question if answer is not None else " "
    problem = PROBLEM if answer is None else None
    made = Turn(number, asked, ASKED_AT, answer, problem, **others)  # type: ignore[arg-type]
    return without_maps(made)


def conversation(*turns: Turn, title: str = "石桥", owner: str = "browser") -> Conversation:
    return Conversation("c" * 22, owner, title, ASKED_AT, ASKED_AT, turns)


ALL_KINDS = conversation(
    turn(number=1, rating=1, note="对"),
    turn(HOSTILE_ANSWER, number=2, alone=True),
    turn(UNSAID, number=3, rating=-1),
    turn(None, number=4),
)


def opened(folder: Path) -> ConversationStore:
    return ConversationStore.open(folder / "store.conversations.sqlite")
