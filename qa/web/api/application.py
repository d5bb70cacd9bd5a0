"""The application of the plain routes: their errors in one shape, their pages of documentation, their counts.

Stands beside Gradio, behind the same guard. Answers nothing itself.
"""

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from importlib.resources import files
from time import perf_counter
from typing import Any

import fastapi
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.errors import RemedyError
from qa.web.api import examples
from qa.web.api.completion_text import openai_error
from qa.web.api.completions import completion_routes
from qa.web.api.problems import Problem, internal, problem_of, problem_of_fields
from qa.web.api.routes import plain_routes
from qa.web.metrics import Metrics
from qa.web.services import Services

_ABOUT = """Ask a folder of documents; every answer is proved by quotations cut from the source.

Send `Content-Type: application/json`. Every error has the shape of `ErrorBody`: a code, a sentence, a remedy. The
routes of OpenAI's shape have theirs, with the same codes."""

_PAGE_FILES = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon.png": "image/png"}
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Described(fastapi.FastAPI):
    """Describes its routes with whole answers as examples: FastAPI leaves out null, which a body does not."""

    def openapi(self) -> dict[str, Any]:
        described = super().openapi()
        for path, example in examples.RECEIVED.items():
            answered = described["paths"][path]["post"]["responses"]["200"]
            answered["content"]["application/json"]["example"] = example
        return described


def api_application(services: Services) -> ASGIApp:
    """Return the plain routes over these services, with their OpenAPI at `/openapi.json` and a page at `/docs`."""
    application = _Described(
        title="Wenju 问据",
        version=version("wenju"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,  # what a generated client calls its functions
    )
    application.include_router(plain_routes(services))
    application.include_router(completion_routes(services))
    _add_page(application)
    application.add_exception_handler(RemedyError, _remedied)
    application.add_exception_handler(RequestValidationError, _invalid)
    application.add_exception_handler(HTTPException, _refused)
    application.add_exception_handler(Exception, _failed)
    return _Counted(application, services.metrics)


def _add_page(application: fastapi.FastAPI) -> None:
    """Add the page `/docs`; its files come from an installed package, never from another host."""
    folder = files("fastapi_offline") / "static"

    @application.get("/docs", include_in_schema=False)
    def page() -> Response:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="Wenju API",
            swagger_js_url="/docs/swagger-ui-bundle.js",
            swagger_css_url="/docs/swagger-ui.css",
            swagger_favicon_url="/docs/favicon.png",
            swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": 0},
        )

    @application.get("/docs/{name}", include_in_schema=False)
    def page_file(name: str) -> Response:
        if name not in _PAGE_FILES:
            raise HTTPException(404)
        return FileResponse(str(folder / name), media_type=_PAGE_FILES[name])


def _respond(request: Request, problem: Problem) -> Response:
    shaped = openai_error if request.url.path.startswith(("/v1/chat/", "/v1/models")) else Problem.body
    return JSONResponse(shaped(problem), problem.status, headers=problem.headers)


async def _remedied(request: Request, error: Exception) -> Response:
    return _respond(request, problem_of(error) if isinstance(error, RemedyError) else internal())


async def _invalid(request: Request, error: Exception) -> Response:
    return _respond(
        request, problem_of_fields(error.errors()) if isinstance(error, RequestValidationError) else internal()
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what no route took: the path is unknown, or its method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405 and isinstance(error, HTTPException):
        allow = (error.headers or {}).get("Allow", "")
        return _respond(
            request, Problem("wrong_method", "This path is served by another method.", f"Use {allow}.", allow=allow)
        )
    if status == 404:
        return _respond(request, Problem("unknown_route", "There is nothing here.", "See /docs for what is."))
    return _respond(request, internal())


async def _failed(request: Request, _: Exception) -> Response:
    """Answer a mistake of ours; Starlette raises it again for the log."""
    return _respond(request, internal())


class _Counted:
    """Counts every request by the template of its route."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        status = 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.requested(route, method, status, perf_counter() - started)
