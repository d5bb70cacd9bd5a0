"""The English sentences that the assistant writes are shown in Chinese to Chinese readers."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from library_fixtures import WITHOUT_READER
from web_fakes import BRIDGE, BRIDGE_HITS

from embeddings.hashing import HashingEncoder
from qa.answer.checked import MAX_QUESTION_LENGTH
from qa.assistant import Assistant
from qa.errors import QuestionError, RemedyError, StoreError
from qa.retrieval.selection import Selector
from qa.rows import Contents, StoredPassage
from qa.web.chat.narrowing import filters_in
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


@pytest.mark.parametrize(
    ("row", "chinese"),
    [
        ([[], [], [], "2024-13", ""], "“2024-13”不是日期。请写成 2021-09-03、2021-09 或 2021。"),
        ([None, None, None, "2024", "2023"], "起始日期 2024-01-01 晚于截止日期 2023-12-31。请对调。"),
        ([["东门旦报"]], "没有哪篇文章的来源含有“东门旦报”。这里有：东门晚报。"),
        ([[], ["林岚"]], "没有哪篇文章的署名含有“林岚”。这里有：林晚。"),
        ([[], [], ["甲"]], "没有名为“甲”的文集。这里有：乙。"),
    ],
)
def test_the_mistakes_of_a_filter_have_theirs(row: list[object], chinese: str) -> None:
    passage = replace(BRIDGE_HITS[0].passage, article_id=BRIDGE.id)
    none = np.zeros((0, 2), np.float32)
    contents = Contents(
        1, {BRIDGE.id: BRIDGE}, (StoredPassage(1, passage, ()),), none, none, {BRIDGE.document_id: "乙"}
    )

    with pytest.raises(QuestionError) as raised:
        Selector(contents).select(filters_in(row))

    assert in_language(str(raised.value), "zh") == chinese


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    assert in_language("Something else. Try again.", "zh") == "Something else. Try again."
