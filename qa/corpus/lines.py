"""Lines of a page: cut it into lines, drop what is printed twice, join what a line break tore apart.

Characters inside a line are the business of other modules; which line is a headline is decided by `qa.corpus.segment`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.corpus import align, marks
from qa.corpus.characters import HAN_CHARACTER, SENTENCE_END, columns, units
from qa.corpus.repairs import Repair, RepairKind
from qa.types import AlignedText, Span

INVISIBLE_EDGES = "\ufeff\u200b\u2060"

MIN_REPEATED = 20
"""Chinese characters (others count a third) that a repeated line needs to be dropped: shorter ones may be meant."""

MIN_GLUED = 12
"""Characters of a tail that is glued on from an earlier line."""

MAX_ORPHAN = 8
"""A fragment shorter than this goes with the glued tail before it."""

MAX_OVERLAP = 20
_HYPHEN_MIN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line, later one paragraph, without blanks at its ends.

    Attributes:
        content: Repaired text with its map.
        blank_before: Empty lines above it; for the first line, as printed.
        indent: Width of the blanks in front of it.
        level: Of a Markdown heading, 1 to 6; 0 for everything else.
        torn: Its end is lost in the source.
        caption: A photographer's line was joined to it, or it is known to be a caption.
    """

    content: AlignedText
    blank_before: int = 0
    indent: int = 0
    level: int = 0
    torn: bool = False
    caption: bool = False

    @property
    def text(self) -> str:
        return self.content.text


def split_lines(page: AlignedText) -> list[Line]:
    """Cut at newlines only (also a lone carriage return), trim, and drop empty lines but count them."""
    lines = []
    blank = 0
    for start, end in _line_ranges(page.text):
        raw = page.text[start:end]
        stripped = raw.strip().strip(INVISIBLE_EDGES).strip()
        if not stripped:
            blank += 1
            continue
        left = raw.index(stripped)
        content = align.cut(page, start + left, start + left + len(stripped))
        lines.append(Line(content, blank_before=blank, indent=columns(raw[:left].strip(INVISIBLE_EDGES))))
        blank = 0
    return lines


