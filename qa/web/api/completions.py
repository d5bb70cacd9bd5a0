"""Chat completions in OpenAI's shape, so that chat front ends that exist can use Wenju: `/v1/chat/completions`.

The last message of the user is the question, the earlier ones its history. Messages of other roles and the settings of
language models are not read: they answer nothing here, one may write about an answer. `qa.web.api.completion_text`
writes the text, `qa.web.api.calls` answers.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.answer.checked import MAX_QUESTION_LENGTH
from qa.errors import RemedyError
from qa.filters import EVERYTHING
from qa.types import Answer, Stage
from qa.web.answering import Pending
from qa.web.api import calls, examples
from qa.web.api.bodies import AnswerBody, CitationBody
from qa.web.api.completion_text import (
    MODEL,
    chunk,
    completion,
    identity,
    metadata,
    model_fields,
    openai_error,
    paragraphs,
)
from qa.web.api.problems import Problem, problem_of
from qa.web.api.requests import MOST_TURNS, AskRequest, Llm, Narrowed, TopK, read
from qa.web.api.routes import ASKING, BODY, answers
from qa.web.api.strict import JsonRoute
from qa.web.api.waiting import outcome
from qa.web.services import Services

_NOT_SERVED = ("unsupported", "model_missing")


class _Open(BaseModel):
    """Fields of OpenAI's that mean nothing here may stand beside ours."""

    model_config = ConfigDict(extra="ignore", strict=True)


class MessagePart(_Open):
    """A piece of a message; only text is read."""

    type: Annotated[str, Field(description="`text`; another kind is refused.")]
    text: Annotated[str, Field(description="Pieces of one message are joined line by line.")] = ""


class ChatMessage(_Open):
    """A message of the conversation; only the user's are read."""

    role: Annotated[str, Field(description="`user`; messages of others are passed over.")]
    content: Annotated[str | list[MessagePart] | None, Field(description="Text, or pieces of text.")] = None


class StreamOptions(_Open):
    """How to stream."""

    include_usage: Annotated[bool | None, Field(description="Whether a last piece holds the usage.")] = None


