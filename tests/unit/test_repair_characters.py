"""Inserted pinyin goes, lost characters are recomputed from their bytes, genuine brackets and question marks stay."""

import pytest

from qa.corpus import align
from qa.corpus.repair import repair_characters
from qa.corpus.repairs import RepairKind

# A damaged page carries more groups than the one under test; these make it one.
DAMAGED = "縣(xiàn)里開(kāi)會(huì),"


def repaired(text: str) -> str:
    return repair_characters(text)[0].text


def kinds(text: str) -> list[RepairKind]:
    return [repair.kind for repair in repair_characters(text)[1]]


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("新橋(qiáo)建設(shè)進(jìn)展順(shùn)利", "新桥建设进展顺利"),
        (
            "銀行(háng)行長(zhǎng)還(huán)帶來(lái)了樂(yuè)器",
            "银行行长还带来了乐器",
        ),  # readings that depend on the word
        ("他們(men)過(guò)得還(hái)不錯", "他们过得还不错"),  # a light tone has no mark
        ("(有場(chǎng)地、有設(shè)備、有專(zhuān)人)", "(有场地、有设备、有专人)"),
        ("養(yǎng)老護(hù)理員(10個(gè))", "养老护理员(10个)"),
    ],
)
def test_inserted_pinyin_is_taken_out(printed: str, clean: str) -> None:
    assert repaired(printed) == clean


@pytest.mark.parametrize(
    "text",
    [
        "中央商务区(CBD)占地三平方公里",
        "每瓶500毫升(ml),每箱20千克(kg)",
        "名单(附后)和时间(暂定)",
        "亳(bó)州的药市",  # a gloss that readers need
        "会(kuài)稽山",
        "函数f(a)和g(e)",
        "学校(he)不远",  # letters, but no reading of the character
        "到底怎么办?大家都在问。“真的吗?”",
        "什么?怎么?为什么?",
    ],
)
def test_genuine_brackets_and_question_marks_stay(text: str) -> None:
    page, repairs = repair_characters(text)

    assert page == align.whole(text)
    assert repairs == []


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        # Pinyin for a false match inside two characters; the second was broken up.
        ("昨天的日?qǐng)?bào)登了消息", "昨天的日报登了消息"),
        ("表?yè)P(yáng)了三個(gè)班組", "表扬了三个班组"),
        ("這裡原是石灰?guī)r山坡", "这里原是石灰岩山坡"),
        # ... and what follows was read one byte off.
        ("轉(zhuǎn)變?yōu)橐幻\ue38et(yī)生", "转变为一名医生"),
        ("新聞(wén)?dòng)浾咴L問(wèn)了老人", "新闻记者访问了老人"),
        # A full-width question mark across two characters was made half-width.
        ("按期完成??茖W(xué)館明天開(kāi)門(mén)", "按期完成。科学馆明天开门"),
        ("時(shí)間(jiān)定了??趶浇y(tǒng)一", "时间定了。口径统一"),
        ("這筆善款??顚S?,帳目公開(kāi)", "这笔善款专款专用,帐目公开"),
    ],
)
def test_lost_characters_are_recomputed(printed: str, clean: str) -> None:
    assert repaired(DAMAGED + printed) == "县里开会," + clean
    assert RepairKind.LOST in kinds(DAMAGED + printed)


def test_what_cannot_be_recomputed_stays_and_is_reported() -> None:
    """The pinyin goes, because it is noise for certain; the question mark holds the place."""
    page, repairs = repair_characters(DAMAGED + "他?zhǔn)得了第一")

    assert page.text == "县里开会,他?得了第一"
    assert [(repair.kind, repair.before) for repair in repairs if repair.kind is RepairKind.OPEN] == [
        (RepairKind.OPEN, "?zhǔn)")
    ]


def test_a_quotation_around_a_repair_maps_to_all_that_stands_in_the_source() -> None:
    source = "昨天的日?qǐng)?bào)登了"
    page, _ = repair_characters(source)
    at = page.text.index("日報")

    span = align.raw_span(page, at, at + 2)

    assert source[span.start : span.end] == "日?qǐng)?bào)"
    assert not align.is_exact(page, at, at + 2, source)
    assert align.is_exact(page, 0, 3, source)


def test_traditional_pages_are_simplified_one_for_one() -> None:
    page, repairs = repair_characters("圖書館開門,讀者來了。後面還有操場。")

    assert page.text == "图书馆开门,读者来了。后面还有操场。"
    assert [(repair.before, repair.after) for repair in repairs] == [("圖書館開門讀來後還場", "图书馆开门读来后还场")]
    assert align.raw_span(page, 3, 5).start == 3


@pytest.mark.parametrize(
    "text",
    [
        "乾隆年间修建的大桥，今年重新开放，游客很多，县里为此增加了两条公交线路，方便大家前来参观。",
        "東京は今日も雨です。電車が遅れています。図書館へ行きました。",
        "The word 發 is Traditional.",
    ],
)
def test_other_pages_keep_their_characters(text: str) -> None:
    assert repair_characters(text) == (align.whole(text), [])


def test_zero_width_characters_inside_chinese_are_removed() -> None:
    page, repairs = repair_characters("新\u200b桥\ufeff通车")

    assert page.text == "新桥通车"
    assert [repair.kind for repair in repairs] == [RepairKind.INVISIBLE, RepairKind.INVISIBLE]
