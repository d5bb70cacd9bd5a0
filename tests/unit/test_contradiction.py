"""The guard: what a question names and an article contradicts, and above all what it does not."""

import pytest

from qa.answer.guard.contradiction import CONTRADICTION_KINDS, Contradiction, as_features, contradictions, described

NEWS = (
    "4月12日，云岭区召开生态环境保护工作推进会，区委书记罗振出席并讲话，区环保局副局长姚宁介绍情况。"
    "今年一季度，全区空气优良天数82天，比去年同期多6天。青禾街道首批3家企业获评绿色工厂，翠湖公园二期年底开工。"
)
TITLE = "云岭区一季度空气优良天数增加"


def found(question: str, text: str = NEWS, *, title: str = TITLE, written: int | None = None) -> list[Contradiction]:
    return list(contradictions(question, passage=text, context=title, article=f"{title}\n{text}", written=written))


def pairs(question: str, text: str = NEWS, *, title: str = TITLE, written: int | None = None) -> list[tuple[str, ...]]:
    return [(one.kind, one.asked, one.found or "") for one in found(question, text, title=title, written=written)]


@pytest.mark.parametrize(
    "question",
    [
        "云岭区今年一季度空气优良天数是多少？",
        "云岭今年头三个月空气优良天数是多少？",
        "平原市云岭区的区委书记是谁？",
        "4月12日的会议由谁讲话？",
        "青禾街道有几家企业获评绿色工厂？",
        "这3家企业在哪个街道？",
        "哪个区、哪个镇的空气最好？",
        "全区有哪些城市公园和居民小区？",
        "区环保局的副局长叫什么名字？",
        "How many days of good air did Yunling District have in the first quarter?",
        "Who is the Party secretary of Yunling District?",
        "",
    ],
)
def test_a_question_that_the_article_answers_is_not_contradicted(question: str) -> None:
    """Names in full or short, periods in other words, question words, and nothing at all."""
    assert found(question) == []


@pytest.mark.parametrize(
    ("question", "contradiction"),
    [
        ("金澜区一季度空气优良天数是多少？", ("place", "金澜区", "云岭区")),
        ("平原市金澜区一季度空气怎么样？", ("place", "金澜区", "云岭区")),
        ("白石街道有几家绿色工厂？", ("place", "白石街道", "青禾街道")),
        ("紫薇公园什么时候开工？", ("body", "紫薇公园", "翠湖公园")),
        ("云岭区二季度空气优良天数是多少？", ("year", "二季度", "一季度")),
        ("云岭区去年空气优良天数是多少？", ("year", "去年", "今年")),
        ("云岭区区长是谁？", ("role", "云岭区区长", "区委书记")),
        ("云岭区环保局局长是谁？", ("role", "云岭区环保局局长", "环保局副局长")),
        ("翠湖公园三期什么时候开工？", ("number", "三期", "二期")),
        ("获评绿色工厂的5家企业是哪些？", ("number", "5家企业", "3家企业")),
        ("Who is the mayor of Yunling District?", ("role", "mayor", "区委书记")),
        ("How clean was the air in Dongling District?", ("place", "Dongling District", "云岭区")),
    ],
)
def test_what_the_article_has_otherwise_is_told_with_what_it_has(question: str, contradiction: tuple[str, ...]) -> None:
    """One contradiction each: its kind, what was asked, what stands there instead."""
    assert pairs(question) == [contradiction]


def test_only_the_smallest_of_nested_places_is_judged() -> None:
    """The article never names 平原市, but its district."""
    assert found("平原市云岭区青禾街道的绿色工厂有几家？") == []


def test_a_name_that_nothing_resembles_is_missing_and_nothing_stands_instead() -> None:
    """No village is named at all."""
    assert pairs("西圩村装了多少盏路灯？") == [("place", "西圩村", "")]


