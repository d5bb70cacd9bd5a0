"""Where a format marks articles, repair works inside of each of them, and joins nothing across a border."""

from dataclasses import replace

import pytest
from accounting import check
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.corpus.account import account_of
from qa.corpus.pipeline import articles_of
from qa.types import BlockKind, Document, Section, Span

TORN = "施工队白天黑夜轮着干，终于赶在雨季到来之前把路面全部铺"
REST = "好了，孩子们上学少走一个钟头。"
PARK = "河阳县的湖心公园将在五月一日向市民开放，全园免收门票，园内修了三公里步道。"


def document(*parts: str, media_type: str = "text/html", **facts: str) -> Document:
    """Return a document of sections, a blank line between them; lines that begin with # are headings."""
    text = "\n\n".join(part.replace("#", "") for part in parts)
    sections = []
    at = 0
    for part in parts:
        bare = part.replace("#", "")
        headings = [line[1:] for line in part.split("\n") if line.startswith("#")]
        places = [at + bare.index(heading) for heading in headings]
        spans = [Span(place, place + len(heading)) for place, heading in zip(places, headings, strict=True)]
        sections.append(Section(Span(at, at + len(bare)), headings=tuple(spans), **facts))
        at += len(bare) + 2
    return Document("a", "0", "utf-8", text, media_type, sections=tuple(sections))


def texts(one: Document) -> list[list[str]]:
    return [[block.content.text for block in article.blocks] for article in articles_of(one)[0]]


def test_a_torn_paragraph_is_mended_inside_a_section_and_not_across_two() -> None:
    assert texts(document(f"{PARK}\n\n{TORN}\n\n{REST}")) == [[PARK, TORN + REST]]
    assert texts(document(f"{PARK}\n\n{TORN}", REST)) == [[PARK, TORN], [REST]]


def test_nothing_is_joined_with_a_heading_or_a_row_of_a_table() -> None:
    assert texts(document(f"{PARK}\n\n{TORN}\n\n#好了的路\n\n{PARK[:-1]}以后。")) == [
        [PARK, TORN, "好了的路", PARK[:-1] + "以后。"]
    ]
    table = f"{TORN} | 412米\n好了，桥面 | 12米"
    assert texts(document(f"{PARK}\n\n{TORN}\n\n{table}\n\n{REST}")) == [[PARK, TORN, table, REST]]


def test_tables_that_a_paragraph_parts_are_two() -> None:
    assert texts(document(f"甲 | 乙\n1 | 2\n\n{PARK}\n\n丙 | 丁\n3 | 4")) == [
        ["甲 | 乙\n1 | 2", PARK, "丙 | 丁\n3 | 4"]
    ]


def test_what_the_format_says_wins_over_the_lines() -> None:
    part = f"#开放公告\n\n来源：别处 作者：乙 2020-01-01\n\n{PARK}"
    facts = {"title": "湖心公园", "subtitle": "五月", "byline": "甲", "publisher": "新报", "date": "2024-05-01"}
    ((article,), passages, _) = articles_of(document(part, **facts))

    assert (article.title, article.subtitle, article.byline) == ("湖心公园", "五月", "甲")
    assert (article.publisher, article.date, article.date_iso) == ("新报", "2024-05-01", "2024-05-01")
    assert article.title_span is None
    assert [(passage.kind, passage.text) for passage in passages] == [
        (BlockKind.IMPRINT, "来源：别处 作者：乙 2020-01-01"),  # still there to be found, as it is printed
        (BlockKind.BODY, PARK),
    ]
    assert passages[1].heading == "开放公告"


def test_what_the_format_does_not_say_is_read_from_the_lines() -> None:
    part = f"开放公告\n\n来源：新报 作者：乙 2020-01-01\n\n{PARK}"
    ((article,), _, _) = articles_of(document(part))

    assert (article.title, article.publisher, article.byline) == ("开放公告", "新报", "乙")
    assert (article.date_iso, article.title_span) == ("2020-01-01", Span(0, 4))


