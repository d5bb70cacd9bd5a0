"""Put the lines of a printed page into reading order, as far as they are not, and tell where paragraphs end.

Looks at places and sizes, in points, and hardly at what a line says. Which lines are headlines, and which repeat on
every page, is decided when the document is repaired and segmented.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.corpus.marks import LIST_ITEM, ends_sentence

SAME_SIZE = 1.25
"""Lines of one paragraph differ by less: fonts for two scripts in one line are not equally high."""

LARGER = 1.2
"""Centred lines that are so much larger than the text are one headline."""

GAP = 1.3
"""Times the distance of the lines around; a larger one parts paragraphs."""

INDENT = 0.8
"""Times the height of a line: a line that starts so far to the right begins a paragraph."""

SHORT = 0.4
"""Times the usual width: a shorter line ends its paragraph even where no other one shows how far the column goes."""

OTHER_MARGIN = 2.0
"""Times the height of a line: more than the indent of a first line, less than that of a quotation."""

NEIGHBOURS = 4
"""So many lines above and below tell how far to the right a column reaches."""

MARGIN_LINES = 3
"""So many lines at either end of a page's text may stand in its margins."""

CELL_GAP = 1.5
"""Times the height of a line: a wider gap inside a line parts cells of a table, or columns."""

LONGEST_SPREAD = 1
"""Characters: such pieces are a headline whose characters are set apart, and no cells."""

MIN_COLUMN_LINES = 4
MIN_COLUMN_TEXT = 8
"""Lines of a column, and characters in each: below that it is a table."""

FULL = 0.85
FULL_SHARE = 0.6
"""So many lines of a column are nearly as wide as the widest; cells of a table differ."""

_BULLET = re.compile("[•●■□◆◇▪○※★☆▶►]")
_WORD = re.compile(r"[⺀-\U0003ffff][，。、；：？！”’）》】]*|[^\s⺀-\U0003ffff]+[，。、；：？！”’）》】]*")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page; x grows to the right, y upwards.

    Attributes:
        text: Clean and not empty.
        left, right: Where it starts and ends.
        baseline: Its height on the page.
        size: Height of its characters, blank above and below included.
        broken: It ends in the hyphen of a broken word.
        cells: What wide gaps part it into, from left to right; empty when there are none.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    broken: bool = False
    cells: tuple["PrintedLine", ...] = ()


