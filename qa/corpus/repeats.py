"""Drop what a page prints more than once: whole lines, tails glued on from another line, and their fragments.

Only exact repetition counts. Two nearly equal paragraphs are two facts, and both stay.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa.corpus import align, captions, marks
from qa.corpus.characters import CLOSING, SENTENCE_END, han_count, units
from qa.corpus.lines import Line, removed
from qa.corpus.repairs import Repair, RepairKind

MIN_REPEATED = 20
"""Chinese characters (others count a third) from which a repeated line is dropped: shorter ones may be meant."""

MIN_GLUED = 12
"""Characters, half of them Han, from which a tail is taken for glued on from an earlier line."""

MIN_FINISHED = 24
"""Characters of a tail that ends a sentence. It is glued on when it starts one here, and none where it comes from."""

MAX_ORPHAN = 8
"""A fragment shorter than this goes with the glued tail before it."""


def drop_repeats(lines: Sequence[Line]) -> tuple[list[Line], list[Repair]]:
    """Return the lines without repetitions, and what was dropped."""
    kept: list[Line] = []
    repairs: list[Repair] = []
    seen: set[str] = set()
    tails: dict[str, str] = {}
    dropping = False
    for line in lines:
        text = line.text
        if text in seen and (dropping or units(text) >= MIN_REPEATED):
            # Inside a loop short lines count as well.
            repairs.append(removed(RepairKind.REPEATED, line, 0, len(text)))
            dropping = True
            continue
        seen.add(text)
        if kept and kept[-1].torn and not dropping and len(text) < MAX_ORPHAN and text[-1] in SENTENCE_END:
            repairs.append(removed(RepairKind.ORPHAN, line, 0, len(text)))
            continue
        dropping = False
        glued = _glued_tail(text, tails)
        if glued:
            at = len(text) - glued
            repairs.append(removed(RepairKind.GLUED, line, at, len(text)))
            torn = text[at - 1] not in SENTENCE_END
            kept.append(replace(line, content=align.strip(align.cut(line.content, 0, at)), torn=torn))
            continue
        if _is_unfinished(text):
            tails.setdefault(text[-MIN_GLUED:], text)
        elif len(text) > 2 * MIN_FINISHED and text[-1] in SENTENCE_END:
            tails.setdefault(text[-MIN_FINISHED:], text)
        kept.append(line)
    return kept, repairs


def _is_unfinished(text: str) -> bool:
    """Return whether a line of running text stops in mid-sentence."""
    if len(text) <= MIN_GLUED or text[-1] in SENTENCE_END + CLOSING + ".:：;；—":
        return False
    if 2 * han_count(text[-MIN_GLUED:]) < MIN_GLUED:
        return False
    return not marks.is_headline_like(text) and not captions.is_caption(text)


def _glued_tail(text: str, tails: dict[str, str]) -> int:
    """Return how many characters at the end also end an earlier line and were glued on from there; 0 for none."""
    finished = text[-1] in SENTENCE_END
    least = MIN_FINISHED if finished else MIN_GLUED
    earlier = tails.get(text[-least:]) if len(text) > least else None
    if earlier is None:
        return 0
    length = least
    while length < min(len(text), len(earlier)) and text[-length - 1] == earlier[-length - 1]:
        length += 1
    if length == len(text) or not text[: len(text) - length].strip():
        return 0
    if finished and (length == len(earlier) or not _starts_sentence(text, length) or _starts_sentence(earlier, length)):
        return 0
    return length


def _starts_sentence(text: str, length: int) -> bool:
    """Return whether the last characters, so many, stand behind the end of a sentence."""
    return text[-length - 1] in SENTENCE_END
