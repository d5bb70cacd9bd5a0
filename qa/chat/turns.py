"""The values of kept conversations: turns, conversations, summaries; frozen, without behaviour."""

from dataclasses import dataclass

from qa.filters import EVERYTHING, Filters
from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what came of it.

    Attributes:
        number: From 1; what follows an edited question is forgotten, and its numbers are given anew.
        question: As typed.
        asked_at: ISO 8601 in UTC, to the second.
        answer: None where a mistake came back instead.
        problem: The mistake and its remedy, in English, as `str(RemedyError)`; None where there is an answer.
        alone: Asked without the questions before.
        filters: That were on.
        rating: 1 for a thumb up, -1 for a thumb down, 0 for none.
        note: What the reader wrote about the answer.
        damaged: Its row is not what was written: question and answer are lost, `problem` says so. Never written.
    """

    number: int
    question: str
    asked_at: str
    answer: Answer | None
    problem: str | None = None
    alone: bool = False
    filters: Filters = EVERYTHING
    rating: int = 0
    note: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation whole.

    Attributes:
        id: Made by chance, hard to guess.
        owner: Whose it is: a browser, later a user.
        title: The first question, or what it was renamed to.
        created_at, changed_at: ISO 8601 in UTC.
        turns: In order.
        revision: Grows whenever a question is added or replaced; what a tab has seen is told by it.
    """

    id: str
    owner: str
    title: str
    created_at: str
    changed_at: str
    turns: tuple[Turn, ...] = ()
    revision: int = 0

    def history(self) -> list[str]:
        """Return the questions that a follow-up is completed from, oldest first: those since the last asked alone."""
        asked = [turn for turn in self.turns if turn.answer is not None]
        first = max((place for place, turn in enumerate(asked) if turn.alone), default=0)
        return [turn.question for turn in asked[first:]]


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation in a list."""

    id: str
    title: str
    changed_at: str
    turns: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader said about one answer, with all that is needed to ask it again.

    Attributes:
        history: The questions before it that it was completed from.
        turn: The question, the answer as it was, with its generation, the rating and the note.
    """

    conversation: str
    history: tuple[str, ...]
    turn: Turn
