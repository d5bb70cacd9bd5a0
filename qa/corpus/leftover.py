"""Say why a piece of a document stands in no article.

Judges what repair and segmentation have left over; it drops nothing itself.
"""

import re
from collections.abc import Iterator, Sequence

from qa.corpus.differences import Range, subtract
from qa.corpus.markdown import FRONT_MATTER
from qa.corpus.repairs import Repair, RepairKind
from qa.corpus.roles import Role
from qa.types import Document, Span

CHANGES = (RepairKind.INVISIBLE, RepairKind.MARKUP)
"""Kinds, among those outside of lines, that are changes to the text and no omissions."""

_SIGNS = "a line of signs"
_NO_ARTICLE = "in no article"
_REASONS = {
    Role.FURNITURE: "part of the page: navigation, copyright, page number or an empty label",
    Role.RULE: _SIGNS,
    Role.HEADLINE: "a headline or label that belongs to no article",
}

_INVISIBLE = "\ufeff\u200b\u2060\xad"
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_REFERENCE = re.compile(r"[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S")
_FENCE = re.compile(r"[`~]{3}")
_MARKS = re.compile(r"(?:[\s_*#>|:=+~`\\<-]|\[[ xX]\])+")
_STRETCH = re.compile(r"\S(?:.*\S)?")


def reason(role: Role) -> str:
    """Return why a line of this role stands in no article, in a few words."""
    return _REASONS.get(role, _NO_ARTICLE)


def outside(document: Document, known: Sequence[Range]) -> list[Repair]:
    """Return what stands outside of all lines and repairs; blanks and the byte order mark are nothing.

    Args:
        document: The source.
        known: Ranges of lines and repairs, in order, none overlapping.
    """
    if not document.text:
        return []
    text = document.text
    found: list[Repair] = []
    start = 1 if text.startswith("\ufeff") else 0
    if document.media_type == "text/markdown" and (matter := FRONT_MATTER.match(text)):
        start = matter.end()
        found.append(Repair(RepairKind.FIELDS, Span(0, start), matter[0], "", "front matter"))
    for gap in subtract((start, len(text)), known) if start < len(text) else ():
        if text[gap[0] : gap[1]].strip():
            for low, high in _stretches(text, gap):
                found.append(_record(document, low, high))
    return found


def _stretches(text: str, gap: Range) -> Iterator[Range]:
    """Yield what is not blank: comments whole, the rest by lines."""
    start, end = gap
    while start < end:
        comment = _COMMENT.search(text, start, end)
        high = comment.start() if comment else end
        yield from (stretch.span() for stretch in _STRETCH.finditer(text, start, high))
        if comment:
            yield comment.span()
        start = comment.end() if comment else end


def _record(document: Document, start: int, end: int) -> Repair:
    text = document.text[start:end]
    marked = document.media_type == "text/markdown"
    kind, why = RepairKind.LEFT_OUT, _NO_ARTICLE if any(map(str.isalnum, text)) else _SIGNS
    if not text.strip(_INVISIBLE):
        kind, why = RepairKind.INVISIBLE, ""
    elif marked and text.startswith("<!--"):
        why = "a comment"
    elif marked and _REFERENCE.match(text):
        why = "the target of a link"
    elif marked and (_FENCE.match(text) or _MARKS.fullmatch(text)):
        kind, why = RepairKind.MARKUP, ""
    return Repair(kind, Span(start, end), text, "", why)
