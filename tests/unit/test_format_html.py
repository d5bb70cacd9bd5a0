"""A saved page gives its article and what it says of it, and nothing of the site around."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qa.corpus.formats.html import HtmlReader, decode_page
from qa.corpus.limits import SANDBOX
from qa.corpus.pipeline import articles_of
from qa.corpus.sandbox import Sandbox
from qa.errors import SourceError
from qa.types import Document, Section, Span

PAGES = Path(__file__).parent.parent / "saved_pages"
PARK = "河阳县的湖心公园将在五月一日向市民开放，全园免收门票，园内修了三公里步道。"
HOURS = "公园占地二十公顷，去年三月动工，由河阳县园林处管理，每天早上六点开门，晚上九点关门。"


def expected() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    return found


NAMES = sorted(expected())


@cache
def saved(name: str) -> Document:
    """Read one of the pages in tests/saved_pages, in the encoding that it says it has."""
    text = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return HtmlReader().read(name, text.encode(expected()[name]["encoding"]))


def read(text: str) -> Document:
    return HtmlReader().read("a.html", text.encode("utf-8"))


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


@pytest.mark.parametrize("name", NAMES)
class TestSavedPages:
    def test_every_paragraph_is_there_and_nothing_else(self, name: str) -> None:
        assert lines(saved(name)) == [expected()[name]["title"], *expected()[name]["text"]]

    def test_menus_comments_and_footers_are_left_out(self, name: str) -> None:
        text = saved(name).text

        assert [mark for mark in expected()[name]["left_out"] if mark in text] == []

    def test_facts(self, name: str) -> None:
        (section,) = saved(name).sections
        missed = expected()[name].get("missed", [])

        for fact in ("title", "byline", "publisher", "date"):
            assert getattr(section, fact) == (None if fact in missed else expected()[name][fact])

    def test_one_article_with_these_fields(self, name: str) -> None:
        articles, passages, repairs = articles_of(saved(name))

        assert [article.title for article in articles] == [expected()[name]["title"]]
        assert repairs == ()
        assert all(saved(name).text[p.span.start : p.span.end] == p.text for p in passages if "\n" not in p.text)

    def test_the_encoding_is_the_declared_one(self, name: str) -> None:
        assert saved(name).encoding == expected()[name]["encoding"]


def test_the_title_comes_first_and_headings_have_their_places() -> None:
    document = read(f"<title>公园 - 河阳网</title><h1>公园</h1><p>{PARK}<h2>开放时间</h2><p>{HOURS}")

    assert document.text == f"公园\n\n{PARK}\n\n开放时间\n\n{HOURS}"
    at = document.text.index("开放时间")
    assert document.sections == (
        Section(Span(0, len(document.text)), title="公园", publisher="河阳网", headings=(Span(0, 2), Span(at, at + 4))),
    )


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:title" content="公园开放">', "title", "公园开放"),
        ('<meta name="ArticleTitle" content="公园开放">', "title", "公园开放"),
        ("<title>公园开放_要闻_河阳网</title>", "title", "公园开放"),
        ("<title>公园开放_要闻_河阳网</title>", "publisher", "河阳网"),
        ("<title>1995-2005年的老城</title>", "title", "1995-2005年的老城"),
        ('<meta name="author" content="袁立冬">', "byline", "袁立冬"),
        ('<meta property="article:author" content="https://example.org/yuan">', "byline", None),
        ('<meta name="PubDate" content="2024-05-01 09:12">', "date", "2024-05-01"),
        ('<meta property="article:published_time" content="2024-05-01T09:12:00+08:00">', "date", "2024-05-01"),
        ('<meta name="ContentSource" content="新报"><meta property="og:site_name" content="X">', "publisher", "新报"),
        (linked('{"@type":"NewsArticle","author":{"name":"岑翀"}}'), "byline", "岑翀"),
        (linked('[{"@type":["Article"],"datePublished":"2024-05-02"}]'), "date", "2024-05-02"),
        (linked('{"@type": broken'), "date", None),
        (linked("[" * 100_000), "date", None),
    ],
)
def test_metadata(head: str, field: str, value: str | None) -> None:
    (section,) = read(f"<html><head>{head}</head><body><p>{PARK}</p></body></html>").sections

    assert getattr(section, field) == value


def test_readings_above_characters_and_marks_of_notes_are_left_out() -> None:
    document = read("<p><ruby>公<rt>gōng</rt>园<rt>yuán</rt></ruby>开放了，市民可以免费入园。<sup>[2]</sup></p>")

    assert document.text == "公园开放了，市民可以免费入园。"


def test_line_breaks_part_lines_and_two_of_them_paragraphs() -> None:
    document = read(f"<div>{PARK}<br>{HOURS}<br><br>{PARK}</div>")

    assert document.text == f"{PARK}\n{HOURS}\n\n{PARK}"


def test_lines_that_begin_with_an_indent_are_paragraphs() -> None:
    assert read(f"<div>　　{PARK}<br>　　{HOURS}</div>").text == f"{PARK}\n\n{HOURS}"


def test_nested_lists_have_their_marks() -> None:
    page = "<p>" + PARK + "<ol start=3><li>先<ul><li>甲</li></ul></li><li><p>后</p></li></ol>"

    assert lines(read(page)) == [PARK, "3. 先", "• 甲", "4. 后"]


def test_entities_are_characters_and_hidden_text_is_none() -> None:
    page = f"<p>{PARK}&nbsp;&lt;b&gt; &amp;amp; &#x20BB7;<p hidden>x<p style='display: none'>y<p aria-hidden=true>z"

    assert read(page).text == f"{PARK} <b> &amp; 𠮷"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("<meta charset=gbk>公园开放了".encode("gbk"), "gb18030", "公园开放了"),
        ("<meta charset='big5'>公園開放了".encode("big5"), "big5hkscs", "公園開放了"),
        ('<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">公園'.encode("cp932"), "cp932", "公園"),
        ("<meta charset=iso-8859-1>Café “quoted”".encode("cp1252"), "cp1252", "Café “quoted”"),
        ('<?xml version="1.0" encoding="GB2312"?>公园开放'.encode("gb18030"), "gb18030", "公园开放"),
        ("<meta charset=gb2312>公园开放了".encode(), "utf-8", "公园开放了"),
        ("\ufeff<meta charset=gb2312>公园".encode(), "utf-8", "公园"),
        (b"<meta charset=utf-8>" + ("今天的报纸上说，" * 9).encode("gb18030"), "gb18030", "今天的报纸上说，" * 9),
        ("<meta charset=x-unknown>公园".encode(), "utf-8", "公园"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    decoded = decode_page(data)

    assert decoded.encoding == encoding
    assert decoded.text.endswith(text)


def test_a_page_that_a_script_fills_is_refused() -> None:
    with pytest.raises(SourceError, match="The page holds no text"):
        read("<div id=root></div><script>draw('公园开放了')</script><noscript>Turn JavaScript on.</noscript>")


def test_elements_that_close_themselves_end_where_they_are_in_xhtml() -> None:
    head, body = '<title/><script src="a.js"/>', f'<a id="x"/><p>{PARK}</p>'

    assert read(f'<?xml version="1.0"?><html><head>{head}</head><body>{body}</body></html>').text == PARK


def test_a_page_of_links_only_is_kept_whole() -> None:
    page = "<ul>" + "".join(f"<li><a href=/{n}>第{n}条消息</a></li>" for n in range(3)) + "</ul>"

    assert lines(read(page)) == ["• 第0条消息", "• 第1条消息", "• 第2条消息"]


def test_the_name_of_an_element_does_not_throw_the_article_away() -> None:
    """Some sites call everything a sidebar or a comment."""
    assert lines(read(f"<div class=sidebar><p>{PARK}</p><p>{HOURS}</p></div>")) == [PARK, HOURS]


@pytest.mark.parametrize(
    "tags", ["<div>", "<span>", "<b><p>", "<a><div>", "<table><tr><td>", "<tt>", "<ul><li>", "<section>"]
)
def test_deep_nesting_is_read_or_refused(tags: str) -> None:
    """Below the limit the text comes out; above it the page is refused before it is parsed."""
    assert PARK in read(tags * 3000 + PARK).text
    if tags == "<div>":
        with pytest.raises(SourceError, match="nested too deep"):
            read(tags * 20_000 + PARK)


def test_a_page_that_the_parser_is_too_slow_for_is_skipped() -> None:
    page = b"<p " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">text"
    with Sandbox(replace(SANDBOX, cpu_seconds=1, wall_seconds=10)) as sandbox, pytest.raises(SourceError) as raised:
        sandbox.read(HtmlReader(), "a.html", page)

    assert "took more than" in raised.value.problem
