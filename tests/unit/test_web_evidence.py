"""The evidence panel shows the source where it stands, says why passages were found, and lets nothing through."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from web_fakes import (
    ANSWERED,
    BRIDGE_HITS,
    BRIDGE_LAST,
    BRIDGE_PARAGRAPH,
    BRIDGE_SENTENCE,
    HOSTILE_ANSWER,
    PLAIN_TEXT,
    UNSAID,
    FakeAssistant,
)

from qa.types import AlignedText, Answer, Span
from qa.web.evidence.marking import matched_spans, short_answer
from qa.web.evidence.panel import empty_evidence_html, evidence_html, other_hits
from qa.web.evidence.quotations import Quotation, open_quotations

OUR_TAGS = {
    "section", "div", "h2", "h3", "p", "article", "span", "bdi", "blockquote", "mark", "strong", "details", "summary",
    "button", "a", "del", "ins",
}  # fmt: skip
OUR_ATTRIBUTES = {
    "class", "id", "tabindex", "open", "type", "title", "role", "aria-label", "aria-pressed", "dir", "hidden", "href",
    "target", "rel", "data-of", "data-view", "data-source", "data-repaired", "data-done", "data-failed",
}  # fmt: skip


class Reader(HTMLParser):
    """Collects tags, attributes, and the text inside each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.inside: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        name = f"{tag}.{dict(attrs)['class']}" if dict(attrs).get("class") else tag
        self._open.append(name)
        self.inside.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().split(".")[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in set(self._open):
            self.inside[name][-1] += data


def quotations(answer: Answer) -> tuple[Quotation, ...]:
    return open_quotations(FakeAssistant(), answer)  # type: ignore[arg-type]


def panel(answer: Answer, language: str = "zh") -> Reader:
    return Reader(evidence_html(answer, quotations(answer), language=language, turn=1))  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "words"), [("zh", "也见于"), ("en", "also in")])
def test_the_other_documents_that_print_the_article_stand_below_citation_and_hit(language: str, words: str) -> None:
    """Their names come from outside and are shown as text."""
    also = ("<b>转载</b>.txt", "副本.txt")
    cited = tuple(replace(one, also_in=also) for one in ANSWERED.citations)
    hits = (BRIDGE_HITS[0], replace(BRIDGE_HITS[1], also_in=("副本.txt",)))
    shown = panel(replace(ANSWERED, citations=cited, hits=hits), language)

    places = [text for text in shown.inside["p.wj-place"] if words in text]
    assert places == [f"{words} <b>转载</b>.txt · 副本.txt", f"{words} 副本.txt"]
    assert shown.tags <= OUR_TAGS
    assert not [text for text in panel(ANSWERED, language).inside["p.wj-place"] if words in text]


def test_the_quotation_is_marked_inside_its_article() -> None:
    """Every paragraph is there, the quotation is one mark, the short answer in it strong; nothing was repaired."""
    shown = panel(ANSWERED)

    assert shown.inside["p.wj-block wj-body"] == [BRIDGE_PARAGRAPH, BRIDGE_LAST]
    assert shown.inside["mark"] == [BRIDGE_SENTENCE]
    assert shown.inside["strong"] == ["287块"]
    assert "div.wj-switch" not in shown.inside


def test_article_and_place_are_named() -> None:
    """By-line, publisher and date as printed, and the line counted from 1."""
    shown = panel(ANSWERED)

    assert shown.inside["h3"] == ["1 石桥修好了"]
    assert shown.inside["p.wj-about"][0] == "记者 林晚 · 东门晚报 · 2024年3月5日"
    assert shown.inside["p.wj-place"][0] == "城市/石桥.txt 第 3 行，字符 28–50"
    assert PLAIN_TEXT[28:50] == BRIDGE_SENTENCE


