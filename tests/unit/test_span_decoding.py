"""Finding spans in hand-made logits. The window has two tokens of context in front and one mark behind."""

import math

import numpy as np
import pytest

from qa.answer.decode import Logits, ScoredSpan, best_spans, log_chance, merged
from qa.answer.windows import Window

# Tokens: <s> context | 水渠 全长 12 公里 | </s>
WINDOW = Window((0, 9, 5, 6, 7, 8, 2), 2, ((0, 2), (2, 4), (5, 7), (7, 9)))


def logits(*of_text: float, elsewhere: float = 0.0) -> Logits:
    """Logits of all seven tokens, and of two of padding: those of the text as given."""
    return np.array([elsewhere, elsewhere, *of_text, elsewhere, elsewhere, elsewhere], np.float32)


def test_the_best_span_runs_from_the_likeliest_start_to_the_likeliest_end() -> None:
    """12 公里: 3 + 2, in the passage's characters."""
    [span] = best_spans(WINDOW, logits(0, 0, 3, 0), logits(0, 0, 1, 2), count=1)

    assert span == ScoredSpan(5, 9, 5.0)


def test_context_marks_and_padding_are_never_answers() -> None:
    found = best_spans(WINDOW, logits(0, 0, 3, 0, elsewhere=99), logits(0, 0, 1, 2, elsewhere=99), count=20)

    assert found[0] == ScoredSpan(5, 9, 5.0)
    assert len(found) == 4 + 3 + 2 + 1  # every span of four tokens, and nothing else


def test_an_end_before_its_start_is_no_span() -> None:
    """The likeliest start is the last token, the likeliest end the first: 9 for each of both alone, -9 together."""
    found = best_spans(WINDOW, logits(0, 0, 0, 9), logits(9, 0, 0, 0), count=2)

    assert found == [ScoredSpan(0, 2, 9.0), ScoredSpan(7, 9, 9.0)]


def test_equal_scores_come_in_the_order_of_their_places() -> None:
    """All logits are alike: by start, then by end."""
    found = best_spans(WINDOW, logits(0, 0, 0, 0), logits(0, 0, 0, 0), count=5)

    assert [(span.start, span.end) for span in found] == [(0, 2), (0, 4), (0, 7), (0, 9), (2, 4)]


def test_an_answer_has_at_most_64_tokens() -> None:
    """The first and the last of 66 are the likeliest; what is found starts or ends with one of them."""
    long = Window((0, *range(4, 70), 2), 1, tuple((place, place + 1) for place in range(66)))
    start, end = np.zeros(68, np.float32), np.zeros(68, np.float32)
    start[1], end[66] = 5, 5

    found = best_spans(long, start, end, count=500)

    assert (found[0].score, found[0].start) == (5.0, 0)
    assert max(span.end - span.start for span in found) == 64


def test_the_chances_of_all_spans_of_a_window_are_those_of_two_independent_draws() -> None:
    """Start: 3 of 4 for the third token; end: 1 of 2 for the last. Together 3/8."""
    start, end = logits(-50, 0, math.log(3), -50), logits(-50, -50, 0, 0)

    assert log_chance(WINDOW, float(start[4] + end[5]), start, end) == pytest.approx(math.log(3 / 8))


def test_the_chance_does_not_hang_on_the_level_of_the_logits() -> None:
    """A thousand more everywhere changes nothing, and nothing overflows."""
    start, end = logits(1, 2, 3, 4), logits(4, 3, 2, 1)
    higher = log_chance(WINDOW, 3 + 1 + 2000.0, start + 1000, end + 1000)

    assert higher == pytest.approx(log_chance(WINDOW, 3 + 1.0, start, end), abs=1e-3)


def test_a_span_of_two_windows_counts_once_with_its_better_score() -> None:
    spans = [ScoredSpan(5, 9, 1.0), ScoredSpan(0, 2, 2.0), ScoredSpan(5, 9, 3.0), ScoredSpan(0, 4, 2.0)]

    assert merged(spans, count=3) == [ScoredSpan(5, 9, 3.0), ScoredSpan(0, 2, 2.0), ScoredSpan(0, 4, 2.0)]
    assert merged(spans, count=1) == [ScoredSpan(5, 9, 3.0)]
