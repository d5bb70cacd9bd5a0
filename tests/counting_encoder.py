"""An encoder that notes what it was given, for tests of what is not encoded again."""

from collections.abc import Sequence

from embeddings.encoder import Vectors
from embeddings.hashing import HashingEncoder


class CountingEncoder(HashingEncoder):
    """The hashing encoder; `encoded` holds every passage text since it was last taken."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return super().encode_passages(texts)

    def taken(self) -> list[str]:
        """Return the texts since the last call, in order of the alphabet."""
        taken, self.encoded = sorted(self.encoded), []
        return taken
