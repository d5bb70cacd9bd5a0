"""What stands over a whole page belongs to all of its articles, and what a web site prints around them to none."""

import pytest

from qa.corpus import mastheads, site
from qa.corpus.marks import is_furniture
from qa.corpus.metadata import read_line
from qa.corpus.pipeline import articles_of
from qa.types import Article, BlockKind, Document

SHORT = "渡口的老船修好了,早晚各开一班。船上添了二十件救生衣,票价还是两块钱。"
OTHER = "粮站的院墙刷成了白色,孩子们在上面画了一条长长的河。河里有鱼,也有月亮。"
THIRD = "菜场的公平秤回来了,旁边多了一本登记簿。谁来复称过、差多少,都写在上面。"


def read(text: str) -> tuple[Article, ...]:
    return articles_of(Document("page.txt", "0", "utf-8", text))[0]


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def body(article: Article) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is BlockKind.BODY]


@pytest.mark.parametrize(
    ("line", "paper", "date", "section"),
    [
        ("青河晚报 2021年10月20日 星期三 05版 城事", "青河晚报", "2021年10月20日", "城事"),
        (
            "青河晚报 2020年8月14日 星期五 农历庚子年六月廿五 第7421期 今日16版 责编:章小台 版式:柳小青",
            "青河晚报",
            "2020年8月14日",
            None,
        ),
        ("04 城市新闻 2016年11月30日 值班编辑:白小芷 青河都市报", "青河都市报", "2016年11月30日", "城市新闻"),
        ("《青河日报》2020年6月1日 第4版", "青河日报", "2020年6月1日", None),
        ("《河洲》双月刊 2015年第4期(总第96期)", "《河洲》双月刊", None, None),
        ("THE LINTON POST · Thursday 4 May 2023 · Page 5", "THE LINTON POST", "4 May 2023", None),
        ("Vol. 88, No. 23 | Friday, June 3, 2022 | Local News", None, "June 3, 2022", "Local News"),
        ("No. 2,114 Thursday, October 12, 2023", None, "October 12, 2023", None),
        ("Issue 41 — Autumn 2023", None, None, None),
    ],
)
def test_mastheads_are_read(line: str, paper: str | None, date: str | None, section: str | None) -> None:
    found = mastheads.read(line)

    assert found is not None
    assert (found[0].source, found[0].date, found[1]) == (paper, date, section)


@pytest.mark.parametrize(
    "line", ["城东菜场完成改造 02版", "第三期学员毕业", "5月13日,县里开会", "No. 10 Downing Street", "芦花 副刊"]
)
def test_headlines_with_numbers_are_no_mastheads(line: str) -> None:
    assert mastheads.read(line) is None


def test_papers_are_known_by_their_names_and_magazines_only_beside_a_date() -> None:
    assert mastheads.paper_name("The Harrow Gazette") == "The Harrow Gazette"
    assert mastheads.paper_name("青河双语周刊 Maple Weekly") == "青河双语周刊 Maple Weekly"
    assert mastheads.paper_name("民生周刊") is None
    assert mastheads.paper_name("民生周刊", dated=True) == "民生周刊"
    assert mastheads.paper_name("Local News") is None
    assert mastheads.paper_name("老街新颜") is None


def test_paper_and_date_over_a_page_count_for_every_article() -> None:
    articles = read(
        page(
            "The Harrow Gazette",
            "Saturday, 9 March 2024",
            "Weir reopens",
            "By Nell Ash",
            "The weir is open. So is the bar.",
        )
        + page("\n\nFerry stops", "By Tom Lock", "The ferry has stopped. Nobody knows why, least of all the ferryman.")
    )

    assert [(article.title, article.publisher, article.date_iso) for article in articles] == [
        ("Weir reopens", "The Harrow Gazette", "2024-03-09"),
        ("Ferry stops", "The Harrow Gazette", "2024-03-09"),
    ]


def test_source_and_date_under_a_headline_count_for_its_article_alone() -> None:
    first, second = read(
        page(
            "老渡口又开船",
            "2022-04-18 09:15 来源:青河画报",
            "本报记者 游小澜",
            SHORT,
            "白墙上有了一条河",
            "◎李小曼",
            OTHER,
        )
    )

    assert (first.publisher, first.date_iso) == ("青河画报", "2022-04-18")
    assert (second.publisher, second.date) == (None, None)


