"""Questions under way: their stages, their lines, and how they end."""

import asyncio
import threading
import time
from collections.abc import Callable

import pytest
from web_fakes import ANSWERED, WRITTEN_ANSWER

from qa.chat.turns import Turn
from qa.errors import StoreError
from qa.types import Stage
from qa.web.answering import Answering, Told, TooManyWaitingError
from qa.web.chat.work import AnswerIt, Desk, Outcome, Step, Work

LINE = ("owner", "conversation")
TURN = Turn(1, "问？", "2024-03-05T08:00:00Z", None)


def answered(*stages: Stage, gate: threading.Event | None = None) -> AnswerIt:
    """Return an answer that tells these stages, and waits at the gate before the last one."""

    def answer(told: Told) -> Outcome:
        for stage in stages[:-1]:
            told(stage)
        if gate is not None:
            assert gate.wait(10)
        if stages:
            told(stages[-1])
        return Outcome(TURN)

    return answer


def steps_of(work: Work, *, at: Callable[[Step], None] = lambda _: None) -> list[Step]:
    """Watch a question to its end."""

    async def watch() -> list[Step]:
        seen = []
        async for step in work.steps():
            seen.append(step)
            at(step)
        return seen

    return asyncio.run(asyncio.wait_for(watch(), 10))


@pytest.fixture
def desk() -> Desk:
    return Desk(Answering(at_once=1, waiting=2))


def test_each_stage_is_told_as_it_begins_and_the_end_last(desk: Desk) -> None:
    gate = threading.Event()
    work = desk.start(LINE, "问？", answered(Stage.SEARCHING, Stage.READING, gate=gate))

    def let_go(step: Step) -> None:
        if step.stage is Stage.SEARCHING:
            gate.set()

    seen = steps_of(work, at=let_go)

    assert [step.stage for step in seen if step.stage is not None][:1] == [Stage.SEARCHING]
    assert seen[-1] == Step(ended=True, outcome=Outcome(TURN))


def test_a_question_that_is_stopped_ends_before_its_next_stage(desk: Desk) -> None:
    gate, reached = threading.Event(), []

    def answer(told: Told) -> Outcome:
        told(Stage.SEARCHING)
        assert gate.wait(10)
        told(Stage.READING)
        reached.append("reading")
        return Outcome(TURN)

    work = desk.start(LINE, "问？", answer)
    work.stop()
    gate.set()

    assert steps_of(work)[-1] == Step(ended=True, stopped=True)
    assert reached == []


def test_a_question_that_is_stopped_while_it_waits_is_never_answered(desk: Desk) -> None:
    gate = threading.Event()
    first = desk.start(LINE, "一？", answered(Stage.SEARCHING, gate=gate))
    second = desk.start(LINE, "二？", answered(Stage.SEARCHING))
    second.stop()

    assert steps_of(second)[-1] == Step(ended=True, stopped=True)  # at once: the first one is not even answered
    gate.set()
    assert steps_of(first)[-1].outcome == Outcome(TURN)


def test_questions_of_one_conversation_follow_one_another_though_threads_are_free() -> None:
    desk, gate, order = Desk(Answering(at_once=2, waiting=2)), threading.Event(), []

    def first(told: Told) -> Outcome:
        assert gate.wait(10)
        order.append("first")
        return Outcome(TURN)

    def second(told: Told) -> Outcome:
        order.append("second")
        return Outcome(TURN)

    desk.start(LINE, "一？", first)
    last = desk.start(LINE, "二？", second)
    other = desk.start(("owner", "another"), "三？", answered(Stage.SEARCHING))
    assert steps_of(other)[-1].outcome == Outcome(TURN)  # does not wait for a line that is not its own
    gate.set()
    steps_of(last)

    assert order == ["first", "second"]


def test_too_many_questions_are_told_to_come_back_and_those_that_wait_are_answered() -> None:
    desk, gate = Desk(Answering(at_once=1, waiting=1)), threading.Event()
    works = [desk.start(("o", str(number)), "问？", answered(Stage.SEARCHING, gate=gate)) for number in range(2)]
    with pytest.raises(TooManyWaitingError, match="2 questions are being answered or waiting"):
        desk.start(LINE, "问？", answered())
    gate.set()

    assert [steps_of(work)[-1].outcome for work in works] == [Outcome(TURN), Outcome(TURN)]


def test_a_question_is_answered_although_nobody_watches_any_more(desk: Desk) -> None:
    """A browser that loses its connection loses no answer: what is under way can be watched again."""
    gate = threading.Event()
    work = desk.start(LINE, "问？", answered(Stage.SEARCHING, Stage.READING, gate=gate))

    async def look_away() -> None:
        async for step in work.steps():
            if step.stage is Stage.SEARCHING:
                return

    asyncio.run(asyncio.wait_for(look_away(), 10))
    assert desk.under_way(LINE) == (work,)
    gate.set()

    assert steps_of(work)[-1].outcome == Outcome(TURN)


def test_a_mistake_ends_the_question_and_not_the_line(desk: Desk) -> None:
    def mistaken(told: Told) -> Outcome:
        raise StoreError("The store is gone.", "Bring it back.")

    first = desk.start(LINE, "一？", mistaken)
    second = desk.start(LINE, "二？", answered())

    assert str(steps_of(first)[-1].mistake) == "The store is gone. Bring it back."
    assert steps_of(second)[-1].outcome == Outcome(TURN)


def test_an_unforeseen_error_ends_the_question_and_not_the_line(desk: Desk) -> None:
    def broken(told: Told) -> Outcome:
        raise ZeroDivisionError

    first = desk.start(LINE, "一？", broken)
    second = desk.start(LINE, "二？", answered())

    assert steps_of(first)[-1] == Step(ended=True)
    assert steps_of(second)[-1].outcome == Outcome(TURN)


def test_a_server_that_stops_ends_what_is_under_way_and_what_waits() -> None:
    answering, gate = Answering(at_once=1, waiting=2), threading.Event()
    desk = Desk(answering)
    works = [desk.start(LINE, "问？", answered(Stage.SEARCHING, Stage.READING, gate=gate)) for _ in range(2)]
    while works[0].step.stage is None:
        time.sleep(0.01)
    answering.close()
    gate.set()

    assert [steps_of(work)[-1] for work in works] == [Step(ended=True, stopped=True)] * 2


def test_the_answer_so_far_is_a_step_and_the_same_one_again_is_none(desk: Desk) -> None:
    gate = threading.Event()

    def answer(told: Told) -> Outcome:
        told(Stage.WRITING)
        for _ in range(3):
            told(WRITTEN_ANSWER)
        assert gate.wait(10)
        told(ANSWERED)
        return Outcome(TURN)

    def let_go(step: Step) -> None:
        if step.so_far is not None:
            gate.set()

    seen = steps_of(desk.start(LINE, "问？", answer), at=let_go)

    told = [step.so_far for step in seen if step.so_far is not None]
    assert told[0] is WRITTEN_ANSWER
    assert len(told) <= 2
    assert seen[-1] == Step(ended=True, outcome=Outcome(TURN))
