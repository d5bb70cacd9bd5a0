"""What makes Wenju doubt, and the shape of what it stored about that."""

import pytest

from qa.answer.confidence import calibration, names


@pytest.mark.parametrize("model", ["multilingual-e5-small-q4", "BAAI/bge-m3"])
def test_the_weights_point_the_right_way(model: str) -> None:
    """A number or a name that the passage lacks makes doubt, whatever the model."""
    weights = calibration(model).weights

    assert weights["number_missing"] < 0 and weights["name_missing"] < 0


def test_cosines_count_only_for_the_model_that_they_were_fitted_to() -> None:
    """0.85 is a stranger's cosine with one model and a twin's with another."""
    assert calibration("multilingual-e5-small-q4").weights["sentence"] > 0
    assert "sentence" not in calibration("BAAI/bge-m3").weights


def test_the_threshold_leaves_room_on_both_sides() -> None:
    """A threshold of 0 would always speak, one of 1 never."""
    assert 0.1 < calibration("multilingual-e5-small-q4").threshold < 0.9


@pytest.mark.parametrize(
    ("question", "found"),
    [("郑州市的人口是多少?", "郑州市"), ("什么是“三张牌”?", "三张牌"), ("谁写了《渡船》?", "渡船")],
)
def test_names_and_what_stands_in_quotes_are_looked_for(question: str, found: str) -> None:
    """Places by jieba's tags, the rest by its quotation marks."""
    assert found in names(question)
