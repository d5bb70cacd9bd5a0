"""Say exactly how the repaired lines of a document differ from its source, each difference with the kind of its repair.

The differences are read off the lines' own maps, so none can be missing; the repairs that the steps recorded only name
them. Works on lines; which article they went into is the business of `qa.corpus.account`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.corpus.lines import Line
from qa.corpus.repair import Repaired
from qa.corpus.repairs import FLAGGED, Repair, RepairKind
from qa.types import Document, Run, Span

Range = tuple[int, int]
"""Half-open, in the source; never empty."""

_OF_THE_WHOLE = (RepairKind.TRADITIONAL, RepairKind.JOINED)
"""Recorded once for a range in which other repairs stand: they name what those leave over."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run with its text: source range, what stands there now, and whether it stands one for one."""

    start: int
    end: int
    text: str
    one_for_one: bool


class Reading:
    """What stands in the repaired lines for any range of the source."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.ranges = [_raw_range(line) for line in lines]
        self._lines = [[_piece(line, run) for run in line.content.runs] for line in lines]
        self._pieces = [piece for pieces in self._lines for piece in pieces]
        self._starts = [piece.start for piece in self._pieces]

    def of(self, start: int, end: int) -> str:
        """Return the repaired text of a range; what replaces a stretch stands at its first character."""
        texts = []
        for at in range(max(0, bisect_right(self._starts, start) - 1), len(self._pieces)):
            piece = self._pieces[at]
            if piece.start >= end:
                break
            if piece.one_for_one:
                low, high = max(start, piece.start), min(end, piece.end)
                texts.append(piece.text[low - piece.start : high - piece.start] if low < high else "")
            elif start <= piece.start:
                texts.append(piece.text)
        return "".join(texts)

    def differences(self, source: str) -> Iterator[Range]:
        """Yield every range inside a line where something else stands than in the source, in order."""
        for pieces in self._lines:
            done = pieces[0].start
            for piece in pieces:
                if piece.start > done:
                    yield done, piece.start
                done = piece.end
                if not piece.one_for_one:
                    yield piece.start, piece.end
                elif source[piece.start : piece.end] != piece.text:
                    yield from _differing(source, piece)


def exact_changes(document: Document, repaired: Repaired, reading: Reading) -> tuple[Repair, ...]:
    """Return what was changed, in order, none overlapping: replacing each `before` by its `after` gives the lines.

    What was dropped whole is told once, without the repairs inside it.
    """
    source = document.text
    named = _narrow(repaired.repairs)
    changes = []
    for repair in named:
        span, after = repair.span, reading.of(repair.span.start, repair.span.end)
        if source[span.start : span.end] != after:
            changes.append(Repair(repair.kind, span, source[span.start : span.end], after))
    labels = _Labels(repaired.repairs, marked=document.media_type == "text/markdown")
    known = [(repair.span.start, repair.span.end) for repair in named]
    for rest in reading.differences(source):
        for start, end in subtract(rest, known):
            before, after = source[start:end], reading.of(start, end)
            if before != after:
                changes.append(Repair(labels.of(start, end, before), Span(start, end), before, after))
    return tuple(sorted(changes, key=lambda change: change.span))


def subtract(wanted: Range, known: Sequence[Range]) -> Iterator[Range]:
    """Yield the parts of a range that none of the known ranges covers; those are in order and do not overlap."""
    start, end = wanted
    at = max(0, bisect_right(known, (start, end)) - 1)
    while start < end:
        while at < len(known) and known[at][1] <= start:
            at += 1
        if at == len(known) or known[at][0] >= end:
            yield start, end
            return
        if known[at][0] > start:
            yield start, known[at][0]
        start = known[at][1]


def _narrow(repairs: Sequence[Repair]) -> list[Repair]:
    """Return the repairs that say what happened at their very place, in order, without overlaps."""
    candidates = [repair for repair in repairs if repair.kind not in _OF_THE_WHOLE and repair.kind not in FLAGGED]
    candidates.sort(key=lambda repair: (repair.span.start, -repair.span.end))
    kept: list[Repair] = []
    for repair in candidates:
        if not kept or repair.span.start >= kept[-1].span.end:
            kept.append(repair)
    return kept


class _Labels:
    """Names for differences that no narrow repair covers."""

    def __init__(self, repairs: Sequence[Repair], *, marked: bool) -> None:
        self._joints = sorted(repair.span for repair in repairs if repair.kind is RepairKind.JOINED)
        self._whole = [repair for repair in repairs if repair.kind is RepairKind.TRADITIONAL]
        self._marked = marked

    def of(self, start: int, end: int, before: str) -> RepairKind:
        """Return the kind of a difference."""
        at = bisect_right(self._joints, Span(start, end)) - 1
        for joint in self._joints[max(0, at) : at + 2]:
            if joint.start <= start and end <= joint.end:
                return RepairKind.JOINED
        if self._marked and not all(character.isalnum() for character in before):
            return RepairKind.JOINED if "\n" in before else RepairKind.MARKUP
        around = (repair.kind for repair in self._whole if repair.span.start <= start and end <= repair.span.end)
        return next(around, RepairKind.OTHER)


def _piece(line: Line, run: Run) -> _Piece:
    length = run.length if run.raw_length is None else run.raw_length
    text = line.text[run.start : run.start + run.length]
    return _Piece(run.raw_start, run.raw_start + length, text, run.raw_length is None)


def _raw_range(line: Line) -> Range:
    first, last = _piece(line, line.content.runs[0]), _piece(line, line.content.runs[-1])
    return first.start, last.end


def _differing(source: str, piece: _Piece) -> Iterator[Range]:
    """Yield the stretches in which a piece that stands one for one differs from the source."""
    start = None
    for at, character in enumerate(piece.text, start=piece.start):
        if source[at] != character:
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, piece.end