def _line_ranges(text: str) -> Iterator[tuple[int, int]]:
    mark = "\n" if "\n" in text else "\r"
    start = 0
    while (end := text.find(mark, start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def drop_repeats(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Drop lines printed before, cut off tails that stand in an earlier line, and drop the fragments they leave.

    Only exact repetition counts: two nearly equal paragraphs are two facts.
    """
    kept: list[Line] = []
    repairs: list[Repair] = []
    seen: set[str] = set()
    fragments: set[str] = set()
    tails: dict[str, str] = {}
    in_loop = False
    for line in lines:
        text = line.text
        if text in seen and (units(text) >= MIN_REPEATED or (in_loop and text in fragments)):
            repairs.append(_dropped(RepairKind.REPEATED, line))
            in_loop = True
            continue
        if in_loop and kept and kept[-1].torn and len(text) < MAX_ORPHAN and text[-1] in SENTENCE_END:
            fragments.add(text)
            seen.add(text)
            repairs.append(_dropped(RepairKind.ORPHAN, line))
            continue
        in_loop = False
        seen.add(text)
        glued = _glued_tail(text, tails)
        if glued:
            at = len(text) - glued
            repairs.append(_removed(RepairKind.GLUED, line, at, len(text)))
            line = replace(line, content=align.strip(align.cut(line.content, 0, at)), torn=True)
            in_loop = True
        elif _is_unfinished(text):
            tails.setdefault(text[-MIN_GLUED:], text)
        kept.append(line)
    return kept, repairs


def _is_unfinished(text: str) -> bool:
    return (
        len(text) > MIN_GLUED
        and text[-1] not in SENTENCE_END + ".”’」』》）)】:：—"
        and not marks.is_headline_like(text)
    )


def _glued_tail(text: str, tails: dict[str, str]) -> int:
    """Return how many characters at the end stand at the end of an earlier unfinished line as well; 0 for none."""
    earlier = tails.get(text[-MIN_GLUED:]) if len(text) > MIN_GLUED else None
    if earlier is None or earlier == text:
        return 0
    length = MIN_GLUED
    while length < min(len(text), len(earlier)) and text[-length - 1] == earlier[-length - 1]:
        length += 1
    return length if length < len(text) else 0


def join_wrapped(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Join lines that were broken at a fixed width, such as mail or English prose; blank lines part paragraphs."""
    width = _wrap_width(lines)
    if width is None:
        return list(lines), []
    parted = any(line.blank_before for line in lines[1:]) or any(line.indent for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _is_wrapped(groups[-1][-1], line, width, parted=parted):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _joined(groups)


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the width that the lines were broken at, in columns, or None when they were not."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.blank_before == 0 and len(a.text) < 200]
    if len(pairs) < 3 or len(pairs) < 0.2 * len(lines):
        return None
    widths = sorted(a.indent + columns(a.text) for a, _ in pairs)
    width = widths[int(0.95 * (len(widths) - 1))]
    if not 36 <= width <= 130:
        return None
    full = sum(1 for a, b in pairs if _is_full(a, b, width))
    return width if full >= 0.6 * len(pairs) else None


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Return whether the next word would not have fitted on this line."""
    used = line.indent + columns(line.text)
    if HAN_CHARACTER.match(line.text[-1]) or columns(line.text[-1]) == 2 or HAN_CHARACTER.match(following.text[0]):
        return used > width - 6
    return used + 1 + columns(following.text.split(maxsplit=1)[0]) > width


def _is_wrapped(line: Line, following: Line, width: int, *, parted: bool) -> bool:
    if following.blank_before or not _is_full(line, following, width) or marks.LIST_ITEM.match(following.text):
        return False
    if following.indent > line.indent + 1 and not marks.LIST_ITEM.match(line.text):
        return False
    return parted or not marks.ends_sentence(line.text)


def join_broken(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Join paragraphs that a page's layout tore apart in mid-sentence, and drop characters printed on both sides."""
    joined: list[Line] = []
    repairs: list[Repair] = []
    gap = _usual_gap(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups:
            before = groups[-1][-1]
            overlap = _overlap(before, line)
            if overlap:
                repairs.append(_removed(RepairKind.OVERLAP, line, 0, overlap))
                line = replace(line, content=align.cut(line.content, overlap, len(line.text)))
            if overlap or (line.blank_before <= gap and is_broken(before, line)):
                groups[-1].append(line)
                continue
        groups.append([line])
    joined, more = _joined(groups)
    return joined, repairs + more


def _usual_gap(lines: Sequence[Line]) -> int:
    """Return the commonest number of empty lines between two paragraphs."""
    gaps = [line.blank_before for line in lines[1:]]
    return max(set(gaps), key=lambda gap: (gaps.count(gap), -gap)) if gaps else 0


def is_broken(line: Line, following: Line) -> bool:
    """Return whether a sentence runs on from one paragraph into the next."""
    a, b = line.text, following.text
    if line.torn or line.caption or line.level or following.level or following.caption:
        return False
    if a[-1] in SENTENCE_END + ".”’」』》）)】;；:：—" or len(a) <= 11 or marks.is_caption(a) or marks.is_caption(b):
        return False
    if marks.DATELINE.match(b) or marks.LIST_ITEM.match(b) or marks.byline(a) or marks.byline(b):
        return False
    if not HAN_CHARACTER.search(a[-40:]):
        return len(a) >= 40 and ("," in a or ". " in a) and (a[-1].isalpha() or a[-1] == ",") and b[:1].islower()
    if b[0] in "”’」』》）)】,，。、；;：:":
        return True
    if marks.is_headline_like(b):
        return False
    if "。" in a or marks.unclosed(a) or a[-1] in ",，、" or marks.DATELINE.match(a):
        return True
    comma = max(a.rfind(","), a.rfind("，"))
    if comma >= 0 and (len(a) - comma <= 4 or len(a) >= 36):
        return True
    return _starts_with_rest(b)


def _starts_with_rest(text: str) -> bool:
    """Return whether a paragraph starts with the rest of a word or clause: one character and a mark, or three and 。."""
    return (len(text) > 1 and text[1] in ",，、。;；") or "。" in text[1:4]


def _overlap(line: Line, following: Line) -> int:
    """Return how many characters at the start of a paragraph repeat the end of the one before."""
    a, b = line.text, following.text
    if line.torn or line.level or following.level or a == b:
        return 0
    for length in range(min(MAX_OVERLAP, len(a) - 1, len(b) - 1), 1, -1):
        if a[-length:] != b[:length] or not HAN_CHARACTER.match(a[-length - 1]):
            continue
        if a[-1] in "。！？!?":
            return length if length <= 4 else 0
        return length if length >= 4 and not marks.is_headline_like(a) else 0
    return 0


def attach_photographers(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Join a line that only names a photographer to the caption before it."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and marks.is_photographer(line.text) and not marks.is_caption(groups[-1][-1].text):
            groups[-1].append(replace(line, caption=True))
        else:
            groups.append([line])
    return _joined(groups, between=" ")


def _joined(groups: Sequence[Sequence[Line]], between: str | None = None) -> tuple[list[Line], list[Repair]]:
    """Make one line of each group; what stands between is a blank where both are written with blanks."""
    lines = []
    repairs = []
    for group in groups:
        first = group[0]
        if len(group) == 1:
            lines.append(first)
            continue
        content = first.content
        for line in group[1:]:
            joint = separator(content.text, line.text) if between is None else between
            start = content.runs[-1]
            raw_end = start.raw_start + (start.length if start.raw_length is None else start.raw_length)
            repairs.append(
                Repair(RepairKind.JOINED, Span(raw_end, max(raw_end + 1, line.content.runs[0].raw_start)), "\n", joint)
            )
            content = align.join((content, line.content), joint)
        caption = any(line.caption for line in group)
        lines.append(replace(first, content=content, torn=group[-1].torn, caption=caption))
    return lines, repairs


def separator(before: str, after: str) -> str:
    """Return what joins two lines: a blank, or nothing in scripts that are written without."""
    a, b = before[-1], after[0]
    if a == "-" and before[-_HYPHEN_MIN:-1].isalpha() and b.islower():
        return ""
    wide = "\u2e80"
    return "" if a >= wide and not _is_hangul(a) or b >= wide and not _is_hangul(b) or a in "“‘(" or b in "”’" else " "


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7af"


def _dropped(kind: RepairKind, line: Line) -> Repair:
    return _removed(kind, line, 0, len(line.text))


def _removed(kind: RepairKind, line: Line, start: int, end: int) -> Repair:
    return Repair(kind, align.raw_span(line.content, start, end), line.text[start:end], "")
