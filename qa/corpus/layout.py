"""Find where the articles of a page start and which headline lines are whose.

Works on classified lines. Titles, by-lines and blocks are made from the result by `qa.corpus.segment`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa.corpus import bylines, headlines, marks
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

_HEAD_ROLES = (Role.HEADLINE, Role.META, Role.CAPTION, Role.OFFICE, Role.FURNITURE, Role.PREFACE)
_LOOK_AHEAD = 20
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
                if at < first_text and not (draft.head and marks.NUMBERED.match(items[at].text)):
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


def text_lines(items: Sequence[Item], draft: Draft) -> list[int]:
    """Return the lines of an article that are running text."""
    return [at for at in range(draft.start, draft.end) if items[at].role in TEXT]


def _starts(items: Sequence[Item]) -> list[int]:
    """Return the first line of every article, headlines above it included; the first is 0."""
    starts: list[int] = []
    text_since = text_before_first = False
    for at, item in enumerate(items):
        if _is_anchor(items, at) and (not starts or text_since):
            start = _head_start(items, at, starts[-1] + 1 if starts else 0)
            if not starts:
                text_before_first = any(items[index].role in TEXT for index in range(start))
            starts.append(start)
            text_since = False
        text_since = text_since or item.role in TEXT
    if not starts or text_before_first:
        return [0, *starts]
    return [0, *starts[1:]]


def _is_anchor(items: Sequence[Item], at: int) -> bool:
    """Return whether an article's text surely begins at this line."""
    role = items[at].role
    above = items[at - 1].role if at else None
    if role is Role.DATELINE:
        return True
    if role in (Role.OFFICE, Role.BYLINE, Role.META):
        return above is Role.HEADLINE and _text_follows(items, at, over=())
    if role is Role.HEADLINE and (above in (Role.EDITOR, Role.RULE) or _ends_article(items, at - 1)):
        return _text_follows(items, at, over=(Role.HEADLINE,))
    return False


def _ends_article(items: Sequence[Item], at: int) -> bool:
    """Return whether a line closes an article: a by-line under text, or text that ends in one."""
    while at > 0 and items[at].role is Role.CAPTION:
        at -= 1
    if at < 1:
        return False
    if items[at].role in TEXT:
        return bylines.closing_byline(items[at].text) is not None
    if items[at].role is not Role.BYLINE:
        return False
    while at > 0 and items[at].role in (Role.CAPTION, Role.BYLINE):
        at -= 1
    return items[at].role in TEXT


def _text_follows(items: Sequence[Item], at: int, *, over: tuple[Role, ...]) -> bool:
    """Return whether text comes next, over lines of these roles and of those that stand between headline and text."""
    between = (Role.OFFICE, Role.BYLINE, Role.META, Role.CAPTION, Role.FURNITURE, Role.PREFACE, *over)
    for index in range(at + 1, min(len(items), at + _LOOK_AHEAD)):
        if items[index].role in TEXT:
            return True
        if items[index].role not in between:
            return False
    return False


def _head_start(items: Sequence[Item], anchor: int, low: int) -> int:
    """Return the first line of an article's head, not above `low`."""
    start = anchor
    while start > low and items[start - 1].role in _HEAD_ROLES:
        start -= 1
    if start > 0 and items[start - 1].role not in (Role.EDITOR, Role.RULE):
        # Under another article's text: its captions and metadata stay with it.
        while start < anchor and items[start].role is not Role.HEADLINE:
            start += 1
    return start


def _move_up(items: Sequence[Item], drafts: list[Draft]) -> None:
    """Give headline lines that stand under the text they belong to back to the article above."""
    for above, draft in pairwise(drafts):
        if above.body is None or draft.body is None:
            continue
        for at in list(draft.head):
            own = headlines.share(items[at].text, draft.body) + BELOW_BONUS
            if headlines.share(items[at].text, above.body) > own:
                draft.head.remove(at)
                above.head.append(at)


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
