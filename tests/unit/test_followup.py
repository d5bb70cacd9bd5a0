"""Questions that lean on the one before, questions that do not, and what the completed ones say."""

import pytest

from qa.retrieval.history.followup import Completion, Leaning, complete, completions, leaning

CERTAIN, POSSIBLE, NONE = Leaning.CERTAIN, Leaning.POSSIBLE, Leaning.NONE

# History with ` | ` between its questions, the question, how surely it leans, what the completed question must say,
# and what it must not say.
LEANING = [
    # A new element takes the place of the one of its kind.
    ("临河区今年前8个月的项目签约率是多少?", "那第二季度呢?", CERTAIN, "临河区 第二季度 项目签约率 多少", "8个月 呢"),
    ("临河区今年前8个月的项目签约率是多少?", "那去年呢?", CERTAIN, "临河区 去年前8个月 项目签约率", "今年"),
    ("临河区今年的项目签约率是多少?", "那洛阳呢?", CERTAIN, "洛阳 今年 项目签约率 多少", "临河"),
    ("南屏市临河区有多少所小学?", "安丰区呢?", CERTAIN, "南屏市安丰区 小学", "临河"),
    ("南屏市临河区有多少所小学?", "洛阳市呢?", CERTAIN, "洛阳市 小学", "南屏 临河"),
    ("临河区一共有多少家养老院? | 那云泊县呢?", "2019年呢?", CERTAIN, "云泊县 2019年 养老院", "临河"),
    ("臨河區今年新增了多少個停車位?", "那雲泊縣呢?", CERTAIN, "雲泊縣 今年新增 停車位", "臨河"),
    ("蓝鲸科技2023年的营收是多少?", "星海公司呢?", CERTAIN, "星海公司 2023年 营收", "蓝鲸"),
    ("蓝鲸科技2023年的营收是多少?", "利润呢?", CERTAIN, "蓝鲸科技 2023年 利润", "营收"),
    ("蓝鲸科技2023年的营收是多少? | 那2022年呢?", "星海公司呢?", CERTAIN, "星海公司 2022年 营收", "2023 蓝鲸"),
    ("王建国在决赛中得了几分?", "李娜呢?", CERTAIN, "李娜 决赛 得了几分", "王建国"),
    ("东港队以几比几战胜了北山队?", "西湖队呢?", CERTAIN, "几比几 战胜了西湖队", "北山"),
    ("东埠段防洪墙的总投资是多少?", "望河段的呢?", CERTAIN, "望河段防洪墙的总投资是多少", "东埠"),
    ("一期工程什么时候完工?", "二期工程呢?", CERTAIN, "二期工程什么时候完工", "一期"),
    ("河西中学有多少名男生?", "女生呢?", CERTAIN, "河西中学 女生", "男生"),
    ("河西中学有多少名男生? | 女生呢?", "教师呢?", CERTAIN, "河西中学有多少名教师", "女生 男生"),
    ("经开区引进了多少个亿元以上项目?", "10亿元以上的呢?", CERTAIN, "经开区 10亿元以上项目", "个亿元"),
    ("恒远X200型洗衣机的额定功率是多少?", "X300呢?", CERTAIN, "X300 洗衣机 额定功率", "X200"),
    ("《远山》的作者是谁?", "《近水》呢?", CERTAIN, "《近水》的作者是谁", "远山"),
    ("晨光小学有多少名学生?", "2018年是多少?", CERTAIN, "2018年 晨光小学 学生", ""),
    ("What was the revenue of Kestrel Motors in 2017?", "And in 2018?", CERTAIN, "revenue Kestrel Motors 2018", "2017"),
    ("What was the revenue of Kestrel Motors in 2017?", "What about Osprey Cars?", CERTAIN, "revenue Osprey Cars 2017",
     "Kestrel"),
    ("How many pupils does Linhe Primary School have?", "And teachers?", CERTAIN,
     "How many teachers Linhe Primary School", "pupils"),
    ("How many goals did Anna Berg score for Halden FC?", "And Maja Lund?", CERTAIN,
     "goals Maja Lund Halden FC", "Anna"),
    ("How long is phase 2 of the Norra line?", "And phase 3?", CERTAIN, "How long phase 3 Norra line", "2"),
    ("How do I descale the Brisa 40 kettle?", "What about the Brisa 60?", CERTAIN, "descale Brisa 60 kettle", "40"),
    ("How many students were there?", "in 2016?", CERTAIN, "How many students 2016", ""),
    # A question with its own words gets the topic in front; the figure that is asked for no longer gives way.
    ("东埠段防洪墙的总投资是多少?", "那它什么时候完工?", CERTAIN, "东埠段防洪墙 它什么时候完工", "投资"),
    ("东埠段防洪墙的总投资是多少?", "其中有多少是今年的?", CERTAIN, "东埠段防洪墙的总投资 其中 今年", ""),
    ("临河区要办哪三项民生实事?", "第二项什么时候完工?", CERTAIN, "临河区 民生实事 第二项什么时候完工", ""),
    ("临河区要办哪三项民生实事?", "后者呢?", CERTAIN, "临河区 民生实事 后者", ""),
    ("临河区的区长是谁?", "她哪年上任的?", CERTAIN, "临河区的区长 哪年上任", "是谁"),
    ("春江小学的校长是谁?", "他是什么职务?", CERTAIN, "春江小学的校长 他是什么职务", ""),
    ("晨光小学有多少名学生?", "该校什么时候建成?", CERTAIN, "晨光小学 什么时候建成", "多少"),
    ("晨光小学的食堂几点开放?", "食堂能坐多少人?", CERTAIN, "晨光小学 食堂能坐多少人", "几点"),
    ("星海公司的总部在哪里?", "那里有多少员工?", CERTAIN, "星海公司 总部 员工", "在哪里"),
    ("星海公司去年的净利润是多少?", "增长了多少?", CERTAIN, "星海公司去年的净利润 增长了多少", ""),
    ("东湖大桥全长多少?", "大桥什么时候通车?", CERTAIN, "东湖大桥 什么时候通车", "全长"),
    ("云泊县运动会有多少人参加?", "在哪里举行?", CERTAIN, "云泊县运动会 在哪里举行", "多少"),
    ("云泊县运动会有多少人参加?", "为什么?", CERTAIN, "云泊县运动会 参加 为什么", ""),
    ("X200打印机怎么换墨盒?", "那硒鼓呢?", CERTAIN, "X200打印机 硒鼓", "怎么"),
    ("臨河區今年新增了多少個停車位?", "其中有多少是免費的?", CERTAIN, "臨河區今年新增 停車位 其中", ""),
    ("馬寨園區管委會主任是誰? | 他打算怎樣招商?", "他還說要辦哪幾類展會?", CERTAIN, "馬寨園區管委會主任 展會", "怎樣"),
    ("How many parking spaces did Linhe add in 2021?", "How many of them are free?", CERTAIN,
     "parking spaces Linhe 2021 free", ""),
    ("Who coaches the Halden Bears?", "Where did he play before?", CERTAIN, "Halden Bears Where did he play", "Who"),
    ("What was the revenue of Kestrel Motors in 2017?", "How many employees does it have?", CERTAIN,
     "Kestrel Motors employees", "revenue"),
    ("Which three schools won a prize?", "What about the second one?", CERTAIN, "schools won prize second", "Which"),
    ("How much did the Norra tunnel cost?", "When will the tunnel open?", CERTAIN, "Norra tunnel When open", "much"),
    ("How do I descale the Brisa 40 kettle?", "How often?", CERTAIN, "descale Brisa 40 kettle How often", ""),
    # Short, and no name of its own: both ways are tried.
    ("城东动物园几点开门?", "票价多少?", POSSIBLE, "城东动物园 票价多少", "几点"),
    ("晨光小学有多少名学生? | 春江小学呢?", "校长是谁?", POSSIBLE, "春江小学 校长是谁", "晨光"),
    ("蓝鲸科技的营收是多少? | 它有多少员工?", "总部在哪里?", POSSIBLE, "蓝鲸科技 总部在哪里", "员工 营收"),
    ("星海公司去年的净利润是多少?", "主要原因是什么?", POSSIBLE, "星海公司 净利润 主要原因", ""),
    ("东港马拉松的冠军是谁?", "全程多少公里?", POSSIBLE, "东港马拉松 全程多少公里", ""),
    ("南屏市的PM10年均浓度是多少?", "那洛阳市去年的降雨量有多少?", POSSIBLE, "洛阳市 降雨量", "南屏"),
    ("什么是海绵城市?", "临河区建了几处?", POSSIBLE, "海绵城市 临河区建了几处", ""),
    ("Who coaches the Halden Bears?", "When was the stadium built?", POSSIBLE, "Halden Bears stadium built", ""),
    # The two languages in one conversation.
    ("临河区今年新增了多少个停车位?", "How many of them are free?", CERTAIN, "临河区 停车位 of them are free", ""),
    ("How many parking spaces did Linhe add in 2021?", "其中多少是免费的?", CERTAIN, "parking Linhe 其中多少", ""),
    ("Who runs Kestrel Motors?", "它什么时候成立?", CERTAIN, "Kestrel Motors 什么时候成立", "Who"),
]  # fmt: skip

