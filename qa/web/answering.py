"""Answering: where every question waits and is answered, so many at a time, in threads of their own.

Questions of people at the page and of programs wait in two rows, each with its own room, and are taken from both in
turn: whoever asks in the chat does not stand behind all the questions that a program sent at once. What nobody asked
waits in a third row, from which something is taken only where the others hold nothing. Within a row the order is that
of arrival; questions of one conversation follow one another. Does not know what a question is.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any, Generic, TypeVar

from qa.errors import RemedyError
from qa.types import Answer, Stage
from qa.web.limits import ANSWERS_AT_ONCE, WAITING

Told = Callable[[Stage | Answer], None]
"""Told of stages as they begin and, while a language model writes, again and again of the answer so far."""

Result = TypeVar("Result")


class Row(Enum):
    """Who asks; `SPARE` is for what Wenju itself would like to know while nobody waits."""

    PEOPLE = "people"
    PROGRAMS = "programs"
    SPARE = "spare"


class TooManyWaitingError(RemedyError):
    """So many questions are waiting that one more would wait too long."""


class GoneError(RemedyError):
    """Whoever asked does not wait for the answer any more."""


@dataclass(frozen=True, slots=True)
class Pending(Generic[Result]):
    """A question that waits or is being answered.

    Attributes:
        future: Brings what comes of it.
        gone: Is set when nobody waits for that any more.
    """

    future: "Future[Result]"
    gone: threading.Event

    def leave(self) -> None:
        """End it: at once where it waits or a language model writes, else when its next stage begins."""
        self.gone.set()
        self.future.cancel()


@dataclass(slots=True, eq=False)
class _Place:
    """A question in its row.

    Attributes:
        work: Answers it.
        line: Of questions that follow one another; None where it follows none.
    """

    row: Row
    line: Hashable
    work: Callable[[], Any]
    pending: Pending[Any] = field(default_factory=lambda: Pending(Future(), threading.Event()))


class Answering:
    """Threads that answer, and who waits for them. Threads start with the first question.

    Args:
        at_once: Questions that are answered at the same time.
        waiting: Questions of a row that may wait besides; further ones of that row are turned away.
    """

    def __init__(self, *, at_once: int = ANSWERS_AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="answering")
        self._most = at_once + waiting
        self._mutex = threading.Lock()
        self._unfinished: dict[Row, list[_Place]] = {row: [] for row in Row}
        self._due: dict[Row, deque[_Place]] = {row: deque() for row in Row}  # what a thread may take
        self._lines: dict[Hashable, deque[_Place]] = {}  # the first of each is due or being answered
        self._turn = Row.PEOPLE  # or programs: whose question is taken next, where both rows have one

    @property
    def unfinished(self) -> int:
        """Questions that wait or are being answered."""
        return sum(map(len, self._unfinished.values()))

    def submit(
        self,
        work: Callable[[Told], Result],
        *,
        told: Told | None = None,
        row: Row = Row.PROGRAMS,
        line: Hashable = None,
    ) -> Pending[Result]:
        """Queue a question.

        Args:
            work: Answers it; is given a function to tell news to, as `Assistant.ask` wants one.
            told: Told of it, too, in the thread that answers.
            row: In which it waits.
            line: It waits for the earlier ones of the same line, too; None for no line.

        Raises:
            TooManyWaitingError: There is no room to wait.
        """

        def tell(news: Stage | Answer) -> None:
            if place.pending.gone.is_set():
                raise GoneError("The client has closed the connection.", "Ask again.")
            if told is not None:
                told(news)

        place = _Place(row, line, partial(work, tell))
        with self._mutex:
            if len(self._unfinished[row]) >= self._most:
                raise TooManyWaitingError(
                    f"{self._most} questions are being answered or waiting.", "Ask again in a few seconds."
                )
            self._unfinished[row].append(place)
            if line is not None:
                before = self._lines.setdefault(line, deque())
                before.append(place)
            if line is None or before[0] is place:
                self._make_due(place)
        place.pending.future.add_done_callback(lambda _: self._finished(place))
        return place.pending

    def close(self) -> None:
        """Take no more questions, forget those that wait, and end those under way at their next stage."""
        with self._mutex:
            places = [place for row in self._unfinished.values() for place in row]
        for place in reversed(places):  # the last first, so that none becomes due because the one before it ended
            place.pending.leave()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _make_due(self, place: _Place) -> None:
        """Let a thread take it; as many threads are called as there are questions due."""
        self._due[place.row].append(place)
        self._threads.submit(self._answer_one)

    def _answer_one(self) -> None:
        with self._mutex:
            place = self._taken()
        future = place.pending.future
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = place.work()
        except BaseException as error:  # noqa: BLE001 (handed to whoever waits, as an executor does)
            future.set_exception(error)
        else:
            future.set_result(result)

    def _taken(self) -> _Place:
        other = _next(self._turn)
        row = next(row for row in (self._turn, other, Row.SPARE) if self._due[row])
        if row is not Row.SPARE:
            self._turn = _next(row)
        return self._due[row].popleft()

    def _finished(self, place: _Place) -> None:
        with self._mutex:
            self._unfinished[place.row].remove(place)
            if place.line is None:
                return
            line = self._lines[place.line]
            was_first = line[0] is place
            line.remove(place)
            if not line:
                del self._lines[place.line]
            elif was_first:
                self._make_due(line[0])


def _next(row: Row) -> Row:
    return Row.PROGRAMS if row is Row.PEOPLE else Row.PEOPLE
