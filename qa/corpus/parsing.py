"""The process that parses files with limits: answers one request after the other until its input ends.

Started by `qa.corpus.sandbox`, never imported. An exception that a reader does not expect ends the process: the other
side starts a new one for the next file.
"""

import importlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from qa.corpus import wire
from qa.corpus.limits import MAX_BINARY_BYTES, SandboxLimits
from qa.errors import SourceError
from qa.types import Document

try:
    import resource
except ImportError:  # Windows: the other side's clock is the only limit
    resource = None  # type: ignore[assignment]

_OPEN_FILES = 32
_HELD = Path("/proc/self/statm")
"""Begins with the size of the process, in pages."""


def main() -> None:
    """Serve requests from standard input; what libraries print goes nowhere."""
    limits = SandboxLimits(**json.loads(sys.argv[1]))
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _confine(limits)
    _report_what_stops_it(replies)
    served = 0
    while (request := wire.receive(sys.stdin.buffer, MAX_BINARY_BYTES)) is not None:
        served += 1
        _renew_time(limits)
        answer = _answer(*request, limits)
        last = served >= limits.files or _has_grown(limits)
        wire.send(replies, {**answer, "last": last})
        if last:
            return


def _answer(request: dict[str, object], data: bytes, limits: SandboxLimits) -> dict[str, object]:
    try:
        document = _read(request, data)
    except SourceError as problem:
        return {"problem": problem.problem, "remedy": problem.remedy}
    if len(document.text.encode("utf-8", errors="surrogatepass")) > limits.text_bytes:
        return {"too_long": True}
    return {"document": wire.pack(document)}


def _read(request: dict[str, object], data: bytes) -> Document:
    module, _, name = str(request["reader"]).partition(":")
    options = request["options"]
    assert isinstance(options, dict)
    reader = getattr(importlib.import_module(module), name)(**options)
    document = reader.read(str(request["id"]), data)
    assert isinstance(document, Document)
    return document


def _confine(limits: SandboxLimits) -> None:
    """Give up what a parser never needs: memory without end, writing files, many open files, core dumps."""
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS knows the limit of memory and does not let it be set
            resource.setrlimit(kind, (allowed, allowed))


def _renew_time(limits: SandboxLimits) -> None:
    """Give the next file its own processor time; the system ends the process when it is used up."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _has_grown(limits: SandboxLimits) -> bool:
    """Tell whether the process holds so much memory that the next file might not find enough; on Linux only.

    Not by its peak, which Linux takes over from the process that started it.
    """
    try:
        held = int(_HELD.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return False
    return held > limits.memory_bytes // 2


def _report_what_stops_it(replies: IO[bytes]) -> None:
    def report(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
        wire.send(replies, {"stopped": kind.__name__})

    sys.excepthook = report


if __name__ == "__main__":
    main()
