"""Answers from their public JSON: the inverse of `qa.answer.render`, strict about names, types and sizes.

What the JSON leaves out is not invented: blocks, maps and kinds of passages are the plainest that fit. Nothing is
proved here; whoever shows an answer from elsewhere proves its citations first (`qa.chat.proving`).
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qa.errors import ConversationError
from qa.types import (
    AlignedText,
    Answer,
    Article,
    BlockKind,
    Citation,
    Hit,
    Leg,
    Match,
    Passage,
    Run,
    Span,
    Unproved,
    WritingProblem,
    WritingProblemCode,
    Written,
    WrittenSentence,
)

REMEDY = "Give JSON that Wenju wrote, unchanged."

_Short = Annotated[str, Field(max_length=20_000)]
_Long = Annotated[str, Field(max_length=200_000)]
_Name = Annotated[str, Field(max_length=100)]
_Position = Annotated[int, Field(ge=0, lt=2**53)]  # what every reader of JSON takes for the same number
_FromOne = Annotated[int, Field(ge=1, lt=2**53)]
_Names = Annotated[list[_Short], Field(max_length=1_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class _Citation(_Strict):
    number: _FromOne
    source: _Short
    title: _Short
    subtitle: _Short | None
    byline: _Short | None
    publisher: _Short | None
    date: _Short | None
    page: _FromOne | None
    start: _Position
    end: _Position
    quote: _Long
    text: _Long
    match: Literal["exact", "repaired"]
    also_in: _Names = []

    @model_validator(mode="after")
    def _agrees(self) -> "_Citation":
        if self.end - self.start != len(self.quote) or not self.quote.strip():
            raise ValueError("start and end are not those of the quotation")
        if (self.match == "exact") != (self.quote == self.text):
            raise ValueError("match says otherwise than quote and text")
        return self


class _Leg(_Strict):
    rank: _FromOne
    score: float
    terms: Annotated[list[_Short], Field(max_length=2_000)] = []


class _Hit(_Strict):
    rank: _FromOne
    score: float
    source: _Short
    title: _Short
    start: _Position
    end: _Position
    text: _Long
    why: Annotated[dict[_Name, _Leg], Field(max_length=20)]
    also_in: _Names = []

    @model_validator(mode="after")
    def _agrees(self) -> "_Hit":
        if self.start >= self.end:
            raise ValueError("start is not before end")
        return self


class _Sentence(_Strict):
    text: _Short
    proved: bool
    citations: Annotated[list[_FromOne], Field(max_length=100)]
    reason: Annotated[Unproved, Field(strict=False)] | None

    @model_validator(mode="after")
    def _agrees(self) -> "_Sentence":
        if not self.proved == bool(self.citations) == (self.reason is None):
            raise ValueError("proved says otherwise than citations and reason")
        return self


class _Problem(_Strict):
    code: Annotated[WritingProblemCode, Field(strict=False)]
    status: Annotated[int, Field(ge=100, le=999)] | None
    sentence: _Short
    remedy: _Short


class _Written(_Strict):
    model: _Short
    sentences: Annotated[list[_Sentence], Field(max_length=100)]
    unproved: _Position
    citations: Annotated[list[_Citation], Field(max_length=1_000)]
    problem: _Problem | None

    @model_validator(mode="after")
    def _agrees(self) -> "_Written":
        if self.unproved != sum(not sentence.proved for sentence in self.sentences):
            raise ValueError("unproved is not how many sentences are not proved")
        return self


class _Answer(_Strict):
    question: Annotated[str, Field(max_length=50_000)]
    searched_for: _Long
    answer: _Long | None
    sentence: _Long | None
    abstained: bool
    reason: Annotated[str, Field(max_length=20_000)] | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    citations: Annotated[list[_Citation], Field(max_length=100)]
    hits: Annotated[list[_Hit], Field(max_length=100)]
    timings_ms: Annotated[dict[_Name, float], Field(max_length=100)]
    generation: _Position
    written: _Written | None = None  # the JSON of an answer without a language model has no such key

    @model_validator(mode="before")
    @classmethod
    def _not_null(cls, value: Any) -> Any:  # noqa: ANN401 (whatever came)
        if isinstance(value, dict) and value.get("written", ...) is None:
            raise ValueError("written is nothing")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> "_Answer":
        if self.abstained != (self.answer is None):
            raise ValueError("abstained says otherwise than answer")
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("the citations are not numbered from 1")
        if self.written is not None:
            first, more = len(self.citations) + 1, self.written.citations
            if [citation.number for citation in more] != list(range(first, first + len(more))):
                raise ValueError("the citations of what was written are not numbered behind the others")
            if any(number >= first + len(more) for one in self.written.sentences for number in one.citations):
                raise ValueError("a sentence names a citation that is not there")
        return self


def answer_of(value: object) -> Answer:
    """Return the answer that this JSON was made of, as far as it tells: `answer_json(answer_of(x)) == x`.

    Args:
        value: As a reader of JSON gives it. Articles are numbered 0 (`document#0`), which no real one is.

    Raises:
        ConversationError: A name is missing or unknown, or a value of another type or too large.
    """
    try:
        read = _Answer.model_validate(value)
    except ValidationError as error:
        raise ConversationError(f"This is not an answer of Wenju ({first_problem(error)}).", REMEDY) from error
    return Answer(
        question=read.question,
        searched_for=read.searched_for,
        answer=read.answer,
        sentence=read.sentence,
        confidence=read.confidence,
        reason=read.reason,
        citations=tuple(_citation(one) for one in read.citations),
        hits=tuple(_hit(one) for one in read.hits),
        timings_ms=read.timings_ms,
        generation=read.generation,
        written=None if read.written is None else _written(read.written),
    )


def first_problem(error: ValidationError) -> str:
    """Return where and what is wrong first, in a phrase; names from the JSON are shortened."""
    first: Any = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part)[:40] for part in first["loc"])[:120]
    said = first["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said


def _citation(read: _Citation) -> Citation:
    return Citation(
        number=read.number,
        document_id=read.source,
        article=Article(
            id=f"{read.source}#0",
            document_id=read.source,
            title=read.title,
            subtitle=read.subtitle,
            byline=read.byline,
            publisher=read.publisher,
            date=read.date,
        ),
        span=Span(read.start, read.end),
        quote=read.quote,
        text=read.text,
        match=Match(read.match),
        page=read.page,
        also_in=tuple(read.also_in),
    )


def _written(read: _Written) -> Written:
    told = read.problem
    return Written(
        model=read.model,
        sentences=tuple(
            WrittenSentence(one.text, one.proved, tuple(one.citations), one.reason) for one in read.sentences
        ),
        citations=tuple(_citation(one) for one in read.citations),
        problem=None if told is None else WritingProblem(told.code, told.sentence, told.remedy, told.status),
    )


def _hit(read: _Hit) -> Hit:
    article = Article(id=f"{read.source}#0", document_id=read.source, title=read.title)
    span = Span(read.start, read.end)
    raw_length = None if len(read.text) == span.end - span.start else span.end - span.start
    runs = (Run(0, span.start, len(read.text), raw_length),) if read.text else ()
    passage = Passage(
        id=f"{read.source}:{span.start}-{span.end}",
        article_id=article.id,
        span=span,
        kind=BlockKind.BODY,
        content=AlignedText(read.text, runs),
    )
    why = {name: Leg(leg.rank, leg.score, tuple(leg.terms)) for name, leg in read.why.items()}
    return Hit(read.rank, read.score, passage, article, why, tuple(read.also_in))
