"""Join lines that a layout tore apart: across a column's end, or between caption and photographer.

Looks at neighbouring lines only. What is printed twice at a break is dropped here; whole repeated lines are not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.corpus import align, bylines, captions, datelines, marks, metadata, offices
from qa.corpus.characters import CLOSING, HAN_CHARACTER, SENTENCE_END, is_han, units
from qa.corpus.lines import Line, merge, removed
from qa.corpus.lists import is_entry
from qa.corpus.repairs import RepairKind, Repairs
from qa.corpus.words import torn_word

MIN_BROKEN = 12
"""Characters; a shorter line without an end is a heading or a label."""

MIN_CLAUSE = 5
"""A line that stops so soon after a comma stops in mid-clause."""

LONG_LINE = 26
"""Characters of a line with a comma that is too long for a section heading."""

LONG_HEADLINE = 45
"""Characters of a line with a comma that is too long for a headline."""

MIN_LATIN = 40
"""Letters of a line in another script that is too long for a heading."""

MAX_SIGNATURE = 60
"""Characters."""

ENOUGH = 500
"""Characters of a paragraph's end that are looked at."""

MAX_OVERLAP = 20
_NO_START = "”’」』》）)】,，.。、;；:：!！?？"
_DONE = SENTENCE_END + CLOSING + ";；:：.—"


def join_broken(lines: Sequence[Line]) -> tuple[list[Line], Repairs]:
    """Join paragraphs that a page's layout tore apart in mid-sentence, and drop characters printed on both sides."""
    repairs = Repairs()
    if _is_verse(lines):
        return list(lines), repairs
    joined, more = merge(_broken_groups(lines, repairs))
    repairs.extend(more)
    return joined, repairs


