"""The record of a repair: what was changed, where, from what to what; and of all repairs of a document."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import eq
from typing import overload

from qa.types import Span


class RepairKind(StrEnum):
    """What was wrong."""

    MOJIBAKE = "wrongly decoded characters put right"
    GARBLED = "wrongly decoded characters left as they are"
    INVISIBLE = "invisible characters removed"
    PINYIN = "inserted pinyin removed"
    LOST = "destroyed characters recomputed"
    OPEN = "destroyed characters left as they are"
    TRADITIONAL = "Traditional characters simplified"
    REPEATED = "repeated line dropped"
    GLUED = "tail of another line cut off"
    ORPHAN = "fragment dropped"
    OVERLAP = "characters printed twice at a line break dropped"
    JOINED = "broken lines joined"
    MARKUP = "Markdown marks removed"
    FURNITURE = "running head, page number or table of contents left out"
    TORN = "end of the line is lost"
    UNREADABLE = "unreadable characters left as they are"
    FIELDS = "read into the fields of an article"
    LEFT_OUT = "left out"
    OTHER = "changed"


FLAGGED = frozenset({RepairKind.GARBLED, RepairKind.OPEN, RepairKind.TORN, RepairKind.UNREADABLE})
"""Damage that is kept as it is and pointed out."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Attributes:
        span: Of the source.
        before: What stood there (for Traditional characters: the different ones, once each).
        after: What stands there after repair; empty when it was removed.
        reason: Why something was left out; empty where the kind says it all.
    """

    kind: RepairKind
    span: Span
    before: str
    after: str
    reason: str = ""


_Said = tuple[RepairKind, str, str, str]
"""Kind, before, after and reason of a repair."""


class Repairs(Sequence[Repair]):
    """Repairs in the order in which they were recorded; read like a tuple of them, and equal to one.

    A damaged page has one every ten characters, and few different ones: each takes 16 bytes, its place and a reference
    to what it says, where a `Repair` takes 200.
    """

    __slots__ = ("_known", "_places", "_said")

    def __init__(self, repairs: Iterable[Repair] = ()) -> None:
        self._places = array("i")  # start and end by turns
        self._said: list[_Said] = []
        self._known: dict[_Said, _Said] = {}
        self.extend(repairs)

    def add(self, kind: RepairKind, start: int, end: int, before: str, after: str, reason: str = "") -> None:
        """Record one repair at the end; the arguments as in `Repair`."""
        said = (kind, before, after, reason)
        self._said.append(self._known.setdefault(said, said))
        self._places.extend((start, end))

    def append(self, repair: Repair) -> None:
        """Record one repair at the end."""
        self.add(repair.kind, repair.span.start, repair.span.end, repair.before, repair.after, repair.reason)

    def extend(self, repairs: Iterable[Repair]) -> None:
        """Record several at the end."""
        if isinstance(repairs, Repairs):
            self._said += (self._known.setdefault(said, said) for said in repairs._said)
            self._places += repairs._places
            return
        for repair in repairs:
            self.append(repair)

    def edits(self) -> Iterator[tuple[int, int, str]]:
        """Yield what to replace by what: start, end and the text that stands there after repair."""
        places = iter(self._places)
        return ((start, end, after) for (_, _, after, _), start, end in zip(self._said, places, places, strict=True))

    def __len__(self) -> int:
        return len(self._said)

    @overload
    def __getitem__(self, at: int) -> Repair: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Repair, ...]: ...
    def __getitem__(self, at: int | slice) -> Repair | tuple[Repair, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        number = range(len(self))[at]
        kind, *texts = self._said[number]
        return Repair(kind, Span(*self._places[2 * number : 2 * number + 2]), *texts)

    def __iter__(self) -> Iterator[Repair]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return repr(tuple(self))
