"""The head of every page: its name, the way to the other pages, what is loaded, and the switch of light and dark."""

from collections.abc import Mapping
from typing import Literal

from qa.escape import escape_html
from qa.types import Status
from qa.web.telling import without_places
from qa.web.words import Language, counted, word

Page = Literal["chat", "documents", "corpus"]

PATHS: Mapping[Page, str] = {"chat": "/", "documents": "/documents", "corpus": "/corpus"}  # in this order


def header_html(status: Status | None, language: Language, *, page: Page = "chat") -> str:
    """Return the head of a page.

    Args:
        status: What is loaded, and which model answers; None where the store cannot be read.
        language: To write in.
        page: The one that the head stands on.
    """
    return (
        f'<header class="wj-header" data-lost="{word("lost", language)}"><h1>{word("name", language)}</h1>'
        f'<p class="wj-tagline">{word("tagline", language)}</p>{_navigation(language, page)}'
        f'<p class="wj-loaded">{_loaded(status, language)}</p>{_theme_switch(language)}</header>'
    )


def _loaded(status: Status | None, language: Language) -> str:
    if status is None:
        return word("loaded_none", language)
    return word(
        "loaded_llm" if status.llm else "loaded",
        language,
        articles=counted("articles", language, status.articles),
        passages=counted("passages", language, status.passages),
        model=escape_html(without_places(status.model)),
        llm=escape_html(status.llm),
    )


def _navigation(language: Language, page: Page) -> str:
    links = "".join(
        f'<a href="{path}"{current(name == page)}>{word(f"page_{name}", language)}</a>' for name, path in PATHS.items()
    )
    return f'<nav class="wj-pages" aria-label="{word("pages", language)}">{links}</nav>'


def current(here: bool) -> str:
    """Return the attribute of a link that leads to where the reader is."""
    return ' aria-current="page"' if here else ""


def _theme_switch(language: Language) -> str:
    """Return a button that `scripts/page.js` works."""
    return (
        f'<button type="button" class="wj-theme" aria-label="{word("theme", language)}" '
        f'title="{word("theme", language)}"><span aria-hidden="true">◐</span></button>'
    )
