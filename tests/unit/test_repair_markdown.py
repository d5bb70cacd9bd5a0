"""Markdown marks come off in the repaired text; the document and the map keep them."""

import pytest

from qa.corpus import align, markdown
from qa.corpus.lines import Line


def lines_of(text: str) -> tuple[Line, ...]:
    return markdown.read(align.whole(text)).lines


def texts(text: str) -> list[str]:
    return [line.text for line in lines_of(text)]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("这是**重点**和*强调*。", "这是重点和强调。"),
        ("***both*** and __strong__ and _soft_", "both and strong and soft"),
        ("**a *b* c**", "a b c"),
        ("~~旧价~~新价", "旧价新价"),
        ("用`make run`启动", "用make run启动"),
        ("`a*b*c` stays", "a*b*c stays"),
        ('看[成绩公告](https://example.org/a_b "标题")吧', "看成绩公告吧"),
        ("看[公告][1]吧", "看公告吧"),
        ("[**粗链接**](x)", "粗链接"),
        ("<https://example.org>", "https://example.org"),
        ("第一行<br>第二行", "第一行第二行"),
        ("水<sub>2</sub>", "水2"),
        ("注[^1]释", "注释"),
        (r"\*不是强调\*", "*不是强调*"),
        ("snake_case_name", "snake_case_name"),
        ("5 * 3 = 15, 2 ** 3", "5 * 3 = 15, 2 ** 3"),
        ("> 引用的话", "引用的话"),
        ("- [x] 做完了", "做完了"),
        ("1. 第一条", "1. 第一条"),
        ("| 村 | 亩 |", "村 | 亩"),
        ("![照片说明](a.png)", "照片说明"),
    ],
)
def test_marks_come_off(marked: str, plain: str) -> None:
    assert texts(marked) == [plain]


def test_headings_have_their_level() -> None:
    text = "# 一 #\n\n## 二\n\n三\n===\n\n四\n---\n\n####### 七个井号\n\n#没有空格\n"

    assert [(line.text, line.level) for line in lines_of(text)] == [
        ("一", 1),
        ("二", 2),
        ("三", 1),
        ("四", 2),
        ("####### 七个井号", 0),
        ("#没有空格", 0),
    ]


def test_soft_breaks_join_and_blocks_part() -> None:
    text = "第一段，\n还在第一段。\n\nSecond paragraph\nstill second.\n- one\n- two\n  goes on\n\n---\n\n尾声。"

    assert texts(text) == ["第一段，还在第一段。", "Second paragraph still second.", "one", "two goes on", "尾声。"]


def test_tables_lose_their_rules_and_keep_their_rows() -> None:
    assert texts("| 村 | 亩 |\n|:---|---:|\n| 甲 | 3 |\n") == ["村 | 亩", "甲 | 3"]


def test_code_is_kept_as_it_stands() -> None:
    assert texts("```python\n# not a heading\nx = a*b*c\n```\n~~~\n[x](y)\n~~~\n") == [
        "# not a heading",
        "x = a*b*c",
        "[x](y)",
    ]


def test_comments_rules_and_link_definitions_are_dropped() -> None:
    assert texts("<!-- 不看\n这里 -->\n正文。\n\n***\n\n[1]: https://example.org\n") == ["正文。"]


def test_an_image_alone_is_a_caption() -> None:
    assert [line.caption for line in lines_of("![孩子们在跑步](a.png)\n\n正文。")] == [True, False]


def test_front_matter_is_metadata_and_not_text() -> None:
    marked = markdown.read(align.whole('---\ntitle: "题目"\ndate: 2024-01-02\ntags: [a, b]\n来源: 某报\n---\n正文。\n'))

    assert dict(marked.metadata) == {"title": "题目", "date": "2024-01-02", "source": "某报"}
    assert [line.text for line in marked.lines] == ["正文。"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert texts("正文。\n---\ntitle: x\n---\n") == ["正文。", "title: x"]


def test_the_map_leads_back_over_the_marks() -> None:
    source = "前**重点**后"
    (line,) = lines_of(source)

    span = align.raw_span(line.content, 1, 3)
    assert source[span.start : span.end] == "重点"
    whole = align.raw_span(line.content, 0, 4)
    assert source[whole.start : whole.end] == source
    assert align.is_exact(line.content, 1, 3, source)
    assert not align.is_exact(line.content, 0, 4, source)
