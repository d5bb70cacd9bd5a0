"""Broken lines are joined, repetition is dropped once, and everything genuine stays as printed."""

import pytest

from qa.corpus import align
from qa.corpus.joins import attach_photographers, join_broken
from qa.corpus.lines import Line, separator, split_lines
from qa.corpus.repair import repair
from qa.corpus.repairs import RepairKind
from qa.corpus.repeats import drop_repeats
from qa.corpus.wrapped import join_wrapped
from qa.types import AlignedText, Document, Run

FIRST = "会议指出,要紧盯薄弱环节,把村庄清洁落到每条街、每一户,做到“户户有人管、条条街道有人扫”,形成长效机制、"
REST = "常态机制。"
NEXT = "会议听取了各村汇报,参加会议的有镇长杜某、各村党支部书记、"


def lines_of(*paragraphs: str) -> list[Line]:
    return split_lines(align.whole("\n\n".join(paragraphs)))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def document(text: str) -> Document:
    return Document("page.txt", "0", "utf-8", text)


def test_lines_are_cut_at_newlines_only_and_trimmed() -> None:
    lines = split_lines(align.whole("\ufeff　　一\u2028二\x0c三 \r\n\r\n \t\r\n四"))

    assert [(line.text, line.blank_before, line.indent) for line in lines] == [("一\u2028二\x0c三", 0, 4), ("四", 2, 0)]
    assert lines[1].content == AlignedText("四", (Run(0, 17, 1),))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("全镇今年种植果树三千亩。镇里还请来技术员,逐户传授修枝、施", "肥、防虫的办法。"),  # in mid-word
        ("他在大会上要求,各村要进", "一步摸清底数。随后,镇长宣读了名单。"),
        ("建设中的体育馆预计明年开放,届时将承办“全县中小", "学生运动会”,观众席有两千个座位。"),  # an open quote
        ("工作组走访农户、学校、", "卫生院,了解用水情况。"),  # after a mark that ends nothing
        ("本报讯(记者王某)县里昨天召开推进会部署", "下一步工作。"),  # a report is no headline
        ("新修的水渠全长八公里,从水库一直通到下游的五个村庄,沿途经过三座山和两条", "公路,惠及农户一千二百家。"),
    ],
)
def test_a_sentence_that_runs_on_is_joined(upper: str, lower: str) -> None:
    joined, repairs = join_broken(lines_of("县里今年修了很多路。", upper, lower))

    assert texts(joined)[1:] == [upper + lower]
    assert [repair.kind for repair in repairs] == [RepairKind.JOINED]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("抓好春季生产,守住粮食安全", "今年全县播种小麦四十万亩。"),  # a section heading
        ("全县今年新修公路八十公里。", "目前,二期工程已经开工。"),
        ("如何留住年轻人?镇里的办法有三条——", "——建宿舍。一百二十间公寓今年交付。"),
        ("各乡镇人民政府,县直各部门:", "现将有关事项通知如下。"),
        ("参加演出的有三个剧团、", "乡村大舞台 好戏连台唱"),  # a headline follows
        ("孩子们在新操场上跑步。 记者 王某 摄", "操场去年动工。"),
        ("他说完就走了。“明天再来吧", "一、加强组织领导。各村要成立专班。"),  # a numbered item
    ],
)
def test_what_ends_or_heads_is_not_joined(upper: str, lower: str) -> None:
    assert texts(join_broken(lines_of("县里今年修了很多路。", upper, lower))[0])[1:] == [upper, lower]


def test_a_headline_at_the_top_is_never_joined_to_the_text() -> None:
    page = lines_of("凝心聚力谋发展,真抓实干开新局,奋力书写全县乡村振兴事业的崭新篇章", "水,是全县人最关心的事。")

    assert texts(join_broken(page)[0]) == texts(page)


def test_characters_printed_on_both_sides_of_a_break_are_dropped_once() -> None:
    joined, repairs = join_broken(lines_of("变化二:道路越修越宽。", "越宽。全县今年改造农村公路九十公里。"))

    assert texts(joined) == ["变化二:道路越修越宽。全县今年改造农村公路九十公里。"]
    assert [(repair.kind, repair.before) for repair in repairs] == [
        (RepairKind.OVERLAP, "越宽。"),
        (RepairKind.JOINED, "\n"),
    ]


def test_a_sentence_said_twice_is_no_overlap() -> None:
    page = lines_of("孩子们齐声喊:加油。", "加油。看台上也跟着喊起来。")

    assert texts(join_broken(page)[0]) == texts(page)


