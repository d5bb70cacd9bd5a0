"""Cut a repaired page into articles, and give each its title, by-line, date and blocks.

Newspaper pages, web pages, Markdown and plain text go the same way: find where articles start, find the headline of
each, then sort what lies between. Cutting blocks into passages is the business of `qa.corpus.passages`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from qa.corpus import align, headlines, marks, metadata
from qa.corpus.characters import units
from qa.corpus.place import find_place
from qa.corpus.repair import Repaired
from qa.corpus.roles import MAX_SECTION_HEADING, TEXT, Item, Role, classify
from qa.types import AlignedText, Article, Block, BlockKind, Document

ORPHAN_SHARE = 0.5
"""Share of character pairs from which a stray headline is given to a body that has none."""

ORPHAN_LEAD = 0.2
BELOW_BONUS = 0.1
"""A headline stands over its body more often than under it."""

_NEAR = 8
"""Stray headlines are looked for this many articles away."""


@dataclass
class Draft:
    """An article under construction; positions are indexes of the page's items."""

    start: int
    end: int
    head: list[int] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)


def segment(document: Document, repaired: Repaired) -> tuple[Article, ...]:
    """Return the articles of a document in order of first appearance; none when it holds no text."""
    items = classify(repaired.lines)
    if not any(item.role is not Role.FURNITURE and item.role is not Role.RULE for item in items):
        return ()
    given = dict(repaired.metadata)
    if document.media_type == "text/markdown":
        drafts = _markdown_drafts(items, given)
    else:
        drafts = _drafts(items)
    return tuple(
        _article(document, items, draft, number, drafts, given) for number, draft in enumerate(drafts, start=1)
    )


def _drafts(items: Sequence[Item]) -> list[Draft]:
    """Return where the articles of a page lie and which headlines are theirs."""
    starts = _starts(items)
    drafts = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(items)
        drafts.append(Draft(start, end))
    _assign_headlines(items, drafts)
    return drafts


def _starts(items: Sequence[Item]) -> list[int]:
    """Return the index of the first line of every article's region: the headlines above count to it."""
    anchors: list[int] = []
    previous_text = -1
    for at, item in enumerate(items):
        if _is_anchor(items, at) and (not anchors or any(i.role in TEXT for i in items[anchors[-1] : at])):
            anchors.append(at)
    starts = []
    for anchor in anchors:
        start = _head_start(items, anchor)
        starts.append(start if not starts else max(start, starts[-1]))
    del previous_text
    if not starts:
        return [0]
    if starts[0] > 0 and any(item.role in TEXT for item in items[: starts[0]]):
        starts.insert(0, 0)
    else:
        starts[0] = 0
    return starts


def _is_anchor(items: Sequence[Item], at: int) -> bool:
    """Return whether an article's text surely starts at this line."""
    item = items[at]
    if item.role is Role.DATELINE:
        return True
    before = items[at - 1].role if at else None
    if item.role in (Role.OFFICE, Role.BYLINE, Role.META):
        return before is Role.HEADLINE and _next_is_text(items, at)
    if item.role is Role.HEADLINE and before in (Role.BYLINE, Role.EDITOR, Role.RULE):
        return _next_is_text(items, at) and (before is not Role.BYLINE or _text_before(items, at - 1))
    return False


def _text_before(items: Sequence[Item], at: int) -> bool:
    """Return whether the line stands under text, captions put aside, and so ends an article."""
    while at > 0 and items[at - 1].role in (Role.CAPTION, Role.BYLINE, Role.EDITOR):
        at -= 1
    return at > 0 and items[at - 1].role in TEXT


def _next_is_text(items: Sequence[Item], at: int) -> bool:
    for item in items[at + 1 :]:
        if item.role in TEXT:
            return True
        if item.role is Role.HEADLINE and items[at].role is not Role.HEADLINE:
            return False
    return False


