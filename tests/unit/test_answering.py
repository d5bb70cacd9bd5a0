"""Where all questions wait: the order, the room, and how they end."""

import asyncio
import threading
import time
from functools import partial

import pytest
from api_client import QUESTION, services_over

from qa.errors import StoreError
from qa.web.answering import Answering, GoneError, Row, Told, TooManyWaitingError
from qa.web.chat.answering import Asked, Shelf, answering
from qa.web.chat.scenes import View, ask
from qa.web.chat.work import Desk
from qa.web.services import Services
from qa.web.words import Language


class _Noted:
    """Work that notes its names in the order in which they are answered; `busy` keeps the one thread until let go."""

    def __init__(self, answering: Answering) -> None:
        self.order: list[str] = []
        self.go_on = threading.Event()
        begun = threading.Event()

        def busy(_: Told) -> None:
            begun.set()
            assert self.go_on.wait(10)

        self.busy = answering.submit(busy)
        assert begun.wait(10)

    def note(self, name: str, _: Told) -> None:
        self.order.append(name)


def test_people_and_programs_are_answered_in_turn_however_many_one_of_them_asks() -> None:
    """A visitor of the chat stands behind one question of a program, not behind all that came before."""
    answering = Answering(at_once=1, waiting=9)
    noted = _Noted(answering)
    pending = [answering.submit(partial(noted.note, f"program {number}")) for number in range(1, 6)]
    pending += [answering.submit(partial(noted.note, f"visitor {one}"), row=Row.PEOPLE, line=one) for one in "ab"]
    noted.go_on.set()
    for one in pending:
        one.future.result(10)

    assert noted.order == ["visitor a", "program 1", "visitor b", "program 2", "program 3", "program 4", "program 5"]


def test_never_more_than_so_many_are_answered_at_once_whoever_asks() -> None:
    answering, mutex, now, most = Answering(at_once=2, waiting=20), threading.Lock(), [0], [0]

    def work(_: Told) -> None:
        with mutex:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with mutex:
            now[0] -= 1

    pending = [answering.submit(work, row=row) for row in Row for _ in range(10)]
    for one in pending:
        one.future.result(10)

    assert most == [2]
    assert answering.unfinished == 0


def test_a_program_that_fills_its_row_takes_no_room_from_people() -> None:
    answering = Answering(at_once=1, waiting=1)
    noted = _Noted(answering)
    answering.submit(partial(noted.note, "program"))
    with pytest.raises(TooManyWaitingError, match=r"2 questions are being answered or waiting\."):
        answering.submit(partial(noted.note, "one too many"))
    visitor = answering.submit(partial(noted.note, "visitor"), row=Row.PEOPLE)
    noted.go_on.set()
    visitor.future.result(10)

    assert noted.order[0] == "visitor"


def test_who_leaves_while_a_line_waits_holds_nobody_up() -> None:
    """The middle one of a line leaves, then the first of another; those behind them are answered."""
    answering = Answering(at_once=1, waiting=9)
    noted = _Noted(answering)
    waiting = {
        name: answering.submit(partial(noted.note, name), row=Row.PEOPLE, line=name[0])
        for name in ("a1", "a2", "a3", "b1", "b2")
    }
    waiting["a2"].leave()
    waiting["b1"].leave()
    noted.go_on.set()
    for name in ("a1", "a3", "b2"):
        waiting[name].future.result(10)

    assert sorted(noted.order) == ["a1", "a3", "b2"]
    assert noted.order.index("a1") < noted.order.index("a3")
    assert answering.unfinished == 0


def test_what_work_raises_reaches_whoever_waits_and_the_thread_goes_on() -> None:
    answering = Answering(at_once=1, waiting=9)

    def broken(_: Told) -> None:
        raise StoreError("The store is gone.", "Bring it back.")

    with pytest.raises(StoreError):
        answering.submit(broken).future.result(10)
    assert answering.submit(lambda _: 5).future.result(10) == 5


def test_a_server_that_stops_ends_the_waiting_at_once_and_the_others_at_their_next_stage() -> None:
    answering = Answering(at_once=1, waiting=9)
    begun, go_on = threading.Event(), threading.Event()

    def work(tell: Told) -> None:
        begun.set()
        assert go_on.wait(10)
        tell(None)  # type: ignore[arg-type]

    first, second = (answering.submit(work, row=Row.PEOPLE, line="a") for _ in range(2))
    assert begun.wait(10)
    answering.close()
    assert second.future.cancelled()
    go_on.set()
    with pytest.raises(GoneError):
        first.future.result(10)


@pytest.mark.parametrize(
    ("language", "told"), [("zh", "等着回答的问题太多了。请过几秒钟再问。"), ("en", "1 questions are being answered")]
)
def test_one_too_many_is_told_in_the_chat_in_the_language_of_the_visitor_and_counted(
    language: Language, told: str
) -> None:
    services = services_over(answering=Answering(at_once=1, waiting=0))
    view = View(services, Desk(services.answering), Shelf(services.conversations, "o" * 43), language)
    go_on = threading.Event()
    services.answering.submit(lambda _: go_on.wait(10), row=Row.PEOPLE)

    async def scenes() -> list[dict[str, object]]:
        return [scene async for scene in ask(view, Asked(services.conversations.begin("o" * 43).id, QUESTION))]

    (shown,) = asyncio.run(scenes())
    go_on.set()

    assert told in str(shown["notice"])
    assert shown["unasked"] == QUESTION
    assert 'wenju_answers_total{outcome="too_many_waiting",surface="chat"} 1.0' in _metrics(services)


def test_an_answer_of_the_chat_is_counted_as_one() -> None:
    services = services_over()
    shelf = Shelf(services.conversations, "o" * 43)
    asked = Asked(services.conversations.begin(shelf.owner).id, QUESTION)
    work = Desk(services.answering).start(("o", asked.conversation), QUESTION, answering(services, shelf, asked))
    while not work.step.ended:
        time.sleep(0.01)

    assert 'wenju_answers_total{outcome="answered",surface="chat"} 1.0' in _metrics(services)


def _metrics(services: Services) -> str:
    return services.metrics.text(services.assistant, services.answering).decode("utf-8")
