"""Join lines that were broken at a fixed width: a whole text such as a mail, or one article on a page of others.

Blank lines and short last lines part paragraphs. What a page's columns tore apart is mended by `qa.corpus.joins`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.corpus import marks
from qa.corpus.characters import columns
from qa.corpus.lines import Line, merge
from qa.corpus.repairs import Repairs

WRAP_WIDTHS = (36, 130)
"""Columns that texts are wrapped at."""

FULL_SHARE = 0.6
"""Share of lines that must reach the width before a text is taken for wrapped."""

PIECE_SHARE = 0.4
"""Share of the full lines of a wrapped text that are pieces of sentences."""

RAGGED = 6
"""Columns by which a wrapped line may stop short of what would have fitted."""

MIN_FULL = 4
"""So many full lines make a wrapped article on a page that is not wrapped."""

LONGEST_RUN = 20
"""Lines that are looked at together; longer paragraphs are several runs, one behind the other."""

NEAR = 3
"""Lines from a wrapped paragraph to the next of its article, a heading between them included."""

_INSIDE = re.compile(r"[,，、。;；:：]|[a-z] [A-Za-z]")


def join_wrapped(lines: list[Line]) -> tuple[list[Line], Repairs]:
    """Join lines that were broken at a fixed width, such as mail or English prose; blank lines part paragraphs.

    Where lines are joined the list is empty afterwards: short lines take four times as much memory as their text, and
    those that are done are let go of.
    """
    width = _wrap_width(lines)
    if width is None:
        return _join_inside(lines)
    parted = any(line.blank_before for line in lines[1:]) or any(line.indent for line in lines)
    return merge(_wrapped_groups(lines, width, parted=parted))


def _wrapped_groups(lines: list[Line], width: int, *, parted: bool) -> Iterator[list[Line]]:
    """Take the lines out of the list, and yield those of each paragraph."""
    lines.reverse()
    group = [lines.pop()]
    while lines:
        line = lines.pop()
        if _runs_on(group[-1], line, width, parted=parted):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width that the lines were broken at, in columns, or None when they were not."""
    low, high = WRAP_WIDTHS
    widths = sorted(_used(line) for line, _ in _tight_pairs(lines, high))
    if len(widths) < 3 or len(widths) < 0.2 * len(lines):
        return None
    width = widths[int(0.95 * (len(widths) - 1))]
    if not low <= width <= high:
        return None
    full = [line for line, following in _tight_pairs(lines, high) if _is_full(line, following, width)]
    if len(full) < FULL_SHARE * len(widths):
        return None
    return width if sum(1 for line in full if _is_piece(line.text)) >= PIECE_SHARE * len(full) else None


def _tight_pairs(lines: Sequence[Line], longest: int) -> Iterator[tuple[Line, Line]]:
    """Yield the neighbours without a blank line between them, where the first is not longer than this."""
    return ((a, b) for a, b in pairwise(lines) if b.blank_before == 0 and len(a.content.text) <= longest)


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Return whether the next word would not have fitted on this line."""
    used = _used(line)
    if used > width - RAGGED:
        return True
    if columns(line.text[-1]) == 2 or columns(following.text[0]) == 2:
        return False  # a mark that may not start a line takes the character before it along
    return used + 1 + columns(following.text[:40].split(maxsplit=1)[0]) > width - RAGGED


def _runs_on(line: Line, following: Line, width: int, *, parted: bool) -> bool:
    """Return whether the second line goes on with the first one's paragraph."""
    if following.blank_before or not _is_full(line, following, width) or marks.LIST_ITEM.match(following.text):
        return False
    if following.indent > line.indent + 1 and not marks.LIST_ITEM.match(line.text):
        return False
    return parted or not marks.ends_sentence(line.text)


def _join_inside(lines: list[Line]) -> tuple[list[Line], Repairs]:
    """Join the lines of wrapped articles on a page whose other lines are whole paragraphs."""
    regions = _regions(lines)
    if not regions:
        return list(lines), Repairs()
    joined: list[Line] = []
    repairs = Repairs()
    done = 0
    for start, end, width in regions:
        joined += lines[done:start]
        region = lines[start:end]
        parted = any(line.blank_before for line in region[1:]) or any(line.indent for line in region)
        found, more = merge(_wrapped_groups(region, width, parted=parted))
        joined += found
        repairs.extend(more)
        done = end
    return joined + lines[done:], repairs


def _regions(lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Return (start, end, width) of wrapped articles, in order: runs of equally long lines, near to each other."""
    found: list[tuple[int, int, int, int]] = []
    for start, end, width in _runs(lines):
        full = end - start - 1
        if found and start - found[-1][1] <= NEAR and abs(found[-1][2] - width) <= RAGGED:
            found[-1] = (found[-1][0], end, max(width, found[-1][2]), found[-1][3] + full)
        else:
            found.append((start, end, width, full))
    return [(start, end, width) for start, end, width, full in found if full >= MIN_FULL]


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, width) of lines that are equally long, without a blank line between; the last may be shorter.

    Most of the others are pieces of sentences: they stop inside of one and hold a comma or stop, as titles do not.
    """
    low, high = WRAP_WIDTHS
    start = 0
    while start < len(lines) - 1:
        if lines[start + 1].blank_before or len(lines[start].text) > high:
            start += 1
            continue
        shortest = longest = _used(lines[start])
        end = start + 1
        if low <= longest <= high:
            last = min(len(lines), start + LONGEST_RUN)
            while end < last and lines[end].blank_before == 0 and len(lines[end].text) <= high:
                width = _used(lines[end])
                if max(longest, width) - min(shortest, width) > RAGGED or width > high:
                    break
                shortest, longest = min(shortest, width), max(longest, width)
                end += 1
            if end < len(lines) and lines[end].blank_before == 0 and len(lines[end].text) <= longest:
                end += _used(lines[end]) <= longest
        pieces = [at for at in range(start, end - 1) if _is_piece(lines[at].text)]
        if pieces and len(pieces) >= FULL_SHARE * (end - 1 - start):
            yield start, end, longest
            start = end
        else:
            start = next((at for at in pieces if at > start), max(start + 1, end - 2))


def _used(line: Line) -> int:
    return line.indent + columns(line.text)


def _is_piece(text: str) -> bool:
    return not marks.ends_sentence(text) and _INSIDE.search(text, 0, len(text) - 1) is not None
