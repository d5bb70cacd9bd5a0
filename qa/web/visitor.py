"""Who asks: the browser, later the user, and what they may do. The one seam for login and roles.

The browser is told by a cookie that only the server reads and that is handed out with the page (`qa.web.cookie`).
"""

import re
import secrets
from dataclasses import dataclass

import fastapi
import gradio as gr

from qa.errors import NotAllowedError
from qa.web.words import Language, language_of

COOKIE = "wenju_browser"
COOKIE_SECONDS = 400 * 86_400  # the longest that browsers keep one

_VALUE = re.compile(r"[A-Za-z0-9_-]{32,64}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        owner: Owns conversations; empty for a browser that takes no cookies, whose conversations are not kept.
        language: To write in.
    """

    owner: str
    language: Language


def visitor_of(request: gr.Request | fastapi.Request) -> Visitor:
    """Return who makes a request, be it an event of a page or a plain one."""
    given = str(request.cookies.get(COOKIE, ""))
    return Visitor(given if is_owner(given) else "", language_of(request.headers.get("accept-language")))


def is_owner(value: str) -> bool:
    """Tell whether a cookie has a value such as we hand out."""
    return _VALUE.fullmatch(value) is not None


def new_owner() -> str:
    """Return the value of a cookie for a browser that has none."""
    return secrets.token_urlsafe(32)


def may_change_documents(visitor: Visitor) -> bool:
    """Tell whether a visitor may add, remove and read again documents: everybody, until there is a login."""
    return visitor is not None


def check_may_change(visitor: Visitor) -> None:
    """Raise NotAllowedError where a visitor may not change documents."""
    if not may_change_documents(visitor):
        raise NotAllowedError("You may read the documents here, but not change them.", "Ask whoever runs this server.")
