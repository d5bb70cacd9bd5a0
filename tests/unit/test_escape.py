"""What comes from documents, questions and errors shows as typed and does nothing."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.escape import clean, escape_html

HOSTILE = [
    "<script>window.hit=1</script>",
    '<img src=x onerror="alert(1)">',
    "![x](http://evil.example/a.png)",
    "[a](javascript:alert(1))",
    "$$\\href{javascript:alert(1)}{x}$$",
    "```mermaid\ngraph TD\n```",
    "# heading\n\n* list\n1. one",
    "a | b\n--|--\n",
    "&lt;b&gt;",
    "${alert(1)} {{alert(1)}} #{x}",
    "~~x~~ __y__ `z` ^up^ =line=",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_browser_shows_hostile_text_as_it_was_typed(text: str) -> None:
    assert html.unescape(escape_html(text)) == text


@settings(max_examples=60)
@given(st.text())
def test_no_text_at_all_brings_a_tag_or_ends_an_attribute(text: str) -> None:
    assert not re.search(r"[<>\"']", escape_html(text))


def test_characters_that_show_nothing_are_replaced_or_dropped() -> None:
    assert clean("\ufeffa\x00b\x1bc\r\nd\re\u2028f") == "a\ufffdb\ufffdc\nd\ne\nf"
    assert clean("x\u202egnp.exe\u2069y") == "xgnp.exey"
