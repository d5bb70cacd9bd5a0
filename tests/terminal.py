"""A real pseudo-terminal for tests: a program runs in it, keys are typed, and what it shows is waited for."""

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 60.0  # a busy machine starts a program slowly
CONTROL_C, CONTROL_D, ENTER, BACKSPACE, LEFT, UP = "\x03", "\x04", "\r", "\x7f", "\x1b[D", "\x1b[A"
_OBEYED = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        folder: Path,
        columns: int = 100,
        rows: int = 24,
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._program = subprocess.Popen(
            [sys.executable, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=dict(environment),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 (Ctrl-C needs it)
        )  # fmt: skip
        os.close(theirs)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = ""
        self._seen = 0

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._ours, keys.encode("utf-8", "surrogateescape"))

    def line(self, text: str) -> None:
        """Type a line and Enter."""
        self.type(text + ENTER)

    def wait_for(self, text: str) -> str:
        """Wait until a text is shown that was not waited for yet; return what was shown up to its end."""
        deadline = time.monotonic() + SECONDS
        while text not in (new := shown(self.raw)[self._seen :]):
            assert self._read(deadline), f"{text!r} is not shown, only {new[-2000:]!r}"
        before = self._seen
        self._seen += new.index(text) + len(text)
        return shown(self.raw)[before : self._seen]

    def end(self) -> int:
        """Wait until the program ends; return its exit code."""
        deadline = time.monotonic() + SECONDS
        while self._read(deadline):
            pass
        os.close(self._ours)
        return self._program.wait(timeout=SECONDS)

    def kill(self) -> None:
        """End it at once, where a test failed."""
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()

    def _read(self, deadline: float) -> bool:
        """Read what there is; return False where nothing more comes."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the program has closed its side
            return False
        self.raw += self._decoder.decode(data)
        return bool(data)


def shown(raw: str) -> str:
    """Return what was written without what only moves the cursor or sets a style."""
    return _OBEYED.sub("", raw)
