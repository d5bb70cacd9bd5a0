"""Other kinds of pages: diaries, essays, interviews, statutes, tables, and their writers and photographers."""

import pytest

from qa.corpus.bylines import byline, closing_byline, name_alone
from qa.corpus.captions import is_caption, is_photographer
from qa.corpus.datelines import dateline_byline
from qa.corpus.editors import is_editor
from qa.corpus.marks import is_furniture, is_headline_like
from qa.corpus.names import are_names, is_name
from qa.corpus.pipeline import articles_of
from qa.corpus.place import find_place
from qa.types import Article, BlockKind, Document


def read(text: str) -> tuple[Article, ...]:
    return articles_of(Document("page.txt", "0", "utf-8", text))[0]


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is kind]


DIARY = """\
援沪日记

2022年4月3日 星期日

今天是到上海的第一天。队里分了六个小组,我在第三组。

2022年4月4日 星期一

凌晨五点出发,到社区给居民做核酸,一共采样1260人。

2022年4月5日 星期二

下雨。防护服里全是汗。
"""

ESSAY = """\
外婆的枣树

李小曼

外婆家的院子里有一棵枣树,树干有水桶那么粗。每年八月,枣子一红,孩子们就围着树转。

后来外婆走了,树还在。

雪夜

周 舟

雪是夜里落下来的。没有人听见。

早上推开门,世界白得像一张没有写字的纸。
"""

FRONT = """\
我市举行植树活动 2版

乡村医生的一天 (3版)

全市教育大会召开

推动教育高质量发展

本报讯(记者 何田)9月9日,全市教育大会召开,安排教育高质量发展工作。市委书记江平出席并讲话。(下转第二版)

(上接第一版)

会议表彰了优秀教师120名。

短评

把教师的事放在心上

本报评论员

教师是立教之本。各级各部门要把教师的烦心事、操心事放在心上,一件一件办好。
"""

INTERVIEW = """\
“水清了,鸟就回来了”

——访青河湿地管理中心主任林一苇

记者 何田

记者:请问湿地这几年有什么变化?

林一苇:最大的变化是鸟多了。去年冬天记录到越冬候鸟113种、2.6万只。

记者:接下来有什么打算?

林一苇:我们准备再恢复滩涂800亩,建两座观鸟屋。
"""

LAW = """\
青河县河道采砂管理办法

第一章 总则

第一条 为了加强河道采砂管理,保障防洪安全,制定本办法。

第二条 未经许可不得采砂。任何单位和个人发现违法行为,有权举报。

第二章 法律责任

第三条 违反本办法规定的,由县水利局责令停止违法行为,处一万元以上三万元以下罚款。
"""

TABLE = """\
各乡镇植树任务表
乡镇 任务(万株) 完成(万株)
松山镇 12 11.5
柳沟乡 8 8.2
东岭镇 15 9.7
合计 35 29.4
"""


def test_the_days_of_a_diary_head_their_entries() -> None:
    (article,) = read(DIARY)

    assert (article.title, article.date_iso) == ("援沪日记", "2022-04-03")
    assert of_kind(article, BlockKind.HEADING) == ["2022年4月4日 星期一", "2022年4月5日 星期二"]


def test_a_name_alone_under_a_headline_signs_an_essay() -> None:
    assert [(article.title, article.byline) for article in read(ESSAY)] == [("外婆的枣树", "李小曼"), ("雪夜", "周 舟")]


def test_pointers_to_other_pages_are_no_headlines() -> None:
    first, second = read(FRONT)

    assert (first.title, first.subtitle) == ("全市教育大会召开", "推动教育高质量发展")
    assert (second.title, second.subtitle, second.byline) == ("把教师的事放在心上", "短评", "本报评论员")
    assert first.column is None


def test_an_interview_keeps_its_questions_in_the_text() -> None:
    (article,) = read(INTERVIEW)

    assert (article.title, article.subtitle) == ("“水清了,鸟就回来了”", "访青河湿地管理中心主任林一苇")
    assert article.byline == "记者 何田"
    assert of_kind(article, BlockKind.BODY)[0] == "记者:请问湿地这几年有什么变化?"


def test_chapters_of_a_statute_are_headings_and_its_articles_text() -> None:
    (article,) = read(LAW)

    assert article.title == "青河县河道采砂管理办法"
    assert of_kind(article, BlockKind.HEADING) == ["第一章 总则", "第二章 法律责任"]
    assert of_kind(article, BlockKind.BODY)[1].startswith("第二条 未经许可不得采砂。")


