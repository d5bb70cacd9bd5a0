"""The line that says what is under way while a question is answered; on a terminal only, and gone afterwards."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from qa.types import Stage

ENGLISH: Mapping[str, str] = {
    "opening": "Opening the documents…",
    Stage.SEARCHING: "Searching…",
    Stage.READING: "Reading…",
    Stage.PROVING: "Proving…",
    Stage.WRITING: "The language model writes…",
}


@contextmanager
def stages_shown(words: Mapping[str, str] = ENGLISH) -> Iterator[Callable[[Stage], None] | None]:
    """Yield what is to be told of stages, or None where standard output or error is no terminal.

    Args:
        words: For each stage, and for `opening`, what comes before the first one.
    """
    if not (_is_terminal(sys.stdout) and _is_terminal(sys.stderr)):
        yield None
        return
    from qa.cli_text import open_console  # noqa: PLC0415 (rich is for those who see it)

    with open_console(stderr=True).status(words["opening"]) as status:
        yield lambda stage: status.update(words[stage])


def _is_terminal(stream: object) -> bool:
    return stream is not None and bool(getattr(stream, "isatty", lambda: False)())
