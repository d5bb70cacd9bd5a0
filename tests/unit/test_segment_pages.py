"""Pages of other papers: where articles start, what their headlines are, what is body and what is not."""

from qa.corpus.pipeline import articles_of
from qa.types import Article, BlockKind, Document, Passage


def read(text: str, name: str = "page.txt", media_type: str = "text/plain") -> tuple[Article, ...]:
    return articles_of(Document(name, "0", "utf-8", text, media_type))[0]


def passages(text: str, name: str = "page.txt", media_type: str = "text/plain") -> tuple[Passage, ...]:
    return articles_of(Document(name, "0", "utf-8", text, media_type))[1]


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [block.content.text for block in article.blocks if block.kind is kind]


REPORTS = """\
2021年6月8日 星期二

青河日报

要闻

03

县委召开防汛工作会议

本报讯（记者 何雨晴）6月5日,青河县召开防汛工作会议,安排部署汛期重点任务。会议强调,要压实责任。县长罗建平参加会议。

罗建平指出,要突出抓好水库、河道、山洪灾害易发区三个重点,逐村逐户落实转移预

案,做到早发现、早报告、早处置。目前全县已储备编织袋12万条、救生衣3600件。

松山镇办起“庭院课堂”

本报讯(通讯员 周小满)松山镇把党课搬进农家小院,今年以来已开讲46场,听众超过2000人次。

“听得懂,记得住。”柳沟村村民赵大顺说。

青河一中操场翻新工程完工

本报讯 记者李思远报道:历时两个月,青河一中操场翻新工程日前完工,新跑道长400米,总造价186万元。

“孩子们跑步再也不怕下雨了。”校长梁文彬说。

青河新增三条公交线路

方便两万名居民出行

梅雨季节用电量上升

本报讯（见习记者 唐果）青河公交公司新开通7路、9路和11路三条线路,设站58个,惠及北关、南湖等片区两万名居民。

据介绍,三条线路共投入新能源公交车24辆,早班车6时发车。

本报讯（记者 韩冬）受持续降雨和气温上升影响,青河县用电量连续五日上升。进入梅雨季节,供电公司组织了12支抢修队伍。

责任编辑:钱多多
"""

BYLINES = """\
把农产品卖出好价钱

本报记者 吴帆 通讯员 林小渔

清晨五点,石桥镇蔬菜批发市场已经人声鼎沸。菜农黄四海一边过秤,一边招呼老主顾。

“以前靠天吃饭,现在靠品牌吃饭。”他说。去年,石桥镇注册了三个蔬菜商标,带动农户增收480万元。

老街换新颜

本报记者 吴帆

走进南门老街,青砖灰瓦,灯笼高挂。这条有三百年历史的老街,今年五月完成改造,修缮民居76处。

改造过程中,施工队保留了原有的石板路和古井。

图书馆夜间开放受欢迎

□ 记者 沈如意

晚上九点,县图书馆里仍然灯火通明。自4月起,县图书馆将闭馆时间延长到22时,日均接待读者1300人。
"""

OPINIONS = """\
奋力谱写水利新篇章

筑牢防洪屏障

市水利局局长 江一帆

今年全市计划完成水利投资28亿元,重点实施三座水库除险加固。

要坚持建管并重,健全河湖长制,让每条河都有人管。

守护一库清水

东江水库管理处党委书记、主任 汪洋

东江水库承担着全市260万人的供水任务。我们将加密水质监测频次,由每月一次增加到每旬一次。

节水从细处着手

市节约用水办公室副主任 温暖

推广节水器具11万套,力争到年底公共机构节水型单位达到八成。
"""

FEATURE = """\
铁路公园

走进新时代

新修的步道吸引众多市民 记者 白杨 摄

游客在老站台前留影 本报记者 丁一 摄

老铁路 新风景

一条废弃的铁路,如何变成市民喜爱的公园?答案写在三年的改造里。

2019年,市政府启动铁路公园建设,总投资2.3亿元,沿线拆除违建4.6万平方米,栽种乔木1.8万株。

让出来的绿地

公园沿旧线路铺展,全长6.2公里,宽30到80米不等。设计者保留了两座老站房和一段

路基,把它们改造成图书角与咖啡馆。

图为铁路公园夜景

留下来的记忆

老铁路职工孙长河每天都来这里散步。“我在这条线上跑了二十年车。”他说,“现在看着孩子们在枕木上跳房子,心里高兴。”

(本报记者 白杨 通讯员 丁一)
"""

