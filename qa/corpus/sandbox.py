"""Parse files in a child process with limits, so that a hostile or broken one costs its own place in the index only.

One child reads many files. It is started when the first one comes, and anew after one that ended it. What it runs is in
`qa.corpus.parsing`; where the system knows no limits of its own (Windows), only the time by the clock is limited.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Protocol, Self

import qa
from qa.corpus import wire
from qa.corpus.limits import MIB, SANDBOX, SandboxLimits
from qa.errors import SourceError
from qa.types import Document

_KEPT_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_SECONDS_TO_END = 5
_REPLY_SHARE = 4
"""An answer may be so many times as long as the text in it: the places of pages and headings come on top."""

_REMEDY = "Take the file out of the folder, or save its text as UTF-8."


class Parser(Protocol):
    """A reader as the sandbox sees it: a class that can be made again in another process.

    Without arguments, or, when it is a dataclass, with the values of its fields, which JSON must be able to carry.
    """

    def read(self, document_id: str, data: bytes) -> Document:
        """Return the document."""


class _ChildEnded(Exception):
    """The child gave no answer.

    Attributes:
        why: Words that complete "The parser …".
        again: The state of the child may be to blame, not the file.
    """

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


class Sandbox:
    """Reads files in a child process; used by one thread at a time, and closed after use.

    A file that ends a child which had read others before is tried again in a new one: what is skipped does not depend
    on what came before it.
    """

    def __init__(self, limits: SandboxLimits = SANDBOX) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, parser: Parser, document_id: str, data: bytes) -> Document:
        """Return the document that the parser makes of the bytes.

        Raises:
            SourceError: The parser refuses them, fails on them, or exceeds a limit.
        """
        used = self._child is not None
        try:
            return self._read(parser, document_id, data)
        except _ChildEnded as end:
            if not (used and end.again):
                raise SourceError(f"The parser {end.why}.", _REMEDY) from None
        try:
            return self._read(parser, document_id, data)
        except _ChildEnded as end:
            raise SourceError(f"The parser {end.why}.", _REMEDY) from None

    def close(self) -> None:
        """End the child and wait for its end; the next `read` starts another one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        _reap(child)

    def _read(self, parser: Parser, document_id: str, data: bytes) -> Document:
        child = self._child = self._child or _start(self._limits)
        late = False

        def end_it() -> None:
            nonlocal late
            late = True
            child.kill()

        clock = Timer(self._limits.wall_seconds, end_it)
        clock.daemon = True
        clock.start()
        asked = False
        try:
            answer = self._ask(child, parser, document_id, data)
            asked = True
        finally:
            clock.cancel()
            clock.join()
            if not asked:  # interrupted: the answer may still come, and must not be taken for that of another file
                self.close()
        if late:
            self.close()
            raise _ChildEnded(f"took more than {self._limits.wall_seconds:g} seconds", again=False)
        if answer is None:
            raise self._how_it_ended(child)
        if answer.get("last") or "stopped" in answer:
            self.close()
        return self._document(answer, document_id, data)

    def _ask(
        self, child: subprocess.Popen[bytes], parser: Parser, document_id: str, data: bytes
    ) -> dict[str, object] | None:
        """Return the child's answer, None when it ended first."""
        assert child.stdin is not None and child.stdout is not None
        kind = type(parser)
        options: dict[str, object] = asdict(parser) if is_dataclass(parser) and not isinstance(parser, type) else {}
        request = {"reader": f"{kind.__module__}:{kind.__qualname__}", "options": options, "id": document_id}
        try:
            wire.send(child.stdin, request, data)
            received = wire.receive(child.stdout, _REPLY_SHARE * self._limits.text_bytes + MIB)
        except (OSError, wire.BrokenMessageError):
            child.kill()
            return None
        return received[0] if received else None

    def _document(self, answer: dict[str, object], document_id: str, data: bytes) -> Document:
        match answer:
            case {"document": dict(packed)}:
                try:
                    return wire.unpack(document_id, hashlib.sha256(data).hexdigest(), packed)
                except wire.BrokenMessageError:
                    self.close()
                    raise _ChildEnded("gave an answer that cannot be used", again=False) from None
            case {"problem": str(problem), "remedy": str(remedy)}:
                raise SourceError(problem, remedy)
            case {"too_long": True}:
                most = self._limits.text_bytes // MIB
                raise SourceError(f"The file holds more than {most} MB of text; split it.", "Split the file.")
            case {"stopped": "MemoryError"}:
                raise _ChildEnded(self._out_of_memory())
            case {"stopped": str(error)}:
                raise _ChildEnded(f"failed on it ({error}); the file is damaged or of another kind")
        self.close()
        raise _ChildEnded("gave an answer that cannot be used", again=False)

    def _how_it_ended(self, child: subprocess.Popen[bytes]) -> _ChildEnded:
        """Wait for the end of a child that gave no answer, and say how it came."""
        self._child = None
        try:
            child.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
        code = _reap(child)
        if code == -getattr(signal, "SIGXCPU", 0):
            return _ChildEnded(f"took more than {self._limits.cpu_seconds} seconds of processor time", again=False)
        if code == -getattr(signal, "SIGABRT", 0):  # native code that gets no memory aborts
            return _ChildEnded(f"crashed, perhaps because it {self._out_of_memory()}")
        return _ChildEnded("crashed; the file is damaged")

    def _out_of_memory(self) -> str:
        return f"needed more than {self._limits.memory_bytes // MIB} MB of memory"


def _reap(child: subprocess.Popen[bytes]) -> int:
    """Close the pipes of a child that has ended or been killed, wait for it, and return its exit code."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was on its way to the child is lost with it
                pipe.close()
    return child.wait()


def _start(limits: SandboxLimits) -> subprocess.Popen[bytes]:
    """Start a child that can import what this process can, and is told nothing else."""
    places = [str(Path(qa.__file__).parent.parent), *(str(Path(place).absolute()) for place in sys.path if place)]
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "qa.corpus.parsing", json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,  # the terminal's interrupt is for the parent
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
