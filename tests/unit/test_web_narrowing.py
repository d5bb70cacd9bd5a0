"""The row of filters: what its lists offer, and what comes of what stands in it."""

import gradio as gr
import pytest
from web_fakes import FakeAssistant

from qa.errors import QuestionError, StoreError
from qa.filters import EVERYTHING, Filters, make_filters
from qa.retrieval.selection import FilterValues
from qa.web.chat.narrowing import MOST_CHOICES, NAMES, filters_in, lay_out_filters, row_updates
from qa.web.site import translations


def test_the_lists_offer_what_there_is_and_one_with_nothing_is_hidden() -> None:
    publishers, authors, collections, sources, _, _, fold = row_updates(FakeAssistant())  # type: ignore[arg-type]

    assert (publishers["choices"], publishers["visible"]) == (["东门晚报", "<b>恶意报</b>"], True)
    assert (authors["choices"], authors["visible"]) == (["林晚"], True)
    assert (collections["choices"], collections["visible"]) == ([], False)
    assert (sources["choices"], sources["visible"]) == (["城市/石桥.txt"], True)
    assert "open" not in fold


def test_filters_that_the_address_names_are_set_and_to_be_seen() -> None:
    chosen = make_filters(sources=["uploads/新.txt"], since="2021-09", until="2021-09-30")
    publishers, _, _, sources, since, until, fold = row_updates(FakeAssistant(), chosen)  # type: ignore[arg-type]

    assert "value" not in publishers
    assert (sources["value"], sources["visible"], fold["open"]) == (["uploads/新.txt"], True, True)
    assert (since["value"], until["value"]) == ("2021-09-01", "2021-09-30")


def test_a_long_list_is_cut_and_a_store_that_cannot_be_read_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page loads all the same; the next question says what is wrong."""
    many = FilterValues(tuple(f"{number}报" for number in range(900)), (), ())
    monkeypatch.setattr(FakeAssistant, "filter_values", lambda _: many)
    assert row_updates(FakeAssistant())[0]["choices"] == list(many.publishers[:MOST_CHOICES])  # type: ignore[arg-type]

    def broken(_: FakeAssistant) -> FilterValues:
        raise StoreError("The store is damaged.", "Build it again.")

    monkeypatch.setattr(FakeAssistant, "filter_values", broken)
    assert [one.get("visible") for one in row_updates(FakeAssistant())] == [False] * 4 + [None] * 3  # type: ignore[arg-type]


def test_what_stands_in_the_row_becomes_filters_in_its_order() -> None:
    row = [["甲报", "乙报"], ["林晚"], ["notes"], ["a.txt"], "2021-09", "2021"]

    assert filters_in(row) == Filters(("a.txt",), ("甲报", "乙报"), ("林晚",), "2021-09-01", "2021-12-31", ("notes",))
    assert filters_in([None] * 6) == filters_in(()) == EVERYTHING


def test_what_no_component_sends_is_refused() -> None:
    with pytest.raises(QuestionError, match="The filter publisher must be text"):
        filters_in([[5]])


def test_the_row_is_folded_up_and_its_controls_stand_in_the_order_of_their_names() -> None:
    with gr.Blocks() as page:
        row = lay_out_filters(translations())

    assert [control.elem_id for control in row.inputs] == [f"wj-{name}" for name in NAMES]
    assert [block.open for block in page.blocks.values() if isinstance(block, gr.Accordion)] == [False]
