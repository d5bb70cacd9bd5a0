"""What a question asks for, and the shortest span that answers."""

import pytest

from qa.answer.question import Asked, asked_for, asked_unit
from qa.answer.spans import candidates, shortest_span


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("防洪墙全长多少公里?", Asked.NUMBER),
        ("How many seats does the new library have?", Asked.NUMBER),
        ("新馆什么时候开放?", Asked.DATE),
        ("村史馆是哪一天开门的?", Asked.DATE),
        ("When did the ferry stop?", Asked.DATE),
        ("水利局局长是谁?", Asked.PERSON),
        ("照片是誰拍的?", Asked.PERSON),
        ("Who wrote the article?", Asked.PERSON),
        ("新桥建在哪里?", Asked.PLACE),
        ("提出了哪四项要求?", Asked.OTHER),
        ("为什么要改道?", Asked.OTHER),
    ],
)
def test_question_words_tell_the_type(question: str, kind: Asked) -> None:
    """Both scripts and both languages."""
    assert asked_for(question) is kind


def test_the_measure_word_is_read_from_the_question() -> None:
    """多少公里 wants kilometres."""
    assert asked_unit("全长多少公里?") == "公里"
    assert asked_unit("为什么?") is None


@pytest.mark.parametrize(
    ("question", "sentence", "kind", "answer"),
    [
        ("图书馆新馆有多少个座位?", "新馆藏书42万册,设阅览座位1860个,停车位95个。", Asked.NUMBER, "1860个"),
        ("东埠段浇筑进度是多少?", "东埠段墙体浇筑进度为61.3%,望河段为42.9%。", Asked.NUMBER, "61.3%"),
        ("新馆什么时候开放?", "新馆将于明年3月8日开放,老馆4月1日关闭。", Asked.DATE, "明年3月8日"),
        ("镇长是谁?", "镇长施月娥说,运动会办了十二届。", Asked.PERSON, "施月娥"),
        ("照片是谁拍的?", "工人在吊装预制板。 卢晓棠 摄", Asked.PERSON, "卢晓棠"),
        ("How many seats are there?", "The hall has 240 seats and 3 doors.", Asked.NUMBER, "240"),
    ],
)
def test_the_candidate_nearest_to_the_question_s_words_is_chosen(
    question: str, sentence: str, kind: Asked, answer: str
) -> None:
    """Not the first number, but the one beside the words that were asked about."""
    span = shortest_span(question, sentence, kind, unit=asked_unit(question))

    assert span is not None
    assert sentence[slice(*span)] == answer


def test_what_the_question_itself_names_is_no_answer() -> None:
    """Asked about 12路, the answer is not 12."""
    assert shortest_span("12月的客流是多少?", "12月", Asked.DATE) is None


def test_a_sentence_without_a_candidate_has_no_span() -> None:
    """Then the sentence itself is the answer."""
    assert candidates("大家都很高兴。", Asked.NUMBER) == []
    assert shortest_span("有多少人?", "大家都很高兴。", Asked.NUMBER) is None
