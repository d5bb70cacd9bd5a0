"""Measure how much of what a text speaks of comes up again in the next one.

Content words are compared: those that a newspaper does not print every day. Knows nothing of headlines or pages.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from qa.corpus.characters import COMMON
from qa.corpus.common import COMMON_WORDS
from qa.corpus.cutter import cutter

MIN_LETTERS = 5
"""Shorter words of other scripts are mostly articles, pronouns and the like."""

MIN_WORDS = 8
"""Content words below which nothing can be said."""

MOST = 3
"""Points, at most."""

_SHARES = (0.02, 0.05, 0.10, 2.0)
_POINTS = (
    (70, (3, 3, 0, -2)),
    (40, (3, 2, 0, -2)),
    (25, (3, 0, -3, -3)),
    (15, (1, 0, -1, -2)),
    (MIN_WORDS, (1, 0, -2, -2)),
)
"""For texts of so many words, points by the share of common words."""

_LINKS = frozenset(
    "的了是在和与及把被就都也很还个上下里有不这那他她它你我们着过得地到去来说要会能可对从向为以之而则其此每各又再更最只才已将让给跟同比如但并或"
    "一二三四五六七八九十百千万亿两几多少大小前后中内外年月日时分元米"
)
"""Characters that join others and make no word with them."""

ENOUGH = 400
"""Characters of a paragraph that are looked at."""

_EVERYDAY = frozenset(
    "about above after again against almost along already also although always among another anyone around asked "
    "because become before began "
    "begin being below between brought called cannot could doing every everyone first found going however include "
    "instead including itself known later "
    "least leave little longer making might month monday tuesday wednesday thursday friday saturday sunday moved "
    "never nothing number often "
    "other others people place really right second several should since small something sometime still taken their "
    "them themselve there "
    "these thing think third those though thought three through today together tomorrow toward under until usually "
    "wanted which while whole "
    "whose within without would years yesterday young morning evening night hours minutes eight seven where".split()
)
"""Words of English that say nothing about the subject, without a final s."""

_WORDS = re.compile(r"[一-鿿]+|[^\W\d_一-鿿]{5,}")


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that tell its subject; where the word list knows none, pairs and rarer characters."""
    found: set[str] = set()
    for run in _WORDS.findall(text[:ENOUGH]):
        if not "\u4e00" <= run[0] <= "\u9fff":
            word = run.lower().rstrip("s")
            if word not in _EVERYDAY:
                found.add(word)
            continue
        unknown = ""
        for word in (*cutter().cut(run, False), ""):
            if len(word) == 1:
                unknown += word
                if word not in COMMON:
                    found.add(word)
                continue
            found.update(
                first + second for first, second in pairwise(unknown) if first not in _LINKS and second not in _LINKS
            )
            unknown = ""
            if word and word not in COMMON_WORDS:
                found.add(word)
    return frozenset(found)


def change(above: Iterable[frozenset[str]], below: Iterable[frozenset[str]]) -> int:
    """Return points for a change of subject between two texts: positive when they have no content words in common.

    The points are logarithms of how often a share of common words was seen between two articles against inside of one,
    on 74 borders and 324 paragraphs (2026-11, `tests/golden` and further pages). Large texts say more than small ones:
    with 40 words, nothing in common was seen at 65 % of borders and in no article; with 15 words, in 23 % of articles.
    One word is not counted, for any two texts may have one in common.
    """
    upper: frozenset[str] = frozenset().union(*above)
    lower: frozenset[str] = frozenset().union(*below)
    fewest = min(len(upper), len(lower))
    if fewest < MIN_WORDS:
        return 0
    share = max(0, len(upper & lower) - 1) / fewest
    points = next(points for size, points in _POINTS if fewest >= size)
    return next(point for limit, point in zip(_SHARES, points, strict=True) if share < limit)
