"""The cutter of Chinese words: rjieba, or jieba where rjieba is not installed; both use one word list and cut alike.

Loaded with its first use, for its dictionary takes 0.2 s (jieba: 1.5 s). Knows nothing of tokens or names.
"""

from functools import cache
from importlib.util import find_spec
from typing import Protocol, cast


class Cutter(Protocol):
    """What rjieba and our jieba have in common."""

    def cut(self, text: str, hmm: bool = True, /) -> list[str]:
        """Return the words of a text, in order, nothing left out; with `hmm` also words that stand in no list."""

    def cut_for_search(self, text: str) -> list[str]:
        """Return the words, and inside long ones the short words as well."""

    def tag(self, text: str) -> list[tuple[str, str]]:
        """Return the words, each with jieba's tag for its kind, such as ns for a place."""

    def has_word(self, word: str) -> bool:
        """Return whether the word list holds this word."""


class Jieba:
    """jieba in the form of rjieba."""

    def __init__(self) -> None:
        import jieba  # noqa: PLC0415 (only where rjieba is missing)
        import jieba.posseg  # noqa: PLC0415

        jieba.setLogLevel("ERROR")  # else it reports the loading of its dictionary on stderr
        self._jieba, self._tagger = jieba, jieba.posseg

    def cut(self, text: str, hmm: bool = True, /) -> list[str]:
        return list(self._jieba.cut(text, HMM=hmm))

    def cut_for_search(self, text: str) -> list[str]:
        return list(self._jieba.cut_for_search(text))

    def tag(self, text: str) -> list[tuple[str, str]]:
        return [(pair.word, pair.flag) for pair in self._tagger.cut(text)]

    def has_word(self, word: str) -> bool:
        self._jieba.initialize()
        return bool(self._jieba.dt.FREQ.get(word))


@cache
def cutter() -> Cutter:
    """Return the cutter of this machine."""
    if find_spec("rjieba") is None:
        return Jieba()
    import rjieba  # noqa: PLC0415 (loads the dictionary)

    return cast(Cutter, rjieba)  # its stubs leave has_word out
