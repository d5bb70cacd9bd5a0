"""HashingEncoder: vectors from hashed characters and character pairs; a fake for tests that needs no model.

Texts that share character pairs get similar vectors, and one text gets one vector, in every process and on every
machine. It knows nothing of meaning: two words for one thing are as far apart as any two words.
"""

import unicodedata
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Vectors

PAIR_WEIGHT = 2.0  # a shared pair says more than a shared character


class HashingEncoder:
    """Encoder that hashes characters and character pairs into `dimension` columns, with signs.

    Width, case and whitespace are folded away first (NFKC). Unrelated texts have cosines around 0, with a spread of
    about 1 / sqrt(dimension).
    """

    def __init__(self, dimension: int = 256) -> None:
        if dimension < 1:
            raise ValueError(f"a vector needs at least one column, got {dimension}")
        self.dimension = dimension
        self.name = f"hashing-{dimension}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            self._fill(row, _folded(text))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Return the number of characters that are read; there are no special tokens and no truncation."""
        return sum(len(_folded(text)) for text in texts)

    def _fill(self, row: Vectors, folded: str) -> None:
        if not folded:
            return
        for start in range(len(folded)):
            self._add(row, folded[start], 1.0)
        for start in range(len(folded) - 1):
            self._add(row, folded[start : start + 2], PAIR_WEIGHT)
        if not row.any():  # every hash met its opposite, which short texts can do
            self._add(row, f"whole:{folded}", 1.0)
        row /= np.linalg.norm(row)

    def _add(self, row: Vectors, feature: str, weight: float) -> None:
        code = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
        sign = 1.0 if code & 1 else -1.0
        row[(code >> 1) % self.dimension] += sign * weight


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
