"""Runs of a text, packed: a damaged page has one every ten characters, and each takes 16 bytes instead of 150.

Read like a tuple of `Run`, and equal to one; what the runs mean is the business of `qa.corpus.align`.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from qa.types import Run

WIDTH = 4
"""Numbers of a run: start, start in the source, length, length in the source or `IN_STEP`."""

IN_STEP = -1
"""Stands for the length in the source where it is that of the text: `Run.raw_length` is None."""

LARGEST = 2**31 - 1
"""Of these numbers: files are smaller than 50 MB."""


class Runs(Sequence[Run]):
    """Runs in order.

    Attributes:
        numbers: `WIDTH` signed numbers of 32 bits for each run, not to be changed.
    """

    __slots__ = ("numbers",)

    def __init__(self, numbers: "array[int]") -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers) // WIDTH

    @overload
    def __getitem__(self, at: int) -> Run: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Run, ...]: ...
    def __getitem__(self, at: int | slice) -> Run | tuple[Run, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        first = range(0, len(self.numbers), WIDTH)[at]
        return _run(self.numbers[first : first + WIDTH])

    def __iter__(self) -> Iterator[Run]:
        return (_run(self.numbers[at : at + WIDTH]) for at in range(0, len(self.numbers), WIDTH))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Runs):
            return self.numbers == other.numbers
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def as_runs(runs: Sequence[Run]) -> Runs:
    """Return runs packed."""
    return runs if isinstance(runs, Runs) else Runs(array("i", _numbers(runs)))


def one_run(raw_start: int, length: int) -> Runs:
    """Return the only run of a text that stands in the source as it is."""
    return Runs(array("i", (0, raw_start, length, IN_STEP)))


def _run(numbers: Sequence[int]) -> Run:
    start, raw_start, length, raw_length = numbers
    return Run(start, raw_start, length, None if raw_length == IN_STEP else raw_length)


def _numbers(runs: Iterable[Run]) -> Iterator[int]:
    for run in runs:
        yield from (run.start, run.raw_start, run.length, IN_STEP if run.raw_length is None else run.raw_length)
