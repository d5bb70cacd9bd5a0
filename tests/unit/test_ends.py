"""Answers begin and end tidily."""

import pytest

from qa.answer.ends import holds_several, tidy
from qa.answer.question import Asked


@pytest.mark.parametrize(
    ("text", "found", "asked", "wanted"),
    [
        ("全长三十米。", "三十米。", Asked.OTHER, "三十米"),
        ("宣读了《开园方案》等文件", "《开园方案", Asked.OTHER, "《开园方案》"),
        ("宣读了《开园方案》等文件", "开园方案》", Asked.OTHER, "《开园方案》"),
        ("提出“一河两园”建设", "“一河两园”", Asked.OTHER, "“一河两园”"),
        ("提出“一河两园三路和九桥的建设目标", "“一河两园", Asked.OTHER, "一河两园"),
        ("定在每周五“服务日”活动", "每周五“服务日”", Asked.DATE, "每周五"),
        ("投资74亿元", "74亿元", Asked.NUMBER, "74亿元"),
        ("and 52 of them signed", "52 of", Asked.NUMBER, "52"),
        ("it cost 1.3 million pounds, no more", "1.3 million pounds", Asked.NUMBER, "1.3 million pounds"),
        ("共修路9条，架桥3座", "9条，架桥3座", Asked.NUMBER, "9条，架桥3座"),
    ],
)
def test_the_ends_are_tidied(text: str, found: str, asked: Asked, wanted: str) -> None:
    start = text.index(found)

    first, last = tidy(text, start, start + len(found), asked)

    assert text[first:last] == wanted


@pytest.mark.parametrize(
    ("answer", "asked", "several"),
    [
        ("99个,解决96个", Asked.NUMBER, True),
        ("1,200人", Asked.NUMBER, False),
        ("林岚、校长周正", Asked.PERSON, True),
        ("面包、蜂蜜", Asked.OTHER, False),
        ("五月一日，", Asked.DATE, False),
    ],
)
def test_a_pause_between_two_answers_is_seen(answer: str, asked: Asked, several: bool) -> None:
    assert holds_several(answer, asked) == several
