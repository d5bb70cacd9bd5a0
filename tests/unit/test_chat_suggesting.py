"""Better questions below an answer that was none: found once, none for an answer, shown as text."""

import asyncio
from dataclasses import replace

import pytest
from web_fakes import ANSWERED, UNSAID, FakeAssistant

from qa.chat.turns import Turn
from qa.errors import StoreError
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


def test_a_suggested_question_is_a_button_and_text() -> None:
    shown = better_html(('<b>"一"？',), "zh")

    assert 'data-wj-do="ask" data-question="&lt;b&gt;&quot;一&quot;？"><bdi>&lt;b&gt;&quot;一&quot;？</bdi>' in shown
    assert better_html((), "zh") == ""