def _head_start(items: Sequence[Item], anchor: int) -> int:
    """Return the first of the lines above an article's text that are not text, by-lines or end matter."""
    start = anchor
    while start > 0 and items[start - 1].role in (Role.HEADLINE, Role.META, Role.CAPTION, Role.OFFICE, Role.FURNITURE):
        start -= 1
    # Captions and metadata before the first headline belong to the article above.
    first = next((at for at in range(start, anchor) if items[at].role is Role.HEADLINE), start)
    if start > 0 and items[start - 1].role in TEXT:
        start = first
    return start


def _assign_headlines(items: Sequence[Item], drafts: list[Draft]) -> None:
    """Give every headline line to an article: those above the text by default, strays by what they say."""
    bodies = _bodies(items, drafts) if len(drafts) > 1 else []
    stray: list[tuple[int, int]] = []
    for number, draft in enumerate(drafts):
        first_text = next((at for at in range(draft.start, draft.end) if items[at].role in TEXT), draft.end)
        for at in range(draft.start, draft.end):
            if items[at].role is not Role.HEADLINE:
                continue
            if at < first_text:
                owner = _owner(items[at].text, number, bodies)
                (drafts[owner].head if owner == number else drafts[owner].strays).append(at)
            else:
                stray.append((at, number))
    for at, number in stray:
        owner = _lacking_owner(items[at].text, number, drafts, bodies)
        if owner is not None:
            drafts[owner].strays.append(at)


def _bodies(items: Sequence[Item], drafts: Sequence[Draft]) -> list[frozenset[str]]:
    return [
        headlines.pairs("\n".join(item.text for item in items[draft.start : draft.end] if item.role in TEXT))
        for draft in drafts
    ]


def _owner(text: str, number: int, bodies: Sequence[frozenset[str]]) -> int:
    """Return which article a headline above article `number` belongs to: this one or the one before it."""
    if number == 0 or not bodies:
        return number
    own = headlines.share(text, bodies[number]) + BELOW_BONUS
    return number - 1 if headlines.share(text, bodies[number - 1]) > own else number


def _lacking_owner(text: str, number: int, drafts: Sequence[Draft], bodies: Sequence[frozenset[str]]) -> int | None:
    """Return the article without a headline that a line inside another article is the headline of, or None."""
    best = None
    best_share = ORPHAN_SHARE
    for other in range(max(0, number - _NEAR), min(len(drafts), number + _NEAR + 1)):
        if drafts[other].head or drafts[other].strays or not bodies:
            continue
        found = headlines.share(text, bodies[other])
        lead = 0.0 if other == number else ORPHAN_LEAD + headlines.share(text, bodies[number])
        if found >= best_share and found >= lead:
            best, best_share = other, found
    return best


def _markdown_drafts(items: Sequence[Item], given: dict[str, str]) -> list[Draft]:
    """Return the articles of a Markdown document: one for each heading of level 1, or one in all."""
    tops = [at for at, item in enumerate(items) if item.line.level == 1]
    headings = [at for at, item in enumerate(items) if item.line.level]
    if len(tops) > 1:
        bounds = [0, *tops[1:], len(items)]
        return [Draft(bounds[at], bounds[at + 1], head=[top]) for at, top in enumerate(tops)]
    draft = Draft(0, len(items))
    if tops:
        draft.head = tops
    elif len(headings) == 1 and "title" not in given:
        draft.head = headings
    elif not headings and "title" not in given and items[0].role is Role.HEADLINE and len(items) > 1:
        draft.head = [0]
    return [draft]