def paragraphs(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the lines of a page as paragraphs in reading order.

    Args:
        lines: As the file draws them.
    """
    lines = _columns_apart(_margins_apart(lines))
    size = _usual_size(lines)
    width = _usual_width(lines)
    found: list[list[PrintedLine]] = []
    for at, line in enumerate(lines):
        if at and _goes_on(lines, at, size, width):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _margins_apart(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Put what is drawn first or last but stands under or over everything else where it stands."""
    ordered = list(lines)
    for line in lines[:MARGIN_LINES]:
        if all(line.baseline < other.baseline - line.size for other in ordered if other is not line):
            ordered.remove(line)
            ordered.append(line)
    for line in lines[-MARGIN_LINES:]:
        if all(line.baseline > other.baseline + line.size for other in ordered if other is not line):
            ordered.remove(line)
            ordered.insert(0, line)
    return ordered


def _columns_apart(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Put columns that are drawn side by side, line by line, one under the other."""
    ordered: list[PrintedLine] = []
    at = 0
    while at < len(lines):
        columns = _columns_from(lines, at)
        if columns:
            ordered += [line for column in columns for line in column]
            at += max(len(column) for column in columns)
        else:
            ordered.append(lines[at])
            at += 1
    return ordered


def _columns_from(lines: Sequence[PrintedLine], at: int) -> list[list[PrintedLine]]:
    """Return the columns that begin with this line and its neighbours below, or none when these are no columns."""
    count = len(lines[at].cells)
    columns: list[list[PrintedLine]] = [[] for _ in range(count)]
    for line in lines[at:]:
        if len(line.cells) != count or not all(
            not column or _stands_under(column[-1], cell) for column, cell in zip(columns, line.cells, strict=True)
        ):
            break
        for column, cell in zip(columns, line.cells, strict=True):
            column.append(cell)
    return columns if columns and all(_is_column(column) for column in columns) else []


def _is_column(lines: Sequence[PrintedLine]) -> bool:
    """Return whether cells that stand under each other are lines of running text."""
    widest = max(line.right - line.left for line in lines)
    full = sum(1 for line in lines if line.right - line.left >= FULL * widest)
    characters = sum(len(line.text) for line in lines)
    return (
        len(lines) >= MIN_COLUMN_LINES
        and full >= FULL_SHARE * len(lines)
        and characters >= MIN_COLUMN_TEXT * len(lines)
    )


def _usual_size(lines: Sequence[PrintedLine]) -> float:
    """Return the size of most characters on the page."""
    sizes: dict[float, int] = {}
    for line in lines:
        sizes[round(line.size, 1)] = sizes.get(round(line.size, 1), 0) + len(line.text)
    return min(sizes, key=lambda size: (-sizes[size], size)) if sizes else 0.0


def _usual_width(lines: Sequence[PrintedLine]) -> float:
    """Return the width that three quarters of the lines do not exceed."""
    widths = sorted(line.right - line.left for line in lines)
    return widths[3 * (len(widths) - 1) // 4] if widths else 0.0


def _stands_under(above: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a line is of the same size, and next in the same column."""
    drop = above.baseline - line.baseline
    return (
        0.3 * above.size < drop < 3 * above.size
        and _alike(above, line)
        and line.left < above.right
        and above.left < line.right
    )


def _alike(line: PrintedLine, other: PrintedLine) -> bool:
    return line.size < SAME_SIZE * other.size and other.size < SAME_SIZE * line.size


def _goes_on(lines: Sequence[PrintedLine], at: int, size: float, width: float) -> bool:
    """Return whether a line goes on with the paragraph of the one before; size and width are the usual ones."""
    above, line = lines[at - 1], lines[at]
    if above.cells or line.cells or not _stands_under(above, line) or _is_gap(lines, at):
        return False
    if above.broken:
        return True
    if _begins_item(above, line):
        return False
    centred = abs(above.left + above.right - line.left - line.right) < line.size
    if centred and line.size > LARGER * size and above.left != line.left:
        return True
    indented = line.left > above.left + INDENT * line.size and not LIST_ITEM.match(above.text)
    if indented or above.right - above.left < SHORT * width:
        return False
    return above.right + _first_word(line) >= _right_margin(lines, at - 1)


def _begins_item(above: PrintedLine, line: PrintedLine) -> bool:
    """Return whether a line is the first of a list item; a number may stand at the start of any line."""
    return bool(_BULLET.match(line.text) or (LIST_ITEM.match(line.text) and ends_sentence(above.text)))


def _is_gap(lines: Sequence[PrintedLine], at: int) -> bool:
    """Return whether this line is farther from the one above than that is from its own, or this from the next."""
    around = [
        lines[index - 1].baseline - lines[index].baseline
        for index in (at - 1, at + 1)
        if 0 < index < len(lines) and _stands_under(lines[index - 1], lines[index])
    ]
    return bool(around) and lines[at - 1].baseline - lines[at].baseline > GAP * min(around)


def _first_word(line: PrintedLine) -> float:
    """Return how much room the first word of a line would have needed at the end of the one above."""
    found = _WORD.match(line.text)
    word = found[0] if found else line.text[:1]
    wide = word[0] >= "\u2e80"
    used = (line.right - line.left) * len(word) / len(line.text)
    # A mark that may not start a line takes the character before it along.
    return used + line.size if wide else used + 0.6 * line.size


def _right_margin(lines: Sequence[PrintedLine], at: int) -> float:
    """Return how far the lines around this one, in its column, reach to the right."""
    margin = lines[at].right
    for step in (-1, 1):
        here = at
        for _ in range(NEIGHBOURS):
            below, above = max(here, here + step), min(here, here + step)
            if above < 0 or below >= len(lines) or not (_stands_under(lines[above], lines[below])):
                break
            here += step
            if abs(lines[here].left - lines[at].left) < OTHER_MARGIN * lines[at].size:
                margin = max(margin, lines[here].right)
    return margin
