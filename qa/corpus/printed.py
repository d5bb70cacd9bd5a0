"""Make paragraphs of the lines of printed pages, and leave out what stands on every page.

For text whose line ends and page ends are those of the print: a blank line parts paragraphs, and inside of one every
line end is undone. Paragraphs that a page's end tore apart are joined elsewhere, as on any page.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.corpus import align
from qa.corpus.lines import Line, removed, separator
from qa.corpus.repairs import Repair, RepairKind
from qa.types import Span

MARGIN_LINES = 2
"""So many lines at the top and at the foot of a page are looked at."""

MIN_PAGES = 3
MIN_SHARE = 1 / 3
"""A line is furniture when it stands at the same end of so many pages: left and right pages may have heads of their
own, and first pages of chapters have none."""

LONGEST_FURNITURE = 80
"""Characters; a longer line is text."""

_COMPOUNDING = frozenset(
    "well self non ex so full part half long short high low mid semi cross post pre anti all".split()
)
"""First parts of English words that keep their hyphen."""

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END = re.compile(r"([^\W\d_]+)-$")
_WORD_START = re.compile(r"[^\W\d_]+")


def read(lines: Sequence[Line], pages: Sequence[Span]) -> tuple[list[Line], list[Repair]]:
    """Return the paragraphs and tables of printed pages in order, and what was left out and joined.

    Args:
        lines: As printed; tables are lines of their own.
        pages: Of the source, in order; they cover it.
    """
    kept, repairs = _without_furniture(lines, pages)
    groups: list[list[Line]] = []
    for line in kept:
        if groups and line.blank_before == 0 and not line.row and not groups[-1][-1].row:
            groups[-1].append(line)
        else:
            groups.append([line])
    words = Counter(found[0].lower() for line in kept for found in _WORD.finditer(line.text))
    paragraphs = []
    for group in groups:
        paragraph, joined = _paragraph(group, words)
        paragraphs.append(paragraph)
        repairs += joined
    return paragraphs, repairs


def _without_furniture(lines: Sequence[Line], pages: Sequence[Span]) -> tuple[list[Line], list[Repair]]:
    """Drop running heads, running feet and page numbers."""
    starts = [page.start for page in pages]
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(bisect_right(starts, line.content.runs[0].raw_start), []).append(line)
    edges = [_edges(on_page) for on_page in by_page.values()]
    counts = Counter(key for edge in edges for key in set(edge.values()))
    enough = max(MIN_PAGES, MIN_SHARE * len(by_page))
    kept: list[Line] = []
    repairs: list[Repair] = []
    for on_page, edge in zip(by_page.values(), edges, strict=True):
        for at, line in enumerate(on_page):
            if at in edge and counts[edge[at]] >= enough:
                repairs.append(removed(RepairKind.FURNITURE, line, 0, len(line.text)))
            elif at and kept and on_page[at - 1] is not kept[-1] and line.blank_before == 0:
                kept.append(replace(line, blank_before=1))  # what stood above is gone
            else:
                kept.append(line)
    return kept, repairs


def _edges(lines: Sequence[Line]) -> dict[int, tuple[bool, str]]:
    """Return the lines at both ends of a page by their index: whether at the top, and the text without its numbers."""
    top = range(min(MARGIN_LINES, len(lines)))
    foot = range(max(len(top), len(lines) - MARGIN_LINES), len(lines))
    found = {}
    for at in (*top, *foot):
        if len(lines[at].text) <= LONGEST_FURNITURE and not lines[at].level:
            found[at] = (at in top, _NUMBER.sub("0", lines[at].text))
    return found


def _paragraph(lines: Sequence[Line], words: Counter[str]) -> tuple[Line, list[Repair]]:
    """Make one line of the lines of a paragraph."""
    if len(lines) == 1:
        return lines[0], []
    parts = [lines[0].content]
    joints = []
    repairs = []
    for above, line in pairwise(lines):
        joint = separator(above.text, line.text)
        head, tail = _WORD_END.search(above.text), _WORD_START.match(line.text)
        if head and tail:
            joint = ""
            if _is_one_word(head[1].lower(), tail[0], words):
                parts[-1] = align.cut(parts[-1], 0, len(parts[-1].text) - 1)
        start = align.raw_span(parts[-1], len(parts[-1].text) - 1, len(parts[-1].text)).end
        span = Span(start, line.content.runs[0].raw_start)
        repairs.append(Repair(RepairKind.JOINED, span, above.text[len(parts[-1].text) :] + "\n", joint))
        parts.append(line.content)
        joints.append(joint)
    return replace(lines[0], content=align.join(parts, joints)), repairs


def _is_one_word(first: str, second: str, words: Counter[str]) -> bool:
    """Return whether a hyphen at the end of a line parts a word, and does not belong to it.

    The document decides: it has the word with its hyphen elsewhere, or in one, or its parts alone ("well-known").
    """
    if not second.islower() or first in _COMPOUNDING or words[f"{first}-{second}"]:
        return False
    # Each part is counted once where the word is broken.
    return words[first + second] > 0 or not (words[first] > 1 and words[second] > 1)
