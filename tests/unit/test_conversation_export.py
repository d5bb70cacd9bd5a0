"""Exports say everything with its source, and what comes from outside stays text in them."""

import re
from dataclasses import replace

import pytest
from conversation_fakes import ALL_KINDS, conversation, turn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from web_fakes import ANSWERED, BRIDGE_LAST, BRIDGE_SENTENCE, HOSTILE_ANSWER, INVENTED, WRITTEN, WRITTEN_ANSWER

from qa.chat.export import exported, file_name, json_export, markdown
from qa.chat.export_html import html_page
from qa.chat.importing import imported
from qa.chat.parts import sentences_of
from qa.chat.rows import lost_turn
from qa.chat.wording import WORDS
from qa.escape import clean, escape_markdown_file
from qa.filters import make_filters
from qa.translate import in_language
from qa.types import Match

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FENCED = "# 标题\n```py\nprint(1)\n```\n- a\n    code\n1. x\n2) y\n===\n---\n> q\n| a |\n|---|\n[r]: http://evil.example\n![i][r]"
ADDRESSES = "http://evil.example www.evil.example <http://evil.example> a@evil.example"


def shown(html: str) -> str:
    """Return the text that a page shows, its blanks as one."""
    tree = LexborHTMLParser(html)
    return " ".join((tree.body.text() if tree.body else "").split())


def rendered(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(READER.render(text))


def tags(tree: LexborHTMLParser) -> set[str]:
    return {node.tag for node in tree.css("body *")}


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("#*_`~<>&[]()!|\\-+=:%$^@{}/?.1w\n\t aA石。\u2028\x0c") | st.characters(), max_size=40))
@example(FENCED)
@example(ADDRESSES)
@example("1\\. a")
@example("<!-- x")
@example("&amp;")
@example("a  \nb\\\nc")
def test_no_text_becomes_markdown(text: str) -> None:
    """Rendered, it is paragraphs of the same characters, whatever stands in it."""
    tree = rendered(escape_markdown_file(text))

    assert tags(tree) <= {"p", "br"}
    assert shown(tree.html or "") == " ".join(clean(text).split())


@pytest.mark.parametrize("address", ["http://evil.example", "https://evil.example", "www.evil.example", "WWW.e.org"])
def test_no_address_becomes_a_link_of_its_own(address: str) -> None:
    """Where addresses are made links, a backslash in the middle keeps them text."""
    assert re.search(r"(?:https?|ftp)://|www\.", escape_markdown_file(f"看 {address} 吧"), re.IGNORECASE) is None


def test_lines_of_a_text_stay_lines_and_stay_readable() -> None:
    assert escape_markdown_file("# 一\r\n  25.5%，2-3 天\n* 三") == "\\# 一\n&nbsp;&nbsp;25.5%，2-3 天\n\\* 三"


NARROWED = turn(number=5, filters=make_filters(publishers=["晚报"], since="2024"))


def test_markdown_says_answer_sentence_and_source() -> None:
    """Title, by-line, publisher, date, page, file, range, quotation, generation, and what the reader said."""
    cited = replace(ANSWERED.citations[0], page=2, also_in=("副本.txt",))
    rated = turn(replace(ANSWERED, citations=(cited,), dropped_citations=1), number=1, rating=-1, note="不*对*")

    assert markdown(conversation(rated, title="石桥"), language="zh") == (
        "# 石桥\n\n*由问据（Wenju）导出 · 1 个问题 · 2024-03-05 08:30 UTC*\n\n"
        "## 1\\. 换了多少块石料？\n\n*2024-03-05 08:30 UTC 提问*\n\n"
        "**287块**\n\n工匠一共换了287块石料，其余全部用回旧石。 \\[1\\]\n\n"
        "\\[1\\] **石桥修好了**  \n百年老桥 · 记者 林晚 · 东门晚报 · 2024年3月5日  \n"
        "城市/石桥.txt · 第 2 页 · 字符 28–50 · 也见于 副本.txt\n\n"
        "> 工匠一共换了287块石料，其余全部用回旧石。\n\n"
        "另有 1 条引文在原文中核对不上，没有显示。\n\n*把握 0.93 · 索引第 3 代*\n\n"
        "读者认为回答得不好\n\n读者留言：不\\*对\\*\n"
    )