def test_a_repaired_quotation_can_be_read_both_ways() -> None:
    """The source is shown first; what it has more is struck through, what became of it is told, and the other way."""
    shown = panel(HOSTILE_ANSWER, "en")

    assert shown.inside["button"] == ["Source", "Repaired"]
    source, repaired = shown.inside["blockquote.wj-text wj-source"], shown.inside["blockquote.wj-text wj-repaired"]
    assert source[0].endswith("<img src=x onerror=alert(1)> 茶(chá)葉(yè)三百斤")
    assert repaired[0].endswith("<img> 茶叶三百斤")
    assert shown.inside["del.wj-cut"][:3] == [" src=x onerror=alert(1)", "(chá)", "(yè)"]
    assert shown.inside["del.wj-old"][0] == "葉"
    assert shown.inside["ins.wj-new"][0] == "叶"
    page = evidence_html(HOSTILE_ANSWER, quotations(HOSTILE_ANSWER), language="en", turn=1)
    assert 'title="In the source: (chá)葉(yè)">叶</ins>' in page
    assert 'title="Repaired to: 叶">葉</del>' in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_brings_no_element_and_no_attribute_of_its_own(language: str) -> None:
    shown = panel(HOSTILE_ANSWER, language)

    assert shown.tags <= OUR_TAGS
    assert shown.attributes <= OUR_ATTRIBUTES
    assert "<script>alert('title')</script>**粗** gnp" in shown.text
    assert "<img src=x onerror=alert(2)> ![q](http://evil.example/q)" in shown.text
    assert "<b>恶意</b>&.txt" in shown.text
    assert "\"引号\" 'x' $$\\href{javascript:alert(1)}{y}$$" in shown.text


@pytest.mark.parametrize(("name", "place"), [("a.pdf", "第 4 页"), ("a.xlsx", "第 4 行")])
def test_the_page_is_named_and_of_a_table_the_row(name: str, place: str) -> None:
    shown = [replace(one, citation=replace(one.citation, document_id=name, page=4)) for one in quotations(ANSWERED)]

    assert place in Reader(evidence_html(ANSWERED, shown, language="zh", turn=1)).inside["p.wj-place"][0]


def test_passages_that_are_cited_are_not_listed_again() -> None:
    assert other_hits(ANSWERED) == [BRIDGE_HITS[1]]
    assert other_hits(UNSAID) == list(BRIDGE_HITS)


def test_other_passages_say_in_words_why_they_were_found() -> None:
    assert panel(ANSWERED).inside["p.wj-why"] == [
        "意思相近，排第 1 · 关键词匹配，排第 2",
        "关键词匹配，排第 1 · 意思相近，排第 3",
    ]
    assert panel(ANSWERED, "en").inside["p.wj-why"][1] == "keywords match, rank 1 · close in meaning, rank 3"
    assert panel(ANSWERED).inside["p.wj-words"] == ["相同的词：块石料", "相同的词：桥面"]
    assert panel(ANSWERED).inside["blockquote.wj-passage"] == [BRIDGE_LAST]


def test_without_an_answer_the_passages_found_stand_open() -> None:
    page = evidence_html(UNSAID, [], language="en", turn=1)

    assert '<details class="wj-others" open>' in page
    assert "There is nothing to quote." in page
    assert Reader(page).inside["span.wj-hit-title"] == ["石桥修好了", "石桥修好了"]


@pytest.mark.parametrize(
    ("kept", "note"),
    [
        ({"document_id": "弃/没了.txt"}, "这份文件已经不在资料库里。"),
        ({"span": Span(20, 42)}, "这份文件后来改动过"),
        ({"span": Span(5000, 5022)}, "这份文件后来改动过"),
    ],
)
def test_a_document_that_changed_or_went_keeps_its_quotation_with_a_note(kept: dict[str, Any], note: str) -> None:
    """As it was stored with the answer: no article around it, no line, no link to where it is not."""
    cited = (replace(ANSWERED.citations[0], **kept),)
    shown = panel(replace(ANSWERED, citations=cited))

    assert shown.inside["p.wj-note wj-kept"][0].startswith(note)
    assert shown.inside["mark"] == [BRIDGE_SENTENCE]
    assert shown.inside["strong"] == ["287块"]
    assert "p.wj-block wj-body" not in shown.inside
    assert "第 3 行" not in shown.text
    assert "固定链接" not in shown.inside["p.wj-tools"][0]
    assert "复制引文和出处" in shown.inside["p.wj-tools"][0]
    assert panel(replace(ANSWERED, citations=cited), "en").inside["h3"] == ["1 石桥修好了"]


