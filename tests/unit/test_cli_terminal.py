"""Text for the terminal: nothing in it can steer the terminal, and positions stay right."""

import json

from hypothesis import given
from hypothesis import strategies as st

from qa.terminal import json_text, one_line, visible


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert visible("red \x1b[31m here\x07") == "red ␛[31m here␇"


def test_newline_and_tab_stay_and_other_controls_do_not() -> None:
    assert visible("一\n二\t三\r\x00\x7f\x9b") == "一\n二\t三␍␀␡\ufffd"


def test_direction_overrides_and_half_characters_are_replaced() -> None:
    assert visible("a\u202eb\u2066c\udcff") == "a\ufffdb\ufffdc\ufffd"


def test_a_name_with_a_newline_stays_on_one_line() -> None:
    assert one_line("报\n纸.txt") == "报␊纸.txt"


@given(st.text(alphabet=st.characters()))
def test_the_visible_text_has_the_same_length_and_can_be_written(text: str) -> None:
    """Positions in the source are positions on the screen."""
    assert len(visible(text)) == len(text)
    visible(text).encode("utf-8")


@given(st.text(alphabet=st.characters()))
def test_json_means_the_same_value_and_holds_no_control_character(text: str) -> None:
    written = json_text({"text": text})

    assert json.loads(written) == {"text": text}
    assert visible(written) == written
    written.encode("utf-8")


def test_json_keeps_chinese_readable() -> None:
    assert json_text({"问": "答"}) == '{"问": "答"}'
