"""Writers sign in many forms, above a text and under it; each goes into the by-line and none into the text."""

import pytest

from qa.corpus.bylines import byline, closing_byline, closing_line, is_reporter, name_alone, writers
from qa.corpus.captions import is_caption, is_photographer
from qa.corpus.datelines import opens_report
from qa.corpus.editors import is_editor
from qa.corpus.offices import office_alone, office_byline, signature
from qa.corpus.pipeline import articles_of
from qa.types import Article, BlockKind, Document

TEXT = "渡口的老船修好了,早晚各开一班。船上添了二十件救生衣,票价还是两块钱。"
OTHER = "粮站的院墙刷成了白色,孩子们在上面画了一条长长的河。河里有鱼,也有月亮。"


def read(text: str) -> tuple[Article, ...]:
    return articles_of(Document("page.txt", "0", "utf-8", text))[0]


def body(article: Article) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is BlockKind.BODY]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("本报记者 麦冬青", "本报记者 麦冬青"),  # a surname that no list knows, but set apart from its role
        ("本报记者 游山海 实习生 毕小雨", "本报记者 游山海 实习生 毕小雨"),
        ("见习记者 冒小尘 摄影 谈笑", "见习记者 冒小尘 摄影 谈笑"),
        ("屈大航 文/图", "屈大航 文/图"),
        ("文/邢可 图/谷小晴", "文/邢可 图/谷小晴"),
        ("李明/文 王芳/摄", "李明/文 王芳/摄"),
        ("文 孟夏 图 谷小雨", "文 孟夏 图 谷小雨"),
        ("文丨本报记者 李明 图丨王芳", "文丨本报记者 李明 图丨王芳"),
        ("◎迟子青", "迟子青"),
        ("(作者系青河县第二中学教师)", "作者系青河县第二中学教师"),
        ("By JANE ROE", "JANE ROE"),
        ("By Jane Roe | Staff Reporter", "Jane Roe | Staff Reporter"),
        ("Words: Ann Lee", "Ann Lee"),
        ("Staff Writer", "Staff Writer"),
        ("记者 观察", None),
        ("学习 摄影", None),
        ("我爱 摄影", None),
        ("Report on Roads", None),
    ],
)
def test_bylines_of_all_forms(line: str, who: str | None) -> None:
    assert byline(line) == who


@pytest.mark.parametrize(
    "line",
    [
        "青河市交通局局长 邵小川",
        "秦小兰(市教育局党组书记、局长)",
        "○ 黄柏镇党委书记 鲁有年",
        "□ 严松年 南埠乡党委书记",
        "市行政审批局副局长 卜 然",
        "市发改委党组书记 主任 王朝云",
        "(金沙镇镇长 骆小驼)",
        "市人大代表、青河纺织有限公司党支部书记 闻人静",
        "口述:市中医院主任医师 曲小池",
        "读者 苗青青",
        "退休工人 倪大壮",
        "家庭主妇 荣小妹",
        "Alan Frith, Transport Correspondent",
        "Jane Roe, chair of the parish council",
    ],
)
def test_an_office_signs_before_a_name_and_after_it(line: str) -> None:
    assert office_byline(line)


@pytest.mark.parametrize("line", ["县委书记 深入基层", "提升干部教师 素养", "坚持党建引领 凝聚奋进合力", "老街 新颜"])
def test_two_phrases_of_a_headline_sign_nothing(line: str) -> None:
    assert not office_byline(line)


def test_marks_and_brackets_are_no_part_of_a_signature() -> None:
    assert signature("○ 黄柏镇党委书记 鲁有年") == "黄柏镇党委书记 鲁有年"
    assert signature("(金沙镇镇长 骆小驼)") == "金沙镇镇长 骆小驼"
    assert office_alone("青竹乡党委副书记、乡长")
    assert not office_alone("他当过三年乡长。")


def test_names_alone_are_told_from_phrases() -> None:
    assert [text for text in ("李小曼", "李明 王芳", "周 舟", "高山 流水", "文化") if name_alone(text)] == [
        "李小曼",
        "李明 王芳",
        "周 舟",
    ]


def test_a_signature_under_a_text_stands_in_brackets_or_behind_a_dash() -> None:
    assert [closing_line(text) for text in ("(李明)", "——李明", "— Jane Roe", "(王明 整理)", "(试行)")] == [
        "李明",
        "李明",
        "Jane Roe",
        "王明 整理",
        None,
    ]
    assert closing_byline("船修好了。(王小明)") == "王小明"
    assert closing_byline("船修好了。(完)") is None


