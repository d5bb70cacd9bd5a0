"""Give every line of a page its role, by its own words and by the lines around it.

One pass line by line, then corrections. Which article a line belongs to is decided by `qa.corpus.layout`.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa.corpus import bylines, marks, mastheads, metadata, offices, site
from qa.corpus.characters import SENTENCE_END, units
from qa.corpus.lines import Line
from qa.corpus.lists import mark_lists
from qa.corpus.roles import TEXT, Item, Role, role_of

MAX_PLACED_CAPTION = 40
LONG_PARAGRAPH = 60
"""Chinese characters: captions without a photographer are at most so long, and stand before a paragraph this long."""

TOP = 20
"""Lines at the top of a page among which a masthead is looked for."""

MAX_SIGNED_RUN = 3
"""More offices and names in a row are a list of people."""

MAX_LINK = 40
"""Chinese characters of a link to another article."""

_BESIDE_HEADLINE = (Role.CAPTION, Role.META, Role.PREFACE, Role.FURNITURE)


def classify(lines: Sequence[Line]) -> list[Item]:
    """Return the lines with their roles."""
    items = [Item(line, role_of(line)) for line in lines]
    _mastheads(items)
    _links(items)
    _dashed_subtitles(items)
    mark_lists(items)
    _signatures(items)
    _closing_lines(items)
    _dates_inside(items)
    _placed_captions(items)
    _footer(items)
    return items


def _become(items: list[Item], at: int, role: Role) -> None:
    items[at] = replace(items[at], role=role)


def _mastheads(items: list[Item]) -> None:
    """Read what stands over the whole page; further down, where another page begins, it is furniture."""
    top = next((at for at, item in enumerate(items[:TOP]) if item.role in TEXT), min(TOP, len(items)))
    headlines = [at for at in range(top) if items[at].role is Role.HEADLINE]
    dated = any(mastheads.read(item.text) is not None for item in items[: headlines[-1] if headlines else 0])
    papered = False
    for at, item in enumerate(items):
        if item.role not in (Role.HEADLINE, Role.META, Role.EDITOR, Role.BODY, Role.FURNITURE):
            continue
        if at < top:
            named = at < headlines[-1] if headlines else False
            found = mastheads.read(item.text, dated=dated)
            name = None
            if named and not papered:
                name = mastheads.paper_name(item.text, dated=dated)
                alone = at == headlines[0] and mastheads.unknown_name(item.text)
                name = name or (item.text if alone and mastheads.is_full(items[at + 1].text) else None)
            if found or name:
                papered = papered or name is not None or (found is not None and found[0].source is not None)
                _become(items, at, Role.META)
        elif item.role is not Role.BODY and at > 0 and items[at - 1].role is not Role.HEADLINE:
            found = mastheads.read(item.text)
            if found and found[0].source and metadata.read_line(item.text) is None:
                _become(items, at, Role.FURNITURE)


def _links(items: list[Item]) -> None:
    """Take the titles of other articles, listed under `相关阅读` and the like, for furniture."""
    inside = False
    for at, item in enumerate(items):
        if item.role is Role.FURNITURE:
            inside = site.is_related(item.text) or (inside and not site.ends_page(item.text))
            continue
        if not inside:
            continue
        below = items[at + 1] if at + 1 < len(items) else None
        more = below is None or below.role in (Role.HEADLINE, Role.FURNITURE) or _is_listed_link(below)
        inside = _is_link(item) and (more or _is_listed_link(item))
        if inside:
            _become(items, at, Role.FURNITURE)


def _is_link(item: Item) -> bool:
    short = item.role in (Role.HEADLINE, Role.BODY, Role.META) and units(item.text) <= MAX_LINK
    return short and "。" not in item.text


def _is_listed_link(item: Item) -> bool:
    return _is_link(item) and marks.LIST_ITEM.match(item.text) is not None


def _signatures(items: list[Item]) -> None:
    """An office and a name make a by-line under a headline only; a name alone, only between a headline and text."""
    for at, item in enumerate(items):
        if item.role is Role.BYLINE and bylines.is_marked_name(item.text) and not _is_under_headline(items, at):
            _become(items, at, Role.BODY)
        if item.role is not Role.OFFICE or (at > 0 and items[at - 1].role is Role.OFFICE):
            continue
        if bylines.name_alone(item.text):
            _name_and_office(items, at)
        end = at + 1
        while end < len(items) and items[end].role is Role.OFFICE:
            end += 1
        run = end - at
        if (
            run <= MAX_SIGNED_RUN
            and _is_under_headline(items, at)
            and (run > 1 or not bylines.name_alone(item.text) or _is_over_text(items, at))
        ):
            continue
        for index in range(at, end):
            headline = run <= MAX_SIGNED_RUN and marks.is_headline_like(items[index].text)
            _become(items, index, Role.HEADLINE if headline else Role.BODY)


def _name_and_office(items: list[Item], at: int) -> None:
    """Take an office on a line of its own, above a name or below it, for part of the signature."""
    if at >= 2 and _is_office(items[at - 1]) and items[at - 2].role is Role.HEADLINE and _is_over_text(items, at):
        _become(items, at - 1, Role.OFFICE)
    elif at + 1 < len(items) and _is_office(items[at + 1]) and _is_over_text(items, at + 1):
        _become(items, at + 1, Role.OFFICE)


def _is_office(item: Item) -> bool:
    return item.role is Role.HEADLINE and offices.office_alone(item.text)


def _is_under_headline(items: Sequence[Item], at: int) -> bool:
    above = at - 1
    while above >= 0 and items[above].role in (*_BESIDE_HEADLINE, Role.OFFICE, Role.BYLINE):
        above -= 1
    return above >= 0 and items[above].role is Role.HEADLINE


def _is_over_text(items: Sequence[Item], at: int) -> bool:
    below = at + 1
    while below < len(items) and items[below].role in _BESIDE_HEADLINE:
        below += 1
    return below < len(items) and items[below].role in TEXT


def _closing_lines(items: list[Item]) -> None:
    """A name in brackets or behind a dash, under a text, signs it."""
    for at in range(1, len(items)):
        item = items[at]
        if item.role not in (Role.HEADLINE, Role.BODY, Role.OFFICE) or bylines.closing_line(item.text) is None:
            continue
        above = at - 1
        while above > 0 and items[above].role is Role.CAPTION:
            above -= 1
        below = items[at + 1] if at + 1 < len(items) else None
        if items[above].role in TEXT and (below is None or bylines.closing_line(below.text) is None):
            _become(items, at, Role.BYLINE)


def _dashed_subtitles(items: list[Item]) -> None:
    """A short line that starts with a dash is a subtitle under a headline, when it is not the first of a list."""
    for at in range(1, len(items)):
        above, item = items[at - 1], items[at]
        below = items[at + 1].text if at + 1 < len(items) else ""
        listed = marks.SUBTITLE_START.match(below) is not None
        if above.role is Role.HEADLINE and item.role is Role.BODY and marks.is_subtitle_like(item.text) and not listed:
            items[at] = replace(item, role=Role.HEADLINE)


def _dates_inside(items: list[Item]) -> None:
    """A date between two paragraphs, as in a diary, heads what follows; metadata stands above or below the text."""
    text_above = False
    for at, item in enumerate(items):
        if item.role is Role.META and text_above and at + 1 < len(items) and items[at + 1].role is Role.BODY:
            fields = metadata.read_line(item.text)
            if fields is not None and not fields.source and not fields.author:
                items[at] = replace(item, role=Role.HEADLINE)
        text_above = item.role in TEXT or (text_above and item.role is not Role.HEADLINE)


def _placed_captions(items: list[Item]) -> None:
    """Take single short sentences between the title's metadata and the first long paragraph for captions."""
    shares: list[float] = []
    for at, item in enumerate(items):
        if item.role is not Role.META:
            continue
        end = at + 1
        while end < len(items) and items[end].role is Role.BODY and _is_one_short_sentence(items[end].text):
            end += 1
        if end - at <= 2 or end >= len(items) or units(items[end].text) < LONG_PARAGRAPH:
            continue
        shares = shares or _short_paragraphs(items)
        if items[end].role not in TEXT or shares[end] > 0.2:
            continue
        for index in range(at + 1, end):
            items[index] = Item(replace(items[index].line, caption=True), Role.CAPTION)
        return


def _short_paragraphs(items: Sequence[Item]) -> list[float]:
    """Return, for each line, the share of the paragraphs from there on that are single short sentences."""
    shares = []
    body = short = 0
    for item in reversed(items):
        if item.role in TEXT:
            body += 1
            short += _is_one_short_sentence(item.text)
        shares.append(short / max(1, body))
    return shares[::-1]


def _is_one_short_sentence(text: str) -> bool:
    ends = sum(text.count(mark) for mark in SENTENCE_END)
    return text[-1] in "。." and ends <= 1 and units(text) <= MAX_PLACED_CAPTION and text[0] not in "“「—"


def _footer(items: list[Item]) -> None:
    """Take short lines after the last editor or copyright line for furniture, when no text follows."""
    for at in range(len(items) - 1, -1, -1):
        if items[at].role in (Role.EDITOR, Role.FURNITURE):
            break
        if items[at].role not in (Role.HEADLINE, Role.META, Role.RULE):
            return
    else:
        return
    if not any(item.role in TEXT for item in items[:at]):
        return
    for index in range(at + 1, len(items)):
        if items[index].role is not Role.META:
            items[index] = replace(items[index], role=Role.FURNITURE)
