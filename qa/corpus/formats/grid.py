"""Make a table of rows of cells: find its head, what stands over it, and rows longer or shorter than the others.

Knows nothing of files; what the columns mean is found by `qa.corpus.formats.columns`.
"""

from collections import Counter
from collections.abc import Sequence

from qa.corpus.characters import units
from qa.corpus.formats.columns import is_date, is_known_name, is_number, mostly
from qa.corpus.formats.records import Row, Table

LOOKED_AT = 50
"""Rows that the first one is compared with."""

LONGEST_NAME = 30
"""Of a column, in Chinese characters."""

SHORT_NAME = 10
"""A name this short needs no other sign that it is one."""

MAX_CAPTIONS = 5
"""Rows over the head that hold one cell each."""

MAX_COLUMNS = 1000
"""Cells behind it are left out."""

Cells = tuple[int, Sequence[str]]
"""The number of a row in the file, from 1, and its cells."""


def table_of(rows: Sequence[Cells], *, length: int, name: str = "") -> tuple[Table, list[str]]:
    """Return the table of these rows, and what had to be assumed, in sentences.

    Args:
        rows: Those that are not empty, in order; at least one.
        length: How many rows the file has, empty ones included.
        name: Of the sheet, where it has one worth telling.
    """
    captions = _captions(rows)
    body = rows[len(captions) :]
    head = _is_head(body)
    names = [" ".join(cell.split()) for cell in body[0][1][:MAX_COLUMNS]] if head else []
    data = body[1:] if head else body
    usual = len(names) or Counter(len(cells) for _, cells in data).most_common(1)[0][0]
    width = max([len(names), *(len(_trimmed(cells)) for _, cells in data)])
    names += [""] * (width - len(names))
    kept = [Row(number, tuple([*_trimmed(cells), *[""] * width][:width])) for number, cells in data]
    ragged = [number for number, cells in data if len(cells) < usual or len(_trimmed(cells)) > usual]
    notes = []
    if ragged:
        notes.append(
            f"{len(ragged)} rows have more or fewer cells than the others, first row {ragged[0]}; all are kept."
        )
    caption = captions[0][1] if captions else name
    return Table(tuple(names), kept, caption, tuple(captions), length), notes


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells up to the last one that is filled."""
    end = min(len(cells), MAX_COLUMNS)
    while end > 0 and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _captions(rows: Sequence[Cells]) -> list[tuple[int, str]]:
    """Return the rows over a table of several columns that hold nothing but one cell."""
    filled = [[cell.strip() for cell in cells if cell.strip()] for _, cells in rows[: LOOKED_AT + MAX_CAPTIONS]]
    usual = Counter(map(len, filled)).most_common(1)[0][0]
    found = []
    for (number, _), cells in zip(rows[:MAX_CAPTIONS], filled, strict=False):
        if usual < 2 or len(cells) != 1:
            break
        found.append((number, " ".join(cells[0].split())))
    return found


def _is_head(rows: Sequence[Cells]) -> bool:
    """Return whether the first row names the columns: short, different, no figures, and unlike what stands below."""
    first = [cell.strip() for cell in rows[0][1]]
    names = [name for name in first if name]
    if len(set(names)) < len(names) or any(_is_no_name(name) for name in names):
        return False
    if any(map(is_known_name, names)):
        return True
    below = rows[1:LOOKED_AT]
    for at, name in enumerate(first):
        texts = [cells[at].strip() for _, cells in below if at < len(cells) and cells[at].strip()]
        longer = bool(texts) and sum(map(units, texts)) > 3 * len(texts) * max(4, units(name))
        if mostly(texts, is_number) or mostly(texts, is_date) or longer:
            return True
    return len(below) > 1 and len(names) == len(first) > 1 and all(units(name) <= SHORT_NAME for name in names)


def _is_no_name(text: str) -> bool:
    return units(text) > LONGEST_NAME or is_number(text) or is_date(text)
