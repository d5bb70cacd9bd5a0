"""The sentences that the answer module and the assistant really write are shown in Chinese to Chinese readers."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER
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


class _Features(dict[str, float]):
    """Features of which one is true; remembers which were asked for."""

    def __init__(self, true: str = "") -> None:
        super().__init__()
        self.true = true
        self.names: list[str] = []

    def __missing__(self, name: str) -> float:
        self.names.append(name)
        return float(name == self.true)


def reasons() -> set[str]:
    """Return every reason for silence that the answer module can give about an article."""
    asked_for = _Features()
    confidence._reason(asked_for, _Stub(Asked.OTHER))  # type: ignore[arg-type]
    return {
        confidence._reason(_Features(name), _Stub(asked))  # type: ignore[arg-type]
        for asked in Asked
        for name in ["", *asked_for.names]
    }


def test_every_reason_for_silence_has_its_chinese() -> None:
    """No English word is left, in whatever reasons the answer module has."""
    chinese = {reason: in_language(reason, "zh") for reason in reasons()}

    assert len(chinese) >= 3
    assert {reason: shown for reason, shown in chinese.items() if re.search(r"[A-Za-z{}]", shown)} == {}
    assert all("《石桥修好了》" in shown for shown in chinese.values())


def test_a_missing_type_is_named() -> None:
    english = "The nearest article, “石桥修好了”, names no person that would answer this."

    assert in_language(english, "zh") == "最接近的文章《石桥修好了》里没有能回答它的人名。"
    assert in_language(english, "en") == english


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
    assistant = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    with closing(assistant), pytest.raises(error) as raised:
        assistant.ask(question)

    assert in_language(str(raised.value), "zh") == chinese


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    assert in_language("Something else. Try again.", "zh") == "Something else. Try again."


def test_titles_with_braces_and_quotation_marks_survive() -> None:
    reason = "The documents do not say; the nearest article is “a {type} ” b”."

    assert in_language(reason, "zh") == "最接近的文章是《a {type} ” b》。"