def _broken_groups(lines: Sequence[Line], repairs: Repairs) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, and append to `repairs` what they print twice."""
    gap = _usual_gap(lines)
    group: list[Line] = []
    above = before = ""
    in_text, first, opening = False, True, False
    for line in lines:
        overlap = _overlap(group[-1], line) if group else 0
        if overlap:
            repairs.append(removed(RepairKind.OVERLAP, line, 0, overlap))
            rest = align.strip(align.cut(line.content, overlap, len(line.text)))
            group.append(replace(line, content=rest))
        elif (
            group
            and line.blank_before <= gap
            and _may_join(group[-1], line)
            and is_broken(above, line.text, in_text=in_text, first=first, opening=opening)
            and not (len(group) == 1 and is_entry(group[0].text) and is_entry(before))
        ):
            group.append(line)
        else:
            if group:
                yield group
                first = False
                opening = _signs_headline(before, group[-1].text)
                before = group[-1].text
            group = [line]
        above = (above if len(group) > 1 else "")[-ENOUGH:] + line.text
        in_text = opening or ((in_text or "。" in line.text) and not _closes_article(line.text))
    if group:
        yield group


def _is_verse(lines: Sequence[Line]) -> bool:
    """Return whether lines end at commas on purpose."""
    stops = sum(1 for line in lines if line.text[-1] in ",，")
    return stops >= 3 and stops >= 0.25 * len(lines)


def _usual_gap(lines: Sequence[Line]) -> int:
    """Return the commonest number of empty lines between two paragraphs; of equally common ones the smallest."""
    counts: dict[int, int] = {}
    for line in lines[1:]:
        counts[line.blank_before] = counts.get(line.blank_before, 0) + 1
    return min(counts, key=lambda gap: (-counts[gap], gap)) if counts else 0


def _closes_article(text: str) -> bool:
    """Return whether a headline may follow."""
    return bylines.closing_byline(text) is not None or bylines.byline(text) is not None


def _signs_headline(above: str, text: str) -> bool:
    """Return whether a line signs the headline above it, so that text comes next."""
    if not above or len(text) > MAX_SIGNATURE or marks.ends_sentence(above) or marks.ends_sentence(text):
        return False
    return bylines.byline(text) is not None or offices.office_byline(text)


def _may_join(line: Line, following: Line) -> bool:
    return not (line.torn or line.caption or following.caption)


def is_broken(a: str, b: str, *, in_text: bool, first: bool = False, opening: bool = False) -> bool:
    """Return whether a sentence runs on from one paragraph into the next.

    Args:
        a: The upper one, with all that was joined to it.
        b: The lower one.
        in_text: Running text has been seen above; before it, a line without an end is more likely a headline.
        first: The upper one is the first line of the page.
        opening: The upper one stands under a signed headline, and so opens a text, if no heading comes before it.
    """
    if a[-1] in _DONE and not (re.search(r"\d\.$", a) and b[0].isdigit()):
        return False
    if HAN_CHARACTER.search(a[-40:]):
        cut_short = not marks.is_headline_like(b) and (
            _stops_short(a, in_text=in_text, first=first)
            or (not first and _tears_word(a, b))
            or (opening and _is_opening(a))
        )
        runs_on = cut_short or b[0] in _NO_START or marks.unclosed(a)
    else:
        runs_on = (
            len(a) >= MIN_LATIN and ("," in a or ". " in a) and (a[-1].isalpha() or a[-1] == ",") and b[0].islower()
        )
    return runs_on and not any(_stands_alone(text) for text in (a, b)) and not _starts_anew(b)


def _tears_word(a: str, b: str) -> bool:
    return is_han(a[-1]) and is_han(b[0]) and torn_word(a, b) > 0


def _is_opening(text: str) -> bool:
    """Return whether a line of three clauses and more can be no heading: those have two halves."""
    return len(text) >= MIN_BROKEN and text.count(",") + text.count("，") > 1 and text[-1] not in _DONE


def _starts_anew(text: str) -> bool:
    return datelines.DATELINE.match(text[:80]) is not None or marks.LIST_ITEM.match(text) is not None


def _stands_alone(text: str) -> bool:
    return captions.is_caption(text) or bylines.byline(text) is not None or metadata.read_line(text) is not None


def _stops_short(a: str, *, in_text: bool, first: bool) -> bool:
    """Return whether a Chinese line stops in mid-sentence by its own look."""
    if a[-1] == "、":
        return True
    if len(a) < MIN_BROKEN or not (is_han(a[-1]) or a[-1] in ",，.0123456789"):
        return False
    if a[-1] in ",，" or "。" in a or datelines.DATELINE.match(a[:80]):
        return True
    comma = max(a.rfind(","), a.rfind("，"))
    too_long = not first and len(a) >= (LONG_LINE if in_text else LONG_HEADLINE)
    return comma >= 0 and (too_long or len(a) - comma < MIN_CLAUSE)


def _overlap(line: Line, following: Line) -> int:
    """Return how many characters at the start of a paragraph repeat the end of the one before.

    After the end of a sentence two to four characters count, elsewhere four or more; they must begin in mid-clause,
    because a whole clause may be said twice.
    """
    a, b = line.text, following.text
    if line.torn or line.level or following.level or a == b or a[-1] not in b[:MAX_OVERLAP]:
        return 0
    for length in range(min(MAX_OVERLAP, len(a) - 1, len(b) - 1), 1, -1):
        if not b.startswith(a[-length:]) or not is_han(a[-length - 1]):
            continue
        if a[-1] in "。！？!?":
            return length if length <= 4 else 0
        return length if length >= 4 and not marks.is_headline_like(a) else 0
    return 0


def attach_photographers(lines: Sequence[Line]) -> tuple[list[Line], Repairs]:
    """Join a line that only names a photographer to the caption above it."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and captions.is_photographer(line.text) and _may_be_caption(groups):
            groups[-1].append(replace(line, caption=True))
        else:
            groups.append([line])
    return merge(groups, between=" ")


def _may_be_caption(groups: Sequence[Sequence[Line]]) -> bool:
    """Return whether the last line can be a caption: one sentence, or one of several short lines in a row."""
    text = groups[-1][-1].text
    if captions.is_caption(text) or units(text) > 80:
        return False
    if text[-1] in "。.":
        return sum(text.count(mark) for mark in SENTENCE_END) <= 1
    above = groups[-2][-1].text if len(groups) > 1 else ""
    return marks.is_headline_like(text) and (marks.is_headline_like(above) or captions.is_caption(above))
