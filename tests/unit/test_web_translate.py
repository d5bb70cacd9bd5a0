"""The English sentences that the assistant writes are shown in Chinese to Chinese readers."""

from contextlib import closing
from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER

from embeddings.hashing import HashingEncoder
from qa.assistant import MAX_QUESTION_LENGTH, Assistant
from qa.errors import QuestionError, RemedyError, StoreError
from qa.web.translate import in_language


def test_a_quotation_that_is_not_proved_has_its_chinese() -> None:
    english = "The quotation could not be proved against its source."

    assert in_language(english, "zh") == "找到的句子在原文中核对不上，所以不引用。"
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
