"""A permalink opens the article at its quotation, and a bad, gone or outdated one says so in the visitor's language."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from web_fakes import BRIDGE_SENTENCE, HOSTILE, PLAIN, PLAIN_TEXT, FakeAssistant

from qa.types import Span
from qa.web.evidence.opened import permalink_html
from qa.web.evidence.permalink import AddressError, Place, permalink, read_permalink


def shown(query: dict[str, str], language: str = "zh") -> str:
    page = permalink_html(FakeAssistant(), query, language=language)  # type: ignore[arg-type]
    assert page is not None
    return page


@pytest.mark.parametrize("name", ["城市/石桥.txt", "a&span=1-2#x?y=%41+ .txt", "<b>\"'.txt", "文集/𠮷.pdf"])
def test_an_address_is_read_as_it_was_written(name: str) -> None:
    address = permalink(name, Span(28, 50))
    parts = urlsplit(address)
    query = {key: value for key, (value,) in parse_qs(parts.query, strict_parsing=True).items()}

    assert (parts.path, parts.fragment) == ("/", "")
    assert read_permalink(query) == Place(name, Span(28, 50))


def test_without_a_span_the_article_is_opened_at_its_beginning() -> None:
    assert permalink("a.txt") == "/?article=a.txt"
    assert read_permalink({"article": "a.txt"}) == Place("a.txt", None)


def test_a_page_without_an_article_is_no_permalink() -> None:
    assert read_permalink({}) is None
    assert read_permalink({"__theme": "dark"}) is None
    assert permalink_html(FakeAssistant(), {}, language="zh") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        {"article": ""}, {"article": "  "}, {"article": "a" * 1001}, {"article": "a\0"}, {"span": "1-2"},
        {"article": "a", "span": ""}, {"article": "a", "span": "5"}, {"article": "a", "span": "5-5"},
        {"article": "a", "span": "6-5"}, {"article": "a", "span": "-1-5"}, {"article": "a", "span": "1-5x"},
        {"article": "a", "span": "１-５"}, {"article": "a", "span": "0-20001"},
        {"article": "a", "span": "1-9999999999"},
    ],
)  # fmt: skip
def test_what_cannot_be_a_place_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(AddressError):
        read_permalink(query)
    assert "这个链接不完整，或者写错了。" in shown(query)
    assert "This link is incomplete or mistyped." in shown(query, "en")


def test_the_article_stands_alone_with_its_quotation_marked() -> None:
    page = shown({"article": PLAIN.id, "span": "28-50"})

    assert PLAIN_TEXT[28:50] == BRIDGE_SENTENCE
    assert f"<mark>{BRIDGE_SENTENCE}</mark>" in page
    assert "石桥修好了" in page
    assert "第 3 行，字符 28–50" in page
    assert '<section class="wj-evidence" data-opened>' in page
    assert f'href="{permalink(PLAIN.id, Span(28, 50)).replace("&", "&amp;")}"' in page


def test_without_a_span_there_is_nothing_to_copy() -> None:
    page = shown({"article": PLAIN.id})

    assert "<mark>" not in page
    assert "wj-copy" not in page


def test_a_document_that_is_gone_is_named_and_escaped() -> None:
    assert "资料库里没有 <bdi>&lt;b&gt;没有.txt</bdi>" in shown({"article": "<b>没有.txt"})
    assert "There is no <bdi>x.txt</bdi> in the store." in shown({"article": "x.txt", "span": "1-2"}, "en")


def test_a_place_beyond_the_end_is_told_with_the_length() -> None:
    assert f"只有 {len(PLAIN_TEXT)} 个字符" in shown({"article": PLAIN.id, "span": "0-5000"})


def test_a_hostile_document_is_shown_as_text() -> None:
    """In its source and repaired, in tooltips, and in what is copied."""
    page = shown({"article": HOSTILE.id, "span": "0-30"}, "en")

    assert "<script" not in page
    assert "<img" not in page
    assert 'data-view="repaired"' in page
    assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"|>[^<]*<', "", page))
