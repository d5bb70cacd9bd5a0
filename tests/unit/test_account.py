"""Every character of a source is accounted for: it stands in an article, or a record says what became of it."""

from pathlib import Path

import pytest
from accounting import check, document
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.corpus.account import Fate, account_of
from qa.corpus.readers import find_files, read_document
from qa.corpus.repairs import RepairKind
from qa.types import Document

SAMPLES = Path(__file__).parents[2] / "docs" / "articles"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

PIECES = st.sampled_from(
    [
        "本报讯(记者王一)", "8月18日,", "\n", "\n\n", "\n\n\n", "会议强调,要抓好落实", "。", "秋收忙 粮满仓",
        "王一鸣 摄", "县农业局局长 李二", "来源:某报", "2020-05-13", "——侧记", "一、", "责任编辑:某某", "# ",
        "## ", "**粗**", "- ", "```\n", "|a|b|\n", "[看](x)", "[1]: x\n", "<!-- 暗 -->", "---\n", "title: 题\n",
        "發(fā)", "?qǐng)?bào)", "發(fā)展", "\ue848", "——", "“", "”", "?", "By John Smith\n", "Mr. Smith went. ",
        "the quick brown fox, ", "\r\n", "\u3000", "重点工作稳步推进、", "各村各组都要早作打算,抓紧备好种子",
        "新馆每周一闭馆,周五周六延长开放到晚上九点整。\n", "全村人都说这条路修得好,明年还要往里修到山坳口、",
        "编者按:", "图为会场。", "版权所有", "\ufeff", "\u200b", "\x0c", "\x07", "\ufffd", "é", "𠮷", "か",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)
MEDIA_TYPES = st.sampled_from(["text/plain", "text/markdown"])


@settings(deadline=None)  # the first example loads dictionaries
@given(PAGES, MEDIA_TYPES)
def test_every_text_is_accounted_for(text: str, media_type: str) -> None:
    """What stands in no block lies in a record or a headline, and the records turn the source into what is searched."""
    check(account_of(document(text, media_type)))


@pytest.mark.parametrize("folder", [SAMPLES, SEEDS], ids=["samples", "seeds"])
def test_every_file_is_accounted_for(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} are not at ../shared: their account is NOT checked")
    for path in find_files(folder)[0]:
        read = read_document(folder, path)
        assert isinstance(read, Document)
        account = account_of(read)
        check(account)
        assert {record.reason for record in account.left_out} <= {
            "source, date or author",
            "front matter",
            "part of the page: navigation, copyright, page number or an empty label",
        }


def _records(text: str, media_type: str = "text/plain") -> list[tuple[RepairKind, str, str]]:
    return [(record.kind, record.before, record.after) for record in account_of(document(text, media_type)).repairs]


TRADITIONAL_PAGE = "縣里改造茶園\n\n本報訊 全縣茶農(nóng)今年增收,茶業(yè)發(fā)展中心說這是好事。\n"


def test_every_changed_character_has_its_own_place() -> None:
    """Not one record for the whole page: each stretch of Traditional characters and each pinyin by itself."""
    assert _records(TRADITIONAL_PAGE) == [
        (RepairKind.TRADITIONAL, "縣", "县"),
        (RepairKind.TRADITIONAL, "園", "园"),
        (RepairKind.TRADITIONAL, "報訊", "报讯"),
        (RepairKind.TRADITIONAL, "縣", "县"),
        (RepairKind.TRADITIONAL, "農", "农"),
        (RepairKind.PINYIN, "(nóng)", ""),
        (RepairKind.TRADITIONAL, "業", "业"),
        (RepairKind.PINYIN, "(yè)", ""),
        (RepairKind.TRADITIONAL, "發", "发"),
        (RepairKind.PINYIN, "(fā)", ""),
        (RepairKind.TRADITIONAL, "說這", "说这"),
    ]


FIRST = "村里的老人说,修路这件事大家盼了整整十二年。"
CUT = "施工队白天黑夜轮着干,终于赶在雨季到来之前把路面全部铺"


def test_a_line_joined_over_a_repeated_one_is_told_in_order() -> None:
    """The break before the repeated line, the line, and the break behind it, one after the other."""
    page = f"山路通车\n\n{FIRST}\n\n{CUT}\n\n{FIRST}\n\n好了,孩子们上学少走一个钟头。\n"

    assert _records(page) == [
        (RepairKind.JOINED, "\n\n", ""),
        (RepairKind.REPEATED, FIRST, ""),
        (RepairKind.JOINED, "\n\n", ""),
    ]


def test_lines_of_the_page_are_told_with_the_reason_and_those_of_the_article_with_their_fate() -> None:
    page = f"首页\n山路通车\n来源:山乡新报\n{FIRST}\n版权所有 山乡新报\n"
    account = account_of(document(page))

    assert [(paragraph.fate, paragraph.article) for paragraph in account.paragraphs] == [
        (Fate.LEFT_OUT, None),
        (Fate.TITLE, 1),
        (Fate.FIELDS, None),
        (Fate.BODY, 1),
        (Fate.LEFT_OUT, None),
    ]
    furniture = "part of the page: navigation, copyright, page number or an empty label"
    assert [(record.kind, record.before, record.reason) for record in account.left_out] == [
        (RepairKind.LEFT_OUT, "首页", furniture),
        (RepairKind.FIELDS, "来源:山乡新报", "source, date or author"),
        (RepairKind.LEFT_OUT, "版权所有 山乡新报", furniture),
    ]
    assert account.changes == account.flagged == ()


def test_what_markdown_says_beside_its_text_is_told() -> None:
    """Front matter, comment, marks, soft break, link target: nothing goes without a word."""
    page = "---\ntitle: 题\n---\n# 山路\n<!-- 草稿 -->\n- 通了**车**\n  真好\n\n[1]: https://example.org\n"

    assert _records(page, "text/markdown") == [
        (RepairKind.FIELDS, "---\ntitle: 题\n---\n", ""),
        (RepairKind.MARKUP, "#", ""),
        (RepairKind.LEFT_OUT, "<!-- 草稿 -->", ""),
        (RepairKind.MARKUP, "-", ""),
        (RepairKind.MARKUP, "**", ""),
        (RepairKind.MARKUP, "**", ""),
        (RepairKind.JOINED, "\n  ", ""),
        (RepairKind.LEFT_OUT, "[1]: https://example.org", ""),
    ]


def test_damage_that_stays_is_flagged_and_nothing_is_invented() -> None:
    """A destroyed character, a broken byte and a character of some unknown font are still there, as they were."""
    page = "縣里茶農(nóng)增產(chǎn),茶業(yè)?zhǔn)備發(fā)展。\n又說\ufffd\ue001好。\n"
    account = account_of(document(page))

    assert [(record.kind, record.before, record.after) for record in account.flagged] == [
        (RepairKind.OPEN, "?zhǔn)", "?"),
        (RepairKind.UNREADABLE, "\ufffd\ue001", "\ufffd\ue001"),
    ]
    assert [paragraph.content.text for paragraph in account.paragraphs] == [
        "县里茶农增产,茶业?备发展。",
        "又说\ufffd\ue001好。",
    ]


def test_the_end_of_a_line_that_another_line_covers_is_flagged_as_lost() -> None:
    tail = "又把三十里山路重新勘察了一遍、"
    page = f"山路通车\n\n{FIRST[:-1]},工程师们{tail}\n\n补测了桥。\n\n县交通局的几位负责人,{tail}\n\n测了桥。\n"
    account = account_of(document(page))

    assert [(record.kind, record.before) for record in account.flagged] == [(RepairKind.TORN, ",")]
    assert [(change.kind, change.before) for change in account.changes if change.kind is not RepairKind.JOINED] == [
        (RepairKind.GLUED, tail),
        (RepairKind.ORPHAN, "测了桥。"),
    ]


def test_a_clean_page_has_an_empty_account() -> None:
    """Neither a byte order mark nor a genuine question mark is damage."""
    page = f"\ufeff山路通车\n\n{FIRST}\n\n通车那天,全村人都站在路边看。真的通了?通了。\n"
    account = account_of(document(page))

    assert account.repairs == ()
    assert [paragraph.fate for paragraph in account.paragraphs] == [Fate.TITLE, Fate.BODY, Fate.BODY]
