"""Whether several things are asked for, and where the list around a span begins and ends."""

import pytest

from qa.answer.enumeration import asks_for_several, whole_enumeration


@pytest.mark.parametrize(
    "question",
    [
        "培训班开在哪几所学校?",
        "会上有哪些人发言",
        "三个奖分别给了谁?",
        "Which three villages took part?",
        "What are the fees?",
    ],
)
def test_these_ask_for_several(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question", ["谁是校长?", "投资多少?", "Which village took part?", "When did it open?", "哪一天开园?"]
)
def test_these_ask_for_one(question: str) -> None:
    assert not asks_for_several(question)


@pytest.mark.parametrize(
    ("text", "span", "wanted"),
    [
        ("培训班开在东山小学、西河中学和南岭学院，共三期。", "东山小学", "东山小学、西河中学和南岭学院"),
        ("培训班开在东山小学、西河中学和南岭学院，共三期。", "西河中学", "东山小学、西河中学和南岭学院"),
        ("园区包括工业、物流、商贸三个板块。", "物流", "工业、物流、商贸三个板块"),
        ("会上宣读了《方案》《办法》和《通知》。", "《方案》", "《方案》《办法》和《通知》"),
        ("会上宣读了《方案》《办法》和《通知》。", "《办法》", "《方案》《办法》和《通知》"),
        ("全长三公里，宽五米。", "三公里", "三公里"),
        ("The fair sells bread, cheese and honey.", "bread, cheese", "bread, cheese and honey"),
        ("The fair sells bread and ends at noon.", "The fair", "The fair"),
    ],
)
def test_a_span_grows_to_its_list(text: str, span: str, wanted: str) -> None:
    start = text.index(span)

    first, last = whole_enumeration(text, start, start + len(span))

    assert text[first:last] == wanted
