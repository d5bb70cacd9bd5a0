"""Stand between the network and Gradio: let through only what the page and its API need.

That is a short list of routes, small requests, the host names of this machine; and every response tells the browser to
load nothing from elsewhere. Gradio on its own reflects foreign origins, fetches URLs on request, takes uploads and
believes forwarded host names. Knows nothing of questions and answers.
"""

import re
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_REQUEST = 1_000_000  # bytes; the longest question and history stay far below

_ROUTES = re.compile(
    r"/(?:|config/?|info/?|theme\.css|manifest\.json|favicon\.ico|robots\.txt|pwa_icon(?:/\d+)?|(?:assets|static)/.*)"
    r"|/conversations/[\w-]{22}\.(?:md|json|html)"
    r"|/gradio_api/(?:info/?|startup-events|app_id/?|theme\.css|queue/(?:join|data)|call/.*|cancel|reset/?|heartbeat/.*"
    r"|run/predict/?|mcp(?:/.*)?)"
)

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
        refusal = self._refusal(scope["path"], headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        trusted = [(name, value) for name, value in scope["headers"] if not _is_forwarded(name)]
        await self._pass_on({**scope, "headers": trusted}, receive, send)

    def _refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[int, str] | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._hosts and re.sub(r":\d+$", "", host) not in self._hosts:
            return 400, "This host name is not served. Use the address that was printed at the start."
        if _ROUTES.fullmatch(path) is None:
            return 404, "There is nothing here."
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > LARGEST_REQUEST:
            return 413, f"The request is too large. Send at most {LARGEST_REQUEST} bytes."
        return None

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
                await _refuse(send, 413, f"The request is too large. Send at most {LARGEST_REQUEST} bytes.")


def _is_forwarded(name: bytes) -> bool:
    return name in _FORWARDED or name.startswith(b"x-forwarded")


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = sentence.encode("utf-8")
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode("ascii")),
        (b"connection", b"close"),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