# A new topic, put after the first question of some conversation: searched first, or only, as it was typed.
STANDING = [
    ("东埠段防洪墙的总投资是多少?", "市图书馆新馆一共设了多少个阅览座位?", NONE),
    ("东埠段防洪墙的总投资是多少?", "云泊县有几个火车站?", NONE),
    ("东埠段防洪墙的总投资是多少?", "镇长是谁?", POSSIBLE),
    ("临河区的区长是谁?", "晨光小学什么时候开学?", NONE),
    ("临河区的区长是谁?", "临河区有多少人口?", NONE),
    ("临河区的区长是谁?", "垃圾分类从什么时候开始在全市实行?", NONE),
    ("临河区的区长是谁?", "对了，云泊县的县长是谁?", NONE),
    ("临河区的区长是谁?", "市图书馆新馆什么时候开放呢?", POSSIBLE),
    ("晨光小学有多少名学生?", "星海公司和它的供应商签了几年的合同?", NONE),
    ("晨光小学有多少名学生?", "李娜说她什么时候退役?", NONE),
    ("晨光小学有多少名学生?", "《另一个太阳》的作者是谁?", NONE),
    ("晨光小学有多少名学生?", "请问图书馆几点关门?", POSSIBLE),
    ("X200打印机怎么换墨盒?", "咖啡机的水箱容量是多少?", POSSIBLE),
    ("X200打印机怎么换墨盒?", "乘客应该缴纳多少该缴的附加税费?", NONE),
    ("臨河區今年新增了多少個停車位?", "圖書館星期幾閉館?", POSSIBLE),
    ("臨河區今年新增了多少個停車位?", "春江小學的校長是誰?", NONE),
    ("蓝鲸科技2023年的营收是多少?", "那曲市有多少所中学?", NONE),
    ("蓝鲸科技2023年的营收是多少?", "那东港队去年赢了几场?", POSSIBLE),
    ("How many pupils does Linhe Primary School have?", "Who is the director of the city library?", POSSIBLE),
    ("How many pupils does Linhe Primary School have?", "Which bridge was rebuilt by the county museum in 1987?", NONE),
    ("How many pupils does Linhe Primary School have?", "How many schools are there in Norra?", NONE),
    ("How many pupils does Linhe Primary School have?", "Who said that the Moss dam would be finished in May?", NONE),
    ("How do I descale the Brisa 40 kettle?", "What is the voltage of the Tarn lamp?", NONE),
    ("Who coaches the Halden Bears?", "And when does the Norra Museum open?", POSSIBLE),
    ("Who coaches the Halden Bears?", "Did Maja Lund say when she would retire?", NONE),
    ("Who coaches the Halden Bears?", "临河区今年新增了多少个停车位?", NONE),
]  # fmt: skip


