"""Confidence against what was right, small enough to count by hand."""

import pytest

from qa.evaluation.reliability import bins, calibration_error, risk_by_coverage


def test_a_bin_holds_its_lower_bound_and_the_last_one_holds_1() -> None:
    """0.3 is in the fourth bin; 1 has no bin of its own."""
    counts = [one.count for one in bins([0.0, 0.3, 0.95, 1.0], [True] * 4)]

    assert counts == [1, 0, 0, 1, 0, 0, 0, 0, 0, 2]


def test_a_bin_gives_mean_confidence_and_share_right() -> None:
    """Two of three; an empty bin has neither."""
    found = bins([0.82, 0.84, 0.89], [True, False, True])

    assert (found[8].confidence, found[8].right) == (pytest.approx(0.85), pytest.approx(2 / 3))
    assert (found[0].low, found[0].high, found[0].confidence, found[0].right) == (0.0, 0.1, None, None)


def test_the_calibration_error_is_the_mean_distance_weighted_by_count() -> None:
    """Three at 0.9 of which none is right, one at 0.5 that is: (3 * 0.9 + 1 * 0.5) / 4."""
    assert calibration_error([0.9, 0.9, 0.9, 0.5], [False, False, False, True]) == pytest.approx(0.8)


def test_a_confidence_that_is_right_as_often_as_it_says_has_no_error() -> None:
    """Half of the answers at 0.5 are right."""
    assert calibration_error([0.5, 0.5], [True, False]) == 0.0
    assert calibration_error([], []) is None


def test_risk_falls_where_the_sure_answers_are_the_right_ones() -> None:
    """Of five questions one was met with silence; the least sure answer of four is wrong."""
    points = risk_by_coverage([0.9, 0.6, 0.8, 0.7], [True, False, True, True], questions=5)

    assert points == [(0.2, 0.0), (0.4, 0.0), (0.6, 0.0), (0.8, 0.25)]


def test_answers_of_one_confidence_come_together() -> None:
    """No threshold can part them."""
    assert risk_by_coverage([0.7, 0.7], [True, False], questions=2) == [(1.0, 0.5)]
    assert risk_by_coverage([], [], questions=3) == []
