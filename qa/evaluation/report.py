"""The page of `wenju eval --report`: figures per kind and trap, the worth of the confidence, and every miss.

One self-contained HTML file, light and dark; all texts are escaped. The charts are drawn in `qa.evaluation.charts`.
"""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from qa.evaluation.charts import bar_chart, reliability_chart, risk_chart
from qa.evaluation.figures import Figures, TrapFigures, by_kind, by_trap
from qa.evaluation.measure import Outcome
from qa.evaluation.reliability import bins, calibration_error, risk_by_coverage

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
text { fill: var(--ink); font-size: 12px; }
.wide { overflow-x: auto; } .side { display: flex; flex-wrap: wrap; gap: 1rem; }
.interval { stroke: var(--ink); stroke-width: 1; } .grid { stroke: var(--line); }
.diagonal { stroke: var(--faint); stroke-dasharray: 4 4; } .curve { stroke: var(--b0); stroke-width: 2; fill: none; }
text.faint { fill: var(--faint); font-size: 11px; }
"""


def write_report(path: Path, title: str, outcomes: Sequence[Outcome]) -> None:
    """Write the page.

    Args:
        path: Where; folders are made.
        title: Name of the question set.
        outcomes: Every question; those that went wrong are listed.
    """
    groups, traps = by_kind(outcomes), by_trap(outcomes)
    misses = [outcome for outcome in outcomes if _is_miss(outcome)]
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Wenju on {escape(title)}</title><style>{_STYLE}</style></head><body>
<h1>Wenju on {escape(title)}</h1>
<div class="wide">{bar_chart(groups)}</div>
<h2>Figures</h2>
<p class="faint">Small below a figure: its 95 % interval, by bootstrap over questions. Where all questions agree it has
no width, and only their number says how sure it is.</p>
<div class="wide">{_table("kind", groups)}</div>
<h2>Is the confidence worth its name?</h2>
{_confidence(outcomes)}
<h2>Questions that nothing answers, by their trap</h2>
<div class="wide">{_table("trap", traps)}</div>
<h2>Misses: {len(misses)} of {len(outcomes)}</h2>
{"".join(_miss(outcome) for outcome in misses)}
</body></html>
"""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _confidence(outcomes: Sequence[Outcome]) -> str:
    """Return the calibration error in numbers, the reliability diagram, and risk by coverage."""
    given = [outcome for outcome in outcomes if not outcome.answer.abstained]
    confidences, right = [outcome.answer.confidence for outcome in given], [outcome.right for outcome in given]
    silent = [outcome.answer.confidence for outcome in outcomes if outcome.answer.abstained]
    over_all = calibration_error([outcome.answer.confidence for outcome in outcomes], [one.right for one in outcomes])
    counts = [one.count for one in bins(silent, [False] * len(silent))]
    risk = risk_by_coverage(confidences, right, questions=len(outcomes))
    return f"""<p>An answer is right when its sentence holds an accepted answer or the short answer's F1 is 0.5 or more;
to a question that nothing answers, none is. Expected calibration error, ten bins:
<b>{_cell(calibration_error(confidences, right))}</b> over the {len(given)} answers that were given; {_cell(over_all)}
over all {len(outcomes)} questions, silence counted as not right.</p>
<p class="faint">Left, a bar is the share right of the answers with that confidence, and its dot stands at their mean
confidence: on the dashed line, confidence keeps its word. Right, what a higher threshold would buy; the dot is today's.
</p>
<div class="side">{reliability_chart(bins(confidences, right), counts)}{risk_chart(risk)}</div>
"""


def _is_miss(outcome: Outcome) -> bool:
    if not outcome.question.answerable:
        return not outcome.answer.abstained
    return not (outcome.article_at_1 and outcome.evidence_at_1 and outcome.answer_in_sentence)


def _table(first: str, groups: Mapping[str, Figures] | Mapping[str, TrapFigures]) -> str:
    """Return a table of all figures, each with its interval below it."""
    rows = {name: group.as_dict() for name, group in groups.items()}
    names = [name for name in next(iter(rows.values()), {}) if name != "intervals"]
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
    body = "".join(
        f"<tr><td>{escape(kind)}</td>"
        + "".join(f"<td>{_cell(values[name])}{_interval(values['intervals'].get(name))}</td>" for name in names)
        + "</tr>"
        for kind, values in rows.items()
    )
    return f"<table><thead><tr><th>{escape(first)}</th>{head}</tr></thead><tbody>{body}</tbody></table>"


def _interval(bounds: Sequence[float] | None) -> str:
    return f'<br><span class="faint">{bounds[0]:.2f}–{bounds[1]:.2f}</span>' if bounds else ""


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
