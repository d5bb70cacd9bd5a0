"""Aggregate judged answers: figures with their intervals, per kind of question and per kind of trap. Judges nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.intervals import (
    Interval,
    Values,
    WithIntervals,
    auroc_interval,
    mean_interval,
    ratio_interval,
    resample,
)
from qa.evaluation.measure import Outcome
from qa.evaluation.metrics import auroc, percentile
from qa.evaluation.reliability import calibration_error

_JUDGED = ("article_at_1", "evidence_at_1", "evidence_at_5", "answer_in_sentence", "exact", "f1")


@dataclass(frozen=True, slots=True)
class Figures(WithIntervals):
    """Means over a group of questions; a figure that the group cannot have is None.

    Retrieval and answers are judged over answerable questions, abstention over all of them. Precision and recall of
    abstention take "the documents do not say" as what is to be found. Latency is in milliseconds.

    Attributes:
        calibration_error: Distance of confidence and share right, over the answers that were given.
        intervals: 95 % bootstrap intervals by the figure's name, where it has one.
    """

    questions: int
    answerable: int
    article_at_1: float | None
    evidence_at_1: float | None
    evidence_at_5: float | None
    answer_in_sentence: float | None
    exact: float | None
    f1: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    auroc: float | None
    citation_validity: float | None
    calibration_error: float | None
    latency_p50: float
    latency_p95: float
    intervals: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class TrapFigures(WithIntervals):
    """What became of the questions with one kind of trap: share refused and mean confidence, with their intervals."""

    questions: int
    refused: float
    confidence: float
    intervals: Mapping[str, Interval]


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Aggregate outcomes."""
    sums = _sums(outcomes)
    confidences = [outcome.answer.confidence for outcome in outcomes]
    answerable = [outcome.question.answerable for outcome in outcomes]
    given = [outcome for outcome in outcomes if not outcome.answer.abstained]
    latencies = [outcome.answer.timings_ms["total"] for outcome in outcomes]
    intervals: dict[str, Interval | None] = {}
    if outcomes:
        counts = resample(len(outcomes))
        intervals = {name: ratio_interval(counts, *pair) for name, pair in sums.items()}
        intervals["auroc"] = auroc_interval(counts, confidences, answerable)
    return Figures(
        questions=len(outcomes),
        answerable=sum(answerable),
        **{name: float(above.sum() / below.sum()) if below.sum() else None for name, (above, below) in sums.items()},
        auroc=auroc(confidences, answerable),
        calibration_error=calibration_error(
            [outcome.answer.confidence for outcome in given], [outcome.right for outcome in given]
        ),
        latency_p50=percentile(latencies, 0.5) if latencies else 0.0,
        latency_p95=percentile(latencies, 0.95) if latencies else 0.0,
        intervals=_known(intervals),
    )


def _sums(outcomes: Sequence[Outcome]) -> dict[str, tuple[Values, Values]]:
    """Return, for each figure that is a ratio, what is counted and what it is counted of, one value a question each."""
    answerable = np.array([outcome.question.answerable for outcome in outcomes], np.float64)
    silent = np.array([outcome.answer.abstained for outcome in outcomes], np.float64)
    judged = {name: np.array([getattr(outcome, name) for outcome in outcomes], np.float64) for name in _JUDGED}
    return {
        **{name: (values * answerable, answerable) for name, values in judged.items()},
        "abstention_precision": (silent * (1 - answerable), silent),
        "abstention_recall": (silent * (1 - answerable), 1 - answerable),
        "citation_validity": (
            np.array([outcome.valid_citations for outcome in outcomes], np.float64),
            np.array([outcome.citations for outcome in outcomes], np.float64),
        ),
    }


def _known(intervals: Mapping[str, Interval | None]) -> dict[str, Interval]:
    return {name: interval for name, interval in intervals.items() if interval is not None}


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Return the figures of each kind of question in the order of first appearance, and of all as `all`."""
    kinds = dict.fromkeys(outcome.question.kind for outcome in outcomes)
    groups = {kind: figures([outcome for outcome in outcomes if outcome.question.kind == kind]) for kind in kinds}
    return {**groups, "all": figures(outcomes)}


def by_trap(outcomes: Sequence[Outcome]) -> dict[str, TrapFigures]:
    """Return what became of the unanswerable questions by their trap, and of the answerable ones to hold against them.

    Traps come in the order of first appearance, `none named` among them; `answerable` is last.
    """
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if not outcome.question.answerable:
            groups.setdefault(outcome.question.trap or "none named", []).append(outcome)
    groups["answerable"] = [outcome for outcome in outcomes if outcome.question.answerable]
    return {name: _trapped(group) for name, group in groups.items() if group}


def _trapped(outcomes: Sequence[Outcome]) -> TrapFigures:
    refused = [float(outcome.answer.abstained) for outcome in outcomes]
    confidence = [outcome.answer.confidence for outcome in outcomes]
    return TrapFigures(
        questions=len(outcomes),
        refused=sum(refused) / len(outcomes),
        confidence=sum(confidence) / len(outcomes),
        intervals=_known({"refused": mean_interval(refused), "confidence": mean_interval(confidence)}),
    )
