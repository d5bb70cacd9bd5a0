"""What happens on the corpus page: it shows what is known at once, and the rest as it becomes known."""

import asyncio
import atexit
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from typing import Any

import gradio as gr

from qa.errors import RemedyError
from qa.escape import escape_html
from qa.overview.figures import Figures, Tallies, Tally
from qa.overview.kept import Overviews
from qa.overview.parts import Parts
from qa.types import Status
from qa.web.corpus.bars import bars_html, timeline_html
from qa.web.corpus.checks import index_html, mended_html
from qa.web.corpus.picture import map_html
from qa.web.corpus.tiles import tiles_html
from qa.web.heading import header_html
from qa.web.services import Services
from qa.web.telling import for_visitor
from qa.web.visitor import visitor_of
from qa.web.words import Language, word

Shown = tuple[Any, ...]

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_FOLLOW = 300.0  # after which a page that is left open is not told of more


class Desk:
    """Serves the corpus page to everybody."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._mutex = threading.Lock()
        self._overviews: Overviews | None = None

    def load(self, request: gr.Request) -> Shown:
        """Return header, figures, map and checks, as far as they are known, and whether the map is."""
        language = visitor_of(request).language
        try:
            status = self._services.assistant.status()
        except RemedyError as error:
            return header_html(None, language, page="corpus"), _problem_html(error, language), "", "", "", True
        header = header_html(status, language, page="corpus")
        try:
            overviews = self._overviews_of(status)
            figures = overviews.figures(status.generation)
            parts = overviews.parts(figures.generation) if figures.documents else Parts(finished=True)
        except RemedyError as error:
            return header, _problem_html(error, language), "", "", "", True
        drawn = parts.topics is not None and parts.generation == figures.generation
        return header, tiles_html(figures, language), *self._parts(status, figures, parts, language), drawn

    async def draw(self, drawn: bool, request: gr.Request) -> AsyncIterator[Any]:
        """Yield the map, once, as soon as it is known, unless it is drawn already."""
        language = visitor_of(request).language
        if not drawn:
            async for _, figures, parts in self._growing():
                if parts.generation == figures.generation and (parts.topics is not None or parts.finished):
                    yield map_html(parts, language)
                    return
        yield gr.skip()

    async def follow(self, request: gr.Request) -> AsyncIterator[Shown]:
        """Yield figures and checks again whenever more of them is known."""
        language = visitor_of(request).language
        shown = False
        async for status, figures, parts in self._growing():
            shown = True
            yield self._parts(status, figures, parts, language)[1:]
        if not shown:
            yield gr.skip(), gr.skip()

    async def _growing(self) -> AsyncIterator[tuple[Status, Figures, Parts]]:
        """Yield what is known of the overview, and again when more is, until all is; nothing of an empty store."""
        started = monotonic()
        last: Parts | None = None
        try:
            status = await asyncio.to_thread(self._services.assistant.status)
            overviews = self._overviews_of(status)
            figures = await asyncio.to_thread(overviews.figures, status.generation)
            while figures.documents and monotonic() - started < SECONDS_TO_FOLLOW:
                parts = overviews.parts(figures.generation)
                if parts is not last:
                    last = parts
                    yield status, figures, parts
                if parts.finished and parts.generation == figures.generation:
                    return
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        except RemedyError:  # said by `load` already
            return

    def _overviews_of(self, status: Status) -> Overviews:
        with self._mutex:
            if self._overviews is None:
                self._overviews = Overviews(Path(status.store))
                atexit.register(self._overviews.close)
            return self._overviews

    def _parts(self, status: Status, figures: Figures, parts: Parts, language: Language) -> Shown:
        if not figures.documents:
            index = index_html(status, figures, parts, language, conversations_last=self._lasting())
            return "", "", _pair(index)
        scripts = "" if parts.scripts is None else bars_html(
            "scripts", Tallies(tuple(Tally(*one) for one in parts.scripts.articles), 0), language, of="articles",
            label=lambda name: word(f"script_{name}", language),
        )  # fmt: skip
        bars = (
            bars_html("publishers", figures.publishers, language, of="articles", filters="publisher"),
            bars_html("authors", figures.authors, language, of="articles", filters="author"),
            bars_html("collections", figures.collections, language, of="documents", filters="collection"),
            bars_html("kinds", figures.kinds, language, of="documents"),
            bars_html("encodings", figures.encodings, language, of="documents"),
            scripts,
        )
        index = index_html(status, figures, parts, language, conversations_last=self._lasting())
        figures_part = timeline_html(figures.timeline, language) + _grid(*bars)
        return map_html(parts, language), figures_part, _pair(mended_html(parts, language), index)

    def _lasting(self) -> bool:
        return self._services.conversations.lasting


def _grid(*cards: str) -> str:
    return f'<div class="wj-grid">{"".join(cards)}</div>'


def _pair(*cards: str) -> str:
    return f'<div class="wj-pair">{"".join(cards)}</div>'


def _problem_html(error: RemedyError, language: Language) -> str:
    said = escape_html(for_visitor(error, language))
    return f'<p class="wj-check wj-look" role="alert">{said}</p>'
