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


class Translator:
    """Scores passages by the translations of a question's words; the dictionary is loaded with the first need."""

    def __init__(self, keyword: KeywordIndex, texts: list[str]) -> None:
        self._keyword = keyword
        self._texts = texts
        self._has_han = any(_HAN.search(text) for text in texts)
        self._spelled: dict[str, set[str]] | None = None

    def search(self, question: str, *, k: int) -> list[KeywordMatch]:
        """Return up to k passages with the share of the question's foreign words that they cover."""
        words = self._weighted(question)
        if not words:
            return []
        ceiling = len(words) * _ATTAINABLE * self._keyword.unseen_idf()
        return [
            KeywordMatch(match.number, match.coverage / ceiling)
            for match in self._keyword.search_alternatives(words, k=k)
        ]

    def terms(self, question: str, text: str) -> tuple[str, ...]:
        """Return the translations of the question's words that stand in a text, longest first."""
        folded = fold(text)
        found = {word for group in self._weighted(question) for word, _ in group if word in folded}
        longest = {word for word in found if not any(word != other and word in other for other in found)}
        return tuple(sorted(longest, key=lambda word: (-len(word), word)))

    def _weighted(self, question: str) -> list[list[tuple[str, float]]]:
        """Return, for each foreign word of the question, the alternatives that the corpus holds, with weights."""
        if len(_LATIN_WORD.findall(question)) < 2 or not self._has_han:
            return []
        groups: list[list[tuple[str, float]]] = []
        for word, glossed in alternatives(question):
            translations = dict(glossed)
            for spelled in self._spelling().get(word.replace(" ", "").replace("-", ""), ()):
                translations.setdefault(spelled, _SPELLED if glossed else EXACT)
            groups.append(sorted((text, weight) for text, weight in translations.items() if self._held(text)))
        return groups + [[(token.lower(), EXACT)] for token in _NUMBER_OR_NAME.findall(question)]

    def _held(self, chinese: str) -> bool:
        return len(chinese) > 1 and self._keyword.holds(chinese)

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
