"""Take out pinyin that a converter inserted after Traditional characters, as in 發(fā)展.

Readings are checked against pypinyin, so that a genuine parenthesis such as (CBD), (ml) or (km) stays. Characters that
the same converter destroyed are the work of `qa.corpus.lost`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from qa.corpus.characters import HAN, is_everyday
from qa.corpus.traditional import simplify_characters

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_GROUP = re.compile(rf"[(（](?<=[{HAN}].)([{LETTERS}]{{1,6}})[)）]")  # from the bracket: rarer than the character

MANY = 3
"""From this many groups on a page is taken to be damaged throughout; fewer may be glosses of rare characters."""


@cache
def readings(character: str) -> frozenset[str]:
    """Return every reading of a character, with tone marks and without."""
    toned = {reading for form in (character, simplify_characters(character)) for reading in _listed(form)}
    return frozenset(toned | {plain(reading) for reading in toned})


@cache
def usual_reading(character: str) -> str:
    """Return the first reading of a character that the dictionary gives, or an empty text."""
    return next(iter(_listed(character)), "")


def _listed(character: str) -> list[str]:
    """Return the readings of pypinyin's dictionary, the usual one first."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - takes 0.3 s: only when a page needs it

    listed: str = PINYIN_DICT.get(ord(character), "")
    return [unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading]


def plain(reading: str) -> str:
    """Return a reading without tone marks; ü stays."""
    decomposed = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in "\u0300\u0301\u0304\u030c"))


def inserted(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every inserted group, brackets included, in order.

    A group is inserted when it is a reading of the character before it and either stands after a Traditional character,
    or is one of many on the page, or gives the usual reading of an everyday character, which no reader needs.
    """
    groups = list(_valid_groups(text))
    many = len(groups) >= MANY
    return [(start, end) for start, end, character, reading in groups if many or _is_needless(character, reading)]


def _valid_groups(text: str) -> Iterator[tuple[int, int, str, str]]:
    for group in _GROUP.finditer(text):
        character, reading = text[group.start() - 1], unicodedata.normalize("NFC", group[1])
        if reading in readings(character):
            yield group.start(), group.end(), character, reading


def _is_needless(character: str, reading: str) -> bool:
    if simplify_characters(character) != character:
        return True
    return is_everyday(character) and TONED.search(reading) is not None and reading == usual_reading(character)
