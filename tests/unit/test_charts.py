"""The charts of the report: where a figure stands in the picture. The plots are 300 pixels high, from y 10 to y 310."""

import re

from evaluation_fakes import outcome

from qa.evaluation.charts import bar_chart, reliability_chart, risk_chart
from qa.evaluation.figures import by_kind
from qa.evaluation.reliability import bins


def test_a_bar_of_confidence_is_as_high_as_the_share_right() -> None:
    """Half of four answers at 0.85: 150 pixels, above the ninth tenth of the axis, its dot at the mean confidence."""
    chart = reliability_chart(bins([0.85] * 4, [True, True, False, False]), [0] * 10)

    (bar,) = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', chart)
    assert [float(value) for value in bar] == [286.0, 160.0, 26.0, 150.0]
    assert '<circle cx="299.0" cy="160.0"' in chart


def test_answers_and_silences_of_each_bin_are_counted_below_it() -> None:
    """A bin without answers has no bar and still its counts."""
    chart = reliability_chart(bins([0.95], [True]), [7, *[0] * 9])

    counts = [int(count) for count in re.findall(r'class="faint">(\d+)</text>', chart)]
    assert counts == [0, 7, *[0, 0] * 8, 1, 0]
    assert chart.count("<rect") == 1


def test_the_line_of_risk_ends_at_what_is_answered_today() -> None:
    """Coverage to the right, risk upwards."""
    chart = risk_chart([(0.5, 0.0), (1.0, 0.25)])

    assert '<polyline points="194.0,310.0 344.0,235.0"' in chart
    assert '<circle cx="344.0" cy="235.0"' in chart
    assert '<polyline points=""' in risk_chart([])


def test_kinds_without_an_answerable_question_have_no_bars() -> None:
    """Five bars, each with its interval, for the one kind that has one, and for all."""
    chart = bar_chart(by_kind([outcome(kind="who"), outcome(kind="unanswerable", answerable=False)]))

    assert "who (1)" in chart and "all (2)" in chart and "unanswerable" not in chart
    assert chart.count('class="interval"') == 10
