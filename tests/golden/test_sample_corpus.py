"""The sample corpus in docs/articles reads as it was meant: articles, titles, and none of its damage left."""

import re
from functools import cache
from pathlib import Path

import pytest
import sample_newspaper as newspaper

from qa.answer.cite import Evidence, cite
from qa.corpus.pipeline import articles_of
from qa.corpus.readers import find_files, read_document
from qa.corpus.repairs import Repair, RepairKind
from qa.types import Article, BlockKind, Document, Passage

SAMPLES = Path(__file__).parents[2] / "docs" / "articles"

TITLES = {
    "last-cable-ferry.txt": ["Last cable ferry on the Ji River makes its final crossing"],
    "linxi-daily-page.txt": [
        "抢晴天 赶工期 明年汛前全线闭合",
        "我市三条公交线路下月起调整",
        "市图书馆新馆开门迎客",
        "暖气热得早 账单看得懂",
    ],
    "nanping-night-school.html": ["下了班，去上课：南屏区社区夜校春季班开课"],
    "tangxi-newspaper.pdf": ["雾岭天文台四月向公众开放", "棠溪县无人机送药航线开通半年", "老粮站变成自行车博物馆"],
    "tongji-bridge-repost.txt": ["修旧如旧 百年通霁桥下月恢复通行"],
    "wanghe-old-streets.txt": ["老街不老 烟火有光"],
    "wanghe-opinions.txt": ["让孩子吃上一口热乎饭", "物业进楼栋 老街有人管", "守住一湾水 留住小䴙䴘"],
    "xingbei-village-notes.md": ["杏陂镇第十二届农民运动会闭幕", "下坞村老祠堂变身村史馆"],
    "yanxi-spring-tea.txt": ["一片叶子的新算盘"],
}


@cache
def read(name: str) -> tuple[Document, tuple[Article, ...], tuple[Passage, ...], tuple[Repair, ...]]:
    document = read_document(SAMPLES, Path(name))
    assert isinstance(document, Document)
    return document, *articles_of(document)


def test_every_file_is_read_and_none_is_skipped() -> None:
    found, skipped = find_files(SAMPLES)

    assert sorted(path.as_posix() for path in found) == sorted(TITLES)
    assert skipped == []


@pytest.mark.parametrize("name", TITLES)
def test_articles_and_titles(name: str) -> None:
    assert [article.title for article in read(name)[1]] == TITLES[name]


def test_subtitles_on_the_newspaper_page() -> None:
    assert [article.subtitle for article in read("linxi-daily-page.txt")[1]] == [
        "全市城区防洪墙加固工程现场推进会要求",
        None,
        None,
        "东埠区供热改造交出首份答卷",
    ]


@pytest.mark.parametrize(
    ("name", "bylines"),
    [
        ("last-cable-ferry.txt", ["Nora Whitlock, Linxi English Weekly"]),
        ("linxi-daily-page.txt", ["记者袁立冬", "记者冯小满", "记者袁立冬", "通讯员方朗"]),
        ("nanping-night-school.html", ["柯以宁"]),
        ("tangxi-newspaper.pdf", ["记者江晚晴", "通讯员鲁小禾", "记者江晚晴"]),
        ("wanghe-old-streets.txt", ["本报记者 宋一鸣"]),
        (
            "wanghe-opinions.txt",
            ["区教育局党组书记、局长 汪铭堃", "柳浦街道党工委书记 贺喆", "区湿地保护中心主任 岑翀"],
        ),
        ("xingbei-village-notes.md", ["通讯员 裴小荷", "记者 裴小荷"]),
    ],
)
def test_bylines(name: str, bylines: list[str]) -> None:
    assert [article.byline for article in read(name)[1]] == bylines


def test_sources_and_dates() -> None:
    assert read("tongji-bridge-repost.txt")[1][0].publisher == "临溪晚报客户端"
    assert read("last-cable-ferry.txt")[1][0].date_iso == "2024-09-14"
    tea = read("yanxi-spring-tea.txt")[1][0]
    assert (tea.publisher, tea.date_iso) == ("砚溪新报", "2023-04-21")
    assert {article.date_iso for article in read("xingbei-village-notes.md")[1]} == {"2024-10-20"}
    web = read("nanping-night-school.html")[1][0]
    assert (web.publisher, web.date, web.place) == ("南屏在线", "2025-03-05", "南屏区")
    paper = read("tangxi-newspaper.pdf")[1]
    assert [(article.publisher, article.date_iso) for article in paper] == [("棠溪新报", "2025-03-18")] * 3
    assert [article.subtitle for article in paper] == ["周五周六夜间观星，不收门票", "山里的药，从天上来", None]


