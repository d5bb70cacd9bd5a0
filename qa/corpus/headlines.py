"""Tell title, kicker, subtitle and column label apart, and measure how well a headline fits a body.

Works on lines that `qa.corpus.roles` took for headlines; knows nothing of the rest of the page.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from qa.corpus import align, marks
from qa.corpus.characters import HAN_CHARACTER, units
from qa.types import AlignedText

MAX_LABEL = 6
MAX_LABEL_APART = 10
"""A column label is at most this long, in Chinese characters; more where captions part it from the headline."""

WEAK_SHARE = 0.25
"""A headline shares more of its character pairs with its own body; a page's banner shares fewer."""

SUBJECT_BONUS = 0.25
"""For a line that starts with what the text starts with: kickers are slogans, titles say who or where."""

LEAD = 80
ENOUGH = 20_000
"""Characters of a body that headlines are compared with."""

_WORD_CHARACTERS = re.compile(r"[^\W_]+")
_SAME_LINE_KICKER = re.compile(r"^(\S{6,60}?(?:强调|要求|指出|提出|表示))[ 　]+(\S.*)$")
_DASHED = re.compile(r"^(.{4,60}?)(?:——|――|──|(?<!\d)—|—(?!\d)|--)(.{4,60})$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headline lines of an article say.

    Attributes:
        title: None when there is no line to take it from.
        subtitle: Kicker or subtitle.
        labels: Column labels above the title.
        line: Index, among the lines given, of the line that holds the title; -1 for none.
    """

    title: AlignedText | None
    subtitle: str | None = None
    labels: tuple[str, ...] = ()
    line: int = -1


@dataclass(frozen=True, slots=True)
class Body:
    """What headlines are compared with.

    Attributes:
        text: Of an article, in lower case; pairs are looked up in it, for to list them all takes long.
        lead: Its first words.
    """

    text: str
    lead: str


def body_of(texts: Sequence[str]) -> Body:
    """Return text and lead of an article's paragraphs."""
    lead = re.sub(r"^.{0,20}?[)）]", "", texts[0][:LEAD]) if texts else ""
    parts = []
    room = ENOUGH
    for text in texts:
        if room <= 0:
            break
        parts.append(text[:room])
        room -= len(text)
    return Body("\n".join(parts).lower(), lead)


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """Return the character pairs of a text, not across blanks or punctuation; whole words of other scripts."""
    found = set()
    for word in _WORD_CHARACTERS.findall(text.lower()):
        if word.isascii():
            found.add(word)
        else:
            found.update(map(add, word, word[1:]))
    return frozenset(found)


@lru_cache(maxsize=64)
def share(headline: str, body: Body) -> float:
    """Return the share of a headline's character pairs that a body holds, 0 to 1."""
    own = pairs(headline)
    text = body.text
    held = sum(1 for pair in own if pair in text and (not pair.isascii() or _is_piece(pair, text)))
    return held / len(own) if own else 0.0


def _is_piece(piece: str, text: str) -> bool:
    """Return whether `pairs` would cut this piece, of ASCII alone, from one of the words of the text."""
    at = text.find(piece)
    while at >= 0:
        start, end = at, at + len(piece)
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        if end - start == len(piece) or (len(piece) == 2 and not text[start:end].isascii()):
            return True
        at = text.find(piece, end)
    return False


def choose(
    lines: Sequence[AlignedText],
    body: Body,
    *,
    labels: int = 0,
    apart: int = 0,
    last: bool = False,
    nearest: bool = False,
    banner: Collection[int] = (),
) -> Heading:
    """Return title, subtitle and labels of the headline lines of one article, in order of the page.

    Args:
        lines: Headline lines, as printed.
        body: Of the article.
        labels: How many of the lines, from the first, stand where a page prints banners and column labels.
        apart: How many of these are parted from the others by captions.
        last: Between equals take the last line for the title (newspapers print kickers above), else the first.
        nearest: The last line is signed; what stands over it and has nothing to do with the text is no part of it.
        banner: Which of the lines are known to stand over the whole page.
    """
    column: dict[int, str] = {index: lines[index].text for index in banner} if len(banner) < len(lines) else {}
    subtitles: list[int] = []
    rest: list[tuple[int, AlignedText]] = []
    for index, line in enumerate(lines):
        if index in column:
            continue
        if index < len(lines) - 1 and marks.is_section(line.text):
            column[index] = line.text
        elif len(lines) > 1 and (marks.SUBTITLE_START.match(line.text) or marks.is_kicker(line.text)):
            subtitles.append(index)
        else:
            rest.append((index, line))
    if not rest and subtitles:
        index = next((at for at in subtitles if not marks.SUBTITLE_START.match(lines[at].text)), subtitles[0])
        rest = [(index, lines[index])]
        subtitles.remove(index)
    for index, line in list(rest):
        others = [other for at, other in rest if at > index]
        short = MAX_LABEL_APART if index < apart else MAX_LABEL
        texts = [other.text for other in others]
        if index < labels and others and _is_label(line.text, texts, body, short=short, nearest=nearest):
            column[index] = line.text
            rest.remove((index, line))
    for index in subtitles:
        if marks.SUBTITLE_START.match(lines[index].text) and index - 1 in column:
            column[index] = lines[index].text
    if not rest:
        return Heading(None)
    if all(not HAN_CHARACTER.search(line.text) for _, line in rest):
        return _with_parts(lines, rest[0], rest, subtitles, column)  # in other scripts the title stands on top
    order = -1 if last or nearest else 1
    best = min(rest, key=lambda entry: (-_fit(entry[1].text, body), order * entry[0]))
    return _with_parts(lines, best, rest, subtitles, column)


def _with_parts(
    lines: Sequence[AlignedText],
    best: tuple[int, AlignedText],
    rest: Sequence[tuple[int, AlignedText]],
    subtitles: Sequence[int],
    column: dict[int, str],
) -> Heading:
    """Return the heading whose title stands on the best line."""
    index, line = best
    title, inner = split_line(line)
    under = (lines[at].text for at in subtitles if at not in column)
    parts = [*(other.text for at, other in rest if at != index), *under, *([inner] if inner else [])]
    found = [marks.SUBTITLE_START.sub("", part) for part in parts]
    over = tuple(marks.SUBTITLE_START.sub("", column[at]) for at in sorted(column))
    return Heading(title, " ".join(found) or None, over, index)


def _is_label(text: str, others: Sequence[str], body: Body, *, short: int, nearest: bool) -> bool:
    """Return whether a line at the top of a page is a banner or column label rather than a headline."""
    if units(text) <= short and any(units(other) > units(text) or " " in other for other in others):
        return True
    weak = share(text, body) < WEAK_SHARE
    return weak and (nearest or any(share(other, body) >= WEAK_SHARE for other in others))


def _fit(text: str, body: Body) -> float:
    """Return how well a line fits as the title of a body; quarters, so that small differences do not decide."""
    if marks.NUMBERED.match(text):
        return -1.0
    first = next(iter(_WORD_CHARACTERS.findall(text)), "")[:2]
    bonus = SUBJECT_BONUS if len(first) == 2 and first in body.lead else 0.0
    return round((share(text, body) + bonus) * 4) / 4


def split_line(line: AlignedText) -> tuple[AlignedText, str | None]:
    """Return the title and, where one line prints both, its kicker or subtitle."""
    kicker = _SAME_LINE_KICKER.match(line.text)
    if kicker:
        return align.cut(line, *kicker.span(2)), kicker[1]
    dashed = _DASHED.match(line.text)
    if dashed and not marks.unclosed(dashed[1]):
        return align.strip(align.cut(line, *dashed.span(1))), dashed[2].strip()
    return line, None
