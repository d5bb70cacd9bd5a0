"""Better questions below an answer that was none: found once, none for an answer, shown as text."""

import asyncio
import threading
from dataclasses import replace

import pytest
from web_fakes import ANSWERED, UNSAID, FakeAssistant

from qa.chat.turns import Turn
from qa.errors import StoreError
from qa.types import Answer
from qa.web.answering import Answering, Row
from qa.web.chat import suggesting
from qa.web.chat.suggesting import Suggestions, better_html
from qa.web.services import Services


def turn(answer: object) -> Turn:
    return Turn(1, "问？", "2024-03-05T08:00:00Z", answer)  # type: ignore[arg-type]


def test_questions_are_looked_for_once_and_again_when_the_documents_have_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def found(_: object, answer: object, **__: object) -> tuple[str, ...]:
        asked.append(answer.generation)  # type: ignore[attr-defined]
        return ("一？", "二？")

    monkeypatch.setattr(suggesting, "better_questions", found)
    suggestions = Suggestions(Services(FakeAssistant()))  # type: ignore[arg-type]

    async def look() -> list[tuple[str, ...]]:
        newer = replace(UNSAID, generation=9)
        return [await suggestions.to(turn(answer)) for answer in (UNSAID, UNSAID, newer, ANSWERED, None)]

    assert asyncio.run(look()) == [("一？", "二？")] * 3 + [(), ()]
    assert asked == [3, 9]


def test_a_store_that_went_away_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> tuple[str, ...]:
        raise StoreError("The store is gone.", "Bring it back.")

    monkeypatch.setattr(suggesting, "better_questions", gone)

    assert asyncio.run(Suggestions(Services(FakeAssistant())).to(turn(UNSAID))) == ()  # type: ignore[arg-type]


def test_only_spare_time_is_taken_and_no_language_model_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that somebody asks while others wait is answered before one that is tried for a suggestion."""
    order: list[str] = []

    class Noting(FakeAssistant):
        def ask(self, question: str, **settings: object) -> Answer:  # type: ignore[override]
            order.append(f"{question} {settings['llm']}")
            return UNSAID

    def trying(asks: Noting, *_: object, **__: object) -> tuple[str, ...]:
        asks.ask("试一")
        asks.ask("试二")
        return ("一？",)

    monkeypatch.setattr(suggesting, "better_questions", trying)
    services = Services(Noting(), answering=Answering(at_once=1))  # type: ignore[arg-type]
    go_on = threading.Event()
    services.answering.submit(lambda _: go_on.wait(10))

    async def look() -> tuple[str, ...]:
        found = asyncio.create_task(Suggestions(services).to(turn(UNSAID)))
        while services.answering.unfinished < 2:
            await asyncio.sleep(0.001)
        for row in (Row.PEOPLE, Row.PROGRAMS):
            services.answering.submit(lambda _, row=row: order.append(row.value), row=row)
        go_on.set()
        return await found

    assert asyncio.run(look()) == ("一？",)
    assert order == ["people", "programs", "试一 False", "试二 False"]


def test_a_server_without_spare_time_suggests_nothing_and_looks_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "better_questions", lambda asks, *_, **__: (asks.ask("试").searched_for,))
    services = Services(FakeAssistant(), answering=Answering(at_once=1))  # type: ignore[arg-type]
    go_on = threading.Event()
    services.answering.submit(lambda _: go_on.wait(10))
    suggestions = Suggestions(services, patience=0.3)

    assert asyncio.run(suggestions.to(turn(UNSAID))) == ()
    go_on.set()
    assert asyncio.run(suggestions.to(turn(UNSAID))) == ("试",)


def test_a_suggested_question_is_a_button_and_text() -> None:
    shown = better_html(('<b>"一"？',), "zh")

    assert 'data-wj-do="ask" data-question="&lt;b&gt;&quot;一&quot;？"><bdi>&lt;b&gt;&quot;一&quot;？</bdi>' in shown
    assert better_html((), "zh") == ""
