"""Stand between the network and Gradio: let through only what the page and its API need.

That is a short list of routes, small requests, the host names of this machine, uploads by rules of their own; and every
response tells the browser to load nothing from elsewhere. Gradio on its own reflects foreign origins, fetches URLs on
request, takes any upload, gives it to everybody and believes forwarded host names. Knows nothing of questions, answers
and documents.
"""

import asyncio
import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Protocol
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.api.problems import Problem

LARGEST_REQUEST = 1_000_000  # bytes; the longest question and history stay far below
SECONDS_TO_WAIT = 30.0  # for the next piece of a body
SECONDS_OF_A_BODY = 120.0  # of a request that is no upload; clients that drip bytes would hold all connections
_SWALLOWED = 20 * LARGEST_REQUEST  # of a body that is too large; whoever sends more finds the connection closed

_ROUTES = re.compile(
    r"/(?:|documents/?|corpus/?|config/?|info/?|theme\.css|manifest\.json|favicon\.ico|robots\.txt|pwa_icon(?:/\d+)?)"
    r"|/(?:assets|static)/.*|/conversations/[\w-]{22}\.(?:md|json|html)"
    r"|/v1/(?:ask|search|articles/(?s:.+)|documents|status|feedback|chat/completions|models(?:/[^/]+)?)"
    r"|/healthz|/metrics|/openapi\.json|/docs(?:/[\w.-]+)?"
    r"|/gradio_api/(?:info/?|startup-events|app_id/?|theme\.css|queue/(?:join|data)|call/.*|cancel|reset/?|heartbeat/.*"
    r"|run/predict/?|mcp(?:/.*)?)"
)

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_PAGES = frozenset({"/", "/documents", "/documents/", "/corpus", "/corpus/"})
_EVERY_ADDRESS = ("0.0.0.0", "::")

PLAIN_PATHS = re.compile(r"/(?:v1/|(?:healthz|metrics|openapi\.json|docs)(?:/|$))")  # not Gradio's
_UPLOAD = "/gradio_api/upload"
_UPLOADS = (_UPLOAD, "/gradio_api/upload_progress")

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


class _RefusedError(Exception):
    """The body of a request is too large or comes too slowly, which showed while it was read."""


def served_names(host: str, allowed: Collection[str]) -> frozenset[str]:
    """Return the host names to answer to; none stands for any.

    Other names are refused wherever the right ones are known: a web page that points a name of its own at this server
    must not read what it answers.

    Args:
        host: Address that is listened on. On a loopback address, loopback names are answered in any case.
        allowed: Names under which a reverse proxy reaches us; on another address, any name is answered without them.
    """
    is_loopback = host.lower() in ("localhost", "::1") or host.startswith("127.")
    if not allowed and not is_loopback:
        return frozenset()
    written = f"[{host.lower()}]" if ":" in host else host.lower()
    return _LOOPBACK | frozenset(allowed) | (frozenset() if host in _EVERY_ADDRESS else {written})


class Uploads(Protocol):
    """Rules of what may be uploaded.

    Attributes:
        largest_request: In bytes.
    """

    @property
    def largest_request(self) -> int: ...

    def refusal(self, scope: Scope, size: int) -> tuple[int, str] | None:
        """Return status and sentence of an upload of so many bytes that is refused, or None."""

    def too_large(self, scope: Scope) -> str:
        """Return the sentence for one that turns out too large while it is read."""


