"""The list of conversations and the bar above the chat, as HTML; what a click does is in `scripts/chat.js`.

Links work without the script, too. Every title goes through `escape_html`.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from qa.chat.turns import Conversation, ConversationSummary
from qa.escape import escape_html
from qa.web.heading import current
from qa.web.words import Language, counted, word

EXPORTS = ("md", "json", "html")

_LINES = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14"/></svg>'
_DOTS = (
    '<svg viewBox="0 0 20 20" aria-hidden="true" class="wj-filled"><circle cx="4" cy="10" r="1.6"/>'
    '<circle cx="10" cy="10" r="1.6"/><circle cx="16" cy="10" r="1.6"/></svg>'
)


def address_of(conversation: str) -> str:
    """Return the address of the page that shows a conversation; of a new one for the empty id."""
    return f"/?c={quote(conversation)}" if conversation else "/"


def list_html(
    summaries: Sequence[ConversationSummary], *, open_one: str, language: Language, searched: bool = False
) -> str:
    """Return the conversations as links.

    Args:
        summaries: In the order shown.
        open_one: Id of the one that is open; empty for a new one.
        language: Of our own words.
        searched: They are what a search left over.
    """
    if not summaries:
        empty = word("no_conversation_found" if searched else "no_conversations", language)
        return f'<p class="wj-list-empty">{empty}</p>'
    items = "".join(_item(summary, summary.id == open_one, language) for summary in summaries)
    return f'<nav class="wj-list" aria-label="{word("conversations", language)}"><ul>{items}</ul></nav>'


def _item(summary: ConversationSummary, here: bool, language: Language) -> str:
    day = datetime.fromisoformat(summary.changed_at).astimezone().strftime("%Y-%m-%d")  # as on the page of documents
    return (
        f'<li><a href="{escape_html(address_of(summary.id))}" data-wj-do="open" data-id="{escape_html(summary.id)}"'
        f'{current(here)}><span class="wj-list-title"><bdi>{escape_html(summary.title)}</bdi></span>'
        f'<span class="wj-list-about">{counted("turns", language, summary.turns)} · {escape_html(day)}</span></a></li>'
    )


def new_html(language: Language) -> str:
    """Return the head of the list: its name, the way to a new conversation, and how to close it on a phone."""
    return (
        f'<div class="wj-list-head"><h2>{word("conversations", language)}</h2>'
        f'<button type="button" class="wj-icon-button wj-drawer-close" data-wj-do="drawer" '
        f'aria-label="{word("conversations_close", language)}">×</button></div>'
        f'<a class="wj-begin" href="/" data-wj-do="open" data-id="">＋ {word("new_conversation", language)}</a>'
    )


def bar_html(conversation: Conversation | None, language: Language) -> str:
    """Return the bar above the chat: its title, and what can be done with it; None for a new conversation."""
    title = escape_html(conversation.title) if conversation is not None else word("untitled", language)
    menu = _menu(conversation, language) if conversation is not None and conversation.turns else ""
    label = word("conversations_open", language)
    says = f'data-send="{word("send", language)}" data-stop="{word("stop", language)}"'  # of the question's button
    return (
        f'<div class="wj-bar" {says}><button type="button" class="wj-icon-button wj-drawer-open" data-wj-do="drawer" '
        f'aria-label="{label}" title="{label}">{_LINES}</button><h2><bdi>{title}</bdi></h2>{menu}</div>'
    )


def _menu(conversation: Conversation, language: Language) -> str:
    label = word("conversation_menu", language)
    exports = "".join(
        f'<a href="/conversations/{escape_html(quote(conversation.id))}.{ending}" download>'
        f"{word(f'export_{ending}', language)}</a>"
        for ending in EXPORTS
    )
    return (
        f'<details class="wj-menu"><summary aria-label="{label}" title="{label}">{_DOTS}</summary>'
        f'<div class="wj-menu-inside"><label>{word("new_title", language)}'
        f'<input type="text" maxlength="200" value="{escape_html(conversation.title)}"></label>'
        f'<button type="button" class="wj-small-button" data-wj-do="rename">{word("rename", language)}</button>'
        f'<p class="wj-label">{word("export", language)}</p><div class="wj-exports">{exports}</div>'
        f'<details class="wj-delete"><summary>{word("delete", language)}</summary>'
        f'<button type="button" class="wj-small-button" data-wj-do="delete">{word("delete_sure", language)}</button>'
        f"</details></div></details>"
    )


def notice_html(sentence: str) -> str:
    """Return a line above the question box that screen readers read out; empty for none. Takes text, not HTML."""
    return f'<p class="wj-notice" role="alert">{escape_html(sentence)}</p>' if sentence else ""