GLUED = """\
沙河镇推进人居环境整治

本报讯(记者余音)沙河镇召开人居环境整治推进会,安排下一阶段工作。

会议指出,要紧盯薄弱环节,落实村庄清洁“三清一改”任务,做到“户户有人管、条条街道有人扫、月月有评比结果”,形成长效机制、

常态机制。

会议还听取了各村汇报,参加会议的有镇长杜鹃、各村党支部书记、“户户有人管、条条街道有人扫、月月有评比结果”,形成长效机制、

态机制。

会议指出,要紧盯薄弱环节,落实村庄清洁“三清一改”任务,做到“户户有人管、条条街道有人扫、月月有评比结果”,形成长效机制、

会议还听取了各村汇报,参加会议的有镇长杜鹃、各村党支部书记、“户户有人管、条条街道有人扫、月月有评比结果”,形成长效机制、

态机制。

东山村养蜂带富一方

本报讯(记者余音)东山村发展养蜂120箱,户均增收8000元。
"""

BRIEF = """\
本报讯(记者赵平)7月1日,北湖镇举行清廉家风故事会,12名党员家属登台讲述。
本报讯(记者孙静)7月2日,西坡乡苹果冷链仓库投用,库容3000吨。
本报讯(记者赵平)7月3日,县医院开通“夜间门诊”,每周一至周五18时至21时接诊。
"""


def test_every_report_starts_at_its_dateline() -> None:
    assert [(article.title, article.byline) for article in read(REPORTS)] == [
        ("县委召开防汛工作会议", "记者 何雨晴"),
        ("松山镇办起“庭院课堂”", "通讯员 周小满"),
        ("青河一中操场翻新工程完工", "记者李思远"),
        ("青河新增三条公交线路", "见习记者 唐果"),
        ("梅雨季节用电量上升", "记者 韩冬"),
    ]


def test_a_subtitle_under_the_title_is_told_from_a_stray_headline() -> None:
    """Three headline lines stand together; the third says what the next report says, which has none of its own."""
    assert [article.subtitle for article in read(REPORTS)] == [None, None, None, "方便两万名居民出行", None]


def test_banner_date_and_newspaper_count_for_the_whole_page() -> None:
    for article in read(REPORTS):
        assert (article.publisher, article.date, article.date_iso) == ("青河日报", "2021年6月8日", "2021-06-08")
        assert article.column == "要闻"


def test_places_come_from_titles_and_first_lines() -> None:
    assert [article.place for article in read(REPORTS)][:2] == ["青河县", "松山镇"]
    assert read(GLUED)[1].place == "东山村"


def test_headline_and_reporter_start_an_article_without_a_dateline() -> None:
    assert [(article.title, article.byline) for article in read(BYLINES)] == [
        ("把农产品卖出好价钱", "本报记者 吴帆 通讯员 林小渔"),
        ("老街换新颜", "本报记者 吴帆"),
        ("图书馆夜间开放受欢迎", "记者 沈如意"),
    ]


def test_headline_office_and_name_start_an_article_and_the_banner_is_no_title() -> None:
    articles = read(OPINIONS)

    assert [(article.title, article.byline) for article in articles] == [
        ("筑牢防洪屏障", "市水利局局长 江一帆"),
        ("守护一库清水", "东江水库管理处党委书记、主任 汪洋"),
        ("节水从细处着手", "市节约用水办公室副主任 温暖"),
    ]
    assert {article.column for article in articles} == {"奋力谱写水利新篇章"}


def test_title_and_byline_are_one_passage_because_people_ask_who_wrote_what() -> None:
    found = [passage for passage in passages(OPINIONS) if passage.kind is BlockKind.BYLINE]

    assert found[1].text == "守护一库清水\n东江水库管理处党委书记、主任 汪洋"
    assert OPINIONS[found[1].span.start : found[1].span.end] == "守护一库清水\n\n东江水库管理处党委书记、主任 汪洋"


IMPRINTED = """\
我市三条公交线路下月调整

来源:青河日报

2021-06-08 浏览:12次

作者:何雨晴

6路、12路和27路三条公交线路下月起调整,站牌这个周末更换,乘客可以凭当天的车票换乘一次。

字号:大 中 小

老站牌保留到年底,新旧两张线路图并排贴出来,走错的人还能看见回去的路。
"""


def test_source_day_and_author_are_one_passage_under_the_title_because_people_ask_for_them() -> None:
    """A line of other fields makes none."""
    (article,) = read(IMPRINTED)
    (imprint,) = [passage for passage in passages(IMPRINTED) if passage.kind is BlockKind.IMPRINT]

    assert imprint.text == "我市三条公交线路下月调整\n来源:青河日报\n2021-06-08 浏览:12次\n作者:何雨晴"
    assert IMPRINTED[imprint.span.start : imprint.span.end].endswith("作者:何雨晴")
    assert [article.publisher, article.date, article.byline] == ["青河日报", "2021-06-08", "何雨晴"]
    assert len(of_kind(article, BlockKind.BODY)) == 2


