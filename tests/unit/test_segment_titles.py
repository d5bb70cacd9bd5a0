"""Plain headlines, neither signed nor dated: which start an article, which head a section, and what is a list."""

import pytest

from qa.corpus.cohesion import MOST, change, content_words
from qa.corpus.lists import is_entry
from qa.corpus.marks import is_headline_like
from qa.corpus.pipeline import articles_of
from qa.types import Article, BlockKind, Document

BRIDGE = (
    "横跨人民路的钢结构天桥昨天清晨六点放行,桥面宽四米八,两头装了电梯。天桥由一家造船厂焊接,整段用平板车运来,吊装只花了一夜。",
    "人民路小学一千二百名学生从此不用再横穿马路。校门口站了十五年岗的交警老耿说,他终于可以换个路口站了。",
)
STAMPS = (
    "退休粮站职工葛守田把收藏了一辈子的三千零八十张粮票捐给县档案馆,最早的一张印着1955年,面额二两。",
    "老人耳朵不好,讲解都写在纸上。他写道,年轻人看了不必难过,知道一粒米怎么来的就行。",
)
FISH = (
    "往年国庆期间举办的水库鱼头节,今年改到十月下旬。主办方说,国庆路上太堵,鱼也不够肥,晚二十天,客人舒服,鱼也大一斤。",
    "鱼头节期间免费停车,船票半价。想亲手捕鱼的游客需要提前三天登记,每天限六十人。",
)
MINE = (
    "站在乌岭市最高的矸石山上往下看,很难相信十年前这里寸草不生。如今山上种着四万棵刺槐,山下的塌陷坑成了湖,湖边有人钓鱼。",
    "乌岭因煤而生。最红火的时候,全市有矿井一百零九座,运煤的卡车排出去十几公里。煤价下跌以后,三万七千名矿工要找新的饭碗。",
)
MINERS = (
    "关井容易,人往哪里去?市里办了一所转岗学校,电焊、养殖、护理、驾驶,开了二十一个班。矿工们白天上课,晚上在食堂里对答案。",
    "五十三岁的老矿工郎大海学的是养蜂。他说下井三十年,最想的就是太阳。如今他的蜂场有两百箱蜂,刺槐蜜卖到了省城。",
)
PITS = (
    "塌陷坑一共有十七处,最大的一处积水三千多亩。专家们争了两年,有的主张填平,有的主张养鱼,最后决定先把水引活。",
    "引水渠挖了十一公里,水活了,野鸭来了,游客也来了。去年,乌岭的湖区门票和渔业收入分给周边五个村八百万元。",
)


def read(text: str) -> tuple[Article, ...]:
    return articles_of(Document("page.txt", "0", "utf-8", text))[0]


def page(*parts: str | tuple[str, ...]) -> str:
    return "\n\n".join("\n\n".join(part) if isinstance(part, tuple) else part for part in parts)


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is kind]


def titles(text: str) -> list[str]:
    return [article.title for article in read(text)]


BRIEFS = ("县城第一座钢结构天桥通行", BRIDGE, "九十六岁老人捐出三千张粮票", STAMPS, "水库鱼头节改在十月举办", FISH)


def test_titles_on_a_page_of_short_reports() -> None:
    """Nothing is signed, but each headline is long and its text speaks of something else; a paper's name helps."""
    expected = ["县城第一座钢结构天桥通行", "九十六岁老人捐出三千张粮票", "水库鱼头节改在十月举办"]

    assert titles(page(*BRIEFS)) == expected
    assert titles(page("青河周报", "要闻", *BRIEFS)) == expected


def test_headings_of_a_feature_that_goes_on_with_its_subject() -> None:
    (article,) = read(page("一座煤城的绿色转身", MINE, "关井之后", MINERS, "塌陷坑里做文章", PITS))

    assert of_kind(article, BlockKind.HEADING) == ["关井之后", "塌陷坑里做文章"]
    assert of_kind(article, BlockKind.BODY) == [*MINE, *MINERS, *PITS]


def test_headings_of_a_feature_on_a_page_with_other_articles() -> None:
    first, second = read(
        page("青河日报", "一座煤城的绿色转身", "本报记者 何田", MINE, "关井之后", MINERS, "塌陷坑里做文章", PITS)
        + page("\n\n水库鱼头节改在十月举办", "本报记者 余音", FISH)
    )

    assert of_kind(first, BlockKind.HEADING) == ["关井之后", "塌陷坑里做文章"]
    assert (second.title, of_kind(second, BlockKind.BODY)) == ("水库鱼头节改在十月举办", list(FISH))


def test_a_single_text_stays_whole_whatever_its_heading_looks_like() -> None:
    (article,) = read(page("一座煤城的绿色转身", MINE, "九十六岁老人捐出三千张粮票", STAMPS))

    assert of_kind(article, BlockKind.HEADING) == ["九十六岁老人捐出三千张粮票"]


