"""The documents page: bring files on the left, see and look after what the store holds on the right.

Lays out the page and connects it; what happens is in `qa.web.documents.events`, the HTML in its neighbours.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa.web.documents.events import Desk
from qa.web.documents.listing import ORDERS, View
from qa.web.documents.report import DEFAULT_COLLECTION
from qa.web.documents.taking import TELL_TAKEN
from qa.web.limits import CHANGES_AT_ONCE, SESSION_SECONDS
from qa.web.services import Services

_SCRIPTS = Path(__file__).parents[1] / "scripts"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write."""

    header: gr.HTML
    add: gr.Column
    drop: gr.HTML
    collection: gr.Dropdown
    report: gr.HTML
    search: gr.Textbox
    order: gr.Dropdown
    notice: gr.HTML
    documents: gr.HTML
    opened: gr.HTML
    view: gr.State


def build_documents(services: Services, page: gr.Blocks, text: gr.I18n) -> None:
    """Lay out the page in the route that is open, and connect it."""
    _connect(Desk(services), page, _lay_out(text))


def _lay_out(text: gr.I18n) -> _Parts:
    view = gr.State(View(), time_to_live=SESSION_SECONDS)
    header = gr.HTML(elem_id="wj-header", js_on_load=None)
    with gr.Row(elem_id="wj-shelf", equal_height=False):
        with gr.Column(scale=3, min_width=280, elem_id="wj-shelf-add", visible=False) as add:
            brings = (_SCRIPTS / "bringing.js").read_text(encoding="utf-8")
            drop = gr.HTML(elem_id="wj-bring", js_on_load=brings)
            collection = gr.Dropdown(
                label=text("into_collection"), info=text("into_info"), choices=[DEFAULT_COLLECTION],
                value=DEFAULT_COLLECTION, allow_custom_value=True, elem_id="wj-into",
            )  # fmt: skip
            report = gr.HTML(elem_id="wj-report", js_on_load=None)
        with gr.Column(scale=8, min_width=320, elem_id="wj-shelf-list"):
            with gr.Row(elem_id="wj-shelf-find", equal_height=True):
                search = gr.Textbox(label=text("search_documents"), max_lines=1, scale=3, elem_id="wj-shelf-search")
                order = gr.Dropdown(
                    label=text("sort_documents"), choices=list(ORDERS),
                    value=ORDERS[0], filterable=False, scale=1, min_width=140, elem_id="wj-shelf-order",
                )  # fmt: skip
            notice = gr.HTML(elem_id="wj-outcome", js_on_load=None)
            acts = (_SCRIPTS / "documents.js").read_text(encoding="utf-8")
            documents = gr.HTML(elem_id="wj-documents", js_on_load=acts)
            opened = gr.HTML(elem_id="wj-opened", js_on_load=acts)
    return _Parts(header, add, drop, collection, report, search, order, notice, documents, opened, view)


def _connect(desk: Desk, page: gr.Blocks, parts: _Parts) -> None:
    """Connect what a visitor does with what happens; none of it is listed as an endpoint."""
    quick: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
    working: dict[str, Any] = {
        "api_visibility": "private",
        "concurrency_limit": CHANGES_AT_ONCE,
        "concurrency_id": "documents",
        "show_progress": "hidden",
    }
    looking = [parts.view, parts.search, parts.order]
    everything = [parts.header, parts.collection, parts.documents, parts.view]
    page.load(desk.load, looking, [parts.add, parts.drop, parts.order, parts.notice, *everything], **quick)
    brought = parts.drop.upload(desk.take, [parts.collection, *looking], [parts.report, *everything], **working)
    brought.then(None, js=TELL_TAKEN, **quick)
    for component in (parts.documents, parts.opened):
        component.click(desk.act, [*looking, parts.collection], [parts.notice, parts.opened, *everything], **working)
    parts.search.change(desk.look, looking, parts.documents, trigger_mode="always_last", **quick)
    parts.order.input(desk.look, looking, parts.documents, trigger_mode="always_last", **quick)
