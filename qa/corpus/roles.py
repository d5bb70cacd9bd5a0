"""Give every line of a page its role: headline, dateline, body, caption, by-line, metadata, furniture.

One pass line by line, then corrections that need the neighbours. Which article a line belongs to is decided by
`qa.corpus.segment`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from qa.corpus import marks, metadata
from qa.corpus.characters import SENTENCE_END, units
from qa.corpus.lines import Line

MAX_SECTION_HEADING = 30
MAX_PLACED_CAPTION = 40
LONG_PARAGRAPH = 80
_LIST_RUN = 4


class Role(Enum):
    """What a line is on its page."""

    HEADLINE = auto()
    DATELINE = auto()
    BODY = auto()
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


def classify(lines: Sequence[Line]) -> list[Item]:
    """Return the lines with their roles."""
    items = [Item(line, _role(line)) for line in lines]
    items = _list_runs(items)
    items = _bare_offices(items)
    items = _placed_captions(items)
    return _footer(items)


def _role(line: Line) -> Role:
    text = line.text
    if line.level:
        return Role.HEADLINE
    if len(text) > 250:
        return Role.DATELINE if marks.DATELINE.match(text[:80]) else Role.BODY
    if line.caption or marks.is_caption(text):
        return Role.CAPTION
    if not any(character.isalnum() for character in text):
        return Role.RULE if len(text) >= 3 and not re.search(r"[…。！？!?]", text) else Role.BODY
    if marks.is_furniture(text):
        return Role.FURNITURE
    if marks.EDITOR.match(text):
        return Role.EDITOR
    if metadata.read_line(text) is not None:
        return Role.META
    if marks.byline(text) is not None:
        return Role.BYLINE
    if marks.office_byline(text):
        return Role.OFFICE
    if marks.DATELINE.match(text):
        return Role.DATELINE
    return Role.HEADLINE if marks.is_headline_like(text) else Role.BODY


def _list_runs(items: list[Item]) -> list[Item]:
    """Take a long run of short lines inside the text for a list, not for headings."""
    seen_body = False
    start = 0
    while start < len(items):
        if items[start].role is not Role.HEADLINE or items[start].line.level:
            seen_body = seen_body or items[start].role in TEXT
            start += 1
            continue
        end = start
        while end < len(items) and items[end].role is Role.HEADLINE and not items[end].line.level:
            end += 1
        if seen_body and end - start >= _LIST_RUN:
            items[start:end] = [replace(item, role=Role.BODY) for item in items[start:end]]
        start = end
    return items


def _bare_offices(items: list[Item]) -> list[Item]:
    """An office and a name make a by-line only under a headline or after the text."""
    for at, item in enumerate(items):
        if item.role is Role.OFFICE and at > 0 and items[at - 1].role in (Role.HEADLINE, Role.OFFICE, Role.META):
            continue
        if item.role is Role.OFFICE:
            items[at] = replace(item, role=Role.HEADLINE)
    return items


def _placed_captions(items: list[Item]) -> list[Item]:
    """Take single short sentences between the title's metadata and the first long paragraph for captions."""
    for at, item in enumerate(items):
        if item.role is not Role.META:
            continue
        end = at + 1
        while end < len(items) and items[end].role is Role.BODY and _is_one_short_sentence(items[end].text):
            end += 1
        if end - at <= 2 or end >= len(items) or items[end].role not in TEXT or units(items[end].text) < LONG_PARAGRAPH:
            continue
        if _short_paragraphs(items[end:]) > 0.2:
            continue
        for index in range(at + 1, end):
            items[index] = Item(replace(items[index].line, caption=True), Role.CAPTION)
    return items


def _short_paragraphs(items: Sequence[Item]) -> float:
    """Return the share of body paragraphs that are single short sentences."""
    body = [item for item in items if item.role in TEXT]
    return sum(1 for item in body if _is_one_short_sentence(item.text)) / max(1, len(body))


def _is_one_short_sentence(text: str) -> bool:
    marks_inside = sum(text.count(mark) for mark in SENTENCE_END)
    return text[-1] in "。." and marks_inside <= 1 and units(text) <= MAX_PLACED_CAPTION and text[0] not in "“「—"


def _footer(items: list[Item]) -> list[Item]:
    """Take short lines after the last editor or copyright line for furniture, when no text follows."""
    for at in range(len(items) - 1, -1, -1):
        if items[at].role in (Role.EDITOR, Role.FURNITURE):
            break
        if items[at].role not in (Role.HEADLINE, Role.META, Role.RULE):
            return items
    else:
        return items
    return [
        replace(item, role=Role.FURNITURE) if index > at and item.role is not Role.META else item
        for index, item in enumerate(items)
    ]
