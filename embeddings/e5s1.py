"""Read an `E5S1` file: the weights and the vocabulary of a small BERT encoder in 4 bits.

Knows the file's layout and nothing of folders, tokenizer formats or sentence-transformers (that is `bundled.py`).

Layout, little-endian: magic `E5S1`, u32 version; i32 hidden size, layers, heads, feed-forward size, vocabulary,
positions, token types; f32 layer-norm epsilon; i32 block length; i32 pieces and the ids of bos, eos, pad, unk; u64 blob
length; u32 offsets[pieces + 1]; f32 scores[pieces]; the UTF-8 blob; i32 count and u32 byte length of a normalisation
table and that table (u32 code point, u8 n, u32 replacement[n]); i32 tensors, each u16 name length, name, u8 type, u32
weights, u64 offset, u64 bytes. A 4-bit block is an fp16 scale d and 16 bytes; byte j holds weight j in its low and
weight j + 16 in its high nibble; weight = (nibble - 8) * d.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
_FLOAT32, _FOUR_BIT = 0, 1
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
_BLOCKS_AT_ONCE = 65_536  # 2 M weights: 8 MB of float32 at a time


class E5FileError(ValueError):
    """The file is not an `E5S1` file, is cut off, or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, all counts, and the epsilon of its layer norms."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of a Unigram tokenizer with their log probabilities, and the ids of the special ones.

    Attributes:
        normalisation: Per code point that is not kept as it is, what replaces it.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one tensor stands in the file: kind 0 is float32, kind 1 is 4-bit."""

    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class E5File:
    """A parsed file; the weights stay as they are stored until `weights` is asked for them."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]
    data: bytes

    def weights(self, name: str) -> NDArray[np.float16]:
        """Return one tensor, flat, in fp16.

        Raises:
            E5FileError: If the file has no such tensor.
        """
        if name not in self.tensors:
            raise E5FileError(f"the file has no tensor named {name}")
        tensor = self.tensors[name]
        if tensor.kind == _FLOAT32:
            return np.frombuffer(self.data, "<f4", tensor.count, tensor.offset).astype(np.float16)
        blocks = np.frombuffer(self.data, _BLOCK_TYPE, tensor.count // BLOCK, tensor.offset)
        return dequantise(blocks)


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float16]:
    """Turn 4-bit blocks into 32 weights each, in fp16, block after block."""
    weights = np.empty((len(blocks), BLOCK), np.float16)
    for first in range(0, len(blocks), _BLOCKS_AT_ONCE):
        part = blocks[first : first + _BLOCKS_AT_ONCE]
        scales = part["scale"].astype(np.float32)[:, None]
        nibbles = part["nibbles"]
        rows = weights[first : first + len(part)]
        rows[:, : BLOCK // 2] = ((nibbles & 0x0F).astype(np.float32) - 8) * scales
        rows[:, BLOCK // 2 :] = ((nibbles >> 4).astype(np.float32) - 8) * scales
    return weights.reshape(-1)


def read(path: Path) -> E5File:
    """Read and check a whole file.

    Raises:
        E5FileError: If it is not an `E5S1` file of version 1, is cut off, or contradicts itself.
        OSError: If it cannot be read.
    """
    return parse(path.read_bytes())


def parse(data: bytes) -> E5File:
    """Read and check the bytes of a file; raises E5FileError as `read` does."""
    if data[:4] != MAGIC:
        raise E5FileError("the file does not start with E5S1")
    try:
        return _parse(data)
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise E5FileError(f"the file is cut off or damaged: {error}") from error


def _parse(data: bytes) -> E5File:
    cursor = _Cursor(data, 4)
    (version,) = cursor.take("I")
    if version != VERSION:
        raise E5FileError(f"the file has version {version}, this reader knows version {VERSION}")
    hidden, layers, heads, feed_forward, vocabulary_size, positions, token_types = cursor.take("7i")
    epsilon, block = struct.unpack("<fi", cursor.take_bytes(8))
    if block != BLOCK:
        raise E5FileError(f"the file has blocks of {block} weights, this reader knows blocks of {BLOCK}")
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary_size, positions, token_types, epsilon)
    vocabulary = _vocabulary(cursor)
    tensors = _directory(cursor)
    return E5File(shape, vocabulary, tensors, data)


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data = data
        self.position = position

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{layout}", self.data, self.position)
        self.position += struct.calcsize(f"<{layout}")
        return values

    def take_bytes(self, length: int) -> bytes:
        end = self.position + length
        if length < 0 or end > len(self.data):
            raise E5FileError(f"the file ends at byte {len(self.data)}, {end} are announced")
        taken = self.data[self.position : end]
        self.position = end
        return taken


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.take("5i")
    (blob_length,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.take_bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take_bytes(4 * count), "<f4").tolist()
    blob = cursor.take_bytes(blob_length)
    if offsets[0] != 0 or offsets[-1] != blob_length or offsets != sorted(offsets):
        raise E5FileError("the offsets of the vocabulary do not cover its text")
    if not all(0 <= special < count for special in (bos, eos, pad, unk)):
        raise E5FileError("a special token is outside the vocabulary")
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    return Vocabulary(pieces, tuple(scores), bos, eos, pad, unk, _normalisation(cursor))


def _normalisation(cursor: _Cursor) -> dict[str, str]:
    count, length = cursor.take("iI")
    end = cursor.position + length
    table = {}
    for _ in range(count):
        code_point, replaced_by = cursor.take("IB")
        table[chr(code_point)] = "".join(map(chr, cursor.take(f"{replaced_by}I")))
    if cursor.position != end:
        raise E5FileError("the normalisation table is not as long as announced")
    return table


def _directory(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.take("i")
    tensors = {}
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = cursor.take_bytes(name_length).decode()
        tensor = Tensor(*cursor.take("BIQQ"))
        expected = {_FLOAT32: 4 * tensor.count, _FOUR_BIT: tensor.count // BLOCK * _BLOCK_TYPE.itemsize}.get(
            tensor.kind
        )
        if expected != tensor.size or tensor.offset + tensor.size > len(cursor.data):
            raise E5FileError(f"the tensor {name} is cut off or of an unknown type")
        if tensor.kind == _FOUR_BIT and tensor.count % BLOCK:
            raise E5FileError(f"the tensor {name} does not fill its blocks")
        tensors[name] = tensor
    return tensors
