"""Enumerations: does a question ask for several things, and where does the list around a span begin and end.

Rules on punctuation and joining words, Chinese and English; understands nothing.
"""

import re

_SEVERAL = re.compile(
    r"哪(?:些|几|[二两三四五六七八九十\d]+)|分别|有哪|包括什么|包含什么|都有(?:什么|谁)|依次|列举|什么和什么|各是|各为"
    r"|\bwhich (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|\w+s)\b(?!\w)|\bwhat are\b|\blist\b"
    r"|\bname the\b|\bwho are\b|\bwho were\b",
    re.IGNORECASE,
)
_ITEM = r"[^、，。；！？：,;!?\n和及与]{1,24}?"
_TITLED = re.compile(r"[、，和及]?《[^《》\n]{1,80}》")
_TITLED_BEFORE = re.compile(r"(?:《[^《》\n]{1,80}》[、，和及]?)+$")
_NEXT = re.compile(rf"(?:、|以及|和|及|与)({_ITEM})(?=[、，。；！？：,;!?\n]|以及|和|及|与|等|$)")
_BEFORE = re.compile(
    rf".*(?:^|[，。；！？：:“（(\n]|包括|包含|分别[为是]|[有为是将把在])({_ITEM})(?:、|以及|和|及|与)$"
)
_ITEM_BEFORE = re.compile(rf"(?<=、)({_ITEM})(?:、|以及|和|及|与)$")
_NEXT_ENGLISH = re.compile(r"(?:, and |, | and )([^,.;:!?\n]{1,40}?)(?=,|\.|;|:| and |\n|$)")


def asks_for_several(question: str) -> bool:
    """Tell whether a question asks for more than one thing."""
    return bool(_SEVERAL.search(question))


def whole_enumeration(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the list that a span is an item or a part of; the span itself where it stands in no list.

    To the left only a clear beginning is followed: another item before a pause, or an opening mark or word before the
    first one. English lists grow to the right only where the span holds a comma or a joining word already.
    """
    if text[start:end].endswith("》") and "《" in text[start:end]:  # titles need no joining word
        while titled := _TITLED.match(text, end):
            end = titled.end()
        if text[start] == "《" and (titled := _TITLED_BEFORE.search(text, 0, start)):
            start = titled.start()
    while match := _NEXT.match(text, end):
        end = match.end(1)
    while match := _ITEM_BEFORE.search(text, 0, start):
        start = match.start(1)
    first = _BEFORE.search(text, max(0, start - 30), start)
    if first:
        start = first.start(1)
    if re.search(r", | and ", text[start:end]):
        while match := _NEXT_ENGLISH.match(text, end):
            end = match.end(1)
    return start, end
