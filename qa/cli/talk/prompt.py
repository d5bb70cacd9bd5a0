"""The prompt: edits lines of wide characters, completes commands, remembers what was typed in a private file."""

import os
from collections.abc import Iterable
from pathlib import Path

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from qa.cli.talk.commands import ARGUMENTS, COLONS
from qa.cli.talk.filtering import NAMES

SIGN = "› "
MOST_HISTORY = 1_000_000  # bytes of the file; a longer one is cut to its latest half


class Prompt:
    """Reads what is typed, line by line."""

    def __init__(self, history: History) -> None:
        self._session: PromptSession[str] = PromptSession(
            SIGN, history=history, completer=Commands(), complete_while_typing=False, enable_suspend=True
        )

    def __call__(self) -> str:
        """Return the next line; an empty one where Ctrl-C threw away what was typed so far.

        Raises:
            EOFError: Ctrl-D.
            KeyboardInterrupt: Ctrl-C on an empty line.
        """
        try:
            return self._session.prompt()
        except KeyboardInterrupt:
            if self._session.default_buffer.text:
                return ""
            raise


class Commands(Completer):
    """Completes the names of commands, and of filters behind `:filter`."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield what may stand at the cursor."""
        before = document.text_before_cursor.lstrip()
        if not before.startswith(COLONS):
            return
        name, blank, _ = before[1:].partition(" ")
        if not blank:
            yield from (Completion(f"{one} ", -len(name)) for one in ARGUMENTS if one.startswith(name))
        elif name == "filter":
            typed = before.rsplit(" ", 1)[-1]
            offered = [f"{one}=" for one in NAMES] + ["off"]
            yield from (Completion(one, -len(typed)) for one in offered if one.startswith(typed))


class PrivateHistory(FileHistory):
    """A file that only its owner may read, of lines that may hold half characters."""

    def store_string(self, string: str) -> None:
        """Append what was typed."""
        try:
            super().store_string(string.encode("utf-8", "replace").decode("utf-8"))
        except OSError:  # a full disk takes nothing from the conversation
            self.filename = os.devnull


def open_history(place: Path | None = None) -> History:
    """Return what was typed before; where no file can be written, what is typed from now on."""
    path = place or platformdirs.user_data_path("wenju", appauthor=False) / "chat_history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        _shortened(path)
    except OSError:
        return InMemoryHistory()
    return PrivateHistory(str(path))


def _shortened(path: Path) -> None:
    """Forget the older half of a file that has become long."""
    data = path.read_bytes()
    if len(data) > MOST_HISTORY:
        latest = data[-MOST_HISTORY // 2 :]
        path.write_bytes(latest[latest.find(b"\n# ") :])