def test_the_newspaper_reads_as_it_was_written_column_by_column() -> None:
    """Every paragraph once and whole, in order, though ends of lines and columns tear them apart."""
    bodies = [
        tuple(block.content.text for block in article.blocks if block.kind is BlockKind.BODY)
        for article in read("tangxi-newspaper.pdf")[1]
    ]

    assert bodies == [newspaper.OBSERVATORY_TEXT, newspaper.DRONES_TEXT, newspaper.BICYCLES_TEXT]


def test_a_citation_of_the_newspaper_names_its_page() -> None:
    """The first article stands on page 1, the other two on page 2."""
    document, articles, passages, _ = read("tangxi-newspaper.pdf")
    by_id = {article.id: article for article in articles}
    evidence = [Evidence(one, by_id[one.article_id], 0, len(one.text)) for one in passages]
    citations, dropped = cite(evidence, {document.id: document})

    assert dropped == 0
    assert [{citation.page for citation in citations if citation.article.id == article.id} for article in articles] == [
        {1},
        {2},
        {2},
    ]


def test_nothing_of_the_site_around_the_saved_page_is_in_its_article() -> None:
    """Menu, other articles, comments and footer are left out; the sections of the article have their headings."""
    document, (article,), _, _ = read("nanping-night-school.html")
    around = ("缓存", "论坛", "当前位置", "分享到", "早市", "书法班", "招聘会", "版权所有")

    assert [mark for mark in around if mark in document.text] == []
    headings = [block.content.text for block in article.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["老师就住在隔壁街", "缺课三次，名额让人"]


def test_the_gb18030_file_is_recognised() -> None:
    document = read("wanghe-opinions.txt")[0]

    assert document.encoding == "gb18030"
    assert document.assumptions == ("The encoding is not declared; gb18030 fits best.",)


def test_no_pinyin_and_no_traditional_character_is_left_on_the_damaged_page() -> None:
    _, _, passages, repairs = read("yanxi-spring-tea.txt")
    text = "".join(passage.text for passage in passages)

    assert not re.search(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔù]+\)|\?", text)
    assert sum(repair.kind is RepairKind.PINYIN for repair in repairs) > 100
    assert [repair.after for repair in repairs if repair.kind is RepairKind.LOST] == ["巖"]
    assert not any(repair.kind is RepairKind.OPEN for repair in repairs)
    assert "石灰岩坡地" in text


def test_each_repeated_paragraph_is_there_once() -> None:
    _, _, passages, repairs = read("linxi-daily-page.txt")
    texts = [passage.text for passage in passages]

    assert sum(repair.kind is RepairKind.REPEATED for repair in repairs) >= 2
    for repair in repairs:
        if repair.kind is RepairKind.REPEATED:
            start = repair.before[:20]
            assert sum(text.count(start) for text in texts) == 1


@pytest.mark.parametrize(
    ("name", "captions"),
    [
        ("linxi-daily-page.txt", 1),
        ("nanping-night-school.html", 1),
        ("tangxi-newspaper.pdf", 1),
        ("wanghe-old-streets.txt", 4),
        ("yanxi-spring-tea.txt", 3),
    ],
)
def test_captions_are_passages_of_their_kind(name: str, captions: int) -> None:
    assert sum(passage.kind is BlockKind.CAPTION for passage in read(name)[2]) == captions


def test_clean_files_are_not_changed() -> None:
    for name in ("last-cable-ferry.txt", "tongji-bridge-repost.txt"):
        assert read(name)[3] == ()


@pytest.mark.parametrize("name", TITLES)
def test_every_passage_stands_in_its_source(name: str) -> None:
    document, _, passages, _ = read(name)

    for passage in passages:
        if len(passage.content.runs) == 1 and document.text.isascii():
            assert document.text[passage.span.start : passage.span.end] == passage.text
        assert 0 <= passage.span.start < passage.span.end <= len(document.text)
