"""How far a figure may be from what more questions of its kind would give: 95 % bootstrap intervals over questions.

A figure is a ratio of two sums over questions (which covers means, precision and recall alike) or an AUROC. All
figures of one set are taken over the same resamples. Pure arithmetic, with one seed; judges nothing.

Source: percentile intervals, Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qa.evaluation.metrics import wins_of_pairs

Interval = tuple[float, float]
Values = NDArray[np.float64]

RESAMPLES = 2000
_SEED = 20261123
_BOUNDS = (2.5, 97.5)  # percent


@dataclass(frozen=True, slots=True)
class WithIntervals:
    """Base of figures that have a field `intervals` beside them: low and high, by the figure's name."""

    def as_dict(self) -> dict[str, Any]:
        """Return figures and intervals by name, as JSON values rounded to four decimals."""
        values: dict[str, Any] = {
            name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()
        }
        values["intervals"] = {name: [round(bound, 4) for bound in pair] for name, pair in values["intervals"].items()}
        return values


def resample(questions: int) -> Values:
    """Return how often each question is drawn in each resample, shape (2000, questions); the same for the same number.

    Raises:
        ValueError: There are no questions to draw from.
    """
    if questions < 1:
        raise ValueError("nothing can be drawn from no questions")
    drawn = np.random.default_rng(_SEED).integers(questions, size=(RESAMPLES, questions))
    cells = drawn + questions * np.arange(RESAMPLES)[:, None]
    counts = np.bincount(cells.ravel(), minlength=RESAMPLES * questions).reshape(RESAMPLES, questions)
    return counts.astype(np.float64)


def ratio_interval(counts: Values, above: ArrayLike, below: ArrayLike) -> Interval | None:
    """Return the interval of sum(above) / sum(below), or None where no resample has anything below.

    Where all questions agree both bounds are the value itself: then only the number of questions says how sure it is.

    Args:
        counts: From `resample`, shape (resamples, questions).
        above: One value a question.
        below: One value a question; for a mean, 1, or 0 for a question that is not of its group.
    """
    drawn_below = counts @ np.asarray(below, np.float64)
    held = drawn_below > 0  # a resample without such a question has no such figure
    return _bounds((counts @ np.asarray(above, np.float64))[held] / drawn_below[held])


def mean_interval(values: ArrayLike) -> Interval | None:
    """Return the interval of a mean over questions, or None of nothing."""
    taken = np.asarray(values, np.float64)
    return ratio_interval(resample(len(taken)), taken, np.ones(len(taken))) if len(taken) else None


def auroc_interval(counts: Values, confidences: ArrayLike, answerable: ArrayLike) -> Interval | None:
    """Return the interval of the chance that an answerable question gets the higher confidence, ties counted half.

    Args:
        counts: From `resample`.
        confidences: One a question.
        answerable: One a question, true or false.

    Returns:
        None where one sort is missing.

    Raises:
        ValueError: A confidence is not a finite number.
    """
    wins, positive = wins_of_pairs(confidences, answerable), np.asarray(answerable, bool)
    drawn, other = counts[:, positive], counts[:, ~positive]
    pairs = drawn.sum(axis=1) * other.sum(axis=1)
    held = pairs > 0
    return _bounds(((drawn @ wins) * other).sum(axis=1)[held] / pairs[held])


def _bounds(figures: Values) -> Interval | None:
    if not figures.size:
        return None
    low, high = np.percentile(figures, _BOUNDS)
    return float(low), float(high)
