"""From a question to a kept turn: history, mistakes, edits, another tab."""

from collections.abc import Callable

import pytest
from web_fakes import FakeAssistant

from qa.chat.rows import without_maps
from qa.chat.store import ConversationStore
from qa.chat.turns import Conversation
from qa.errors import (
    ConversationChangedError,
    ConversationMissingError,
    ConversationStoreError,
    QuestionError,
    StoreError,
)
from qa.filters import EVERYTHING, Filters
from qa.types import Answer, Stage, WritingProblemCode
from qa.web.answering import GoneError
from qa.web.chat.answering import Asked, Shelf, answering
from qa.web.chat.work import Outcome
from qa.web.services import Services

OWNER = "o" * 43


class _Page:
    """A browser with one conversation, as far as asking goes."""

    def __init__(self, assistant: FakeAssistant | None = None) -> None:
        self.assistant = assistant or FakeAssistant()
        self.services = Services(self.assistant)  # type: ignore[arg-type]
        self.shelf = Shelf(ConversationStore.in_memory(), OWNER)
        self.id = self.shelf.store.begin(OWNER).id

    def ask(self, question: str, *, told: Callable[[Stage | Answer], None] = lambda _: None, **how: object) -> Outcome:
        asked = Asked(self.id, question, **how)  # type: ignore[arg-type]
        return answering(self.services, self.shelf, asked)(told)  # type: ignore[arg-type]

    def edit(self, number: int, question: str, known: Conversation) -> Outcome:
        return self.ask(question, replaces=number, seen=len(known.turns), revision=known.revision)

    @property
    def kept(self) -> Conversation:
        return self.shelf.store.read(OWNER, self.id)

    @property
    def questions(self) -> list[str]:
        return [turn.question for turn in self.kept.turns]


def test_a_follow_up_is_completed_from_the_questions_before_it() -> None:
    page = _Page()
    page.ask("换了多少块石料？")
    page.ask("是哪天？", filters=Filters(since="2024-03-01"))

    assert page.assistant.histories == [[], ["换了多少块石料？"]]
    assert page.assistant.filters == [EVERYTHING, Filters(since="2024-03-01")]
    assert [turn.answer.searched_for for turn in page.kept.turns if turn.answer] == [
        "换了多少块石料？",
        "换了多少块石料？ 是哪天？",
    ]


def test_a_question_asked_alone_forgets_the_ones_before_and_so_do_its_follow_ups() -> None:
    page = _Page()
    for question, alone in (("一？", False), ("二？", True), ("三？", False)):
        page.ask(question, alone=alone)

    assert page.assistant.histories == [[], [], ["二？"]]


def test_a_question_that_cannot_be_asked_is_not_kept() -> None:
    page = _Page()
    with pytest.raises(QuestionError, match="The question is empty"):
        page.ask(" \n ")

    assert page.shelf.read(page.id) is None


class _Broken(FakeAssistant):
    def ask(self, question: str, **how: object) -> Answer:  # type: ignore[override]
        if "坏" in question:
            raise StoreError("The store is damaged.", "Build it again.")
        return super().ask(question, **how)  # type: ignore[arg-type]


def test_a_store_that_breaks_becomes_a_turn_and_the_conversation_goes_on() -> None:
    page = _Page(_Broken())
    for question in ("一？", "坏？", "三？"):
        page.ask(question)

    assert page.questions == ["一？", "坏？", "三？"]
    assert [turn.problem for turn in page.kept.turns] == [None, "The store is damaged. Build it again.", None]
    assert page.assistant.histories == [[], ["一？"]]  # what could not be answered completes nothing


def test_an_edited_question_takes_the_place_of_the_old_one_and_of_what_followed() -> None:
    page = _Page()
    for question in ("一？", "二？", "三？"):
        page.ask(question)
    page.edit(2, "二又？", page.kept)

    assert page.questions == ["一？", "二又？"]
    assert page.assistant.histories[-1] == ["一？"]


def test_an_edit_of_what_another_tab_has_changed_replaces_nothing() -> None:
    page = _Page()
    page.ask("一？")
    known = page.kept
    page.ask("二？")  # in another tab
    with pytest.raises(ConversationChangedError, match="another window"):
        page.edit(1, "一又？", known)

    assert page.questions == ["一？", "二？"]
    assert len(page.assistant.histories) == 2  # it was not even asked


@pytest.mark.parametrize("number", [2, 99])
def test_an_edit_of_a_turn_that_is_not_there_replaces_nothing(number: int) -> None:
    page = _Page()
    page.ask("一？")
    with pytest.raises(ConversationMissingError):
        page.edit(number, "一又？", page.kept)

    assert page.questions == ["一？"]


def test_an_edit_that_the_store_cannot_answer_leaves_the_old_answer() -> None:
    page = _Page(_Broken())
    page.ask("一？")
    with pytest.raises(StoreError):
        page.edit(1, "坏？", page.kept)

    assert page.questions == ["一？"]


def test_a_question_stopped_at_its_last_stage_is_not_kept() -> None:
    def told(stage: Stage | Answer) -> None:
        if stage is Stage.PROVING:
            raise GoneError("The page is closed.", "Ask again.")

    page = _Page()
    page.ask("一？")
    with pytest.raises(GoneError):
        page.ask("二？", told=told)

    assert page.questions == ["一？"]


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise ConversationStoreError("The disk is full.", "Make room.")

    page = _Page()
    monkeypatch.setattr(page.shelf.store, "add", full)
    outcome = page.ask("换了多少块石料？")

    assert outcome.turn.answer is not None
    assert outcome.turn.answer.answer == "287块"
    assert str(outcome.unkept) == "The disk is full. Make room."


def test_nobody_reads_the_conversation_of_somebody_else() -> None:
    page = _Page()
    page.ask("一？")

    assert Shelf(page.shelf.store, "p" * 43).read(page.id) is None
    assert Shelf(page.shelf.store, "").read(page.id) is None


def test_an_answer_stopped_while_a_language_model_writes_is_kept_without_the_rest() -> None:
    """It was shown already; what was written until then stays, and that it was stopped is said."""
    seen: list[Answer] = []

    def told(news: Stage | Answer) -> None:
        if isinstance(news, Answer):
            if len(seen) == 3:
                raise GoneError("The client has closed the connection.", "Ask again.")
            seen.append(news)

    page = _Page()
    outcome = page.ask("停？写石料", told=told)

    assert outcome.turn.answer is not None
    assert outcome.turn.answer.written is not None
    assert [sentence.proved for sentence in outcome.turn.answer.written.sentences] == [True, False]
    assert outcome.turn.answer.written.problem is not None
    assert outcome.turn.answer.written.problem.code is WritingProblemCode.STOPPED
    assert [turn.answer for turn in page.kept.turns] == [without_maps(outcome.turn).answer]
    assert 'surface="chat"} 1.0' in page.services.metrics.text(page.assistant, page.services.answering).decode()  # type: ignore[arg-type]


def test_a_stop_before_the_answer_was_seen_keeps_nothing() -> None:
    def told(news: Stage | Answer) -> None:
        if isinstance(news, Answer) or news is Stage.PROVING:
            raise GoneError("The client has closed the connection.", "Ask again.")

    page = _Page()
    with pytest.raises(GoneError):
        page.ask("写石料", told=told)
    assert page.shelf.read(page.id) is None
