"""Tell lists from headings: runs of short lines, entries with a label, rows of figures, items with a mark.

Works on lines that have a role already, and only takes the role of a headline or caption away.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from qa.corpus import headlines, marks
from qa.corpus.characters import units
from qa.corpus.roles import TEXT, Item, Role
from qa.corpus.series import series

LIST_RUN = 4
"""So many short lines in a row, inside the text, are a list and not headings."""

TOP_RUN = 9
"""So many short lines in a row at the top are a list under a headline."""

ENTRY_RUN = 2
"""So many entries in a row are a list: a title with a colon seldom has a neighbour with one."""

MAX_ENTRY = 40
"""Chinese characters."""

MAX_MARKED_HEADING = 24
"""Characters, with the mark."""

_PUNCTUATION = re.compile(r"[。,，;；:：!！]|\. ")
_ENTRY = re.compile(r"[^:：。，,!?！？“”]{1,14}[:：]\s*\S")
_STEP = re.compile(r"(?:第?[一二三四五六七八九十\d]{1,2}[步招点项类条]|[一-鿿]{1,4}[一二三四五六七八九十\d]{1,2})[:：]")
_ROW = re.compile(r"\S+(?:[ 　\t]+\S+){2,}")
_CELL_WITH_FIGURE = re.compile(r"[-+￥¥$£€]?\d")
_PICTURE_MARK = "▲▼△▽"
_SIGNED = (Role.DATELINE, Role.BYLINE, Role.OFFICE)


def mark_lists(items: list[Item]) -> None:
    """Make body text of lists that were taken for headings or captions."""
    headings = _series(items)
    _entries(items, headings)
    _runs(items, headings)
    _marked_items(items)
    _marked_headings(items)


def _series(items: list[Item]) -> frozenset[int]:
    """Make headings, or list items, of what belongs to a series; return the headings."""
    headings: set[int] = set()
    text_above = next((at for at, item in enumerate(items) if item.role in TEXT), len(items))
    for members, head in series(items):
        role = Role.HEADLINE if head else Role.BODY
        if head or members[0] > text_above:
            for at in members:
                items[at] = replace(items[at], role=role)
        if head:
            headings.update(members)
    return frozenset(headings)


def is_entry(text: str) -> bool:
    """Return whether a line is one entry of a list: a label, a colon and something short, or a row of figures."""
    if _ENTRY.match(text):
        return units(text) <= MAX_ENTRY and "。" not in text and text[-1] not in "?？" and not marks.SPEAKER.match(text)
    return _ROW.fullmatch(text) is not None and _has_figures(text)


def _has_figures(text: str) -> bool:
    cells = text.split()
    return 2 * sum(1 for cell in cells if _CELL_WITH_FIGURE.match(cell)) >= len(cells)


def _entries(items: list[Item], headings: Container[int]) -> None:
    """Take neighbouring entries for a list; the last one is the next article's title when it is signed."""
    start = 0
    while start < len(items):
        end = start
        while end < len(items) and end not in headings and _may_be_entry(items[end]):
            end += 1
        if end > start:
            first = _with_head_of_table(items, start)
            start = first if first < start else start + _is_odd_first(items, start, end)
            stop = end - 1 if _is_title(items, start, end) else end
            if stop - start >= ENTRY_RUN:
                for at in range(start, stop):
                    items[at] = replace(items[at], role=Role.BODY)
        start = max(end, start + 1)


def _is_odd_first(items: Sequence[Item], start: int, end: int) -> bool:
    """Return whether the first of these lines heads the others: it alone has no figure or colon, or it stands apart."""
    if end - start < 2 or items[start].role is not Role.HEADLINE:
        return False
    if start > 0 and items[start - 1].text[-1] in ":：,，、":
        return False
    first, others = items[start], items[start + 1 : end]
    if _STEP.match(first.text) and not any(_STEP.match(other.text) for other in others):
        return True
    for has in (_has_figure, _has_colon) if len(others) > 1 else ():
        if not has(first.text) and all(has(other.text) for other in others):
            return True
    return first.line.blank_before > max(other.line.blank_before for other in others)


def _introduces(items: Sequence[Item], start: int, end: int) -> bool:
    """Return whether the first line of a list heads it: nothing else does, when the text above ends in a full stop."""
    above = items[start - 1]
    return _is_odd_first(items, start, end) or (above.role in TEXT and above.text[-1] in "。.”")


def _heads_text(items: Sequence[Item], end: int) -> bool:
    """Return whether the last line of a list heads the paragraph below: it says what that says, and no other does."""
    if end == len(items) or items[end].role not in TEXT:
        return False
    below = headlines.body_of([items[end].text])
    fits, other = (headlines.share(items[at].text, below) for at in (end - 1, end - 2))
    return fits >= headlines.WEAK_SHARE > 2 * other