def test_an_article_that_speaks_of_itself_without_its_name_is_not_contradicted() -> None:
    """全镇 may be any town, even where a neighbour is named once."""
    text = "全镇今年新修公路12公里，通到邻近的白石镇。"

    assert found("青山镇今年修了多少公路？", text, title="公路修到家门口") == []


def test_a_district_without_a_name_of_its_own_is_another_than_one_with_a_name() -> None:
    """The title is about 示范区, so an article that says 全区 is not about 金澜区."""
    text = "全区今年签约项目31个。"

    assert pairs("金澜区今年签约了多少个项目？", text, title="示范区签约31个项目") == [("place", "金澜区", "示范区")]


def test_a_city_counts_only_where_the_context_names_one() -> None:
    """An article on 云岭区 may name 苏州市 in passing, though it lies in 平原市."""
    text = "云岭区到苏州市招商，签约项目3个。"

    assert found("平原市今年签约了几个项目？", text) == []
    assert pairs("平原市今年签约了几个项目？", text, title="苏州市的客商来了") == [("place", "平原市", "苏州市")]


@pytest.mark.parametrize(
    ("office", "article"),
    [
        ("镇党委书记", "镇党委书记李明说"),
        ("镇党委书记", "书记李明说"),
        ("书记", "街道党工委书记李明说"),
        ("党工委书记", "书记李明说"),
        ("村支书", "村党支部书记李明说"),
        ("住建局局长", "住房和城乡建设局党组书记、局长李明说"),
        ("住建局局长", "住房和城乡建设局局长李明说"),
        ("公安局长", "县公安局局长李明说"),
        ("街道办主任", "办事处主任李明说"),
        ("总经理", "董事长、总经理李明说"),
    ],
)
def test_an_office_in_other_words_is_the_same(office: str, article: str) -> None:
    """Short for long, long for short, and with other offices of the same person."""
    assert found(f"白石镇{office}是谁？", f"白石镇副镇长王强主持，{article}。", title="白石镇") == []


@pytest.mark.parametrize(
    ("office", "article"),
    [
        ("镇长", "副镇长王强"),
        ("书记", "副书记王强"),
        ("党委书记", "纪委书记王强"),
        ("县委书记", "市委书记王强"),
        ("财政局局长", "工信局局长王强"),
        ("民政办主任", "卫生院主任王强"),
        ("政协主席", "工会主席王强"),
    ],
)
def test_another_office_of_the_same_sound_is_another_one(office: str, article: str) -> None:
    """A deputy is not his chief, and every house has its own."""
    assert [one.kind for one in found(f"白石县{office}是谁？", f"白石县{article}说。", title="白石县")] == ["role"]


def test_an_office_that_is_only_mentioned_is_not_asked_for() -> None:
    """The question is about the visit."""
    assert found("区长调研的是哪个公园？", "区委书记到翠湖公园调研。") == []


@pytest.mark.parametrize("year", ["2020年", "2021年", "2019年", "2018年"])
def test_a_year_that_may_be_this_year_or_last_is_not_contradicted(year: str) -> None:
    """The article was written in 2020 or later, and tells of two years without naming them."""
    text = "2018年至2020年招商10亿元。去年3亿元，今年5月已达4亿元。"

    assert found(f"云岭区{year}招商多少？", text) == []


def test_a_year_before_all_that_an_article_tells_differs() -> None:
    """2016 is neither named, nor the year before one that is."""
    text = "2018年至2020年招商10亿元。去年3亿元，今年5月已达4亿元。"

    assert pairs("云岭区2016年招商多少？", text) == [("year", "2016", "2018")]


def test_who_knows_when_an_article_was_written_knows_its_years() -> None:
    """今年 is 2021 and 去年 2020; 2022 is not told."""
    text = "2018年招商10亿元。去年3亿元，今年4亿元。"

    assert found("云岭区2021年招商多少？", text, written=2021) == []
    assert found("云岭区2020年招商多少？", text, written=2021) == []
    assert pairs("云岭区2022年招商多少？", text, written=2021) == [("year", "2022", "2018")]