def test_a_loop_leaves_one_copy_and_nothing_of_the_glued_tail() -> None:
    tail = "“户户有人管、条条街道有人扫”,形成长效机制、"
    page = lines_of(FIRST, REST, NEXT + tail, "态机制。", FIRST, NEXT + tail, "态机制。", "东山村养蜂带富一方")

    kept, repairs = drop_repeats(page)

    assert texts(kept) == [FIRST, REST, NEXT, "东山村养蜂带富一方"]
    assert kept[2].torn
    assert [(repair.kind, repair.before) for repair in repairs] == [
        (RepairKind.GLUED, tail),
        (RepairKind.ORPHAN, "态机制。"),
        (RepairKind.REPEATED, FIRST),
        (RepairKind.REPEATED, NEXT + tail),
        (RepairKind.REPEATED, "态机制。"),
    ]


def test_two_nearly_equal_paragraphs_are_two_facts() -> None:
    attendees = "副县长李某,县直各部门、各乡镇主要负责人,各村党支部书记参加会议。"
    page = lines_of("8月3日,县里召开防汛会议。" + attendees, "8月3日,县里召开防火会议。" + attendees)

    assert drop_repeats(page) == (page, [])


def test_short_lines_may_come_twice() -> None:
    page = lines_of("工作要求", "各村要落实责任。", "工作要求", "各校要落实责任。", "(记者 王某)", "(记者 王某)")

    assert drop_repeats(page) == (page, [])


def test_a_photographer_on_a_line_of_his_own_belongs_to_the_caption_above() -> None:
    joined, _ = attach_photographers(
        lines_of("县里召开大会", "大会现场座无虚席。", "王一鸣 摄", "本报讯 大会昨天召开。")
    )

    assert texts(joined) == ["县里召开大会", "大会现场座无虚席。 王一鸣 摄", "本报讯 大会昨天召开。"]
    assert [line.caption for line in joined] == [False, True, False]


def test_a_photographer_is_not_joined_to_a_headline_or_a_paragraph() -> None:
    page = lines_of("老街换新颜", "王一鸣 摄", "老街昨天开街。第一天来了三千人。", "李小曼 摄")

    assert texts(attach_photographers(page)[0]) == texts(page)


def test_english_prose_of_a_fixed_width_becomes_paragraphs() -> None:
    text = (
        "The library on Mill Street reopened on Monday after a year of work. It has\n"
        "a new reading room with forty seats, and the roof no longer leaks when it\n"
        "rains. Children may borrow five books at a time.\n"
        "\n"
        "The well-known clock in the hall was repaired as well; it had stopped in the\n"
        "winter of 1998 and nobody could say why.\n"
    )

    assert [line.text for line in repair(document(text)).lines] == [
        text.split("\n\n", maxsplit=1)[0].replace("\n", " "),
        text.split("\n\n")[1].strip().replace("\n", " "),
    ]


def test_chinese_prose_of_a_fixed_width_is_joined_without_blanks() -> None:
    first = (
        "　　春天的田野里，农民们正忙着播种。今年全县计划种植水稻十二万亩，比去年增\n"
        "加了一万二千亩。水利部门提前疏通了八十公里的渠道，修好了三座泵站，还添了二\n"
        "十台水泵。"
    )
    second = (
        "　　农技人员也来到田间，手把手地教大家使用新型插秧机。据介绍，一台机器一天\n"
        "可以插秧三十亩，相当于二十个人的工作量。"
    )

    lines = repair(document(first + "\n" + second + "\n")).lines

    assert [line.text for line in lines] == [part.strip().replace("\n", "") for part in (first, second)]


@pytest.mark.parametrize(
    "text",
    [
        "月光落在窗前,\n像一层薄薄的霜。\n我抬起头,\n又把头低下,\n想起远方的家。",
        "山坡上的桃花开了一遍又一遍,\n没有人知道它在等着谁,\n河水从门前流过也不停留,\n我们坐在石头上。",
        "名单如下：\n王一\n李二\n张三\n赵四\n以上四人请于明天报到。",
        "第一段写得很长，说的是村里修路的事情，前后花了三年。\n第二段说的是学校，孩子们有了新教室。\n第三段很短。",
        "- milk\n- bread\n- two pounds of flour\n- eggs",
        "Two roads met in a wood,\nAnd I was there alone,\nAnd nobody came by.\nI sat upon a stone.",
    ],
)
def test_lines_that_were_not_wrapped_stay_apart(text: str) -> None:
    result = repair(document(text))

    assert [line.text for line in result.lines] == text.split("\n")
    assert result.repairs == ()


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("a", "b", " "),
        ("村", "里", ""),
        ("全长8", "公里", ""),
        ("管理——", "——不通车", ""),
        ("he said —", "she left", " "),
        ("한국", "어", " "),
        ("well-", "known", ""),
        ("“", "Hello", ""),
    ],
)
def test_lines_join_as_their_script_is_written(before: str, after: str, between: str) -> None:
    assert separator(before, after) == between


def test_wrapping_needs_lines_that_reach_the_width() -> None:
    page = lines_of("short", "lines", "only", "here")

    assert join_wrapped(page) == (page, [])
