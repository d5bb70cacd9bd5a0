"""`wenju eval`: measure the answers on a question set, print the table, write JSON and a page; judges nothing."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qa.errors import SourceError
from qa.evaluation.report import write_report
from qa.evaluation.sets import measure_set, say
from qa.evaluation.show import show_ablation, show_kinds, show_recall, show_traps
from qa.evaluation.squad import measure_paragraphs
from qa.terminal import json_text, one_line


def run_evaluation(
    *,
    questions: Path | None,
    squad: Path | None,
    store: Path | None,
    docs: Path | None,
    as_json: bool,
    report: Path | None,
    ablation: bool,
    reranker: str | None = None,
    answerer: str | None = None,
) -> int:
    """Measure and print; return the exit code 0.

    Args:
        questions: JSON lines to ask.
        squad: Or paragraphs and questions in SQuAD's format.
        store: Where the index is, or is to be made; by default that of the settings.
        docs: Folder to index first, into `store` or a temporary one.
        as_json: Print JSON instead of a table.
        report: Page to write.
        ablation: Also measure with parts left out.
        reranker: Instead of that of the settings.
        answerer: Instead of that of the settings.

    Raises:
        SourceError: No question set is named, or one cannot be read.
    """
    if squad is not None:
        result = measure_paragraphs(squad, store=store, ablation=ablation, reranker=reranker, answerer=answerer)
        _print_json(result) if as_json else show_recall(result)
        return 0
    if questions is None:
        raise SourceError("No question set is named.", "Name one: wenju eval FILE.jsonl, or --squad FILE")
    measured = measure_set(questions, store=store, docs=docs, ablation=ablation, reranker=reranker, answerer=answerer)
    result = measured.as_dict()
    if report is not None:
        write_report(report, questions.name, measured.outcomes)
        say(f"report: {one_line(str(report))}")
    if as_json:
        _print_json(result)
        return 0
    show_kinds(result)
    show_traps(result)
    if ablation:
        show_ablation(result)
    return 0


def _print_json(result: Mapping[str, Any]) -> None:
    sys.stdout.write(json_text(result, indent=2) + "\n")
