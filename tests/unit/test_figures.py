"""Figures with their intervals, per kind and per trap, over answers judged by hand."""

from dataclasses import replace

import pytest
from evaluation_fakes import outcome

from qa.evaluation.figures import by_kind, by_trap, figures


def test_every_figure_that_is_a_mean_has_an_interval_around_it() -> None:
    """Latency has none, nor has a count."""
    total = figures([*[outcome(confidence=0.8)] * 6, *[outcome(right=False, confidence=0.6)] * 4])

    low, high = total.intervals["evidence_at_1"]
    assert low < total.evidence_at_1 == 0.6 < high
    assert (total.citation_validity, total.intervals["citation_validity"]) == (1.0, (1.0, 1.0))
    assert set(total.intervals) == {
        "article_at_1", "evidence_at_1", "evidence_at_5", "answer_in_sentence", "exact", "f1", "citation_validity",
    }  # fmt: skip


def test_refusal_is_judged_over_silence_and_over_what_should_have_met_it() -> None:
    """Three silences, two of them right: precision 2/3; of four unanswerable questions two were refused."""
    outcomes = [
        *[outcome(answerable=False, silent=True, confidence=0.2)] * 2,
        outcome(silent=True, confidence=0.3),
        *[outcome(answerable=False, confidence=0.7)] * 2,
        *[outcome(confidence=0.9)] * 5,
    ]

    total = figures(outcomes)

    assert (total.abstention_precision, total.abstention_recall) == (pytest.approx(2 / 3), 0.5)
    assert total.auroc == pytest.approx(22 / 24)  # of 6 * 4 pairs, the silenced answerable one loses two
    for name in ("abstention_precision", "abstention_recall", "auroc"):
        low, high = total.intervals[name]
        assert 0 <= low < getattr(total, name) < high <= 1


def test_the_calibration_error_is_over_the_answers_that_were_given() -> None:
    """Nine of ten right at 0.9; silence has no answer that could be right or wrong."""
    given = [*[outcome(confidence=0.9)] * 9, outcome(answerable=False, confidence=0.9)]

    assert figures([*given, outcome(silent=True, confidence=0.1)]).calibration_error == pytest.approx(0.0)


def test_an_answer_is_right_by_its_sentence_or_by_half_of_its_characters() -> None:
    """And never when nothing answers the question."""
    in_sentence = replace(outcome(right=False), answer_in_sentence=1.0)
    half, less = replace(outcome(right=False), f1=0.5), replace(outcome(right=False), f1=0.49)
    impossible = replace(outcome(answerable=False), answer_in_sentence=1.0, f1=1.0)

    assert [one.right for one in (in_sentence, half, less, impossible)] == [True, True, False, False]


def test_the_figures_as_json_are_rounded_and_hold_their_intervals() -> None:
    """The value stays a number, so that thresholds can be compared with it."""
    values = figures([outcome(), outcome(), outcome(right=False)]).as_dict()

    assert values["evidence_at_1"] == 0.6667
    assert values["intervals"]["evidence_at_1"] == [0.0, 1.0]
    assert (values["auroc"], values["latency_p50"]) == (None, 20.0)


def test_a_group_without_questions_has_no_figures() -> None:
    """It is empty, not a mistake."""
    nothing = figures([])

    assert (nothing.questions, nothing.evidence_at_1, nothing.calibration_error, nothing.intervals) == (
        0,
        None,
        None,
        {},
    )


def test_each_trap_is_counted_beside_the_answerable_questions() -> None:
    """Two of three wrong years refused; the mean confidence is the mean of all three."""
    outcomes = [
        outcome(confidence=0.9),
        outcome(answerable=False, trap="wrong_year", silent=True, confidence=0.1),
        outcome(answerable=False, trap="wrong_year", silent=True, confidence=0.3),
        outcome(answerable=False, confidence=0.5),
        outcome(answerable=False, trap="wrong_year", confidence=0.8),
    ]

    traps = by_trap(outcomes)

    assert list(traps) == ["wrong_year", "none named", "answerable"]
    assert (traps["wrong_year"].questions, traps["wrong_year"].refused) == (3, pytest.approx(2 / 3))
    assert traps["wrong_year"].confidence == pytest.approx(0.4)
    assert traps["answerable"].as_dict() == {
        "questions": 1, "refused": 0.0, "confidence": 0.9, "intervals": {"refused": [0, 0], "confidence": [0.9, 0.9]},
    }  # fmt: skip


def test_kinds_have_figures_of_their_own() -> None:
    """One kind all right, the other all wrong."""
    groups = by_kind([outcome(kind="who"), outcome(kind="date", right=False)])

    assert {kind: group.exact for kind, group in groups.items()} == {"who": 1.0, "date": 0.0, "all": 0.5}
