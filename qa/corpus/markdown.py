"""Read Markdown into lines: headings with their level, paragraphs, list items, table rows; marks taken off.

Covers what people write by hand (CommonMark's blocks, tables, front matter), not every corner of the grammar.
The document's own text stays raw; every line maps back to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from qa.corpus import align
from qa.corpus.lines import Line, separator
from qa.corpus.repairs import Repair, RepairKind
from qa.types import AlignedText

FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.{0,20000}?\n)?(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]{1,30}|标题|副标题|日期|作者|来源|地点)[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_FIELD_NAMES = {
    "title": "title", "标题": "title", "date": "date", "日期": "date", "published": "date",
    "author": "author", "authors": "author", "作者": "author",
    "source": "source", "publisher": "source", "来源": "source", "subtitle": "subtitle", "副标题": "subtitle",
    "place": "place", "location": "place", "地点": "place",
}  # fmt: skip
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+|$)")
_ATX_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*)*\|?[ \t]*$")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S")
_SETEXT_LEVELS = {"=": 1, "-": 2}
_PREFIX = re.compile(r"^[ \t]*(?:>[ \t]?)*(?P<item>(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)|(?=\d{1,9}[.)][ \t]))?")
_LONGEST_COMMENT = 5000

_INLINE = re.compile(
    r"""
      (?P<code>`{1,3})[^`\n]{1,500}(?P=code)
    | !?\[(?P<text>[^\[\]\n]{0,500})\](?:\([^()\s]{0,1000}(?:[ ]"[^"\n]{0,200}")?\)|\[[^\[\]\n]{0,100}\])
    | <(?P<url>(?:https?://|mailto:)[^<>\s]{1,1000})>
    | (?P<tag></?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>\n]{0,500})?/?>)
    | (?P<note>\[\^[^\]\n]{1,50}\]:?)
    """,
    re.VERBOSE,
)
_EMPHASIS = re.compile(
    r"""
      (?P<code>`{1,3})[^`\n]{1,500}(?P=code)
    | \\[\\`*_{}\[\]()#+.!~>|-]
    | (?P<star>\*{1,3})(?=[^\s*])(?P<strong>[^*\n]{1,500})(?<=\S)(?P=star)
    | ~~(?=\S)(?P<struck>[^~\n]{1,500})(?<=\S)~~
    | (?<!\w)(?P<line>_{1,3})(?=[^\s_])(?P<under>[^\n]{1,500}?)(?<=[^\s_])(?P=line)(?!\w)
    """,
    re.VERBOSE,
)
_LEFT_OVER = re.compile(r"(?P<code>`{1,3})(?P<inside>[^`\n]{1,500})(?P=code)|\\(?P<escaped>[\\`*_{}\[\]()#+.!~>|-])")
_KEPT = ("text", "url", "strong", "struck", "under", "inside", "escaped")
_IMAGE_ALONE = re.compile(r"^!\[[^\[\]\n]{1,500}\]\([^()\n]{0,1000}\)$")


class _Kind(Enum):
    """What a line outside code is; text goes on with the paragraph above, everything else ends it."""

    TEXT = auto()
    ITEM = auto()
    ROW = auto()
    HEADING = auto()
    UNDERLINE = auto()
    FENCE = auto()
    BLANK = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Marked:
    """A Markdown document without its marks.

    Attributes:
        lines: Headings, paragraphs, list items, table rows.
        repairs: The marks that were taken off.
        metadata: (name, value) pairs of the front matter: title, subtitle, date, author, source, place.
    """

    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    metadata: tuple[tuple[str, str], ...]


def read(page: AlignedText) -> Marked:
    """Return the lines of a Markdown text."""
    metadata, start = _front_matter(page.text)
    repairs: list[Repair] = []
    lines = []
    for line in _blocks(align.cut(page, start, len(page.text))):
        content, taken = (line.content, []) if line.verbatim else _without_marks(line.content)
        repairs.extend(taken)
        content = align.strip(content)
        if content.text and any(character.isalnum() for character in content.text):
            lines.append(replace(line, content=content))
    return Marked(tuple(lines), tuple(repairs), metadata)


def _front_matter(text: str) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return the known fields and where the document itself starts."""
    found = FRONT_MATTER.match(text)
    if not found:
        return (), 0
    fields: dict[str, str] = {}
    for field in _FIELD.finditer(found[2] or ""):
        name = _FIELD_NAMES.get(field[1].lower())
        value = field[2].strip("\"'[] ")
        if name and value:
            fields.setdefault(name, value)
    return tuple(fields.items()), found.end()


def _blocks(page: AlignedText) -> Iterator[Line]:
    """Yield blocks with their inline marks; code is verbatim."""
    text = _blank_out(page.text)
    paragraph: list[tuple[int, int]] = []
    fence, blank = "", 0
    for start, end in _physical_lines(text):
        line = text[start:end]
        if fence:
            if line.strip().startswith(fence):
                fence = ""
            elif line.strip():
                yield Line(align.strip(align.cut(page, start, end)), verbatim=True)
            continue
        kind = _kind(line, in_paragraph=bool(paragraph))
        if kind is not _Kind.TEXT and paragraph:
            level = _SETEXT_LEVELS[line.strip()[0]] if kind is _Kind.UNDERLINE else 0
            yield from _paragraph(page, paragraph, blank, level=level)
            paragraph, blank = [], 0
        if kind is _Kind.FENCE:
            fence = line.strip()[:3]
        elif kind is _Kind.HEADING:
            yield from _heading(page, start, line, blank)
            blank = 0
        elif kind is _Kind.BLANK:
            blank += 1
        elif kind in (_Kind.TEXT, _Kind.ITEM, _Kind.ROW):
            prefix = _PREFIX.match(line)
            paragraph.append((start + (prefix.end() if prefix else 0), end))
    if paragraph:
        yield from _paragraph(page, paragraph, blank)


def _kind(line: str, *, in_paragraph: bool) -> _Kind:
    """Return what a line outside code is."""
    prefix = _PREFIX.match(line)
    tests = (
        (_Kind.BLANK, not line.strip()),
        (_Kind.FENCE, _FENCE.match(line)),
        (_Kind.HEADING, _ATX.match(line)),
        (_Kind.UNDERLINE, in_paragraph and _SETEXT.match(line)),
        (_Kind.NOTHING, _RULE.match(line) or _REFERENCE.match(line) or _TABLE_RULE.match(line)),
        (_Kind.ROW, line.lstrip().startswith("|")),
        (_Kind.ITEM, prefix is not None and prefix["item"] is not None),
    )
    return next((kind for kind, fits in tests if fits), _Kind.TEXT)


def _heading(page: AlignedText, start: int, line: str, blank: int) -> Iterator[Line]:
    """Yield the heading of a line that starts with number signs, unless it is empty."""
    opening = _ATX.match(line)
    after = opening.end() if opening else 0
    closing = _ATX_TAIL.search(line, after)
    content = align.strip(align.cut(page, start + after, start + (closing.start() if closing else len(line))))
    if opening and content.text:
        yield Line(content, blank_before=blank, level=len(opening[1]))


def _blank_out(text: str) -> str:
    """Return the text with HTML comments blank, of the same length."""
    pieces = []
    done, start = 0, text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4, start + 4 + _LONGEST_COMMENT + 3) + 3
        if end > 2:
            pieces += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
            done = end
        start = text.find("<!--", max(done, start + 1))
    return "".join(pieces) + text[done:] if pieces else text


def _physical_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        yield start, end
        start = end + 1


def _paragraph(page: AlignedText, ranges: list[tuple[int, int]], blank: int, *, level: int = 0) -> Iterator[Line]:
    """Yield the lines of one paragraph, list item or table row as one, unless they are empty."""
    pieces = []
    for start, end in ranges:
        piece = align.strip(align.cut(page, start, end))
        if piece.text.endswith("\\"):
            piece = align.strip(align.cut(piece, 0, len(piece.text) - 1))
        if piece.text:
            pieces.append(piece)
    content = align.join(pieces, [separator(above.text, piece.text) for above, piece in pairwise(pieces)])
    image = _IMAGE_ALONE.match(content.text) is not None
    if content.text.startswith("|"):
        content = align.strip(content, "| \t")
    if content.text:
        yield Line(content, blank_before=blank, level=level, caption=image)


def _without_marks(content: AlignedText) -> tuple[AlignedText, list[Repair]]:
    """Return a block without links, emphasis, code marks, tags and escapes."""
    if not any(mark in content.text for mark in "`*_~[]<\\"):
        return content, []
    repairs: list[Repair] = []
    for pattern, rounds, signs in ((_INLINE, 2, "`[<"), (_EMPHASIS, 3, "*_~"), (_LEFT_OVER, 1, "`\\")):
        for _ in range(rounds):
            if not any(sign in content.text for sign in signs):
                break
            edits = [edit for found in pattern.finditer(content.text) for edit in _marks_of(found, pattern)]
            if not edits:
                break
            for start, end, _after in edits:
                span = align.raw_span(content, start, end)
                repairs.append(Repair(RepairKind.MARKUP, span, content.text[start:end], ""))
            content = align.substitute(content, edits)
    return content, repairs


def _marks_of(found: re.Match[str], pattern: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """Return what to delete of one match: everything around the part that is kept."""
    kept = next((name for name in _KEPT if _has(found, name)), None)
    if kept is None:
        deletes_all = pattern is _INLINE and (_has(found, "tag") or _has(found, "note"))
        empty_link = pattern is _INLINE and not _has(found, "code")
        return [(*found.span(), "")] if deletes_all or empty_link else []
    start, end = found.span(kept)
    around = ((found.start(), start, ""), (end, found.end(), ""))
    return [edit for edit in around if edit[0] < edit[1]]


def _has(found: re.Match[str], name: str) -> bool:
    return name in found.re.groupindex and bool(found[name])
