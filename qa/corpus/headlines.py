"""Tell title, kicker, subtitle and column label apart, and find the body that a headline belongs to.

Works on lines that `qa.corpus.roles` took for headlines; knows nothing of the rest of the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.corpus import align, marks
from qa.corpus.characters import units
from qa.types import AlignedText

MAX_LABEL = 8
"""A column label is at most this long, in Chinese characters."""

WEAK_SHARE = 0.25
"""A headline shares more of its character pairs with its own body; a page's banner shares fewer."""

_WORD_CHARACTERS = re.compile(r"[^\W_]+")
_SAME_LINE_KICKER = re.compile(r"^(\S{6,60}?(?:强调|要求|指出|提出|表示))[ 　]+(\S.*)$")
_DASHED = re.compile(r"^(.{4,60}?)(?:——|――|──|—|--)(.{4,60})$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headline lines of an article say.

    Attributes:
        title: None when there is no line to take it from.
        subtitle: Kicker or subtitle.
        labels: Column labels above the title.
        last_line: Index, among the lines given, of the line that holds the title; -1 for none.
    """

    title: AlignedText | None
    subtitle: str | None = None
    labels: tuple[str, ...] = ()
    last_line: int = -1


def pairs(text: str) -> frozenset[str]:
    """Return the character pairs of a text, not across blanks or punctuation; whole words of other scripts."""
    found = set()
    for word in _WORD_CHARACTERS.findall(text.lower()):
        if word.isascii():
            found.add(word)
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return frozenset(found)


def share(headline: str, body: frozenset[str]) -> float:
    """Return the share of a headline's character pairs that its body holds, 0 to 1."""
    own = pairs(headline)
    return len(own & body) / len(own) if own else 0.0


def choose(lines: Sequence[AlignedText], body: frozenset[str], *, page_top: bool, last_first: bool) -> Heading:
    """Return title, subtitle and labels of the headline lines of one article, in order of the page.

    Args:
        lines: Headline lines, as printed.
        body: Character pairs of the article's body.
        page_top: The lines stand at the top of the page, where banners and labels are.
        last_first: Take the last line for the title when nothing else decides (newspapers print kickers above), else
            the first.
    """
    labels: list[str] = []
    subtitles: list[str] = []
    open_lines: list[tuple[int, AlignedText]] = []
    for index, line in enumerate(lines):
        if marks.SUBTITLE_START.match(line.text) and len(lines) > 1:
            subtitles.append(marks.SUBTITLE_START.sub("", line.text))
        elif marks.is_kicker(line.text) and len(lines) > 1:
            subtitles.append(line.text)
        else:
            open_lines.append((index, line))
    if not open_lines and lines:
        open_lines = [(0, lines[0])]
        subtitles = subtitles[1:]
    if page_top and len(open_lines) > 1:
        longest = max(units(line.text) for _, line in open_lines)
        for index, line in list(open_lines):
            short = units(line.text) <= MAX_LABEL < longest
            weak = share(line.text, body) < WEAK_SHARE <= max(share(other.text, body) for _, other in open_lines)
            if (short or weak) and len(open_lines) > 1:
                labels.append(line.text)
                open_lines.remove((index, line))
    if not open_lines:
        return Heading(None)
    ranked = sorted(open_lines, key=lambda entry: (-_rank(entry[1].text, body), -entry[0] if last_first else entry[0]))
    index, line = ranked[0]
    others = [other.text for at, other in open_lines if at != index]
    title, inner = split_line(line)
    subtitle = " ".join([*others, *subtitles, *([inner] if inner else [])]) or None
    return Heading(title, subtitle, tuple(labels), index)


def _rank(text: str, body: frozenset[str]) -> float:
    """Round the share, so that a small difference does not outweigh the order of the lines."""
    if marks.NUMBERED.match(text):
        return -1.0
    return round(share(text, body) * 4) / 4


def split_line(line: AlignedText) -> tuple[AlignedText, str | None]:
    """Return the title and, where one line prints both, its kicker or subtitle."""
    kicker = _SAME_LINE_KICKER.match(line.text)
    if kicker:
        return align.cut(line, *kicker.span(2)), kicker[1]
    dashed = _DASHED.match(line.text)
    if dashed and not marks.unclosed(dashed[1]):
        return align.strip(align.cut(line, *dashed.span(1))), dashed[2].strip()
    return line, None