@pytest.mark.parametrize(("history", "question", "degree", "wanted", "unwanted"), LEANING)
def test_a_leaning_question_is_completed_from_the_ones_before(
    history: str, question: str, degree: Leaning, wanted: str, unwanted: str
) -> None:
    """Subject, place and names come from the chain; what the question replaces does not."""
    ways = completions(question, history.split(" | "))
    completed = next(way for way in ways if way.topic)

    assert completed.leaning is degree
    assert [word for word in wanted.split() if word not in completed.text] == []
    assert [word for word in unwanted.split() if word in completed.text] == []


@pytest.mark.parametrize(("history", "question", "degree", "wanted", "unwanted"), LEANING)
def test_the_question_alone_is_always_tried_too(
    history: str, question: str, degree: Leaning, wanted: str, unwanted: str
) -> None:
    """First where leaning is only possible, second where it is certain."""
    ways = completions(question, history.split(" | "))

    assert ways[degree is CERTAIN] == Completion(question, degree, topic="")


@pytest.mark.parametrize(("history", "question", "degree"), STANDING)
def test_a_new_topic_is_not_dragged_back(history: str, question: str, degree: Leaning) -> None:
    """What names its own subject is searched as typed; what may be one is searched as typed first."""
    ways = completions(question, [history])

    assert ways[0].leaning is degree
    assert complete(question, [history]) == question
    assert degree is POSSIBLE or len(ways) == 1


