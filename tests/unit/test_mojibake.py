"""Mojibake is undone where its bytes are still there, reported where they are not, and genuine text stays as it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.corpus import align
from qa.corpus.mojibake import undo
from qa.corpus.pipeline import articles_of
from qa.corpus.repair import repair_characters
from qa.corpus.repairs import RepairKind
from qa.evaluation.encodings import sentences
from qa.types import Document

CHINESE = "图书馆在河边，晚上九点关门，老人说今年下雨多"
VIETNAMESE = (
    "Tôi đã đi qua chiếc cầu cũ vào sáng sớm, khi sương mù còn dày đặc.",
    "Bà nội nấu nồi chè đậu xanh rất ngọt và chia cho cả xóm.",
    "Chợ quê họp từ lúc trời chưa sáng, ai cũng vội vã.",
    "“Đừng quên mang ô nhé”, mẹ dặn từ ngoài hiên.",
    "XÃ ĐÃ MỞ LẠI CHỢ, CẢ LÀNG ĐÃ CÓ CÁ VÀ TRÀ NGON.",
)
LANGUAGES = ("simplified", "traditional", "japanese", "english", "french", "german", "spanish", "russian", "korean")
GENUINE = [sentence for name in LANGUAGES for half in (False, True) for sentence in sentences(name, held_out=half)]


def misread(text: str, right: str, wrong: str) -> str:
    return text.encode(right).decode(wrong)


def after(text: str) -> str:
    return undo(text)[0].text


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Là-bas, l'été est déjà très avancé.", "utf-8", "latin-1"),
        ("Größe und Maß, für Müller", "utf-8", "cp1252"),
        ("今天的报纸：河边的图书馆", "utf-8", "latin-1"),
        (CHINESE, "utf-8", "gb18030"),
        ("图书馆Abend", "utf-8", "gb18030"),  # the last byte has taken a plain letter along
        ("I don’t know the café, it’s new.", "utf-8", "gb18030"),
        (CHINESE, "gb2312", "latin-1"),
        ("Паром пришёл утром", "utf-8", "cp1252"),
    ],
)
def test_what_was_misread_comes_back(text: str, right: str, wrong: str) -> None:
    assert after(misread(text, right, wrong)) == text


def test_text_that_was_misread_twice_comes_back() -> None:
    twice = misread(misread("déjà été", "utf-8", "latin-1"), "utf-8", "latin-1")

    assert after(twice) == "déjà été"


def test_only_the_damaged_part_of_a_line_is_touched() -> None:
    text = "他说：ä¸\xadæ–‡，很好。cafÃ© 已经关门。"
    page, repairs = undo(text)

    assert page.text == "他说：中文，很好。café 已经关门。"
    assert [(one.kind, one.before, one.after) for one in repairs] == [
        (RepairKind.MOJIBAKE, "ä¸\xadæ–‡", "中文"),
        (RepairKind.MOJIBAKE, "Ã©", "é"),
    ]
    for one in repairs:
        assert text[one.span.start : one.span.end] == one.before


def test_every_character_knows_the_ones_that_it_stood_for() -> None:
    text = "一" + misread("图书馆，你好", "utf-8", "gb18030")
    page, _ = undo("\n" + text[1:])

    assert page.text == "\n图书馆，你好"
    assert align.raw_span(page, 1, 3) == align.raw_span(page, 1, 2)  # two characters share three
    assert [(span.start, span.end) for span in (align.raw_span(page, 1, 3), align.raw_span(page, 3, 5))] == [
        (1, 4),
        (4, 7),
    ]


def test_a_character_with_a_lost_byte_is_reported_and_stays() -> None:
    damaged = "图书馆".encode().decode("gb18030", errors="replace")
    page, repairs = undo(damaged + "\n安静")

    assert damaged == "鍥句功棣\ufffd"
    assert page.text == "图书棣\ufffd\n安静"
    assert [(one.kind, one.before, one.after) for one in repairs] == [
        (RepairKind.MOJIBAKE, "鍥句功", "图书"),
        (RepairKind.GARBLED, "棣", "棣"),
    ]


@pytest.mark.parametrize("text", ["锟斤拷锟斤拷在河边", "une ï¿½cole"])
def test_what_replaced_lost_bytes_is_reported_and_stays(text: str) -> None:
    page, repairs = undo(text)

    assert page.text == text
    assert [one.kind for one in repairs] == [RepairKind.GARBLED]


@pytest.mark.parametrize(
    "text",
    [
        "«CAFÉ» und „zu Fuß“ kosten 5 € – nicht mehr…",
        "The café”“The next", "IRMÃ MAIS VELHA", "±5°C, 3²+4³, ½ £ ×÷ ©®", "°°°°°° ········ ÄÄÄÄ", "ÀÉÎÕÜ",
        "app没有反应，iOS没问题，A楼和a楼", "x轴茅台 caf茅", "漓江、醴陵、濮阳、灞桥、麒麟、鲶鱼、龟兹",
        "髙橋さん、﨑山", "T恤K线A股", "日本語のテキスト、カタカナ", "Ｆｕｌｌ　ｗｉｄｔｈ，ｌｅｆｔ",
        "Ἑλλάς, ÿ, Ÿ, œuvre", "",
    ],
)  # fmt: skip
def test_genuine_text_is_not_touched(text: str) -> None:
    """Neither its quotes nor its full-width letters are made plain, whatever else ftfy can do."""
    assert undo(text) == (align.whole(text), [])


VARIATIONS = st.sampled_from(
    [
        str, str.upper, str.title, lambda text: f"«{text}»", lambda text: f"“{text[:-1]}”", lambda text: f"„{text}“",
        lambda text: re.sub(" ", "\xa0", text, count=2), lambda text: text.replace(".", "…"), lambda text: text * 3,
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from([*GENUINE, *VIETNAMESE]), VARIATIONS), min_size=1, max_size=4))
def test_clean_text_in_ten_languages_is_never_repaired(parts: list) -> None:
    text = "\n".join(change(sentence) for sentence, change in parts)

    assert undo(text)[1] == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(sentences("simplified", held_out=True)), min_size=1, max_size=3),
    st.sampled_from([("utf-8", "latin-1"), ("gb2312", "latin-1")]),
)
def test_misread_sentences_come_back(parts: list[str], codecs: tuple[str, str]) -> None:
    text = "\n".join(parts)

    assert after(misread(text, *codecs)) == text


def test_repairs_that_come_after_it_still_point_into_the_source() -> None:
    source = misread("消息：", "utf-8", "latin-1") + "\n發(fā)展經(jīng)濟(jì)，發(fā)現(xiàn)問題"
    page, repairs = repair_characters(source)

    assert page.text == "消息：\n发展经济，发现问题"
    for one in repairs:
        if one.kind is not RepairKind.TRADITIONAL:
            assert source[one.span.start : one.span.end] == one.before


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_a_passage_is_searched_right_and_quoted_as_it_stands(media_type: str) -> None:
    source = "# " + misread("河边的图书馆今天晚上九点关门，请大家早些离开。", "utf-8", "latin-1") + "\n"
    _, passages, _ = articles_of(Document("a", "0", "utf-8", source, media_type))

    assert passages[-1].text.endswith("河边的图书馆今天晚上九点关门，请大家早些离开。")
    quote = source[passages[-1].span.start : passages[-1].span.end]
    assert quote.endswith(misread("早些离开。", "utf-8", "latin-1"))