def test_what_is_only_compared_with_is_not_told() -> None:
    """比上年增长 names no figure of the year before."""
    assert pairs("云岭区2022年收入多少？", "2023年收入3亿元，比上年增长6%。") == [("year", "2022", "2023")]


@pytest.mark.parametrize("same", ["1至6月", "1—6月", "今年前6个月", "截至6月底", "上半年"])
def test_the_same_months_in_other_words_are_the_same(same: str) -> None:
    """Half a year has many names."""
    assert found("云岭区上半年收入多少？", f"{same}收入3亿元，一季度收入1亿元。") == []


def test_a_figure_of_other_months_differs_but_an_event_may_lie_in_them() -> None:
    """Eight months are no answer about seven; a visit in 一季度 was in 上半年 too."""
    assert pairs("前7个月收入多少？", "前8个月收入3亿元。") == [("year", "前7个月", "前8个月")]
    assert found("招商小分队上半年去了哪里？", "一季度，招商小分队赴苏州。") == []


def test_the_clause_that_shares_the_words_decides_between_this_year_and_last() -> None:
    """The article knows both years, but of the readers only last year's."""
    text = "今年新购图书9万册，藏书达186万册。另据介绍，去年接待读者174万人次。"

    assert pairs("图书馆今年接待读者多少万人次？", text, title="图书馆") == [("year", "今年", "去年")]
    assert found("图书馆去年接待读者多少万人次？", text, title="图书馆") == []


def test_a_day_may_be_told_in_other_ways() -> None:
    """15日, a stretch of days, and 昨日 may all be the day that is asked for."""
    assert found("3月15日谁来开会？", "3月13日报到，15日李明来开会。") == []
    assert found("3月15日谁来开会？", "3月13日至20日，李明来开会。") == []
    assert found("3月15日谁来开会？", "3月13日报到。昨日，李明来开会。") == []
    assert pairs("3月15日谁来开会？", "3月13日，李明来开会。") == [("year", "3月15日", "3月13日")]


@pytest.mark.parametrize(
    ("question", "text", "contradiction"),
    [
        ("第七届龙舟赛的冠军是谁？", "第八届龙舟赛举行", ("number", "第七届", "第八届")),
        ("5号线设几座车站？", "3号线设9座车站", ("number", "5号线", "3号线")),
        ("HL-280水壶的功率是多少？", "HL-260水壶功率1800W", ("number", "HL-280", "HL-260")),
        ("紫玉8号亩产多少？", "紫玉9号亩产2000公斤", ("number", "紫玉8号", "紫玉9号")),
        ("What does error code E4 mean?", "Error code E3 means that the fan is blocked.", ("number", "E4", "E3")),
        ("When will line 7 open?", "5号线明年开通", ("number", "line 7", "5号线")),
    ],
)
def test_what_bears_another_number_is_another_thing(question: str, text: str, contradiction: tuple[str, ...]) -> None:
    """In Chinese, in English, and across."""
    assert pairs(question, text, title="通知") == [contradiction]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("一期投资多少？", "首期投资2亿元，二期投资3亿元"),
        ("第1届在哪里举行？", "首届在苏州举行，第二届在南京举行"),
        ("5号开会吗？", "3号楼的会改到5日"),
        ("两个项目是哪两个？", "三个项目开工"),
        ("投资超过5亿元的企业有几家？", "投资3亿元的企业有9家"),
    ],
)
def test_numbers_in_other_words_days_and_small_counts_and_measures_say_nothing(question: str, text: str) -> None:
    """一期 is 首期, 5号 is a day, two may be counted by the asker, and 亿元 measures."""
    assert found(question, text, title="通知") == []