def test_a_banner_over_signed_opinions_is_a_column_wherever_the_page_prints_it() -> None:
    opinions = [
        ("老渡口又开船", "青河镇镇长 李小明", SHORT),
        ("白墙上有了一条河", "◎ 柳沟村党支部书记 王小芳", OTHER),
        ("菜场的秤要准", "赵小云(石门村村委会主任)", THIRD),
    ]
    lines = [line for opinion in opinions for line in opinion]

    for at in (0, 3, 6):
        articles = read(page(*lines[:at], "我们村这一年", *lines[at:]))

        assert [(article.title, article.subtitle) for article in articles] == [
            (title, None) for title, _, _ in opinions
        ]
        assert {article.column for article in articles} == {"我们村这一年"}


def test_a_note_on_the_whole_page_is_part_of_no_opinion() -> None:
    note, first, second = read(
        page(
            "新春话民生",
            "编者按:春节刚过,三位镇长谈谈新一年手里的第一件事。",
            "老渡口又开船",
            "青河镇镇长 李小明",
            SHORT,
        )
        + page("\n\n白墙上有了一条河", "石门镇镇长 王小芳", OTHER)
    )

    assert (note.title, body(note)) == ("新春话民生", ["编者按:春节刚过,三位镇长谈谈新一年手里的第一件事。"])
    assert [(article.title, article.column, body(article)) for article in (first, second)] == [
        ("老渡口又开船", "新春话民生", [SHORT]),
        ("白墙上有了一条河", "新春话民生", [OTHER]),
    ]


def test_a_line_about_those_who_were_met_is_the_subtitle_above_and_below() -> None:
    for lines in (
        ("探访青河“共享菜园”", "种下的是菜 长出来的是邻里情"),
        ("种下的是菜 长出来的是邻里情", "来自青河的调查"),
    ):
        (article,) = read(page(*lines, f"本报讯(记者何田){SHORT}"))

        assert article.title == "种下的是菜 长出来的是邻里情"
        assert article.subtitle in lines


def test_the_deck_stands_under_an_english_title() -> None:
    (article,) = read(
        page(
            "COUNCIL SELLS STATION",
            "Neighbours fear another block of flats",
            "By Greta Holm",
            "It is sold. Flats come.",
        )
    )

    assert (article.title, article.subtitle) == ("COUNCIL SELLS STATION", "Neighbours fear another block of flats")


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 新闻 > 民生",
        "您当前的位置:首页 → 本地要闻 → 正文",
        "青河在线 > 新闻 > 社会",
        "设为首页 | 加入收藏 | 联系我们",
        "网站首页 新闻 视频 专题 评论 数字报",
        "分享到: 微信 微博 QQ空间",
        "点赞(36) 收藏 评论(5)",
        "【字体:大 中 小】",
        "[纠错] [打印] [收藏]",
        "打印本页 | 关闭窗口",
        "上一页 1 2 3 下一页",
        "关键词:教育 气象",
        "扫一扫在手机打开当前页",
        "原标题:《论颗卖的樱桃》",
        "特别声明:本文转载仅仅是出于传播信息的需要,并不意味着代表本网站观点",
        "主办单位:区人民政府办公室  网站标识码:0000000001",
        "猜你喜欢",
        "In this issue",
        "Village hall roof ..... page 2",
        "Continued on page 6",
        "第六版",
    ],
)
def test_the_furniture_of_sites_and_pages(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "位置:县城东门口",
        "评论 一座城",
        "教育",
        "新闻 民生",
        "打印店里的春天",
        "分享一块月饼",
        "大",
        "A - B",
        "点赞的人多了",
    ],
)
def test_headlines_and_entries_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_only_what_never_stands_inside_an_article_ends_a_page() -> None:
    assert site.ends_page("上一篇:老渡口又开船")
    assert site.ends_page("青河新闻网 版权所有")
    assert site.ends_page("打印 关闭")
    assert not site.ends_page("【字体:大 中 小】")
    assert not site.ends_page("分享到:")


SAVED = """\
首页 > 新闻 > 社会

老渡口又开船

2018-06-06 10:12:00 来源:青河晚报 【打印】 【关闭】

渡口的老船修好了,早晚各开一班。船上添了二十件救生衣,票价还是两块钱。

责任编辑:山小竹

相关阅读

老渡口的三次变身

· 渡工老赵的一天(2018-05-11)

首页 > 新闻 > 教育

白墙上有了一条河

2018年06月05日 15:40   青河在线综合

粮站的院墙刷成了白色,孩子们在上面画了一条长长的河。河里有鱼,也有月亮。

点赞(36) 收藏 评论(5)

上一条:没有了
"""


