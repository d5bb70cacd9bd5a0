"""Look words up in jieba's word list, as text: loading jieba itself would take seconds.

Used for rare decisions on damaged pages only; cutting text into tokens is the business of retrieval.
"""

import re
from functools import cache
from importlib.resources import files


@cache
def _word_list() -> str:
    """Return the list, one `word frequency tag` a line, with a newline before the first."""
    return "\n" + files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")


@cache
def frequency(word: str) -> int:
    """Return how often the list's authors counted a word, in simplified characters; 0 for an unknown one."""
    words = _word_list()
    at = words.find(f"\n{word} ")
    return int(words[at + len(word) + 2 : words.index(" ", at + len(word) + 2)]) if at >= 0 else 0


def is_word(word: str) -> bool:
    """Return whether the list holds this word, in simplified characters."""
    return frequency(word) > 0


def matching(pattern: str) -> list[str]:
    """Return the words that match a regular expression whole, commonest first, ties in order of the word."""
    found = re.findall(rf"\n({pattern}) (\d+)", _word_list())
    return [word for word, *_ in sorted(found, key=lambda entry: (-int(entry[-1]), entry[0]))]
