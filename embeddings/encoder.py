"""Encoder: the one door from text to vectors, and `open_encoder` to open it by name.

Does not know what the texts are taken from, nor where the vectors go.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelUnavailableError

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


def open_encoder(name: str) -> Encoder:
    """Open an encoder by its name in the settings.

    Args:
        name: `bundled` for the offline model; `hashing` or `hashing:DIMENSION` for the fake of the tests; else a
            folder, or a hub id such as `BAAI/bge-m3`, which is fetched where it is not on this machine yet.

    Raises:
        ModelUnavailableError: There is no such model, or it cannot be opened here.
    """
    kind, colon, dimension = name.partition(":")
    if kind == "hashing":
        from embeddings.hashing import HashingEncoder  # noqa: PLC0415 - it imports this module

        if not colon:
            return HashingEncoder()
        if dimension.isascii() and dimension.isdigit() and int(dimension) > 0:
            return HashingEncoder(int(dimension))
    if not name.strip() or kind == "hashing":
        raise ModelUnavailableError(
            f"There is no embedding model named {name!r}.",
            "Set `model` to bundled, hashing:256, a folder, or a hub id such as BAAI/bge-m3.",
        )
    from embeddings.sentence_transformer import SentenceTransformerEncoder  # noqa: PLC0415 - it imports this module

    if name == "bundled":
        from embeddings import bundled  # noqa: PLC0415 - only needed here

        return SentenceTransformerEncoder(bundled.bundled_folder(), name=bundled.NAME)
    return SentenceTransformerEncoder(name)