def _heads_list(items: Sequence[Item], end: int) -> bool:
    """Return whether another list follows: its items are marked, labelled or spoken, and need their own heading."""
    if end == len(items) or items[end].role is not Role.BODY:
        return False
    below = items[end].text
    return marks.is_listed(below) or is_entry(below) or marks.SPEAKER.match(below) is not None


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _with_head_of_table(items: Sequence[Item], start: int) -> int:
    """Return where the rows start, the line over their columns included."""
    above = items[start - 1] if start > 0 else None
    cells = len(items[start].text.split())
    row = _ROW.fullmatch(items[start].text) is not None and _has_figures(items[start].text)
    if row and above is not None and above.role is Role.HEADLINE and len(above.text.split()) == cells:
        return start - 1
    return start


def _may_be_entry(item: Item) -> bool:
    return item.role in (Role.HEADLINE, Role.BODY) and not item.line.level and is_entry(item.text)


def _is_title(items: Sequence[Item], start: int, end: int) -> bool:
    """Return whether the last line of a run of entries heads what follows: signed, or unlike the other entries."""
    last = items[end - 1]
    if last.role is not Role.HEADLINE or end - start < 2 or end == len(items):
        return False
    if items[end].role in (*_SIGNED, Role.META):
        return True
    figures = [_has_figure(items[at].text) for at in range(start, end)]
    odd = last.text[-1] in "?？!！" or (all(figures[:-1]) and not figures[-1])
    return odd and items[end].role in TEXT


def _runs(items: list[Item], headings: Container[int]) -> None:
    """Take a long run of short lines for a list, not for headings; at the top, its first line may be the headline."""
    start = 0
    seen_text = False
    while start < len(items):
        if items[start].role is not Role.HEADLINE or items[start].line.level or start in headings:
            seen_text = seen_text or items[start].role in TEXT
            start += 1
            continue
        end = start
        while end < len(items) and items[end].role is Role.HEADLINE and not items[end].line.level:
            if end in headings:
                break
            end += 1
        signed = end < len(items) and items[end].role in _SIGNED
        if signed and end - start > LIST_RUN and start > 0 and items[start - 1].role in _SIGNED:
            # A poem, or a list, by somebody; the last line is the title of what somebody else signed.
            for at in range(start, end - 1):
                items[at] = replace(items[at], role=Role.BODY)
        elif start > 0 and start - 1 in headings and (end in headings or end == len(items)):
            for at in range(start, end):  # all that a section holds
                items[at] = replace(items[at], role=Role.BODY)
        elif end - start >= (LIST_RUN if seen_text else TOP_RUN) and not signed:
            last = end - (_heads_text(items, end) or _heads_list(items, end))
            headed = start > 0 and start - 1 in headings
            for at in range(start + (not headed and (not seen_text or _introduces(items, start, end))), last):
                items[at] = replace(items[at], role=Role.BODY)
        start = end


def _marked_items(items: list[Item]) -> None:
    """Take items behind triangles for text when they stand under a headline and nothing else does."""
    start = 0
    while start < len(items):
        end = start
        while end < len(items) and items[end].role is Role.CAPTION and items[end].text[0] in _PICTURE_MARK:
            end += 1
        headed = start > 0 and items[start - 1].role is Role.HEADLINE
        if end - start >= 2 and headed and (end == len(items) or items[end].role not in TEXT):
            for at in range(start, end):
                items[at] = replace(items[at], role=Role.BODY)
        start = max(end, start + 1)


def _marked_headings(items: list[Item]) -> None:
    """Take a short item of a list for a heading when a paragraph stands under it, and no other item beside it."""
    marked = ""
    for at in range(1, len(items) - 1):
        text, below = items[at].text, items[at + 1]
        if items[at].role is not Role.BODY or not _is_short_item(text) or _PUNCTUATION.search(text[2:]):
            continue
        if _is_sibling(text, items[at - 1].text) or _is_sibling(text, below.text) or below.role not in TEXT:
            continue
        if text[0] in marked or (below.text[-1] in "。.”!！?？" and units(below.text) > units(text)):
            items[at] = replace(items[at], role=Role.HEADLINE)
            marked += text[0]


def _is_sibling(text: str, other: str) -> bool:
    """Return whether another short item is of the same list: with the same mark, or a number as well."""
    return _is_short_item(other) and (text[0] == other[0] or (text[0].isalnum() and other[0].isalnum()))


def _is_short_item(text: str) -> bool:
    return len(text) <= MAX_MARKED_HEADING and marks.is_listed(text)
