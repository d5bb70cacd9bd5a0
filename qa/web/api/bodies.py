"""What programs get back, written down for OpenAPI and MCP: the names and types of every body of JSON.

The bodies themselves are made by `qa.answer.render` and `qa.web.api.calls`; a test holds them against these models.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from qa.types import Unproved, WritingProblemCode

Reason = Annotated[
    str,
    AfterValidator(lambda value: Unproved(value).value),
    WithJsonSchema({"type": "string", "enum": [reason.value for reason in Unproved]}),
]
WritingCode = Annotated[
    str,
    AfterValidator(lambda value: WritingProblemCode(value).value),
    WithJsonSchema({"type": "string", "enum": [code.value for code in WritingProblemCode]}),
]
Share = Annotated[float, Field(ge=0, le=1)]


class Body(BaseModel):
    """What every body has in common: nothing else stands in it."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class CitationBody(Body):
    """A quotation: the text of `source` from code point `start` to `end` is `quote`."""

    number: Annotated[int, Field(ge=1)]
    source: str
    title: str
    subtitle: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    page: int | None
    start: Annotated[int, Field(ge=0)]
    end: int
    quote: Annotated[str, Field(description="Cut from the source, untouched.")]
    text: Annotated[str, Field(description="The same words after repair.")]
    match: Literal["exact", "repaired"]
    also_in: Annotated[list[str], Field(description="Other files that print the same article.")] = []


class LegBody(Body):
    """Place of a passage in one leg of the search."""

    rank: int
    score: float
    terms: list[str] = []


class HitBody(Body):
    """A passage that was found, and why."""

    rank: Annotated[int, Field(ge=1)]
    score: float
    source: str
    title: str
    start: Annotated[int, Field(ge=0)]
    end: int
    text: str
    why: dict[str, LegBody]
    also_in: list[str] = []


class WrittenSentenceBody(Body):
    """A sentence of the language model; only one that is `proved` may be shown as if the documents said it."""

    text: Annotated[str, Field(description="As it came: never to be rendered.")]
    proved: bool
    citations: Annotated[
        list[Annotated[int, Field(ge=1)]],
        Field(description="Numbers of the quotations that prove it, of the answer's and of `written`."),
    ]
    reason: Annotated[Reason | None, Field(description="Why it is not proved.")]


class WritingProblemBody(Body):
    """Why the language model did not write, or not to the end."""

    code: WritingCode
    status: Annotated[int | None, Field(description="Of HTTP, where there was one.")]
    sentence: str
    remedy: str


class WrittenBody(Body):
    """What a language model wrote besides, each sentence held against quotations."""

    model: str
    sentences: list[WrittenSentenceBody]
    unproved: Annotated[int, Field(ge=0, description="How many sentences are not proved.")]
    citations: Annotated[list[CitationBody], Field(description="Quotations that the answer itself does not have.")]
    problem: WritingProblemBody | None


def _no_default(schema: dict[str, Any]) -> None:
    """Describe a field that is left out, not null, where there is nothing."""
    schema.pop("default", None)


class AnswerBody(Body):
    """An answer with its proof, or that the documents do not say: then `abstained` is true and `reason` says why."""

    question: str
    searched_for: Annotated[str, Field(description="The question, completed from the history.")]
    answer: str | None
    sentence: str | None
    abstained: bool
    reason: str | None
    confidence: Share
    citations: list[CitationBody]
    hits: list[HitBody]
    timings_ms: dict[str, float]
    generation: Annotated[int, Field(description="Of the store that answered.")]
    written: Annotated[
        WrittenBody | SkipJsonSchema[None],
        Field(description="Only where a language model is configured and asked.", json_schema_extra=_no_default),
    ] = None


class HitsBody(Body):
    """What a search found, best first."""

    query: str
    hits: list[HitBody]


class DaysBody(Body):
    """Days that an article speaks of, and where."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    first: Annotated[str, Field(alias="from")]
    to: str
    start: int
    end: int


class ArticleFields(Body):
    """An article of a document."""

    id: str
    title: str
    subtitle: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    date_iso: str | None
    place: str | None
    column: str | None
    days: list[DaysBody]


class ArticleBody(Body):
    """A document opened at a place: `text[start:end]` is `quote`, in code points."""

    source: str
    sha256: str
    encoding: str
    media_type: str
    assumptions: list[str]
    article: ArticleFields
    start: int | None
    end: int | None
    quote: str | None
    text: str


class DocumentBody(Body):
    """A document of the list, without its text."""

    source: str
    collection: str
    sha256: str
    encoding: str
    media_type: str
    characters: int
    articles: int


class DocumentsBody(Body):
    """A page of the list of documents, in order of collection and name."""

    total: Annotated[int, Field(description="On all pages.")]
    offset: int
    limit: int
    documents: list[DocumentBody]


class StatusBody(Body):
    """What is loaded."""

    documents: int
    articles: int
    passages: int
    generation: int
    model: str
    answerer: str
    examples: list[str]
    collections: dict[str, int]
    llm: Annotated[str, Field(description="The language model that writes, and its host; empty without one.")]


class FeedbackBody(Body):
    """That the feedback is kept, and under which name."""

    kept: Literal[True]
    id: str
    generation: int


class HealthBody(Body):
    """That questions are answered without waiting for anything to be loaded."""

    status: Literal["ok"]
    store: Literal["readable"]
    model: Literal["loaded"]
    generation: int


class ErrorFields(Body):
    """A mistake in one sentence, and what to do about it in another."""

    code: Annotated[str, Field(examples=["question_too_long"])]
    message: str
    remedy: str
    status: int


class ErrorBody(Body):
    """What comes instead of every other body when something goes wrong."""

    error: ErrorFields
