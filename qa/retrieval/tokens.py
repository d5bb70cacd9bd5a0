"""Tokens for the keyword leg: words and, for scripts without blanks, overlapping character pairs, after folding.

Ranks nothing and keeps no positions; texts are shown from the source, never from here.
"""

import re
import unicodedata
from functools import lru_cache

import opencc

from qa.corpus.characters import KANA
from qa.corpus.cutter import cutter
from qa.corpus.traditional import simplify_characters

_NO_BLANKS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0eff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_NO_BLANKS}]+|\d+(?:[.,]\d+)*%?|[^\W\d_{_NO_BLANKS}]+(?:['’][^\W\d_]+)?")
_IS_NO_BLANKS = re.compile(rf"[{_NO_BLANKS}]")
_HAN = re.compile("[\u3400-\u9fff]")
_INSERTED_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")

# Words that ask or join and name nothing; they would only dilute the coverage of a question.
STOP_WORDS = frozenset(
    """
    的 了 是 在 和 与 及 或 把 被 将 从 对 向 于 以 由 为 给 让 那 这 它 他 她 们 他们 它们 我 你 您 吗 呢 吧 啊 什么
    怎么 怎样 如何 哪 哪些 哪个 哪几 哪里 哪儿 多少 几 几个 谁 为什么 为何 是否 有没有 请问 分别 一共 总共 个
    a an the of in on at to for by with from and or is are was were be been do does did has have had how many much what
    which who whom whose when where why this that these those it its they their there
    """.split()
)


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Fold what readers take for the same: width, case, Traditional characters, pinyin inserted after a character."""
    folded = unicodedata.normalize("NFKC", _INSERTED_PINYIN.sub("", text)).casefold()
    simplified: str = _simplifier().convert(folded)
    return simplified


def in_simplified(text: str) -> str:
    """Return a text in Simplified characters, as passages are kept, of the same length; Japanese stays as it is."""
    return text if KANA.search(text) else simplify_characters(text)


def holds_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return bool(_HAN.search(text))


def tokenize(text: str) -> list[str]:
    """Return the tokens of a text in order: words, and pairs of characters where a script has no blanks.

    A single character of such a script stands for itself when it is alone. Words follow jieba's search mode.
    """
    tokens: list[str] = []
    for match in _RUNS.finditer(fold(text)):
        run = match.group()
        if _IS_NO_BLANKS.match(run):
            tokens += [word for word in cutter().cut_for_search(run) if word not in STOP_WORDS]
            tokens += pairs(run)
        elif run not in STOP_WORDS:
            tokens.append(_singular(run))
    return tokens


def shared_words(query: str, text: str) -> tuple[str, ...]:
    """Return what a query has in common with a text, for showing: its longest runs of characters, and its words.

    Stop words are left out, and a single character says too little; the order is that of the query.
    """
    folded = fold(text)
    words: set[str] | None = None  # cut only for a query that holds words between blanks
    shared: list[str] = []
    for match in _RUNS.finditer(fold(query)):
        run, start = match.group(), 0
        if not _IS_NO_BLANKS.match(run):
            words = set(tokenize(text)) if words is None else words
            shared += [run] if run not in STOP_WORDS and _singular(run) in words else []
            continue
        while start < len(run) - 1:
            end = start + 1
            while end < len(run) and run[start : end + 1] in folded:
                end += 1
            if end - start > 1 and run[start:end] not in STOP_WORDS:
                shared.append(run[start:end])
            start = end
    return tuple(dict.fromkeys(shared))


def pairs(run: str) -> list[str]:
    """Return the overlapping character pairs of a run; of one character, that character."""
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def _singular(word: str) -> str:
    """Cut the plural and possessive endings of an English word; other words stay."""
    if not word.isascii() or len(word) < 4:
        return word
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
