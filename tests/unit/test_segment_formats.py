"""Web pages, official papers, plain prose, English and Markdown become articles as well."""

import pytest

from qa.corpus.bylines import byline
from qa.corpus.dates import iso_date
from qa.corpus.metadata import read_line
from qa.corpus.pipeline import articles_of
from qa.types import Article, BlockKind, Document

WEB = """\
首页
新闻中心
城北新区第二小学今日揭牌
2022-09-01 08:30 来源：城北新闻网 作者：陈立 浏览次数：1234
【字号：大 中 小】
本报讯 今天上午，城北新区第二小学举行揭牌仪式，首批招收一年级新生320名。
学校占地45亩，总投资1.2亿元，设36个教学班。
责任编辑：方圆
版权所有 未经许可不得转载
上一篇：无
"""

NOTICE = """\
关于做好春节期间安全生产工作的通知

各乡镇人民政府，县直各部门：

春节将至，为切实做好节日期间安全生产工作，现将有关事项通知如下：

一、加强组织领导

各单位要成立专班，主要负责人亲自抓，分管负责人具体抓，层层压实责任。

二、突出重点领域

（一）烟花爆竹。严格落实禁放规定，依法查处非法储存、运输行为。

东岭县安全生产委员会办公室

2023年1月12日
"""

ENGLISH = """\
City Opens New River Park

By Anna Mertens

Source: Riverside Gazette

May 13, 2020

The city of Riverside opened a new park along the Elbow River on Wednesday, after
two years of work and at a cost of $3.5 million. The park covers 12.4 hectares and
has three playgrounds.

What comes next

A second part, with a boat house, is planned for 2022. The council has set aside
$800,000 for it.
"""

MARKDOWN = """\
---
title: 不用的题目
date: 2024-10-20
author: 丁一
publisher: 云泊县融媒体中心
---

# 村里的**运动会**

*通讯员 裴小荷*

今年的比赛设了[四个项目](https://example.org/x)，
第一名是`下坞村`。

- 挑粮接力：每队四人，每人挑六十斤稻谷跑两百米，冠军用了两分四十一秒
- 水田插秧：每人一分地，比速度，也比行距是不是整齐，评委是三位老农

## 明年再来

明年的运动会在松林村。

```python
print("# 不是标题")
```

# 老祠堂变身村史馆

老祠堂重新开了门。
"""


def read(text: str, name: str = "page.txt", media_type: str = "text/plain") -> tuple[Article, ...]:
    return articles_of(Document(name, "0", "utf-8", text, media_type))[0]


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is kind]


def test_a_web_page_keeps_its_source_and_date_and_loses_its_furniture() -> None:
    (article,) = read(WEB)

    assert article.title == "城北新区第二小学今日揭牌"
    assert (article.byline, article.publisher) == ("陈立", "城北新闻网")
    assert (article.date, article.date_iso) == ("2022-09-01", "2022-09-01")
    assert of_kind(article, BlockKind.BODY) == WEB.splitlines()[5:7]
    assert of_kind(article, BlockKind.BYLINE) == ["责任编辑：方圆"]


def test_an_official_notice_keeps_its_sections() -> None:
    (article,) = read(NOTICE)

    assert article.title == "关于做好春节期间安全生产工作的通知"
    assert of_kind(article, BlockKind.HEADING) == ["一、加强组织领导", "二、突出重点领域"]
    assert article.date_iso == "2023-01-12"
    assert "东岭县安全生产委员会办公室" in of_kind(article, BlockKind.BODY)


def test_an_english_article_has_its_byline_source_and_date() -> None:
    (article,) = read(ENGLISH)

    assert (article.title, article.byline) == ("City Opens New River Park", "Anna Mertens")
    assert (article.publisher, article.date, article.date_iso) == ("Riverside Gazette", "May 13, 2020", "2020-05-13")
    assert of_kind(article, BlockKind.HEADING) == ["What comes next"]
    assert of_kind(article, BlockKind.BODY)[1].endswith("The council has set aside $800,000 for it.")


def test_level_one_headings_part_a_markdown_file_into_articles() -> None:
    first, second = read(MARKDOWN, "notes.md", "text/markdown")

    assert (first.title, second.title) == ("村里的运动会", "老祠堂变身村史馆")
    assert first.byline == "通讯员 裴小荷"
    assert second.byline == "丁一"
    assert {article.publisher for article in (first, second)} == {"云泊县融媒体中心"}
    assert {article.date_iso for article in (first, second)} == {"2024-10-20"}
    assert of_kind(first, BlockKind.HEADING) == ["明年再来"]


