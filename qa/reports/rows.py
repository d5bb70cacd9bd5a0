"""Lay a document out in rows: each paragraph of the source beside what it became, and what was dropped between them.

Makes no HTML. A row takes in what was cut off its paragraph on the same printed line.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.corpus.account import Account, Fate, Paragraph
from qa.corpus.repairs import Repair, RepairKind
from qa.types import Span

Piece = tuple[Span, Repair | None, Repair | None]
"""A stretch of the source, the record that changes or drops it, and the damage that stays in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A range of the source that is read together.

    Attributes:
        paragraph: What stands there; None where all of it was dropped.
        changes: Inside `span`, in order, none overlapping.
        flagged: Touching `span`, in order.
    """

    span: Span
    paragraph: Paragraph | None
    changes: tuple[Repair, ...]
    flagged: tuple[Repair, ...]

    @property
    def touched(self) -> bool:
        """Whether the reader should see both sides."""
        kept = self.paragraph is not None and self.paragraph.fate is not Fate.LEFT_OUT
        return bool(self.changes or self.flagged) or not kept


def rows_of(account: Account) -> Iterator[Row]:
    """Yield the rows of a document, in order of the source."""
    places = {paragraph.span for paragraph in account.paragraphs}
    records = [*account.changes, *(record for record in account.left_out if record.span not in places)]
    records.sort(key=lambda record: record.span)
    starts = [record.span.start for record in records]
    at = 0
    for number, paragraph in enumerate(account.paragraphs):
        first = bisect_left(starts, paragraph.span.start)
        while first > at and _same_line(account, records[first - 1].span.end, paragraph.span.start):
            first -= 1
        yield from _dropped(account, records[at:first])
        last = bisect_left(starts, paragraph.span.end)
        following = account.paragraphs[number + 1].span.start if number + 1 < len(account.paragraphs) else None
        while (
            last < len(records)
            and (following is None or starts[last] < following)
            and _same_line(account, paragraph.span.end, starts[last])
            and records[last].kind is not RepairKind.REPEATED
        ):
            last += 1
        yield _row(account, paragraph, records[first:last])
        at = last
    yield from _dropped(account, records[at:])


def pieces_of(row: Row) -> Iterator[Piece]:
    """Yield the row's stretches of source, cut wherever a change or damage begins or ends."""
    bounds = {row.span.start, row.span.end}
    for record in (*row.changes, *row.flagged):
        bounds.update((max(row.span.start, record.span.start), min(row.span.end, record.span.end)))
    ordered = sorted(bounds)
    changes, flags = deque(row.changes), deque(row.flagged)
    for start, end in pairwise(ordered):
        yield Span(start, end), _at(changes, start), _at(flags, start)


def _at(records: deque[Repair], position: int) -> Repair | None:
    """Return the record in which a position stands; those before it are taken off."""
    while records and records[0].span.end <= position:
        records.popleft()
    return records[0] if records and records[0].span.start <= position else None


def _same_line(account: Account, start: int, end: int) -> bool:
    text = account.document.text
    return start <= end and "\n" not in text[start:end] and "\r" not in text[start:end]


def _row(account: Account, paragraph: Paragraph, changes: Sequence[Repair]) -> Row:
    start = min(paragraph.span.start, *(change.span.start for change in changes), paragraph.span.end)
    end = max(paragraph.span.end, *(change.span.end for change in changes), 0)
    return Row(Span(start, end), paragraph, tuple(changes), _flags(account, start, end))


def _dropped(account: Account, records: Sequence[Repair]) -> Iterator[Row]:
    for record in records:
        yield Row(record.span, None, (record,), _flags(account, record.span.start, record.span.end))


def _flags(account: Account, start: int, end: int) -> tuple[Repair, ...]:
    first = bisect_left(account.flagged, start, key=lambda record: record.span.start)
    last = bisect_left(account.flagged, end, key=lambda record: record.span.start)
    while first > 0 and account.flagged[first - 1].span.end > start:
        first -= 1
    return account.flagged[first:last]
