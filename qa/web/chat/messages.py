"""What the chat component shows of a conversation: a question and its bubble for each turn, and what is under way."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from qa.chat.turns import Turn
from qa.escape import clean
from qa.web.chat.bubble import turn_bubble, work_bubble
from qa.web.chat.work import Step, Work
from qa.web.words import Language, word

Message = dict[str, Any]


def messages(turns: Sequence[Turn], *, language: Language, more: Mapping[int, str] | None = None) -> list[Message]:
    """Return the messages of turns, two for each.

    Args:
        turns: In order.
        language: Of our own words.
        more: HTML that goes below the answers of turns with these numbers.
    """
    shown: list[Message] = []
    for turn in turns:
        below = (more or {}).get(turn.number, "")
        question = word("lost_question", language) if turn.damaged else turn.question
        shown += [_question(question), _said(turn_bubble(turn, language=language, more=below))]
    return shown


def with_work(
    turns: Sequence[Turn], works: Sequence[tuple[Work, Step]], *, language: Language
) -> list[Message]:  # fmt: skip
    """Return the messages of turns and of the questions under way, which may stand in the place of some turns."""
    kept = min((work.replaces - 1 for work, _ in works if work.replaces is not None), default=len(turns))
    shown = messages(turns[:kept], language=language)
    for number, (work, step) in enumerate(works, start=kept + 1):
        shown += [_question(work.question), _said(work_bubble(step, number=number, language=language))]
    return shown


def turn_of_message(index: object) -> int:
    """Return the number of the turn that a message belongs to; the chat reports its place alone or in a list."""
    first = index[0] if isinstance(index, list | tuple) and index else index
    return first // 2 + 1 if isinstance(first, int) and first >= 0 else 0


def _question(question: str) -> Message:
    # With Markdown switched off, Gradio 6.31 still shows tags as HTML; the script unescapes what is edited.
    return {"role": "user", "content": html.escape(clean(question), quote=False)}


def _said(bubble: str) -> Message:
    return {"role": "assistant", "content": gr.HTML(bubble)}
