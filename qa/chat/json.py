"""The public JSON of conversations and turns, and back again; the answers in it are those of every other surface.

An owner is never in it: the name is what a browser proves itself with.
"""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.answer.render import answer_json
from qa.answer.restored import answer_of, first_problem
from qa.chat.rows import MOST_NOTE, MOST_QUESTION, MOST_TITLE, MOST_TURNS
from qa.chat.turns import Conversation, Turn
from qa.errors import ConversationError, QuestionError
from qa.filters import Filters, read_filters

FORMAT = "wenju-conversation"
VERSION = 1

_Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$", max_length=40)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class _Turn(_Strict):
    number: int
    question: Annotated[str, Field(max_length=MOST_QUESTION)]
    asked_at: _Time
    alone: bool
    filters: dict[str, Any]
    answer: dict[str, Any] | None
    dropped_citations: Annotated[int, Field(ge=0, le=10_000)]
    problem: Annotated[str, Field(max_length=4_000)] | None
    rating: Annotated[int, Field(ge=-1, le=1)]
    note: Annotated[str, Field(max_length=MOST_NOTE)]


class _Conversation(_Strict):
    format: Literal["wenju-conversation"]
    version: int
    title: Annotated[str, Field(max_length=MOST_TITLE)]
    created_at: _Time
    changed_at: _Time
    turns: Annotated[list[_Turn], Field(min_length=1, max_length=MOST_TURNS)]


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation as plain JSON values."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": conversation.title,
        "created_at": conversation.created_at,
        "changed_at": conversation.changed_at,
        "turns": [turn_json(turn) for turn in conversation.turns],
    }


def turn_json(turn: Turn) -> dict[str, Any]:
    """Return a turn as plain JSON values; `dropped_citations` counts quotations that could not be proved."""
    return {
        "number": turn.number,
        "question": turn.question,
        "asked_at": turn.asked_at,
        "alone": turn.alone,
        "filters": filters_json(turn.filters),
        "answer": None if turn.answer is None else answer_json(turn.answer),
        "dropped_citations": 0 if turn.answer is None else turn.answer.dropped_citations,
        "problem": turn.problem,
        "rating": turn.rating,
        "note": turn.note,
    }


def filters_json(filters: Filters) -> dict[str, Any]:
    """Return filters under the names of the flags, without those that are not set; `read_filters` reads them."""
    given: dict[str, Any] = {kind: list(values) for kind, values in filters.values() if values}
    if filters.since is not None:
        given["since"] = filters.since
    if filters.until is not None:
        given["until"] = filters.until
    return given


def conversation_of(value: object, *, owner: str, conversation_id: str) -> Conversation:
    """Return the conversation that this JSON was made of, with another id and owner; turns are numbered anew.

    Raises:
        ConversationError: A name is missing or unknown, a value of another type or too large, or an answer is none.
    """
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise _foreign(f"“format” is not “{FORMAT}”")
    version = value.get("version")
    if type(version) is int and version > VERSION:
        raise ConversationError(
            f"This conversation was exported as version {version}; this Wenju reads version {VERSION}.", "Update Wenju."
        )
    try:
        read = _Conversation.model_validate(value)
    except ValidationError as error:
        raise _foreign(first_problem(error)) from error
    turns = tuple(_turn(number, turn) for number, turn in enumerate(read.turns, start=1))
    return Conversation(conversation_id, owner, read.title, read.created_at, read.changed_at, turns)


def _turn(number: int, read: _Turn) -> Turn:
    if (read.answer is None) == (read.problem is None):
        raise _foreign(f"question {number} needs either an answer or a problem")
    try:
        filters = read_filters(read.filters)
        answer = None if read.answer is None else answer_of(read.answer)
    except (ConversationError, QuestionError) as error:
        raise _foreign(f"question {number}: {error.args[0]}") from error
    if answer is not None:
        answer = replace(answer, dropped_citations=read.dropped_citations)
    return Turn(
        number=number,
        question=read.question,
        asked_at=read.asked_at,
        answer=answer,
        problem=read.problem,
        alone=read.alone,
        filters=filters,
        rating=read.rating,
        note=read.note,
    )


def _foreign(why: str) -> ConversationError:
    return ConversationError(
        f"This file is not a conversation that Wenju exported ({why}).", "Choose a JSON file that Wenju exported."
    )