@pytest.mark.parametrize("question", [question for _, question, _, _, _ in LEANING])
def test_without_history_nothing_is_added(question: str) -> None:
    assert completions(question, []) == (Completion(question, NONE, topic=""),)
    assert complete(question, [" "]) == question


def test_the_chain_goes_back_to_the_last_question_that_stands_alone() -> None:
    """Older topics are left behind, and what was swapped on the way stays swapped."""
    history = ["云泊县运动会有多少人参加?", "东埠段防洪墙的总投资是多少?", "那望河段的呢?", "它什么时候完工?"]
    completed = completions("由谁负责?", history)[0]

    assert completed.text == "望河段防洪墙 由谁负责?"
    assert completed.topic == "望河段防洪墙 它什么时候完工?"


def test_the_topic_is_the_question_before_as_it_was_understood() -> None:
    """So that its best passage can be looked up again."""
    completed = completions("它的校长是谁?", ["晨光小学有多少名学生?", "春江小学呢?"])[0]

    assert completed.topic == "春江小学有多少名学生?"


def test_a_long_earlier_question_does_not_push_the_new_one_out() -> None:
    """The encoder reads the first 512 tokens only."""
    completed = complete("它什么时候完工?", ["说来话长，" * 2000 + "东湖大桥全长多少?"])
    assert "东湖大桥" in completed
    assert completed.endswith(" 它什么时候完工?")
    assert len(completed) < 220

    completed = complete("它什么时候完工?", ["东湖大桥全长多少?", *["那它的" + "很" * 500 + "长的历史是什么?"] * 20])
    assert completed.endswith(" 它什么时候完工?")
    assert len(completed) < 220


@pytest.mark.parametrize("question", ["?", "…", "那", "呢?", "and", "的", "   它   ", "🙂", "那那那", "第", "「」"])
def test_nonsense_is_taken_without_an_error(question: str) -> None:
    for history in (["临河区的区长是谁?"], [question], ["?"], ["临河区的区长是谁?", question]):
        ways = completions(question, history)
        assert question in {way.text for way in ways}


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("这次活动在哪里举行?", CERTAIN),
        ("其他的呢?", CERTAIN),
        ("谁负责?", CERTAIN),
        ("谁是区长?", POSSIBLE),
        ("临河区还建了其他哪些工程?", NONE),
        ("Is it open this week?", CERTAIN),
        ("Which concerts are free this week?", POSSIBLE),
    ],
)
def test_leaning_is_judged_by_the_words(question: str, degree: Leaning) -> None:
    assert leaning(question) is degree