def test_a_kept_citation_without_blocks_is_shown_in_the_article_of_now() -> None:
    """As it comes back from a stored conversation; of the passages found only their text is known."""
    cited = replace(ANSWERED.citations[0], article=replace(ANSWERED.citations[0].article, blocks=()))
    hits = tuple(
        replace(hit, passage=replace(hit.passage, content=AlignedText(hit.passage.text, ()))) for hit in BRIDGE_HITS
    )
    shown = panel(replace(ANSWERED, citations=(cited,), hits=hits))

    assert shown.inside["p.wj-block wj-body"] == [BRIDGE_PARAGRAPH, BRIDGE_LAST]
    assert shown.inside["blockquote.wj-passage"] == [BRIDGE_LAST]


def test_a_quotation_is_copied_with_its_source() -> None:
    page = evidence_html(ANSWERED, quotations(ANSWERED), language="zh", turn=1)
    (copied,) = re.findall(r'data-source="([^"]*)"', page)

    assert html.unescape(copied).split("\n") == [
        f"“{BRIDGE_SENTENCE}”",
        "《石桥修好了》 · 记者 林晚 · 东门晚报 · 2024年3月5日",
        "城市/石桥.txt · 第 3 行，字符 28–50",
    ]
    assert 'href="/?article=%E5%9F%8E%E5%B8%82%2F%E7%9F%B3%E6%A1%A5.txt&amp;span=28-50"' in page


def test_repaired_text_is_copied_as_such() -> None:
    page = evidence_html(HOSTILE_ANSWER, quotations(HOSTILE_ANSWER), language="en", turn=1)
    (copied,) = re.findall(r'data-repaired="([^"]*)"', page)

    assert html.unescape(copied).split("\n")[:2] == ["“<img> 茶叶三百斤”", "(repaired text)"]


def test_dropped_citations_are_counted() -> None:
    assert "另有 2 条引文" in panel(replace(ANSWERED, dropped_citations=2)).text
    assert "1 more quotation could" in panel(replace(ANSWERED, dropped_citations=1), "en").text


def test_numbers_of_two_turns_do_not_meet() -> None:
    first = evidence_html(ANSWERED, quotations(ANSWERED), language="zh", turn=1)
    second = evidence_html(ANSWERED, quotations(ANSWERED), language="zh", turn=3)

    assert re.findall(r'id="(wj-[0-9][^"]+)"', first) == ["wj-1-1", "wj-1-h2"]
    assert re.findall(r'id="(wj-[0-9][^"]+)"', second) == ["wj-3-1", "wj-3-h2"]


def test_before_the_first_question_the_panel_says_what_it_is_for() -> None:
    assert Reader(empty_evidence_html("en")).inside["h2"] == ["Evidence"]


def test_matched_words_are_found_in_any_script_and_width() -> None:
    """Terms come folded: simplified, lower case, narrow; pairs that overlap are one mark."""
    assert matched_spans("茶葉產區ＡＢ區", ["茶叶", "叶产", "ab"]) == [Span(0, 3), Span(4, 6)]
    assert matched_spans("party art ART", ["art"]) == [Span(6, 9), Span(10, 13)]
    assert matched_spans("甲乙", ["", "丙"]) == []


@pytest.mark.parametrize(
    ("text", "answer", "place"),
    [
        ("签约项目25个，其中超过十亿元的5个。", "5个", Span(16, 18)),
        ("长13.6公里，宽6公里。", "6公里", Span(9, 12)),
        ("cost 1860 then 186.", "186", Span(15, 18)),
        ("只有25个。", "5个", Span(3, 5)),
        ("林晚说，林晚晚没说。", "林晚", Span(0, 2)),
        ("共三百斤。", "没有", None),
        ("共三百斤。", "共三百斤", None),
        ("共三百斤。", None, None),
    ],
)
def test_a_short_answer_is_marked_where_it_cuts_no_number(text: str, answer: str | None, place: Span | None) -> None:
    assert short_answer(text, answer) == place
