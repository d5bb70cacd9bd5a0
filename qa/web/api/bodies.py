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

Source = Annotated[str, Field(description="The document: its path in the folder, in a collection `NAME/path`.")]
Title = Annotated[str, Field(description="Headline of the article; the file's name where none is printed.")]
Subtitle = Annotated[str | None, Field(description="Line above or below the headline.")]
Byline = Annotated[str | None, Field(description="Who wrote, photographed or edited, as printed.")]
Publisher = Annotated[str | None, Field(description="Newspaper, site or agency, where it is printed.")]
Printed = Annotated[str | None, Field(description="Day of the article, as printed.")]
Start = Annotated[int, Field(ge=0, description="First code point in the text of `source`.")]
End = Annotated[int, Field(description="The code point after the last.")]
Rank = Annotated[int, Field(ge=1, description="Place, from 1, the best.")]
Score = Annotated[float, Field(description="Higher is better; comparable within one search only.")]
Terms = Annotated[list[str], Field(description="Words of the question that matched.")]
AlsoIn = Annotated[list[str], Field(description="Other documents that print the same article; left out for none.")]
Sha256 = Annotated[str, Field(description="Of the bytes of the file, in hexadecimal.")]
Encoding = Annotated[str, Field(description="That the bytes were decoded from, such as `utf-8` or `gb18030`.")]
MediaType = Annotated[str, Field(description="Of the file, such as `text/plain`.")]
Generation = Annotated[
    int, Field(description="Of the store; it rises with each change of the documents, and with nothing else.")
]


class Body(BaseModel):
    """What every body has in common: nothing else stands in it."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class CitationBody(Body):
    """A quotation: the text of `source` from code point `start` to `end` is `quote`."""

    number: Annotated[int, Field(ge=1, description="As it stands in the answer, from 1.")]
    source: Source
    title: Title
    subtitle: Subtitle
    byline: Byline
    publisher: Publisher
    date: Printed
    page: Annotated[int | None, Field(description="Of a PDF or Word file, or row of a table; null elsewhere.")]
    start: Start
    end: End
    quote: Annotated[str, Field(description="Cut from the source, untouched.")]
    text: Annotated[str, Field(description="The same words after repair.")]
    match: Annotated[
        Literal["exact", "repaired"], Field(description="Whether a repair stands between `quote` and `text`.")
    ]
    also_in: AlsoIn = []


class LegBody(Body):
    """Place of a passage in one leg of the search."""

    rank: Rank
    score: Score
    terms: Terms = []


class HitBody(Body):
    """A passage that was found, and why."""

    rank: Rank
    score: Score
    source: Source
    title: Title
    start: Start
    end: End
    text: Annotated[str, Field(description="The passage after repair, as it was searched.")]
    why: Annotated[
        dict[str, LegBody],
        Field(description="Place in each leg of the search that found it: `keyword`, `dense`, `rerank` and others."),
    ]
    also_in: AlsoIn = []


class WrittenSentenceBody(Body):
    """A sentence of the language model; only one that is `proved` may be shown as if the documents said it."""

    text: Annotated[str, Field(description="As it came: never to be rendered.")]
    proved: Annotated[
        bool, Field(description="Whether its quotations say the same; only then it may be shown plainly.")
    ]
    citations: Annotated[
        list[Annotated[int, Field(ge=1)]],
        Field(description="Numbers of the quotations that prove it, of the answer's and of `written`."),
    ]
    reason: Annotated[Reason | None, Field(description="Why it is not proved.")]


class WritingProblemBody(Body):
    """Why the language model did not write, or not to the end."""

    code: Annotated[WritingCode, Field(description="Stable, for programs.")]
    status: Annotated[int | None, Field(description="Of HTTP, where there was one.")]
    sentence: Annotated[str, Field(description="What went wrong.")]
    remedy: Annotated[str, Field(description="What to do about it.")]


class WrittenBody(Body):
    """What a language model wrote besides, each sentence held against quotations."""

    model: Annotated[str, Field(description="Name of the language model.")]
    sentences: Annotated[list[WrittenSentenceBody], Field(description="In the order in which it wrote them.")]
    unproved: Annotated[int, Field(ge=0, description="How many sentences are not proved.")]
    citations: Annotated[list[CitationBody], Field(description="Quotations that the answer itself does not have.")]
    problem: Annotated[WritingProblemBody | None, Field(description="Null where it wrote to its end.")]


def _no_default(schema: dict[str, Any]) -> None:
    """Describe a field that is left out, not null, where there is nothing."""
    schema.pop("default", None)


class AnswerBody(Body):
    """An answer with its proof, or that the documents do not say: then `abstained` is true and `reason` says why."""

    question: Annotated[str, Field(description="As it was asked.")]
    searched_for: Annotated[str, Field(description="The question, completed from the history.")]
    answer: Annotated[
        str | None,
        Field(description="The short answer, words of the document; null when the documents do not say."),
    ]
    sentence: Annotated[
        str | None, Field(description="The sentence that holds it, several one a line; null when there is no answer.")
    ]
    abstained: Annotated[bool, Field(description="True when the documents do not say.")]
    reason: Annotated[
        str | None,
        Field(description="Why nothing was said, or not to every part of the question; null where all was."),
    ]
    confidence: Annotated[Share, Field(description="Chance that the answer is right, calibrated.")]
    citations: Annotated[list[CitationBody], Field(description="The proof, in order of their numbers.")]
    hits: Annotated[list[HitBody], Field(description="The passages that were found, best first.")]
    timings_ms: Annotated[
        dict[str, float],
        Field(description="Milliseconds of each step; the one field that differs between two runs."),
    ]
    generation: Generation
    written: Annotated[
        WrittenBody | SkipJsonSchema[None],
        Field(description="Only where a language model is configured and asked.", json_schema_extra=_no_default),
    ] = None


class HitsBody(Body):
    """What a search found, best first."""

    query: Annotated[str, Field(description="As it was sent.")]
    hits: Annotated[list[HitBody], Field(description="Best first.")]


class DaysBody(Body):
    """Days that an article speaks of, and where."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    first: Annotated[str, Field(alias="from", description="First day, `YYYY-MM-DD`.")]
    to: Annotated[str, Field(description="Last day, `YYYY-MM-DD`.")]
    start: Start
    end: End


