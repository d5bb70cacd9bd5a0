"""Find the best spans in what the network says of a window's tokens.

Pure arithmetic on logits; cuts no text and runs no network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer.windows import Window

_LONGEST = 64  # tokens of an answer
Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """An answer in a passage's text.

    Attributes:
        start: First code point.
        end: One past the last.
        score: Sum of the logits of its ends, or what a caller makes of it; comparable within one reading.
    """

    start: int
    end: int
    score: float


def best_spans(window: Window, start: Logits, end: Logits, *, count: int = 5) -> list[ScoredSpan]:
    """Return the best spans of a window, best first, ties by place.

    Args:
        window: As it was read.
        start: Logits of an answer's first token, shape (tokens of the window,) or longer, where padding follows.
        end: Logits of its last token, in the same shape.
        count: How many; fewer come from a window that holds fewer.
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
    """Return the logarithm of the chance that the network gives a span among all of its window, at most 0.

    Start and end are taken as drawn apart, so that the chances of all pairs of tokens add up to 1.

    Args:
        window: As it was read.
        span_score: Sum of the logits of the span's ends.
        start: Logits as in `best_spans`.
        end: The same.
    """
    held = slice(window.first, window.first + len(window.ranges))
    return span_score - _log_sum(start[held]) - _log_sum(end[held])


def _log_sum(logits: Logits) -> float:
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))


def merged(spans: Sequence[ScoredSpan], *, count: int) -> list[ScoredSpan]:
    """Return the best of several windows' spans, best first, ties by place.

    A span that stands in two windows counts once, with its better score.
    """
    best: dict[tuple[int, int], ScoredSpan] = {}
    for span in spans:
        place = (span.start, span.end)
        if place not in best or best[place].score < span.score:
            best[place] = span
    return sorted(best.values(), key=lambda span: (-span.score, span.start, span.end))[:count]
