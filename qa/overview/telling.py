"""The words that tell groups of passages apart: often in one group, seldom in the others.

A word counts once a passage, and half where only the title of its article holds it. No model.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from qa.corpus.cutter import cutter
from qa.retrieval.tokens import STOP_WORDS, holds_han

WORDS = 3  # of a group

# Tags of jieba for what names something: nouns, people, places, offices, other names, nouns of actions, abbreviations,
# and words in Latin letters.
_NAMING = ("n", "nr", "ns", "nt", "nz", "nrt", "vn", "j", "eng")
_COMMON = frozenset(
    """
    记者 本报 通讯员 报道 图片 时候 时间 情况 问题 方面 工作 部分 地方 人员 目前 今年 去年 昨天 日前 大家 说话
    one new said more also after over about than there first
    """.split()
)
_IN_TITLE = 0.5
_MORE_OFTEN = 1.5  # than on the whole map: what is everywhere as often tells nothing


def weighed_words(title: str, text: str) -> dict[str, float]:
    """Return the words of a passage that name something with their weights, Latin ones in lower case."""
    inside = _words(text)
    return {word: 1.0 if word in inside else _IN_TITLE for word in sorted(inside | _words(title))}


def _words(text: str) -> set[str]:
    words: set[str] = set()
    for word, tag in cutter().tag(text):
        folded = word.casefold()
        if tag in _NAMING and len(word) >= (2 if holds_han(word) else 3) and folded not in STOP_WORDS | _COMMON:
            words.add(folded)
    return words


def telling_words(words: Sequence[Mapping[str, float]], groups: Sequence[int], count: int) -> list[tuple[str, ...]]:
    """Return the words that tell each group best, the best first; fewer than `WORDS` where there are not so many.

    Args:
        words: Of each passage, with their weights.
        groups: Number of each passage's group, below `count`.
        count: How many groups there are.
    """
    inside: list[dict[str, float]] = [{} for _ in range(count)]
    everywhere: dict[str, float] = {}
    for one, group in zip(words, groups, strict=True):
        for word, weight in one.items():
            inside[group][word] = inside[group].get(word, 0.0) + weight
            everywhere[word] = everywhere.get(word, 0.0) + weight
    sizes = Counter(groups)
    return [_best(inside[group], everywhere, sizes[group], len(words)) for group in range(count)]


def _best(inside: Mapping[str, float], everywhere: Mapping[str, float], size: int, total: int) -> tuple[str, ...]:
    """Return the words of one group: how much of it holds them, how much of them it holds, and how rare they are."""
    least = 2 if size > 3 else _IN_TITLE  # a word of one passage names no neighbourhood
    scores = {
        word: found / size * found / everywhere[word] * math.log(1 + total / everywhere[word])
        for word, found in inside.items()
        if found >= least and (size == total or found / size >= _MORE_OFTEN * everywhere[word] / total)
    }
    chosen: list[str] = []
    for word in sorted(scores, key=lambda one: (-scores[one], one)):
        if len(chosen) == WORDS:
            break
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)
