"""Repair a document: from its raw text to lines that read as they were written, each with a map back to the source.

Runs the steps in the one order that works: characters first (pinyin, lost characters, Traditional forms), then lines.
Does not judge what a line is on the page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.corpus import align, markdown, mojibake, traditional
from qa.corpus.characters import HAN
from qa.corpus.joins import attach_photographers, join_broken
from qa.corpus.lines import Line
from qa.corpus.lost import find_lost
from qa.corpus.pinyin import LETTERS, TONED, inserted
from qa.corpus.repairs import Repair, RepairKind, Repairs
from qa.corpus.repeats import drop_repeats
from qa.corpus.stretches import stretches
from qa.corpus.wrapped import join_wrapped
from qa.types import AlignedText, Document, Span

_INVISIBLE = re.compile(f"[\ufeff\u200b\u2060\xad](?<=[{HAN}].)[\ufeff\u200b\u2060\xad]*")
"""Behind a Han character; elsewhere a zero-width blank may part words, and a byte order mark is no damage."""

_HEADLESS = re.compile(rf"\?[{LETTERS}]{{1,6}}\)")
_AFTER_CAPITAL = re.compile(rf"(?<=[A-Z])\([{LETTERS}]{{1,6}}\)")

_Change = tuple[int, int, str, RepairKind]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired document.

    Attributes:
        lines: Paragraphs, captions, headlines, in order of the source.
        repairs: Everything that was changed or found damaged.
        metadata: (name, value) pairs from a Markdown file's front matter: title, subtitle, date, author, source, place.
    """

    lines: tuple[Line, ...]
    repairs: Sequence[Repair]
    metadata: tuple[tuple[str, str], ...] = ()


def repair(document: Document) -> Repaired:
    """Return the document's lines, repaired."""
    if document.media_type == "text/markdown":
        page, undone = mojibake.undo(document.text)
        marked = markdown.read(page)
        lines, simplified = _simplify_lines(marked.lines, page.text, len(document.text))
        return Repaired(tuple(lines), (*undone, *marked.repairs, *simplified), marked.metadata)
    page, repairs = repair_characters(document.text)
    parts, left_out = stretches(document, page)
    del page  # its map takes as much memory as those of all lines
    repairs.extend(left_out)
    joined: list[Line] = []
    parts.reverse()
    while parts:
        lines = parts.pop()
        for step in (join_wrapped, drop_repeats, join_broken, attach_photographers):
            lines, more = step(lines)
            repairs.extend(more)
        joined += lines
    return Repaired(tuple(joined), repairs)


def repair_characters(text: str) -> tuple[AlignedText, Repairs]:
    """Return the text decoded rightly, without pinyin and invisible characters, lost ones recomputed, simplified."""
    source, (page, undone) = text, mojibake.undo(text)
    text, repairs = page.text, Repairs(undone)

    def place(start: int, end: int) -> Span:
        return Span(start, end) if text is source else align.raw_span(page, start, end)

    starts, ends = inserted(text)
    lost: list[_Change] = []
    if starts or any(TONED.search(found[0]) for found in _HEADLESS.finditer(text)):
        lost, open_damage = _converted(text)
        for start, end in open_damage:
            span = place(start, end)
            repairs.append(Repair(RepairKind.OPEN, span, source[span.start : span.end], text[start:end]))
    pinyin = ((start, end, "", RepairKind.PINYIN) for start, end in zip(starts, ends, strict=True))
    invisible = ((*found.span(), "", RepairKind.INVISIBLE) for found in _INVISIBLE.finditer(text))
    changes = Repairs()
    for start, end, after, kind in _without_overlaps(invisible, _without_overlaps(pinyin, lost)):
        changes.add(kind, start, end, text[start:end], after)
    if changes:
        changed = align.substitute(page, changes.edits())
        if text is source:
            repairs.extend(changes)
        else:
            for change in changes:
                span = place(change.span.start, change.span.end)
                repairs.append(replace(change, span=span, before=source[span.start : span.end]))
        page = changed
    regions = traditional.regions(page.text)
    if not regions:
        return page, repairs
    for low, high in regions:
        span = Span(0, len(source)) if high - low == len(page.text) else align.raw_span(page, low, high)
        repairs.append(_simplified(page.text[low:high], span))
    return traditional.simplify(page, regions), repairs


def _converted(text: str) -> tuple[list[_Change], Sequence[tuple[int, int]]]:
    """Return what a converter of GBK text destroyed: changes, and damage that stays; both in order."""
    findings = find_lost(text)
    changes: list[_Change] = [(*edit, RepairKind.LOST) for edit in findings.repaired]
    loose = [found.span() for found in _AFTER_CAPITAL.finditer(text) if TONED.search(found[0])]
    removed: list[_Change] = [(*span, "", RepairKind.PINYIN) for span in (*findings.removed, *loose)]
    return list(_without_overlaps(sorted(removed), changes)), findings.open


def _without_overlaps(changes: Iterable[_Change], preferred: Iterable[_Change]) -> Iterator[_Change]:
    """Yield both, in order as they come, without those of the first that touch characters of the second."""
    rest = iter(changes)
    change = next(rest, None)
    for other in preferred:
        while change is not None and change[0] < other[1]:
            if change[1] <= other[0]:
                yield change
            change = next(rest, None)
        yield other
    if change is not None:
        yield change
        yield from rest


def _simplified(text: str, span: Span) -> Repair:
    different = "".join(character for character in dict.fromkeys(text) if ord(character) in traditional.table())
    after = traditional.simplify_characters(different)
    return Repair(RepairKind.TRADITIONAL, span, different, after)


def _simplify_lines(lines: Sequence[Line], text: str, length: int) -> tuple[list[Line], list[Repair]]:
    """Simplify the lines of a Markdown document when it is Traditional as a whole."""
    if not traditional.is_traditional(text):
        return list(lines), []
    simplified = [replace(line, content=traditional.simplify(line.content)) for line in lines]
    return simplified, [_simplified(text, Span(0, length))]
