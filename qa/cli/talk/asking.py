"""Ask in a thread of its own, so that Ctrl-C ends the question at once and not the program."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from qa.types import Answer, Stage

_Value = TypeVar("_Value")

Told = Callable[[Stage | Answer], None]


class Stopped(Exception):
    """Ends a question from inside when it tells something."""


class Asking:
    """One thread that answers one question after the other.

    A question that was given up runs on until it tells something, a second or two; the next one waits for it.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="asking")

    def ahead(self, prepare: Callable[[], object]) -> None:
        """Begin something that questions will need, such as loading the model.

        What goes wrong with it goes wrong again with the first question, and is said there.
        """
        self._threads.submit(prepare)

    def ask(self, ask: Callable[[Told], _Value], told: Told | None) -> _Value:
        """Return what `ask` returns, or raise what it raises.

        Args:
            ask: Answers, and tells its stages and the answer so far to what it is given.
            told: Who wants to know of them, in the other thread.

        Raises:
            KeyboardInterrupt: The user gave it up.
        """
        stop = threading.Event()

        def tell(news: Stage | Answer) -> None:
            if stop.is_set():
                raise Stopped
            if told is not None:
                told(news)

        future: Future[_Value] | None = None
        try:
            future = self._threads.submit(ask, tell)
            return future.result()
        except KeyboardInterrupt:
            stop.set()
            if future is not None:
                future.cancel()
            raise

    def close(self) -> None:
        """Wait for what is under way; nothing new can be asked."""
        self._threads.shutdown(wait=True, cancel_futures=True)
