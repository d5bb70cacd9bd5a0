"""Find where the articles of a page start and which headline lines are whose.

Works on classified lines. Titles, by-lines and blocks are made from the result by `qa.corpus.segment`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from qa.corpus import boundaries, bylines, headlines, marks
from qa.corpus.boundaries import Gap
from qa.corpus.headlines import Body
from qa.corpus.roles import TEXT, Item, Role

STRAY_SHARE = 0.5
"""Share of character pairs from which a stray headline is given to an article that has none."""

STRAY_LEAD = 0.2
"""By so much it must fit there better than where it stands."""

BELOW_BONUS = 0.1
"""A headline stands over its text more often than under it."""

NEAR = 8
"""Stray headlines are looked for this many articles away."""

_SIGNATURES = (Role.OFFICE, Role.BYLINE, Role.META)
MIN_SIGNED = 3
"""Articles signed with an office that make a page of opinions."""

MAX_HEAD = 12
"""Lines above a text that can be headlines; before them comes a list."""


@dataclass(slots=True)
class Draft:
    """An article under construction; all numbers are indexes of the page's items.

    Attributes:
        start, end: Half-open range of the lines that are its own, headlines that stand elsewhere aside.
        head: Its headline lines, wherever they stand, in order of the page.
        body: What its text says, for comparison with headlines; None while there is nothing to compare.
    """

    start: int
    end: int
    head: list[int] = field(default_factory=list)
    body: Body | None = None


def page_drafts(items: Sequence[Item]) -> list[Draft]:
    """Return the articles of a page without heading levels."""
    starts = _starts(items)
    drafts = [Draft(start, end) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]
    inside: list[tuple[int, int]] = []
    for number, draft in enumerate(drafts):
        first_text = next((at for at in range(draft.start, draft.end) if items[at].role in TEXT), draft.end)
        for at in range(draft.start, draft.end):
            if items[at].role is Role.HEADLINE:
                if at < first_text and not (draft.head and marks.is_listed(items[at].text)):
                    draft.head.append(at)
                else:
                    inside.append((at, number))
        draft.head = draft.head[-MAX_HEAD:] if first_text < draft.end else draft.head[:1]
    if len(drafts) > 1 or (inside and not drafts[0].head):
        for draft in drafts:
            draft.body = headlines.body_of([items[at].text for at in text_lines(items, draft)])
        _move_up(items, drafts)
        _give_strays(items, drafts, inside)
    return drafts


def marked_drafts(items: Sequence[Item], *, titled: bool) -> list[Draft]:
    """Return the articles of a Markdown document: one for each heading of level 1, or one in all.

    Args:
        items: All lines; at least one.
        titled: The front matter gives a title.
    """
    headings = [at for at, item in enumerate(items) if item.line.level]
    tops = [at for at in headings if items[at].line.level == 1]
    if len(tops) > 1:
        bounds = [0, *tops[1:], len(items)]
        return [Draft(bounds[number], bounds[number + 1], head=[top]) for number, top in enumerate(tops)]
    draft = Draft(0, len(items))
    if tops:
        draft.head = tops
    elif not titled and len(headings) == 1:
        draft.head = headings
    elif not titled and not headings and items[0].role is Role.HEADLINE and len(items) > 1:
        draft.head = [0]
    return [draft]


def banners(items: Sequence[Item], drafts: Sequence[Draft]) -> dict[int, frozenset[int]]:
    """Return, by number of the draft, which of its headline lines, from 0, stand over a page of signed opinions.

    The others have as many lines as an article has on this page. The first has those of the page besides, and perhaps
    one more, for the text of a page may come in any order. Where reporters signed as well, the line must have nothing
    to do with the article below it. No lines on other pages.
    """
    signed = sum(_is_opinion(items, draft) for draft in drafts)
    if signed < MIN_SIGNED or 2 * signed < len(drafts):
        return {}
    heads = [[at for at in sorted(draft.head) if not _is_dashed(items[at])] for draft in drafts]
    usual = max(1, median_low(map(len, heads)))
    richer = [number for number, head in enumerate(heads) if len(head) > usual]
    if len(richer) - (richer[:1] == [0]) > 1:
        return {}
    found = {}
    for number in richer:
        draft, head = drafts[number], heads[number]
        first_text = next((at for at in range(draft.start, draft.end) if items[at].role in TEXT), draft.end)
        own = [at for at in head if at < first_text][-usual:]
        others = [at for at in head if at not in own]
        if signed >= len(drafts) - 1 or all(_is_weak(items[at].text, draft) for at in others):
            found[number] = frozenset(sorted(draft.head).index(at) for at in others)
    return found


def _is_weak(text: str, draft: Draft) -> bool:
    return draft.body is not None and headlines.share(text, draft.body) < headlines.WEAK_SHARE


def _is_dashed(item: Item) -> bool:
    return marks.SUBTITLE_START.match(item.text) is not None


def _is_opinion(items: Sequence[Item], draft: Draft) -> bool:
    """Return whether an article is signed, above its text or behind it, and not by a reporter."""
    own = items[draft.start : draft.end]
    if any(item.role is Role.DATELINE for item in own):
        return False
    signatures = [item.text for item in own if item.role in (Role.OFFICE, Role.BYLINE)]
    text = text_lines(items, draft)
    closing = bylines.closing_byline(items[text[-1]].text) if text else None
    signatures += [closing] if closing else []
    return not all(map(bylines.is_reporter, signatures))


def text_lines(items: Sequence[Item], draft: Draft) -> list[int]:
    """Return the lines of an article that are running text."""
    return [at for at in range(draft.start, draft.end) if items[at].role in TEXT]


def _starts(items: Sequence[Item]) -> list[int]:
    """Return the first line of every article, headlines above it included; the first is 0."""
    starts = [0]
    gaps: list[Gap] = []
    texts = [at for at, item in enumerate(items) if item.role in TEXT]
    for above, below in pairwise(texts):
        if below == above + 1 and items[below].role is not Role.DATELINE:
            continue
        start = boundaries.sure_start(items, above, below)
        heads = tuple(at for at in range(above + 1, below) if items[at].role is Role.HEADLINE)
        if start is not None:
            starts.append(start)
        elif heads:
            gaps.append(Gap(above, below, heads))
    note = _editors_note(items, texts[0] if texts else 0)
    if note and len(starts) + len(gaps) > 1:
        starts.insert(1, note)
    return boundaries.with_titles(items, starts, gaps)


def _editors_note(items: Sequence[Item], first: int) -> int:
    """Return where the first article starts below a note that introduces the whole page, or 0 when there is none."""
    notes = [at for at in range(first) if items[at].role is Role.PREFACE]
    headed = [at for at in range(first) if items[at].role is Role.HEADLINE]
    if not notes or not headed or not headed[0] < notes[-1] < headed[-1]:
        return 0
    return notes[-1] + 1


def _move_up(items: Sequence[Item], drafts: list[Draft]) -> None:
    """Give headline lines that stand under the text they belong to back to the article above."""
    for above, draft in pairwise(drafts):
        if above.body is None or draft.body is None:
            continue
        fixed = _signed_title(items, draft)
        for at in list(draft.head):
            if at >= fixed:
                break
            own = headlines.share(items[at].text, draft.body) + BELOW_BONUS
            fits = headlines.share(items[at].text, above.body)
            if fits > own and (len(draft.head) > 1 or fits >= STRAY_SHARE > 2 * own):
                draft.head.remove(at)
                above.head.append(at)


def _signed_title(items: Sequence[Item], draft: Draft) -> int:
    """Return the line from which the headlines of an article are its own, for they are signed; its end for none."""
    last = draft.head[-1] if draft.head else draft.end
    if last + 1 >= len(items) or items[last + 1].role not in _SIGNATURES:
        return draft.end
    return next((at for at in reversed(draft.head) if not _is_dashed(items[at])), last)


def _give_strays(items: Sequence[Item], drafts: list[Draft], inside: Sequence[tuple[int, int]]) -> None:
    """Give articles without a headline the line elsewhere that says what they say, with its kicker, if there is one."""
    spare = [(at, number) for number, draft in enumerate(drafts) if len(draft.head) > 1 for at in draft.head]
    owners = dict([*inside, *spare])
    lines: dict[int, list[int]] = {}
    for at, owner in sorted(owners.items()):
        lines.setdefault(owner, []).append(at)
    for number, draft in enumerate(drafts):
        if draft.head or draft.body is None:
            continue
        near = [at for owner in range(number - NEAR, number + NEAR + 1) for at in lines.get(owner, ()) if at in owners]
        fits = {at: _stray_share(items[at].text, number, owners[at], drafts) for at in near}
        best = max(fits, key=lambda at: (fits[at], -at), default=None)
        if best is None or fits[best] < STRAY_SHARE:
            continue
        beside = [at for at in (best - 1, best + 1) if at in fits and marks.is_kicker(items[at].text)]
        for at in (best, *beside):
            owner = owners.pop(at)
            if at in drafts[owner].head:
                drafts[owner].head.remove(at)
            draft.head.append(at)


def _stray_share(text: str, number: int, owner: int, drafts: Sequence[Draft]) -> float:
    """Return how well a line fits an article that it does not stand in, or 0 when it fits about as well where it is."""
    body, there = drafts[number].body, drafts[owner].body
    found = headlines.share(text, body) if body else 0.0
    if owner == number or there is None:
        return found
    return found if found >= STRAY_LEAD + headlines.share(text, there) else 0.0
