"""Find the best spans in what the network says of a window's tokens. Pure arithmetic on logits; cuts no text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer.windows import Window

_LONGEST = 64  # tokens of an answer
Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """An answer in a passage's text, with the sum of the logits of its ends."""

    start: int
    end: int
    score: float


def best_spans(window: Window, start: Logits, end: Logits, *, count: int = 5) -> list[ScoredSpan]:
    """Return the best spans of a window, best first, ties by place.

    Args:
        window: As it was read.
        start, end: Logits of all its tokens, shape (tokens,) or longer.
        count: How many.
    """
    length = len(window.ranges)
    held = slice(window.first, window.first + length)
    sums = start[held, None] + end[None, held]
    distance = np.arange(length)[None, :] - np.arange(length)[:, None]
    sums = np.where((distance >= 0) & (distance < _LONGEST), sums, -np.inf)
    order = np.argsort(-sums, axis=None, kind="stable")[:count]
    spans = []
    for first, last in zip(*np.unravel_index(order, sums.shape), strict=True):
        place = (window.ranges[first][0], window.ranges[last][1])
        if np.isfinite(sums[first, last]) and place[0] < place[1]:
            spans.append(ScoredSpan(*place, float(sums[first, last])))
    return spans


def log_chance(window: Window, span_score: float, start: Logits, end: Logits) -> float:
    """Return the logarithm of the chance that the network gives a span among all of its window."""
    held = slice(window.first, window.first + len(window.ranges))
    return span_score - _log_sum(start[held]) - _log_sum(end[held])


def _log_sum(logits: Logits) -> float:
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))


def merged(spans: Sequence[ScoredSpan], *, count: int) -> list[ScoredSpan]:
    """Return the best of several windows' spans; one that stands in two windows counts once, with its better score."""
    best: dict[tuple[int, int], ScoredSpan] = {}
    for span in spans:
        place = (span.start, span.end)
        if place not in best or best[place].score < span.score:
            best[place] = span
    return sorted(best.values(), key=lambda span: (-span.score, span.start, span.end))[:count]
