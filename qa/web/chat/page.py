"""The chat page: questions on the left, evidence on the right.

Lays out the page and moves values between it and the assistant; searches nothing, and makes no HTML of its own
(`qa.web.chat.bubble`, `qa.web.evidence.panel`). Import after `qa.web.environment.settle()`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.types import Status
from qa.web.chat.bubble import question_bubble
from qa.web.chat.narrowing import FilterRow, lay_out_filters, list_updates
from qa.web.chat.reply import Conversation, reply
from qa.web.chat.welcome import welcome_html
from qa.web.evidence.panel import empty_evidence_html
from qa.web.heading import header_html
from qa.web.limits import ANSWERS_AT_ONCE, SESSION_SECONDS
from qa.web.services import Services
from qa.web.words import Language, language_of

if TYPE_CHECKING:
    from qa.assistant import Assistant


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and write."""

    conversation: gr.State
    header: gr.HTML
    chat: gr.Chatbot
    question: gr.Textbox
    clear: gr.Button
    evidence: gr.HTML
    filters: FilterRow


def build_chat(services: Services, site: gr.Blocks, text: gr.I18n) -> None:
    """Lay out the chat in the site that is open, and connect it."""
    assistant = services.assistant
    _connect(assistant, site, _lay_out(assistant.status(), text))


def _lay_out(status: Status, text: gr.I18n) -> _Parts:
    conversation = gr.State(Conversation(), time_to_live=SESSION_SECONDS)
    header = gr.HTML(elem_id="wj-header", js_on_load=None)
    with gr.Row(elem_id="wj-main", equal_height=False):
        with gr.Column(scale=6, min_width=320, elem_id="wj-left"):
            chat = gr.Chatbot(
                show_label=False,
                container=False,
                height="100%",
                elem_id="wj-chat",
                layout="bubble",
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                allow_tags=False,
                sanitize_html=True,
                group_consecutive_messages=False,
                examples=[{"text": example} for example in status.examples],
            )
            with gr.Row(elem_id="wj-ask", equal_height=False):
                question = gr.Textbox(
                    placeholder=text("placeholder"),
                    label=text("question_label"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=5,
                    submit_btn=True,
                    autofocus=True,
                    elem_id="wj-question",
                    scale=8,
                )
                clear = gr.Button(text("clear"), size="sm", min_width=90, scale=0, elem_id="wj-clear")
            filters = lay_out_filters(text)
        with gr.Column(scale=5, min_width=320, elem_id="wj-right"):
            evidence = gr.HTML(elem_id="wj-evidence", js_on_load=None)
    return _Parts(conversation, header, chat, question, clear, evidence, filters)


def _connect(assistant: "Assistant", page: gr.Blocks, parts: _Parts) -> None:
    """Connect what the reader does with what happens; none of it is listed as an endpoint."""

    def load(request: gr.Request) -> tuple[Any, ...]:
        language = _language(request)
        status = assistant.status()
        welcome = gr.update(placeholder=welcome_html(status, language))
        return header_html(status, language), empty_evidence_html(language), welcome, *list_updates(assistant)

    def answer(
        question: str, state: Conversation, row: Sequence[object], request: gr.Request, *, alone: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        state.say("user", question_bubble(question))
        yield "", state, state.bubbles, gr.skip()
        language = _language(request)
        replied = reply(assistant, question, state, language=language, alone=alone, row=row)
        state.say("assistant", replied.bubble, choices=replied.choices)
        state.keep_panel(replied.panel)
        yield "", state, state.bubbles, replied.panel

    def reply_to(request: gr.Request, typed: str, state: Conversation, *row: object) -> Iterator[tuple[Any, ...]]:
        yield from answer(typed, state, row, request)

    def reply_to_example(
        request: gr.Request, example: gr.SelectData, state: Conversation, *row: object
    ) -> Iterator[tuple[Any, ...]]:
        yield from answer(str(example.value["text"]), state, row, request)

    def reply_alone(
        request: gr.Request, option: gr.SelectData, state: Conversation, *row: object
    ) -> Iterator[tuple[Any, ...]]:
        yield from answer(str(option.value), state, row, request, alone=True)

    def show_again(state: Conversation, clicked: gr.SelectData) -> str | dict[str, Any]:
        return state.panels.get(_bubble_number(clicked.index)) or gr.skip()

    def start_again(request: gr.Request) -> tuple[str, Conversation, list[dict[str, Any]], str]:
        return "", Conversation(), [], empty_evidence_html(_language(request))

    quick: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
    answering: dict[str, Any] = {
        "api_visibility": "private",
        "concurrency_limit": ANSWERS_AT_ONCE,
        "concurrency_id": "answers",
        "trigger_mode": "once",
        "show_progress": "hidden",
    }
    shown = [parts.question, parts.conversation, parts.chat, parts.evidence]
    row = parts.filters.inputs
    page.load(load, None, [parts.header, parts.evidence, parts.chat, *parts.filters.lists], **quick)
    parts.question.submit(reply_to, [parts.question, parts.conversation, *row], shown, **answering)
    parts.chat.example_select(reply_to_example, [parts.conversation, *row], shown, **answering)
    parts.chat.option_select(reply_alone, [parts.conversation, *row], shown, **answering)
    parts.chat.select(show_again, parts.conversation, parts.evidence, **quick)
    parts.chat.clear(start_again, None, shown, **quick)
    parts.clear.click(start_again, None, shown, **quick)


def _bubble_number(index: object) -> int:
    """Return the number of a clicked bubble; the chat reports it alone or with a place inside the bubble."""
    first = index[0] if isinstance(index, list | tuple) and index else index
    return first if isinstance(first, int) else -1


def _language(request: gr.Request) -> Language:
    return language_of(request.headers.get("accept-language"))