class CompletionRequest(_Open):
    """A conversation; `top_k`, `filters` and `llm` are Wenju's own and may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.COMPLETED]})
    messages: Annotated[
        list[ChatMessage],
        Field(
            min_length=1, max_length=1000, description="The last of the user is the question, the others its history."
        ),
    ]
    model: Annotated[str, Field(description=f"`{MODEL}`; another one is refused.", examples=[MODEL])] = MODEL
    stream: Annotated[bool | None, Field(description="Whether to send the answer in pieces.")] = None
    stream_options: Annotated[StreamOptions | None, Field(description="Read where it is streamed.")] = None
    n: Annotated[int | None, Field(description="How many answers; 1, or left out.")] = None
    top_k: TopK = 8
    filters: Narrowed = EVERYTHING
    llm: Llm = True


class OpenAiErrorFields(BaseModel):
    """A mistake; `message` is the sentence and its remedy."""

    message: Annotated[str, Field(description="What is wrong and what to do about it, a sentence each.")]
    type: Annotated[str, Field(description="`invalid_request_error`, or `server_error` from status 500.")]
    param: Annotated[str | None, Field(description="Always null.")]
    code: Annotated[str, Field(description="Stable, for programs.")]
    remedy: Annotated[str, Field(description="What to do about it, once more by itself.")]
    status: Annotated[int, Field(description="Of HTTP.")]


class OpenAiErrorBody(BaseModel):
    """What comes instead of every other body when something goes wrong."""

    error: Annotated[OpenAiErrorFields, Field(description="The mistake.")]


class ModelBody(BaseModel):
    """A model."""

    id: Annotated[str, Field(description="Its name, to be sent as `model`.")]
    object: Annotated[str, Field(description="Always `model`.")]
    created: Annotated[int, Field(description="Always 0.")]
    owned_by: Annotated[str, Field(description=f"Always `{MODEL}`.")]


class ModelsBody(BaseModel):
    """The models."""

    object: Annotated[str, Field(description="Always `list`.")]
    data: Annotated[list[ModelBody], Field(description="The one that there is.")]


class MetadataBody(BaseModel):
    """What programs read of a message; in a stream it comes with the last piece, as `delta.metadata`."""

    answer: Annotated[AnswerBody, Field(description="As `POST /v1/ask` gives it.")]
    citations: Annotated[list[CitationBody], Field(description="Those of the answer, once more by themselves.")]


class MessageBody(BaseModel):
    """The message with the answer."""

    role: Annotated[str, Field(description="Always `assistant`.")]
    content: Annotated[str, Field(description="Markdown: the answer with `[1]`, the quotations below it.")]
    refusal: Annotated[None, Field(description="Always null; silence is an answer.")]
    metadata: Annotated[MetadataBody, Field(description="The same for programs.")]


class ChoiceBody(BaseModel):
    """The one choice."""

    index: Annotated[int, Field(description="Always 0.")]
    message: Annotated[MessageBody, Field(description="The answer.")]
    finish_reason: Annotated[str, Field(description="Always `stop`.")]
    logprobs: Annotated[None, Field(description="Always null.")]


class CompletionBody(BaseModel):
    """A chat completion; `choices[0].message.metadata` holds the answer for programs."""

    id: Annotated[str, Field(description="The same for the same question over the same documents.")]
    object: Annotated[str, Field(description="Always `chat.completion`.")]
    created: Annotated[int, Field(description="Seconds since 1970.")]
    model: Annotated[str, Field(description=f"Always `{MODEL}`.")]
    choices: Annotated[list[ChoiceBody], Field(description="Always one.")]
    usage: Annotated[dict[str, int], Field(description="Zeros: tokens are not counted.")]


def completion_routes(services: Services) -> APIRouter:
    """Return the routes over these services."""
    router = APIRouter(route_class=JsonRoute, tags=["chat completions"])

    @router.post(
        "/v1/chat/completions", responses=answers(CompletionBody, BODY, ASKING, _NOT_SERVED, error=OpenAiErrorBody)
    )
    async def complete(request: Request, asked: CompletionRequest) -> Response:
        """Answer the last message of the user; `stream` sends the answer in pieces, as server-sent events."""
        question = question_of(asked)
        created = int(time.time())
        if not asked.stream:
            answer = await outcome(request, calls.submit_question(services, question, surface="completions"))
            return JSONResponse(completion(answer, created=created))
        told: asyncio.Queue[Stage | Answer] = asyncio.Queue()
        loop, last = asyncio.get_running_loop(), None

        def tell(news: Stage | Answer) -> None:
            nonlocal last
            if news is not last:
                last = news
                loop.call_soon_threadsafe(told.put_nowait, news)

        pending = calls.submit_question(
            services,
            question,
            surface="completions",
            told=tell,
        )
        with_usage = asked.stream_options is not None and bool(asked.stream_options.include_usage)
        events = _events(pending, told, created=created, with_usage=with_usage)
        first = await anext(events)  # what cannot be asked at all is said with its status, not in the stream
        return StreamingResponse(_after(first, events), media_type="text/event-stream")

    @router.get("/v1/models", responses=answers(ModelsBody, error=OpenAiErrorBody))
    async def models() -> Response:
        """List the one model that there is."""
        return JSONResponse({"object": "list", "data": [model_fields()]})

    @router.get("/v1/models/{model}", responses=answers(ModelBody, ("model_missing",), error=OpenAiErrorBody))
    async def model(
        model: Annotated[str, Path(description=f"Its name, `{MODEL}`.", examples=[MODEL])],
    ) -> Response:
        """Describe the model."""
        _check_model(model)
        return JSONResponse(model_fields())

    return router


def question_of(asked: CompletionRequest) -> AskRequest:
    """Return the question of a conversation, with the earlier ones as its history.

    Earlier messages that are empty or too long for a question (a pasted document, say) are left out of the history.

    Raises:
        RemedyError: There is none, or the request wants what Wenju does not do.
    """
    _check_model(asked.model)
    if asked.n not in (None, 1):
        raise Problem("unsupported", "There is one answer to a question.", "Leave n out, or send 1.")
    texts = [_text_of(message) for message in asked.messages if message.role == "user"]
    if not texts:
        raise Problem("question_empty", "There is no message of the user.", 'Send one with the role "user".')
    before = [text for text in texts[:-1] if text.strip() and len(text) <= MAX_QUESTION_LENGTH]
    fields = {"question": texts[-1], "history": before[-MOST_TURNS:], "top_k": asked.top_k, "filters": None}
    return read(AskRequest, fields).model_copy(update={"filters": asked.filters, "llm": asked.llm})


def _text_of(message: ChatMessage) -> str:
    if isinstance(message.content, list):
        if any(part.type != "text" for part in message.content):
            raise Problem("unsupported", "A message holds something other than text.", "Send text only.")
        return "\n".join(part.text for part in message.content)
    return message.content or ""


def _check_model(name: str) -> None:
    if name != MODEL:
        raise Problem("model_missing", "There is no such model.", f"Choose {MODEL}.")


async def _events(
    pending: Pending[Answer], told: "asyncio.Queue[Stage | Answer]", *, created: int, with_usage: bool
) -> AsyncIterator[str]:
    """Yield server-sent events: a comment for each stage, then the answer; a client that goes away ends the question.

    Where a language model writes, the answer comes before, and then each sentence as soon as it is proved.

    Raises:
        RemedyError: The question could not be answered, and nothing was yielded yet.
    """
    finished = asyncio.wrap_future(pending.future)
    begun, pieces = False, _Pieces(created)
    try:
        while not finished.done():
            news = asyncio.ensure_future(told.get())
            either: set[asyncio.Future[Any]] = {finished, news}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not news.done():
                news.cancel()
                continue
            begun, heard = True, news.result()
            if isinstance(heard, Stage):
                yield f": {heard}\n\n"
                continue
            for piece in pieces.of(heard, ended=False):
                yield _event(piece)
        try:
            answer = finished.result()
        except RemedyError as error:
            if not begun:
                raise
            yield _event(openai_error(problem_of(error)))
        else:
            for piece in [*pieces.of(answer), *pieces.end(answer, with_usage=with_usage)]:
                yield _event(piece)
        yield "data: [DONE]\n\n"
    finally:
        if not finished.done():
            pending.leave()


class _Pieces:
    """What of an answer was sent in the pieces of a stream."""

    def __init__(self, created: int) -> None:
        self._created = created
        self._sent = 0  # paragraphs

    def of(self, answer: Answer, *, ended: bool = True) -> Iterator[dict[str, Any]]:
        """Yield what was not sent yet of an answer, or of an answer so far."""
        name = identity(answer)
        for text in list(paragraphs(answer, ended=ended))[self._sent :]:
            if not self._sent:
                yield chunk(name, self._created, {"role": "assistant", "content": ""})
            yield chunk(name, self._created, {"content": f"\n\n{text}" if self._sent else text})
            self._sent += 1

    def end(self, answer: Answer, *, with_usage: bool) -> Iterator[dict[str, Any]]:
        """Yield the last piece with a choice, which holds the metadata, and the usage where it is wanted."""
        yield chunk(identity(answer), self._created, {"metadata": metadata(answer)}, finished=True)
        if with_usage:
            yield chunk(identity(answer), self._created, None)


async def _after(first: str, events: AsyncIterator[str]) -> AsyncIterator[str]:
    """Yield the first event and the others."""
    yield first
    async for event in events:
        yield event


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False, allow_nan=False)}\n\n"
