"""`make eval`: measure every question set that is there and write the table into README.md and reports/.

`python -m qa.evaluation.suite [--shared FOLDER]`. Judges nothing itself; figures are never typed by hand.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qa.evaluation.measure import by_kind
from qa.evaluation.report import write_report
from qa.evaluation.run import measure_paragraphs, measure_questions

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_ROWS = (
    ("questions", "questions"), ("article_at_1", "article first"), ("evidence_at_1", "evidence first"),
    ("evidence_at_5", "evidence among five"), ("answer_in_sentence", "answer in its sentence"),
    ("exact", "short answer exact"), ("f1", "short answer, character F1"),
    ("abstention_precision", "silence, precision"), ("abstention_recall", "silence, recall"),
    ("auroc", "silence, AUROC"), ("citation_validity", "citations proved"), ("latency_p50", "ms a question, median"),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder of the papers and questions"
    )
    chosen = parser.parse_args(arguments)
    sets = {"sample corpus": (ROOT / "tests/golden/questions.jsonl", ROOT / "docs/articles")}
    paragraphs: list[Path] = []
    papers, questions = chosen.shared / "seeds", chosen.shared / "eval"
    if papers.is_dir():
        sets["five papers"] = (questions / "dev.jsonl", papers)
        sets["five papers, hard"] = (questions / "dev_hard.jsonl", papers)
        paragraphs = [questions / "cmrc_dev.json", questions / "drcd_dev.json"]
    else:
        sys.stderr.write(f"{papers} is not there: only the sample corpus is measured.\n")
    reports = ROOT / "reports"
    results: dict[str, Any] = {"sets": {}, "paragraphs": {}}
    for name, (path, docs) in sets.items():
        result, outcomes = measure_questions(path, docs=docs, ablation=name == "five papers")
        results["sets"][name] = result
        write_report(reports / f"eval-{path.stem}.html", path.name, by_kind(outcomes), outcomes)
    for path in paragraphs:
        results["paragraphs"][path.stem] = measure_paragraphs(path, ablation=True)
    reports.mkdir(exist_ok=True)
    (reports / "eval.json").write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    text = tables(results)
    sys.stdout.write(text)
    if papers.is_dir():  # a table with fewer columns must not take the place of the whole one
        insert(ROOT / "README.md", text)
    return 0


def tables(results: Mapping[str, Any]) -> str:
    """Return the figures as Markdown."""
    sets = results["sets"]
    model = next(iter(sets.values()))["model"]
    lines = [
        f"`make eval` on {date.today().isoformat()}, {model}, {_machine()}:",
        "",
        "| over all questions | " + " | ".join(sets) + " |",
        "|---|" + "---:|" * len(sets),
    ]
    for field, label in _ROWS:
        cells = [_cell(result["kinds"]["all"][field]) for result in sets.values()]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    recalls = {name: result["recall"] for name, result in results["paragraphs"].items()}
    ablation = sets.get("five papers", {}).get("ablation", {})
    if recalls and ablation:
        sizes = [f"{name}, {next(iter(row.values()))['questions']} questions" for name, row in recalls.items()]
        lines += [
            "",
            "What each part of the search adds: the five papers' evidence first, and recall@1 of a question's "
            "paragraph among all of a public set:",
            "",
            "| search | five papers | " + " | ".join(sizes) + " |",
            "|---|---:|" + "---:|" * len(sizes),
        ]
        for variant, row in ablation.items():
            cells = [_cell(row["evidence_at_1"])] + [_cell(set_[variant]["recall_at_1"]) for set_ in recalls.values()]
            lines.append(f"| {variant} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def insert(path: Path, text: str) -> None:
    """Put a text between the two marks of a file.

    Raises:
        ValueError: The file does not hold both marks.
    """
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} needs the lines {BEGIN} and {END}")
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


def _cell(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}" if value <= 1 else f"{value:.0f}"


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    raise SystemExit(main())