def test_numbered_headings_start_no_article() -> None:
    (article,) = read(page("青河日报", "停水期间怎么办", MINE, "一、停水之前", STAMPS, "二、恢复供水以后", FISH))

    assert of_kind(article, BlockKind.HEADING) == ["一、停水之前", "二、恢复供水以后"]


@pytest.mark.parametrize("title", ["短讯", "遗失声明", "热线电话一览", "本周菜场行情"])
def test_collections_of_small_pieces_start_an_article(title: str) -> None:
    assert titles(page("老渡口又开船", "本报记者 何田", BRIDGE, title, STAMPS)) == ["老渡口又开船", title]


@pytest.mark.parametrize(
    "title", ["Council briefs", "In brief", "Letters to the editor", "Corrections", "Fixtures for May"]
)
def test_collections_in_english(title: str) -> None:
    text = page("Weir reopens", "By Nell Ash", "The weir is open. So is the bar.", title, "Bins: Tuesdays are off.")

    assert titles(text) == ["Weir reopens", title]


def test_another_script_starts_an_article() -> None:
    english = "The weir is open again, and so is the bar beside it. Nobody was hurt, and the ducks have come back."

    assert titles(
        page("县城第一座钢结构天桥通行", BRIDGE, "Weir Reopens", english, "水库鱼头节改在十月举办", FISH)
    ) == [
        "县城第一座钢结构天桥通行",
        "Weir Reopens",
        "水库鱼头节改在十月举办",
    ]


def test_a_change_of_subject_is_told_by_the_words_that_two_texts_share() -> None:
    mine, miners, fish = (list(map(content_words, texts)) for texts in (MINE, MINERS, FISH))

    assert change(mine, fish) == MOST
    assert change(mine, miners) <= 0
    assert change([frozenset({"渡口"})], fish) == 0
    assert "刺槐" in content_words(MINE[0])
    assert "今年" not in content_words(FISH[0])
    assert content_words("Other people think that the gutters leak") == {"gutter"}


def test_entries_with_labels_are_a_list_and_the_odd_line_over_them_heads_it() -> None:
    prices = ("大白菜:每斤0.85元,涨一毛", "菠菜:每斤4.20元,涨八毛", "胡萝卜:每斤1.90元,降一毛")
    close = "监测人员分析,叶菜上涨主要是连阴雨影响采收,预计下周会慢慢回落。"

    (article,) = read(page("菜价这一周:叶菜涨 土豆稳", prices, close))

    assert article.title == "菜价这一周:叶菜涨 土豆稳"
    assert of_kind(article, BlockKind.BODY) == [*prices, close]


def test_a_list_of_short_lines_keeps_the_heading_over_it_and_the_heading_under_it() -> None:
    papers = ("身份证原件", "一寸照片两张", "居住证(外地户口)", "委托书(代办的)")

    (article,) = read(
        page("新版老年证怎么领", BRIDGE[1], "要带的材料", papers, "领证的地点", "四十六个便民中心都是领证的地点。")
    )

    assert of_kind(article, BlockKind.HEADING) == ["要带的材料", "领证的地点"]
    assert of_kind(article, BlockKind.BODY) == [BRIDGE[1], *papers, "四十六个便民中心都是领证的地点。"]


def test_marked_lines_over_paragraphs_are_headings_and_marked_lines_in_a_row_are_not() -> None:
    (article,) = read(page("新版老年证怎么领", BRIDGE[1], "● 哪些人可以领", STAMPS[0], "● 到哪里去领", STAMPS[1]))
    assert of_kind(article, BlockKind.HEADING) == ["● 哪些人可以领", "● 到哪里去领"]

    (article,) = read(page("新版老年证怎么领", BRIDGE[1], "● 身份证", "● 照片", "● 居住证", STAMPS[1]))
    assert of_kind(article, BlockKind.HEADING) == []


def test_items_behind_triangles_are_text_when_nothing_else_stands_under_the_headline() -> None:
    items = ("▲县图书馆周末举办旧书交换会,不收钱。", "▲跨江大桥检修,周六零时至五时禁止通行。")

    _, briefs = read(page("老渡口又开船", "本报记者 何田", BRIDGE, "短讯", items))

    assert of_kind(briefs, BlockKind.BODY) == list(items)


def test_questions_and_answers_are_text() -> None:
    talk = (
        "问题1:旧车没有发票怎么办?",
        "答:写一份来源承诺书就行,不需要居委会盖章。",
        "市民高先生问:充电桩坏了三个月,该找谁?",
        "城管局答复:已经责令五日内修复。",
    )

    (article,) = read(page("您问我答:电动车怎么上牌?", talk))

    assert article.title == "您问我答:电动车怎么上牌?"
    assert of_kind(article, BlockKind.BODY) == list(talk)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("供水抢修:0000-1110001", True),
        ("松山镇 12 11.5", True),
        ("问:旧车没有发票怎么办?", False),
        ("他说:“船修好了。”", False),
        ("老铁路 新风景 旧时光", False),
    ],
)
def test_entries_of_lists(line: str, entry: bool) -> None:
    assert is_entry(line) is entry