def test_markdown_of_every_kind_of_turn_has_only_our_own_marks() -> None:
    """Headings for the title and the questions, emphasis, quotations; no HTML, code, list, table, picture or link."""
    fenced = turn(None, FENCED, number=6)
    whole = replace(ALL_KINDS, title=f"{FENCED} <b>", turns=(*ALL_KINDS.turns, NARROWED, fenced))

    tree = rendered(markdown(whole, language="en"))

    assert tags(tree) == {"h1", "h2", "p", "em", "strong", "blockquote", "br"}
    assert len(tree.css("h1")) == 1
    assert len(tree.css("h2")) == 6
    text = shown(tree.html or "")
    for expected in (
        HOSTILE_ANSWER.question,
        HOSTILE_ANSWER.citations[0].quote,
        "Repaired: <img> 茶叶三百斤",
        "asked alone, without the questions before",
        "only in: publisher 晚报; from 2024-01-01",
        "The documents do not say.",
        "No answer: The question is empty. Type a question about the documents.",
        "```py print(1) ``` - a code 1. x 2) y === --- > q | a | |---| [r]: http://evil.example ![i][r]",
    ):
        assert expected in text


def test_the_page_needs_nothing_else_and_holds_no_tag_from_outside() -> None:
    whole = replace(
        ALL_KINDS, title="</title><script>1</script>", turns=(*ALL_KINDS.turns, turn(None, FENCED, number=5))
    )

    page = html_page(whole, language="zh")
    tree = LexborHTMLParser(page)

    assert {node.tag for node in tree.css("*")} == set(
        "html head meta title style body header h1 bdi p main section h2 span mark a ol li h3 blockquote".split()
    )
    assert {node.attributes["href"] for node in tree.css("[href]")} == {"#c1-1", "#c2-1"}
    assert tree.css("[src], [style], [onclick], [onerror]") == []
    assert re.findall(r"url\(|@import|https?://(?!evil\.example)", page) == []
    policy = tree.css_first("meta[http-equiv]").attributes["content"] or ""
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'", policy
    )


def test_the_page_says_everything_with_its_source() -> None:
    page = html_page(replace(ALL_KINDS, turns=(*ALL_KINDS.turns, NARROWED)), language="en")
    tree = LexborHTMLParser(page)
    text = shown(page)

    assert (tree.css_first("html").attributes["lang"], tree.css_first("title").text()) == ("en", "石桥")
    assert [node.text() for node in tree.css("#c1-1 h3")] == ["[1]石桥修好了"]
    assert [node.text() for node in tree.css("mark")] == ["287块", "三百斤", "287块"]
    for expected in (
        "百年老桥 · 记者 林晚 · 东门晚报 · 2024年3月5日",
        "城市/石桥.txt · characters 28–50",
        "confidence 0.93 · index generation 3",
        HOSTILE_ANSWER.citations[0].quote,
        "Repaired: <img> 茶叶三百斤",
        "only in: publisher 晚报; from 2024-01-01",
        "A reader found this answer good",
        "A reader's note: 对",
    ):
        assert expected in text


@pytest.mark.parametrize("form", ["md", "html"])
def test_our_mistakes_are_in_the_readers_language(form: str) -> None:
    whole = conversation(turn(None, number=1))

    data = exported(whole, form, language="zh", translated=lambda sentence: in_language(sentence, "zh"))  # type: ignore[arg-type]

    assert "没有回答：问题是空的。请写一个问题再提交。" in data.decode("utf-8")


