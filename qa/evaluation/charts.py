"""Draw figures as SVG for the report: bars per kind, confidence against the share right, risk against coverage.

Measures nothing. Colours come from the page's style sheet, so that they follow light and dark.
"""

from collections.abc import Mapping, Sequence
from html import escape

from qa.evaluation.figures import Figures
from qa.evaluation.reliability import Bin

_BARS = (
    ("article_at_1", "article first"),
    ("evidence_at_1", "evidence first"),
    ("evidence_at_5", "evidence among five"),
    ("answer_in_sentence", "answer in sentence"),
    ("f1", "answer F1"),
)
_WIDTH, _BAR, _LEFT = 720, 13, 150  # pixels
_SIDE, _EDGE, _FOOT = 300, 44, 66  # of a square plot, and the room left of it and below it


def bar_chart(groups: Mapping[str, Figures]) -> str:
    """Return bars, one group of five for each kind that has answerable questions; a line shows each interval."""
    shown = {kind: group for kind, group in groups.items() if group.answerable}
    height = len(shown) * (len(_BARS) * _BAR + 14) + 30
    scale = _WIDTH - _LEFT - 50
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img" aria-label="figures per kind of question">'
    ]
    x = 8
    for number, (_, label) in enumerate(_BARS):
        parts.append(f'<rect x="{x}" y="4" width="10" height="10" fill="var(--b{number})"/>')
        parts.append(f'<text x="{x + 14}" y="13">{escape(label)}</text>')
        x += 36 + round(6.6 * len(label))
    y = 26
    for kind, group in shown.items():
        values, middle = group.as_dict(), y + len(_BARS) * _BAR / 2 + 4
        parts.append(f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end">{escape(kind)} ({group.questions})</text>')
        for number, (name, _) in enumerate(_BARS):
            value = float(values[name] or 0)
            low, high = values["intervals"].get(name, (value, value))
            parts.append(
                f'<rect x="{_LEFT}" y="{y}" width="{max(1.0, value * scale):.0f}" height="{_BAR - 3}" '
                f'fill="var(--b{number})"/>'
                f'<line x1="{_LEFT + low * scale:.0f}" x2="{_LEFT + high * scale:.0f}" y1="{y + 5}" y2="{y + 5}" '
                f'class="interval"/>'
                f'<text x="{_LEFT + max(value, high) * scale + 6:.0f}" y="{y + 10}">{value:.2f}</text>'
            )
            y += _BAR
        y += 14
    return "".join(parts) + "</svg>"


def reliability_chart(answered: Sequence[Bin], silent: Sequence[int]) -> str:
    """Return the share right of the answers in each bin of confidence, as bars against the diagonal, with counts.

    Args:
        answered: Bins of the answers that were given.
        silent: Questions that were met with silence, one number for each of the bins.
    """
    parts = [_frame("confidence against the share right", "confidence", "share right")]
    for one, number in zip(answered, silent, strict=True):
        left, width = _EDGE + one.low * _SIDE, (one.high - one.low) * _SIDE
        middle = left + width / 2
        if one.right is not None and one.confidence is not None:
            parts.append(
                f'<rect x="{left + 2:.1f}" y="{_y(one.right):.1f}" width="{width - 4:.1f}" '
                f'height="{max(1.0, one.right * _SIDE):.1f}" fill="var(--b1)"/>'
                f'<circle cx="{_x(one.confidence):.1f}" cy="{_y(one.right):.1f}" r="3.5" fill="var(--b4)"/>'
            )
        for row, count in enumerate((one.count, number)):
            parts.append(
                f'<text x="{middle:.1f}" y="{_SIDE + 42 + 14 * row}" text-anchor="middle" class="faint">{count}</text>'
            )
    parts.append(f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" class="diagonal"/>')
    for row, label in enumerate(("said", "silent")):
        parts.append(
            f'<text x="{_EDGE - 4}" y="{_SIDE + 42 + 14 * row}" text-anchor="end" class="faint">{label}</text>'
        )
    return "".join(parts) + "</svg>"


def risk_chart(points: Sequence[tuple[float, float]]) -> str:
    """Return the share wrong among the answers given, against the share of the questions answered, as a line.

    Args:
        points: (coverage, risk), coverage rising.
    """
    line = " ".join(f"{_x(coverage):.1f},{_y(risk):.1f}" for coverage, risk in points)
    last = "".join(
        f'<circle cx="{_x(coverage):.1f}" cy="{_y(risk):.1f}" r="3.5" fill="var(--b4)"/>'
        for coverage, risk in points[-1:]
    )
    frame = _frame("share wrong against share answered", "share of the questions answered", "share wrong")
    return f'{frame}<polyline points="{line}" class="curve"/>{last}</svg>'


def _frame(label: str, below: str, beside: str) -> str:
    """Return the start of a square plot from 0 to 1 both ways, with its axes named."""
    width, height = _EDGE + _SIDE + 20, _SIDE + _FOOT + 14
    parts = [f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{escape(label)}">']
    for tenth in (0, 5, 10):
        share = tenth / 10
        parts.append(
            f'<line x1="{_x(0)}" y1="{_y(share):.1f}" x2="{_x(1)}" y2="{_y(share):.1f}" class="grid"/>'
            f'<text x="{_EDGE - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:g}</text>'
            f'<text x="{_x(share):.1f}" y="{_SIDE + 26}" text-anchor="middle">{share:g}</text>'
        )
    parts.append(f'<text x="{_x(1)}" y="{_SIDE + 76}" text-anchor="end" class="faint">{escape(below)}</text>')
    parts.append(f'<text x="{_EDGE + 6}" y="22" class="faint">{escape(beside)}</text>')
    return "".join(parts)


def _x(share: float) -> float:
    return _EDGE + share * _SIDE


def _y(share: float) -> float:
    return 10 + (1 - share) * _SIDE
