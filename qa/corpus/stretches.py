"""Cut a document's text into lines, and the lines into stretches: only lines of one stretch may be joined.

Plain text is one stretch. Where the format marks articles, headings and rows of tables, a stretch ends at each of them;
lines of printed pages become paragraphs first. What is torn inside a stretch is mended by `qa.corpus.repair`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.corpus import align, printed
from qa.corpus.lines import CELL, Line, split_lines
from qa.corpus.repairs import Repair
from qa.types import AlignedText, Document, Section

PRINTED = ("application/pdf",)
"""Media types whose line ends are those of the print."""

SECTION_LEVEL = 2
"""Of headings that a format marks without saying how deep they are."""


def stretches(document: Document, page: AlignedText) -> tuple[list[list[Line]], list[Repair]]:
    """Return the lines of a document in stretches, in order, and what was left out or joined on the way.

    Args:
        document: For what its format marks.
        page: Its text, characters repaired.
    """
    if document.media_type in PRINTED:
        return _printed(document, split_lines(page))
    if document.sections:
        parts = [
            _with_levels(section, split_lines(_part(page, section.span.start, section.span.end)))
            for section in document.sections
        ]
    elif document.media_type == "text/plain":
        return [split_lines(page)], []
    else:
        parts = [split_lines(page)]
    return [stretch for part in parts for stretch in _apart(_rows(part))], []


def _printed(document: Document, lines: Sequence[Line]) -> tuple[list[list[Line]], list[Repair]]:
    """Return the paragraphs of printed pages in stretches, and what was left out or joined on the way."""
    kept, repairs = printed.without_furniture(lines, document.pages)
    parts: Sequence[Sequence[Line]] = [kept]
    if document.sections:
        parts = [_with_levels(section, lines_of(section, kept)) for section in document.sections]
    found: list[list[Line]] = []
    for part in parts:
        paragraphs, joined = printed.paragraphs(_rows(part), document.pages)
        found += _apart(paragraphs)
        repairs += joined
    return found, repairs


def lines_of(section: Section, lines: Sequence[Line]) -> Sequence[Line]:
    """Return those of a document's lines that stand in a section."""
    low = bisect_right(lines, section.span.start - 1, key=_raw_start)
    high = bisect_right(lines, section.span.end - 1, key=_raw_start)
    return lines[low:high]


def _raw_start(line: Line) -> int:
    return align.raw_start(line.content)


def _part(page: AlignedText, start: int, end: int) -> AlignedText:
    """Return what stands in this range of the source."""
    return align.cut(page, _position(page, start), _position(page, end))


def _position(page: AlignedText, raw: int) -> int:
    """Return where the first character stands that comes from this place of the source or behind it."""
    at = bisect_right(page.runs, raw, key=lambda run: run.raw_start) - 1
    if at < 0:
        return 0
    run = page.runs[at]
    within = raw - run.raw_start
    if within == 0:
        return run.start
    return run.start + (min(within, run.length) if run.raw_length is None else run.length)


def _with_levels(section: Section, lines: Sequence[Line]) -> list[Line]:
    """Give the lines that the format marks as headings their level."""
    starts = [heading.start for heading in section.headings]
    marked = []
    for line in lines:
        raw = _raw_start(line)
        at = bisect_right(starts, raw) - 1
        heads = at >= 0 and raw < section.headings[at].end
        marked.append(replace(line, level=SECTION_LEVEL) if heads else line)
    return marked


def _rows(lines: Iterable[Line]) -> list[Line]:
    """Make one line of the rows of a table, newlines between them, so that it is searched as a whole."""
    found: list[Line] = []
    table: list[Line] = []
    for line in lines:
        is_row = CELL in line.text and not line.level
        if table and not (is_row and line.blank_before == 0):
            found.append(_table(table))
            table = []
        if is_row:
            table.append(line)
        else:
            found.append(line)
    if table:
        found.append(_table(table))
    return found


def _table(rows: Sequence[Line]) -> Line:
    return replace(rows[0], content=align.join([row.content for row in rows], "\n"), row=True)


def _apart(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in stretches: headings and tables stand alone."""
    found: list[list[Line]] = []
    alone = True
    for line in lines:
        marked = line.row or line.level > 0
        if alone or marked:
            found.append([line])
        else:
            found[-1].append(line)
        alone = marked
    return found
