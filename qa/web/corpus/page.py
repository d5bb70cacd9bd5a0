"""The corpus page: an overview to look at. Lays it out and connects it; what it shows is made in its neighbours."""

from pathlib import Path
from typing import Any

import gradio as gr

from qa.web.corpus.events import Desk
from qa.web.services import Services

_SCRIPT = Path(__file__).parents[1] / "scripts" / "corpus.js"


def build_corpus(services: Services, page: gr.Blocks) -> None:
    """Lay out the page in the route that is open, and connect it."""
    desk = Desk(services)
    header = gr.HTML(elem_id="wj-header", js_on_load=None)
    with gr.Column(elem_id="wj-overview"):
        top = gr.HTML(elem_id="wj-corpus-top", js_on_load=None)
        topics = gr.HTML(elem_id="wj-corpus-map", js_on_load=_SCRIPT.read_text(encoding="utf-8"))
        figures = gr.HTML(elem_id="wj-corpus-figures", js_on_load=None)
        checks = gr.HTML(elem_id="wj-corpus-checks", js_on_load=None)
    drawn = gr.State(False)
    quick: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
    slow: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": None, "show_progress": "hidden"}
    shown = page.load(desk.load, None, [header, top, topics, figures, checks, drawn], **quick)
    shown.then(desk.draw, drawn, topics, **slow)  # apart from the rest, which goes on while somebody is on the map
    shown.then(desk.follow, None, [figures, checks], **slow)
