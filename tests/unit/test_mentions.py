"""What a question names is found with its kind; ordinary words are not taken for names."""

import pytest

from qa.retrieval.history.mentions import mentions


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("临河区今年前8个月的项目签约率是多少?", "place:临河区 year:今年 period:前8个月"),
        ("南屏市安丰区有多少所小学?", "place:南屏市 place:安丰区"),
        ("洛阳2019年5月的降雨量是多少?", "place:洛阳 year:2019年 period:5月"),
        ("臨河區的區長是誰?", "place:臨河區"),
        ("王建国得了几分?", "person:王建国"),
        ("阿历克斯·摩根进了几个球?", "person:阿历克斯·摩根"),
        ("蓝鲸科技的营收是多少?", "name:蓝鲸科技"),
        ("春江小学和第三中学哪个大?", "name:春江小学 name:第三中学"),
        ("X200型洗衣机多重?", "name:X200"),
        ("第三届运动会引进了多少个10亿元以上的项目?", "ordinal:第三届 amount:10亿元以上"),
        ("《另一个太阳》的作者是谁?", "name:《另一个太阳》"),
        ("What was the revenue of Kestrel Motors in 2017?", "name:Kestrel Motors year:2017"),
        ("How long is phase 2 of the Norra line?", "ordinal:phase 2 name:Norra"),
        ("How do I descale the Brisa 40 by May 3?", "name:Brisa 40 period:May 3"),
    ],
)
def test_names_times_and_amounts_are_found(question: str, named: str) -> None:
    found = [f"{mention.kind}:{question[mention.start : mention.end]}" for mention in mentions(question)]

    assert " ".join(found) == named


@pytest.mark.parametrize(
    "question",
    [
        "重点项目有哪些?", "农业产值是多少?", "城市人口有多少?", "滤芯多久更换一次?", "孩子多大可以上幼儿园?",
        "市长是谁?", "开发区有多少企业?", "近三十年来有什么变化?", "Opening hours?", "who runs the museum?",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_names(question: str) -> None:
    assert mentions(question) == []


def test_mentions_are_simplified_and_keep_their_places() -> None:
    """The text of a mention has the length of its range."""
    (place,) = mentions("雲泊縣呢?")

    assert (place.start, place.end, place.text) == (0, 3, "云泊县")
