"""What proves a sentence, and the rule that catches each way of being wrong.

Every source here is a passage of one of two articles; a sentence is proved by quotations from them or not at all.
"""

import pytest
from library_fixtures import one_article

from qa.llm.proof import Draft, Proof, Source, prove
from qa.types import Unproved

PASSAGES = [
    "防洪墙全长22.2公里，总投资6.35亿元。副市长韩佩文表示，明年闭合。",
    "东岭中学招收100人，西岭中学招收200人。",
    "2021年，全区产量5吨；2020年，全区产量3吨。",
    "市图书馆新馆位于东埠区中山路12号，建筑面积3.2万平方米，设阅览座位1860个。",
    "公园于2021年9月3日开放。",
    "红星队战胜蓝天队。居民不同意拆除方案。参观人数超过三万人。",
    "网传东埠区停水三天。此说不实。",
    "如果下雨，开幕式推迟到10日。今年计划办三件事，建成公园5座。",
    "李明的哥哥获奖。“王强有罪。”李四说。",
    "气温上升了5度（较上年）。张三是否当选？",
    "The wall is 22 km long, and it cost 6 million dollars. Smith did not win in 1998.",
    "平山县今年投资3亿元，建成桥梁5座，平水县投资2亿元，建成桥梁8座。",
    "陈小兰表示，墙体完好。周国平表示，墙体开裂。工人出席会议。",
    "会员进入公园免费，但周末除外。三年来，东埠区新建公园4座，西林区新建公园7座。",
    "石桥由工匠修缮。工匠换了287块石料，其余全部用回旧石。",
]
_, ARTICLE, CUT = one_article("news.txt", "要闻", PASSAGES)
_, OTHER, OTHER_CUT = one_article("other.txt", "别的", ["防洪墙全长18公里。"])
SOURCES = [Source(number, passage, ARTICLE) for number, passage in enumerate(CUT, start=1)]
SOURCES.append(Source(len(SOURCES) + 1, OTHER_CUT[0], OTHER))


def proof(text: str, *quotes: str | tuple[int, str]) -> Proof:
    """Prove a sentence; a quotation without a number is of the passage that holds it."""
    numbered = [
        quote if isinstance(quote, tuple) else (1 + next(n for n, text in enumerate(PASSAGES) if quote in text), quote)
        for quote in quotes
    ]
    return prove(Draft(text, tuple(numbered)), SOURCES)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("防洪墙全长22.2公里。", ["防洪墙全长22.2公里"]),
        ("防洪墙的全长为22.2公里", ["防洪墙全长22.2公里，总投资6.35亿元。"]),
        ("防洪牆全長２２．２公里。", ["防洪墙全长22.2公里"]),
        ("防洪墙全长二十二点二公里，总投资63500万元。", ["防洪墙全长22.2公里，总投资6.35亿元。"]),
        ("防洪墙总投资6.35亿元。", ["防洪墙全长22.2公里，总投资6.35亿元。"]),
        ("根据文章，防洪墙全长22.2公里。", ["防洪墙全长22.2公里"]),
        ("副市长韩佩文表示，明年闭合。", ["副市长韩佩文表示，明年闭合。"]),
        ("西岭中学招收二百人。", ["西岭中学招收200人"]),
        ("2021年全区产量5吨。", ["2021年，全区产量5吨"]),
        ("二〇二〇年，全区产量三吨。", ["2020年，全区产量3吨"]),
        ("公园于2021-09-03开放。", ["公园于2021年9月3日开放"]),
        ("公园于9月3日开放。", ["公园于2021年9月3日开放"]),
        ("市图书馆新馆位于东埠区中山路12号，建筑面积32000平方米。", [PASSAGES[3]]),
        ("居民不同意拆除方案。", ["居民不同意拆除方案"]),
        ("参观人数超过3万人。", ["参观人数超过三万人"]),
        ("气温上升5度。", ["气温上升了5度"]),
        ("The wall is 22 km long.", ["The wall is 22 km long"]),
        ("Smith did not win in 1998.", ["Smith did not win in 1998"]),
        ("公园于2021年9月3日开放，红星队战胜蓝天队。", ["公园于2021年9月3日开放。", "红星队战胜蓝天队。"]),
        ("陈小兰表示，墙体完好。", ["陈小兰表示，墙体完好。"]),
        ("三年来，东埠区新建公园4座。", ["三年来，东埠区新建公园4座"]),
        ("工匠换了287块石料。", ["“工匠换了287块石料”"[1:-1]]),
    ],
)
def test_whole_clauses_in_other_numerals_and_small_words_are_proved(text: str, quotes: list[str]) -> None:
    found = proof(text, *quotes)

    assert found.reason is None
    assert [item.passage.text[item.start : item.end] for item in found.evidence] == quotes


