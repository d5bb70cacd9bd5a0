"""Which of the reader's spans becomes the answer."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from library_fixtures import ENCODER, one_article

from qa.answer.choose import ReaderAnswerer
from qa.answer.decode import ScoredSpan
from qa.answer.reader import PassageReading
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage, StoredSentence
from qa.types import Hit

BRIDGE = "石桥长三十米。开通日期是五月一日，由林岚剪彩。"
MARKET = "市场里有面包、蜂蜜和茶叶。"
KEYWORD = KeywordIndex([(0, BRIDGE), (1, MARKET)])


class FakeReader:
    """Says what it was told to say of each text."""

    def __init__(self, said: dict[str, PassageReading]) -> None:
        self.said = said

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        return [self.said[text] for _, text in passages]


def found(number: int, text: str, score: float, *, name: str = "") -> Found:
    _, article, (passage,) = one_article(name or f"{number}.txt", f"文章{number}", [text])
    cuts = [0, *(place + 1 for place, character in enumerate(text) if character == "。")]
    sentences = tuple(StoredSentence(start, end) for start, end in pairwise(cuts))
    stored = StoredPassage(number, passage, sentences)
    return Found(Hit(number + 1, score, passage, article), stored, ENCODER.encode_queries(["x"] * len(sentences))[:, 0])


def spans(text: str, *answers: tuple[str, float], answerable: float = 3.0) -> PassageReading:
    placed = [ScoredSpan(text.index(answer), text.index(answer) + len(answer), score) for answer, score in answers]
    return PassageReading(1.0, answerable, tuple(placed))


def answer(question: str, passages: list[Found], said: dict[str, PassageReading]) -> str:
    reading = ReaderAnswerer(FakeReader(said)).read(question, passages, KEYWORD)  # type: ignore[arg-type]
    assert reading is not None
    return reading.found.stored.passage.text[reading.answer_start : reading.answer_end]


def test_the_likeliest_span_is_the_answer_and_its_sentence_is_cited() -> None:
    said = {BRIDGE: spans(BRIDGE, ("林岚", -0.1), ("三十米", -4.0))}

    reading = ReaderAnswerer(FakeReader(said)).read("谁剪的彩?", [found(0, BRIDGE, 1.0)], KEYWORD)  # type: ignore[arg-type]

    assert reading is not None
    assert BRIDGE[reading.start : reading.end] == "开通日期是五月一日，由林岚剪彩。"
    assert (BRIDGE[reading.answer_start : reading.answer_end], reading.answerable, reading.chance) == (
        "林岚",
        3.0,
        -0.1,
    )


def test_a_span_of_the_wrong_type_loses_to_one_of_the_right_type() -> None:
    said = {BRIDGE: spans(BRIDGE, ("林岚", -0.5), ("三十米", -1.0))}

    assert answer("石桥长多少米?", [found(0, BRIDGE, 1.0)], said) == "三十米"


def test_who_asks_for_several_gets_the_whole_list() -> None:
    said = {MARKET: spans(MARKET, ("蜂蜜", -0.1))}

    assert answer("市场里有哪些东西?", [found(1, MARKET, 1.0)], said) == "面包、蜂蜜和茶叶"


@pytest.mark.parametrize(("span", "wanted"), [("五月一日，", "五月一日"), ("三十米。", "三十米")])
def test_ends_are_trimmed(span: str, wanted: str) -> None:
    said = {BRIDGE: spans(BRIDGE, (span, -0.1))}

    assert answer("什么?", [found(0, BRIDGE, 1.0)], said) == wanted


def test_a_passage_that_does_not_answer_loses_to_one_that_does() -> None:
    other = "木桥长九米。"
    said = {BRIDGE: spans(BRIDGE, ("三十米", -0.1), answerable=-6.0), other: spans(other, ("九米", -0.1))}

    assert answer("桥长多少米?", [found(0, BRIDGE, 1.0), found(1, other, 0.9)], said) == "九米"


def test_another_article_that_answers_differently_is_named_as_a_rival() -> None:
    other = "石桥长九米。"
    said = {BRIDGE: spans(BRIDGE, ("三十米", -0.1)), other: spans(other, ("九米", -0.1))}
    passages = [found(0, BRIDGE, 1.0), found(1, other, 1.0)]

    reading = ReaderAnswerer(FakeReader(said)).read("石桥长多少米?", passages, KEYWORD)  # type: ignore[arg-type]

    assert reading is not None and reading.rival is not None
    texts = {one.found.stored.passage.text[one.answer_start : one.answer_end] for one in (reading, reading.rival)}
    assert texts == {"三十米", "九米"}


def test_the_same_answer_in_another_article_is_no_rival() -> None:
    other = "新闻：石桥长三十米。"
    said = {BRIDGE: spans(BRIDGE, ("三十米", -0.1)), other: spans(other, ("三十米", -0.1))}
    passages = [found(0, BRIDGE, 1.0), found(1, other, 1.0)]

    reading = ReaderAnswerer(FakeReader(said)).read("石桥长多少米?", passages, KEYWORD)  # type: ignore[arg-type]

    assert reading is not None
    assert reading.rival is None


def test_without_a_span_the_sentence_is_the_answer() -> None:
    said = {MARKET: PassageReading(0.0, -9.0, ())}

    assert answer("市场里怎么样?", [found(1, MARKET, 1.0)], said) == MARKET


def test_a_length_wins_where_a_length_is_asked_for_though_the_reader_likes_a_distance_better() -> None:
    pier = "栈桥在渡口上游300米处,桥身长60米。"
    said = {pier: spans(pier, ("300米", -0.2), ("60米", -3.0))}

    assert answer("栈桥有多长?", [found(0, pier, 1.0)], said) == "60米"


def test_of_a_length_and_a_width_in_one_span_only_the_length_answers() -> None:
    pier = "两楼之间有62米长、3米宽的栈桥。"
    said = {pier: spans(pier, ("62米长、3米宽", -0.2))}

    assert answer("栈桥有多长?", [found(0, pier, 1.0)], said) == "62米"


def test_of_two_districts_in_a_sentence_the_one_asked_for_answers() -> None:
    pipes = "西埠区换管网37公里、阀门19个,同期南河区换管网21公里。"
    said = {pipes: spans(pipes, ("37公里", -0.2), ("21公里", -4.0))}

    assert answer("南河区换了多少公里管网?", [found(0, pipes, 1.0)], said) == "21公里"


@pytest.mark.parametrize(("span", "holds"), [("林岚", True), ("三十米", False)])
def test_a_name_is_told_by_the_office_before_it(span: str, *, holds: bool) -> None:
    text = "馆长林岚说,石桥长三十米。"
    said = {text: spans(text, (span, -0.1))}
    reading = ReaderAnswerer(FakeReader(said)).read("馆长是谁?", [found(0, text, 1.0)], KEYWORD)  # type: ignore[arg-type]

    assert reading is not None
    assert reading.holds_type is holds
