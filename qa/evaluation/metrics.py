"""The measures of `wenju eval`, each with its formula. A question without a result scores 0 and stays in the mean."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qa.retrieval.tokens import fold

_IGNORED = re.compile(r"[\s,，.。:：;；?？!！、()（）\[\]【】“”\"'‘’《》〈〉「」『』—\-–~·]+")


def comparable(text: str) -> str:
    """Fold a text for comparing: width, case, script, inserted pinyin, blanks and punctuation are left out.

    The point between two digits stays: 25.5 is not 255.
    """
    folded = re.sub(r"(?<=\d)\.(?=\d)", "\ue000", fold(text))
    return _IGNORED.sub("", folded).replace("\ue000", ".")


def holds(text: str | None, wanted: Sequence[str]) -> bool:
    """Tell whether a text holds one of the wanted texts, both folded."""
    if not text:
        return False
    folded = comparable(text)
    return any(comparable(item) in folded for item in wanted if comparable(item))


def exact_match(answer: str | None, accepted: Sequence[str]) -> float:
    """Return 1 when the answer equals an accepted one, both folded, else 0."""
    return float(answer is not None and comparable(answer) in {comparable(item) for item in accepted})


def character_f1(answer: str | None, accepted: Sequence[str]) -> float:
    """Return the best harmonic mean of precision and recall over characters, as CMRC 2018 and DRCD count it."""
    if not answer:
        return 0.0
    found = Counter(comparable(answer))
    return max((_f1(found, Counter(comparable(item))) for item in accepted), default=0.0)


def _f1(found: Counter[str], wanted: Counter[str]) -> float:
    shared = sum((found & wanted).values())
    return 2 * shared / (sum(found.values()) + sum(wanted.values())) if shared else 0.0


def auroc(confidences: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """Return the chance that an answerable question gets the higher confidence; None when one sort is missing."""
    wins = wins_of_pairs(confidences, answerable)
    return float(wins.mean()) if wins.size else None


def wins_of_pairs(confidences: ArrayLike, answerable: ArrayLike) -> NDArray[np.float64]:
    """Compare the confidence in each answerable question with that in each unanswerable one.

    By its definition and not with scikit-learn, which takes a second to import.

    Args:
        confidences: One a question.
        answerable: One a question, true or false.

    Returns:
        Shape (answerable, unanswerable), in the order of the questions: 1 where the answerable one has the higher
        confidence, .5 where both have the same, 0 elsewhere.

    Raises:
        ValueError: A confidence is not a finite number.
    """
    taken, positive = np.asarray(confidences, np.float64), np.asarray(answerable, bool)
    if not np.isfinite(taken).all():
        raise ValueError("a confidence is not a finite number; look at what computed it")
    gap = taken[positive][:, None] - taken[~positive][None, :]
    wins: NDArray[np.float64] = (gap > 0) + 0.5 * (gap == 0)
    return wins


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None of nothing."""
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]
