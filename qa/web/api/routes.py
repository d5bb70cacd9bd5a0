"""The plain JSON routes: `/v1/ask`, `/v1/search` and their like, `/healthz` and `/metrics`.

Shells around `qa.web.api.calls`, exact in OpenAPI by the models of `qa.web.api.requests` and `qa.web.api.bodies`. A
question waits in `qa.web.answering`, everything else runs in the threads that FastAPI keeps.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from qa.answer.render import answer_json
from qa.web.api import calls, examples
from qa.web.api.bodies import (
    AnswerBody,
    ArticleBody,
    DocumentsBody,
    ErrorBody,
    FeedbackBody,
    HealthBody,
    HitsBody,
    StatusBody,
)
from qa.web.api.feedback import FeedbackRequest, keep_feedback
from qa.web.api.problems import CODES
from qa.web.api.requests import ArticleRequest, AskRequest, DocumentsRequest, PlaceRequest, SearchRequest
from qa.web.api.strict import JsonRoute
from qa.web.api.waiting import outcome
from qa.web.services import Services

EVERYWHERE = ("foreign_host", "foreign_origin", "wrong_method", "internal")
FIELDS = ("missing_field", "unknown_field", "wrong_type", "out_of_range")
BODY = ("not_json", "wrong_content_type", "body_too_large", "body_too_slow", *FIELDS)
STORE = ("store_busy", "store_unusable")
ASKING = (
    "question_empty", "question_too_long", "question_invalid", "filter_invalid", "too_many_waiting",
    "model_unavailable", "client_gone", *STORE,
)  # fmt: skip


def plain_routes(services: Services) -> APIRouter:
    """Return the routes over these services."""
    router = APIRouter(route_class=JsonRoute)
    _add_questions(router, services)
    _add_documents(router, services)
    _add_operation(router, services)
    return router


def _add_questions(router: APIRouter, services: Services) -> None:
    @router.post("/v1/ask", tags=["questions"], responses=answers(AnswerBody, BODY, ASKING))
    async def ask(request: Request, asked: AskRequest) -> Response:
        """Answer a question, with quotations that prove it, or say that the documents do not answer."""
        answer = await outcome(request, calls.submit_question(services, asked, surface="v1"))
        return JSONResponse(answer_json(answer))

    @router.post("/v1/search", tags=["questions"], responses=answers(HitsBody, BODY, ASKING))
    async def search(request: Request, asked: SearchRequest) -> Response:
        """Find the passages that fit a query best, without answering."""
        hits = await outcome(request, calls.submit_search(services, asked))
        return JSONResponse({"query": asked.query, "hits": hits})

    @router.post(
        "/v1/feedback",
        tags=["questions"],
        responses=answers(FeedbackBody, BODY, ASKING, ("answer_changed", "span_invalid", "not_kept")),
    )
    def feedback(given: FeedbackRequest) -> Response:
        """Keep what somebody thinks of an answer, for `wenju feedback`."""
        return JSONResponse(keep_feedback(services, given, surface="v1"))


def _add_documents(router: APIRouter, services: Services) -> None:
    @router.get(
        "/v1/articles/{source:path}",
        tags=["documents"],
        responses=answers(ArticleBody, FIELDS, STORE, ("document_missing", "span_invalid")),
    )
    def article(
        source: Annotated[
            str, Path(description="The `source` of a citation or a passage.", examples=[examples.SOURCE])
        ],
        place: Annotated[PlaceRequest, Query()],
    ) -> Response:
        """Open a document, at a place where one is given: its text, or what stands around, and its article there."""
        opened = ArticleRequest(document_id=source, start=place.start, end=place.end, around=place.around)
        return JSONResponse(calls.article(services, opened))

    @router.get(
        "/v1/documents",
        tags=["documents"],
        responses=answers(DocumentsBody, FIELDS, STORE, ("collection_missing",)),
    )
    def documents(page: Annotated[DocumentsRequest, Query()]) -> Response:
        """List the documents, without their texts, in order of collection and name."""
        return JSONResponse(calls.documents(services, page))

    @router.get("/v1/status", tags=["documents"], responses=answers(StatusBody, STORE))
    def status() -> Response:
        """Say what is loaded, and questions to try."""
        return JSONResponse(calls.status(services))


def _add_operation(router: APIRouter, services: Services) -> None:
    @router.get("/healthz", tags=["operation"], responses=answers(HealthBody, STORE, ("not_ready",)))
    def health() -> Response:
        """Whether the next question is answered at once: 200, or 503 with the reason; no response means not alive."""
        return JSONResponse(calls.health(services))

    @router.get(
        "/metrics",
        tags=["operation"],
        response_class=Response,
        responses={
            **answers(None, ()),
            200: {
                "description": "Counts in the text format of Prometheus.",
                "content": {"text/plain": {"schema": {"type": "string"}}},
            },
        },
    )
    def metrics() -> Response:
        """Requests, answers, stages and counts of the store, for Prometheus."""
        text = services.metrics.text(services.assistant, services.answering)
        return Response(text, media_type=CONTENT_TYPE_LATEST)


def answers(
    body: type[BaseModel] | None, *codes: Iterable[str], error: type[BaseModel] = ErrorBody
) -> dict[int | str, dict[str, Any]]:
    """Return what a route answers, for OpenAPI: its body, and each status of its codes with what they mean.

    Args:
        body: Of status 200.
        codes: Groups of `CODES`.
        error: The body of every other status.
    """
    found: dict[int, list[str]] = {}
    for code in (*EVERYWHERE, *(code for group in codes for code in group)):
        found.setdefault(CODES[code].status, []).append(f"`{code}`: {CODES[code].when}")
    described: dict[int | str, dict[str, Any]] = {200: {"model": body, "description": "Done."}} if body else {}
    for status, lines in sorted(found.items()):
        described[status] = {"model": error, "description": "; ".join(dict.fromkeys(lines))}
    return described
