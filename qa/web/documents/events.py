"""What happens on the documents page: it is drawn, files are taken in, documents are opened, read again, removed.

Every change goes through `qa.web.visitor.check_may_change`. Moves values between the page and the store; makes no HTML
of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from qa.adding import STANDARD_INPUT
from qa.errors import RemedyError, SourceError, StoreError
from qa.escape import escape_html
from qa.store.rows import Holding
from qa.types import Status
from qa.web import visitor as visitors
from qa.web.documents.listing import ORDERS, ROWS, Order, View, chosen, list_html
from qa.web.documents.opened import opened_html
from qa.web.documents.pieces import button_html, drop_html, name_html, notice_html, short_name
from qa.web.documents.progress import report_html
from qa.web.documents.report import DEFAULT_COLLECTION
from qa.web.documents.sentences import mistake_in
from qa.web.documents.taking import LONGEST, sent_text, taking
from qa.web.heading import header_html
from qa.web.services import Services
from qa.web.visitor import Visitor, visitor_of
from qa.web.words import Language, counted, word

SECONDS_TO_COUNT = 0.4  # repairs of documents that nobody has counted yet, when the list is drawn
SECONDS_FOR_OTHERS = 5.0  # to wait for whoever writes, before a click is told to come back

Updates = tuple[Any, ...]


class Desk:
    """Answers what visitors do on the page; one for all of them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._assistant = services.assistant

    # -- drawing

    def load(self, view: View, search: str, order: str, request: gr.Request) -> Updates:
        """Return all of the page."""
        visitor = visitor_of(request)
        language = visitor.language
        may = visitors.may_change_documents(visitor)
        orders = gr.update(choices=[(word(f"sort_{name}", language), name) for name in ORDERS], value=ORDERS[0])
        drop = drop_html(language, upload_mb=self._services.upload_mb)
        note = "" if may else notice_html(word("reader_note", language))
        return gr.update(visible=may), drop, orders, note, *self._everything(visitor, view, search, ORDERS[0])

    def look(self, view: View, search: str, order: str, request: gr.Request) -> str:
        """Return the list for what is searched now."""
        return self._list(visitor_of(request), view, search, order)

    def _everything(self, visitor: Visitor, view: View, search: str, order: str) -> Updates:
        """Return header, collections to choose from, list and view."""
        status = self._status()
        collections = status.collections if status is not None else {}
        names = sorted({DEFAULT_COLLECTION, *(name for name in collections if name)})
        header = header_html(status, visitor.language, page="documents")
        return header, gr.update(choices=names), self._list(visitor, view, search, order), view

    def _status(self) -> Status | None:
        """Return what is loaded; None where the store cannot be read, which the list says."""
        try:
            return self._assistant.status()
        except StoreError:
            return None

    def _list(self, visitor: Visitor, view: View, search: str, order: str) -> str:
        shelf, language = self._assistant.shelf, visitor.language
        try:
            holdings = shelf.holdings()
            found = chosen(holdings, view, search=search[:LONGEST], order=_order(order))
            counted_now = shelf.counted(found[: view.rows], seconds=SECONDS_TO_COUNT)
            waiting = [one for one in shelf.waiting() if view.collection in (None, one.collection)]
        except StoreError as error:
            return notice_html(escape_html(mistake_in(error, language)), bad=True)
        counts: dict[str, int] = {}
        for one in holdings:
            counts[one.summary.collection] = counts.get(one.summary.collection, 0) + 1
        return list_html(
            [*counted_now, *found[view.rows :]],
            waiting,
            counts,
            view=view,
            language=language,
            may_change=visitors.may_change_documents(visitor),
            removable=lambda one: bool(one.source.origin),
            uploads=shelf.is_upload,
            added=sum(bool(one.source.origin) for one in holdings if one.summary.collection == view.collection),
        )

    # -- taking in

    def take(
        self, collection: str | None, view: View, search: str, order: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        """Take files in, and yield how far they have come; at the end, all that has changed."""
        visitor = visitor_of(request)
        shown = ""
        for shown in taking(
            event,
            services=self._services,
            visitor=visitor,
            collection=(collection or DEFAULT_COLLECTION)[:LONGEST],
            drawn=lambda report: report_html(report, visitor.language),
        ):
            yield shown, *[gr.skip()] * 4
        yield shown, *self._everything(visitor, view, search, order)

    # -- acting on what is listed

    def act(
        self, view: View, search: str, order: str, into: str | None, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:  # fmt: skip
        """Do what a button of the list, or of an opened document, wants."""
        visitor = visitor_of(request)
        do, name = sent_text(event, "do"), sent_text(event, "name")
        try:
            if do == "open":
                yield "", self._opened(visitor, name), *[gr.skip()] * 4
                return
            looks = {
                "all": View(),
                "collection": View(collection=name),
                "more": replace(view, rows=view.rows + ROWS),
            }
            if do in looks:
                yield "", "", *self._everything(visitor, looks[do], search, order)
                return
            visitors.check_may_change(visitor)
            yield notice_html(word("working", visitor.language)), "", *[gr.skip()] * 4
            value = sent_text(event, "value").strip()
            said = self._change(do, name, value, visitor.language)
        except RemedyError as error:
            said = escape_html(mistake_in(error, visitor.language))
            yield notice_html(said, bad=True), "", *self._everything(visitor, view, search, order)
            return
        after = {"remove_collection": View(), "rename_collection": View(collection=value)}.get(do, view)
        header, collections, *rest = self._everything(visitor, after, search, order)
        if do == "rename_collection" and into == name:  # what is brought next would make the old one anew
            collections["value"] = value
        yield notice_html(said), "", header, collections, *rest

    def _change(self, do: str, name: str, value: str, language: Language) -> str:
        """Change what is wanted, and say that it was done, as HTML."""
        shelf, wait = self._assistant.shelf, SECONDS_FOR_OTHERS
        if do == "remove":
            shelf.remove(name, wait=wait)
            return word("removed", language, name=name_html(name))
        if do == "remove_collection":
            count = shelf.remove_collection(name, wait=wait)
            return word("removed_collection", language, name=name_html(name), count=count)
        if do == "rename_collection":
            shelf.rename_collection(name, value, wait=wait)
            return word("renamed_collection", language, name=name_html(name), new=name_html(value))
        if do == "read":
            shelf.read_again(name, wait=wait)
            facts = shelf.facts(name)
            return word(
                "was_read_again",
                language,
                name=name_html(name),
                articles=counted("articles", language, facts.articles),
                repairs=counted("repairs", language, facts.repairs),
            )
        raise SourceError(f"There is no way to {do[:40]!r} a document.", "Load the page again.")

    def _opened(self, visitor: Visitor, name: str) -> str:
        shelf, language = self._assistant.shelf, visitor.language
        holding = shelf.holding(name)
        file = shelf.file_of(holding)
        buttons = ""
        if visitors.may_change_documents(visitor):
            shown = short_name(holding)
            question = word("confirm_read_again", language, name=shown)
            if file is not None:
                buttons += button_html("read", word("read_again", language), name=name, confirm=question)
            if holding.source.origin:
                key = "confirm_remove" if shelf.is_upload(holding) else "confirm_remove_elsewhere"
                question = word(key, language, name=shown)
                buttons += button_html("remove", word("remove_document", language), name=name, confirm=question)
        return opened_html(
            holding,
            self._assistant.account(name),
            language=language,
            source=self._source(holding, file, language, full=bool(buttons)),
            size=file.stat().st_size if file is not None and file.is_file() else None,
            buttons=buttons,
        )

    def _source(self, holding: Holding, file: Path | None, language: Language, *, full: bool) -> str:
        """Say where a document comes from; whole paths of this machine only to those who look after it."""
        if self._assistant.shelf.is_upload(holding):
            return word("from_upload", language)
        if holding.source.origin == STANDARD_INPUT:
            return word("from_input", language)
        if holding.source.origin or file is None:
            return word("from_file", language)
        root = str(file).removesuffix(f"/{short_name(holding)}")
        return word("from_folder", language, folder=name_html(root if full else Path(root).name))


def _order(order: object) -> Order:
    return next((known for known in ORDERS if known == order), ORDERS[0])
