"""Look words up: in jieba's word list, read as a plain table, and across the break between two lines.

Used for decisions on damaged pages only; cutting text into tokens is the business of retrieval.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from qa.corpus.cutter import cutter


@cache
def _frequencies() -> dict[str, int]:
    """Return every word of the list with its frequency; takes 0.3 s and 40 MB, once."""
    table = {}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _tag = line.split(" ")
        table[word] = int(count)
    return table


def frequency(word: str) -> int:
    """Return how often the list's authors counted a word, in simplified characters; 0 for an unknown one."""
    return _frequencies().get(word, 0)


def is_word(word: str) -> bool:
    """Return whether the list holds this word, in simplified characters."""
    return frequency(word) > 0


@cache
def _phrases() -> dict[str, list[str]]:
    """Return the words of four characters by the two in the middle."""
    phrases: dict[str, list[str]] = {}
    for word in _frequencies():
        if len(word) == 4:
            phrases.setdefault(word[1:3], []).append(word)
    return phrases


def phrases_around(middle: str) -> list[str]:
    """Return the words of four characters that have these two in the middle, commonest first."""
    return known_words(_phrases().get(middle, ()))


def known_words(candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are words, commonest first, ties in order of the word, each once."""
    return sorted({word for word in candidates if is_word(word)}, key=lambda word: (-frequency(word), word))


def torn_word(before: str, after: str) -> int:
    """Return the length of the dictionary word that a break between two texts tears apart, or 0.

    Six characters on each side are looked at. A word of two counts only when its halves stand alone on their sides
    as well: chance makes such words of neighbours, but seldom of two leftovers.
    """
    left, right = before[-6:], after[:6]
    start = 0
    for word in cutter().cut(left + right, False):
        if start < len(left) < start + len(word):
            alone = len(cutter().cut(left, False)[-1]) == 1 and len(cutter().cut(right, False)[0]) == 1
            return len(word) if len(word) > 2 or alone else 0
        start += len(word)
    return 0


def is_common_word(word: str) -> bool:
    """Return whether the cutter's dictionary holds this word."""
    return cutter().has_word(word)
