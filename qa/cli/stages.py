"""The line that says what is under way while a question is answered; on a terminal only, and gone afterwards."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qa.types import Stage

if TYPE_CHECKING:
    from rich.status import Status

ENGLISH: Mapping[str, str] = {
    "opening": "Opening the documents…",
    Stage.SEARCHING: "Searching…",
    Stage.READING: "Reading…",
    Stage.PROVING: "Proving…",
    Stage.WRITING: "The language model writes…",
}


class StageLine:
    """The line while it is shown. Called with a stage, it says that one."""

    def __init__(self, status: "Status", words: Mapping[str, str]) -> None:
        self._status, self._words = status, words
        self._ended = False

    def __call__(self, news: object) -> None:
        """Say a stage; what is none is passed over."""
        if isinstance(news, Stage):
            self._status.update(self._words[news])

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away while something else is printed, and put it below that."""
        self._status.stop()
        yield
        if not self._ended:
            self._status.start()

    def end(self) -> None:
        """Take the line away for good."""
        self._ended = True
        self._status.stop()


@contextmanager
def stages_shown(words: Mapping[str, str] = ENGLISH) -> Iterator[StageLine | None]:
    """Yield what is to be told of stages, or None where standard output or error is no terminal.

    Args:
        words: For each stage, and for `opening`, what comes before the first one.
    """
    if not (_is_terminal(sys.stdout) and _is_terminal(sys.stderr)):
        yield None
        return
    from qa.cli.text import open_console  # noqa: PLC0415 (rich is for those who see it)

    with open_console(stderr=True).status(words["opening"]) as status:
        line = StageLine(status, words)
        try:
            yield line
        finally:
            line.end()


def _is_terminal(stream: object) -> bool:
    return stream is not None and bool(getattr(stream, "isatty", lambda: False)())
