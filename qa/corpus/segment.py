"""Cut a repaired page into articles, and give each its title, by-line, date and blocks.

Newspaper pages, web pages, Markdown and plain text go the same way: `qa.corpus.roles` says what each line is,
`qa.corpus.layout` where articles start; here they are put together. Cutting blocks into passages comes later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from qa.corpus import align, bylines, headlines, layout, metadata, mojibake, offices, pagehead
from qa.corpus.characters import units
from qa.corpus.classify import classify
from qa.corpus.dates import iso_date
from qa.corpus.headlines import Heading
from qa.corpus.layout import Draft
from qa.corpus.lines import Line
from qa.corpus.metadata import Fields
from qa.corpus.pagehead import PageHead
from qa.corpus.place import find_place
from qa.corpus.repair import Repaired
from qa.corpus.repairs import RepairKind
from qa.corpus.roles import MAX_SECTION_HEADING, TEXT, Item, Role
from qa.corpus.stretches import lines_of
from qa.corpus.traditional import simplify_characters
from qa.types import AlignedText, Article, Block, BlockKind, Document, Section

_BYLINES = (Role.BYLINE, Role.OFFICE, Role.EDITOR)


@dataclass(frozen=True, slots=True)
class _Page:
    """What all articles of a document share."""

    document: Document
    items: Sequence[Item]
    drafts: Sequence[Draft]
    headings: Sequence[Heading]
    taken: frozenset[int]
    over: PageHead
    given: dict[str, str]


def segment(document: Document, repaired: Repaired) -> tuple[Article, ...]:
    """Return the articles of a document in order of first appearance; none when it holds no text."""
    if document.sections:
        simplified = any(repair.kind is RepairKind.TRADITIONAL for repair in repaired.repairs)
        marked_ones = (
            _marked(document, section, repaired.lines, simplified=simplified) for section in document.sections
        )
        articles = (article for article in marked_ones if article is not None)
        return tuple(replace(article, id=f"{document.id}#{at}") for at, article in enumerate(articles, start=1))
    items = classify(repaired.lines)
    if all(item.role in (Role.FURNITURE, Role.RULE) for item in items):
        return ()
    given = dict(repaired.metadata)
    marked = document.media_type == "text/markdown"
    drafts = layout.marked_drafts(items, titled="title" in given) if marked else layout.page_drafts(items)
    banners = {} if marked else layout.banners(items, drafts)
    found = [
        _heading(items, draft, several=len(drafts) > 1, marked=marked, banner=banners.get(number, frozenset()))
        for number, draft in enumerate(drafts)
    ]
    page = _Page(
        document=document,
        items=items,
        drafts=drafts,
        headings=found,
        taken=frozenset(at for draft in drafts for at in draft.head),
        over=pagehead.read(items, drafts, found, sorted(banners)),
        given=given,
    )
    return tuple(_article(page, number) for number in range(len(drafts)))


def _marked(document: Document, section: Section, lines: Sequence[Line], *, simplified: bool) -> Article | None:
    """Return the article that the format marks, or None when no text stands in it.

    What the format says of it wins over what its lines say; `simplified` as the lines are.
    """
    items = classify(lines_of(section, lines))
    if all(item.role in (Role.FURNITURE, Role.RULE) for item in items):
        return None
    if any(item.line.level for item in items[1:]):  # then a short line without a mark is text
        items = [
            replace(item, role=Role.BODY) if item.role is Role.HEADLINE and not item.line.level else item
            for item in items
        ]
    first = align.raw_span(items[0].line.content, 0, len(items[0].text))
    if section.title is None:
        titled = items[0].line.level > 0 or (items[0].role is Role.HEADLINE and len(items) > 1)
    else:
        titled = document.text[first.start : first.end] == section.title
    heading = Heading(items[0].line.content, line=0) if titled else Heading(None)
    draft = Draft(0, len(items), head=[0] if titled else [])
    given = {
        "title": section.title,
        "subtitle": section.subtitle,
        "author": section.byline,
        "source": section.publisher,
    }
    given = {name: value and mojibake.undo(value)[0].text for name, value in given.items()}
    if simplified:
        given = {name: value and simplify_characters(value) for name, value in given.items()}
    page = _Page(
        document=document,
        items=items,
        drafts=[draft],
        headings=[heading],
        taken=frozenset(draft.head),
        over=pagehead.NOTHING,
        given={name: value for name, value in given.items() if value},
    )
    article = _article(page, 0)
    return replace(
        article,
        title=article.title if titled else given["title"] or article.title,
        byline=given["author"] or article.byline,
        publisher=given["source"] or article.publisher,
        date=section.date or article.date,
        date_iso=iso_date(section.date) if section.date else article.date_iso,
    )


def _heading(items: Sequence[Item], draft: Draft, *, several: bool, marked: bool, banner: frozenset[int]) -> Heading:
    """Return title, subtitle and column labels of one article."""
    head = sorted(draft.head)
    lines = [items[at].line.content for at in head]
    if len(lines) < 2:
        return headlines.choose(lines, headlines.body_of([]))
    text = layout.text_lines(items, draft)
    body = draft.body or headlines.body_of([items[at].text for at in text[:200]])
    under = items[head[-1] + 1].role if head[-1] + 1 < len(items) else None
    reported = any(items[at].role is Role.DATELINE for at in text[:1])
    return headlines.choose(
        lines,
        body,
        labels=0 if marked or draft.start > 0 else len(lines),
        apart=_above_captions(items, head),
        last=several or reported,
        nearest=under is Role.OFFICE,
        banner=banner,
    )


def _above_captions(items: Sequence[Item], head: Sequence[int]) -> int:
    """Return how many headline lines captions part from the last one."""
    captions = [at for at in range(head[0], head[-1]) if items[at].role is Role.CAPTION]
    return sum(1 for at in head if captions and at < captions[-1])


def _article(page: _Page, number: int) -> Article:
    draft, heading, document = page.drafts[number], page.headings[number], page.document
    first = number == 0
    title = (
        heading.title.text if heading.title else (first and page.given.get("title")) or PurePosixPath(document.id).stem
    )
    subtitle = heading.subtitle or (page.given.get("subtitle") if first else None)
    fields = _fields(page, draft)
    lead = "\n".join(page.items[at].text[:6000] for at in layout.text_lines(page.items, draft)[:40])
    return Article(
        id=f"{document.id}#{number + 1}",
        document_id=document.id,
        title=title,
        subtitle=subtitle,
        byline=fields.author,
        publisher=fields.source,
        date=fields.date,
        date_iso=iso_date(fields.date),
        place=page.given.get("place") or find_place(f"{title} {subtitle or ''}", fields.source, lead),
        column=" / ".join(page.over.labels) or None,
        blocks=tuple(_blocks(page, draft, heading)),
        title_span=align.raw_span(heading.title, 0, len(heading.title.text)) if heading.title else None,
    )


def _fields(page: _Page, draft: Draft) -> Fields:
    """Return publisher, by-line and date from the article's own lines, the page and the file's front matter."""
    sources: list[str | None] = []
    dates: list[str | None] = []
    authors: list[str | None] = []
    text = layout.text_lines(page.items, draft)
    for at in range(draft.start, draft.end):
        item = page.items[at]
        found = None
        if item.role is Role.META and at >= page.over.end:
            found = pagehead.line_fields(item.text)
        elif item.role is Role.DATELINE:
            found = metadata.dateline_fields(item.text)
        elif item.role is Role.OFFICE:
            found = Fields(author=offices.signature(item.text))
        elif item.role is Role.BYLINE:
            found = Fields(author=bylines.byline(item.text) or bylines.closing_line(item.text))
        if text and at == text[-1] and not any(authors):
            found = found or Fields(author=bylines.closing_byline(item.text))
        if found is not None:
            sources.append(found.source)
            dates.append(found.date)
            authors.append(found.author)
    given = page.given
    printed = [date for date in (*dates, page.over.fields.date, given.get("date")) if date]
    return Fields(
        source=next((source for source in (*sources, page.over.fields.source, given.get("source")) if source), None),
        author=bylines.writers([author for author in authors if author]) or given.get("author"),
        date=min(printed, key=lambda date: iso_date(date) is None, default=None),
    )


def _blocks(page: _Page, draft: Draft, heading: Heading) -> list[Block]:
    """Return captions, by-lines, headings and text of an article, in order."""
    title_at = sorted(draft.head)[heading.line] if heading.title else -1
    over_text = _over_text(page, draft)
    blocks = []
    for at in range(draft.start, draft.end):
        item = page.items[at]
        content = item.line.content
        if at in page.taken or item.role in (Role.FURNITURE, Role.RULE):
            continue
        if item.role is Role.META:
            if at > title_at and page.items[at - 1].role is not Role.META:
                blocks += _imprint(page, draft, heading.title if at == title_at + 1 else None, at)
            continue
        kind = BlockKind.BODY
        if item.role is Role.CAPTION:
            kind = BlockKind.CAPTION
        elif item.role in _BYLINES:
            kind = BlockKind.BYLINE
            content = _under_title(heading.title, content) if at == title_at + 1 else content
        elif at in over_text:
            kind = BlockKind.HEADING
        blocks.append(Block(kind, content))
    without_text = all(block.kind in (BlockKind.HEADING, BlockKind.IMPRINT) for block in blocks)
    if heading.title is not None and without_text:
        # Nothing but a title: it is all that can be found and cited.
        blocks.insert(0, Block(BlockKind.BODY, heading.title))
    return blocks


def _imprint(page: _Page, draft: Draft, title: AlignedText | None, start: int) -> list[Block]:
    """Return the lines from here on that say who published, when, and by whom it is, as one block or none."""
    lines = []
    for item in page.items[start : draft.end]:
        if item.role is not Role.META:
            break
        found = metadata.read_line(item.text)
        if found is not None and (found.source or found.author or found.date):
            lines.append(item.line.content)
    return [Block(BlockKind.IMPRINT, _under_title(title, align.join(lines, "\n")))] if lines else []


def _under_title(title: AlignedText | None, byline: AlignedText) -> AlignedText:
    """Return title and by-line together, because people ask who wrote what."""
    return align.join((title, byline), "\n") if title is not None else byline


def _over_text(page: _Page, draft: Draft) -> frozenset[int]:
    """Return the short lines inside an article that stand over text, and so head a section.

    Between a heading that the format marks and its text may stand anything, a date or a by-line.
    """
    found = set()
    text_below = any_below = False
    for at in range(draft.end - 1, draft.start - 1, -1):
        item = page.items[at]
        if item.role in TEXT:
            text_below = any_below = True
        elif item.role is Role.HEADLINE and at not in page.taken:
            short = item.line.level > 0 or units(item.text) <= MAX_SECTION_HEADING
            if (text_below and short) or (any_below and item.line.level > 0):
                found.add(at)
            text_below = text_below and short
        elif item.role in (Role.BYLINE, Role.OFFICE, Role.EDITOR, Role.RULE):
            text_below = False
    return frozenset(found)
