"""The dense leg: cosines of a query with whole passages and with their single sentences.

Encodes nothing; the vectors come in and ranked passages go out.
"""

from dataclasses import dataclass

import numpy as np

from embeddings.encoder import Vectors
from embeddings.store import Ids, VectorStore
from qa.store.rows import Contents

# Sentences of one passage crowd each other, so more of them are looked at than passages are wanted.
_SENTENCES_PER_PASSAGE = 4


@dataclass(frozen=True, slots=True)
class DenseMatch:
    """Cosines of one passage with the query: of the whole, and of its best sentence."""

    number: int
    passage_cosine: float
    sentence_cosine: float

    def mixed(self, sentence_share: float) -> float:
        """Return the weighted mean of both cosines."""
        return (1 - sentence_share) * self.passage_cosine + sentence_share * self.sentence_cosine


class DenseIndex:
    """Finds passages near a query vector at two grains."""

    def __init__(self, contents: Contents, passages: VectorStore, sentences: VectorStore) -> None:
        """Fill two empty stores with the vectors of one generation."""
        self._contents = contents
        self._row_of = {stored.number: row for row, stored in enumerate(contents.passages)}
        counts = [len(stored.sentences) for stored in contents.passages]
        self._first_sentence = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self._passage_of = np.repeat(np.arange(len(counts)), counts)
        self._passages, self._sentences = passages, sentences
        passages.add(range(len(counts)), contents.vectors)
        sentences.add(range(len(self._passage_of)), contents.sentence_vectors)

    def search(
        self, query: Vectors, *, k: int, also: frozenset[int] = frozenset(), among: frozenset[int] | None = None
    ) -> list[DenseMatch]:
        """Return the passages nearest to a query vector of shape (dimension,), exact at both grains.

        Args:
            query: Of length 1.
            k: How many to take from each grain.
            also: Numbers of passages to score besides.
            among: Numbers of passages to look at; None looks at all.

        Returns:
            At least those that either grain names among its first k, in order of their number.
        """
        rows = {self._row_of[number] for number in also}
        chosen, sentences_of_chosen = self._chosen(among) if among is not None else (None, None)
        rows.update(row for row, _ in self._passages.search(query[None], k=k, among=chosen)[0])
        near = self._sentences.search(query[None], k=k * _SENTENCES_PER_PASSAGE, among=sentences_of_chosen)[0]
        rows.update(int(self._passage_of[row]) for row, _ in near)
        matches = []
        for row in sorted(rows):
            cosine = float(self._contents.vectors[row] @ query)
            sentences = self.sentence_cosines(row, query)
            best = float(sentences.max()) if sentences.size else cosine
            matches.append(DenseMatch(self._contents.passages[row].number, cosine, best))
        return matches

    def _chosen(self, among: frozenset[int]) -> tuple[Ids, Ids]:
        """Return the rows of these passages, and those of their sentences."""
        chosen = np.zeros(len(self._row_of), np.bool_)
        chosen[[self._row_of[number] for number in among]] = True
        return np.flatnonzero(chosen), np.flatnonzero(chosen[self._passage_of])

    def sentence_cosines(self, row: int, query: Vectors) -> Vectors:
        """Return the cosine of each sentence of the passage in this row with the query, in order."""
        first, last = self._first_sentence[row], self._first_sentence[row + 1]
        cosines: Vectors = self._contents.sentence_vectors[first:last] @ query
        return cosines

    def row(self, number: int) -> int:
        """Return the row of a passage in the contents of this generation."""
        return self._row_of[number]
