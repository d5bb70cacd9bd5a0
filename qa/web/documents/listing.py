"""The list of documents: chips of collections, one row a document, and what waits to be read.

Chooses and orders what is shown, and makes its HTML; reads nothing itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from qa.escape import escape_html
from qa.names import document_id
from qa.originals import Original
from qa.store.rows import Holding
from qa.web.documents.pieces import (
    ask_link,
    button_html,
    confirming_html,
    encoding_of,
    kind_of,
    name_html,
    number_html,
    short_name,
    time_html,
)
from qa.web.words import Language, word

Order = Literal["read", "name", "collection", "characters", "articles", "repairs"]
ORDERS: tuple[Order, ...] = get_args(Order)
ROWS = 100  # shown at first, and more of them at each wish for more


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at.

    Attributes:
        collection: Only this one; None is all. The one without a name is the empty text.
        rows: At most so many.
    """

    collection: str | None = None
    rows: int = ROWS


def chosen(holdings: Sequence[Holding], view: View, *, search: str = "", order: Order = "read") -> list[Holding]:
    """Return the documents of the view whose names hold all searched words, in this order; ties in order of id."""
    words = search.casefold().split()
    found = [
        one
        for one in holdings
        if view.collection in (None, one.summary.collection)
        and all(part in one.summary.id.casefold() for part in words)
    ]
    found.sort(key=lambda one: one.summary.id)
    found.sort(key=_KEYS[order], reverse=order in ("read", "characters", "articles", "repairs"))
    return found


_KEYS: Mapping[Order, Callable[[Holding], Any]] = {
    "read": lambda one: one.read_at,
    "name": lambda one: short_name(one).casefold(),
    "collection": lambda one: one.summary.collection,
    "characters": lambda one: one.summary.characters,
    "articles": lambda one: one.summary.articles,
    "repairs": lambda one: one.repairs if one.repairs is not None else -1,
}


def list_html(
    found: Sequence[Holding],
    waiting: Sequence[Original],
    collections: Mapping[str, int],
    *,
    view: View,
    language: Language,
    may_change: bool,
    removable: Callable[[Holding], bool],
    uploads: Callable[[Holding], bool],
    added: int = 0,
) -> str:
    """Return the list.

    Args:
        found: Documents to show, in order; as many as the view has rows for are shown.
        waiting: Originals that were not read yet.
        collections: Documents of each.
        view: Which collection is looked at, and how many rows.
        language: To write in.
        may_change: Whether there are buttons that change something.
        removable: Tells whether a document can be deleted here.
        uploads: Tells whether the original of a document is kept, and goes with it.
        added: Documents of the collection looked at that can be deleted with it.
    """
    chips = _chips(collections, view, language)
    changes = ""
    if may_change and view.collection in collections and view.collection:
        asked = word("new_collection_name", language, name=view.collection)
        label = word("rename_collection", language)
        changes = button_html(
            "rename_collection", label, name=view.collection, confirm=asked, kind="wj-quiet", value=view.collection
        )
    if may_change and view.collection and added:
        question = word("confirm_remove_collection", language, name=view.collection, count=added)
        label = word("remove_collection", language)
        changes += button_html("remove_collection", label, name=view.collection, confirm=question, kind="wj-quiet")
    chips += f'<span class="wj-of-collection">{changes}</span>' if changes else ""
    rows = "".join(_waiting_row(one, language, may_change=may_change) for one in waiting)
    rows += "".join(
        _row(one, language, may_change=may_change, removable=removable(one), upload=uploads(one))
        for one in found[: view.rows]
    )
    if not rows:
        empty = "none_found" if any(collections.values()) else "none_yet"
        return f'{_nav(chips, language)}<p class="wj-none">{word(empty, language)}</p>{confirming_html(language)}'
    more = len(found) - view.rows
    label = word("more_documents", language, count=min(more, ROWS))
    further = button_html("more", label, kind="wj-further") if more > 0 else ""
    return f"{_nav(chips, language)}{_table(rows, language)}{further}{confirming_html(language)}"


