"""The sentences that the answer module and the assistant really write are shown in Chinese to Chinese readers."""

from contextlib import closing
from pathlib import Path

import pytest
from web_fakes import BRIDGE

from embeddings.hashing import HashingEncoder
from qa.answer import confidence
from qa.answer.question import Asked
from qa.assistant import MAX_QUESTION_LENGTH, Assistant
from qa.errors import QuestionError, RemedyError, StoreError
from qa.web.translate import in_language


class _Stub:
    """Stands for a reading: `.asked` and `.found.hit.article` are all that a reason needs."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.found = self
        self.hit = self
        self.article = BRIDGE


@pytest.mark.parametrize(
    ("other_year", "no_type", "asked", "chinese"),
    [
        (1.0, 0.0, Asked.NUMBER, "所问的那一年，文件没有提到；最接近的文章是《石桥修好了》。"),
        (0.0, 1.0, Asked.NUMBER, "最接近的文章《石桥修好了》里没有能回答它的数字。"),
        (0.0, 1.0, Asked.DATE, "最接近的文章《石桥修好了》里没有能回答它的日期。"),
        (0.0, 1.0, Asked.PERSON, "最接近的文章《石桥修好了》里没有能回答它的人名。"),
        (0.0, 1.0, Asked.PLACE, "最接近的文章《石桥修好了》里没有能回答它的地点。"),
        (0.0, 1.0, Asked.OTHER, "最接近的文章是《石桥修好了》。"),
    ],
)
def test_every_reason_for_silence_has_its_chinese(
    other_year: float, no_type: float, asked: Asked, chinese: str
) -> None:
    reason = confidence._reason({"other_year": other_year, "no_type": no_type}, _Stub(asked))  # type: ignore[arg-type]

    assert in_language(reason, "zh") == chinese
    assert in_language(reason, "en") == reason


@pytest.mark.parametrize(
    ("question", "error", "chinese"),
    [
        ("  ", QuestionError, "问题是空的。请写一个问题再提交。"),
        (
            "长" * (MAX_QUESTION_LENGTH + 1),
            QuestionError,
            f"问题有 {MAX_QUESTION_LENGTH + 1} 个字符，最多 {MAX_QUESTION_LENGTH} 个。请用一两句话只问一件事。",
        ),
        ("换了什么？", StoreError, "还没有任何文件。请先建立索引：wenju index 文件夹"),
    ],
)
def test_the_mistakes_of_a_reader_have_theirs(
    tmp_path: Path, question: str, error: type[RemedyError], chinese: str
) -> None:
    assistant = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), create=True)
    with closing(assistant), pytest.raises(error) as raised:
        assistant.ask(question)

    assert in_language(str(raised.value), "zh") == chinese


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    assert in_language("Something else. Try again.", "zh") == "Something else. Try again."


def test_titles_with_braces_and_quotation_marks_survive() -> None:
    reason = "The documents do not say; the nearest article is “a {type} ” b”."

    assert in_language(reason, "zh") == "最接近的文章是《a {type} ” b》。"