def test_markdown_marks_are_taken_off_and_code_is_kept() -> None:
    first, _ = read(MARKDOWN, "notes.md", "text/markdown")

    assert of_kind(first, BlockKind.BODY) == [
        "今年的比赛设了四个项目，第一名是下坞村。",
        "挑粮接力：每队四人，每人挑六十斤稻谷跑两百米，冠军用了两分四十一秒",
        "水田插秧：每人一分地，比速度，也比行距是不是整齐，评委是三位老农",
        "明年的运动会在松林村。",
        'print("# 不是标题")',
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## 只有一个标题\n\n正文在这里。", "只有一个标题"),
        ("正文在这里。\n\n## 一\n\n甲乙。\n\n## 二\n\n丙丁。", "notes"),
        ("---\ntitle: 来自文件头\n---\n\n正文在这里。", "来自文件头"),
        ("标题\n====\n\n正文在这里。", "标题"),
        ("没有任何标题。", "notes"),
    ],
)
def test_the_title_of_a_markdown_file(text: str, title: str) -> None:
    assert [article.title for article in read(text, "a/notes.md", "text/markdown")] == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("我的外婆\n\n外婆住在山脚下。院里有一棵老枣树。\n\n她不识字。", "我的外婆"),
        ("外婆住在山脚下。院里有一棵老枣树。\n\n她不识字。", "grandma"),
        ("静夜\n\n月光落在窗前,\n像一层薄薄的霜。", "静夜"),
        ("只有一行", "只有一行"),
    ],
)
def test_the_first_short_line_is_the_title_of_a_plain_text_else_the_file_name(text: str, title: str) -> None:
    assert [article.title for article in read(text, "x/grandma.txt")] == [title]


def test_a_title_without_text_is_its_own_text() -> None:
    """Otherwise nothing of the file could be found."""
    (article,) = read("明天全校放假一天")

    assert (article.title, of_kind(article, BlockKind.BODY)) == ("明天全校放假一天", ["明天全校放假一天"])


def test_short_sentences_between_the_date_line_and_a_long_paragraph_are_captions() -> None:
    long = "今年春天,全县新栽果树三万亩,其中苹果一万二千亩、梨八千亩、核桃一万亩,涉及九个乡镇的四十七个村。" * 2
    page = f"果树上山 农民增收\n来源:东岭日报\n2020-04-01\n村民在山坡上栽树。\n合作社的苗圃。\n{long}\n{long[::-1]}。\n"

    (article,) = read(page)

    assert of_kind(article, BlockKind.CAPTION) == ["村民在山坡上栽树。", "合作社的苗圃。"]
    assert len(of_kind(article, BlockKind.BODY)) == 2


def test_short_paragraphs_of_a_story_are_no_captions() -> None:
    page = "小站\n2020-04-01\n站台上没有人。\n风很大。\n" + "他等了很久很久,车还是没有来。\n他走了。\n" * 6

    assert of_kind(read(page)[0], BlockKind.CAPTION) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源:某市日报", ("某市日报", None, None)),
        ("转自：新闻客户端", ("新闻客户端", None, None)),
        ("2020年5月13日 10:23", (None, None, "2020年5月13日")),
        ("发布时间：2020/5/13 来源：县政府网 作者：王一", ("县政府网", "王一", "2020/5/13")),
        ("(2020-05-13)", (None, None, "2020-05-13")),
        ("Published: 3 March 2021 | Source: The Herald", ("The Herald", None, "3 March 2021")),
    ],
)
def test_lines_of_metadata_are_read(line: str, expected: tuple[str | None, ...]) -> None:
    fields = read_line(line)

    assert fields is not None
    assert (fields.source, fields.author, fields.date) == expected


@pytest.mark.parametrize(
    "line", ["2020年的春天", "来源很多", "时间:上午九时,地点:礼堂", "5月13日,县里开会", "作者", ""]
)
def test_other_lines_are_no_metadata(line: str) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2020-05-13", "2020-05-13"),
        ("2020年5月3日", "2020-05-03"),
        ("May 3, 2020", "2020-05-03"),
        ("3rd Sept. 2020", "2020-09-03"),
        ("2020年5月", None),
        ("5月13日", None),
        ("2020-13-41", None),
        (None, None),
    ],
)
def test_only_complete_and_possible_dates_have_an_iso_form(printed: str | None, iso: str | None) -> None:
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("(本报记者 王一鸣)", "本报记者 王一鸣"),
        ("本报记者 王一鸣 通讯员 李二", "本报记者 王一鸣 通讯员 李二"),
        ("□ 记者 沈如意", "记者 沈如意"),
        ("策划:王一 摄影:李二 张三", "策划:王一 摄影:李二 张三"),
        ("By Anna Mertens", "Anna Mertens"),
        ("记者们走遍了全县", None),
        ("By the river", None),
        ("摄影:爱好者的天堂,也是游客的乐园", None),
    ],
)
def test_bylines_are_told_from_sentences(line: str, who: str | None) -> None:
    assert byline(line) == who
