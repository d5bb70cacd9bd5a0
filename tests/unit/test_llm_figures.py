"""Figures by value: what is the same number or date in another form, and what only looks like it."""

from time import perf_counter

import pytest

from qa.llm.figures import figures_in
from qa.retrieval.tokens import fold


def keys(text: str) -> list[str]:
    return [key for figure in figures_in(fold(text)) for key in figure.keys]


@pytest.mark.parametrize(
    "same",
    [
        ["三万二千人", "3.2万人", "32,000人", "３２０００人", "三萬二千人"],
        ["3亿2000万元", "三点二亿元", "3.2亿元", "320000000元"],
        ["百分之二十五点五", "25.5%", "25.5 percent", "２５．５％"],
        ["三成", "30%", "百分之三十"],
        ["第三届", "第3届", "the 3rd", "the third"],
        ["2021年9月3日", "2021-09-03", "二〇二一年九月三日", "September 3, 2021", "3 Sept 2021", "2021/9/3"],
        ["9月3日", "九月三号", "9月3號"],
        ["民国110年", "2021年"],
        ["14:30", "14时30分", "14点30分"],
        ["1.2 million", "120万", "1,200,000"],
        ["两千零五", "2005"],
        ["twenty-five", "25", "二十五"],
        ["三分之一", "3分之1"],
    ],
)
def test_one_value_has_one_key_however_it_is_written(same: list[str]) -> None:
    assert len({tuple(keys(text)) for text in same}) == 1
    assert keys(same[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3万", "3亿"), ("3.2万", "32万"), ("25.5%", "25.5个百分点"), ("25%", "25"), ("三成", "三"),
        ("9月3日", "3月9日"), ("2021年9月3日", "9月3日"), ("2021-09-03", "2022-09-03"), ("14:30", "4:30"),
        ("-5℃", "5℃"), ("第三", "三"), ("一百零五", "一百五十"), ("3:2", "3:02"),
    ],
)  # fmt: skip
def test_other_values_have_other_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@pytest.mark.parametrize("text", ["三四十", "一两", "三五", "一万五", "三百五"])
def test_a_numeral_of_two_readings_keeps_its_letters(text: str) -> None:
    assert keys(text + "人") == [text]


def test_words_that_hold_a_numeral_or_a_unit_are_no_figures() -> None:
    assert keys("一共统一了公里和千米、万一一旦一起十分好") == []


def test_addresses_and_codes_are_one_figure_each() -> None:
    assert keys("G20 与 covid-19 见 https://a.example/b?c=1 或 me@a.example") == [
        "g20", "covid-19", "https://a.example/b?c=1", "me@a.example",
    ]  # fmt: skip


def test_a_number_of_ten_thousand_digits_is_compared_by_its_letters() -> None:
    assert keys("9" * 10_000) == ["9" * 10_000]


@pytest.mark.parametrize("piece", ["9", "九", "a", "1,", "1.", "百分之", "a@", "第", "1:", "2021年", "don't"])
def test_a_long_text_of_one_kind_is_read_in_linear_time(piece: str) -> None:
    """Patterns that read one digit in two ways took longer than anybody waits."""
    started = perf_counter()

    figures_in(piece * 5_000)

    assert perf_counter() - started < 3