@pytest.mark.parametrize(
    "line",
    [
        "“She's resting,” said the lock-keeper, who had slept beside her. “I may do the same.”",
        "He will not be up there. “I'll be in the road,” he said, “finding out what it's like.”",
    ],
)
def test_english_speech_is_no_headline(line: str) -> None:
    assert not is_headline_like(line)


def test_a_poem_between_signed_texts_keeps_its_lines() -> None:
    poem = ("风把一半的叶子交给地面", "把另一半留给灯", "昼与夜坐在门槛上", "分一只梨")

    first, second, third = read(
        page("磨剪子的人", "◎迟子青", STAMPS, "秋分", "向水青", poem, "母亲的账本", "房小棠", FISH)
    )

    assert (first.title, second.title, third.title) == ("磨剪子的人", "秋分", "母亲的账本")
    assert of_kind(second, BlockKind.BODY) == list(poem)


def test_a_headline_over_its_signature_is_not_given_to_the_article_above() -> None:
    """Both opinions are about wells; the second headline fits the first one's text better."""
    first, second = read(
        page("村里的水", "青河镇镇长 李小明", "老井水引进每一户,老井水甜。井在坡下,人在坡上,挑一担水要走一里半路。")
        + page(
            "\n\n把老井水引进每一户", "石门镇镇长 王小芳", "我们村缺水。去年冬天凑了九万块钱,买了一台水泵、三千米水管。"
        )
    )

    assert (first.title, second.title) == ("村里的水", "把老井水引进每一户")


SECTIONS = (STAMPS[1], FISH[1], MINERS[0])


@pytest.mark.parametrize(
    "heads",
    [
        ("一、申请条件", "二、办理流程", "三、收费标准"),
        ("(一)申请条件", "(二)办理流程", "(三)收费标准"),
        ("1.申请条件", "2.办理流程", "3.收费标准"),
        ("1、申请条件", "2、办理流程", "3、收费标准"),
        ("第一步:网上预约", "第二步:现场核验", "第三步:领取证件"),
        ("看点一:展品全", "看点二:票价低", "看点三:交通便"),
        ("■申请条件", "■办理流程", "■收费标准"),
        ("【申请条件】", "【办理流程】", "【收费标准】"),
    ],
)
@pytest.mark.parametrize(
    "lists",
    [
        (
            ("身份证原件", "一寸照片两张"),
            ("低保对象:由政府代缴", "咨询电话:0000-5550001"),
            ("白菜 0.90 1.10", "茄子 3.20 2.80"),
        ),
        (("问:为什么要年审?", "答:为了核对信息。"), ("身份证原件",), ("缴费标准:每人三百八十元", "地址:解放路12号")),
    ],
)
def test_a_series_with_lines_between_heads_sections_of_any_kind(
    heads: tuple[str, ...], lists: tuple[tuple[str, ...], ...]
) -> None:
    parts = [part for pair in zip(heads, lists, strict=True) for part in pair]

    (article,) = read(page("新版老年证怎么领", BRIDGE[1], *parts))

    assert of_kind(article, BlockKind.HEADING) == list(heads)
    assert of_kind(article, BlockKind.BODY) == [BRIDGE[1], *(line for lines in lists for line in lines)]


def test_boxed_headings_start_no_article_on_a_page_of_several() -> None:
    first, second = read(
        page("停电请准备", "本报记者 何田", BRIDGE, "高温天气这样防中暑", "本报记者 余音", STAMPS[0])
        + page("\n\n【喝水】", FISH[0], "【穿衣】", MINE[0], "【急救】", MINERS[1])
    )

    assert (first.title, second.title) == ("停电请准备", "高温天气这样防中暑")
    assert of_kind(second, BlockKind.HEADING) == ["【喝水】", "【穿衣】", "【急救】"]


def test_a_series_in_a_row_is_a_list() -> None:
    items = ("1.身份证原件", "2.一寸照片两张", "3.居住证")

    (article,) = read(page("新版老年证怎么领", BRIDGE[1], items, STAMPS[1]))

    assert of_kind(article, BlockKind.HEADING) == []
    assert of_kind(article, BlockKind.BODY) == [BRIDGE[1], *items, STAMPS[1]]


def test_an_item_that_looks_like_a_name_signs_nothing() -> None:
    (article,) = read(page("新版老年证怎么领", BRIDGE[1], "● 身份证", "● 居安明", STAMPS[1]))

    assert article.byline is None
    assert of_kind(article, BlockKind.BODY) == [BRIDGE[1], "● 身份证", "● 居安明", STAMPS[1]]