def test_a_person_differs_only_where_others_speak() -> None:
    """A surname before a verb that persons have; an article without persons says nothing."""
    assert pairs("李明说了什么？", "王强说，要多种树。", title="种树") == [("person", "李明", "王强")]
    assert found("李明说了什么？", "要多种树。", title="种树") == []


def test_names_that_are_no_pinyin_and_articles_in_other_scripts_say_nothing() -> None:
    """Keelung is 基隆 by another spelling, Taipei 台北 by an older one; 卡尔弗县 may be Culver County."""
    assert found("Who governs Keelung City?", "基隆市长到场。", title="基隆市") == []
    assert found("How large is Taipei City?", "台北市很大，新北市更大。", title="台北市") == []
    assert (
        found("卡尔弗县有多少户受影响？", "About 61,000 households in Culver County are affected.", title="Water") == []
    )


def test_traditional_and_simplified_are_the_same_and_are_told_as_in_the_question_where_possible() -> None:
    """The article is Traditional, the question Simplified, and the other way round."""
    assert found("云岭区的区委书记是谁？", "雲嶺區區委書記羅振出席。", title="雲嶺區") == []
    assert pairs("瑞南鄉種了多少公頃？", "瑞北乡种了300公顷。", title="瑞北乡") == [("place", "瑞南乡", "瑞北乡")]


def test_contradictions_come_in_the_order_of_their_kinds() -> None:
    """The wrong place is told before the wrong year."""
    kinds = [one.kind for one in found("金澜区二季度空气优良天数是多少？")]

    assert kinds == ["place", "year"]
    assert [kind for kind in CONTRADICTION_KINDS if kind in kinds] == kinds


def test_features_say_for_each_group_of_kinds_whether_it_is_contradicted() -> None:
    """Bodies and persons are names."""
    assert as_features(()) == {
        "place_differs": 0.0, "time_differs": 0.0, "role_differs": 0.0, "name_differs": 0.0, "number_differs": 0.0,
    }  # fmt: skip
    assert as_features([Contradiction("body", "紫薇公园", None), Contradiction("year", "去年", "今年")]) == {
        "place_differs": 0.0, "time_differs": 1.0, "role_differs": 0.0, "name_differs": 1.0, "number_differs": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("contradiction", "chinese", "english"),
    [
        (
            Contradiction("place", "金澜区", "云岭区"),
            "最接近的一篇《题》没有提到金澜区，讲的是云岭区。",
            "The nearest article, “题”, does not mention 金澜区; it is about 云岭区.",
        ),
        (
            Contradiction("place", "金澜区", None),
            "最接近的一篇《题》没有提到金澜区。",
            "The nearest article, “题”, does not mention 金澜区.",
        ),
        (
            Contradiction("year", "2018", "2019"),
            "最接近的一篇《题》没有说到2018年，说的是2019年。",
            "The nearest article, “题”, does not speak of 2018; it speaks of 2019.",
        ),
        (
            Contradiction("role", "区长", "区委书记"),
            "最接近的一篇《题》没有说区长是谁，提到的是区委书记。",
            "The nearest article, “题”, does not say who the 区长 is; it names the 区委书记.",
        ),
        (
            Contradiction("number", "5家企业", "3家企业"),
            "最接近的一篇《题》没有提到“5家企业”，说的是“3家企业”。",
            "The nearest article, “题”, does not mention “5家企业”; it has “3家企业”.",
        ),
    ],
)
def test_one_sentence_tells_the_user_the_first_contradiction(
    contradiction: Contradiction, chinese: str, english: str
) -> None:
    """In Chinese for Chinese questions, else in English."""
    others = [contradiction, Contradiction("number", "E4", "E3")]

    assert described(others, title="题", language="zh") == chinese
    assert described(others, title="题", language="en") == english


def test_nothing_to_describe_is_a_mistake() -> None:
    """The caller asks only when there is a contradiction."""
    with pytest.raises(ValueError, match="no contradiction"):
        described((), title="题", language="zh")
