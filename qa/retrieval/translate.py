"""The dictionary leg: passages that hold the translations of a question's English words, or their pinyin.

Works without a model, and only for questions with Latin words put to passages in Chinese.
"""

import re
from collections import defaultdict

from qa.retrieval.keyword import KeywordIndex, KeywordMatch
from qa.retrieval.lexicon import EXACT, alternatives
from qa.retrieval.tokens import fold, tokenize

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_NUMBER_OR_NAME = re.compile(r"\d+(?:[.,]\d+)*%?|\b[A-Z]{2,}\d*\b")
_SPELLED = 0.6  # weight of a name's pinyin where the dictionary knows the word too
_ATTAINABLE = 0.6  # share of the idf of an unseen word that a true translation reaches on average (DESIGN, 5)


Translations = list[list[tuple[str, float]]]
"""For each foreign word of a question: alternatives and their weights."""


class Translator:
    """Scores passages by the translations of a question's words; the dictionary is loaded with the first need."""

    def __init__(self, keyword: KeywordIndex, texts: list[str]) -> None:
        self._keyword = keyword
        self._texts = texts
        self._has_han = any(_HAN.search(text) for text in texts)
        self._spelled: dict[str, set[str]] | None = None

    def translations(self, question: str) -> Translations:
        """Return, for each foreign word of a question, the alternatives that the corpus may hold, with weights.

        None for a question that is not foreign to the corpus.
        """
        if len(_LATIN_WORD.findall(question)) < 2 or not self._has_han:
            return []
        groups: Translations = []
        for word, glossed in alternatives(question):
            found = dict(glossed)
            for spelled in self._spelling().get(word.replace(" ", "").replace("-", ""), ()):
                found.setdefault(spelled, _SPELLED if glossed else EXACT)
            groups.append(sorted((text, weight) for text, weight in found.items() if self._may_hold(text)))
        return groups + [[(token.lower(), EXACT)] for token in _NUMBER_OR_NAME.findall(question)]

    def search(self, words: Translations, *, k: int, among: frozenset[int] | None = None) -> list[KeywordMatch]:
        """Return up to k passages, of those with a number `among` where it is given, with what they cover.

        That is the share of a question's foreign words.
        """
        if not words:
            return []
        ceiling = len(words) * _ATTAINABLE * self._keyword.unseen_idf()
        return [
            KeywordMatch(match.number, match.coverage / ceiling)
            for match in self._keyword.search_alternatives(words, k=k, among=among)
        ]

    def in_chinese(self, words: Translations) -> str:
        """Return the words of a question in Chinese, in its order: of each the likeliest translation in this corpus.

        That is one of the highest weight, of those the one that stands in most passages, of those the longest; ties in
        the order of the text.
        """
        likeliest = [
            min(group, key=lambda one: (-one[1], self._keyword.rarest_idf(one[0]), -len(one[0]), one[0]))
            for group in words
            if group
        ]
        return "".join(text for text, _ in likeliest)

    @staticmethod
    def terms(words: Translations, text: str) -> tuple[str, ...]:
        """Return the translations that stand in a text, longest first; none that is part of another one."""
        folded = fold(text)
        found = {alternative for group in words for alternative, _ in group if alternative in folded}
        longest = {word for word in found if not any(word != other and word in other for other in found)}
        return tuple(sorted(longest, key=lambda word: (-len(word), word)))

    def _may_hold(self, chinese: str) -> bool:
        """Tell whether every pair of characters of a word stands somewhere in the corpus."""
        unseen = self._keyword.unseen_idf()
        return len(chinese) > 1 and self._keyword.rarest_idf(chinese) < unseen

    def _spelling(self) -> dict[str, set[str]]:
        """Return the words of the corpus by their pinyin without tones, `zhoukou` for 周口."""
        if self._spelled is None:
            from pypinyin import lazy_pinyin  # noqa: PLC0415 (its dictionaries take most of a second)

            words = {token for text in self._texts for token in tokenize(text) if 2 <= len(token) <= 4}
            spelled: dict[str, set[str]] = defaultdict(set)
            for word in sorted(words):
                if _HAN.match(word):
                    spelled["".join(lazy_pinyin(word))].add(word)
            self._spelled = dict(spelled)
        return self._spelled
