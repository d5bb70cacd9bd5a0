"""The reader of E5S1 files, on a file small enough to check by hand."""

import numpy as np
import pytest
from tiny_e5_file import PIECES, SCORES, four_bit, tiny_file

from embeddings import e5s1


def test_a_weight_is_its_nibble_minus_eight_times_the_scale_of_its_block() -> None:
    """Byte j holds weight j in its low half and weight j + 16 in its high half."""
    packed = four_bit([0.5, -2.0], [[0, 8, 15, *[8] * 13, 9, 7, *[8] * 14], [10] * 32])
    blocks = np.frombuffer(packed, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))

    weights = e5s1.dequantise(blocks)

    assert weights.dtype == np.float16
    assert weights[:4].tolist() == [-4.0, 0.0, 3.5, 0.0]
    assert weights[16:19].tolist() == [0.5, -0.5, 0.0]
    assert weights[32:].tolist() == [-4.0] * 32


def test_a_file_gives_back_what_was_packed() -> None:
    model = e5s1.parse(tiny_file())

    assert model.shape == e5s1.Shape(32, 1, 2, 64, 10, 16, 2, pytest.approx(1e-12))
    assert model.vocabulary.pieces == tuple(PIECES)
    assert model.vocabulary.scores == tuple(SCORES)
    assert (model.vocabulary.bos, model.vocabulary.pad, model.vocabulary.eos, model.vocabulary.unk) == (0, 1, 2, 3)
    assert model.vocabulary.normalisation == {"\uff11": "1", "\x07": "", "㎞": "km"}
    assert model.weights("emb.ln.w").tolist() == [1.0] * 32
    assert model.weights("emb.word")[:3].tolist() == [-1.0, -0.875, -0.75]
    assert len(model.weights("l0.fi.w")) == 64 * 32


def test_a_tensor_that_is_not_there_is_named() -> None:
    with pytest.raises(e5s1.E5FileError, match=r"l7\.q\.w"):
        e5s1.parse(tiny_file()).weights("l7.q.w")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "does not start with E5S1"),
        (b"GGUF" + tiny_file()[4:], "does not start with E5S1"),
        (tiny_file(version=2), "version 2"),
        (tiny_file(block=64), "blocks of 64"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(e5s1.E5FileError, match=reason):
        e5s1.parse(data)


@pytest.mark.parametrize("share", [0.001, 0.01, 0.02, 0.1, 0.5, 0.9999])
def test_a_file_that_is_cut_off_is_refused_wherever_it_ends(share: float) -> None:
    data = tiny_file()

    with pytest.raises(e5s1.E5FileError):
        e5s1.parse(data[: max(8, int(len(data) * share))])


def test_offsets_that_run_backwards_are_refused() -> None:
    """Piece 1 would end before it starts."""
    data = bytearray(tiny_file())
    second_offset = 8 + 36 + 20 + 8 + 4
    data[second_offset : second_offset + 4] = (99).to_bytes(4, "little")

    with pytest.raises(e5s1.E5FileError, match="offsets"):
        e5s1.parse(bytes(data))
