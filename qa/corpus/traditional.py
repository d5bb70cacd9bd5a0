"""Turn Traditional into Simplified characters, one for one, so that positions stay.

Does not convert words: that would change lengths. The table is made from OpenCC when first needed.
"""

from collections import Counter
from functools import cache

import opencc

from qa.corpus import align
from qa.corpus.characters import HAN_CHARACTER, KANA
from qa.types import AlignedText

MIN_CHARACTERS = 3
"""Fewer Traditional characters than this are left alone."""

MIN_SHARE = 0.04
"""Of all Han characters: in running Traditional text about 0.35 are Traditional only, in Simplified text below 0.01."""


@cache
def table() -> dict[int, str]:
    """Return the code point of every Traditional character with its Simplified form."""
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x2A6E0))]
    # One character a line: no word of OpenCC's phrase table can match.
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {ord(before): after for before, after in pairs if before != after and len(after) == 1}


def simplify_characters(text: str) -> str:
    """Return the text with Traditional characters simplified, of the same length."""
    return text.translate(table())


def is_traditional(text: str) -> bool:
    """Return whether the text as a whole is written in Traditional characters (and is not Japanese)."""
    counts = Counter(text[:200_000])
    found = sum(count for character, count in counts.items() if ord(character) in table())
    if found < MIN_CHARACTERS:
        return False
    han = sum(count for character, count in counts.items() if HAN_CHARACTER.match(character))
    kana = sum(count for character, count in counts.items() if KANA.match(character))
    return found >= MIN_SHARE * han and kana < 0.1 * han


def simplify(aligned: AlignedText) -> AlignedText:
    """Return the text with Traditional characters simplified and the same map."""
    return align.replace_text(aligned, simplify_characters(aligned.text))
