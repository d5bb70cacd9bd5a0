"""Answering: where every program's questions wait and are answered, so many at a time, in threads of their own.

The threads are shared by the plain routes, the Gradio endpoints and the MCP tools, in the order of arrival. Does not
know what a question is.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from qa.errors import RemedyError
from qa.types import Stage
from qa.web.limits import ANSWERS_AT_ONCE, WAITING

Told = Callable[[Stage], None]
Result = TypeVar("Result")


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
        """End it: at once where it still waits, else when its next stage begins."""
        self.gone.set()
        self.future.cancel()


class Answering:
    """Threads that answer, and who waits for them. Threads start with the first question.

    Args:
        at_once: Questions that are answered at the same time.
        waiting: Questions that may wait; further ones are turned away.
    """

    def __init__(self, *, at_once: int = ANSWERS_AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="answering")
        self._most = at_once + waiting
        self._unfinished = 0
        self._mutex = threading.Lock()

    @property
    def unfinished(self) -> int:
        """Questions that wait or are being answered."""
        return self._unfinished

    def submit(self, work: Callable[[Told], Result], *, told: Told | None = None) -> Pending[Result]:
        """Queue a question.

        Args:
            work: Answers it; is given a function to tell stages to, as `Assistant.ask` wants one.
            told: Told of the stages, in the thread that answers.

        Raises:
            TooManyWaitingError: There is no room to wait.
        """
        with self._mutex:
            if self._unfinished >= self._most:
                raise TooManyWaitingError(
                    f"{self._most} questions are being answered or waiting.", "Ask again in a few seconds."
                )
            self._unfinished += 1
        gone = threading.Event()

        def tell(stage: Stage) -> None:
            if gone.is_set():
                raise GoneError("The client has closed the connection.", "Ask again.")
            if told is not None:
                told(stage)

        pending = Pending(self._threads.submit(work, tell), gone)
        pending.future.add_done_callback(self._finished)
        return pending

    def run(self, work: Callable[[Told], Result]) -> Result:
        """Queue a question and wait for what comes of it; for a thread that has nothing else to do.

        Raises:
            TooManyWaitingError: There is no room to wait.
        """
        return self.submit(work).future.result()

    def close(self) -> None:
        """Take no more questions, forget those that wait."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _finished(self, _: "Future[Result]") -> None:
        with self._mutex:
            self._unfinished -= 1