def test_a_feature_has_one_title_under_labels_and_captions() -> None:
    (article,) = read(FEATURE)

    assert article.title == "老铁路 新风景"
    assert article.column == "铁路公园 / 走进新时代"
    assert article.byline == "本报记者 白杨 通讯员 丁一"
    assert of_kind(article, BlockKind.CAPTION) == [
        "新修的步道吸引众多市民 记者 白杨 摄",
        "游客在老站台前留影 本报记者 丁一 摄",
        "图为铁路公园夜景",
    ]
    assert of_kind(article, BlockKind.HEADING) == ["让出来的绿地", "留下来的记忆"]
    assert of_kind(article, BlockKind.BYLINE) == ["(本报记者 白杨 通讯员 丁一)"]


def test_a_caption_between_two_halves_is_not_joined_to_either() -> None:
    body = of_kind(read(FEATURE)[0], BlockKind.BODY)

    assert body[2].endswith("设计者保留了两座老站房和一段路基,把它们改造成图书角与咖啡馆。")
    assert len(body) == 4


def test_headings_travel_with_their_passages() -> None:
    headings = [passage.heading for passage in passages(FEATURE) if passage.kind is BlockKind.BODY]

    assert headings == [None, None, "让出来的绿地", "留下来的记忆"]


def test_a_loop_does_not_reach_into_the_next_article() -> None:
    first, second = read(GLUED)

    assert of_kind(first, BlockKind.BODY)[-1] == "会议还听取了各村汇报,参加会议的有镇长杜鹃、各村党支部书记、"
    assert (second.title, len(second.blocks)) == ("东山村养蜂带富一方", 1)


def test_news_in_brief_without_headlines_are_articles_named_after_the_file() -> None:
    assert [(article.title, article.byline, article.date) for article in read(BRIEF, "sub/news.txt")] == [
        ("news", "记者赵平", "7月1日"),
        ("news", "记者孙静", "7月2日"),
        ("news", "记者赵平", "7月3日"),
    ]


def test_a_headline_below_its_text_goes_back_to_it() -> None:
    page = """\
本报讯(记者甲木)昨天,县里召开果品产销会,十二家企业与果农签订了苹果收购合同。

苹果收购合同总量达到八千吨,均价比去年高两成。

企业果农牵手 苹果收购合同落定

全县果品产销会提出

县体育馆下月开放

本报讯(记者乙水)县体育馆装修完毕,下月一日起向市民开放,馆内设有泳池和球场。
"""
    first, second = read(page)

    assert (first.title, first.subtitle) == ("企业果农牵手 苹果收购合同落定", "全县果品产销会提出")
    assert (second.title, second.subtitle) == ("县体育馆下月开放", None)


def test_kicker_and_title_on_one_line_are_told_apart() -> None:
    page = "全县秋收工作会议要求 颗粒归仓 不误农时\n\n本报讯(记者甲木)昨天,全县秋收工作会议召开。\n"

    (article,) = read(page)

    assert (article.title, article.subtitle) == ("颗粒归仓 不误农时", "全县秋收工作会议要求")
    assert article.title_span is not None
    assert page[article.title_span.start : article.title_span.end] == "颗粒归仓 不误农时"


def test_title_and_subtitle_on_one_line_are_told_apart() -> None:
    (article,) = read("把冷板凳坐热——记农技员老何的三十年\n\n老何今年五十八岁。他在田里走了三十年。\n")

    assert (article.title, article.subtitle) == ("把冷板凳坐热", "记农技员老何的三十年")


def test_articles_that_end_in_their_reporter_are_parted_there() -> None:
    page = """\
新桥通车

河上的新桥昨天通车,两岸居民不用再绕路。(记者 甲木)

旧厂房变身书店

城东的旧厂房里开了一家书店,开业当天卖出两千册。(记者 乙水)
"""
    assert [(article.title, article.byline) for article in read(page)] == [
        ("新桥通车", "记者 甲木"),
        ("旧厂房变身书店", "记者 乙水"),
    ]


def test_ids_count_from_one_in_order_of_appearance() -> None:
    assert [article.id for article in read(GLUED, "a/b.txt")] == ["a/b.txt#1", "a/b.txt#2"]


def test_a_page_without_text_has_no_articles() -> None:
    assert read(" \n\n　\n") == ()