def test_saved_pages_of_a_site_are_parted_and_bare_of_it() -> None:
    first, second = read(SAVED)

    assert (first.title, first.publisher, first.date_iso, body(first)) == (
        "老渡口又开船",
        "青河晚报",
        "2018-06-06",
        [SHORT],
    )
    assert (second.title, second.publisher, second.date_iso) == ("白墙上有了一条河", "青河在线", "2018-06-05")
    assert body(second) == [OTHER]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("时间:2020年11月12日 16:20 来源:青河在线 【打印】 【关闭】", ("青河在线", None, "2020年11月12日")),
        ("索引号:000-2021-114  发文机关:青河县林业局  发布日期:2021-11-02", (None, None, "2021-11-02")),
        ("来源:青河广播 | 时间:2021-05-19 17:04 | 作者:左文清", ("青河广播", "左文清", "2021-05-19")),
        ("2021-09-17 来源:某日报 记者:张三 李四 字体:【大】【中】【小】", ("某日报", "张三 李四", "2021-09-17")),
        (
            "发布时间: 2022-07-14  信息来源: 区水务局  浏览次数: 208  【字体: 大 中 小】",
            ("区水务局", None, "2022-07-14"),
        ),
        ("来源丨某日报 作者丨李明", ("某日报", "李明", None)),
    ],
)
def test_lines_of_sites_are_read(line: str, expected: tuple[str | None, ...]) -> None:
    fields = read_line(line)

    assert fields is not None
    assert (fields.source, fields.author, fields.date) == expected


@pytest.mark.parametrize(
    "line", ["记者:请问您怎么看", "地点:礼堂", "时间:9:00-17:00", "大白菜:每斤0.85元 2021-05-06", "青河在线"]
)
def test_entries_and_speech_are_no_lines_of_sites(line: str) -> None:
    assert read_line(line) is None


def test_a_kicker_like_title_is_a_title_when_only_the_banner_stands_over_it() -> None:
    opinions = [
        ("记好民生账", "镇长 李小明", SHORT),
        ("来自一线的思考", "镇长 王小芳", OTHER),
        ("几点要求", "镇长 赵小云", THIRD),
    ]
    lines = [line for title, sign, text in opinions for line in (title, f"青河镇{sign}", text)]

    articles = read(page("青河论坛", "——镇长谈民生", *lines))

    assert [article.title for article in articles] == [title for title, _, _ in opinions]
    assert {article.column for article in articles} == {"青河论坛 / 镇长谈民生"}


def test_a_text_torn_right_under_its_signature_is_joined() -> None:
    halves = ("危桥二十三座,今年修了十七座,剩下六座", "汛期之前必须修完,每座桥头都立了牌子。")

    (article,) = read(page("桥修好了才睡得着", "青河公路中心主任 李小明", *halves, OTHER))

    assert (article.title, body(article)) == ("桥修好了才睡得着", ["".join(halves), OTHER])


@pytest.mark.parametrize(
    ("name", "dated"),
    [("The Penhallow Packet", "Friday 8 July 2022 No 1,873 80p"), ("青河报", "2022年6月24日 星期五 农历五月廿六")],
)
def test_a_paper_called_like_no_other_is_known_by_the_date_under_it(name: str, dated: str) -> None:
    """The date must be more than a day: a headline may stand over that."""
    first, second = read(
        page(
            name,
            dated,
            "综合新闻 03",
            "老渡口又开船",
            "本报记者 何田",
            SHORT,
            "白墙上有了一条河",
            "本报记者 余音",
            OTHER,
        )
    )

    assert (first.title, second.title) == ("老渡口又开船", "白墙上有了一条河")
    assert {article.publisher for article in (first, second)} == {name}
    assert {article.date_iso for article in (first, second)} <= {"2022-07-08", "2022-06-24"}
    assert first.column == "综合新闻"


def test_a_headline_over_its_date_is_no_paper() -> None:
    (article,) = read(page("Weir Opens Again", "8 July 2022", "By Nell Ash", "The weir is open. So is the bar."))

    assert (article.title, article.publisher) == ("Weir Opens Again", None)
