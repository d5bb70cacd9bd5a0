"""Questions under way: each is answered in a thread of its own pool, tells its stages, can be stopped and watched.

A question goes on when nobody watches, so a browser that loses its connection loses no answer. Questions of one
conversation follow one another. Knows nothing of pages; what answering means is given as a function.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from qa.chat.turns import Turn
from qa.errors import QuestionError, RemedyError
from qa.types import Stage

Tell = Callable[[Stage], None]
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


AnswerIt = Callable[[Tell], Outcome]


class StoppedError(Exception):
    """Raised inside of a question that is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a question has come.

    Attributes:
        stage: What is under way; None while it waits in line.
        stopping: It is to end before its next stage.
        ended: It will not come any further.
        stopped: It was ended before it was answered.
        mistake: Why it was not asked at all, where the reader can put that right.
        outcome: What came of it; None while it is under way, and where it was stopped or not asked.
    """

    stage: Stage | None = None
    stopping: bool = False
    ended: bool = False
    stopped: bool = False
    mistake: RemedyError | None = None
    outcome: Outcome | None = None


class Work:
    """One question under way. Read from any thread and from event loops; made by `Desk.start`.

    Attributes:
        question: As typed.
        replaces: Number of the turn that it is to stand in the place of, or None for a new one.
    """

    def __init__(self, question: str, replaces: int | None) -> None:
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
        """End it as soon as its next stage begins; one that waits in line ends when its turn comes."""
        self._come_to(lambda step: step if step.ended else replace(step, stopping=True))

    def told(self, stage: Stage) -> None:
        """Note that a stage begins.

        Raises:
            StoppedError: It is no longer wanted.
        """
        if self.step.stopping:
            raise StoppedError
        self._come_to(lambda step: replace(step, stage=stage))

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

    def run(self, answer: AnswerIt) -> None:
        """Answer, and note how it ended; whatever happens, it has ended afterwards."""
        end = Step(ended=True)  # after an unforeseen error
        try:
            if self.step.stopping:
                raise StoppedError
            end = Step(ended=True, outcome=answer(self.told))
        except StoppedError:
            end = Step(ended=True, stopped=True)
        except RemedyError as error:
            end = Step(ended=True, mistake=error)
        finally:
            self._come_to(lambda _: end)

    def _come_to(self, following: Callable[[Step], Step]) -> None:
        with self._lock:
            self._step = following(self._step)
            watchers = tuple(self._watchers)
        for wake in watchers:
            wake()


class Desk:
    """Takes questions and has them answered, a few at a time, those of one conversation one after another.

    Args:
        at_once: Questions that are answered at the same time.
        waiting: Questions that may wait besides; further ones are told to come back.
    """

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="answer")
        self._most = at_once + waiting
        self._lines: dict[Line, deque[tuple[Work, AnswerIt]]] = {}
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
            QuestionError: Too many questions wait already.
        """
        work = Work(question, replaces)
        with self._lock:
            if sum(map(len, self._lines.values())) >= self._most:
                raise QuestionError("Too many questions wait already.", "Ask again in a moment.")
            waiting = self._lines.setdefault(line, deque())
            waiting.append((work, answer))
            if len(waiting) == 1:
                self._submit(line)
        return work

    def under_way(self, line: Line) -> tuple[Work, ...]:
        """Return the questions of a line that have not ended, in order."""
        with self._lock:
            return tuple(work for work, _ in self._lines.get(line, ()))

    def close(self) -> None:
        """End what is under way at its next stage, and forget what waits."""
        with self._lock:
            for waiting in self._lines.values():
                for work, _ in waiting:
                    work.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, line: Line) -> None:
        """Have the first question of a line answered; an unforeseen error is logged by the pool, with its trace."""
        self._pool.submit(self._answer_first, line).add_done_callback(lambda ended: ended.result())

    def _answer_first(self, line: Line) -> None:
        with self._lock:
            work, answer = self._lines[line][0]
        try:
            work.run(answer)
        finally:
            with self._lock:
                waiting = self._lines[line]
                waiting.popleft()
                if waiting:
                    self._submit(line)
                else:
                    del self._lines[line]