def _nav(chips: str, language: Language) -> str:
    return f'<div class="wj-picks" role="group" aria-label="{word("collections", language)}">{chips}</div>'


def _chips(collections: Mapping[str, int], view: View, language: Language) -> str:
    chips = [_chip("all", "", word("all_documents", language), sum(collections.values()), view.collection is None)]
    for name, count in collections.items():
        label = name_html(name) if name else word("no_collection", language)
        chips.append(_chip("collection", name, label, count, view.collection == name))
    return "".join(chips)


def _chip(do: str, name: str, label: str, count: int, pressed: bool) -> str:
    return (
        f'<button type="button" class="wj-pick" data-do="{do}" data-name="{escape_html(name)}" '
        f'aria-pressed="{"true" if pressed else "false"}">{label} <span>{number_html(count)}</span></button>'
    )


_COLUMNS = ("name", "kind", "encoding", "articles", "characters", "repairs", "read", "actions")


def _table(rows: str, language: Language) -> str:
    heads = "".join(f'<th scope="col" class="wj-c-{name}">{word(f"column_{name}", language)}</th>' for name in _COLUMNS)
    return (
        f'<table class="wj-documents"><caption class="wj-unseen">{word("documents_table", language)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(name: str, content: str, language: Language) -> str:
    return f'<td class="wj-c-{name}" data-label="{word(f"column_{name}", language)}">{content}</td>'


def _row(one: Holding, language: Language, *, may_change: bool, removable: bool, upload: bool) -> str:
    name, summary = short_name(one), one.summary
    title = escape_html(word("open_document", language, name=name))
    opens = (
        f'<button type="button" class="wj-open" data-do="open" data-name="{escape_html(summary.id)}" '
        f'title="{title}">{name_html(name)}</button>'
    )
    belongs = f'<span class="wj-belongs">{name_html(summary.collection)}</span>' if summary.collection else ""
    repairs = "–" if one.repairs is None else number_html(one.repairs)
    uncounted = f' title="{word("uncounted", language)}"' if one.repairs is None else ""
    acts = f'<a class="wj-act" href="{ask_link(summary.id)}">{word("ask_document", language)}</a>'
    if may_change:
        label, question = word("read_again", language), word("confirm_read_again", language, name=name)
        acts += button_html("read", label, name=summary.id, confirm=question, title=f"{label}：{name}")
        if removable:
            key = "confirm_remove" if upload else "confirm_remove_elsewhere"
            label, question = word("remove_document", language), word(key, language, name=name)
            acts += button_html("remove", label, name=summary.id, confirm=question, title=f"{label}：{name}")
    cells = {
        "kind": kind_of(name),
        "encoding": escape_html(encoding_of(one)),
        "articles": number_html(summary.articles),
        "characters": number_html(summary.characters),
        "repairs": f"<span{uncounted}>{repairs}</span>",
        "read": time_html(one.read_at, language),
        "actions": f'<div class="wj-acts">{acts}</div>',
    }
    head = f'<th scope="row" class="wj-c-name">{opens}{belongs}</th>'
    return f"<tr>{head}{''.join(_cell(key, content, language) for key, content in cells.items())}</tr>"


def _waiting_row(one: Original, language: Language, *, may_change: bool) -> str:
    name, full = one.name, document_id(one.collection, one.name)
    acts = ""
    if may_change:
        acts = button_html("read", word("read_now", language), name=full, kind="wj-sure")
        question = word("confirm_remove", language, name=name)
        acts += button_html("remove", word("remove_document", language), name=full, confirm=question)
    return (
        f'<tr class="wj-waiting"><th scope="row" class="wj-c-name"><span class="wj-open">{name_html(name)}</span>'
        f'<span class="wj-belongs">{name_html(one.collection)}</span></th>'
        f'<td colspan="6"><span class="wj-badge wj-is-kept">{word("state_kept", language)}</span></td>'
        f"{_cell('actions', f'<div class=wj-acts>{acts}</div>', language)}</tr>"
    )
