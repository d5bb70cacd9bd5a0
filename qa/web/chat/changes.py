"""What a reader changes about a conversation without asking: its title, that it is there, what is said of answers."""

from collections.abc import Callable, Mapping
from pathlib import Path

from qa.chat.importing import imported
from qa.chat.proving import proved_again
from qa.errors import RemedyError
from qa.web.chat.listing import bar_html, notice_html
from qa.web.chat.requests import Wish
from qa.web.chat.scenes import Scene, View, listing, notice, ready, whole
from qa.web.words import word


def change(view: View, conversation_id: str, wish: Wish) -> Scene:
    """Do what is wished and return what the page shows then; a mistake is told above the question box."""
    action = _ACTIONS.get(wish.does)
    if action is None:
        return {}
    try:
        return {"notice": ""} | action(view, conversation_id, wish)
    except RemedyError as error:
        return {"notice": notice(error, view.language)}


def bring(view: View, path: Path) -> Scene:
    """Take in a conversation from a file that Wenju exported, with what the documents here still prove, and open it."""
    try:
        conversation = imported(path.read_bytes(), view.shelf.owner)
        kept = view.shelf.store.keep(proved_again(conversation, view.services.assistant.article))
    except RemedyError as error:
        return {"notice": notice(error, view.language)}
    told = notice_html(word("imported", view.language, title=kept.title))
    return whole(view, kept.id) | listing(view, kept.id) | {"search": "", "notice": told} | ready()


def _rename(view: View, conversation_id: str, wish: Wish) -> Scene:
    view.shelf.store.rename(view.shelf.owner, conversation_id, wish.value)
    conversation = view.shelf.read(conversation_id)
    return {"bar": bar_html(conversation, view.language)} | listing(view, conversation_id)


def _delete(view: View, conversation_id: str, _: Wish) -> Scene:
    conversation = view.shelf.read(conversation_id)
    view.shelf.store.delete(view.shelf.owner, conversation_id)
    title = conversation.title if conversation is not None else ""
    told = notice_html(word("deleted", view.language, title=title))
    return whole(view, "") | listing(view, "") | ready() | {"notice": told}


def _rate(view: View, conversation_id: str, wish: Wish) -> Scene:
    """Store a thumb or a note and keep the other one."""
    conversation = view.shelf.store.read(view.shelf.owner, conversation_id)
    turn = next((turn for turn in conversation.turns if turn.number == wish.turn), None)
    rating, note = (turn.rating, turn.note) if turn is not None else (0, "")
    if wish.does == "note":
        note = wish.value
    else:
        rating = {"up": 1, "down": -1}.get(wish.does, 0)
    view.shelf.store.rate(view.shelf.owner, conversation_id, wish.turn, rating, note)
    return {}


_ACTIONS: Mapping[str, Callable[[View, str, Wish], Scene]] = {
    "rename": _rename,
    "delete": _delete,
    "up": _rate,
    "down": _rate,
    "unrate": _rate,
    "note": _rate,
}
