"""Damage in one part of a page: one article wrapped, one Traditional, a tail glued on; the rest is not touched."""

import textwrap

import opencc
import pytest

from qa.corpus import traditional
from qa.corpus.repair import repair, repair_characters
from qa.corpus.repairs import RepairKind
from qa.types import Document

WHOLE = (
    "邮电大楼顶上的四面钟停在三点一刻已经十二年,楼下的人都习惯了。上个月,修钟人何守正带着两个徒弟爬了上去,一待就是二十六天。",
    "钟没有坏,是鸽子把巢筑在了齿轮中间。何守正等到最后一窝小鸽子飞走,才动手清理、上油、校准,还在旁边给鸽子另外搭了一个窝。",
)
DOCK = (
    "杉浦老船坞停用了十九年,铁轨之间的草长得比人高。今年夏天,一群玩滑板的年轻人找到街道,问能不能把这块水泥坡借给他们用。",
    "街道起初担心安全,后来请了两位退休的船厂工程师来看。工程师拿锤子敲了一天,说这坡能停三千吨的船,停几十个孩子绰绰有余。",
    "如今坡道两边加了护栏,拐角处包了橡胶。每天下午四点以后,船坞里全是轮子滚过水泥的声音。",
)
DAMAGED = "縣(xiàn)里開(kāi)會(huì),"


def lines(text: str) -> list[str]:
    return [line.text for line in repair(Document("page.txt", "0", "utf-8", text)).lines]


def kinds(text: str) -> list[RepairKind]:
    return [one.kind for one in repair(Document("page.txt", "0", "utf-8", text)).repairs]


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_one_wrapped_article_among_whole_paragraphs_is_joined() -> None:
    page = "\n\n".join(("修钟人", *WHOLE, "废船坞成了滑板公园", *(wrapped(text, 22) for text in DOCK), *WHOLE[::-1]))

    assert lines(page) == ["修钟人", *WHOLE, "废船坞成了滑板公园", *DOCK]


def test_a_wrapped_english_article_is_joined() -> None:
    texts = (
        "The vault now holds cheese. The counter where mortgages were refused sells eggs by the half-dozen, and the "
        "night safe has been fitted with a slot for returned milk bottles.",
        "Ashby Vale had three banks until 2016 and none after it. The owners bought the building for less than the "
        "price of the carpet, and kept the clock.",
    )
    broken = "\n\n".join("\n".join(textwrap.wrap(text, 60)) for text in texts)

    assert lines("\n\n".join(("Farm shop opens", broken, *WHOLE))) == ["Farm shop opens", *texts, *WHOLE]


def test_titles_of_one_length_in_a_row_are_not_joined() -> None:
    titles = [
        "县城第一座钢结构天桥昨天清晨正式通行",
        "九十六岁老人向档案馆捐出三千张老粮票",
        "水库鱼头节今年改到十月下旬重新举办",
    ]

    assert lines("\n".join((*titles, *WHOLE))) == [*titles, *WHOLE]


def test_one_traditional_article_among_simplified_ones_is_simplified_and_recorded_where_it_stands() -> None:
    old = opencc.OpenCC("s2t").convert("\n\n".join(("修钟人把时间找回来了", *DOCK)))
    around = "\n\n".join(WHOLE * 12)
    page = f"{around}\n\n{old}\n\n{around}"

    result, repairs = repair_characters(page)

    assert result.text == f"{around}\n\n{traditional.simplify_characters(old)}\n\n{around}"
    assert [(one.kind, page[one.span.start : one.span.end]) for one in repairs] == [(RepairKind.TRADITIONAL, old)]


def test_a_quotation_in_traditional_characters_stays() -> None:
    page = "\n\n".join(
        (*WHOLE, "匾上刻着「龍興書店」四個大字,是老掌柜写的,字里行间看得出他年轻时练过颜体,也练过魏碑。", *DOCK)
    )

    assert traditional.regions(page) == []
    assert repair_characters(page)[1] == []


def test_a_finished_tail_that_starts_inside_of_a_sentence_elsewhere_was_glued_on() -> None:
    source = "灯坏了找谁、下水堵了找谁,过去要问一圈,现在表上写得清清楚楚。最快的一单从派工到抢通用了1小时40分钟。"
    tail = source[source.index("过去") :]
    page = f"派工表由街道来排。{source}\n\n常师傅说,好的要看,不好的更要看,报表不是用来贴金的。{tail}\n"

    assert lines(page) == [f"派工表由街道来排。{source}", "常师傅说,好的要看,不好的更要看,报表不是用来贴金的。"]
    assert kinds(page) == [RepairKind.GLUED]


def test_a_sentence_that_two_paragraphs_end_with_stays() -> None:
    end = "会议由村党支部书记乔大林主持,镇水利站站长贺小兰列席并讲话。"
    page = f"上午,东村召开村民代表会议,赞成38票。{end}\n\n下午,西村召开村民代表会议,赞成36票。{end}\n"

    assert lines(page) == page.strip().split("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "站名里的“栖”念作栖(qī),码头上的老船工管水边叫“浦(pǔ)头”,年轻的播音员却顺口读成了“普头”。",
        "他姓查(zhā),住在会(kuài)稽,祖籍番(pān)禺,后来搬到铅(yán)山。" + "这里的人说话好听,外地人一听就记住了。" * 12,
        "龜兹(cí)國在今天的庫車,那裡的樂舞傳到長安,唐人寫詩讚嘆不已,後來的畫家又把它們畫在壁上,一直留到今天。",
    ],
)
def test_readings_that_explain_a_name_stay(text: str) -> None:
    assert not any(one.kind is RepairKind.PINYIN for one in repair_characters(text)[1])


def test_readings_all_over_a_simplified_page_go() -> None:
    text = "县(xiàn)里开(kāi)会(huì)讨(tǎo)论修(xiū)桥(qiáo)的事(shì),大家都同意。"

    assert repair_characters(text)[0].text == "县里开会讨论修桥的事,大家都同意。"


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        # A1 A3 BF 82: the folded sign took the end of 。 and the start of 總, whose reading was inserted before.
        ("代表到齊了???zǒng)共四十人", "代表到齐了。总共四十人"),
        # A1 A3 BF 68: what is left of 縣 is the letter h.
        ("學(xué)校放假了??h(xiàn)城安靜下來", "学校放假了。县城安静下来"),
        # C3 BF 82 80: BF 82 is 總, and the byte that is left of 個 shows as a Euro sign.
        ("診所每?zǒng)€月義診一次", "诊所每个月义诊一次"),
    ],
)
def test_lost_characters_at_the_edges_of_a_conversion(printed: str, clean: str) -> None:
    assert repair_characters(DAMAGED + printed)[0].text == "县里开会," + clean


@pytest.mark.parametrize("text", ["价格是多少???", "一百€起", "Really?? (yes)", "是吗??h"])
def test_question_marks_and_euro_signs_stay(text: str) -> None:
    assert repair_characters(DAMAGED + text)[0].text == "县里开会," + text
