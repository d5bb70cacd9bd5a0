"""Turn Traditional into Simplified characters, one for one, so that positions stay.

Does not convert words: that would change lengths. The table is made from OpenCC when first needed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import opencc

from qa.corpus import align
from qa.corpus.characters import HAN_CHARACTER, KANA
from qa.types import AlignedText

MIN_CHARACTERS = 3
"""Fewer Traditional characters than this are left alone."""

MIN_SHARE = 0.04
"""Of all Han characters: in running Traditional text about 0.35 are Traditional only, in Simplified text below 0.01."""


CERTAIN_SHARE = 0.15
"""Of all Han characters, from which the whole text is Traditional and no mixture."""

LINE_SHARE = 0.12
"""Of the Han characters of a line that is Traditional."""

MIN_IN_REGION = 20
"""Traditional characters of an article that stands among Simplified ones; fewer are a quotation."""

SHORT_LINE = 30
"""Characters of a line, such as a date or a name, that may stand between two Traditional ones."""


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
    return _share(text) >= MIN_SHARE


def _share(text: str) -> float:
    """Return the share of Traditional characters among the Han characters of a text; 0 for few, and for Japanese."""
    counts = Counter(text[:200_000])
    found = sum(count for character, count in counts.items() if ord(character) in table())
    if found < MIN_CHARACTERS:
        return 0.0
    han = sum(count for character, count in counts.items() if HAN_CHARACTER.match(character))
    kana = sum(count for character, count in counts.items() if KANA.match(character))
    return found / han if kana < 0.1 * han else 0.0


def regions(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of what is written in Traditional characters, in order: all of the text, or articles of it.

    A quotation in a Simplified article is no region: its paragraph holds too few Traditional characters.
    """
    share = _share(text)
    if share >= CERTAIN_SHARE:
        return [(0, len(text))]
    found = _marked_regions(text)
    return found if found or share < MIN_SHARE else [(0, len(text))]


def simplify(aligned: AlignedText, found: Sequence[tuple[int, int]] | None = None) -> AlignedText:
    """Return the text, or only these regions of it, with Traditional characters simplified and the same map."""
    text = aligned.text
    if found is None or list(found) == [(0, len(text))]:
        return align.replace_text(aligned, simplify_characters(text))
    pieces = []
    done = 0
    for start, end in found:
        pieces += [text[done:start], simplify_characters(text[start:end])]
        done = end
    return align.replace_text(aligned, "".join((*pieces, text[done:])))


@cache
def _different() -> re.Pattern[str]:
    """Match a Traditional character; those beyond U+FFFF are rare, and the search for them takes 25 times as long."""
    return re.compile(f"[{''.join(chr(code) for code in table() if code < 0x10000)}]")


def _marked_regions(text: str) -> list[tuple[int, int]]:
    """Return the regions of a page that is not Traditional as a whole: lines that are, and the short ones between."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while (match := _different().search(text, at)) is not None:
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        at = end
        line = text[start:end]
        count = len(_different().findall(line))
        if len(line) > 2 * SHORT_LINE and count < max(MIN_CHARACTERS, LINE_SHARE * len(line) / 3):
            continue  # quickly: a line of letters and figures for two thirds would be an odd one
        han = len(HAN_CHARACTER.findall(line))
        strong = count >= MIN_CHARACTERS and count >= LINE_SHARE * han
        weak = han <= SHORT_LINE and count >= MIN_SHARE * han
        if not (strong or weak) or len(KANA.findall(line)) >= 0.1 * han:
            continue
        near = bool(found) and all(
            len(between.strip()) <= SHORT_LINE for between in text[found[-1][1] : start].split("\n")
        )
        if near:
            found[-1] = (found[-1][0], end, found[-1][2] + count)
        else:
            found.append((start, end, count))
    return [(start, end) for start, end, count in found if count >= MIN_IN_REGION]
