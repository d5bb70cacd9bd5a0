"""Make true and false sentences out of the sentences of a corpus, to count how many of each are proved.

A false one differs from its source in one thing that changes what it says; its quotation is the whole source sentence,
to the letter, so only the sentence can give it away.
"""

import itertools
import re
from collections.abc import Iterator

from qa.corpus.cutter import cutter
from qa.corpus.sentences import split_sentences
from qa.llm.figures import figures_in
from qa.retrieval.tokens import fold

_OPPOSITES = [
    ("增长", "下降"), ("上升", "下降"), ("增加", "减少"), ("提高", "降低"), ("超过", "不足"), ("以上", "以下"),
    ("至少", "至多"), ("多于", "少于"), ("之前", "之后"), ("以前", "以后"), ("more than", "less than"),
    ("before", "after"), ("rose", "fell"),
]  # fmt: skip
_NEGATIONS = re.compile(r"不|没有|未|无|\bnot |\bno |\bnever ")
_NAMES = ("nr", "ns", "nt")
_CONTENT = re.compile("n|v|a|nr|ns|nt|eng")
# A word that may be left out, or that stands in brackets, is no content that a sentence loses.
_LITTLE = frozenset(
    "a an the and also but 的 了 已 已经 也 还 又 就 便 则 共 一共 总共 但 但是 而 而且 并 并且 且 同时 此外 另外"
    " 因此 所以 然而 不过".split()
)


def false_sentences(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the kind of the lie and the false sentence."""
    folded = fold(sentence)
    figures = [figure for figure in figures_in(folded) if folded[figure.start : figure.end][-1:].isascii()]
    for figure in figures:
        digits = re.search(r"\d", folded[figure.start : figure.end])
        if digits is not None:
            at = figure.start + digits.start()
            other = str((int(folded[at]) + 1) % 10) if folded[at] != "9" else "8"
            yield "figure changed", folded[:at] + other + folded[at + 1 :]
    for first, second in itertools.pairwise(figures):
        one, two = folded[first.start : first.end], folded[second.start : second.end]
        if first.keys != second.keys:
            yield (
                "figures exchanged",
                folded[: first.start] + two + folded[first.end : second.start] + one + folded[second.end :],
            )
    for match in _NEGATIONS.finditer(folded):
        yield "negation taken out", folded[: match.start()] + folded[match.end() :]
    for one, other in [*_OPPOSITES, *((other, one) for one, other in _OPPOSITES)]:
        if one in folded:
            yield "turned round", folded.replace(one, other, 1)
    yield from _by_words(folded)
    yield from _by_clauses(folded)


def _by_words(folded: str) -> Iterator[tuple[str, str]]:
    words = cutter().tag(folded)
    texts = [word for word, _ in words]
    for at, (word, tag) in enumerate(words):
        before, after = "".join(texts[:at]), "".join(texts[at + 1 :])
        if tag.startswith(_NAMES) and len(word) > 1:
            yield "name changed", before + ("欧阳承志" if tag.startswith("nr") else "云梦泽县") + after
        if tag.startswith("v") and tag != "vn":
            yield "negation put in", before + "不" + word + after
            yield "claim put in", before + "首次" + word + after
        if _CONTENT.match(tag) and word not in _LITTLE and word.strip() and "(" not in folded:
            yield "word left out", before + after
        if at + 1 < len(words) and _CONTENT.match(tag) and _CONTENT.match(words[at + 1][1]) and word != texts[at + 1]:
            yield "words exchanged", before + texts[at + 1] + word + "".join(texts[at + 2 :])
    names = [at for at, (word, tag) in enumerate(words) if tag.startswith(_NAMES) and len(word) > 1]
    for one, other in itertools.pairwise(names):
        if texts[one] != texts[other]:
            changed = [*texts]
            changed[one], changed[other] = texts[other], texts[one]
            yield "names exchanged", "".join(changed)


def _by_clauses(folded: str) -> Iterator[tuple[str, str]]:
    """Join the first half of a clause to the second half of the next one."""
    clauses = [clause for clause in re.split("[,;。]", folded) if len(clause) > 7]
    for one, other in itertools.pairwise(clauses):
        joined = one[: len(one) // 2] + other[len(other) // 2 :]
        if joined not in folded:
            yield "clauses crossed", joined


def true_sentences(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the kind of a change that changes nothing, and the sentence."""
    yield "copied", sentence
    yield "other width and script", fold(sentence)
    clauses = re.split("(?<=[,，;；])", sentence)
    if len(clauses) > 1:
        yield "its first clauses", "".join(clauses[: (len(clauses) + 1) // 2]).rstrip(",，;；") + "。"
    digits = re.search(r"(?<![\d.,年月-])([1-9])(?![\d.,%年月日号:：-])", sentence)
    if digits is not None:
        numeral = "零一二三四五六七八九"[int(digits[1])]
        yield "a figure in Chinese", sentence[: digits.start()] + numeral + sentence[digits.end() :]


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a passage that claim something."""
    cut = [text[start:end] for start, end in split_sentences(text)]
    return [sentence for sentence in cut if len(sentence) > 9 and not sentence.endswith(("?", "？"))]
