"""Files in the chat: a paper-clip beside the question, what became of them above it, and questions about one alone.

They are taken in as on the documents page, into its collection for files that were brought; no conversation is
touched, and questions are answered meanwhile. Nothing else in the chat reads or writes the report.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.errors import RemedyError
from qa.web import visitor as visitors
from qa.web.chat.narrowing import row_updates
from qa.web.chat.parts import Parts
from qa.web.documents.pieces import clip_html
from qa.web.documents.progress import report_html
from qa.web.documents.report import DEFAULT_COLLECTION, TakenFile, UploadReport
from qa.web.documents.taking import TELL_TAKEN, sent_text, taking
from qa.web.heading import header_html
from qa.web.limits import CHANGES_AT_ONCE, SESSION_SECONDS
from qa.web.services import Services
from qa.web.visitor import Visitor, visitor_of

_COLUMN = "#wj-left"  # may be dropped on
_TO_THE_QUESTION = "() => { document.querySelector('#wj-question textarea').focus(); return []; }"


def clip_of(services: Services, visitor: Visitor) -> str:
    """Return the paper-clip; nothing for who may not change documents."""
    if not visitors.may_change_documents(visitor):
        return ""
    return clip_html(visitor.language, upload_mb=services.upload_mb, within=_COLUMN)


def connect_bringing(services: Services, parts: Parts) -> None:
    """Connect the paper-clip, the report and the chips of filters."""
    handlers = _Handlers(services)
    quick: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
    files = gr.State((), time_to_live=SESSION_SECONDS)
    lists, row = parts.filters.parts, parts.filters.inputs
    brought = parts.clip.upload(
        handlers.take, files, [parts.brought, files], api_visibility="private", show_progress="hidden",
        concurrency_limit=CHANGES_AT_ONCE, concurrency_id="documents",
    )  # fmt: skip
    brought.then(None, js=TELL_TAKEN, **quick)
    brought.then(handlers.offer, None, [parts.header, *lists], **quick)
    acted = parts.brought.click(handlers.act, None, [parts.brought, files, parts.filters.sources], **quick)
    acted.then(None, js=_TO_THE_QUESTION, **quick)
    widened = parts.narrowing.click(_all_again, None, row, **quick)
    widened.then(None, js=_TO_THE_QUESTION, **quick)


class _Handlers:
    """One method for each event."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def take(
        self, before: tuple[TakenFile, ...], event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[str, tuple[TakenFile, ...]]]:
        """Take files in, and yield how far they have come, above those that were brought before."""
        visitor = visitor_of(request)
        files = before

        def drawn(report: UploadReport) -> str:
            nonlocal files
            files = (*report.files, *(file for file in before if file.ended))
            return report_html(replace(report, files=files), visitor.language, in_chat=True)

        for shown in taking(
            event, services=self._services, visitor=visitor, collection=DEFAULT_COLLECTION, drawn=drawn
        ):
            yield shown, files

    def offer(self, request: gr.Request) -> list[Any]:
        """Say in the head what there is now, and offer it in the row of filters."""
        assistant = self._services.assistant
        try:
            header = header_html(assistant.status(), visitor_of(request).language)
        except RemedyError:
            header = gr.skip()
        return [header, *row_updates(assistant)]

    def act(self, event: gr.EventData) -> tuple[Any, Any, Any]:
        """Narrow questions to one file, or put the report away."""
        name = sent_text(event, "name")
        if sent_text(event, "do") == "about" and name:
            return gr.skip(), gr.skip(), gr.update(value=[name], visible=True)
        return "", (), gr.skip()


def _all_again() -> list[Any]:
    """Switch all filters off."""
    return [[], [], [], [], "", ""]
