"""What programs may send: the fields of a question, a search, a place in an article, a list of documents, feedback.

One model each for the Gradio endpoints, the MCP tools and the plain routes, so that a mistake gets the same code and
sentence on all of them. Asks nothing.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core.core_schema import no_info_plain_validator_function

from qa.answer.checked import MAX_QUESTION_LENGTH, MAX_TOP_K
from qa.errors import QuestionEmptyError
from qa.filters import EVERYTHING, Filters, read_filters
from qa.web.api import examples
from qa.web.api.problems import Problem, problem_of_fields

MOST_TURNS = 100  # earlier questions that are read
MOST_DOCUMENTS = 1000  # of one page of the list
LONGEST_NOTE = 2000  # code points

_NUMBER = re.compile(r"-?[0-9]{1,18}")
_SURROGATES = range(0xD800, 0xE000)  # halves of a character, which JSON can spell and UTF-8 cannot


def text(name: str, value: object) -> str:
    """Return a text of whole characters."""
    if not isinstance(value, str):
        raise Problem("wrong_type", f"{name} must be text, got {_kind(value)}.", f"Send {name} as a JSON string.")
    if any(ord(character) in _SURROGATES for character in value):
        raise Problem("wrong_type", f"{name} holds half of a character.", "Send Unicode text without lone surrogates.")
    return value


def _asked(name: str, value: object) -> str:
    """Return a text with a question in it; its length is checked where it is asked."""
    given = text(name, value)
    if not given.strip():
        raise QuestionEmptyError("The question is empty.", "Type a question about the documents.")
    return given


def _history(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(turn, str) for turn in value):
        raise Problem(
            "wrong_type",
            "history must be a list of earlier questions, each of them text.",
            'Send it like ["first question"], or [].',
        )
    if len(value) > MOST_TURNS:
        raise Problem(
            "out_of_range",
            f"history holds {len(value)} questions; at most {MOST_TURNS} are read.",
            "Send the latest ones only.",
        )
    return [text("history", turn) for turn in value]


def _yes_or_no(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Problem("wrong_type", f"{name} must be true or false.", f"Send {name} as true or false, or leave it out.")
    return value


def _count(name: str, most: int, value: object) -> int:
    return _between(name, 1, most, value)


def _between(name: str, least: int, most: int, value: object) -> int:
    number = whole_number(value)
    if number is None or not least <= number <= most:
        raise Problem(
            "wrong_type" if number is None else "out_of_range",
            f"{name} must be a whole number from {least} to {most}.",
            f"Send {name} as a number, such as {min(8, most)}.",
        )
    return number


def _place(name: str, value: object) -> int | None:
    if value is None:
        return None
    number = whole_number(value)
    if number is None or number < 0:
        raise Problem(
            "wrong_type" if number is None else "out_of_range",
            f"{name} must be a whole number from 0.",
            f"Send {name} as a number, or leave it out.",
        )
    return number


def _in_query(check: Any, value: object) -> Any:  # noqa: ANN401 (as the check that it wraps)
    """Read a number of a query string, which knows texts only."""
    return check(int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value)


def whole_number(value: object) -> int | None:
    """Return a whole number; 8.0 counts as one, because JSON knows one kind of number only; True does not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _kind(value: object) -> str:
    names = {type(None): "nothing", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


_TEXTS = {"type": "array", "items": {"type": "string"}}
_NAMES = {"anyOf": [{"type": "string"}, _TEXTS, {"type": "null"}]}
_DAY = {"anyOf": [{"type": "string"}, {**_TEXTS, "maxItems": 1}, {"type": "null"}]}
_FILTERS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "source": {**_NAMES, "description": "files: a name, a folder ending in /, or a pattern with *"},
                "publisher": {**_NAMES, "description": "parts of their names"},
                "author": {**_NAMES, "description": "parts of by-lines"},
                "collection": {**_NAMES, "description": "names of collections"},
                "since": {**_DAY, "description": "first day: YYYY-MM-DD, YYYY-MM or YYYY"},
                "until": {**_DAY, "description": "last day: YYYY-MM-DD, YYYY-MM or YYYY"},
            },
        },
        {"type": "null"},
    ],
    "description": "Narrow the question to some of the articles. Of several values of one kind, one must fit.",
    "examples": [examples.FILTERS, {"publisher": "砚溪", "since": "2023"}],
}

