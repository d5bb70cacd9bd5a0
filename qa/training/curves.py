"""`python -m qa.training.curves FOLDER`: draw a run's losses and validation figures by step into FOLDER/curves.png.

Reads the log only, so that it can be called while the run is under way. Needs matplotlib, which the extra `training`
brings.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qa.training.command import print_about_run
from qa.training.log import Line, events, read_log

PICTURE = "curves.png"
_SMOOTH = 0.85  # of the smoothed loss that the next report keeps
_FEWEST = 20  # questions of a kind that has a curve of its own; one question of fewer would move it by .05
_RANKED = "first by relevance + 4 search"  # the share of the search that training adds, see `loss.py`
_NOT_LOSSES = frozenset({"seconds", "event", "step"})
_COLOURS = 10  # of matplotlib's own cycle; then dashed
_INCHES, _DOTS = (13.0, 8.0), 110
Curve = tuple[list[int], list[float]]


def draw(folder: Path) -> Path:
    """Draw the picture of a run and return where it was written.

    Raises:
        SourceError: The folder holds no log of a run.
    """
    lines = read_log(folder)
    validated = events(lines, "validated")
    panels = (
        ("character F1, right paragraph given", curves(validated, "F1")),
        (f"right paragraph {_RANKED}", curves(validated, _RANKED)),
        ("said to be answerable (of traps: wrongly)", curves(validated, "said to be answerable")),
    )
    figure = Figure(figsize=_INCHES, dpi=_DOTS, layout="constrained")
    losses_axes, *axes_of_panels = figure.subplots(2, 2).flat
    _draw_losses(losses_axes, events(lines, "step"))
    kinds = sorted({kind for _, drawn in panels for kind in drawn})
    styles = {kind: (f"C{place % _COLOURS}", ("-", "--")[place // _COLOURS % 2]) for place, kind in enumerate(kinds)}
    handles = {}
    for axes, (title, drawn) in zip(axes_of_panels, panels, strict=True):
        axes.set_title(title)
        axes.set_ylim(0, 1.02)
        for kind, (steps, values) in drawn.items():
            colour, dashes = styles[kind]
            (handles[kind],) = axes.plot(steps, values, color=colour, linestyle=dashes, marker="o", markersize=4)
    for axes in figure.axes:
        axes.set_xlabel("step")
        axes.grid(alpha=0.3)
    if kinds:
        figure.legend([handles[kind] for kind in kinds], kinds, loc="outside right upper")
    path = folder / PICTURE
    figure.savefig(path)
    return path


def smoothed(values: Sequence[float], *, keep: float = _SMOOTH) -> list[float]:
    """Return the running mean in which old values fade, without a bias towards the start.

    Args:
        values: In order.
        keep: Share of the old mean in the new one, 0 to 1; 0 changes nothing.
    """
    total = weight = 0.0
    means = []
    for value in values:
        total, weight = keep * total + value, keep * weight + 1
        means.append(total / weight)
    return means


def curves(validated: Sequence[Line], measure: str) -> dict[str, Curve]:
    """Return steps and values of a measure by kind of question.

    Kinds with few questions in the last validation are joined, for each source, into their mean over questions; traps
    never are, for with them a high share said to be answerable is bad.

    Args:
        validated: The log's lines of validations, in order.
        measure: As `validate` names it, without the kind.
    """
    found: dict[str, Curve] = {}
    small = (
        {kind for kind in _kinds(validated[-1], "F1") if validated[-1][f"{kind}: questions"] < _FEWEST}
        if validated
        else set()
    )
    for line in validated:
        weighted: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for kind in _kinds(line, measure):
            name = f"{kind.partition('/')[0]}/few of a kind" if kind in small else kind
            weighted[name].append((line[f"{kind}: questions"], line[f"{kind}: {measure}"]))
        for name, values in weighted.items():
            steps, means = found.setdefault(name, ([], []))
            steps.append(line["step"])
            means.append(sum(count * value for count, value in values) / sum(count for count, _ in values))
    return found


def _kinds(line: Mapping[str, object], measure: str) -> list[str]:
    """Return the kinds of question for which a validation has this measure."""
    return [name.removesuffix(f": {measure}") for name in line if name.endswith(f": {measure}")]


def _draw_losses(axes: Axes, reports: Sequence[Line]) -> None:
    steps = [line["step"] for line in reports]
    for name in [name for name in (reports[0] if reports else ()) if name not in _NOT_LOSSES]:
        values = [line[name] for line in reports]
        (drawn,) = axes.plot(steps, smoothed(values), label=name)
        axes.plot(steps, values, color=drawn.get_color(), alpha=0.25, linewidth=0.8)
    axes.set_title("losses (thin: as reported, bold: smoothed)")
    axes.set_ylim(bottom=0)
    if steps:
        axes.legend()


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw and say where; return 0, or 2 where there is no log."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.curves", description=__doc__)
    return print_about_run(parser, lambda chosen: f"written: {draw(chosen.folder)}\n", arguments)


if __name__ == "__main__":
    raise SystemExit(main())