def test_each_writer_is_named_once_and_a_note_only_when_no_name_is_printed() -> None:
    assert writers(["左文清", "记者 左文清 通讯员 王芳"]) == "记者 左文清 通讯员 王芳"
    assert writers(["记者 左文清", "左文清"]) == "记者 左文清"
    assert writers(["JANE ROE", "Staff Writer"]) == "JANE ROE"
    assert writers(["作者系青河二中教师"]) == "作者系青河二中教师"
    assert writers([]) is None
    assert is_reporter("通讯员 王芳")
    assert not is_reporter("青河市水务局局长 王芳")


@pytest.mark.parametrize(
    "sign",
    [
        "本报记者 麦冬青",
        "屈大航 文/图",
        "○ 黄柏镇党委书记 鲁有年",
        "秦小兰(市教育局局长)",
        "青竹乡党委书记\n\n明小月",
        "李明 王芳",
        "读者 苗青青",
    ],
)
def test_a_signed_headline_starts_an_article(sign: str) -> None:
    first, second = read(f"老渡口又开船\n\n本报记者 何田\n\n{TEXT}\n\n白墙上有了一条河\n\n{sign}\n\n{OTHER}\n")

    assert (first.title, body(first)) == ("老渡口又开船", [TEXT])
    assert (second.title, body(second)) == ("白墙上有了一条河", [OTHER])
    assert second.byline is not None
    assert second.byline.split()[-1] in sign


def test_a_list_of_people_signs_nothing() -> None:
    people = [f"青河一中教师 {name}" for name in ("李小明", "王小芳", "赵小云", "孙小平", "周小舟")]

    (article,) = read(f"青河县表彰优秀教师\n\n{TEXT}\n\n名单如下\n\n" + "\n\n".join(people) + "\n")

    assert body(article) == [TEXT, *people]
    assert article.byline is None


@pytest.mark.parametrize(
    "line",
    [
        "孩子们在甲板上听故事。(泽小兰 摄)",
        "渡船离岸 方小圆 摄",
        "Children launch paper boats on Saturday. Photo: Ines Hart",
        "A crew unloads pipe on Wednesday. (Photo by Luis Trent)",
        "Right of way: the ducks cross the line. Picture: Sue Lacey",
        "Above: the weir in March",
    ],
)
def test_captions_in_two_languages(line: str) -> None:
    assert is_caption(line)


def test_who_wrote_and_photographed_is_no_caption() -> None:
    assert not is_caption("李明/文 王芳/摄")
    assert not is_caption("She took the photo by the river.")
    assert is_photographer("Photo: Ines Hart")
    assert not is_photographer("渡船离岸 方小圆 摄")


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("本版编辑 慕容开 图片编辑 毕小雨 电话 0000-7788000", True),
        ("责编:慕容开 校对:安小素 美编:乌小兰", True),
        ("(本版文字由本报记者 盛小夏 整理)", True),
        ("(本栏目由青河县文化馆协办)", True),
        ("Edited by Hester Vane", True),
        ("编辑部搬到了新楼", False),
        ("本版图书目录", False),
    ],
)
def test_editors_of_a_page(line: str, editor: bool) -> None:
    assert is_editor(line) is editor


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        (
            "HARROW, June 3 — The gates of the weir were lifted on Thursday for the first time since the flood in May.",
            True,
        ),
        (
            "ST OSYTH'S, UPPER HARROW — Walter Quill is eighty-one, and he does not care for ladders any more at all.",
            True,
        ),
        (
            "NEW YORK (AP) — Shares rose on Monday after the bank said that it would leave its rates where they were.",
            True,
        ),
        ("本报11月8日讯 (记者 卜一)关了七个月的菜场昨天重新开门。", True),
        ("(记者 卜一)省政府日前公布了新的名单。", True),
        (
            "MONDAY — Chess club at seven in the hall; bring your own board, and a sandwich if you think you need it.",
            False,
        ),
        (
            "NASA says it will fly again, and the engineers — all forty of them — agree that the rocket is in shape.",
            False,
        ),
        ("TEA — in the hall", False),
    ],
)
def test_datelines_in_two_languages(text: str, opens: bool) -> None:
    assert opens_report(text) is opens
