"""Cutting questions and passages into windows of tokens, with a tokenizer that has one token a character."""

from pathlib import Path

import pytest
from tiny_reader import BLANK, pieces, tiny_windows

from qa.answer.windows import Window, Windows


@pytest.fixture
def windows(tmp_path: Path) -> Windows:
    return tiny_windows(tmp_path)


def only(windows: list[Window]) -> Window:
    [window] = windows
    return window


def test_a_window_holds_prompt_context_and_text_between_its_marks(windows: Windows) -> None:
    window = only(windows.passage("大桥", "水渠。"))

    assert pieces(window.ids) == ["<s>", f"{BLANK}passage", ":", BLANK, "大", "桥", BLANK, "水", "渠", "。", "</s>"]
    assert pieces(window.ids[window.first : -1]) == [BLANK, "水", "渠", "。"]


def test_every_token_points_at_the_characters_that_it_was_made_of(windows: Windows) -> None:
    """The blank that a word begins with counts to its first character; ㎞ makes two tokens of one character."""
    text = "全长 12㎞。"

    window = only(windows.passage("", text))

    tokens = pieces(window.ids[window.first : -1])
    assert list(zip(tokens, [text[start:end] for start, end in window.ranges], strict=True)) == [
        (BLANK, "全"),
        ("全", "全"),
        ("长", "长"),
        (BLANK, "1"),
        ("1", "1"),
        ("2", "2"),
        ("k", "㎞"),
        ("m", "㎞"),
        ("。", "。"),
    ]


def test_a_character_outside_the_basic_plane_counts_as_one(windows: Windows) -> None:
    """The token after 𠮷 stands at 1, not at 2 as in UTF-16 and not at 4 as in UTF-8."""
    assert only(windows.passage("", "𠮷水")).ranges[-1] == (1, 2)


def test_windows_of_a_long_text_overlap_and_leave_nothing_out(windows: Windows) -> None:
    """Room for 16 tokens, of which 4 are prompt and mark; half of the other 12 is repeated, the last window is full."""
    text = "水渠全长公里投资亿元谁修了哪年米东京大桥开通由"

    cut = windows.passage("", text, room=16, overlap=0.5)

    assert [(window.ranges[0][0], window.ranges[-1][1]) for window in cut] == [(0, 11), (5, 17), (11, 23)]
    assert {len(window.ids) for window in cut} == {16}


def test_the_context_is_cut_to_its_share_and_keeps_its_beginning(windows: Windows) -> None:
    window = only(windows.passage("大桥开通" * 5, "水渠"))

    assert pieces(window.ids[3 : window.first]) == [BLANK, *"大桥开通大桥开"]


def test_a_question_that_is_too_long_loses_its_middle(windows: Windows) -> None:
    """16 tokens: the prompt and the beginning, and the end, which says what is asked for."""
    ids = windows.question("2010年水渠全长多少公里?投资多少亿元?")

    assert pieces(ids) == ["<s>", f"{BLANK}query", ":", BLANK, *"2010", *"投资多少亿元?", "</s>"]


def test_both_scripts_are_read_alike_and_positions_stay(windows: Windows) -> None:
    """長 is read as 长; its place is that in the text as it was given."""
    traditional, simplified = windows.passage("張", "水渠全長12公里"), windows.passage("张", "水渠全长12公里")

    assert traditional == simplified
    assert windows.question("誰修了水渠?") == windows.question("谁修了水渠?")


def test_japanese_keeps_its_characters(windows: Windows) -> None:
    """東 is simplified in Chinese, and stays what it is beside kana; the tiny tokenizer knows 东 only."""
    assert pieces(windows.question("東京")[3:-1]) == [BLANK, "东", "京"]
    assert pieces(windows.question("東京は")[3:-1]) == [BLANK, "<unk>", "京", "は"]


@pytest.mark.parametrize("text", ["", " \u3000\n"])
def test_an_empty_passage_has_no_window(windows: Windows, text: str) -> None:
    assert windows.passage("大桥", text) == []
