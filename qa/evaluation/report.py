"""The page of `wenju eval --report`: figures per kind as bars, and every miss with what was said instead.

One self-contained HTML file, light and dark; all texts are escaped.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from qa.evaluation.measure import Figures, Outcome

_BARS = (
    ("article_at_1", "article first"),
    ("evidence_at_1", "evidence first"),
    ("evidence_at_5", "evidence among five"),
    ("answer_in_sentence", "answer in sentence"),
    ("f1", "answer F1"),
)
_WIDTH, _BAR, _LEFT = 720, 13, 150  # pixels

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fcfbf8; --faint: #8a94a0; --line: #d9d6cf;
  --b0: #2f6f8f; --b1: #3d8f7f; --b2: #8fb573; --b3: #d3a244; --b4: #b5563f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5df; --paper: #171b20; --faint: #8d97a3; --line: #333b44; } }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .85rem; }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
article { border-left: 3px solid var(--line); padding: .1rem 1rem; margin: 1.2rem 0; }
article h3 { font-size: 1rem; margin: .3rem 0; } article p { margin: .2rem 0; }
.wanted { color: var(--b1); } .said { color: var(--b4); } .faint { color: var(--faint); font-size: .85rem; }
.wide { overflow-x: auto; }
text { fill: var(--ink); font-size: 12px; }
"""


def write_report(path: Path, title: str, groups: Mapping[str, Figures], outcomes: Sequence[Outcome]) -> None:
    """Write the page.

    Args:
        path: Where; folders are made.
        title: Name of the question set.
        groups: Figures per kind, as `by_kind` returns them.
        outcomes: Every question; those that went wrong are listed.
    """
    misses = [outcome for outcome in outcomes if _is_miss(outcome)]
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Wenju on {escape(title)}</title><style>{_STYLE}</style></head><body>
<h1>Wenju on {escape(title)}</h1>
<div class="wide">{_chart(groups)}</div>
<h2>Figures</h2><div class="wide">{_table(groups)}</div>
<h2>Misses: {len(misses)} of {len(outcomes)}</h2>
{"".join(_miss(outcome) for outcome in misses)}
</body></html>
"""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _is_miss(outcome: Outcome) -> bool:
    if not outcome.question.answerable:
        return not outcome.answer.abstained
    return not (outcome.article_at_1 and outcome.evidence_at_1 and outcome.answer_in_sentence)


def _chart(groups: Mapping[str, Figures]) -> str:
    """Return bars, one group of five for each kind that has answerable questions."""
    shown = {kind: group.as_dict() for kind, group in groups.items() if group.answerable}
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
    for kind, values in shown.items():
        middle = y + len(_BARS) * _BAR / 2 + 4
        parts.append(
            f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end">{escape(kind)} ({values["questions"]})</text>'
        )
        for number, (name, _) in enumerate(_BARS):
            value = float(values[name] or 0)
            parts.append(
                f'<rect x="{_LEFT}" y="{y}" width="{max(1.0, value * scale):.0f}" height="{_BAR - 3}" '
                f'fill="var(--b{number})"/><text x="{_LEFT + value * scale + 6:.0f}" y="{y + 10}">{value:.2f}</text>'
            )
            y += _BAR
        y += 14
    return "".join(parts) + "</svg>"


def _table(groups: Mapping[str, Figures]) -> str:
    names = list(next(iter(groups.values())).as_dict())
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
    rows = "".join(
        f"<tr><td>{escape(kind)}</td>"
        + "".join(f"<td>{_cell(value)}</td>" for value in group.as_dict().values())
        + "</tr>"
        for kind, group in groups.items()
    )
    return f"<table><thead><tr><th>kind</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: float | int | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def _miss(outcome: Outcome) -> str:
    question, answer = outcome.question, outcome.answer
    wanted = question.answers[0] if question.answers else "the documents do not say"
    said = answer.answer if answer.answer is not None else answer.reason
    faults = [
        name
        for name, value in (
            ("other article", outcome.article_at_1),
            ("evidence not first", outcome.evidence_at_1),
            ("evidence not among five", outcome.evidence_at_5),
            ("answer not in sentence", outcome.answer_in_sentence),
        )
        if question.answerable and not value
    ] or ["answered what nobody can know"]
    history = f'<p class="faint">after: {escape(" / ".join(question.history))}</p>' if question.history else ""
    hits = "".join(
        f'<p class="faint">{hit.rank}. {escape(hit.article.title)}: {escape(hit.passage.text[:120])}</p>'
        for hit in answer.hits[:3]
    )
    return (
        f"<article><h3>{escape(question.text)}</h3>{history}"
        f'<p class="faint">{escape(question.id)} · {escape(question.kind)} · {escape(", ".join(faults))} · '
        f"confidence {answer.confidence:.2f}</p>"
        f'<p class="wanted">wanted: {escape(wanted)}</p><p class="said">said: {escape(said or "")}</p>'
        f"{hits}</article>\n"
    )
