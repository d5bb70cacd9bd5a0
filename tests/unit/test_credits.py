"""Who did what for an article, read out of the lines that say so."""

import pytest

from qa.corpus.credits import Work, credits_in
from qa.types import BlockKind


def told(text: str, kind: BlockKind, *, title: str = "") -> list[tuple[str, list[str]]]:
    """Return the names with what was done, in order."""
    return [(text[one.start : one.end], sorted(one.works)) for one in credits_in(text, kind, title=title)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报记者 游小满", [("游小满", ["reporting"])]),
        ("□ 本报通讯员 葛青 本报记者 屈小航", [("葛青", ["corresponding"]), ("屈小航", ["reporting"])]),
        ("新华社记者 张三 李四", [("张三", ["reporting"]), ("李四", ["reporting"])]),
        ("策划:聂青 文字:樊月 夏宁 摄影:顾念", [
            ("聂青", ["planning"]), ("樊月", ["writing"]), ("夏宁", ["writing"]), ("顾念", ["photography"])
        ]),
        ("责编:慕容楷 校对:安若 美编:乌兰", [("慕容楷", ["editing"]), ("安若", ["checking"])]),
        ("[责任编辑:贾维]", [("贾维", ["editing"])]),
        ("文/图 张三", [("张三", ["photography", "writing"])]),
        ("文/张三 图/李四", [("张三", ["writing"]), ("李四", ["photography"])]),
        ("记者张三 摄影李四", [("张三", ["reporting"]), ("李四", ["photography"])]),
        ("裴青", [("裴青", ["writing"])]),
        ("周 舟", [("周 舟", ["writing"])]),
        ("县教育局党组书记、局长 汪铭", [("汪铭", ["writing"])]),
        ("本报评论员", [("本报评论员", ["writing"])]),
        ("By Piers Lockyer, Education Reporter", [("Piers Lockyer", ["writing"])]),
        ("By Ann Lee, Tom Rudd and Bo Hay", [
            ("Ann Lee", ["writing"]), ("Tom Rudd", ["writing"]), ("Bo Hay", ["writing"])
        ]),
        ("本报记者 水涵 Hester Vane", [("水涵", ["reporting"]), ("Hester Vane", ["reporting"])]),
    ],
)  # fmt: skip
def test_a_byline_tells_who_did_what(line: str, names: list[tuple[str, list[str]]]) -> None:
    assert told(line, BlockKind.BYLINE) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("张三 文 李四 图", [("张三", ["writing"]), ("李四", ["photography"])]),
        ("张三/文 李四/图", [("张三", ["writing"]), ("李四", ["photography"])]),
        ("记者 张三 通讯员 李四 文/图", [
            ("张三", ["photography", "reporting", "writing"]), ("李四", ["corresponding", "photography", "writing"])
        ]),
        ("记者 欧阳清 摄影报道", [("欧阳清", ["photography", "reporting", "writing"])]),
    ],
)  # fmt: skip
def test_what_somebody_did_may_stand_behind_the_name(line: str, names: list[tuple[str, list[str]]]) -> None:
    assert told(line, BlockKind.BYLINE) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报讯(记者温宁 通讯员边城)昨天,记者站在桥头。", [("温宁", ["reporting"]), ("边城", ["corresponding"])]),
        ("新华社北京5月1日电(记者 王一、李二)今天", [("王一", ["reporting"]), ("李二", ["reporting"])]),
        ("灯会很热闹。(本报记者 宋一鸣)", [("宋一鸣", ["reporting"])]),
        ("本报讯(2024年)今天", []),
        ("记者王一说,通讯员李二也来了。", []),
    ],
)
def test_a_paragraph_tells_it_in_its_dateline_or_last_brackets_only(
    text: str, names: list[tuple[str, list[str]]]
) -> None:
    assert told(text, BlockKind.BODY) == names


@pytest.mark.parametrize(
    ("text", "photographers"),
    [
        ("工人在北站卸下拖拉机 本报记者 游小满 摄", ["游小满"]),
        ("孩子们在甲板上听故事。屈小航摄", ["屈小航"]),
        ("图为大会现场(王小某 摄)", ["王小某"]),
        ("大会现场。\n\n张双 摄", ["张双"]),
        ("抢修现场。(云溪供电公司供图)", ["云溪供电公司"]),
        ("摄影:王小某", ["王小某"]),
        ("Swans at the weir. Photo: Nell Ashcombe", ["Nell Ashcombe"]),
        ("老街夜景 资料图片", []),
        ("工人在渠顶安装止水带。", []),
    ],
)
def test_a_caption_tells_who_took_the_picture(text: str, photographers: list[str]) -> None:
    """Who took it is no author of the text, reporter or not."""
    assert told(text, BlockKind.CAPTION) == [(name, ["photography"]) for name in photographers]


def test_an_imprint_tells_the_author_the_publisher_and_the_day() -> None:
    assert told("河灯\n来源:云溪发布\n2022.4.14\n作者:蒲苇", BlockKind.IMPRINT, title="河灯") == [
        ("云溪发布", ["publishing"]),
        ("2022.4.14", ["publishing day"]),
        ("蒲苇", ["writing"]),
    ]


def test_the_title_above_a_byline_is_no_name() -> None:
    """白杨林 could be a person."""
    assert told("白杨林\n记者 张三", BlockKind.BYLINE, title="白杨林") == [("张三", ["reporting"])]


def test_a_credit_knows_where_its_label_starts() -> None:
    """The second name has none of its own."""
    text = "记者张三 李四"

    first, second = credits_in(text, BlockKind.BYLINE)

    assert (first.works, text[first.labelled : first.end]) == ({Work.REPORTING}, "记者张三")
    assert second.labelled == second.start
