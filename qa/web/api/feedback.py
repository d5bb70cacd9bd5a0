"""Feedback of programs: a rating and a note on an answer, kept where readers' feedback is kept.

A program has no conversation on the server, so each of its ratings is a conversation of its own: the questions before,
and the one that is rated. `wenju feedback` exports it with the others.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from qa.answer.restored import answer_of
from qa.chat.turns import Turn
from qa.errors import ConversationError
from qa.types import Answer
from qa.web.api.bodies import AnswerBody
from qa.web.api.calls import Surface, submit_question
from qa.web.api.examples import NOTE, QUESTION
from qa.web.api.problems import Problem, problem_of_fields
from qa.web.api.requests import LONGEST_NOTE, AskRequest, History, Question, Request, text, whole_number
from qa.web.services import Services

_RATINGS = (-1, 0, 1)


def _rating(value: object) -> int:
    number = whole_number(value)
    if number not in _RATINGS:
        raise Problem(
            "wrong_type" if number is None else "out_of_range",
            "rating must be -1, 0 or 1.",
            "Send 1 for a good answer, -1 for a bad one, 0 for none.",
        )
    return number


def _note(value: object) -> str:
    note = text("note", value)
    if len(note) > LONGEST_NOTE:
        raise Problem(
            "out_of_range",
            f"The note has {len(note)} characters; {LONGEST_NOTE} is the most.",
            "Say it in fewer words.",
        )
    return note


def _generation(value: object) -> int | None:
    number = None if value is None else whole_number(value)
    if value is not None and (number is None or number < 0):
        raise Problem("wrong_type", "generation must be a whole number from 0.", "Send the answer's `generation`.")
    return number


def _answer(value: object) -> AnswerBody | None:
    """Return the answer that was rated; only the names and types are checked: it may be of any generation."""
    if value is None:
        return None
    try:
        return AnswerBody.model_validate(value, strict=True)
    except ValidationError as error:
        problem = problem_of_fields(error.errors(include_url=False, include_input=False))
        raise Problem(
            problem.code, f"answer is not an answer: {problem.args[0]}", "Send it just as it was received."
        ) from error


class FeedbackRequest(Request):
    """What somebody thinks of an answer."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": QUESTION, "rating": 1, "note": NOTE, "generation": 9}]}
    )
    question: Question
    rating: Annotated[
        int,
        BeforeValidator(_rating),
        WithJsonSchema({"type": "integer", "enum": list(_RATINGS)}),
        Field(description="1 for a good answer, -1 for a bad one, 0 for a note alone.", examples=[1]),
    ]
    note: Annotated[
        str,
        BeforeValidator(_note),
        Field(
            description="In words.",
            examples=[NOTE],
            json_schema_extra={"maxLength": LONGEST_NOTE},
        ),
    ] = ""
    history: History = None
    answer: Annotated[
        AnswerBody | None,
        BeforeValidator(_answer),
        Field(description="The answer just as it was received; needed where the documents have changed since."),
    ] = None
    generation: Annotated[
        int | None,
        BeforeValidator(_generation),
        Field(description="Of the answer; enough while it is the store's.", json_schema_extra={"minimum": 0}),
    ] = None


def keep_feedback(services: Services, request: FeedbackRequest, *, surface: Surface) -> dict[str, Any]:
    """Keep what somebody thinks of an answer; the answer is made again where it was not sent.

    Raises:
        RemedyError: The documents have changed since and the answer was not sent, it is of another question, or
            feedback cannot be written.
    """
    answer = _rated(services, request, surface)
    store = services.conversations
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    begun = store.begin("")
    owner = f"{surface}-{begun.id}"  # of its own, so that no other feedback makes it be forgotten
    before = [Turn(0, earlier, now, _not_sent(earlier, answer.generation)) for earlier in request.history or ()]
    rated = Turn(0, request.question, now, answer, rating=request.rating, note=request.note)
    turns = tuple(replace(turn, number=number) for number, turn in enumerate([*before, rated], start=1))
    store.keep(replace(begun, owner=owner, title=_title(request.question), turns=turns))
    return {"kept": True, "id": begun.id, "generation": answer.generation}


def _rated(services: Services, request: FeedbackRequest, surface: Surface) -> Answer:
    """Return the answer that was rated."""
    if request.answer is not None:
        if request.answer.question != request.question:
            raise Problem("out_of_range", "The answer is to another question.", "Send the question of that answer.")
        return _restored(request.answer)
    if request.generation is None:
        raise Problem("missing_field", "Neither answer nor generation was sent.", "Send the answer just as received.")
    now = services.assistant.status().generation
    if request.generation != now:
        raise Problem(
            "answer_changed",
            f"The documents have changed since generation {request.generation}; it is {now} now.",
            "Send the answer, too, just as it was received.",
        )
    # A language model would not write the same again as what was rated.
    asked = AskRequest(question=request.question, history=request.history, llm=False)
    return submit_question(services, asked, surface=surface).future.result()


def _restored(body: AnswerBody) -> Answer:
    try:
        return answer_of(body.model_dump(mode="json", exclude_unset=True))
    except ConversationError as error:
        raise Problem("out_of_range", error.args[0], "Send the answer just as it was received.") from error


def _not_sent(question: str, generation: int) -> Answer:
    """Return what stands for the answer to an earlier question, which programs do not send."""
    reason = "Sent by a program as an earlier question, without its answer."
    return Answer(question, question, None, None, 0.0, reason, (), (), {}, generation)


def _title(question: str) -> str:
    return " ".join(question.split())[:60]
