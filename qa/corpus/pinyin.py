"""Take out pinyin that a converter inserted after Traditional characters, as in 發(fā)展.

Readings are checked against pypinyin, so that a genuine parenthesis such as (CBD), (ml) or (km) stays. Characters that
the same converter destroyed are the work of `qa.corpus.lost`.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache

from qa.corpus.characters import HAN, han_count
from qa.corpus.traditional import simplify_characters, table

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_GROUP = re.compile(rf"[(（](?<=[{HAN}].)([{LETTERS}]{{1,6}})[)）]")  # from the bracket: rarer than the character

MANY = 3
MIN_OF_TRADITIONAL, MOST_OF_TRADITIONAL = 0.05, 0.3
"""Least share of Traditional characters that a reading follows, on a damaged page: with so many groups, and with fewer.

There it is more than half of them; elsewhere a reading explains how one name is said.
"""

NEAR, NEAR_BEFORE = 100_000, 2_000
"""Characters that are looked at, from before the first reading, the middle one and the last one."""

VERY_MANY = 5
MIN_OF_ALL = 0.025
"""So many groups, and this share of all Han characters, on a damaged page that is not Traditional."""


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


def inserted(text: str) -> "tuple[array[int], array[int]]":
    """Return starts and ends of all inserted groups, brackets included, in order; none on a page that is not damaged.

    A group is inserted when it is a reading of the character before it, and readings stand all over the page: a paper
    that explains how a name is said prints a few.
    """
    starts, ends = array("i"), array("i")  # a page of 25 MB holds 850,000
    for group in _valid_groups(text):
        starts.append(group.start())
        ends.append(group.end())
    places = sorted({starts[at] for at in (0, len(starts) // 2, -1)}) if starts else []
    if not any(_is_damaged(text, starts, place) for place in places):
        return array("i"), array("i")
    return starts, ends


def _is_damaged(text: str, starts: "array[int]", place: int) -> bool:
    """Return whether so many readings as stand at this place and behind it can only have been inserted."""
    low = max(0, place - NEAR_BEFORE)
    near = text[low : low + NEAR]
    characters = [text[start - 1] for start in starts[bisect_left(starts, low) : bisect_left(starts, low + NEAR)]]
    different = table()
    traditional = sum(1 for character in characters if ord(character) in different)
    if traditional:
        least = MIN_OF_TRADITIONAL if traditional >= MANY else MOST_OF_TRADITIONAL
        all_of_them = sum(count for character, count in Counter(near).items() if ord(character) in different)
        if traditional >= least * all_of_them:
            return True
    return len(characters) >= VERY_MANY and len(characters) >= MIN_OF_ALL * han_count(near)


def _valid_groups(text: str) -> Iterator[re.Match[str]]:
    return (group for group in _GROUP.finditer(text) if _composed(group[1]) in readings(text[group.start() - 1]))


@cache
def _composed(reading: str) -> str:
    return unicodedata.normalize("NFC", reading)