class ArticleFields(Body):
    """An article of a document."""

    id: Annotated[str, Field(description="`source#n`, n from 1 in the order of the document.")]
    title: Title
    subtitle: Subtitle
    byline: Byline
    publisher: Publisher
    date: Printed
    date_iso: Annotated[str | None, Field(description="The same as `YYYY-MM-DD`, where all of it is known.")]
    place: Annotated[str | None, Field(description="Town, district or village that it is about.")]
    column: Annotated[str | None, Field(description="Label of the column or banner above it.")]
    days: Annotated[list[DaysBody], Field(description="What its text says of days, in order.")]


class ArticleBody(Body):
    """A document opened at a place, in code points: `quote` is `text[start - text_start : end - text_start]`."""

    source: Source
    sha256: Sha256
    encoding: Encoding
    media_type: MediaType
    assumptions: Annotated[list[str], Field(description="What had to be guessed while it was read, one sentence each.")]
    article: Annotated[ArticleFields, Field(description="That the place is in; without a place, the first one.")]
    start: Annotated[int | None, Field(description="As it was asked for; null without a place.")]
    end: Annotated[int | None, Field(description="As it was asked for; null without a place.")]
    quote: Annotated[str | None, Field(description="What stands there; null without a place.")]
    characters: Annotated[int, Field(description="Code points of all its text.")]
    text_start: Annotated[int, Field(description="Where `text` begins in the document; 0 for all of it.")]
    text: Annotated[str, Field(description="The document, or what was asked for of it, decoded, before any repair.")]


class DocumentBody(Body):
    """A document of the list, without its text."""

    source: Source
    collection: Annotated[str, Field(description="Empty for the one without a name.")]
    sha256: Sha256
    encoding: Encoding
    media_type: MediaType
    characters: Annotated[int, Field(description="Code points of its text.")]
    articles: Annotated[int, Field(description="How many it holds.")]


class DocumentsBody(Body):
    """A page of the list of documents, in order of collection and name."""

    total: Annotated[int, Field(description="On all pages.")]
    offset: Annotated[int, Field(description="As it was asked for; the next page is at `offset + limit`.")]
    limit: Annotated[int, Field(description="As it was asked for.")]
    documents: Annotated[list[DocumentBody], Field(description="Of this page.")]


class StatusBody(Body):
    """What is loaded."""

    documents: Annotated[int, Field(description="How many are loaded.")]
    articles: Annotated[int, Field(description="How many they hold.")]
    passages: Annotated[int, Field(description="What is searched: a paragraph, or a piece of a long one.")]
    generation: Generation
    model: Annotated[str, Field(description="The encoder, which finds by meaning.")]
    answerer: Annotated[str, Field(description="What makes the answers.")]
    examples: Annotated[list[str], Field(description="Questions that the loaded documents answer.")]
    collections: Annotated[
        dict[str, int], Field(description="Documents of each collection; the one without a name is the empty text.")
    ]
    llm: Annotated[str, Field(description="The language model that writes, and its host; empty without one.")]


class FeedbackBody(Body):
    """That the feedback is kept, and under which name."""

    kept: Annotated[Literal[True], Field(description="Else there is an error instead.")]
    id: Annotated[str, Field(description="Under which `wenju feedback --json` lists it.")]
    generation: Annotated[int, Field(description="Of the answer that was rated.")]


class HealthBody(Body):
    """That questions are answered without waiting for anything to be loaded."""

    status: Annotated[Literal["ok"], Field(description="Else there is an error instead.")]
    store: Annotated[Literal["readable"], Field(description="The documents can be read.")]
    model: Annotated[Literal["loaded"], Field(description="The models are in memory.")]
    generation: Generation


class ErrorFields(Body):
    """A mistake in one sentence, and what to do about it in another."""

    code: Annotated[str, Field(description="Stable, for programs.", examples=["question_too_long"])]
    message: Annotated[str, Field(description="What is wrong, one sentence.")]
    remedy: Annotated[str, Field(description="What to do about it, one sentence.")]
    status: Annotated[int, Field(description="Of HTTP.")]


class ErrorBody(Body):
    """What comes instead of every other body when something goes wrong."""

    error: Annotated[ErrorFields, Field(description="The mistake.")]
