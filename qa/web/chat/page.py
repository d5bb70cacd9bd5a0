"""The chat page, laid out: conversations on the left, questions in the middle, evidence on the right.

What happens when somebody does something is connected in `qa.web.chat.events`. Import after
`qa.web.environment.settle()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import gradio as gr

from qa.web.chat.bringing import connect_bringing
from qa.web.chat.events import connect
from qa.web.chat.narrowing import lay_out_filters
from qa.web.chat.parts import Parts
from qa.web.services import Services

_SCRIPTS = Path(__file__).parents[1] / "scripts"


def build_chat(services: Services, site: gr.Blocks, text: gr.I18n) -> None:
    """Lay out the chat in the site that is open, and connect it."""
    parts = _lay_out(services.assistant.status().examples, text)
    connect_bringing(services, parts)
    connect(services, site, parts)


def _lay_out(examples: Sequence[str], text: gr.I18n) -> Parts:
    header = gr.HTML(elem_id="wj-header", js_on_load=None)
    with gr.Row(elem_id="wj-main", equal_height=False):
        with gr.Column(scale=0, min_width=0, elem_id="wj-side"):
            side = _lay_out_side(text)
        with gr.Column(scale=6, min_width=320, elem_id="wj-left"):
            bar = gr.HTML(elem_id="wj-bar", js_on_load=None)
            chat = gr.Chatbot(
                label=text("conversation_label"),
                show_label=False,
                container=False,
                height="100%",
                elem_id="wj-chat",
                layout="bubble",
                buttons=[],
                editable="user",
                feedback_options=None,
                latex_delimiters=[],
                allow_tags=False,
                sanitize_html=True,
                render_markdown=False,
                group_consecutive_messages=False,
                autoscroll=False,  # `scripts/chat.js` shows an answer from its question on
                examples=[{"text": example} for example in examples],
            )
            notice = gr.HTML(elem_id="wj-notice", js_on_load=None)
            brought = gr.HTML(elem_id="wj-brought", js_on_load=_script("documents"))
            narrowing = gr.HTML(elem_id="wj-narrowing", js_on_load=_script("documents"))
            with gr.Row(elem_id="wj-ask"):
                clip = gr.HTML(elem_id="wj-clip", js_on_load=_script("bringing"))
                question = gr.Textbox(
                    placeholder=text("placeholder"),
                    label=text("question_label"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=8,
                    submit_btn=True,
                    stop_btn=False,
                    autofocus=True,
                    elem_id="wj-question",
                )
            filters = lay_out_filters(text)
        with gr.Column(scale=5, min_width=320, elem_id="wj-right"):
            evidence = gr.HTML(elem_id="wj-evidence", js_on_load=None)
    # What the scripts ask for, and what the page knows of its conversation: it outlives a restart of the server.
    with gr.Row(elem_id="wj-wires", visible="hidden"):
        conversation, seen, unasked, opening, doing, asking, panel = (
            gr.Textbox(elem_id=f"wj-{name}", container=False, show_label=False)
            for name in ("conversation", "seen", "unasked", "open-request", "request", "ask-request", "panel-request")
        )
    return Parts(
        header=header, head=side.head, search=side.search, listing=side.listing, bring=side.bring, bar=bar, chat=chat,
        notice=notice, brought=brought, clip=clip, question=question, narrowing=narrowing, filters=filters,
        evidence=evidence, conversation=conversation, seen=seen, unasked=unasked, opening=opening, doing=doing,
        asking=asking, panel=panel,
    )  # fmt: skip


def _script(name: str) -> str:
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Side:
    head: gr.HTML
    search: gr.Textbox
    listing: gr.HTML
    bring: gr.UploadButton


def _lay_out_side(text: gr.I18n) -> _Side:
    head = gr.HTML(elem_id="wj-side-head", js_on_load=None)
    search = gr.Textbox(
        label=text("find_conversation"),
        placeholder=text("find_conversation"),
        show_label=False,
        container=False,
        max_lines=1,
        elem_id="wj-find",
    )
    listing = gr.HTML(elem_id="wj-listing", js_on_load=None)
    label = cast(str, text("import"))  # it takes translated words, too, as its type does not say
    bring = gr.UploadButton(label, file_types=[".json"], size="sm", variant="secondary", elem_id="wj-import")
    return _Side(head, search, listing, bring)
