"""What `wenju show DOCUMENT --repairs` prints: every repair with its place, what stays damaged, and how many of each.

Does not repair or judge anything: it lays out an account (`qa.corpus.account`). Every text from the document goes
through `qa.terminal`.
"""

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from qa.corpus.account import Account
from qa.corpus.repairs import FLAGGED, Repair, RepairKind
from qa.terminal import one_line, revealed
from qa.types import Document, Span

MAX_SHOWN = 80
"""Characters of a text on a line of the list; a longer one is cut in the middle. JSON holds all."""

_ASIDE = (RepairKind.FIELDS, RepairKind.LEFT_OUT)


def show_repairs(account: Account, within: Span | None = None) -> None:
    """Print the repairs of a document, a line each, in order of the source.

    Args:
        account: Of the document.
        within: Only what touches this range of the source.
    """
    out = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    records = _touching(account.repairs, within)
    places = _Places(account.document)
    changed = [record for record in records if record.kind not in FLAGGED]
    flagged = [record for record in records if record.kind in FLAGGED]
    _print(out, Text(one_line(account.document.id), style="bold"))
    for assumption in account.document.assumptions:
        _print(out, Text(one_line(assumption), style="dim"))
    for record in changed:
        _print(out, _line(record, places))
    if flagged:
        _print(out, "")
        _print(out, Text("Not repaired, kept as it stands:", style="bold"))
    for record in flagged:
        _print(out, _line(record, places, style="yellow"))
    _print(out, "")
    for kind, number in _counts(records):
        _print(out, f"{number:>6}  {kind}")
    if not records:
        _print(out, "Nothing was repaired, left out or found damaged.")


def repairs_json(account: Account, within: Span | None = None) -> dict[str, object]:
    """Return the same as a value for JSON; `before` and `after` are whole and untouched."""
    records = _touching(account.repairs, within)
    places = _Places(account.document)
    rows = []
    for record in records:
        line, column = places.of(record.span.start)
        rows.append(
            {
                "kind": record.kind.name.lower(),
                "description": record.kind.value,
                "reason": record.reason or None,
                "start": record.span.start,
                "end": record.span.end,
                "line": line,
                "column": column,
                "before": record.before,
                "after": record.after,
                "flagged": record.kind in FLAGGED,
            }
        )
    counts = Counter(record.kind.name.lower() for record in records)
    return {"document": account.document.id, "repairs": rows, "counts": dict(sorted(counts.items()))}


class _Places:
    """Lines and columns of a document, both from 1; lines end where the reader of the document ends them."""

    def __init__(self, document: Document) -> None:
        newline = "\n" if "\n" in document.text else "\r"
        self._starts = [0, *(at + 1 for at, one in enumerate(document.text) if one == newline)]

    def of(self, position: int) -> tuple[int, int]:
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1


def _touching(records: Sequence[Repair], within: Span | None) -> list[Repair]:
    if within is None:
        return list(records)
    return [record for record in records if record.span.start < within.end and within.start < record.span.end]


def _line(record: Repair, places: _Places, style: str = "") -> Text:
    line, column = places.of(record.span.start)
    place = Text(f"{line}:{column} ({record.span.start}-{record.span.end})", style="dim")
    kind = Text(f"  {record.kind.value}{f' ({record.reason})' if record.reason else ''}: ", style=style)
    change = f"“{_shown(record.before)}”"
    if record.kind not in _ASIDE and (record.kind not in FLAGGED or record.after != record.before):
        change += f" → {f'“{_shown(record.after)}”' if record.after else 'nothing'}"
    return place + kind + change


def _shown(text: str) -> str:
    """Return a text on one line, cut in the middle where it is long."""
    if len(text) <= MAX_SHOWN:
        return revealed(text)
    half = MAX_SHOWN // 2
    return f"{revealed(text[:half])} … {revealed(text[-half:])} ({len(text)} characters)"


def _counts(records: Iterable[Repair]) -> list[tuple[str, int]]:
    """Return the kinds in plain words with their numbers, the commonest first."""
    counts = Counter(record.kind.value for record in records)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _print(out: Console, line: Text | str) -> None:
    out.print(line, soft_wrap=True)
