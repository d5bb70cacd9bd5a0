"""Coverage fusion, on figures that can be added in the head."""

import pytest

from qa.retrieval.fuse import E5_SMALL, GENERIC, FusionWeights, fuse, weights_for

WEIGHTS = FusionWeights(0.7, 0.3, 0.5, keyword=1.0, dictionary=0.5, aside=0.1)


def test_the_parts_add_up() -> None:
    """(0.85 - 0.7) / 0.3 + 0.4 + 0.5 * 0.2 = 1.0."""
    assert fuse(WEIGHTS, cosine=0.85, keyword=0.4, dictionary=0.2) == pytest.approx(1.0)


def test_captions_and_by_lines_stand_aside() -> None:
    """They lose the handicap and nothing else."""
    assert fuse(WEIGHTS, cosine=0.85) - fuse(WEIGHTS, cosine=0.85, aside=True) == pytest.approx(0.1)


def test_the_constants_belong_to_the_encoder() -> None:
    """A model that was not measured gets its cosines as they are."""
    assert weights_for("multilingual-e5-small-q4") is E5_SMALL
    assert weights_for("BAAI/bge-m3") is GENERIC
