"""The calls: what a program can ask for, as functions from a checked request to plain JSON values.

The Gradio endpoints, the MCP tools and the plain routes are shells around these, so that all of them say the same.
Knows no protocol.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Literal

from qa.answer.render import answer_json, article_json, hit_json
from qa.errors import RemedyError
from qa.filters import Filters
from qa.llm.problems import stopped_while_written
from qa.types import Answer, DocumentSummary
from qa.web.answering import GoneError, Pending, Told
from qa.web.api.problems import Problem, problem_of
from qa.web.api.requests import ArticleRequest, AskRequest, DocumentsRequest, SearchRequest
from qa.web.services import Services

Surface = Literal["gradio", "mcp", "v1", "completions", "chat"]


def submit_question(
    services: Services, request: AskRequest, *, surface: Surface, told: Told | None = None
) -> Pending[Answer]:
    """Queue a question and count what comes of it.

    Raises:
        RemedyError: Too many are waiting.
    """

    def work(tell: Told) -> Answer:
        return answered(
            services,
            request.question,
            surface=surface,
            history=request.history or (),
            top_k=request.top_k,
            filters=request.filters,
            told=tell,
            llm=request.llm,
        )

    with counted(services, surface):
        pending = services.answering.submit(work, told=told)
    count_if_left(services, surface, pending)
    return pending


def count_if_left(services: Services, surface: Surface, pending: Pending[Any]) -> None:
    """Count a question that nobody waited for until it was begun."""

    def ended(future: "Future[Any]") -> None:
        if future.cancelled():
            services.metrics.refused(surface, "client_gone")

    pending.future.add_done_callback(ended)


def answered(
    services: Services,
    question: str,
    *,
    surface: Surface,
    history: Sequence[str],
    top_k: int = 8,
    filters: Filters,
    told: Told,
    llm: bool = True,
    keep_stopped: bool = False,
) -> Answer:
    """Answer a question here and now, and count what comes of it.

    Args:
        services: What it is answered with.
        question: As asked.
        surface: To be counted under.
        history: Earlier questions, oldest first.
        top_k: How many passages to return.
        filters: Which documents to look into.
        llm: Whether the language model may write.
        told: Told of stages and, while a language model writes, of the answer so far; raises GoneError to stop.
        keep_stopped: Return the answer so far where it is stopped while a language model writes.

    Raises:
        RemedyError: It cannot be answered, or whoever asked does not wait any more.
    """
    last: Answer | None = None

    def so_far(answer: Answer) -> None:
        nonlocal last
        last = answer
        told(answer)

    with counted(services, surface):
        try:
            answer = services.assistant.ask(
                question, history=history, top_k=top_k, filters=filters, told=told, llm=llm, so_far=so_far
            )
        except GoneError:
            if last is None or not keep_stopped:
                raise
            answer = stopped_while_written(last)
    services.metrics.answered(surface, answer)
    return answer


def ask(services: Services, request: AskRequest, *, surface: Surface) -> dict[str, Any]:
    """Answer a question."""
    return answer_json(submit_question(services, request, surface=surface).future.result())


def submit_search(services: Services, request: SearchRequest) -> Pending[list[dict[str, Any]]]:
    """Queue a search, which needs the model as a question does.

    Raises:
        RemedyError: Too many are waiting.
    """

    def work(_: Told) -> list[dict[str, Any]]:
        hits = services.assistant.search(request.query, top_k=request.top_k, filters=request.filters)
        return [hit_json(hit) for hit in hits]

    return services.answering.submit(work)


def search(services: Services, request: SearchRequest) -> list[dict[str, Any]]:
    """Find passages, best first."""
    return submit_search(services, request).future.result()


def article(services: Services, request: ArticleRequest) -> dict[str, Any]:
    """Open a document at a place."""
    if (request.start is None) != (request.end is None):
        raise Problem("span_invalid", "Only one of start and end was given.", "Give both, or neither.")
    view = services.assistant.article(request.document_id, request.start, request.end)
    return article_json(view, around=request.around)


def documents(services: Services, request: DocumentsRequest) -> dict[str, Any]:
    """Return a page of the list of documents."""
    known = services.assistant.status().collections
    if request.collection is not None and request.collection not in known:
        names = ", ".join(sorted(name for name in known if name)[:10]) or "none"
        raise Problem("collection_missing", "There is no such collection.", f"These have a name: {names}.")
    found = services.assistant.documents(request.collection)
    page = found[request.offset : request.offset + request.limit]
    return {
        "total": len(found),
        "offset": request.offset,
        "limit": request.limit,
        "documents": [_document_json(document) for document in page],
    }


def status(services: Services) -> dict[str, Any]:
    """Say what is loaded."""
    fields = asdict(services.assistant.status())
    del fields["store"]  # a folder of this machine, which is nobody's business over the network
    return {**fields, "examples": list(fields["examples"])}


def health(services: Services) -> dict[str, Any]:
    """Say that questions are answered without waiting for anything to be loaded.

    Raises:
        RemedyError: They are not, and why.
    """
    generation = services.assistant.status().generation
    if not services.assistant.loaded:
        raise Problem("not_ready", "The model is not loaded yet.", "Ask a first question, or wait for its end.")
    return {"status": "ok", "store": "readable", "model": "loaded", "generation": generation}


def _document_json(document: DocumentSummary) -> dict[str, Any]:
    return {
        "source": document.id,
        "collection": document.collection,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "media_type": document.media_type,
        "characters": document.characters,
        "articles": document.articles,
    }


@contextmanager
def counted(services: Services, surface: Surface) -> Iterator[None]:
    """Count a question that no answer comes of."""
    try:
        yield
    except RemedyError as error:
        services.metrics.refused(surface, problem_of(error).code)
        raise
