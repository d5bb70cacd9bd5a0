"""Where an answer should begin and end: marks closed, one figure or name where one is asked for, no punctuation left.

Rules on characters only; which span is best is decided in `qa.answer.choose`.
"""

import re

from qa.answer.question import Asked
from qa.answer.spans import candidates

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】", "[": "]"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_TRIMMED = " \t\n，,、。；;：:！？!?的"
_JOINING = re.compile(r"(?<=\w)(?: (?:of|and|or|the|a|an|in|to|for|with|by|at|on))+$")
_REACH = 2  # characters that a missing mark may be away
# Between two answers: a pause that stands between no digits.
_PAUSE = re.compile(r"[、；;，]|,(?!\d)")
_SINGLE = frozenset({Asked.NUMBER, Asked.DATE, Asked.PERSON})
_MUCH = 5  # characters beside the one candidate from which a span has swallowed its neighbours


def holds_several(answer: str, asked: Asked) -> bool:
    """Tell whether a span runs over a pause although one figure, day or name is asked for."""
    return asked in _SINGLE and bool(_PAUSE.search(answer.strip(_TRIMMED)))


def tidy(text: str, start: int, end: int, asked: Asked) -> tuple[int, int]:
    """Return the range of an answer with tidy ends.

    Args:
        text: Of the passage.
        start: Where the range that was found begins.
        end: Where it ends; it is not empty.
        asked: The type of answer that the question wants; OTHER where several things are asked for.
    """
    start, end = _single(text, start, end, asked)
    start, end = _trimmed(text, start, end)
    return _trimmed(text, *_closed(text, start, end))


def _single(text: str, start: int, end: int, asked: Asked) -> tuple[int, int]:
    """Return the one candidate inside a span that has swallowed its neighbours, else the span."""
    if asked not in _SINGLE:
        return start, end
    inside = candidates(text[start:end], asked)
    if len(inside) != 1:
        return start, end
    first, last = inside[0]
    beside = text[start : start + first] + text[start + last : end]
    if len(beside) < _MUCH and not re.search(r"[“”‘’《》\s、；;，]", beside.strip(_TRIMMED)):
        return start, end
    return start + first, start + last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and text[start] in _TRIMMED:
        start += 1
    while end > start + 1 and text[end - 1] in _TRIMMED:
        end -= 1
    joining = _JOINING.search(text[start:end])
    return start, start + joining.start() if joining else end


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range with the mark that its first or last one lacks, taken in where near, else left out."""
    opened: list[str] = []
    for character in text[start:end]:
        if character in _PAIRS:
            opened.append(_PAIRS[character])
        elif character in _CLOSERS:
            if opened and opened[-1] == character:
                opened.pop()
            elif not opened:
                return _with_opener(text, start, end, _CLOSERS[character])
    if not opened:
        return start, end
    place = text.find(opened[-1], end, end + _REACH + 1)
    if place >= 0:
        return start, place + 1
    if text[start] in _PAIRS and len(opened) == 1 and end - start > 1:
        return start + 1, end
    return start, end


def _with_opener(text: str, start: int, end: int, opener: str) -> tuple[int, int]:
    place = text.rfind(opener, max(0, start - _REACH), start)
    if place >= 0:
        return place, end
    return (start, end - 1) if text[end - 1] in _CLOSERS and end - start > 1 else (start, end)
