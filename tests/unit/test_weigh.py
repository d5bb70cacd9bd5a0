"""Weights for ranking and for choosing spans, on lists and proposals small enough to count by hand."""

import numpy as np
import pytest

from qa.answer.choose import Signs, SpanWeights
from qa.evaluation.weigh import Listed, best_span_weights, mean_f1, share


def _listed(*passages: tuple[float, float, bool, bool]) -> Listed:
    """Fused score, chance, evidence, foreign of each passage."""
    scores, chances, evidence, foreign = (np.array(column) for column in zip(*passages, strict=True))
    return Listed(scores, chances, evidence, foreign)


SECOND = _listed((1.0, 0.2, False, False), (0.9, 0.7, True, False))  # the evidence lies .1 behind and is likelier by .5
ABROAD = _listed((1.0, 0.2, False, True), (0.9, 0.7, True, True))
LOST = _listed((1.0, 0.9, False, False))


@pytest.mark.parametrize(("weight", "rank"), [(0.0, 2), (0.19, 2), (0.21, 1)])
def test_the_likelier_passage_comes_first_from_the_weight_that_makes_up_for_its_score(weight: float, rank: int) -> None:
    """.1 behind and .5 likelier: from .1 / .5 = .2."""
    assert SECOND.rank(same=weight, foreign=0.0) == rank
    assert ABROAD.rank(same=0.0, foreign=weight) == rank


def test_evidence_that_was_not_found_has_no_rank_and_stays_in_the_share() -> None:
    assert LOST.rank(same=1.0, foreign=1.0) is None
    assert share([SECOND, ABROAD, LOST], same=0.3, foreign=0.0, within=1) == pytest.approx(1 / 3)
    assert share([SECOND, ABROAD, LOST], same=0.3, foreign=0.0, within=2) == pytest.approx(2 / 3)


def _signs(*, passage: float = 0.0, span: float = 0.0, wrong_type: bool = False) -> Signs:
    return Signs(passage, 0.0, span, 0.0, wrong_type=wrong_type, swallowed=False)


def test_a_sign_that_misleads_is_weighed_down_and_one_that_helps_up() -> None:
    """The right span is of the right type, 1.5 less likely, in the passage that is ranked .1 lower."""
    items = [[(_signs(passage=1.0, wrong_type=True), 0.0), (_signs(passage=0.9, span=-1.5), 1.0)]]

    found = best_span_weights(items, SpanWeights(passage=10.0, wrong_type=1.0))

    assert mean_f1(items, SpanWeights(passage=10.0, wrong_type=1.0)) == 0.0
    assert mean_f1(items, found) == 1.0
    assert (found.passage, found.answerable) == (10.0, SpanWeights().answerable)  # untouched: another one sufficed
    assert found.wrong_type == 3.0  # 1 from rank and 1.5 from chance are to be made up for


def test_a_question_without_a_span_counts_nothing() -> None:
    assert mean_f1([[], [(_signs(), 0.5)]], SpanWeights()) == 0.25
