"""Hand a browser the cookie that its conversations are kept under, together with the page.

Only with pages, never with data. `SameSite=Lax`, not `Strict`: a browser that follows a link from a mail to a page of
ours would not send a strict cookie, would be taken for a new one, and would lose its conversations to the cookie that
it is given then. No request that changes anything is a plain link, so nothing can be done in a reader's name that way.
"""

from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.heading import PATHS
from qa.web.visitor import COOKIE, COOKIE_SECONDS, is_owner, new_owner


class CookieLayer:
    """ASGI application around another one: adds the cookie to pages asked for by a browser that has none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"] in PATHS.values()
        if not is_page or is_owner(_cookie(dict(scope["headers"]).get(b"cookie", b""))):
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                value = f"{COOKIE}={new_owner()}; Max-Age={COOKIE_SECONDS}; Path=/; HttpOnly; SameSite=Lax"
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                header = (b"set-cookie", (value + secure).encode("ascii"))
                message = {**message, "headers": [*message.get("headers", []), header]}
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _cookie(header: bytes) -> str:
    try:
        cookies = SimpleCookie(header.decode("latin-1"))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