def _article(
    document: Document, items: Sequence[Item], draft: Draft, number: int, drafts: Sequence[Draft], given: dict[str, str]
) -> Article:
    own = items[draft.start : draft.end]
    body_text = "\n".join(item.text for item in own if item.role in TEXT)
    markdown = document.media_type == "text/markdown"
    head = sorted({*draft.head, *draft.strays})
    heading = headlines.choose(
        [items[at].line.content for at in head],
        headlines.pairs(body_text),
        page_top=draft.start == 0 and not markdown,
        last_first=not markdown and (len(drafts) > 1 or any(item.role is Role.DATELINE for item in own)),
    )
    taken = {at for other in drafts for at in (*other.head, *other.strays)}
    title = heading.title.text if heading.title else given.get("title") or PurePosixPath(document.id).stem
    fields = _fields(items, draft, given if number == 1 else {})
    title_at = head[heading.last_line] if heading.title else -1
    subtitle = heading.subtitle or (given.get("subtitle") if number == 1 else None)
    publisher, date = fields.source, fields.date
    return Article(
        id=f"{document.id}#{number}",
        document_id=document.id,
        title=title,
        subtitle=subtitle,
        byline=fields.author,
        publisher=publisher,
        date=date,
        date_iso=metadata.iso_date(date),
        place=find_place(f"{title} {subtitle or ''}", publisher, body_text),
        column=" / ".join(_labels(items, drafts, heading)) or None,
        blocks=tuple(_blocks(items, draft, taken, title_at, heading.title)),
        title_span=align.raw_span(heading.title, 0, len(heading.title.text)) if heading.title else None,
    )


def _labels(items: Sequence[Item], drafts: Sequence[Draft], heading: headlines.Heading) -> tuple[str, ...]:
    """Return the page's column labels: those above the first article count for all."""
    if heading.labels or len(drafts) == 1:
        return heading.labels
    first = drafts[0]
    body = headlines.pairs("\n".join(item.text for item in items[first.start : first.end] if item.role in TEXT))
    above = [items[at].line.content for at in sorted({*first.head, *first.strays})]
    return headlines.choose(above, body, page_top=True, last_first=True).labels


def _fields(items: Sequence[Item], draft: Draft, given: dict[str, str]) -> metadata.Fields:
    """Return publisher, by-line and date from the article's own lines and the file's front matter."""
    source, date = given.get("source"), given.get("date")
    authors = [given["author"]] if "author" in given else []
    for item in items[draft.start : draft.end]:
        found = None
        if item.role is Role.META:
            found = metadata.read_line(item.text)
        elif item.role is Role.DATELINE:
            found = metadata.dateline_fields(item.text)
        elif item.role is Role.OFFICE:
            found = metadata.Fields(author=item.text)
        elif item.role is Role.BYLINE:
            found = metadata.Fields(author=marks.byline(item.text))
        if found is None:
            continue
        source, date = source or found.source, date or found.date
        if found.author and found.author not in authors:
            authors.append(found.author)
    return metadata.Fields(source, " ".join(authors) or None, date)


def _blocks(
    items: Sequence[Item], draft: Draft, taken: set[int], title_at: int, title: AlignedText | None
) -> list[Block]:
    blocks = []
    for at in range(draft.start, draft.end):
        item = items[at]
        content = item.line.content
        if at in taken or item.role in (Role.META, Role.FURNITURE, Role.RULE):
            continue
        if item.role is Role.CAPTION:
            kind = BlockKind.CAPTION
        elif item.role in (Role.BYLINE, Role.OFFICE, Role.EDITOR):
            kind = BlockKind.BYLINE
            if title is not None and at == title_at + 1:
                content = align.join((title, content), "\n")
        elif item.role is Role.HEADLINE and _heads_text(items, at, draft.end, taken):
            kind = BlockKind.HEADING
        else:
            kind = BlockKind.BODY
        blocks.append(Block(kind, content))
    return blocks


def _heads_text(items: Sequence[Item], at: int, end: int, taken: set[int]) -> bool:
    """Return whether a short line inside an article stands over text."""
    if not items[at].line.level and units(items[at].text) > MAX_SECTION_HEADING:
        return False
    for index in range(at + 1, end):
        if items[index].role in TEXT:
            return True
        if index in taken or items[index].role not in (Role.HEADLINE, Role.CAPTION):
            return False
    return False
