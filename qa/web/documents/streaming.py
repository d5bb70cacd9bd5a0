"""Do long work in a thread of its own and yield what it tells, the latest only; it goes on when nobody watches."""

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

from qa.errors import RemedyError

_News = TypeVar("_News")


def watched(work: Callable[[Callable[[_News], None]], object]) -> Iterator[_News]:
    """Yield what the work tells, until it ends.

    Args:
        work: Called with the function to tell things to. Its thread ends with the process: what it does must survive
            that.

    Raises:
        RemedyError: Of the work. Any other error is printed by its thread, with its trace.
    """
    news: SimpleQueue[_News | RemedyError | None] = SimpleQueue()

    def run() -> None:
        try:
            work(news.put)
        except RemedyError as error:
            news.put(error)
        finally:
            news.put(None)

    threading.Thread(target=run, name="documents", daemon=True).start()
    while (told := news.get()) is not None:
        if isinstance(told, RemedyError):
            raise told
        ended = False
        try:
            while (newer := news.get_nowait()) is not None:
                if isinstance(newer, RemedyError):
                    raise newer
                told = newer
            ended = True
        except Empty:
            pass
        yield told
        if ended:
            return