def test_rows_of_a_table_stay_rows() -> None:
    (article,) = read(TABLE)

    assert article.title == "各乡镇植树任务表"
    assert of_kind(article, BlockKind.BODY) == TABLE.splitlines()[1:]


@pytest.mark.parametrize(
    "line",
    [
        "孩子们在新操场上跑步。 记者 王某 摄",
        "大会现场。 张双 摄",
        "全体职工合影 王一/摄",
        "县里的新桥 县文旅局供图",
        "老照片 资料图片",
        "图为会场",
        "上图:孩子们在跑步",
        "(王一鸣 李二 摄)",
    ],
)
def test_captions_are_known_by_their_photographer_or_their_first_words(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["学习摄影", "退休生活 学习摄影", "爱上摄影", "上图书馆借书的人", "项目效果图", "示意图", "他是一名摄影师"]
)
def test_lines_about_pictures_are_no_captions(line: str) -> None:
    assert not is_caption(line)
    assert not is_photographer(line)


@pytest.mark.parametrize(
    "line", ["张双 摄", "王一鸣摄", "新华社记者 李四 摄", "本报记者姜某摄", "摄影:王一", "(王一 李二 摄)"]
)
def test_a_photographer_alone_is_known(line: str) -> None:
    assert is_photographer(line)


@pytest.mark.parametrize(
    "line", ["记者手记", "记者调查", "通讯员培训班", "记者节活动", "★关注民生", "记者:请问您怎么看"]
)
def test_words_that_begin_like_a_byline_are_none(line: str) -> None:
    assert byline(line) is None


def test_editors_are_told_from_sentences_about_editing() -> None:
    assert is_editor("[责任编辑:王一]")
    assert is_editor("责任编辑 王一")
    assert not is_editor("编辑 部的故事")


def test_writers_are_read_from_datelines_and_closing_brackets() -> None:
    assert dateline_byline("本报讯(记者王一)昨天,") == "记者王一"
    assert dateline_byline("本报讯 记者王一报道:昨天,") == "记者王一"
    assert dateline_byline("新华社北京5月3日电(记者 王一)昨天,") == "记者 王一"
    assert dateline_byline("本报讯 昨天,") is None
    assert dateline_byline("本报通讯员昨天(记者 王一)说") is None
    assert closing_byline("桥通车了。(记者 王一)") == "记者 王一"
    assert closing_byline("桥通车了(试运行)") is None


def test_names_are_told_from_words() -> None:
    assert [text for text in ("李小曼", "欧阳明", "周 舟", "阿依·古丽", "手记", "培训班") if is_name(text)] == [
        "李小曼",
        "欧阳明",
        "周 舟",
        "阿依·古丽",
    ]
    assert are_names("王一 李二、张三")
    assert not are_names("王一 手记")
    assert name_alone("李小曼")
    assert not name_alone("文化")


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("某某网版权所有,未经许可请勿转载", True),
        ("未经许可不得采砂。", False),
        ("下转第二版", True),
        ("第03版", True),
        ("12", True),
        ("上一篇:无", True),
        ("作者:", True),
        ("大", False),
        ("作者", False),
    ],
)
def test_furniture_of_sites_and_pages(line: str, furniture: bool) -> None:
    assert is_furniture(line) is furniture


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("老街换新颜", True),
        ("钱从哪里来?", True),
        ("一、加强领导", True),
        ("老街换新颜。", False),
        ("他说,", False),
        ("1. milk", False),
        ("——第一条", False),
        ("各县:", False),
        ("……", False),
        ("", False),
        ("字" * 61, False),
    ],
)
def test_headlines_are_short_and_end_in_nothing(line: str, headline: bool) -> None:
    assert is_headline_like(line) is headline


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("县里开会", "6月5日,青河县召开会议。青河县县长参加。", "青河县"),
        ("东山村养蜂", "本报讯 东山村今年养蜂一百箱。", "东山村"),
        ("新校开学", "在位于平江市南山区石桥镇的新校里,南山区区长说,南山区今年又添了一所学校。", "平江市南山区"),
        ("开发区纪事", "开发区今年引进项目九个。", "开发区"),
        ("好消息", "全县各乡镇、各社区都收到了通知,小区里很热闹,返乡的人多了。", None),
        ("Notes", "The village of Elm is small.", None),
    ],
)
def test_places(title: str, body: str, place: str | None) -> None:
    assert find_place(title, None, body) == place


def test_the_newspaper_names_the_town_of_a_zone() -> None:
    assert find_place("开发区纪事", "平江日报", "开发区今年引进项目九个。") == "平江开发区"
    assert find_place("好消息", "人民日报", "今天下雨。") is None
