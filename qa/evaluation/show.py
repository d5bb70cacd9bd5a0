"""Print figures to the terminal as tables. Measures nothing; intervals stand in the JSON and in `make eval`'s table."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.terminal import one_line

_KINDS = (
    ("questions", "n"), ("article_at_1", "article@1"), ("evidence_at_1", "evidence@1"),
    ("evidence_at_5", "evidence@5"), ("answer_in_sentence", "in sentence"), ("exact", "exact"), ("f1", "F1"),
    ("abstention_precision", "silent P"), ("abstention_recall", "silent R"), ("auroc", "AUROC"),
    ("calibration_error", "ECE"), ("citation_validity", "cited"), ("latency_p50", "p50 ms"), ("latency_p95", "p95 ms"),
)  # fmt: skip
_ABLATION = (
    ("article_at_1", "article@1"), ("evidence_at_1", "evidence@1"), ("evidence_at_5", "evidence@5"),
    ("answer_in_sentence", "in sentence"), ("f1", "F1"), ("auroc", "AUROC"), ("latency_p50", "p50 ms"),
)  # fmt: skip
_TRAPS = (("questions", "n"), ("refused", "refused"), ("confidence", "mean confidence"))
_RECALL = (
    ("paragraphs", "paragraphs"), ("questions", "questions"), ("recall_at_1", "recall@1"), ("recall_at_5", "recall@5"),
)  # fmt: skip

Rows = Mapping[str, Mapping[str, Any]]


def show_kinds(result: Mapping[str, Any]) -> None:
    """Print a question set's figures per kind."""
    _show(str(result["questions"]), "kind", _KINDS, result["kinds"])


def show_traps(result: Mapping[str, Any]) -> None:
    """Print what became of the questions with a trap, where the set has some."""
    if set(result["traps"]) - {"answerable"}:
        _show("questions that nothing answers", "trap", _TRAPS, result["traps"])


def show_ablation(result: Mapping[str, Any]) -> None:
    """Print the figures with parts left out."""
    _show("what each part adds", "with", _ABLATION, result["ablation"])


def show_recall(result: Mapping[str, Any]) -> None:
    """Print how often the paragraph was found, over all questions and over those of held-out articles."""
    held_out = result["held_out"]
    _show(result["squad"], "search", _RECALL, result["recall"])
    if held_out["recall"]:
        _show(f"articles held out of training: {held_out['articles']}", "search", _RECALL, held_out["recall"])
    if "spans" in held_out:
        spans = (("questions", "questions"), ("f1", "F1"), ("exact", "exact"))
        _show("read in the right paragraph", "", spans, {"reader": held_out["spans"]})


def _show(title: str, first: str, columns: Sequence[tuple[str, str]], rows: Rows) -> None:
    table = Table(title=Text(one_line(title)))
    table.add_column(first)
    for _, heading in columns:
        table.add_column(heading, justify="right")
    for name, values in rows.items():
        table.add_row(Text(one_line(name)), *(cell(values[field]) for field, _ in columns))
    # Where no terminal says how wide it is, wide enough for the widest table.
    (Console() if sys.stdout.isatty() else Console(width=180)).print(table)


def cell(value: float | int | None) -> str:
    """Return a figure as text: shares with three decimals, counts and milliseconds without; a dash for none."""
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:.0f}"
