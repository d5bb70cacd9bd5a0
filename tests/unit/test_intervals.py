"""Bootstrap intervals, on figures whose spread is known."""

import numpy as np
import pytest

from qa.evaluation.intervals import RESAMPLES, auroc_interval, mean_interval, ratio_interval, resample
from qa.evaluation.metrics import auroc


def test_every_resample_draws_as_many_questions_as_there_are() -> None:
    """And the same ones every time."""
    counts = resample(7)

    assert counts.shape == (RESAMPLES, 7)
    assert set(counts.sum(axis=1)) == {7.0}
    assert (counts == resample(7)).all()


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    """Fifty of a hundred: 0.5 ± 1.96 * sqrt(0.25 / 100)."""
    low, high = mean_interval([1.0, 0.0] * 50) or (0.0, 0.0)

    assert low == pytest.approx(0.402, abs=0.012)
    assert high == pytest.approx(0.598, abs=0.012)


def test_more_questions_make_it_narrower() -> None:
    """Four times as many, half as wide."""
    (low, high), (low_of_more, high_of_more) = (mean_interval([1.0, 0.0] * half) for half in (50, 200))

    assert (high_of_more - low_of_more) / (high - low) == pytest.approx(0.5, abs=0.06)


def test_where_all_questions_agree_it_has_no_width() -> None:
    """Nothing can be resampled into a miss that never was."""
    assert mean_interval([1.0, 1.0, 1.0]) == (1.0, 1.0)
    assert mean_interval([]) is None


def test_a_share_counts_only_what_it_is_a_share_of() -> None:
    """Precision: of the silent ones all were rightly silent, however many answers were drawn beside them."""
    counts = resample(4)

    assert ratio_interval(counts, [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]) == (1.0, 1.0)
    assert ratio_interval(counts, [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]) is None


def test_a_resample_without_any_such_question_is_left_out() -> None:
    """One silent question of two: a quarter of the resamples have none, the others give 1."""
    assert ratio_interval(resample(2), [1.0, 0.0], [1.0, 0.0]) == (1.0, 1.0)


def test_auroc_is_taken_over_the_drawn_pairs() -> None:
    """Perfect order stays perfect, ties count half; one resample with every question drawn once is AUROC itself."""
    confidences, answerable = [0.9, 0.4, 0.5, 0.1], [True, True, False, False]
    once = np.ones((1, 4))

    assert auroc_interval(once, confidences, answerable) == (0.75, 0.75)
    assert auroc(confidences, answerable) == 0.75
    assert auroc_interval(np.ones((1, 2)), [0.5, 0.5], [True, False]) == (0.5, 0.5)
    assert auroc_interval(resample(4), [0.9, 0.8, 0.2, 0.1], answerable) == (1.0, 1.0)


def test_auroc_needs_both_sorts() -> None:
    """Without an unanswerable question there is no pair."""
    assert auroc_interval(resample(2), [0.9, 0.4], [True, True]) is None


def test_the_interval_holds_the_figure_and_is_the_same_on_every_run() -> None:
    """The figure lies inside; nothing depends on chance."""
    confidences = [number / 40 for number in range(40)]
    answerable = [number % 3 > 0 or number > 30 for number in range(40)]
    figure = auroc(confidences, answerable) or 0.0

    low, high = auroc_interval(resample(40), confidences, answerable) or (1.0, 0.0)

    assert low < figure < high
    assert (low, high) == auroc_interval(resample(40), confidences, answerable)


def test_no_questions_cannot_be_drawn_from() -> None:
    """It says so instead of returning nothing."""
    with pytest.raises(ValueError, match="no questions"):
        resample(0)
