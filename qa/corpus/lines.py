"""Lines of a page: cut a text into lines, and make one line of several.

Which lines belong together is decided by `qa.corpus.joins` and `qa.corpus.repeats`; what a line is on its page by
`qa.corpus.roles`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.corpus import align
from qa.corpus.characters import HAN_CHARACTER, columns
from qa.corpus.repairs import Repair, RepairKind, Repairs
from qa.types import AlignedText

CELL = " | "
"""Stands between the cells of a row in text that a reader took out of a file."""

_INVISIBLE = "\ufeff\u200b\u2060"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, later one paragraph, without blanks at its ends; never empty.

    Attributes:
        content: Repaired text with its map.
        blank_before: Empty lines above it.
        indent: Width of the blanks in front of it, in columns.
        level: Of a Markdown heading, 1 to 6; 0 for everything else.
        torn: Its end is lost in the source.
        caption: It is known to be a caption.
        verbatim: Code; its characters are not marks.
        row: Rows of a table, parted by newlines; text that is joined with nothing else.
    """

    content: AlignedText
    blank_before: int = 0
    indent: int = 0
    level: int = 0
    torn: bool = False
    caption: bool = False
    verbatim: bool = False
    row: bool = False

    @property
    def text(self) -> str:
        return self.content.text


def split_lines(page: AlignedText) -> list[Line]:
    """Cut at newlines only (at carriage returns where there is no newline), trim, drop empty lines but count them."""
    lines = []
    blank = 0
    for start, end in _ranges(page.text):
        printed = page.text[start:end]
        text = printed.strip()
        if text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
            text = _stripped(text)
        if not text:
            blank += 1
            continue
        left = printed.index(text)
        content = align.cut(page, start + left, start + left + len(text))
        indent = columns(printed[:left].strip(_INVISIBLE)) if left else 0
        lines.append(Line(content, blank_before=blank, indent=indent))
        blank = 0
    return lines


def _stripped(text: str) -> str:
    """Return the text without blanks and invisible characters at its ends."""
    while (shorter := text.strip().strip(_INVISIBLE)) != text:
        text = shorter
    return text


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    newline = "\n" if "\n" in text else "\r"
    start = 0
    while (end := text.find(newline, start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def merge(groups: Iterable[Sequence[Line]], *, between: str | None = None) -> tuple[list[Line], Repairs]:
    """Make one line of each group.

    Args:
        groups: Neighbouring lines, at least one each.
        between: Stands between two lines; None for a blank in scripts that are written with blanks, else nothing.
    """
    lines = []
    repairs = Repairs()
    for group in groups:
        if len(group) == 1:
            lines.append(group[0])
            continue
        joints = []
        for above, line in pairwise(group):
            joint = separator(above.text, line.text) if between is None else between
            joints.append(joint)
            start = align.raw_end(above.content)
            end = max(start + 1, align.raw_start(line.content))
            repairs.add(RepairKind.JOINED, start, end, "\n", joint)
        content = align.join((line.content for line in group), joints)
        caption = any(line.caption for line in group)
        lines.append(replace(group[0], content=content, torn=group[-1].torn, caption=caption))
    return lines, repairs


def separator(before: str, after: str) -> str:
    """Return what joins two lines: a blank, or nothing in scripts that are written without."""
    a, b = before[-1], after[0]
    if a == "-" and before[-2:-1].isalpha() and b.islower():
        return ""
    if a in "“‘(（" or b in "”’)）":
        return ""
    return "" if _is_unspaced(a, before[-10:]) or _is_unspaced(b, after[:10]) else " "


def _is_unspaced(character: str, around: str) -> bool:
    """Return whether a character belongs to a script that is written without blanks; Hangul does not.

    Dashes and curly quotes are shared by all scripts: there the text around decides.
    """
    if character in "—…·“”‘’":
        return HAN_CHARACTER.search(around) is not None
    return character >= "\u2e80" and not "\uac00" <= character <= "\ud7af"


def removed(kind: RepairKind, line: Line, start: int, end: int) -> Repair:
    """Return the record of characters that were taken out of a line."""
    return Repair(kind, align.raw_span(line.content, start, end), line.text[start:end], "")
