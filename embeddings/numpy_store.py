"""NumpyStore: a VectorStore that compares a query with every vector, for tests and for machines without FAISS.

Does nothing that `FaissStore` does not do; above some 10,000 vectors it is slower.
"""

from collections.abc import Sequence

import numpy as np

from embeddings import store
from embeddings.encoder import Vectors


class NumpyStore:
    """Exact VectorStore over one array."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._ids = np.empty(0, np.int64)
        self._vectors = np.empty((0, dimension), np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        stored = set(self._ids.tolist())
        new_ids, rows = store.check_addition(ids, vectors, dimension=self.dimension, stored=stored)
        self._ids = np.concatenate([self._ids, new_ids])
        self._vectors = np.concatenate([self._vectors, rows])

    def remove(self, ids: Sequence[int]) -> int:
        gone = np.isin(self._ids, np.asarray(ids, np.int64))
        self._ids, self._vectors = self._ids[~gone], self._vectors[~gone]
        return int(gone.sum())

    def search(self, queries: Vectors, *, k: int, among: store.Ids | None = None) -> list[list[tuple[int, float]]]:
        if k < 1:
            raise ValueError(f"ask for at least one neighbour, got k={k}")
        rows = store.check_rows(queries, dimension=self.dimension)
        ids, vectors = self._ids, self._vectors
        if among is not None:
            looked_at = np.isin(ids, among)
            ids, vectors = ids[looked_at], vectors[looked_at]
        return [store.best(ids, store.cosines(query, vectors), k=k) for query in rows]
