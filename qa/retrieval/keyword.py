"""The keyword leg: BM25 over jieba words and character pairs, in a tantivy index held in memory.

Scores are given as coverage, a share of the most that the question could score, so that they can be added to cosines.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tantivy

from qa.retrieval.tokens import pairs, tokenize

_K1 = 1.2  # fixed in tantivy, as is b = 0.75
_TYPICAL_SATURATION = 0.75  # share of k1 + 1 that a term reaches in a passage of average length (DESIGN, 5)
_WRITER_MEMORY = 64_000_000  # bytes


@dataclass(frozen=True, slots=True)
class KeywordMatch:
    """A passage that holds words of the query; `coverage` is about 0 to 1."""

    number: int
    coverage: float


class KeywordIndex:
    """Finds passages by the words of a query. Built once from all passages of a generation."""

    def __init__(self, passages: Iterable[tuple[int, str]]) -> None:
        """Index pairs (passage number, text to search)."""
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True, indexed=True)
        schema.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
        self._size = 0
        for number, text in passages:
            document = tantivy.Document()
            document.add_integer("number", number)
            document.add_text("tokens", " ".join(tokenize(text)))
            writer.add_document(document)
            self._size += 1
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def idf(self, token: str) -> float:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5)), n the passages with the token (Robertson and Zaragoza 2009)."""
        return self._idf(self._searcher.doc_freq("tokens", token))

    def rarest_idf(self, text: str) -> float:
        """Return the idf of the rarest pair of characters of a Chinese text, or of a word in Latin letters."""
        return max(self.idf(token) for token in ([text] if text.isascii() else pairs(text)))

    def unseen_idf(self) -> float:
        """Return the idf of a token that no passage holds."""
        return self._idf(0)

    def _idf(self, found: int) -> float:
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))

    def search(self, query: str, *, k: int, among: frozenset[int] | None = None) -> list[KeywordMatch]:
        """Return up to k passages, best first, ties by number.

        Args:
            query: Words or a question.
            k: How many.
            among: Numbers of passages to look at; how rare a word is, all passages tell. None looks at all.
        """
        tokens = tokenize(query)
        ceiling = sum(self.idf(token) for token in tokens) * (_K1 + 1) * _TYPICAL_SATURATION
        if not tokens or not self._size:
            return []
        terms = [(tantivy.Occur.Should, self._term(token)) for token in tokens]
        return self._matches(tantivy.Query.boolean_query(terms), 1 / ceiling, k, among)

    def search_alternatives(
        self, words: Sequence[Sequence[tuple[str, float]]], *, k: int, among: frozenset[int] | None = None
    ) -> list[KeywordMatch]:
        """Score passages by words of which each has several alternatives, as one has translations.

        All alternatives of a word count as one word, as rare as all of them together: a translation that happens to be
        rare must not outweigh the usual one.

        Args:
            words: For each word of a query, its alternatives: pairs (text, weight).
            k: How many passages to return.
            among: As in `search`.

        Returns:
            Passages with the sum, over the words, of the best weight that the passage holds, times the idf of holding
            an alternative of that weight or more.

        Source: Pirkola, SIGIR 1998, doi:10.1145/290941.290957; the steps of weight are ours.
        """
        clauses = []
        for alternatives in words:
            steps, held = [], []
            for weight in sorted({weight for _, weight in alternatives}, reverse=True):
                held += [(tantivy.Occur.Should, self._phrase(text)) for text, own in alternatives if own == weight]
                union = tantivy.Query.boolean_query(held)
                found: int = self._searcher.search(union, limit=1, count=True).count  # type: ignore[attr-defined]
                if found:
                    steps.append(tantivy.Query.const_score_query(union, weight * self._idf(found)))
            if steps:
                clauses.append((tantivy.Occur.Should, tantivy.Query.disjunction_max_query(steps)))
        return self._matches(tantivy.Query.boolean_query(clauses), 1.0, k, among) if clauses else []

    def _term(self, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, "tokens", token, "freq")

    def _phrase(self, text: str) -> tantivy.Query:
        tokens = pairs(text) if not text.isascii() else [text]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(token)) for token in tokens])

    def _matches(self, query: tantivy.Query, scale: float, k: int, among: frozenset[int] | None) -> list[KeywordMatch]:
        if among is not None:
            # It must be one of them, which adds nothing to the score.
            chosen = tantivy.Query.term_set_query(self._index.schema, "number", sorted(among))
            only = (tantivy.Occur.Must, tantivy.Query.const_score_query(chosen, 0.0))
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), only])
        found = self._searcher.search(query, limit=k, count=False).hits
        numbered = ((self._searcher.doc(address)["number"][0], score * scale) for score, address in found)
        return sorted(
            (KeywordMatch(number, score) for number, score in numbered), key=lambda m: (-m.coverage, m.number)
        )
