"""VectorStore: nearest ids by cosine, in memory; what is kept on disk is not decided here.

Holds the protocol and the rules that every store shares: what may be added, and which of equal scores comes first.
"""

from collections.abc import Container, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

Ids = NDArray[np.int64]


class VectorStore(Protocol):
    """Maps integer ids, 0 or greater, to vectors of length 1 and finds the nearest ones.

    Searches may run in several threads at once; nothing may be added or removed meanwhile.

    Attributes:
        dimension: Columns of every vector.
    """

    dimension: int

    def __len__(self) -> int:
        """Return how many vectors are stored."""

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Store vectors of shape (len(ids), dimension); a refused call stores none of them.

        Raises:
            ValueError: If the shape does not fit, a number is not finite, or an id is negative, is stored already, or
                comes twice.
        """

    def remove(self, ids: Sequence[int]) -> int:
        """Forget these ids; return how many were stored."""

    def search(self, queries: Vectors, *, k: int, among: Ids | None = None) -> list[list[tuple[int, float]]]:
        """Return, for each query row, up to k pairs (id, cosine), best first, ties by id; never a padding id.

        The ids are the same for one query, however many are asked at once, and equal vectors have equal cosines: which
        of them make the cut is decided by id too.

        Args:
            queries: Shape (queries, dimension).
            k: How many to return for each.
            among: Look at these ids only, as if no others were stored; each once. None looks at all.

        Raises:
            ValueError: If the shape of the queries does not fit, a number is not finite, or k < 1.
        """


def check_addition(
    ids: Sequence[int], vectors: Vectors, *, dimension: int, stored: Container[int]
) -> tuple[Ids, Vectors]:
    """Return ids and vectors as arrays, or raise ValueError as `VectorStore.add` says."""
    if len(set(ids)) < len(ids):
        raise ValueError("an id comes twice in one call")
    for identifier in ids:
        if identifier < 0:
            raise ValueError(f"ids are 0 or greater, got {identifier}")
        if identifier in stored:
            raise ValueError(f"the id {identifier} is stored already; remove it first")
    rows = check_rows(vectors, dimension=dimension)
    if len(rows) != len(ids):
        raise ValueError(f"got {len(ids)} ids for {len(rows)} vectors")
    return np.asarray(ids, np.int64), rows


def check_rows(vectors: Vectors, *, dimension: int) -> Vectors:
    """Return the vectors as contiguous float32, or raise ValueError when their shape or a number in them is wrong."""
    rows = np.ascontiguousarray(vectors, np.float32)
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise ValueError(f"vectors need the shape (rows, {dimension}), got {rows.shape}")
    if not np.isfinite(rows).all():
        raise ValueError("a vector holds a number that is not finite")
    return rows


def cosines(query: Vectors, vectors: Vectors) -> Vectors:
    """Return the dot product of one query with each row, shape (rows,).

    Summed row by row in float64: the fast matrix products give equal rows unequal last digits, depending on where they
    stand, which would break ties by place.
    """
    products: Vectors = (vectors.astype(np.float64) * query.astype(np.float64)).sum(axis=1).astype(np.float32)
    return products


def best(ids: Ids, scores: Vectors, *, k: int) -> list[tuple[int, float]]:
    """Return the k best pairs (id, score), best first, ties by id."""
    order = np.lexsort((ids, -scores))[:k]
    return [(int(ids[place]), float(scores[place])) for place in order]
