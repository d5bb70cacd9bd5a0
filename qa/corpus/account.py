"""Give an account of a document: what became of every paragraph of its source, and every repair with its exact place.

Worked out anew from the document whenever somebody asks, so that indexing does not wait for it. What the steps left
unsaid is added here: text that is in no article, marks of Markdown, and damage that stays.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.corpus import align, leftover, marks
from qa.corpus.classify import classify
from qa.corpus.differences import Range, Reading, exact_changes, subtract
from qa.corpus.passages import cut_passages
from qa.corpus.repair import Repaired, repair
from qa.corpus.repairs import FLAGGED, Repair, RepairKind
from qa.corpus.roles import Item, Role
from qa.corpus.segment import segment
from qa.corpus.stretches import lines_of
from qa.types import AlignedText, Article, BlockKind, Document, Span

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f]+")
"""Replacement characters of the decoder, characters without a meaning outside of one font, control characters."""


class Fate(StrEnum):
    """What became of a paragraph."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    COLUMN = "column label"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    HEADING = "heading"
    FIELDS = "fields"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One repaired line of a document.

    Attributes:
        span: In the source.
        content: Repaired text with its map.
        article: Number of the article that it went into, from 1; None for what is left out or stands for all articles.
        reason: Why it was left out; else empty.
    """

    span: Span
    content: AlignedText
    fate: Fate
    article: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a document.

    Attributes:
        passages: How many the articles were cut into.
        paragraphs: In order of the source.
        changes: In order, none overlapping. Applied to the source of a paragraph they give its repaired text.
        left_out: What stands in no article, in order, none overlapping each other; changes may stand inside.
        flagged: Damage that stays, in order; `after` is what the repaired text shows there.
    """

    document: Document
    articles: tuple[Article, ...]
    passages: int
    paragraphs: tuple[Paragraph, ...]
    changes: tuple[Repair, ...]
    left_out: tuple[Repair, ...]
    flagged: tuple[Repair, ...]

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """All records in order of the source, the wider before the narrower."""
        records = (*self.changes, *self.left_out, *self.flagged)
        return tuple(sorted(records, key=lambda record: (record.span.start, -record.span.end)))


def account_of(document: Document) -> Account:
    """Repair and segment a document again and account for all of its text."""
    repaired = repair(document)
    articles = segment(document, repaired)
    reading = Reading(repaired.lines)
    changes = exact_changes(document, repaired, reading)
    outside = leftover.outside(document, _known(reading, changes))
    paragraphs = tuple(_paragraphs(document, repaired, articles))
    return Account(
        document=document,
        articles=articles,
        passages=sum(len(cut_passages(document, article)) for article in articles),
        paragraphs=paragraphs,
        changes=_in_order([*changes, *(rest for rest in outside if rest.kind in leftover.CHANGES)]),
        left_out=_in_order(
            [*_left_out(document, paragraphs), *(rest for rest in outside if rest.kind not in leftover.CHANGES)]
        ),
        flagged=_in_order(_flagged(document, repaired, reading)),
    )


def _in_order(records: Sequence[Repair]) -> tuple[Repair, ...]:
    return tuple(sorted(records, key=lambda record: (record.span, record.kind)))


def _known(reading: Reading, changes: Sequence[Repair]) -> list[Range]:
    """Return the ranges of all lines and changes, joined where they touch or overlap, in order."""
    known: list[Range] = []
    for start, end in sorted([*reading.ranges, *((change.span.start, change.span.end) for change in changes)]):
        if known and start <= known[-1][1]:
            known[-1] = (known[-1][0], max(end, known[-1][1]))
        else:
            known.append((start, end))
    return known


def _paragraphs(document: Document, repaired: Repaired, articles: Sequence[Article]) -> Iterator[Paragraph]:
    """Yield the lines with what became of them."""
    titles = sorted(
        (article.title_span.start, at) for at, article in enumerate(articles, start=1) if article.title_span
    )
    blocks = sorted(
        (span.start, span.end, at, Fate(block.kind.value))
        for at, article in enumerate(articles, start=1)
        for block in article.blocks
        if block.kind is not BlockKind.IMPRINT  # its lines are fields
        if (span := align.raw_span(block.content, 0, len(block.content.text)))
    )
    items: list[Item] = []
    for number, line in enumerate(repaired.lines):
        span = align.raw_span(line.content, 0, len(line.text))
        title = bisect_left(titles, (span.start, 0))
        block = bisect_right(blocks, span.start, key=lambda found: found[0]) - 1
        if title < len(titles) and titles[title][0] < span.end:
            yield Paragraph(span, line.content, Fate.TITLE, titles[title][1])
        elif block >= 0 and span.start < blocks[block][1]:
            yield Paragraph(span, line.content, blocks[block][3], blocks[block][2])
        else:
            items = items or _classified(document, repaired)
            yield _outside_blocks(span, items[number], articles)


def _classified(document: Document, repaired: Repaired) -> list[Item]:
    """Return the lines with their roles as articles were made of them: by sections, where a format marks some."""
    parts = [lines_of(section, repaired.lines) for section in document.sections] or [repaired.lines]
    if sum(map(len, parts)) != len(repaired.lines):  # lines between sections
        parts = [repaired.lines]
    return [item for part in parts for item in classify(part)]


def _outside_blocks(span: Span, item: Item, articles: Sequence[Article]) -> Paragraph:
    """Return what became of a line that is neither a title nor a block."""
    text, content = marks.SUBTITLE_START.sub("", item.text), item.line.content
    if item.role is Role.META:
        return Paragraph(span, content, Fate.FIELDS, reason="source, date or author")
    for at, article in enumerate(articles, start=1):
        if text in (article.subtitle or ""):
            return Paragraph(span, content, Fate.SUBTITLE, at)
        if text in (article.column or "").split(" / "):
            return Paragraph(span, content, Fate.COLUMN)
        if text in (article.publisher, article.byline):
            return Paragraph(span, content, Fate.FIELDS, at, "source, date or author")
    return Paragraph(span, content, Fate.LEFT_OUT, reason=leftover.reason(item.role))


def _left_out(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[Repair]:
    for paragraph in paragraphs:
        if paragraph.fate in (Fate.FIELDS, Fate.LEFT_OUT):
            kind = RepairKind.FIELDS if paragraph.fate is Fate.FIELDS else RepairKind.LEFT_OUT
            before = document.text[paragraph.span.start : paragraph.span.end]
            yield Repair(kind, paragraph.span, before, "", paragraph.reason)


def _flagged(document: Document, repaired: Repaired, reading: Reading) -> list[Repair]:
    """Return the damage that stays and can still be seen in the repaired lines."""
    places = [(one.kind, one.span) for one in repaired.repairs if one.kind in FLAGGED]
    places += [
        (RepairKind.TORN, align.raw_span(line.content, len(line.text) - 1, len(line.text)))
        for line in repaired.lines
        if line.torn
    ]
    open_places = sorted((span.start, span.end) for _, span in places)
    for found in _UNREADABLE.finditer(document.text):
        places += [(RepairKind.UNREADABLE, Span(*rest)) for rest in subtract(found.span(), open_places)]
    flagged = []
    for kind, span in places:
        after = reading.of(span.start, span.end)
        if kind is RepairKind.UNREADABLE and not _UNREADABLE.search(after):
            continue
        if after:
            flagged.append(Repair(kind, span, document.text[span.start : span.end], after))
    return flagged