Question = Annotated[
    str,
    BeforeValidator(partial(_asked, "question")),
    Field(
        description="The question, in Chinese or English.",
        examples=[examples.QUESTION],
        json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION_LENGTH, "pattern": r"\S"},
    ),
]
Query = Annotated[
    str,
    BeforeValidator(partial(_asked, "query")),
    Field(
        description="Words or a question.",
        examples=[examples.QUERY],
        json_schema_extra={"minLength": 1, "maxLength": MAX_QUESTION_LENGTH, "pattern": r"\S"},
    ),
]
History = Annotated[
    list[str] | None,
    BeforeValidator(_history),
    Field(
        description="Earlier questions of the same conversation, oldest first, to complete a follow-up question.",
        examples=[[examples.QUESTION]],
        json_schema_extra={"maxItems": MOST_TURNS},
    ),
]
TopK = Annotated[
    int,
    BeforeValidator(partial(_count, "top_k", MAX_TOP_K)),
    Field(
        description="How many passages to return.",
        examples=[8],
        json_schema_extra={"minimum": 1, "maximum": MAX_TOP_K},
    ),
]
# Pydantic would describe our dataclass, whose names are not those that are sent, and give it as the default.
Narrowed = Annotated[
    Filters,
    GetPydanticSchema(lambda *_: no_info_plain_validator_function(read_filters)),
    WithJsonSchema(_FILTERS_SCHEMA),
    Field(json_schema_extra=lambda schema: schema.pop("default", None)),
]

Llm = Annotated[
    bool,
    BeforeValidator(partial(_yes_or_no, "llm")),
    Field(description="Whether the language model may write about the answer, where one is configured."),
]


class Request(BaseModel):
    """What every request has in common: no field that nothing is known of."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AskRequest(Request):
    """A question."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ASKED]})
    question: Question
    history: History = None
    top_k: TopK = 8
    filters: Narrowed = EVERYTHING
    llm: Llm = True


class SearchRequest(Request):
    """A search."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SEARCHED]})
    query: Query
    top_k: TopK = 8
    filters: Narrowed = EVERYTHING


def _place_field(name: str, about: str, example: int) -> Any:  # noqa: ANN401 (an annotation)
    return Annotated[
        int | None,
        BeforeValidator(partial(_in_query, partial(_place, name))),
        Field(description=about, examples=[example], json_schema_extra={"minimum": 0}),
    ]


class PlaceRequest(Request):
    """A place in a document."""

    start: _place_field("start", "First code point to mark; with `end` only.", examples.START) = None  # type: ignore[valid-type]
    end: _place_field("end", "The code point after the last.", examples.END) = None  # type: ignore[valid-type]
    around: Annotated[
        int | None,
        BeforeValidator(partial(_in_query, partial(_place, "around"))),
        Field(
            description="Code points of the text to return before and behind the place, or from the beginning where "
            "none is given; null for all of the document.",
            examples=[examples.AROUND],
            json_schema_extra={"minimum": 0},
        ),
    ] = None


class ArticleRequest(PlaceRequest):
    """A document, opened at a place."""

    document_id: Annotated[
        str,
        BeforeValidator(partial(text, "document_id")),
        Field(description="The `source` of a citation or a passage.", examples=[examples.SOURCE]),
    ]


class DocumentsRequest(Request):
    """A page of the list of documents."""

    collection: Annotated[
        str | None,
        BeforeValidator(lambda value: None if value is None else text("collection", value)),
        Field(description="Of this collection only; the one without a name is the empty text.", examples=["archive"]),
    ] = None
    offset: Annotated[
        int,
        BeforeValidator(partial(_in_query, partial(_between, "offset", 0, 10**9))),
        Field(description="How many to pass over.", examples=[0], json_schema_extra={"minimum": 0, "maximum": 10**9}),
    ] = 0
    limit: Annotated[
        int,
        BeforeValidator(partial(_in_query, partial(_count, "limit", MOST_DOCUMENTS))),
        Field(description="How many to return.", json_schema_extra={"minimum": 1, "maximum": MOST_DOCUMENTS}),
    ] = 100


AnyRequest = TypeVar("AnyRequest", bound=Request)


def read(model: type[AnyRequest], fields: Mapping[str, object]) -> AnyRequest:
    """Return a request of what was sent.

    Raises:
        RemedyError: A field is missing, unknown, of a wrong type or out of range.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise problem_of_fields(error.errors(include_url=False, include_input=False)) from error
