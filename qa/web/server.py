"""From a page to a listening server: the guard around it, plain routes and MCP beside it, one port, a word when ready.

Does not index and does not know what the page shows. Import after `qa.web.environment.settle()`.
"""

import socket
import warnings
from collections.abc import Callable, Collection
from importlib.util import find_spec

import fastapi
import gradio as gr
import uvicorn
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.errors import RemedyError
from qa.web.api.application import api_application
from qa.web.api.called import CallLayer
from qa.web.api.endpoints import Api
from qa.web.chat.exports import add_exports
from qa.web.cookie import CookieLayer
from qa.web.documents.incoming import UploadRules
from qa.web.guard import LARGEST_REQUEST, PLAIN_PATHS, Guard, served_names
from qa.web.site import ICON, STYLES, Site, script, theme, translations

_CONNECTIONS = 200  # open at the same time; each tab holds one or two
_SECONDS_TO_STOP = 1  # for the streams that open tabs hold


def web_application(
    page: Site,
    *,
    host: str,
    allowed_hosts: Collection[str] = (),
    mcp: bool = False,
    uploads: UploadRules | None = None,
) -> ASGIApp:
    """Return the page with the plain routes beside it as a guarded ASGI application; with `mcp`, MCP tools as well.

    Args:
        page: Made by `qa.web.site.build_site`.
        host: The address it will listen on.
        allowed_hosts: Names of a reverse proxy that are answered, as `qa.web.guard.served_names`.
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
            favicon_path=str(ICON),
            css_paths=list(STYLES),
            js=script(),
        )
    if mcp:
        from qa.web.api.tools import offer_tools  # noqa: PLC0415 (an extra: imported when MCP is wanted)

        offer_tools(page, page.services)
    checked = CallLayer(
        application,
        Api(page.services).endpoints,
        events=lambda: page.fns,
        begun=lambda: page._queue.pending_messages_per_session,
    )
    both = _beside(api_application(page.services), CookieLayer(checked))
    return Guard(both, hosts=served_names(host, allowed_hosts), uploads=uploads)


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


def _beside(plain: ASGIApp, page: ASGIApp) -> ASGIApp:
    """Return an application that takes the paths of the plain routes to them and everything else to the page."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        is_plain = scope["type"] == "http" and PLAIN_PATHS.match(scope["path"]) is not None
        await (plain if is_plain else page)(scope, receive, send)

    return choose
