"""Give every line of a page its role: headline, dateline, body, caption, by-line, metadata, furniture.

One pass line by line, then corrections that need the neighbours. Which article a line belongs to is decided by
`qa.corpus.segment`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from qa.corpus import bylines, marks, metadata
from qa.corpus.characters import SENTENCE_END, units
from qa.corpus.lines import Line

MAX_SECTION_HEADING = 30
"""Chinese characters; a longer short line inside an article is text."""

MAX_PLACED_CAPTION = 40
LONG_PARAGRAPH = 60
"""Chinese characters: captions without a photographer are at most so long, and stand before a paragraph this long."""

LIST_RUN = 4
"""So many short lines in a row, inside the text, are a list and not headings."""

TOP_RUN = 9
"""So many short lines in a row at the top are a list under a headline."""

LONGEST_SHORT_LINE = 250
"""Characters; only shorter lines can be anything but text."""


class Role(Enum):
    """What a line is on its page."""

    HEADLINE = auto()
    DATELINE = auto()
    BODY = auto()
    PREFACE = auto()
    CAPTION = auto()
    BYLINE = auto()
    OFFICE = auto()
    EDITOR = auto()
    META = auto()
    FURNITURE = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """A line with its role."""

    line: Line
    role: Role

    @property
    def text(self) -> str:
        return self.line.text


TEXT = (Role.BODY, Role.DATELINE)

_TESTS: tuple[tuple[Role, Callable[[str], bool]], ...] = (
    (Role.CAPTION, bylines.is_caption),
    (Role.RULE, lambda text: len(text) >= 3 and not re.search(r"[\w…。！？!?]", text)),
    (Role.FURNITURE, marks.is_furniture),
    (Role.EDITOR, bylines.is_editor),
    (Role.META, lambda text: metadata.read_line(text) is not None),
    (Role.BYLINE, lambda text: bylines.byline(text) is not None),
    (Role.OFFICE, lambda text: bylines.office_byline(text) or bylines.name_alone(text)),
    (Role.DATELINE, lambda text: bylines.DATELINE.match(text) is not None),
    (Role.PREFACE, lambda text: marks.PREFACE.match(text) is not None),
    (Role.HEADLINE, marks.is_headline_like),
)
"""In the order of certainty: the first that fits decides."""


def classify(lines: Sequence[Line]) -> list[Item]:
    """Return the lines with their roles."""
    items = [Item(line, _role(line)) for line in lines]
    _dashed_subtitles(items)
    _lists(items)
    _bare_offices(items)
    _dates_inside(items)
    _placed_captions(items)
    _footer(items)
    return items


def _role(line: Line) -> Role:
    if line.level:
        return Role.HEADLINE
    if line.caption:
        return Role.CAPTION
    if line.row:
        return Role.BODY
    text = line.text
    if len(text) > LONGEST_SHORT_LINE:
        return Role.DATELINE if bylines.DATELINE.match(text[:80]) else Role.BODY
    return next((role for role, test in _TESTS if test(text)), Role.BODY)


def _lists(items: list[Item]) -> None:
    """Take a long run of short lines for a list, not for headings; at the top, its first line may be the headline."""
    start = 0
    seen_text = False
    while start < len(items):
        if items[start].role is not Role.HEADLINE or items[start].line.level:
            seen_text = seen_text or items[start].role in TEXT
            start += 1
            continue
        end = start
        while end < len(items) and items[end].role is Role.HEADLINE and not items[end].line.level:
            end += 1
        if end - start >= (LIST_RUN if seen_text else TOP_RUN) and not _before_dateline(items, end):
            for at in range(start + (not seen_text), end):
                items[at] = replace(items[at], role=Role.BODY)
        start = end


def _before_dateline(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].role in (Role.DATELINE, Role.BYLINE, Role.OFFICE)


def _bare_offices(items: list[Item]) -> None:
    """An office and a name make a by-line under a headline only; a name alone, only between a headline and text."""
    above = (Role.HEADLINE, Role.OFFICE, Role.META)
    for at, item in enumerate(items):
        if item.role is not Role.OFFICE:
            continue
        fits = at > 0 and items[at - 1].role in above
        if bylines.name_alone(item.text):
            fits = fits and at + 1 < len(items) and items[at + 1].role in TEXT
        if not fits:
            items[at] = replace(item, role=Role.HEADLINE)


def _dashed_subtitles(items: list[Item]) -> None:
    """A short line that starts with a dash is a subtitle under a headline, when it is not the first of a list."""
    for at in range(1, len(items)):
        above, item = items[at - 1], items[at]
        below = items[at + 1].text if at + 1 < len(items) else ""
        listed = marks.SUBTITLE_START.match(below) is not None
        if above.role is Role.HEADLINE and item.role is Role.BODY and marks.is_subtitle_like(item.text) and not listed:
            items[at] = replace(item, role=Role.HEADLINE)


def _dates_inside(items: list[Item]) -> None:
    """A date between two paragraphs, as in a diary, heads what follows; metadata stands above or below the text."""
    text_above = False
    for at, item in enumerate(items):
        if item.role is Role.META and text_above and at + 1 < len(items) and items[at + 1].role is Role.BODY:
            fields = metadata.read_line(item.text)
            if fields is not None and not fields.source and not fields.author:
                items[at] = replace(item, role=Role.HEADLINE)
        text_above = item.role in TEXT or (text_above and item.role is not Role.HEADLINE)


def _placed_captions(items: list[Item]) -> None:
    """Take single short sentences between the title's metadata and the first long paragraph for captions."""
    shares: list[float] = []
    for at, item in enumerate(items):
        if item.role is not Role.META:
            continue
        end = at + 1
        while end < len(items) and items[end].role is Role.BODY and _is_one_short_sentence(items[end].text):
            end += 1
        if end - at <= 2 or end >= len(items) or units(items[end].text) < LONG_PARAGRAPH:
            continue
        shares = shares or _short_paragraphs(items)
        if items[end].role not in TEXT or shares[end] > 0.2:
            continue
        for index in range(at + 1, end):
            items[index] = Item(replace(items[index].line, caption=True), Role.CAPTION)
        return


def _short_paragraphs(items: Sequence[Item]) -> list[float]:
    """Return, for each line, the share of the paragraphs from there on that are single short sentences."""
    shares = []
    body = short = 0
    for item in reversed(items):
        if item.role in TEXT:
            body += 1
            short += _is_one_short_sentence(item.text)
        shares.append(short / max(1, body))
    return shares[::-1]


def _is_one_short_sentence(text: str) -> bool:
    ends = sum(text.count(mark) for mark in SENTENCE_END)
    return text[-1] in "。." and ends <= 1 and units(text) <= MAX_PLACED_CAPTION and text[0] not in "“「—"


def _footer(items: list[Item]) -> None:
    """Take short lines after the last editor or copyright line for furniture, when no text follows."""
    for at in range(len(items) - 1, -1, -1):
        if items[at].role in (Role.EDITOR, Role.FURNITURE):
            break
        if items[at].role not in (Role.HEADLINE, Role.META, Role.RULE):
            return
    else:
        return
    if not any(item.role in TEXT for item in items[:at]):
        return
    for index in range(at + 1, len(items)):
        if items[index].role is not Role.META:
            items[index] = replace(items[index], role=Role.FURNITURE)
