"""What happens on the chat page: events of its components are connected with scenes.

Reads who asks and what is chosen from the request, hands both on, and turns scenes into updates. Handlers hold no
thread while a question is answered, and share no queue with it, so no reader waits for another one's answer but in
the row of `Answering`.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import gradio as gr
from gradio.utils import get_upload_folder

from qa.chat.room import Full, Limits
from qa.chat.store import ConversationStore
from qa.chat.turns import Turn
from qa.errors import RemedyError, StoreError
from qa.web.chat.addressed import filters_from_query
from qa.web.chat.answering import Asked, Shelf
from qa.web.chat.bringing import clip_of
from qa.web.chat.changes import bring, change
from qa.web.chat.listing import new_html, notice_html
from qa.web.chat.messages import messages, turn_of_message
from qa.web.chat.narrowing import chips_html, filters_in, row_updates
from qa.web.chat.panels import panel_of
from qa.web.chat.parts import Parts
from qa.web.chat.requests import read_wish
from qa.web.chat.scenes import Scene, View, ask, listing, notice, read_seen, ready, watch, whole
from qa.web.chat.suggesting import Suggestions, better_html
from qa.web.chat.welcome import welcome_html
from qa.web.chat.work import Desk
from qa.web.documents.incoming import discard, is_inside
from qa.web.evidence.opened import permalink_html
from qa.web.heading import header_html
from qa.web.limits import PASSING_CONVERSATIONS
from qa.web.services import Services
from qa.web.visitor import visitor_of
from qa.web.words import word

if TYPE_CHECKING:
    from gradio.events import Dependency

Updates = dict[Any, Any]

_OF_PASSING = Limits(of_owner=50, conversations=PASSING_CONVERSATIONS, megabytes=200, when_full=Full.FORGET_ANY)
_CLOSE_DRAWER = "() => { document.dispatchEvent(new CustomEvent('wj-drawer-close')); return []; }"
_TELL_ASKED = "(...all) => { document.dispatchEvent(new CustomEvent('wj-asked')); return all; }"
_TELL_ADDRESS = "id => { document.dispatchEvent(new CustomEvent('wj-conversation', { detail: id })); return []; }"


def connect(services: Services, site: gr.Blocks, parts: Parts) -> None:
    """Connect what the reader does with what happens; none of it is listed as an endpoint."""
    handlers = _Handlers(services, parts)
    quick: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
    asking: dict[str, Any] = {
        "api_visibility": "private",
        "concurrency_limit": None,
        "trigger_mode": "once",
        "show_progress": "hidden",
    }
    by_hand: dict[str, Any] = asking | {"js": _TELL_ASKED}
    aside: dict[str, Any] = {"api_visibility": "private", "concurrency_limit": None, "show_progress": "hidden"}
    everything = parts.all
    here = [parts.conversation, parts.seen]
    row = parts.filters.inputs

    loaded = site.load(handlers.load, None, [*everything, *parts.filters.parts], **quick)
    followed = loaded.then(handlers.follow, [parts.conversation, parts.question], everything, **asking)
    followed.then(handlers.suggest, parts.conversation, parts.chat, **aside)
    asked: list[dict[str, Any]] = [
        parts.question.submit(handlers.submit, [parts.question, parts.conversation, *row], everything, **by_hand),
        parts.chat.example_select(handlers.example, [parts.conversation, *row], everything, **by_hand),
        parts.asking.change(handlers.wished, [parts.asking, parts.conversation, *row], everything, **by_hand),
        parts.chat.edit(handlers.edit, [*here, *row], everything, **by_hand),
        parts.chat.retry(handlers.retry, here, everything, **by_hand),
    ]
    following: list[dict[str, Any]] = []
    for event in asked:
        ended = cast("Dependency", event)
        ended.then(handlers.put_back, [parts.question, parts.unasked], [parts.question, parts.unasked], **quick)
        following.append(ended.then(handlers.suggest, parts.conversation, parts.chat, **aside))
    parts.conversation.change(None, parts.conversation, None, js=_TELL_ADDRESS, **quick)
    parts.question.stop(handlers.stop, parts.conversation, None, **quick)
    opened = parts.opening.change(
        handlers.open, parts.opening, everything, cancels=[*asked, *following, followed], **quick
    )
    went_on = opened.then(handlers.follow, [parts.conversation, parts.question], everything, **asking)
    went_on.then(handlers.suggest, parts.conversation, parts.chat, **aside)
    parts.doing.change(handlers.do, [parts.doing, parts.conversation], everything, **quick)
    brought = parts.bring.upload(handlers.bring, parts.bring, everything, **quick)
    brought.then(None, js=_CLOSE_DRAWER, **quick)  # on a phone it covers what was brought, or why it was not
    for chosen in row:
        chosen.change(handlers.narrow, row, parts.narrowing, **quick)
    parts.search.change(handlers.search, [parts.search, parts.conversation], parts.listing, **quick)
    parts.panel.change(handlers.show_panel, [parts.panel, parts.conversation], [parts.evidence, parts.panel], **quick)


class _Handlers:
    """One method for each event; what a method returns is a value for each of some components."""

    def __init__(self, services: Services, parts: Parts) -> None:
        self._services = services
        self._parts = parts
        self._desk = Desk(services.answering)
        self._suggestions = Suggestions(services)
        self._passing = ConversationStore.in_memory(_OF_PASSING)  # of browsers that take no cookies

    # -- the page

    def load(self, request: gr.Request) -> Updates:
        """Fill the page for the conversation in its address."""
        view = self._view(request)
        language = view.language
        wanted = str(request.query_params.get("c", ""))
        updates: Updates = {}
        lasting = "" if self._services.conversations.lasting else word("not_lasting", language)
        told = lasting if visitor_of(request).owner else word("not_kept", language)
        clip = clip_of(self._services, visitor_of(request))
        scene: Scene = {"head": new_html(language), "notice": notice_html(told), "clip": clip}
        try:
            scene |= whole(view, wanted) | listing(view, wanted)
            if wanted and not scene["conversation"] and not view.desk.under_way((view.shelf.owner, wanted)):
                scene["notice"] = notice_html(word("gone", language))
            elif wanted:
                scene["conversation"] = wanted
        except RemedyError as error:
            scene |= {"notice": notice(error, language)}
        try:
            scene["header"] = header_html(None, language)
            status = self._services.assistant.status()
            scene["header"] = header_html(status, language)
            updates[self._parts.chat] = gr.update(
                value=scene.pop("chat", []), placeholder=welcome_html(status, language, may_bring=bool(clip))
            )
        except RemedyError as error:
            scene |= {"notice": notice(error, language)}
        try:
            opened = permalink_html(self._services.assistant, request.query_params, language=language)
        except StoreError:  # said above the question already
            opened = None
        if opened is not None:
            scene["evidence"] = opened
        if asked := str(request.query_params.get("ask", "")):
            scene["question"] = asked
        row = row_updates(self._services.assistant, filters_from_query(request.query_params))
        return self._updates(scene) | updates | dict(zip(self._parts.filters.parts, row, strict=True))

    async def follow(self, request: gr.Request, conversation_id: str, typed: str) -> AsyncIterator[Updates]:
        """Go on showing what is under way in a conversation that was just opened, and ask what the address asks."""
        view = self._view(request)
        if request.query_params.get("ask") and typed and not conversation_id:
            async for updates in self._ask(view, typed, conversation_id):
                yield updates
            return
        works = view.desk.under_way((view.shelf.owner, conversation_id)) if conversation_id else ()
        if works:
            async for scene in watch(view, conversation_id, works[-1]):
                yield self._updates(scene)
        else:
            yield self._updates({})

    def open(self, request: gr.Request, sent: str) -> Updates:
        """Show another conversation, or a new one for the empty id."""
        view, wish = self._view(request), read_wish(sent)
        if wish.does != "open":
            return self._updates({})
        conversation_id = wish.value
        try:
            scene = whole(view, conversation_id) | listing(view, conversation_id) | {"notice": "", "search": ""}
        except RemedyError as error:
            return self._updates({"notice": notice(error, view.language)})
        if conversation_id and not scene["conversation"]:
            if view.desk.under_way((view.shelf.owner, conversation_id)):
                scene["conversation"] = conversation_id
            else:
                scene["notice"] = notice_html(word("gone", view.language))
        return self._updates(scene | ready())

    # -- questions

    async def submit(
        self, request: gr.Request, typed: str, conversation_id: str, *row: object
    ) -> AsyncIterator[Updates]:
        """Ask what was typed."""
        async for updates in self._ask(self._view(request), typed, conversation_id, row=row):
            yield updates

    async def example(
        self, request: gr.Request, example: gr.SelectData, conversation_id: str, *row: object
    ) -> AsyncIterator[Updates]:
        """Ask an example."""
        async for updates in self._ask(self._view(request), str(example.value["text"]), conversation_id, row=row):
            yield updates

    async def wished(
        self, request: gr.Request, sent: str, conversation_id: str, *row: object
    ) -> AsyncIterator[Updates]:
        """Ask what a button in a bubble asks: a question of its own, or that of a turn without those before it."""
        view, wish = self._view(request), read_wish(sent)
        question = wish.value
        if wish.does == "alone":
            question = await asyncio.to_thread(_question_of, view, conversation_id, wish.turn)
        if not question:
            yield self._updates({})
            return
        async for updates in self._ask(view, question, conversation_id, row=row, alone=wish.does == "alone"):
            yield updates

    async def edit(
        self, request: gr.Request, edited: gr.EditData, conversation_id: str, seen: str, *row: object
    ) -> AsyncIterator[Updates]:
        """Ask a question in place of an earlier one and of all that followed it."""
        number = turn_of_message(edited.index)
        async for updates in self._ask(
            self._view(request), str(edited.value), conversation_id, row=row, replaces=number, seen=seen
        ):
            yield updates

    async def retry(
        self, request: gr.Request, retried: gr.RetryData, conversation_id: str, seen: str
    ) -> AsyncIterator[Updates]:
        """Ask the last question again, as it was asked."""
        view, number = self._view(request), turn_of_message(retried.index)
        conversation = await asyncio.to_thread(view.shelf.read, conversation_id)
        turns = conversation.turns if conversation is not None else ()
        if not 1 <= number <= len(turns):
            yield self._updates({})
            return
        turn = turns[number - 1]
        turns_seen, revision = read_seen(seen)
        asked = Asked(
            conversation_id, turn.question, alone=turn.alone, filters=turn.filters, replaces=number, seen=turns_seen,
            revision=revision,
        )  # fmt: skip
        async for scene in ask(view, asked):
            yield self._updates(scene)

    def stop(self, request: gr.Request, conversation_id: str) -> None:
        """End what is under way in a conversation."""
        view = self._view(request)
        for work in view.desk.under_way((view.shelf.owner, conversation_id)):
            work.stop()

    def put_back(self, typed: str, unasked: str) -> tuple[Any, str]:
        """Put a question that was not answered back into the box, unless the next one is being typed there."""
        return (gr.skip() if typed.strip() or not unasked else unasked), ""

    async def _ask(
        self,
        view: View,
        question: str,
        conversation_id: str,
        *,
        row: Sequence[object] = (),
        alone: bool = False,
        replaces: int | None = None,
        seen: str = "",
    ) -> AsyncIterator[Updates]:
        turns_seen, revision = read_seen(seen)
        try:
            asked = Asked(
                conversation_id or view.shelf.store.begin(view.shelf.owner).id, question, alone=alone,
                filters=filters_in(row), replaces=replaces, seen=turns_seen, revision=revision,
            )  # fmt: skip
        except RemedyError as error:  # of the filters; the chat shows an edited question already
            scene = await asyncio.to_thread(whole, view, conversation_id) if replaces is not None else {}
            yield self._updates(scene | {"notice": notice(error, view.language)})
            return
        async for scene in ask(view, asked):
            yield self._updates(scene)

    async def suggest(self, request: gr.Request, conversation_id: str) -> Any:  # noqa: ANN401 (an update)
        """Put better questions below the last answer where it was none, unless the next question is asked already."""
        view = self._view(request)
        line = (view.shelf.owner, conversation_id)
        turn = await asyncio.to_thread(_last_turn, view, conversation_id)
        questions = await self._suggestions.to(turn) if turn is not None else ()
        conversation = await asyncio.to_thread(view.shelf.read, conversation_id) if questions else None
        if turn is None or conversation is None or conversation.turns[-1] != turn or view.desk.under_way(line):
            return gr.skip()
        more = {turn.number: better_html(questions, view.language)}
        return messages(conversation.turns, language=view.language, more=more)

    # -- the rest

    def do(self, request: gr.Request, sent: str, conversation_id: str) -> Updates:
        """Change what the reader wishes changed about a conversation."""
        return self._updates(change(self._view(request), conversation_id, read_wish(sent)))

    def bring(self, request: gr.Request, path: str) -> Updates:
        """Take in an exported conversation, and forget the file."""
        folder, file = Path(get_upload_folder()), Path(path)
        try:
            scene = bring(self._view(request), file) if is_inside(folder, file) else {}
        finally:
            discard(folder, file)
        return self._updates(scene)

    def search(self, request: gr.Request, words: str, conversation_id: str) -> Any:  # noqa: ANN401 (an update)
        """Return the list of the conversations with some words."""
        try:
            return listing(self._view(request), conversation_id, words=words)["listing"]
        except RemedyError:
            return gr.skip()

    def narrow(self, request: gr.Request, *row: object) -> str:
        """Show the filters that are on."""
        return chips_html(row, self._view(request).language)

    def show_panel(self, request: gr.Request, sent: str, conversation_id: str) -> tuple[Any, Any]:
        """Return the evidence of an earlier turn, and empty the wire, so that the same one can be asked for again."""
        view = self._view(request)
        if not sent:
            return gr.skip(), gr.skip()
        try:
            conversation = view.shelf.read(conversation_id)
        except RemedyError:
            return gr.skip(), ""
        turns = conversation.turns if conversation is not None else ()
        turn = next((turn for turn in turns if str(turn.number) == sent), None)
        return (gr.skip() if turn is None else panel_of(view.services.assistant, turn, view.language)), ""

    def _view(self, request: gr.Request) -> View:
        visitor = visitor_of(request)
        kept, passing = self._services.conversations, self._passing
        shelf = Shelf(kept, visitor.owner) if visitor.owner else Shelf(passing, f"tab {request.session_hash}")
        return View(self._services, self._desk, shelf, visitor.language)

    def _updates(self, scene: Scene) -> Updates:
        if not scene:  # Gradio takes no empty dictionary
            return {self._parts.notice: gr.skip()}
        return {getattr(self._parts, name): value for name, value in scene.items()}


def _last_turn(view: View, conversation_id: str) -> Turn | None:
    """Return the last turn of a conversation; None where there is none, or the file cannot be read."""
    try:
        conversation = view.shelf.read(conversation_id)
    except RemedyError:
        return None
    return conversation.turns[-1] if conversation is not None and conversation.turns else None


def _question_of(view: View, conversation_id: str, number: int) -> str:
    conversation = view.shelf.read(conversation_id)
    turns = conversation.turns if conversation is not None else ()
    return next((turn.question for turn in turns if turn.number == number), "")
