"""What stands behind a permalink: the card of one article, or a clear message where there is no such place.

Asks the assistant for the article and returns HTML; knows no component and no request.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qa.corpus.align import cut
from qa.errors import SourceError
from qa.escape import escape_html
from qa.types import ArticleView, Span
from qa.web.evidence.card import (
    Cited,
    about_html,
    body_html,
    isolated,
    link_html,
    place_html,
    places,
    source_lines,
    tools_html,
)
from qa.web.evidence.panel import panel_html
from qa.web.evidence.permalink import AddressError, read_permalink
from qa.web.evidence.pieces import WHOLE, text_range
from qa.web.words import Language, word

if TYPE_CHECKING:
    from qa.assistant import Assistant


def permalink_html(assistant: "Assistant", query: Mapping[str, str], *, language: Language) -> str | None:
    """Return the panel for the address of a page, or None where its query names no article.

    Args:
        assistant: Opens the article.
        query: The parameters behind the question mark, decoded.
        language: Of our own words.
    """
    try:
        place = read_permalink(query)
    except AddressError:
        return _message(word("address_bad", language), language)
    if place is None:
        return None
    name = f"<bdi>{escape_html(place.document_id)}</bdi>"
    try:
        view = assistant.article(place.document_id)
    except SourceError:
        return _message(word("address_gone", language, name=name), language)
    if place.span is not None:
        length = len(view.document.text)
        if place.span.end > length:
            return _message(word("address_outside", language, name=name, length=length), language)
        view = assistant.article(place.document_id, place.span.start, place.span.end)
    return article_html(view, language=language)


def article_html(view: ArticleView, *, language: Language) -> str:
    """Return the panel with one article alone, opened at what is marked in it."""
    article, document, marked = view.article, view.document, view.marked
    place = [] if marked is None else places(view, document.id, marked, _page(view, marked), language)
    cited = None
    if marked is not None:
        quote = document.text[marked.start : marked.end]
        cited = Cited(quote, _repaired(view, marked) or quote, source_lines(article, document.id, place))
    card = (
        f'<article class="wj-citation" id="wj-opened" tabindex="-1"><h3>{isolated(article.title)}</h3>'
        f"{about_html(article)}{body_html(view, None, language=language, most=WHOLE)}"
        f"{place_html(document.id, place)}"
        f"{tools_html(cited, link_html(document.id, marked, language), language)}</article>"
    )
    return panel_html(card, language, heading="article", opened=True)


def _message(sentence: str, language: Language) -> str:
    return panel_html(
        f'<p class="wj-note wj-kept" role="alert">{sentence}</p>', language, heading="article", opened=True
    )


def _repaired(view: ArticleView, marked: Span) -> str:
    """Return the repaired text that stands for what is marked, a line a block; empty where no block holds it."""
    lines = []
    for block in view.article.blocks:
        found = text_range(block.content, marked)
        if found is not None:
            lines.append(cut(block.content, found.start, found.end).text)
    return "\n".join(lines)


def _page(view: ArticleView, marked: Span) -> int | None:
    pages = enumerate(view.document.pages, start=1)
    return next((number for number, page in pages if page.start <= marked.start < page.end), None)
