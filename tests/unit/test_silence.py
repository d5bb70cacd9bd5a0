"""The reason for silence is told in the question's language and names the nearest article."""

import re

import pytest
from library_fixtures import one_article

from qa.answer.guard.contradiction import Contradiction
from qa.answer.question import Asked
from qa.answer.silence import reason

_, ARTICLE, _ = one_article("bridge.txt", "石桥{修}好了", ["石桥修好了。"])
KNOWN = {"number_missing": 0.0, "name_missing": 0.0, "no_type": 0.0}
KINDS = [
    (KNOWN, Asked.OTHER),
    ({**KNOWN, "number_missing": 1.0}, Asked.OTHER),
    ({**KNOWN, "name_missing": 1.0}, Asked.OTHER),
    *(({**KNOWN, "no_type": 1.0}, asked) for asked in Asked),
]


@pytest.mark.parametrize(("known", "asked"), KINDS)
def test_a_chinese_question_gets_a_chinese_reason(known: dict[str, float], asked: Asked) -> None:
    said = reason("桥长多少?", ARTICLE, known=known, asked=asked)

    assert "《石桥{修}好了》" in said
    assert re.search("[A-Za-z]", said) is None


@pytest.mark.parametrize(("known", "asked"), KINDS)
def test_an_english_question_gets_an_english_reason(known: dict[str, float], asked: Asked) -> None:
    said = reason("How long is the bridge?", ARTICLE, known=known, asked=asked)

    assert "“石桥{修}好了”" in said
    assert re.search("[\u4e00-\u9fff]", said.replace("石桥{修}好了", "")) is None


def test_a_missing_type_is_named() -> None:
    known = {**KNOWN, "no_type": 1.0}

    assert "人名" in reason("谁修的桥?", ARTICLE, known=known, asked=Asked.PERSON)
    assert "person" in reason("Who built it?", ARTICLE, known=known, asked=Asked.PERSON)


def test_what_the_article_has_instead_comes_first() -> None:
    differs = Contradiction("place", "西河", "东山")

    said = reason("西河的桥多长?", ARTICLE, known={**KNOWN, "name_missing": 1.0}, found=[differs])

    assert "西河" in said and "东山" in said


def test_without_any_passage_there_is_no_article_to_name() -> None:
    assert reason("桥?", None, known={}) == "没有找到相关的段落。"
    assert reason("bridge?", None, known={}) == "No passage was found."
