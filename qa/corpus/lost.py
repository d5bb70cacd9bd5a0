r"""Recompute characters that a byte-level conversion of GBK text destroyed.

Two such conversions are known. Both looked for the two bytes of one character and also hit the second byte of one
character with the first byte of the next:

1. Pinyin was inserted after 請, bytes D5 88. In 日報, bytes C8 D5 88 F3, it hit the middle: C8 D5 88 (qing) F3 (bao).
   Each broken half then swallowed a bracket, and the page shows `日?qing)?bao)` (with tone marks).
2. Full-width signs were made half-width: ？, bytes A3 BF, became `?`. In 專款, bytes 8C A3 BF EE, that leaves 8C `?` EE,
   shown as `??`, and what follows is read one byte off until a byte is lost again.

So the bytes around the damage are known but for one or two, which readings and the word list decide. What stays open
is left as it is and reported; nothing is guessed from meaning alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.corpus.characters import HAN, is_everyday, is_han
from qa.corpus.pinyin import LETTERS, TONED, readings
from qa.corpus.traditional import simplify_characters
from qa.corpus.words import is_word, matching

_PRIVATE_GBK = (0xE815, 0xE864)
"""Private characters that stand for the bytes FE 50 to FE A0 (GBK's unassigned cells)."""

_GARBLED = f"[{HAN}\ue000-\uf8ff]"
_HEADLESS = rf"\?([{LETTERS}]{{1,6}})\)"
_INSIDE = re.compile(rf"([{HAN}]){_HEADLESS}(?:{_HEADLESS}|([@-~])\(([{LETTERS}]{{1,6}})\))?")
_SHIFTED = re.compile(rf"\?([!-~])({_GARBLED}{{1,12}}?)(?:{_HEADLESS}|([!-~]?)\?)")
_ANY_HEADLESS = re.compile(rf"(?<=\?)[{LETTERS}]{{1,6}}\)")
_BETWEEN = re.compile(rf"(?<=[{HAN}])\?+(?=[{HAN}])")

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on a page.

    Attributes:
        repaired: (start, end, replacement), in order.
        removed: (start, end) of pinyin whose character could not be recomputed, in order.
        open: (start, end) of damage that stays, in order.
    """

    repaired: tuple[Edit, ...]
    removed: tuple[tuple[int, int], ...]
    open: tuple[tuple[int, int], ...]


def find_lost(text: str) -> Findings:
    """Find the destroyed characters of a page that is known to have gone through such a conversion."""
    repaired = [*_inside(text), *_shifted(text)]
    repaired.sort()
    covered = [(start, end) for start, end, _ in repaired]
    removed, still_open = [], []
    for group in _ANY_HEADLESS.finditer(text):
        if TONED.search(group[0]) and not _overlaps(group.span(), covered):
            removed.append(group.span())
            still_open.append((group.start() - 1, group.end()))
    for mark in _BETWEEN.finditer(text):
        if not _overlaps(mark.span(), covered):
            still_open.append(mark.span())
    return Findings(tuple(repaired), tuple(removed), tuple(sorted(still_open)))


def _overlaps(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _inside(text: str) -> Iterator[Edit]:
    """Yield repairs of the first kind: pinyin inside a pair of characters."""
    for damage in _INSIDE.finditer(text):
        before, false_reading, reading, trail, trail_reading = damage.groups()
        if not TONED.search(false_reading):
            continue
        if not (reading or trail_reading):
            continue
        found: set[str] = set()
        for lead in _false_leads(before, false_reading):
            trails: Iterable[int] = (ord(trail),) if trail else range(0x80, 0xFF)
            found.update(_characters(lead, trails, reading or trail_reading))
        lost = _choose(found, before, text[damage.end() : damage.end() + 1])
        if lost is not None:
            yield damage.start() + 1, damage.end(), lost


def _false_leads(before: str, reading: str) -> list[int]:
    """Return lead bytes that make, after the last byte of `before`, a character of this reading."""
    code = _gbk(before)
    if len(code) != 2:
        return []
    return [lead for lead in range(0x81, 0xFF) if reading in readings(_decode(code[1], lead) or " ")]


def _characters(lead: int, trails: Iterable[int], reading: str | None) -> Iterator[str]:
    for trail in trails:
        character = _decode(lead, trail)
        if character is not None and (reading is None or reading in readings(character)):
            yield character


def _choose(found: set[str], before: str, after: str) -> str | None:
    """Return the one candidate that stands out: by a word with its neighbours, else by being an everyday one."""
    worded = [c for c in found if is_word(simplify_characters(before + c)) or is_word(simplify_characters(c + after))]
    everyday = [c for c in found if is_everyday(simplify_characters(c))]
    converted = [c for c in everyday if simplify_characters(c) != c]
    for group in ([c for c in worded if c in converted], worded, converted, everyday, list(found)):
        if len(group) == 1:
            return group[0]
    return None


def _shifted(text: str) -> Iterator[Edit]:
    """Yield repairs of the second kind: a stretch that was read one byte off."""
    position = 0
    while (damage := _SHIFTED.search(text, position)) is not None:
        found = _realign(damage, text)
        if found is None:
            position = damage.start() + 1
            continue
        # The first question mark is the first character; the rest cannot be told apart.
        yield damage.start(), damage.start() + 1, found[0]
        yield damage.start() + 1, damage.end(), found[1:]
        position = damage.end()


def _realign(damage: re.Match[str], text: str) -> str | None:
    """Return the characters of a stretch, or None when it does not come out as everyday text."""
    folded, garbled, reading, folded_end = damage.groups()
    if all(is_everyday(simplify_characters(character)) for character in garbled):
        return None
    code = [0xA3, ord(folded) + 0x80]
    for character in garbled:
        code.extend(_gbk(character))
    if folded_end:
        code.extend((0xA3, ord(folded_end) + 0x80))
    if len(code) % 2:
        return None
    middle = [_decode(code[at], code[at + 1]) for at in range(1, len(code) - 1, 2)]
    known = "".join(character or " " for character in middle)
    if not all(is_everyday(character) for character in simplify_characters(known)):
        return None
    first = [c for lead in range(0x81, 0xFF) if (c := _decode(lead, code[0])) is not None]
    last = list(_characters(code[-1], range(0x40, 0xFF), reading))
    before = text[max(0, damage.start() - 1) : damage.start()]
    return _complete(first, known, last, before=before, read=reading is not None)


def _complete(first: list[str], known: str, last: list[str], *, before: str, read: bool) -> str | None:
    """Return the stretch with its two unknown ends, from a set phrase, a reading, or the end of a sentence."""
    heads, tails = _by_simplified(first), _by_simplified(last)
    middle = simplify_characters(known)
    if len(middle) <= 3:
        for word in matching(f"[{''.join(heads)}]{middle}[{''.join(tails)}]"):
            return heads[word[0]] + known + tails[word[-1]]
    everyday = [character for character in last if is_everyday(simplify_characters(character))]
    ends = [tails[word[-1]] for size in (3, 2) for word in matching(f"{middle[-size:]}[{''.join(tails)}]")]
    worded = [c for c in last if is_word(middle[-1] + simplify_characters(c))]
    # A word of two characters proves nothing among 190 candidates, unless a reading has narrowed them down.
    end = next((group[0] for group in (ends, worded, everyday)[: 3 if read else 1] if len(group) == 1), None)
    if end is None or "。" not in first or not before or not is_han(before):
        return None
    return "。" + known + end


def _by_simplified(characters: list[str]) -> dict[str, str]:
    return {simplify_characters(character): character for character in characters if is_han(character)}


def _gbk(character: str) -> bytes:
    """Return the bytes that stood in the file; private characters are put back into GBK's unassigned cells."""
    code = ord(character)
    low, high = _PRIVATE_GBK
    if low <= code <= high:
        trail = 0x50 + code - low
        return bytes((0xFE, trail if trail < 0x7F else trail + 1))
    return character.encode("gbk", errors="ignore")


def _decode(lead: int, trail: int) -> str | None:
    """Return the character of two GBK bytes, or None."""
    try:
        character = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 else None
