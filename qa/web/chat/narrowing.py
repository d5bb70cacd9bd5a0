"""The row of filters above the question: which publishers, authors, collections, files and days it is put to.

Lays out the controls and turns what was chosen into filters; what fits them is found behind the assistant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.errors import RemedyError
from qa.escape import escape_html
from qa.filters import EVERYTHING, Filters, described, read_filters
from qa.web.documents.pieces import button_html
from qa.web.words import Language, word

if TYPE_CHECKING:
    from qa.assistant import Assistant

LISTS, DAYS = ("publisher", "author", "collection", "source"), ("since", "until")
NAMES = (*LISTS, *DAYS)
MOST_CHOICES = 500  # of a list, the commonest; others can be typed


@dataclass(frozen=True, slots=True)
class FilterRow:
    """The controls, and what folds them up."""

    fold: gr.Accordion
    publishers: gr.Dropdown
    authors: gr.Dropdown
    collections: gr.Dropdown
    sources: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox

    @property
    def inputs(self) -> list[gr.Dropdown | gr.Textbox]:
        """All of them, in the order of `NAMES`."""
        return [self.publishers, self.authors, self.collections, self.sources, self.since, self.until]

    @property
    def parts(self) -> list[gr.Dropdown | gr.Textbox | gr.Accordion]:
        """What `row_updates` sets, in its order."""
        return [*self.inputs, self.fold]


def lay_out_filters(text: gr.I18n) -> FilterRow:
    """Lay out the row, folded up; its lists are empty until `row_updates` fills them."""
    fold = gr.Accordion(text("filters"), open=False, elem_id="wj-filters")
    with fold, gr.Row(equal_height=True):
        publishers, authors, collections, sources = (
            gr.Dropdown(
                label=text(name), choices=[], multiselect=True, allow_custom_value=True, visible=False, min_width=140,
                elem_id=f"wj-{name}",
            )
            for name in LISTS
        )  # fmt: skip
        since, until = (
            gr.Textbox(label=text(name), placeholder="2021-09-03", max_lines=1, min_width=110, elem_id=f"wj-{name}")
            for name in DAYS
        )
    return FilterRow(fold, publishers, authors, collections, sources, since, until)


def filters_in(row: Sequence[object]) -> Filters:
    """Return what stands in the row as filters; its values come in the order of `NAMES`.

    Raises:
        QuestionError: A date is none, or they are in the wrong order.
    """
    return read_filters(dict(zip(NAMES, row, strict=False)))


def chips_html(row: Sequence[object], language: Language) -> str:
    """Return the filters that are on as chips, to be seen when the row is folded up; nothing for none.

    A button beside them switches them off. A date that is none is told with the next question.
    """
    try:
        filters = filters_in(row)
    except RemedyError:
        return ""
    button = button_html("all", word("filters_off", language), kind="wj-text-button")
    return f'<div class="wj-narrowed">{filter_chips(filters, language)}{button}</div>' if filters else ""


def filter_chips(filters: Filters, language: Language) -> str:
    """Return filters as a list of chips; nothing for none."""
    if not filters:
        return ""
    parts = described(filters, language=language).split("；" if language == "zh" else "; ")
    chips = "".join(f'<li class="wj-chip">{escape_html(part)}</li>' for part in parts)
    return f'<ul class="wj-chips" aria-label="{word("searched_only", language)}">{chips}</ul>'


def row_updates(assistant: "Assistant", chosen: Filters = EVERYTHING) -> list[dict[str, Any]]:
    """Return what the row is to offer now, and whether it is unfolded; a list with nothing is hidden.

    Where the store cannot be read there is nothing to offer; the next question says why.

    Args:
        assistant: Knows what there is.
        chosen: Filters that the address of the page names, as in `/?source=…`; they are set, and to be seen.
    """
    days = [gr.update(value=day) if day else gr.update() for day in (chosen.since, chosen.until)]
    fold = gr.update(open=True) if chosen else gr.update()
    try:
        values = assistant.filter_values()
    except RemedyError:
        return [*[gr.update(choices=[], visible=False)] * len(LISTS), *days, fold]
    known = (values.publishers, values.authors, values.collections, values.sources)
    named = (chosen.publishers, chosen.authors, chosen.collections, chosen.sources)
    updates = [gr.update(choices=list(names[:MOST_CHOICES]), visible=bool(names)) for names in known]
    for update, names in zip(updates, named, strict=True):
        if names:
            update |= {"value": list(names), "visible": True}
    return [*updates, *days, fold]
