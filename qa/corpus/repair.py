"""Repair a document: from its raw text to lines that read as they were written, each with a map back to the source.

Runs the steps in the one order that works: characters first (pinyin, lost characters, Traditional forms), then lines.
Does not judge what a line is on the page.
"""

import re
from dataclasses import dataclass

from qa.corpus import align, lines, markdown, traditional
from qa.corpus.lines import Line
from qa.corpus.lost import find_lost
from qa.corpus.pinyin import LETTERS, TONED, inserted
from qa.corpus.repairs import Repair, RepairKind
from qa.types import AlignedText, Document, Span

_INVISIBLE = re.compile("[\ufeff\u200b\u2060]+")
_HEADLESS = re.compile(rf"\?[{LETTERS}]{{1,6}}\)")
_AFTER_CAPITAL = re.compile(rf"(?<=[A-Z])\([{LETTERS}]{{1,6}}\)")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired document.

    Attributes:
        lines: Paragraphs, captions, headlines, in order of the source.
        repairs: Everything that was changed or found damaged, in order of kind and place.
        metadata: From a Markdown file's front matter: title, date, author, source.
    """

    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    metadata: tuple[tuple[str, str], ...] = ()


def repair(document: Document) -> Repaired:
    """Return the document's lines, repaired."""
    if document.media_type == "text/markdown":
        marked = markdown.read(align.whole(document.text))
        simplified, repairs = _simplify_lines(marked.lines, document.text)
        return Repaired(tuple(simplified), (*marked.repairs, *repairs), marked.metadata)
    page, repairs = repair_characters(document.text)
    kept = lines.split_lines(page)
    for step in (lines.join_wrapped, lines.drop_repeats, lines.join_broken, lines.attach_photographers):
        kept, more = step(kept)
        repairs.extend(more)
    return Repaired(tuple(kept), tuple(repairs))


def repair_characters(text: str) -> tuple[AlignedText, list[Repair]]:
    """Return the text without inserted pinyin and invisible characters, lost characters recomputed, simplified."""
    page = align.whole(text)
    repairs: list[Repair] = []
    edits: list[tuple[int, int, str, RepairKind]] = []
    for found in _INVISIBLE.finditer(text):
        edits.append((*found.span(), "", RepairKind.INVISIBLE))
    groups = inserted(text) if "(" in text or "（" in text else []
    if groups or any(TONED.search(found[0]) for found in _HEADLESS.finditer(text)):
        findings = find_lost(text)
        edits.extend((*edit, RepairKind.LOST) for edit in findings.repaired)
        edits.extend((start, end, "", RepairKind.PINYIN) for start, end in findings.removed)
        edits.extend(
            (*found.span(), "", RepairKind.PINYIN) for found in _AFTER_CAPITAL.finditer(text) if TONED.search(found[0])
        )
        repairs.extend(
            Repair(RepairKind.OPEN, Span(start, end), text[start:end], text[start:end]) for start, end in findings.open
        )
    edits.extend((start, end, "", RepairKind.PINYIN) for start, end in groups)
    kept = _without_overlaps(edits)
    repairs.extend(Repair(kind, Span(start, end), text[start:end], after) for start, end, after, kind in kept)
    page = align.substitute(page, [(start, end, after) for start, end, after, _ in kept])
    page, simplified = _simplify(page, text)
    return page, repairs + simplified


def _without_overlaps(edits: list[tuple[int, int, str, RepairKind]]) -> list[tuple[int, int, str, RepairKind]]:
    """Return the edits in order; where two touch the same characters, recomputed characters win."""
    lost = [edit for edit in edits if edit[3] is RepairKind.LOST]
    covered = {position for start, end, *_ in lost for position in range(start, end)}
    others = [edit for edit in edits if edit[3] is not RepairKind.LOST and not covered.intersection(range(*edit[:2]))]
    return sorted({*lost, *others})


def _simplify(page: AlignedText, source: str) -> tuple[AlignedText, list[Repair]]:
    if not traditional.is_traditional(page.text):
        return page, []
    simplified = traditional.simplify(page)
    different = dict.fromkeys(character for character in page.text if ord(character) in traditional.table())
    before = "".join(different)
    after = traditional.simplify_characters(before)
    return simplified, [Repair(RepairKind.TRADITIONAL, Span(0, len(source)), before, after)]


def _simplify_lines(kept: tuple[Line, ...], source: str) -> tuple[list[Line], list[Repair]]:
    """Simplify the lines of a Markdown document when it is Traditional as a whole."""
    from dataclasses import replace

    if not traditional.is_traditional(source):
        return list(kept), []
    return [replace(line, content=traditional.simplify(line.content)) for line in kept], []
