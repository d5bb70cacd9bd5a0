"""From a page to a listening server: the guard around it, MCP beside it, one port, and a word when it is ready.

Does not index and does not know what the page shows. Import after `qa.web.environment.settle()`.
"""

import json
import socket
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import fastapi
import gradio as gr
import uvicorn
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from qa.errors import RemedyError
from qa.web.chat.exports import add_exports
from qa.web.cookie import CookieLayer
from qa.web.documents.incoming import UploadRules
from qa.web.guard import LARGEST_REQUEST, Guard
from qa.web.site import STYLES, Site, script, theme, translations

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_CONNECTIONS = 200  # open at the same time; each tab holds one or two
_SECONDS_TO_STOP = 1  # for the streams that open tabs hold


def web_application(page: Site, *, host: str, mcp: bool = False, uploads: UploadRules | None = None) -> ASGIApp:
    """Return the page as a guarded ASGI application; with `mcp`, its public endpoints are MCP tools as well.

    Args:
        page: Made by `qa.web.site.build_site`.
        host: The address it will listen on; on a loopback address, only loopback names are answered.
        mcp: Serve MCP (streamable HTTP) at `/gradio_api/mcp/`.
        uploads: What may be uploaded; without, nothing.

    Raises:
        RemedyError: MCP is wanted and its package is not installed.
    """
    if mcp and find_spec("mcp") is None:
        raise RemedyError("The package mcp is not installed.", 'Install it: pip install "wenju[mcp]".')
    application = fastapi.FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    application.add_middleware(CORSMiddleware, allow_origins=[])  # with it, Gradio does not let every origin in
    add_exports(application, page.services)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # said though it is off
        gr.mount_gradio_app(
            application,
            page,
            path="/",
            footer_links=["api"],
            run_history=False,
            app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
            allowed_paths=[],
            show_error=False,  # an error with a remedy is shown all the same; any other only in the log
            max_file_size=uploads.largest if uploads else LARGEST_REQUEST,
            ssr_mode=False,
            enable_monitoring=False,
            pwa=False,
            i18n=translations(),
            mcp_server=mcp,
            theme=theme(),
            css_paths=list(STYLES),
            js=script(),
        )
    if mcp:
        _answer_in_json(page)
    named = _LOOPBACK | {host.lower()} if _is_loopback(host) else ()
    return Guard(CookieLayer(application), hosts=named, uploads=uploads)


def run(application: ASGIApp, listener: socket.socket, *, ready: Callable[[int], None]) -> None:
    """Serve until a signal ends it.

    Args:
        application: What to serve.
        listener: From `bind`; closed at the end.
        ready: Called with the port as soon as requests are answered.

    Raises:
        OSError: Another server began to listen on the same port in the meantime.
    """
    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        ws="none",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_SECONDS_TO_STOP,
    )
    with listener:
        _Server(config, ready=ready).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._ready(sockets[0].getsockname()[1])


def _answer_in_json(page: Site) -> None:
    """Make MCP tools return JSON: Gradio 6.31 returns `str()` of a value, which is Python and not JSON.

    `tests/integration/test_api.py` fails when Gradio stops asking this method.
    """
    from mcp.types import TextContent  # noqa: PLC0415 (an extra: imported when MCP is wanted)

    def as_json(data: list[Any], root_url: str) -> list[TextContent]:
        return [TextContent(type="text", text=json.dumps(value, ensure_ascii=False)) for value in data]

    server = page.mcp_server_obj
    if server is None:
        raise RuntimeError(page.mcp_error)
    server.postprocess_output_data = as_json  # type: ignore[method-assign,assignment]


def _is_loopback(host: str) -> bool:
    return host.lower() in ("localhost", "::1") or host.startswith("127.")
