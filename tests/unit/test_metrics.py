"""The measures, on answers small enough to count by hand."""

import pytest

from qa.evaluation.metrics import auroc, character_f1, comparable, exact_match, holds, mean, percentile


def test_what_readers_take_for_the_same_is_compared_as_the_same() -> None:
    """Width, script, blanks, punctuation and inserted pinyin."""
    assert comparable("“臨溪(xī)市”，ＧＤＰ") == comparable("临溪 市,gdp。")


def test_the_decimal_point_counts() -> None:
    """25.5 is not 255."""
    assert comparable("25.5%") != comparable("255%")


def test_evidence_must_stand_whole_in_the_text() -> None:
    """An empty evidence is never found."""
    assert holds("全长 22.2公里,", ["全长22.2公里"])
    assert not holds("全长22公里", ["全长22.2公里"])
    assert not holds("任何文字", ["", "。"])
    assert not holds(None, ["全长"])


def test_character_f1_is_the_harmonic_mean() -> None:
    """Two of three characters wanted, two of four found: 2 * 2 / (4 + 3)."""
    assert character_f1("总共六亿", ["六亿元"]) == pytest.approx(4 / 7)
    assert character_f1(None, ["六亿元"]) == 0.0


def test_exact_match_takes_any_variant() -> None:
    """A silent answer never matches."""
    assert exact_match("6亿元", ["六亿元", "6亿元"]) == 1.0
    assert exact_match(None, ["6亿元"]) == 0.0


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    """Of four pairs, three are right."""
    assert auroc([0.9, 0.4, 0.5, 0.1], [True, True, False, False]) == 0.75
    assert auroc([0.9], [True]) is None


def test_equal_confidences_are_half_a_win() -> None:
    """One pair in the right order, one tie."""
    assert auroc([0.5, 0.5, 0.1], [True, False, False]) == 0.75


def test_what_is_no_number_makes_no_figure() -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        auroc([float("nan"), 0.5], [True, False])


def test_percentiles_take_the_nearest_rank() -> None:
    """Half of four values do not exceed the second."""
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile([4, 1, 3, 2], 0.95) == 4
    assert mean([]) is None
