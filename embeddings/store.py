"""VectorStore: nearest ids by cosine, in memory; what is kept on disk is not decided here."""

from collections.abc import Sequence
from typing import Protocol

from embeddings.encoder import Vectors


class VectorStore(Protocol):
    """Maps integer ids to vectors of length 1 and finds the nearest ones.

    Attributes:
        dimension: Columns of every vector.
    """

    dimension: int

    def __len__(self) -> int:
        """Return how many vectors are stored."""

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Store vectors of shape (len(ids), dimension).

        Raises:
            ValueError: If the shape does not fit, an id is stored already, or an id comes twice.
        """

    def remove(self, ids: Sequence[int]) -> int:
        """Forget these ids; return how many were stored."""

    def search(self, queries: Vectors, *, k: int) -> list[list[tuple[int, float]]]:
        """Return, for each query row, up to k pairs (id, cosine), best first, ties by id; never a padding id."""
