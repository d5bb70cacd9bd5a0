"""Find series of headings by what they start with: 一、 二、, 1. 2., 第一步 第二步, ● ●, 【…】 【…】.

The members of a series head sections when other lines stand between them; in a row they are a list. Looks at lines that
have a role already, and says which are members; other headings and lists are told in `qa.corpus.lists`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.corpus import marks
from qa.corpus.dates import number
from qa.corpus.roles import Item, Role

MAX_MEMBER = 26
"""Characters of a member, with its mark."""

FARTHEST = 40
"""Lines from one member to the next: further away another series begins."""

_HAN = "[一二三四五六七八九十]{1,3}"
_STYLES = (
    ("han", re.compile(rf"(?P<number>{_HAN})[、.．]")),
    ("(han)", re.compile(rf"[(（](?P<number>{_HAN})[)）]")),
    ("1.", re.compile(r"(?P<number>\d{1,2})[.．](?!\d)")),
    ("1、", re.compile(r"(?P<number>\d{1,2})、")),
    ("(1)", re.compile(r"[(（]?(?P<number>\d{1,2})[)）]")),
    ("step", re.compile(rf"第(?P<number>{_HAN}|\d{{1,2}})[步招类项点]")),
    ("label", re.compile(rf"(?P<label>[一-鿿]{{1,4}}?)(?P<number>{_HAN}|\d{{1,2}})[:：]")),
    ("mark", re.compile(r"(?P<label>[●■◆◇○◎★☆▶►□])")),
    ("brackets", re.compile(r"[【〔][^】〕]{2,16}[】〕]$")),
)
_END = re.compile(r"[。;；,，:：!！]$|。|\. ")


@dataclass(frozen=True, slots=True)
class _Member:
    """A line that may belong to a series.

    Attributes:
        at: Its index.
        style: What it starts with.
        number: In the series, from 1; 0 where members are not numbered.
    """

    at: int
    style: str
    number: int


def series(items: Sequence[Item]) -> Iterator[tuple[list[int], bool]]:
    """Yield the members of each series, at least two, and whether they are headings rather than a list."""
    open_ones: dict[str, list[_Member]] = {}
    for at, item in enumerate(items):
        member = _member(at, item)
        if member is None:
            continue
        run = open_ones.get(member.style)
        if run and _goes_on(run[-1], member):
            run.append(member)
            continue
        if run:
            yield from _found(items, run)
        open_ones[member.style] = [member]
    for run in open_ones.values():
        yield from _found(items, run)


def _member(at: int, item: Item) -> _Member | None:
    text = item.text
    if item.role not in (Role.HEADLINE, Role.BODY, Role.CAPTION) or item.line.level or len(text) > MAX_MEMBER:
        return None
    if _END.search(text) or marks.SPEAKER.match(text):
        return None
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found and found.end() < len(text) + (style == "brackets"):
            groups = found.groupdict()
            printed = groups.get("number")
            return _Member(at, style + (groups.get("label") or ""), number(printed) if printed else 0)
    return None


def _goes_on(last: _Member, following: _Member) -> bool:
    if following.at - last.at > FARTHEST:
        return False
    return following.number == 0 or following.number == last.number + 1


def _found(items: Sequence[Item], run: Sequence[_Member]) -> Iterator[tuple[list[int], bool]]:
    if len(run) < 2 or run[0].number > 1:
        return
    apart = sum(1 for first, second in pairwise(run) if second.at > first.at + 1)
    last = run[-1].at
    followed = last + 1 < len(items) and items[last + 1].role in (Role.HEADLINE, Role.BODY, Role.CAPTION, Role.DATELINE)
    yield [member.at for member in run], followed and apart == len(run) - 1
