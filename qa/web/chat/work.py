"""Questions of the chat under way: each tells its stages, can be stopped and watched.

A question goes on when nobody watches, so a browser that loses its connection loses no answer. Where it waits and who
answers is the business of `qa.web.answering`. Knows nothing of pages; what answering means is given as a function.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from qa.chat.turns import Turn
from qa.errors import RemedyError
from qa.types import Answer, Stage
from qa.web.answering import Answering, GoneError, Pending, Row, Told

Line = tuple[str, str]  # an owner and a conversation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        turn: With the answer, or the mistake of the store of documents.
        unkept: Why the turn is shown, but not kept; None where it is.
    """

    turn: Turn
    unkept: RemedyError | None = None


AnswerIt = Callable[[Told], Outcome]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a question has come.

    Attributes:
        stage: What is under way; None while it waits in line.
        so_far: The answer, proved, while a language model writes about it; else None.
        stopping: It is to end before its next stage.
        ended: It will not come any further.
        stopped: It was ended before it was answered.
        mistake: Why it was not asked at all, where the reader can put that right.
        outcome: What came of it; None while it is under way, and where it was stopped or not asked.
    """

    stage: Stage | None = None
    so_far: Answer | None = None
    stopping: bool = False
    ended: bool = False
    stopped: bool = False
    mistake: RemedyError | None = None
    outcome: Outcome | None = None


class Work:
    """One question under way. Read from any thread and from event loops; made by `Desk.start`.

    Attributes:
        pending: Its place among the questions that wait; None until it has one.
        question: As typed.
        replaces: Number of the turn that it is to stand in the place of, or None for a new one.
    """

    def __init__(self, question: str, replaces: int | None) -> None:
        self.pending: Pending[None] | None = None
        self.question = question
        self.replaces = replaces
        self._lock = threading.Lock()
        self._step = Step()
        self._watchers: list[Callable[[], None]] = []

    @property
    def step(self) -> Step:
        """How far it has come."""
        with self._lock:
            return self._step

    def stop(self) -> None:
        """End it: at once where it waits or a language model writes, else as soon as its next stage begins."""
        self._come_to(lambda step: step if step.ended else replace(step, stopping=True))
        if self.pending is not None:
            self.pending.leave()

    def told(self, news: Stage | Answer) -> None:
        """Note that a stage begins, or the answer so far."""
        if isinstance(news, Stage):
            self._come_to(lambda step: replace(step, stage=news))
        elif news is not self.step.so_far:
            self._come_to(lambda step: replace(step, so_far=news))

    async def steps(self) -> AsyncIterator[Step]:
        """Yield where it stands now, then each new step; ends with the step that has ended."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(changed.set)

        with self._lock:
            self._watchers.append(wake)
        try:
            shown: Step | None = None
            while True:
                changed.clear()
                step = self.step
                if step != shown:
                    shown = step
                    yield step
                if step.ended:
                    return
                await changed.wait()
        finally:
            with self._lock:
                self._watchers.remove(wake)

    def run(self, answer: AnswerIt, told: Told) -> None:
        """Answer, and note how it ended; whatever happens, it has ended afterwards."""
        end = Step(ended=True)  # after an unforeseen error
        try:
            end = Step(ended=True, outcome=answer(told))
        except GoneError:
            end = Step(ended=True, stopped=True)
        except RemedyError as error:
            end = Step(ended=True, mistake=error)
        finally:
            self._come_to(lambda _: end)

    def never_ran(self) -> None:
        """Note that it was stopped before anybody began to answer it."""
        self._come_to(lambda _: Step(ended=True, stopped=True))

    def _come_to(self, following: Callable[[Step], Step]) -> None:
        with self._lock:
            self._step = following(self._step)
            watchers = tuple(self._watchers)
        for wake in watchers:
            wake()


class Desk:
    """Takes the questions of the chat, has them answered, and knows which are under way."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._works: dict[Line, list[Work]] = {}
        self._lock = threading.Lock()

    def start(
        self,
        line: Line,
        question: str,
        answer: AnswerIt,
        *,
        replaces: int | None = None,
    ) -> Work:
        """Take a question.

        Args:
            line: In which it waits its turn.
            question: As typed.
            answer: Called in a thread with a function to tell stages to; raises what that raises.
            replaces: See `Work`.

        Raises:
            TooManyWaitingError: Too many questions wait already.
        """
        work = Work(question, replaces)
        with self._lock:
            pending = self._answering.submit(partial(work.run, answer), told=work.told, row=Row.PEOPLE, line=line)
            work.pending = pending
            self._works.setdefault(line, []).append(work)
        pending.future.add_done_callback(partial(self._ended, line, work))
        return work

    def under_way(self, line: Line) -> tuple[Work, ...]:
        """Return the questions of a line that have not ended, in order."""
        with self._lock:
            return tuple(self._works.get(line, ()))

    def _ended(self, line: Line, work: Work, future: "Future[None]") -> None:
        """Forget a question; an unforeseen error is logged by its future, with its trace."""
        if future.cancelled():
            work.never_ran()
        with self._lock:
            works = self._works[line]
            works.remove(work)
            if not works:
                del self._works[line]
        if not future.cancelled():
            future.result()
