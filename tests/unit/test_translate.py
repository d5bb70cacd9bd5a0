"""The English sentences that the assistant writes are shown in Chinese to Chinese readers."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from conversation_fakes import ALL_KINDS, turn
from library_fixtures import WITHOUT_READER
from web_fakes import ANSWERED, BRIDGE, BRIDGE_HITS

from embeddings.hashing import HashingEncoder
from qa.answer.checked import MAX_QUESTION_LENGTH
from qa.assistant import Assistant
from qa.chat.database import trouble
from qa.chat.importing import imported
from qa.chat.room import Limits
from qa.chat.rows import LOST, MOST_TURNS
from qa.chat.store import ConversationStore
from qa.errors import ConversationError, QuestionError, RemedyError, StoreError
from qa.retrieval.selection import Selector
from qa.store.rows import Contents, StoredPassage
from qa.translate import in_language
from qa.web.chat.narrowing import filters_in


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
        ([[], [], [], [], "2024-13", ""], "“2024-13”不是日期。请写成 2021-09-03、2021-09 或 2021。"),
        ([None, None, None, None, "2024", "2023"], "起始日期 2024-01-01 晚于截止日期 2023-12-31。请对调。"),
        ([["东门旦报"]], "没有哪篇文章的来源含有“东门旦报”。这里有：东门晚报。"),
        ([[], ["林岚"]], "没有哪篇文章的署名含有“林岚”。这里有：林晚。"),
        ([[], [], ["甲"]], "没有名为“甲”的文集。这里有：乙。"),
        ([[], [], [], ["无.txt"]], "没有名为“无.txt”的文件。这里有：城市/石桥.txt。"),
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


def refused(folder: Path) -> Iterator[tuple[ConversationError, str]]:
    """Yield mistakes of conversations that really happen, each with a piece of its Chinese."""

    def mistake(attempt: Callable[[], object]) -> ConversationError:
        with pytest.raises(ConversationError) as raised:
            attempt()
        return raised.value

    def file(make: Callable[[Path], object]) -> ConversationError:
        path = folder / f"{next(numbers)}.sqlite"
        make(path)
        return mistake(lambda: ConversationStore.open(path))

    def newer(path: Path) -> None:
        ConversationStore.open(path).close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("pragma user_version = 7")

    numbers = count()
    with closing(ConversationStore.open(folder / "kept.sqlite")) as kept:
        name, whole = "k" * 22, replace(ALL_KINDS, turns=(turn(None),) * MOST_TURNS)
        kept.add("me", name, turn())
        kept.keep(whole)
        yield mistake(lambda: kept.read("you", name)), "没有这段对话了。"
        yield mistake(lambda: kept.replace_from("me", name, 1, turn(), seen=2)), "已在另一个窗口中改动"
        yield mistake(lambda: kept.add(whole.owner, whole.id, turn())), "已有 500 个问题"
        yield mistake(lambda: kept.keep(replace(whole, turns=()))), "有 0 个问题的对话无法保存，最多 500 个。"
        yield mistake(lambda: kept.keep(whole)), "已经保存过了"
        yield mistake(lambda: kept.add("me", name, turn(question="长" * 50_001))), "有 50001 个字符的问题不会保存"
        broken = replace(ANSWERED, confidence=float("nan"))
        yield mistake(lambda: kept.add("me", name, turn(broken))), "这个回答无法保存。"
        yield mistake(lambda: kept.rename("me", name, "")), "标题是空的。"
        yield mistake(lambda: kept.rename("me", name, "长" * 201)), "标题有 201 个字符，最多 200 个。"
        yield mistake(lambda: kept.rate("me", name, 1, 1, "长" * 4_001)), "留言有 4001 个字符，最多 4000 个。"
        yield mistake(lambda: kept.rate("me", name, 1, 5)), "5 不是评价。"
    for limits, chinese in (
        (Limits(of_owner=0), "没有保存：您已有 0 段对话"),
        (Limits(conversations=0), "没有保存：服务器上已有 0 段对话"),
        (Limits(megabytes=0), "没有保存：服务器上的对话已占 0 MB"),
    ):
        yield mistake(lambda limits=limits: ConversationStore.in_memory(limits).add("me", name, turn())), chinese
    yield ConversationError(LOST, "Ask it again."), "的记录损坏了"
    yield mistake(lambda: kept.read("me", name)), f"对话文件（{folder / 'kept.sqlite'}）已经关闭"
    yield mistake(lambda: imported(b" " * (21 * 2**20), "me")), "文件有 21 MB，一段对话最多 20 MB。"
    yield mistake(lambda: imported(b"{", "me")), "不是 JSON"
    yield mistake(lambda: imported(b"{}", "me")), "不是由问据导出的对话"
    yield mistake(lambda: imported(b'{"format": "wenju-conversation", "version": 3}', "me")), "第 3 版格式"
    yield file(Path.mkdir), "0.sqlite）无法建立或写入"
    yield file(lambda path: path.write_bytes(b"x" * 5000)), "1.sqlite）不是对话文件，没有动它。"
    yield file(newer), "2.sqlite）是第 7 版，这里的问据只能读第 1 版。"
    for name, chinese in (
        ("SQLITE_FULL", "c.sqlite）没有空间了"),
        ("SQLITE_BUSY", "另一个进程正在写对话文件（/c.sqlite）。"),
        ("SQLITE_IOERR_READ", "磁盘报告错误"),
        ("SQLITE_CORRUPT", "c.sqlite）已损坏"),
    ):
        error = sqlite3.OperationalError("what SQLite says")
        error.sqlite_errorname = name
        yield trouble(Path("/c.sqlite"), error), chinese


def test_every_mistake_of_a_conversation_has_its_chinese(tmp_path: Path) -> None:
    """And nothing of the English is left in it."""
    mistakes = list(refused(tmp_path))

    for error, chinese in mistakes:
        translated = in_language(str(error), "zh")
        assert chinese in translated
        assert re.search(r"[a-z]{3,} [a-z]", translated) is None
        assert in_language(str(error), "en") == str(error)
    assert len({in_language(str(error), "zh") for error, _ in mistakes}) == len(mistakes) == 27


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    assert in_language("Something else. Try again.", "zh") == "Something else. Try again."
