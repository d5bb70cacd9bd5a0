"""Look up the rows of the encoder's table of words in its file, without reading the table, which is 190 MB."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE, _TABLE = "model.safetensors", "embeddings.word_embeddings.weight"
_TYPES = {"F16": np.float16, "F32": np.float32}


class WordTable:
    """Rows by token id.

    The file is mapped into memory by ourselves: the safetensors package can take neighbouring rows only.

    Args:
        encoder_folder: Holds the encoder's weights.

    Raises:
        OSError: The file is missing.
        KeyError: It holds no such table, or in another type.

    Source: the format, https://huggingface.co/docs/safetensors: 8 bytes with the header's length, little-endian; the
    header, JSON; the arrays, whose offsets count from there.
    """

    def __init__(self, encoder_folder: Path) -> None:
        path = encoder_folder / _FILE
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            table = json.loads(file.read(length))[_TABLE]
        start = 8 + length + table["data_offsets"][0]
        self._rows = np.memmap(path, _TYPES[table["dtype"]], "r", start, tuple(table["shape"]))

    def __getitem__(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the rows of ids of any shape, shape (*ids.shape, width)."""
        return self._rows[ids].astype(np.float32)
