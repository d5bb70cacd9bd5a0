r"""Recompute characters that a byte-level conversion of GBK text destroyed.

Two such conversions are known. Both looked for the two bytes of one character and also hit the second byte of one
character with the first byte of the next:

1. Pinyin was inserted after 請, bytes D5 88. In 日報, bytes C8 D5 88 F3, it hit the middle: C8 D5 88 (qing) F3 (bao).
   Each broken half then swallowed a bracket, and the page shows `日?qing)?bao)`, with tone marks.
2. Full-width signs were made half-width: ？, bytes A3 BF, became `?`. In 專款, bytes 8C A3 BF EE, that leaves 8C `?`
   EE, shown as `??`.

What follows is read one byte off, until another byte is lost. So all bytes of a stretch are known but its first or
last one, which readings and the word list decide. What stays open is left as it is and reported.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from qa.corpus.characters import HAN, is_everyday, is_han
from qa.corpus.pinyin import LETTERS, TONED, readings
from qa.corpus.traditional import simplify_characters
from qa.corpus.words import frequency, is_word, known_words, phrases_around

Edit = tuple[int, int, str]

_GARBLED = f"[{HAN}\ue000-\uf8ff‐-⿕　-㄀！-￥]"
_END = (
    rf"(?:(?P<trail>[@-~€])(?:\((?P<trail_reading>[{LETTERS}]{{1,6}})\))?(?P<then>\??)"
    rf"|\?(?:(?P<reading>[{LETTERS}]{{1,6}})\))?)"
)
_INSIDE = re.compile(
    rf"(?P<before>[^\x00-\x7f])(?:\([{LETTERS}]{{1,6}}\))?(?P<mark>\?)(?P<false>[{LETTERS}]{{1,6}})\)(?P<garbled>{_GARBLED}{{0,24}}?){_END}"
)
_SHIFTED = re.compile(rf"\?(?P<folded>[!-~])(?P<garbled>{_GARBLED}{{0,24}}?){_END}")
_HEADLESS = re.compile(rf"(?<=\?)[{LETTERS}]{{1,6}}\)")
_BETWEEN = re.compile(rf"(?<=[{HAN}])\?+(?=[{HAN}])")

MIN_EVERYDAY = 0.75
"""Share of everyday characters in a stretch that was put right; of random bytes only one character in six is one."""

COMMON_WORD = 100
"""Frequency, in jieba's list, from which a word speaks against a full stop."""

_UNKNOWN = "?"
_LAST_BYTES = range(0x80, 0xFF)


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
    repaired: list[Edit] = []
    for edit in sorted([*_stretches(text, _INSIDE, _inside), *_stretches(text, _SHIFTED, _shifted)]):
        if not repaired or edit[0] >= repaired[-1][1]:
            repaired.append(edit)
    covered = {at for start, end, _ in repaired for at in range(start, end)}
    removed = [
        group.span() for group in _HEADLESS.finditer(text) if TONED.search(group[0]) and group.start() not in covered
    ]
    still_open = [(start - 1, end) for start, end in removed]
    still_open += [(start, end) for start, end, replacement in repaired if _UNKNOWN in replacement]
    still_open += [mark.span() for mark in _BETWEEN.finditer(text) if mark.start() not in covered]
    return Findings(tuple(repaired), tuple(removed), tuple(sorted(set(still_open))))


def _stretches(
    text: str, pattern: re.Pattern[str], solve: Callable[[re.Match[str], str], list[Edit]]
) -> Iterator[Edit]:
    position = 0
    while (damage := pattern.search(text, position)) is not None:
        edits = solve(damage, text)
        yield from edits
        position = damage.end() if edits else damage.start() + 1


