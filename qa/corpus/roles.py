"""What a line of a page can be, and what it is by its own words: headline, dateline, body, caption, by-line, furniture.

What its neighbours make of it is told by `qa.corpus.classify`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from qa.corpus import bylines, captions, datelines, editors, marks, metadata, offices
from qa.corpus.lines import Line

MAX_SECTION_HEADING = 30
"""Chinese characters; a longer short line inside an article is text."""

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
    (Role.CAPTION, captions.is_caption),
    (Role.RULE, lambda text: len(text) >= 3 and not re.search(r"[\w…。！？!?]", text)),
    (Role.FURNITURE, marks.is_furniture),
    (Role.EDITOR, editors.is_editor),
    (Role.META, lambda text: metadata.read_line(text) is not None),
    (Role.BYLINE, lambda text: bylines.byline(text) is not None),
    (Role.OFFICE, lambda text: offices.office_byline(text) or bylines.name_alone(text)),
    (Role.DATELINE, datelines.opens_report),
    (Role.PREFACE, lambda text: marks.PREFACE.match(text) is not None),
    (Role.HEADLINE, marks.is_headline_like),
)
"""In the order of certainty: the first that fits decides."""


def role_of(line: Line) -> Role:
    """Return what a line is by its own words."""
    if line.level:
        return Role.HEADLINE
    if line.caption:
        return Role.CAPTION
    if line.row:
        return Role.BODY
    text = line.text
    if len(text) > LONGEST_SHORT_LINE:
        return Role.DATELINE if datelines.opens_report(text[:120]) else Role.BODY
    return next((role for role, test in _TESTS if test(text)), Role.BODY)