def test_half_characters_and_controls_do_not_stop_an_export() -> None:
    strange = conversation(turn(ANSWERED, "桥\ud83d\x00\u202e", number=1), title="\ud83d")

    for form in ("md", "html"):
        assert "桥\ufffd" in exported(strange, form, language="zh").decode("utf-8")  # type: ignore[arg-type]
    assert exported(strange, "json", language="zh").isascii() is False


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("石桥修好了？", "石桥修好了.md"),
        ("../../etc/passwd", "etc_passwd.md"),
        ('a/b\\c:d*"<>|\n', "a_b_c_d.md"),
        ("？", "conversation.md"),
        ("长" * 300, "长" * 50 + ".md"),
    ],
)
def test_a_file_gets_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(conversation(title=title), "md") == name


def test_each_line_of_an_answer_names_its_quotations_and_none_is_left_out() -> None:
    first = ANSWERED.citations[0]
    other = replace(first, number=2, text="另一句。", quote="另一 句。", match=Match.REPAIRED)
    stray = replace(first, number=3, text="别的。", quote="别的。")

    answer = replace(ANSWERED, sentence=f"{ANSWERED.sentence}\n另一句。", citations=(first, other, stray))

    assert sentences_of(answer) == [(ANSWERED.sentence, (1,)), ("另一句。", (2, 3))]


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key, text in WORDS["zh"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", WORDS["en"][key])


WROTE = conversation(turn(WRITTEN_ANSWER, number=1))


def test_markdown_shows_what_is_proved_with_numbers_and_strikes_through_the_rest() -> None:
    tree = rendered(markdown(WROTE, language="en"))
    items = [" ".join(node.text().split()) for node in tree.css("li")]

    assert items == [
        f"{BRIDGE_SENTENCE} [1]",
        f"{INVENTED} (unproved: it adds words)",
        f"{BRIDGE_LAST} [2]",
    ]
    assert [node.text() for node in tree.css("del")] == [INVENTED]
    assert tree.css("img, b, a, s") == []
    assert "Written by 小模型 <b>七</b>, each sentence held against the sources:" in shown(tree.html or "")
    assert "1 sentence of the language model could not be proved." in shown(tree.html or "")
    assert len(tree.css("blockquote")) == 2


def test_the_page_shows_what_is_proved_with_links_and_strikes_through_the_rest() -> None:
    tree = LexborHTMLParser(html_page(WROTE, language="zh"))

    assert [node.text() for node in tree.css("s")] == [INVENTED]
    assert [node.text() for node in tree.css("p.unproved")] == [f"{INVENTED} 未经证实：有引文没有的说法"]
    assert tree.css("img, b, script") == []
    linked = [node.parent.text() for node in tree.css('a[href="#c1-2"]') if node.parent is not None]
    assert linked == [f"{BRIDGE_LAST} [2]"]
    assert [node.text() for node in tree.css("#c1-2 blockquote")] == [BRIDGE_LAST]


def test_what_is_all_unproved_is_only_counted() -> None:
    alone = replace(WRITTEN_ANSWER, written=replace(WRITTEN, sentences=WRITTEN.sentences[1:2], citations=()))
    whole = conversation(turn(alone, number=1))

    for form in ("md", "html"):
        text = exported(whole, form, language="en").decode("utf-8")  # type: ignore[arg-type]
        assert "过桥免费" not in text
        assert "1 sentence of the language model could not be proved." in text


@pytest.mark.parametrize(("language", "lost"), [("zh", "读不出来的问题"), ("en", "a question that cannot be read")])
def test_a_damaged_turn_is_named_in_every_export_and_the_json_can_be_opened_again(language: str, lost: str) -> None:
    damaged = lost_turn(2, b"", 0, b"", asked_at=ALL_KINDS.created_at)
    whole = replace(ALL_KINDS, turns=(ALL_KINDS.turns[0], damaged))

    for form in ("md", "html"):
        shown = exported(whole, form, language=language).decode("utf-8")  # type: ignore[arg-type]
        assert lost in shown and "is damaged" in shown
    again = imported(json_export(whole).encode("utf-8"), "me")
    assert [turn.problem for turn in again.turns] == [None, damaged.problem]