def test_captions_and_by_lines_keep_their_kind() -> None:
    ((article,), _, _) = articles_of(document(f"#公园\n\n南门的新栈桥。冯小满 摄\n\n{PARK}\n\n责任编辑：宋一鸣"))

    assert [block.kind for block in article.blocks] == [BlockKind.CAPTION, BlockKind.BODY, BlockKind.BYLINE]


def test_repaired_characters_stand_in_their_section_and_map_to_the_source() -> None:
    """Inserted pinyin lies over no border; Traditional sections and their titles are simplified."""
    one = document(
        "縣里發(fā)展茶園，茶農(nóng)增收三成。", "這個園區(qū)開門，鄉(xiāng)親們來報名。", title="茶園開門"
    )
    articles, passages, _ = articles_of(one)

    assert [passage.text for passage in passages] == ["县里发展茶园，茶农增收三成。", "这个园区开门，乡亲们来报名。"]
    assert [article.title for article in articles] == ["茶园开门", "茶园开门"]
    for passage, section in zip(passages, one.sections, strict=True):
        assert passage.span == section.span


def test_sections_inside_one_line_are_cut_where_they_stand() -> None:
    """As cells of a table that is kept as it is."""
    text = f"1,{PARK},x\n2,{TORN}{REST},y"
    first, second = text.index(PARK), text.index(TORN)
    sections = (
        Section(Span(first, first + len(PARK)), title="甲"),
        Section(Span(second, second + len(TORN + REST)), title="乙"),
    )
    one = Document("a", "0", "utf-8", text, "text/csv", sections=sections)
    articles, passages, _ = articles_of(one)

    assert [(article.id, article.title) for article in articles] == [("a#1", "甲"), ("a#2", "乙")]
    assert [passage.text for passage in passages] == [PARK, TORN + REST]


def test_a_section_without_text_is_no_article_and_one_with_a_title_only_can_be_found() -> None:
    articles, passages, _ = articles_of(document("版权所有", "#只有标题"))

    assert [(article.id, article.title) for article in articles] == [("a#1", "只有标题")]
    assert [passage.text for passage in passages] == ["只有标题"]


def test_ten_thousand_sections_are_as_many_articles() -> None:
    """Rows of a table, say."""
    parts = [f"第{number}号居民反映路灯不亮，夜里走路不方便。" for number in range(10_000)]
    articles, passages, _ = articles_of(document(*parts))

    assert len(articles) == len(passages) == 10_000
    assert passages[9_999].text == parts[9_999]


PIECES = st.sampled_from(
    [PARK, TORN, REST, "#小标题", "甲 | 乙", "王一鸣 摄", "责任编辑：某某", "2020-05-13", "發(fā)展", "?qǐng)?bào)",
     "“", "——", "來源：某報", "一、", "\u200b字", "the quick brown fox, ", "版权所有", "𠮷", "• 项", " "]
)  # fmt: skip
PARTS = st.lists(st.lists(PIECES, min_size=1, max_size=8).map("\n".join), min_size=1, max_size=5)


@settings(deadline=None)
@example(
    ["“\n \n \n版权所有\n\u200b字", "發(fā)展\n\u200b字\n發(fā)展"], None
)  # a line that only its section tells for a label
@given(PARTS, st.sampled_from([None, "题"]))
def test_passages_lie_in_their_section_and_everything_is_accounted_for(parts: list[str], title: str | None) -> None:
    one = document(*(part.replace("\n#", "\n\n#") for part in parts))
    if title is not None:
        one = replace(one, sections=tuple(replace(section, title=title) for section in one.sections))
    _, passages, _ = articles_of(one)

    for passage in passages:
        assert any(s.span.start <= passage.span.start and passage.span.end <= s.span.end for s in one.sections)
    check(account_of(one))


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html"])
def test_line_ends_are_undone_where_they_are_those_of_the_print_only(media_type: str) -> None:
    text = f"{PARK}\n{REST}"
    one = Document("a", "0", "utf-8", text, media_type, pages=(Span(0, len(text)),))

    found = texts(one)[0]

    assert found == ([PARK + REST] if media_type == "application/pdf" else [PARK, REST])
