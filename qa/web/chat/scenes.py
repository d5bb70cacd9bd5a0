"""Scenes: what the parts of the page show for a conversation, and while a question of it is answered.

A scene is a value for each of some parts by their name in `Parts`. Scenes are made from kept conversations and work
under way; nothing is answered here, and no component is known but by name.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.chat.turns import Conversation, Turn
from qa.errors import RemedyError
from qa.types import Answer
from qa.web.api.calls import count_if_left, counted
from qa.web.chat.answering import Asked, Shelf, answering
from qa.web.chat.listing import bar_html, list_html, notice_html
from qa.web.chat.messages import messages, with_work
from qa.web.chat.panels import panel_of
from qa.web.chat.work import Desk, Step, Work
from qa.web.services import Services
from qa.web.telling import for_visitor
from qa.web.words import Language, word

Scene = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """Who looks at what.

    Attributes:
        services: What the chat works with.
        desk: Where questions are under way.
        shelf: The visitor's conversations.
        language: To write in.
    """

    services: Services
    desk: Desk
    shelf: Shelf
    language: Language


def seen_of(conversation: Conversation | None) -> str:
    """Return how many turns of which revision are shown, to be sent back with an edit."""
    return f"{len(conversation.turns)}:{conversation.revision}" if conversation is not None else "0:0"


def read_seen(text: str) -> tuple[int, int]:
    """Return the number of turns and the revision of `seen_of`; what is not of this form has seen nothing."""
    turns, _, revision = text.partition(":")
    return (int(turns), int(revision)) if turns.isdecimal() and revision.isdecimal() else (0, 0)


def notice(error: RemedyError, language: Language) -> str:
    """Return a mistake as a line above the question box."""
    return notice_html(for_visitor(error, language))


def whole(view: View, conversation_id: str, *, unkept: Sequence[Turn] = ()) -> Scene:
    """Return all that the page shows of a conversation; of a new one where there is none of this id.

    Args:
        view: Who looks.
        conversation_id: Which.
        unkept: Turns to show besides that could not be kept.
    """
    conversation = view.shelf.read(conversation_id)
    turns = [*(conversation.turns if conversation is not None else ()), *unkept]
    return {
        "conversation": conversation_id if turns else "",
        "seen": seen_of(conversation),
        "bar": bar_html(conversation, view.language),
        "chat": messages(turns, language=view.language),
        "evidence": panel_of(view.services.assistant, turns[-1] if turns else None, view.language),
    }


def listing(view: View, conversation_id: str, *, words: str = "") -> Scene:
    """Return the list of conversations, of those with some words alone."""
    summaries = view.shelf.store.listed(view.shelf.owner, words=words)
    shown = list_html(summaries, open_one=conversation_id, language=view.language, searched=bool(words.strip()))
    return {"listing": shown}


def ready() -> Scene:
    """Return a question box that waits for a question; what is typed in it stays."""
    return {"question": gr.update(submit_btn=True, stop_btn=False)}


async def ask(view: View, asked: Asked) -> AsyncIterator[Scene]:
    """Ask a question and yield what is shown as its stages begin, up to its answer."""
    try:
        with counted(view.services, "chat"):
            work = view.desk.start(
                (view.shelf.owner, asked.conversation),
                asked.question,
                answering(view.services, view.shelf, asked),
                replaces=asked.replaces,
            )
    except RemedyError as error:
        yield {"notice": notice(error, view.language), "unasked": asked.question}
        return
    if work.pending is not None:
        count_if_left(view.services, "chat", work.pending)
    emptied = gr.update(value="", submit_btn=False, stop_btn=True)
    yield {"conversation": asked.conversation, "question": emptied, "notice": ""}  # together: it can be stopped at once
    async for scene in watch(view, asked.conversation, work):
        yield scene


async def watch(view: View, conversation_id: str, work: Work) -> AsyncIterator[Scene]:
    """Yield what is shown while a question is under way, then what came of it; ends when it has ended."""
    yield {"conversation": conversation_id, "question": gr.update(submit_btn=False, stop_btn=True)}
    step, cited = work.step, None
    async for step in work.steps():
        if step.ended:
            break
        yield await asyncio.to_thread(_under_way, view, conversation_id, work)
        if step.so_far is not None and step.so_far.all_citations != cited:
            cited = step.so_far.all_citations
            yield await asyncio.to_thread(_proof_so_far, view, conversation_id, work, step.so_far)
    for scene in await asyncio.to_thread(_ended, view, conversation_id, work, step):
        yield scene


def _under_way(view: View, conversation_id: str, work: Work) -> Scene:
    conversation = view.shelf.read(conversation_id)
    turns = conversation.turns if conversation is not None else ()
    works = view.desk.under_way((view.shelf.owner, conversation_id)) or (work,)
    steps = [(one, one.step) for one in works]
    return {"chat": with_work(turns, steps, language=view.language)}


def _proof_so_far(view: View, conversation_id: str, work: Work, answer: Answer) -> Scene:
    """Return the evidence of an answer that a language model still writes about."""
    conversation = view.shelf.read(conversation_id)
    number = work.replaces or len(conversation.turns if conversation is not None else ()) + 1
    turn = Turn(number, work.question, "", answer)
    return {"evidence": panel_of(view.services.assistant, turn, view.language)}


def _ended(view: View, conversation_id: str, work: Work, step: Step) -> list[Scene]:
    if step.outcome is None:
        said = word("stopped" if step.stopped else "unasked", view.language)
        told = notice(step.mistake, view.language) if step.mistake is not None else notice_html(said)
        scene = whole(view, conversation_id) | {"notice": told, "unasked": work.question}
        return [scene | ready()]
    unkept = step.outcome.unkept
    scene = whole(view, conversation_id, unkept=[step.outcome.turn] if unkept is not None else ())
    if unkept is not None:
        scene |= {"notice": notice(unkept, view.language)}
    return [scene | listing(view, conversation_id) | {"search": ""} | ready()]
