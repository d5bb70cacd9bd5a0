"""What every Encoder must do, run over the fake of the tests and over the offline model."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from embeddings.encoder import Encoder, open_encoder

TEXTS = [
    "河道清淤工程将在雨季之前完成。",
    "圖書館週一閉館,週末開放到晚上九點。",
    "The ferry leaves the pier every twenty minutes.",
    "朝の市場では新鮮な野菜が売られている。",
    "水",
    "村里新修了三条水泥路，" * 20,
]


# Packages that the model imports open files without naming an encoding.
REAL = [pytest.mark.model, pytest.mark.filterwarnings("ignore::EncodingWarning")]


@pytest.fixture(scope="module", params=["hashing", pytest.param("bundled", marks=REAL)])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return open_encoder(request.param)


class TestEncoder:
    """One test per promise of the protocol."""

    def test_it_has_a_name_and_as_many_columns_as_it_says(self, encoder: Encoder) -> None:
        assert encoder.name.strip() == encoder.name != ""
        assert encoder.encode_passages(TEXTS).shape == (len(TEXTS), encoder.dimension)
        assert encoder.encode_queries(TEXTS[:2]).shape == (2, encoder.dimension)

    def test_rows_are_float32_of_length_one(self, encoder: Encoder) -> None:
        for vectors in (encoder.encode_passages(TEXTS), encoder.encode_queries(TEXTS)):
            assert vectors.dtype == np.float32
            assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)

    @pytest.mark.parametrize("empty", ["", "  \t", "\u3000\n"])
    def test_an_empty_text_gives_a_row_of_zeros_in_its_place(self, encoder: Encoder, empty: str) -> None:
        for encode in (encoder.encode_passages, encoder.encode_queries):
            vectors = encode([TEXTS[0], empty, TEXTS[1]])

            assert not vectors[1].any()
            assert vectors[[0, 2]].any(axis=1).all()
            assert not encode([empty]).any()

    def test_no_text_gives_no_row(self, encoder: Encoder) -> None:
        assert encoder.encode_passages([]).shape == (0, encoder.dimension)
        assert encoder.encode_queries([]).shape == (0, encoder.dimension)
        assert encoder.count_tokens([]) == 0

    def test_the_same_call_gives_the_same_bytes(self, encoder: Encoder) -> None:
        assert encoder.encode_passages(TEXTS).tobytes() == encoder.encode_passages(TEXTS).tobytes()
        assert encoder.encode_queries(TEXTS).tobytes() == encoder.encode_queries(TEXTS).tobytes()

    def test_rows_keep_the_order_of_the_texts(self, encoder: Encoder) -> None:
        """Models sort by length inside; each row must come back to its text, whatever its neighbours are."""
        many = [f"第{number}号桥长{number * 7}米，" * (number % 5 + 1) for number in range(40)]

        together = encoder.encode_passages(many)
        alone = np.concatenate([encoder.encode_passages([text]) for text in many[::8]])

        assert (together[::8] * alone).sum(axis=1) == pytest.approx(np.ones(5), abs=1e-3)
        assert (together @ together[8]).argmax() == 8

    def test_a_text_is_nearest_to_itself(self, encoder: Encoder) -> None:
        cosines = encoder.encode_queries(TEXTS) @ encoder.encode_passages(TEXTS).T

        assert cosines.argmax(axis=1).tolist() == list(range(len(TEXTS)))

    def test_half_a_character_does_not_stop_it(self, encoder: Encoder) -> None:
        """Broken JSON can hold a lone surrogate, which cannot be written as UTF-8."""
        assert encoder.encode_queries(["桥\ud83d"]).any()
        assert encoder.count_tokens(["桥\ud83d"]) > 0

    def test_tokens_are_counted_one_text_at_a_time(self, encoder: Encoder) -> None:
        each = [encoder.count_tokens([text]) for text in TEXTS]

        assert encoder.count_tokens(TEXTS) == sum(each)
        assert each[0] > each[4] > 0
        assert encoder.count_tokens(["", " "]) == 0

    def test_threads_that_share_it_get_the_rows_of_one_thread(self, encoder: Encoder) -> None:
        batches = [[f"{text}{number}" for text in TEXTS[:5]] for number in range(12)]
        alone = [encoder.encode_queries(batch) for batch in batches]

        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(encoder.encode_queries, batches))

        for one, other in zip(alone, together, strict=True):
            assert np.abs(one - other).max() < 1e-5
