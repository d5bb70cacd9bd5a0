"""What may be wished for, and what is refused with a remedy."""

import pytest

from qa.errors import QuestionError
from qa.filters import EVERYTHING, Filters, described, make_filters, read_filters


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2021-09-03", "2021-09-04", "2021-09-03", "2021-09-04"),
        ("2021-09", "2021-09", "2021-09-01", "2021-09-30"),
        ("2021", "2024", "2021-01-01", "2024-12-31"),
        (" 2021/9/3 ", "2021年9月", "2021-09-03", "2021-09-30"),
        ("2024-02", None, "2024-02-01", None),
        (None, "2024-02", None, "2024-02-29"),
        ("", " ", None, None),
    ],
)
def test_a_date_may_be_a_day_a_month_or_a_year(
    since: str | None, until: str | None, first: str | None, last: str | None
) -> None:
    """A month begins with its first and ends with its last day."""
    filters = make_filters(since=since, until=until)

    assert (filters.since, filters.until) == (first, last)


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-30", "yesterday", "21-09-03", "2021-09-03x", "0000", "九月"])
def test_what_is_no_date_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(QuestionError) as raised:
        make_filters(since=text)

    assert (
        str(raised.value) == f"“{text}” is not a date for since. Write YYYY-MM-DD, YYYY-MM or YYYY, such as 2021-09-03."
    )


def test_dates_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(QuestionError, match="since 2021-09-01 is after until 2021-08-31"):
        make_filters(since="2021-09", until="2021-08")


def test_blank_values_are_not_given_and_repeated_ones_count_once() -> None:
    assert make_filters(publishers=["", " "], sources=[" "], since="") == EVERYTHING
    assert not EVERYTHING
    assert make_filters(publishers=["河阳日报", " 河阳日报 "]).publishers == ("河阳日报",)


def test_the_json_has_the_names_of_the_flags_and_takes_one_value_or_several() -> None:
    given = {"source": "a.txt", "publisher": ["甲报", "乙报"], "author": None, "since": "2021", "collection": []}

    assert read_filters(given) == Filters(("a.txt",), ("甲报", "乙报"), since="2021-01-01")
    assert read_filters(None) == read_filters({}) == read_filters({"publisher": ""}) == EVERYTHING


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("河阳日报", "filters must be an object."),
        (["河阳日报"], "filters must be an object."),
        ({"publishers": "河阳日报"}, "There is no filter “publishers”."),
        ({"publisher": 5}, "The filter publisher must be text or a list of texts."),
        ({"author": ["甲", None]}, "The filter author must be text or a list of texts."),
        ({"since": ["2021", "2022"]}, "The filter since is one date."),
        ({"until": True}, "The filter until must be text or a list of texts."),
        ({"source": ["x"] * 1 + [str(number) for number in range(100)]}, "The filter source has 101 values;"),
        ({"source": "x" * 501}, "A value of the filter source has 501 characters;"),
    ],
)
def test_json_that_is_no_filter_is_refused_with_a_remedy(value: object, sentence: str) -> None:
    with pytest.raises(QuestionError) as raised:
        read_filters(value)

    assert str(raised.value).startswith(sentence)
    assert raised.value.remedy


def test_filters_are_put_into_words_of_either_language() -> None:
    filters = make_filters(publishers=["甲报", "乙报"], sources=["a.txt"], since="2021", until="2021-09")

    assert (
        described(filters, language="en") == "source a.txt; publisher 甲报 or 乙报; from 2021-01-01; until 2021-09-30"
    )
    assert described(filters, language="zh") == "文件 a.txt；来源 甲报或乙报；2021-01-01 起；2021-09-30 止"
    assert described(EVERYTHING, language="zh") == ""