def _inside(damage: re.Match[str], text: str) -> list[Edit]:
    """Repair the first kind: pinyin inside a pair of characters. The character before it is whole."""
    code = _bytes_of(damage["garbled"])
    if code is None or not TONED.search(damage["false"]):
        return []
    before, after = damage["before"], text[damage.end() : damage.end() + 1]
    attempts = [
        attempt
        for lead in _false_leads(before, damage["false"])
        for attempt in _complete(bytes([lead]) + code, damage)
        if _is_plausible(attempt.text, damage["garbled"])
    ]
    best = _choose(attempts, before, after)
    return [(damage.start("mark"), best.end, best.text)] if best else []


def _shifted(damage: re.Match[str], text: str) -> list[Edit]:
    """Repair the second kind: a full-width sign made half-width across two characters."""
    code = _bytes_of(damage["garbled"])
    if code is None or not (code or damage["reading"] or damage["trail_reading"]):
        return []
    sign = ord(damage["folded"]) + 0x80
    first = {c for lead in range(0x81, 0xFF) if (c := _decode(lead, 0xA3)) is not None}
    before = text[max(0, damage.start() - 1) : damage.start()]
    for attempt in _complete(bytes([sign]) + code, damage):
        if not _is_plausible(attempt.text, damage["garbled"]):
            continue
        after = attempt.text + text[attempt.end : attempt.end + 4]
        found = _set_phrase(first, attempt) or _first(first, before, after) + attempt.text
        # The first question mark is the first character; the others cannot be told apart.
        return [(damage.start(), damage.start() + 1, found[0]), (damage.start() + 1, attempt.end, found[1:])]
    return []


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to read a stretch.

    Attributes:
        end: Where the stretch ends in the page.
        text: Its characters; an unknown last one is `?`.
        lead: First byte of the last character when its second one is lost, else None.
    """

    end: int
    text: str
    lead: int | None = None


def _complete(code: bytes, damage: re.Match[str]) -> Iterator[_Attempt]:
    """Yield each way to read a stretch whose bytes are known up to its last character."""
    trail, reading, trail_reading = damage["trail"], damage["reading"], damage["trail_reading"]
    if trail is None:
        known = _text_of(code[:-1])
        if known is not None:
            yield _Attempt(damage.end(), known + _last(known, code[-1], reading), code[-1])
        return
    # The sign is the second byte of the last character ...
    whole = _text_of(code + (b"\x80" if trail == "€" else trail.encode("ascii")))
    if whole and (trail_reading is None or trail_reading in readings(whole[-1])):
        yield _Attempt(damage.end("trail" if trail_reading is None else "trail_reading") + bool(trail_reading), whole)
    # ... or a full-width sign that was made half-width, and the last character was lost.
    folded = damage["then"] and trail_reading is None and trail != "€"
    known = _text_of(code + bytes([0xA3])) if folded else None
    if known:
        lead = ord(trail) + 0x80
        yield _Attempt(damage.end(), known + _last(known, lead, None), lead)


def _last(known: str, lead: int, reading: str | None) -> str:
    """Return the character whose second byte is lost: by its reading, or by a word of three characters or more."""
    found = [c for c in _characters(lead) if reading is None or reading in readings(c)]
    tails = {simplify_characters(c): c for c in found if is_han(c)}
    before = simplify_characters(known)
    for size in (3, 2):
        words = known_words(before[-size:] + tail for tail in tails) if len(before) >= size else []
        if len(words) == 1:
            return tails[words[0][-1]]
    if reading is None:
        return _UNKNOWN
    worded = [c for c in found if known and is_word(before[-1] + simplify_characters(c))]
    return _only(worded, [c for c in found if _is_converted(c)], found) or _UNKNOWN


def _set_phrase(first: Iterable[str], attempt: _Attempt) -> str | None:
    """Return a stretch of four characters whose lost ends complete a set phrase, as in 專款專用."""
    rest = simplify_characters(attempt.text)
    phrases = phrases_around(rest[:2]) if len(rest) == 3 else []
    if not phrases:
        return None
    heads = {simplify_characters(c): c for c in first if is_han(c)}
    tails = {rest[-1]: attempt.text[-1]}
    if attempt.text.endswith(_UNKNOWN) and attempt.lead is not None:
        tails = {simplify_characters(c): c for c in _characters(attempt.lead) if is_han(c)}
    phrase = next((phrase for phrase in phrases if phrase[0] in heads and phrase[-1] in tails), None)
    return heads[phrase[0]] + attempt.text[:-1] + tails[phrase[-1]] if phrase else None


def _first(candidates: set[str], before: str, after: str) -> str:
    """Return the character whose first byte is lost: a full stop, by far the commonest, unless words rule it out."""
    if not is_han(before or " ") or "。" not in candidates or "。" in after[:4]:
        return _UNKNOWN
    rivals = (simplify_characters(before + c) for c in candidates if is_han(c))
    return _UNKNOWN if any(frequency(rival) >= COMMON_WORD for rival in rivals) else "。"


def _choose(attempts: list[_Attempt], before: str, after: str) -> _Attempt | None:
    """Return the one attempt whose first character stands out: by a word with a neighbour, or as an everyday one."""
    by_first = {attempt.text[0]: attempt for attempt in reversed(attempts)}
    first = sorted(by_first)
    worded = [c for c in first if _makes_word(before, c) or _makes_word(c, by_first[c].text[1:2] or after)]
    everyday = [c for c in first if is_everyday(simplify_characters(c))]
    converted = [c for c in everyday if _is_converted(c)]
    both = [c for c in worded if c in converted]
    best = _only(both, worded, converted, everyday, first)
    return by_first[best] if best else None


def _only(*groups: list[str]) -> str | None:
    return next((group[0] for group in groups if len(group) == 1), None)


def _makes_word(first: str, second: str) -> bool:
    return bool(first and second) and is_word(simplify_characters(first + second))


def _is_converted(character: str) -> bool:
    return simplify_characters(character) != character


def _is_plausible(found: str, garbled: str) -> bool:
    """Return whether a stretch reads like text now, and better than before."""
    known = found.rstrip(_UNKNOWN)
    share = _everyday_share(known)
    if not found or share < MIN_EVERYDAY:
        return False
    if len(garbled) < 2 or _everyday_share(garbled) < share:
        return True
    return _words_inside(known) > _words_inside(garbled)


def _words_inside(text: str) -> int:
    return sum(1 for first, second in pairwise(text) if _makes_word(first, second))


def _everyday_share(text: str) -> float:
    good = sum(1 for c in simplify_characters(text) if is_everyday(c) or c in "。、“”‘’《》…—·「」")
    return good / len(text) if text else 1.0


@cache
def _false_leads(before: str, reading: str) -> tuple[int, ...]:
    """Return lead bytes that make, after the last byte of `before`, a Traditional character of this reading."""
    code = _bytes_of(before)
    if code is None:
        return ()
    leads = ((lead, _decode(code[1], lead)) for lead in range(0x81, 0xFF))
    return tuple(lead for lead, c in leads if c is not None and _is_converted(c) and reading in readings(c))


def _characters(lead: int) -> list[str]:
    return [c for trail in _LAST_BYTES if (c := _decode(lead, trail)) is not None]


def _bytes_of(text: str) -> bytes | None:
    """Return the bytes that stood in the file, two for each character, or None when GBK does not have them."""
    code = bytearray()
    for character in text:
        position = ord(character)
        if 0xE815 <= position <= 0xE864:  # GBK's unassigned cells FE 50 to FE A0
            trail = 0x50 + position - 0xE815
            code += bytes((0xFE, trail if trail < 0x7F else trail + 1))
            continue
        two = character.encode("gb18030")
        if len(two) != 2:
            return None
        code += two
    return bytes(code)


def _text_of(code: bytes) -> str | None:
    """Return the characters of an even number of bytes, or None when a pair is none."""
    if len(code) % 2:
        return None
    found = [_decode(code[at], code[at + 1]) for at in range(0, len(code), 2)]
    return "".join(c for c in found if c is not None) if None not in found else None


def _decode(lead: int, trail: int) -> str | None:
    """Return the character of two GBK bytes, or None."""
    try:
        character = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 else None