@pytest.mark.parametrize(
    ("text", "quotes", "reason"),
    [
        ("防洪墙全长22.2公里。", [], Unproved.NO_QUOTATION),
        ("防洪墙全长22.2公里。", [(1, " ")], Unproved.NO_QUOTATION),
        ("防洪墙全长22.3公里。", [(1, "防洪墙全长22.3公里")], Unproved.NOT_IN_SOURCE),  # invented
        ("防洪墙全长22.2公里。", [(1, "防洪墙全長22.2公里")], Unproved.NOT_IN_SOURCE),  # one character altered
        ("防洪墙全长22.2公里。", [(1, "防洪墙全长 22.2公里")], Unproved.NOT_IN_SOURCE),  # one blank
        ("防洪墙全长18公里。", [(1, "防洪墙全长18公里")], Unproved.OTHER_PASSAGE),
        ("防洪墙全长22.2公里。", [(99, "防洪墙全长22.2公里")], Unproved.OTHER_PASSAGE),
        ("防洪墙全长22.2公里。", ["防洪墙全长22.2公里", (1, "编造的话")], Unproved.NOT_IN_SOURCE),  # one of two
        ("防洪墙全长2.2公里。", ["2.2公里"], Unproved.CUT),
        ("The wall is 22 km", ["The wall is 22 k"], Unproved.CUT),
        ("防洪墙全长23公里。", ["防洪墙全长22.2公里"], Unproved.NUMBER),
        ("防洪墙总投资6.35万元。", [PASSAGES[0]], Unproved.NUMBER),
        ("防洪墙总投资6.35%。", [PASSAGES[0]], Unproved.NUMBER),
        ("The wall is 23 km long.", ["The wall is 22 km long"], Unproved.NUMBER),
        ("公园于2022年9月3日开放。", ["公园于2021年9月3日开放"], Unproved.DATE),
        ("公园于3月9日开放。", ["公园于2021年9月3日开放"], Unproved.DATE),
        ("副市长王建国表示，明年闭合。", ["副市长韩佩文表示，明年闭合。"], Unproved.NAME),
        ("南京市图书馆新馆位于东埠区中山路12号。", [PASSAGES[3]], Unproved.NAME),
        ("Yesterday Jones did not win in 1998.", ["Smith did not win in 1998"], Unproved.NAME),
        ("居民同意拆除方案。", ["居民不同意拆除方案"], Unproved.NEGATION),
        ("参观人数不足三万人。", ["参观人数超过三万人"], Unproved.NEGATION),
        ("参观人数三万人。", ["参观人数超过三万人"], Unproved.NEGATION),
        ("气温下降了5度。", ["气温上升了5度"], Unproved.NEGATION),
        ("Smith did win in 1998.", ["Smith did not win in 1998"], Unproved.NEGATION),
        ("防洪墙全长22.2公里，质量很差。", ["防洪墙全长22.2公里"], Unproved.WORDS),
        ("<b>防洪墙</b>全长22.2公里。", ["防洪墙全长22.2公里"], Unproved.WORDS),
        ("防洪墙全长22.2公里，见 http://evil.example/x", ["防洪墙全长22.2公里"], Unproved.WORDS),
        ("东岭中学招收200人。", [PASSAGES[1]], Unproved.LEFT_OUT),  # who and how many of two clauses
        ("2021年，全区产量3吨。", [PASSAGES[2]], Unproved.LEFT_OUT),
        ("蓝天队战胜红星队。", ["红星队战胜蓝天队"], Unproved.LEFT_OUT),  # turned round
        ("哥哥获奖。", ["李明的哥哥获奖"], Unproved.LEFT_OUT),
        ("李明获奖。", ["李明的哥哥获奖"], Unproved.LEFT_OUT),
        ("平水县投资2亿元，建成桥梁5座。", [PASSAGES[11]], Unproved.SUBJECT),
        ("平山县今年投资3亿元，建成桥梁8座。", [PASSAGES[11]], Unproved.SUBJECT),
        ("总投资6.35亿元。", ["总投资6.35亿元"], Unproved.SUBJECT),
        ("明年闭合。", ["明年闭合"], Unproved.SCOPE),  # it is what he says
        ("东埠区停水三天。", [PASSAGES[6]], Unproved.LEFT_OUT),  # without "it is rumoured"
        ("网传东埠区停水三天。", ["网传东埠区停水三天"], Unproved.SCOPE),  # the next sentence denies it
        ("开幕式推迟到10日。", ["开幕式推迟到10日"], Unproved.LEFT_OUT),  # if it rains
        ("建成公园5座。", ["建成公园5座"], Unproved.SCOPE),  # planned
        ("陈小兰表示，工人出席会议。", [PASSAGES[12]], Unproved.SCOPE),  # not what she said
        ("陈小兰表示，墙体开裂。", [PASSAGES[12]], Unproved.SCOPE),
        ("会员进入公园免费。", ["会员进入公园免费"], Unproved.SCOPE),  # but for week-ends
        ("三年来，西林区新建公园4座。", [PASSAGES[13]], Unproved.LEFT_OUT),
        ("三年来，东埠区新建公园4座，新建公园7座。", [PASSAGES[13]], Unproved.LEFT_OUT),
        ("王强有罪。", ["王强有罪"], Unproved.SCOPE),  # somebody says so
        ("张三当选。", ["张三是否当选？"], Unproved.LEFT_OUT),
        ("防洪墙全长22.2公里吗？", ["防洪墙全长22.2公里"], Unproved.FORM),
        ("防洪墙全长\u202e22.2公里。", ["防洪墙全长22.2公里"], Unproved.FORM),
        ("防洪墙全长22.2公里。" * 100, ["防洪墙全长22.2公里"], Unproved.FORM),
    ],
)
def test_each_way_of_being_wrong_has_its_reason(
    text: str, quotes: list[str | tuple[int, str]], reason: Unproved
) -> None:
    found = proof(text, *quotes)

    assert (found.evidence, found.reason) == ((), reason)


def test_a_quotation_of_another_passage_of_the_same_article_is_cited_where_it_stands() -> None:
    found = proof("防洪墙全长22.2公里。", (5, "防洪墙全长22.2公里"))

    assert [item.passage.id for item in found.evidence] == [CUT[0].id]


def test_quotation_marks_around_a_quotation_are_not_a_part_of_it() -> None:
    assert proof("防洪墙全长22.2公里。", (1, "“防洪墙全长22.2公里”")).reason is None


def test_changing_any_one_digit_or_han_character_of_a_proved_sentence_unproves_it() -> None:
    """Small words that may be added are the only characters whose loss changes nothing."""
    for text, quote in [
        ("防洪墙全长22.2公里。", PASSAGES[0]),
        ("西岭中学招收200人。", PASSAGES[1]),
        ("公园于2021年9月3日开放。", PASSAGES[4]),
        ("居民不同意拆除方案。", PASSAGES[5]),
    ]:
        assert proof(text, quote).reason is None
        for place, character in enumerate(text[:-1]):
            for other in "甲7":
                changed = text[:place] + other + text[place + 1 :]
                if character != other:
                    assert proof(changed, quote).reason is not None, changed
