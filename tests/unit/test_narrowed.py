"""What filters have to do with silence is said in the question's language."""

import pytest

from qa.answer.narrowed import left_out, nothing_left, with_left_out
from qa.filters import Filters
from qa.retrieval.selection import Selection

LATER = Filters(publishers=("甲报",), since="2030-01-01")


@pytest.mark.parametrize(
    ("question", "selection", "sentence"),
    [
        ("几点?", Selection(LATER, frozenset(), 0, 2, "2020-05-13", "2024-10-20"),
         "没有符合筛选条件（来源 甲报；2030-01-01 起）的文章。有日期的文章从2020-05-13到2024-10-20。"
         "2篇没有日期的文章没有查。"),
        ("When?", Selection(LATER, frozenset(), 0, 1, "2020-05-13", "2024-10-20"),
         "No article fits the filters (publisher 甲报; from 2030-01-01). Those with a date are from 2020-05-13 to "
         "2024-10-20. 1 article without a date was left out."),
        ("When?", Selection(LATER, frozenset(), 0, 0, "2020-05-13", "2020-05-13"),
         "No article fits the filters (publisher 甲报; from 2030-01-01). Those with a date are all of 2020-05-13."),
        ("When?", Selection(LATER, frozenset(), 0, 3),
         "No article fits the filters (publisher 甲报; from 2030-01-01). 3 articles without a date were left out."),
        ("几点?", Selection(Filters(publishers=("甲报",), authors=("林晚",)), frozenset(), 0, 0, "2020-05-13"),
         "没有符合筛选条件（来源 甲报；作者 林晚）的文章。"),
    ],
)  # fmt: skip
def test_where_nothing_is_left_the_filters_are_named(question: str, selection: Selection, sentence: str) -> None:
    """Days are told only where a filter asks for some."""
    assert nothing_left(question, selection) == sentence


def test_a_reason_is_as_it_is_without_a_filter_by_date() -> None:
    assert with_left_out("几点?", "没有说。", None) == "没有说。"
    assert with_left_out("几点?", "没有说。", Selection(LATER, frozenset({1}), 1, 0)) == "没有说。"
    assert with_left_out("几点?", None, Selection(LATER, frozenset({1}), 1, 2)) is None
    assert left_out("几点?", None) == ""
