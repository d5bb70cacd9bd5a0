"""Make paragraphs of the lines of printed pages, and leave out what stands on every page.

For text whose line ends and page ends are those of the print: a blank line parts paragraphs, and inside of one every
line end is undone, and so is a page end that tears one apart. What a column's end tore apart is joined elsewhere.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.corpus import align, marks
from qa.corpus.characters import columns
from qa.corpus.lines import Line, removed, separator
from qa.corpus.repairs import Repair, RepairKind
from qa.types import Span

MARGIN_LINES = 2
"""So many lines at the top and at the foot of a page are looked at."""

MIN_PAGES = 3
MIN_SHARE = 1 / 3
"""A line is furniture when it stands at the same end of so many pages: left and right pages may have heads of their
own, and first pages of chapters have none."""

MIN_NUMBERED = 2
"""Pages whose numbers grow with them, and lines that differ in that number only."""

FULL = 0.9
"""Times the longest line: a last line this long may go on."""

LONGEST_FURNITURE = 80
"""Characters; a longer line is text."""

_COMPOUNDING = frozenset(
    "well self non ex so full part half long short high low mid semi cross post pre anti all".split()
)
"""First parts of English words that keep their hyphen."""

_LEADER = re.compile(r"(?:[.·…] ?){5,}[ |]*(?:\d{1,4}|[ivxlc]{1,6})$")
"""Dots that lead to a page number."""

_Edge = tuple[bool, str]
"""Whether a line stands at the top of its page, and its text with every number written 0."""

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END = re.compile(r"([^\W\d_]+)-$")
_WORD_START = re.compile(r"[^\W\d_]+")


def paragraphs(lines: Sequence[Line], pages: Sequence[Span]) -> tuple[list[Line], list[Repair]]:
    """Return the paragraphs, headings and tables of printed pages in order, and where line ends were undone.

    Args:
        lines: As printed, without what stands on every page; headings and tables are lines of their own.
        pages: Of the source, in order; they cover it.
    """
    starts = [page.start for page in pages]
    groups: list[list[Line]] = []
    for line in lines:
        alone = line.row or line.level > 0 or not groups or groups[-1][-1].row or groups[-1][-1].level > 0
        if alone or not _goes_on(groups[-1], line, starts):
            groups.append([line])
        else:
            groups[-1].append(line)
    words = Counter(found[0].lower() for line in lines for found in _WORD.finditer(line.text))
    found: list[Line] = []
    repairs: list[Repair] = []
    for group in groups:
        paragraph, joined = _paragraph(group, words)
        found.append(paragraph)
        repairs += joined
    return found, repairs


def _goes_on(paragraph: Sequence[Line], line: Line, starts: Sequence[int]) -> bool:
    """Return whether a line goes on with a paragraph: it stands directly under it, or a page's end tore the two apart.

    At a page's end a paragraph goes on when its last line is as long as its longest and ends in mid-sentence.
    """
    if line.blank_before == 0:
        return True
    above = paragraph[-1]
    if len(paragraph) < 2 or _page(above, starts) == _page(line, starts) or marks.ends_sentence(above.text):
        return False
    longest = max(columns(other.text) for other in paragraph)
    return columns(above.text) >= FULL * longest and not marks.LIST_ITEM.match(line.text)


def _page(line: Line, starts: Sequence[int]) -> int:
    return bisect_right(starts, align.raw_start(line.content))


def without_furniture(lines: Sequence[Line], pages: Sequence[Span]) -> tuple[list[Line], list[Repair]]:
    """Return the lines without running heads, running feet, page numbers and tables of contents, and what they were.

    Args:
        lines: As printed, in order.
        pages: Of the source, in order; they cover it.
    """
    starts = [page.start for page in pages]
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(_page(line, starts), []).append(line)
    edges = [_edges(on_page) for on_page in by_page.values()]
    counts = Counter(key for edge in edges for key in set(edge.values()))
    enough = max(MIN_PAGES, MIN_SHARE * len(by_page))
    furniture = {key for key, count in counts.items() if count >= enough}
    furniture |= _page_numbers(by_page, edges)
    kept: list[Line] = []
    repairs: list[Repair] = []
    for on_page, edge in zip(by_page.values(), edges, strict=True):
        dropped = False
        for at, line in enumerate(on_page):
            if edge.get(at) in furniture or _LEADER.search(line.text):
                repairs.append(removed(RepairKind.FURNITURE, line, 0, len(line.text)))
                dropped = True
                continue
            kept.append(replace(line, blank_before=1) if dropped and line.blank_before == 0 else line)
            dropped = False
    return kept, repairs


def _page_numbers(by_page: dict[int, list[Line]], edges: Sequence[dict[int, _Edge]]) -> set[_Edge]:
    """Return the lines that hold the number of their page, alone or beside the name of a chapter.

    Pages are numbered when the same difference between a number in a margin and the count of pages is found often.
    """
    found: list[tuple[_Edge, set[int]]] = []
    for (page, lines), edge in zip(by_page.items(), edges, strict=True):
        for at, key in edge.items():
            numbers = _NUMBER.findall(lines[at].text)
            found.append((key, {int(number[-9:]) - page for number in (*numbers[:1], *numbers[-1:])}))
    usual = Counter(difference for _, differences in found for difference in differences).most_common(1)
    if not usual or usual[0][1] < max(MIN_NUMBERED, MIN_SHARE * len(by_page)):
        return set()
    numbered = Counter(key for key, differences in found if usual[0][0] in differences)
    return {key for key, count in numbered.items() if count >= MIN_NUMBERED or not any(map(str.isalpha, key[1]))}


def _edges(lines: Sequence[Line]) -> dict[int, _Edge]:
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
        span = Span(start, align.raw_start(line.content))
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
