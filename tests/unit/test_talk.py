"""A conversation over a fake assistant: what it asks, prints, keeps and forgets."""

import io
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cli_fakes import ANSWER, SILENCE, FakeAssistant
from rich.console import Console

from qa.chat.store import ConversationStore
from qa.cli.talk.asking import Asking, Stopped
from qa.cli.talk.loop import answer_lines, converse
from qa.cli.talk.talk import OWNER, Talk
from qa.errors import ConversationStoreError, QuestionError
from qa.filters import Filters
from qa.retrieval.selection import FilterValues
from qa.types import Answer, Stage, Unproved, Written, WrittenSentence

Lines = Callable[[], list[str]]


class Page:
    """A conversation, what it prints to, and what it asks."""

    def __init__(self, language: str = "en", conversations: ConversationStore | None = None) -> None:
        self.assistant = FakeAssistant.open(Path("store"))
        self.asking = Asking()
        self.kept = conversations or ConversationStore.in_memory()
        self._printed = io.StringIO()
        self.talk = Talk(
            self.assistant,  # type: ignore[arg-type]
            self.kept,
            self.asking,
            Console(file=self._printed, width=200, highlight=False, markup=False),
            language=language,  # type: ignore[arg-type]
            top_k=8,
        )

    def says(self, line: str) -> list[str]:
        """Return what is printed for a line."""
        self._printed.truncate(0)
        self._printed.seek(0)
        self.talk.hear(line)
        return self._printed.getvalue().splitlines()

    @property
    def asked(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every question so far with its history."""
        return [(call[1], call[2]) for call in self.assistant.calls if call[0] == "ask"]


@pytest.fixture(autouse=True)
def _the_usual_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAssistant, "answer", replace(ANSWER, searched_for="何时?"))


@pytest.fixture
def page() -> Iterator[Page]:
    made = Page()
    yield made
    made.asking.close()


def test_an_answer_has_its_number_and_a_footnote_of_one_line(page: Page) -> None:
    assert page.says("何时?") == [
        "河阳县的湖心公园将在⟦五月一日⟧开放。 [1]",
        "[1] 湖边新园 · 河阳日报 · 记者 甲乙 · 4月2日 · page.txt · repaired",
    ]


def test_what_was_searched_for_is_said_where_it_is_not_what_was_asked(page: Page) -> None:
    assert page.says("何时呢?")[0] == "Searched for: 何时?  (:alone asks the words as typed)"


def test_silence_names_the_nearest_articles_which_can_be_opened(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAssistant, "answer", replace(SILENCE, searched_for="多少钱?"))

    assert page.says("多少钱?") == [
        "The documents do not say. No passage names a price.",
        "Nearest articles:",
        "[1] 湖边新园 · 河阳日报 · 记者 甲乙 · 4月2日 · page.txt",
    ]
    assert page.says(":open 1")[-2:] == ["⟦河阳县的湖心公", "园将在五月一日开放。⟧"]


def test_an_unsure_answer_says_so_with_its_figure(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAssistant, "answer", replace(ANSWER, searched_for="何时?", confidence=0.41))

    assert page.says("何时?")[1] == "Confidence: uncertain (41%)"


def test_the_questions_before_are_history_until_one_is_asked_alone_or_a_new_conversation_begins(page: Page) -> None:
    for line in ("一", "二", ":alone 三", "四", ":new", "五"):
        page.says(line)

    assert page.asked == [("一", ()), ("二", ("一",)), ("三", ()), ("四", ("三",)), ("五", ())]


def test_retry_and_alone_ask_the_last_question_again_in_its_place(page: Page) -> None:
    for line in ("一", "二", ":retry", ":alone", "三"):
        page.says(line)

    assert page.asked[2:] == [("二", ("一",)), ("二", ()), ("三", ("二",))]
    (kept,) = page.kept.listed(OWNER)
    turns = page.kept.read(OWNER, kept.id).turns
    assert [(turn.number, turn.question, turn.alone) for turn in turns] == [
        (1, "一", False), (2, "二", True), (3, "三", False),
    ]  # fmt: skip


def test_filters_stay_on_for_every_question_until_they_are_taken_away(page: Page) -> None:
    assert page.says(":filter author=甲乙") == ["Filters: author 甲乙", "1 article fits."]
    assert page.says("何时?")[0] == "Searched only: author 甲乙"
    assert page.says(":filter off") == ["No filters."]
    page.says("何时?")

    calls = [call for call in page.assistant.calls if call[0] == "ask"]
    assert [call[4:] for call in calls] == [(Filters(authors=("甲乙",)),), ()]


def test_filters_that_nothing_fits_are_taken_and_that_is_said_at_once(page: Page) -> None:
    """As everywhere else, where the answer is silence."""
    assert page.says(":filter author=a author=b since=1990") == [
        "Filters: author a or b; from 1990-01-01",
        "0 articles fit.",
    ]
    page.says("何时?")

    (asked,) = [call for call in page.assistant.calls if call[0] == "ask"]
    assert asked[4] == Filters(authors=("a", "b"), since="1990-01-01")
    assert Page("zh").says(":filter author=a author=b") == ["筛选：作者 a或b", "符合的文章：2 篇。"]


def test_sources_and_why_tell_everything_about_the_last_answer(page: Page) -> None:
    assert page.says(":sources") == ["Nothing was asked yet."]
    page.says("何时?")

    assert page.says(":sources") == [
        "[1] 湖边新园 — 市民的新去处",
        "    河阳日报 · 记者 甲乙 · 4月2日",
        "    page.txt:5-23",
        "    “河阳县的湖心公␊园将在五月一日开放。”",
        "    repaired, reads: “河阳县的湖心公园将在五月一日开放。”",
    ]
    assert page.says(":why") == [
        "Confidence: certain (90%)",
        "",
        "1. 湖边新园 — 市民的新去处",
        "   page.txt:5-23",
        "   close in meaning, rank 1; words match, rank 2 (公园 开放)",
        "   河阳县的湖心⟦公园⟧将在五月一日⟦开放⟧。",
    ]


@pytest.mark.parametrize("ending", ["md", "json", "html"])
def test_a_conversation_is_exported_by_the_ending_and_never_over_a_file(
    ending: str, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / f"talk.{ending}"
    page.says("何时?")

    assert page.says(f":export {path}") == [f"Written to {path} (1 questions)."]
    assert "五月一日" in path.read_text(encoding="utf-8")
    with pytest.raises(QuestionError, match="There is a file"):
        page.says(f":export {path}")


def test_a_conversation_that_cannot_be_kept_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise ConversationStoreError("The disk is full.", "Make room.")

    page = Page("zh")
    monkeypatch.setattr(ConversationStore, "add", full)
    printed = page.says("何时?")
    page.asking.close()

    assert printed[-1] == "这次对话不会保存。The disk is full. Make room."
    assert "五月一日" in printed[0]


def test_lines_of_a_pipe_are_answered_in_order_and_mistakes_are_counted(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    """A blank line is passed over; :quit ends it; bytes that are no UTF-8 are a mistake."""
    lines = io.BytesIO("\ufeff一\n\n:nothing\n二\n:quit\n三\n".encode()[:-1].replace("二".encode(), b"\xff"))

    assert answer_lines(page.talk, lines, language="zh") == 2
    assert [question for question, _ in page.asked] == ["一"]
    assert capsys.readouterr().err.splitlines() == [
        "没有命令“:nothing”。:help 列出所有命令。",
        "问题不是有效的 UTF-8。请使用 UTF-8 终端。",
    ]


def _keys(*pressed: str | type[BaseException]) -> Callable[[], str]:
    left = iter(pressed)

    def read() -> str:
        key = next(left)
        if isinstance(key, str):
            return key
        raise key

    return read


def test_ctrl_c_twice_leaves_and_a_line_between_them_does_not(page: Page) -> None:
    """The question after the first Ctrl-C is asked; what would come after the second in a row is not."""
    converse(
        page.talk,
        _keys(KeyboardInterrupt, "一", KeyboardInterrupt, "", KeyboardInterrupt, KeyboardInterrupt, "二"),
        language="en",
    )

    assert [question for question, _ in page.asked] == ["一"]


def test_a_question_that_is_given_up_stops_at_its_next_stage_and_the_next_one_is_asked() -> None:
    """Ctrl-C comes while `ask` runs; its thread hears of it when it tells its stage."""
    asking = Asking()
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def slow(tell: Callable[[Stage], None]) -> str:
        begun.set()
        go_on.wait(10)
        try:
            tell(Stage.READING)
        except BaseException as stopped:
            ended.append(type(stopped).__name__)
            raise
        return "never"

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    import qa.cli.talk.asking as module

    class Future(module.Future):  # type: ignore[type-arg]
        result = interrupted

    original = asking._threads.submit
    asking._threads.submit = lambda *work: (original(*work), begun.wait(10), Future())[2]  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        asking.ask(slow, None)
    asking._threads.submit = original  # type: ignore[method-assign]
    go_on.set()

    assert asking.ask(lambda tell: (tell(Stage.PROVING), "next")[1], None) == "next"
    assert ended == ["Stopped"]
    asking.close()


def test_what_is_exported_as_json_holds_the_same_quotation(page: Page, tmp_path: Path) -> None:
    page.says("何时?")
    page.says(f":export {tmp_path / 'talk.json'}")

    written = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert written["turns"][0]["answer"]["citations"][0]["quote"] == ANSWER.citations[0].quote


def test_what_a_language_model_wrote_follows_the_answer_with_its_own_footnotes(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = replace(ANSWER.citations[0], number=2)
    written = Written(
        "小模型",
        (WrittenSentence("公园开放。", True, (1, 2)), WrittenSentence("公园免费。", False, (), Unproved.WORDS)),
        (second,),
    )
    monkeypatch.setattr(FakeAssistant, "answer", replace(ANSWER, searched_for="何时?", written=written))

    lines = page.says("何时?")

    assert lines[2:6] == [
        "",
        "Written by 小模型, each sentence held against the sources:",
        "公园开放。 [1] [2]",
        "⟨公园免费。⟩ (unproved: it adds words)",
    ]
    assert lines[6] == "1 sentence of the language model could not be proved."
    assert lines[7].startswith("[2] 湖边新园")
    assert [line[:3] for line in page.says(":sources") if line.startswith("[")] == ["[1]", "[2]"]


class Writing(FakeAssistant):
    """Lets a language model write until it is hung up on; Ctrl-C comes when the first words are there."""

    hung_up = threading.Event()

    def ask(self, question: str, *, so_far: Callable[[Answer], None] | None = None, **how: object) -> Answer:  # type: ignore[override]
        assert so_far is not None
        answer = super().ask(question, **how)  # type: ignore[arg-type]
        begun = replace(answer, written=Written("小模型", (WrittenSentence("公园开放。", True, (1,)),)))
        so_far(begun)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        try:
            for _ in range(400):
                so_far(begun)
                time.sleep(0.02)
        except Stopped:
            self.hung_up.set()
            raise
        return answer


@pytest.mark.skipif(sys.platform == "win32", reason="no signal can be sent to a thread there")
def test_ctrl_c_while_a_language_model_writes_keeps_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    page.talk._assistant = Writing()  # type: ignore[assignment]
    page.asking.ask(lambda _: time.sleep(0.1), None)  # so that its thread has started when the signal comes
    lines = page.says("何时?")

    assert lines[0].startswith("河阳县的湖心公园将在⟦五月一日⟧开放。 [1]")
    assert "公园开放。 [1]" in lines
    assert "The language model was stopped before its end. Ask again to let it write." in lines
    assert Writing.hung_up.wait(5)
    (kept,) = page.kept.listed(OWNER)
    (turn,) = page.kept.read(OWNER, kept.id).turns
    assert turn.answer is not None
    assert turn.answer.written is not None
    assert turn.answer.written.problem is not None
    page.asking.close()


def test_the_commonest_values_to_filter_by_are_listed_in_order(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    values = FilterValues(("丙报", "b", "a"), (), tuple("987654321"), ())
    monkeypatch.setattr(FakeAssistant, "filter_values", lambda _: values, raising=False)

    assert page.says(":filter")[1:3] == ["publisher: a, b, 丙报", "collection: 2, 3, 4, 5, 6, 7, 8, 9 …"]
