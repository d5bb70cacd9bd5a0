"""Is the confidence worth its name? Bins of it against the share right, the calibration error, and risk by coverage.

Pure arithmetic on confidences and judgements; draws nothing.

Source: expected calibration error in bins of equal width, Guo et al., ICML 2017, arXiv:1706.04599.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.evaluation.metrics import mean

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in [low, high); the last bin holds 1 too.

    Attributes:
        confidence: Mean of theirs; None in an empty bin.
        right: Share that is right; None in an empty bin.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


def bins(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Return the ten bins in order, empty ones too."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, is_right in zip(confidences, right, strict=True):
        held[min(BINS - 1, int(confidence * BINS))].append((confidence, is_right))
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            count=len(members),
            confidence=mean([confidence for confidence, _ in members]),
            right=mean([float(is_right) for _, is_right in members]),
        )
        for number, members in enumerate(held)
    ]


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return the mean distance of confidence and share right over the bins, weighted by count; None of nothing."""
    filled = [
        (one.count, abs(one.confidence - one.right))
        for one in bins(confidences, right)
        if one.confidence is not None and one.right is not None
    ]
    return sum(count * gap for count, gap in filled) / len(confidences) if filled else None


def risk_by_coverage(
    confidences: Sequence[float], right: Sequence[bool], *, questions: int
) -> list[tuple[float, float]]:
    """Return what a higher threshold would buy: (share of the questions answered, share wrong among those answered).

    Args:
        confidences: Of the answers that were given.
        right: Which of them are right.
        questions: All of the set, silence included.

    Returns:
        One point for each different confidence, surest first; answers of one confidence come or go together.
    """
    order = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, wrong = [], 0
    for number, (confidence, is_right) in enumerate(order, start=1):
        wrong += not is_right
        if number == len(order) or order[number][0] != confidence:
            points.append((number / questions, wrong / number))
    return points
