"""Stand between the network and Gradio: let through only what the page and its API need.

That is a short list of routes, small requests, the host names of this machine; and every response tells the browser to
load nothing from elsewhere. Gradio on its own reflects foreign origins, fetches URLs on request, takes uploads and
believes forwarded host names. Knows nothing of questions and answers.
"""

import json
import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.api.problems import Problem

LARGEST_REQUEST = 1_000_000  # bytes; the longest question and history stay far below

_ROUTES = re.compile(
    r"/(?:|config/?|info/?|theme\.css|manifest\.json|favicon\.ico|robots\.txt|pwa_icon(?:/\d+)?|(?:assets|static)/.*)"
    r"|/v1/(?:ask|search|articles/(?s:.+)|documents|status|feedback|chat/completions|models(?:/[^/]+)?)"
    r"|/healthz|/metrics|/openapi\.json|/docs(?:/[\w.-]+)?"
    r"|/gradio_api/(?:info/?|startup-events|app_id/?|theme\.css|queue/(?:join|data)|call/.*|cancel|reset/?|heartbeat/.*"
    r"|run/predict/?|mcp(?:/.*)?)"
)

PLAIN_PATHS = re.compile(r"/(?:v1/|(?:healthz|metrics|openapi\.json|docs)(?:/|$))")  # not Gradio's

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Gradio starts inline and fills HTML components by eval
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})  # methods that change nothing
_FORWARDED = (b"forwarded", b"x-gradio-server")


class _TooLargeError(Exception):
    """The body of a request went beyond the limit while it was read."""


class Guard:
    """ASGI application around another one.

    Args:
        app: What is guarded.
        hosts: Host names to answer to, without port; empty means any. On a loopback address, refusing other names keeps
            web pages from reaching us through a name that they point at 127.0.0.1.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # lifespan; there are no websockets
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(send, refusal)
            return
        trusted = [(name, value) for name, value in scope["headers"] if not _is_forwarded(name)]
        await self._pass_on({**scope, "headers": trusted}, receive, send)

    def _refusal(self, scope: Scope, headers: Mapping[bytes, bytes]) -> Problem | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts and re.sub(r":\d+$", "", host) not in self._hosts:
            return Problem(
                "foreign_host", "This host name is not served.", "Use the address that was printed at the start."
            )
        if _ROUTES.fullmatch(scope["path"]) is None:
            return Problem("unknown_route", "There is nothing here.", "See /docs for what is.")
        if scope["method"] not in _READING and _is_from_elsewhere(headers, host):
            return Problem(
                "foreign_origin",
                "A web page of another origin sent this.",
                "Send it from a program, or from our pages.",
            )
        length = headers.get(b"content-length", b"0")
        return None if length.isdigit() and int(length) <= LARGEST_REQUEST else _too_large()

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0
        started = False

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > LARGEST_REQUEST:
                    raise _TooLargeError
            return message

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
            await send(message)

        try:
            await self._app(scope, receive_some, send_with_headers)
        except _TooLargeError:
            if not started:
                await _refuse(send, _too_large())


def _is_forwarded(name: bytes) -> bool:
    return name in _FORWARDED or name.startswith(b"x-forwarded")


def _is_from_elsewhere(headers: Mapping[bytes, bytes], host: str) -> bool:
    """Tell whether a web page of another origin sent a request: browsers say so, older ones by their Origin only."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin.decode("latin-1").lower()).netloc != host


def _too_large() -> Problem:
    return Problem("body_too_large", "The request is too large.", f"Send at most {LARGEST_REQUEST} bytes.")


async def _refuse(send: Send, problem: Problem) -> None:
    body = json.dumps(problem.body()).encode("utf-8")
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode("ascii")),
        (b"connection", b"close"),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