class Guard:
    """ASGI application around another one.

    Args:
        app: What is guarded.
        uploads: Rules for uploads; without, there are none.
        hosts: Host names to answer to, without port, from `served_names`; empty means any.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] = (), uploads: Uploads | None = None) -> None:
        self._app = app
        self._uploads = uploads
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # lifespan; there are no websockets
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        uploads = self._uploads if scope["path"] == _UPLOAD else None
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            if refusal.code == "body_too_large":
                await _swallow(receive, _SWALLOWED)
            await _refuse(send, refusal)
            return
        said = uploads.refusal(scope, int(headers.get(b"content-length", b"0"))) if uploads is not None else None
        if uploads is not None and said is not None:
            await _swallow(receive, uploads.largest_request)
            await _say(send, *said)
            return
        if scope["method"] == "HEAD" and not scope["path"].startswith("/gradio_api/"):
            scope = {**scope, "method": "GET"}  # the server sends the headers only
        trusted = [(name, value) for name, value in scope["headers"] if not _is_forwarded(name)]
        most = uploads.largest_request if uploads else LARGEST_REQUEST
        too_large = uploads.too_large(scope) if uploads else None
        await self._pass_on({**scope, "headers": trusted}, receive, send, most=most, too_large=too_large)

    def _refusal(self, scope: Scope, headers: Mapping[bytes, bytes]) -> Problem | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts and re.sub(r":\d+$", "", host) not in self._hosts:
            return Problem(
                "foreign_host",
                "This host name is not served.",
                "Use the address that was printed at the start. Behind a reverse proxy, start with "
                "--allowed-hosts NAME or WENJU_ALLOWED_HOSTS: the name that the proxy passes on.",
            )
        path = scope["path"]
        if path in _PAGES and scope["method"] not in ("GET", "HEAD"):
            return Problem("wrong_method", "This path is served by another method.", "Use GET.", allow="GET, HEAD")
        is_upload = self._uploads is not None and path in _UPLOADS
        if not is_upload and _ROUTES.fullmatch(path) is None:
            return Problem("unknown_route", "There is nothing here.", "See /docs for what is.")
        if scope["method"] not in _READING and _is_from_elsewhere(headers, host):
            return Problem(
                "foreign_origin",
                "A web page of another origin sent this.",
                "Send it from a program, or from our pages.",
            )
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or (int(length) > LARGEST_REQUEST and not (is_upload and path == _UPLOAD)):
            return _too_large()
        return None

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, *, most: int, too_large: str | None) -> None:
        read = 0
        started = refused = False
        more = True
        problem: Problem | None = None
        clock = asyncio.get_running_loop().time
        end = clock() + (SECONDS_OF_A_BODY if most == LARGEST_REQUEST else float("inf"))

        async def receive_some() -> Message:
            nonlocal read, more, problem
            if not more:
                return await receive()
            try:
                async with asyncio.timeout(min(SECONDS_TO_WAIT, end - clock())):
                    message = await receive()
            except TimeoutError as error:
                problem = _too_slow()
                raise _RefusedError from error
            if message["type"] == "http.request":
                more = message.get("more_body", False)
                read += len(message.get("body", b""))
                if read > most:
                    problem = _too_large()
                    raise _RefusedError
            return message

        async def refuse() -> None:
            nonlocal refused
            refused = True
            if problem is not None and problem.code == "body_too_slow":
                await _refuse(send, problem)
                return
            if more:
                await _swallow(receive, _SWALLOWED)
            await _refuse_large(send, too_large)

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                # Whatever the application says of a body that was cut off, or of one that is too large for it: here it
                # is said in our words.
                if problem is not None or message["status"] == 413:
                    await refuse()
                    return
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}
            if not refused:
                await send(message)

        try:
            await self._app(scope, receive_some, send_with_headers)
        except _RefusedError:
            if not started:
                await refuse()


async def _swallow(receive: Receive, most: int) -> None:
    """Read what a client sends and drop it: most look for an answer only when they have sent everything."""
    read, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_WAIT):
            while more and read <= most:
                message = await receive()
                read += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)


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


def _too_slow() -> Problem:
    return Problem("body_too_slow", "The request did not come to its end.", "Send it again, all of it at once.")


async def _refuse_large(send: Send, sentence: str | None) -> None:
    await (_refuse(send, _too_large()) if sentence is None else _say(send, 413, sentence))


async def _refuse(send: Send, problem: Problem) -> None:
    body = json.dumps(problem.body()).encode("utf-8")
    await _respond(send, problem.status, b"application/json", body, more=problem.headers)


async def _say(send: Send, status: int, sentence: str) -> None:
    """Refuse an upload: the page shows the body as it is."""
    await _respond(send, status, b"text/plain; charset=utf-8", sentence.encode("utf-8"))


async def _respond(
    send: Send, status: int, media_type: bytes, body: bytes, *, more: Mapping[str, str] = MappingProxyType({})
) -> None:
    headers = [
        (b"content-type", media_type),
        (b"content-length", str(len(body)).encode("ascii")),
        (b"connection", b"close"),
        *((name.encode("ascii"), value.encode("ascii")) for name, value in more.items()),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
