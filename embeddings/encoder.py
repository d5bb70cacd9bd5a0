"""Encoder: the one door from text to vectors, and `open_encoder` to open it by name.

Does not know what the texts are taken from, nor where the vectors go.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is a cosine.

    Attributes:
        name: Stands in the store; another name means that the folder must be indexed again.
        dimension: Columns of every array that comes out.
    """

    name: str
    dimension: int

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), rows of length 1; an empty text gives a row of zeros."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension), rows of length 1; an empty text gives a row of zeros."""

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Return how many tokens the model reads for these texts, special tokens included, after truncation."""
