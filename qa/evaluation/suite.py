"""`make eval`: measure every question set that is there and write the table into README.md and reports/.

`python -m qa.evaluation.suite [--shared FOLDER]`. Judges nothing itself; figures are never typed by hand.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qa.evaluation.report import write_report
from qa.evaluation.sets import Measured, joined, measure_set
from qa.evaluation.squad import measure_paragraphs
from qa.evaluation.tables import tables

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_DEV = ("dev.jsonl", "dev_hard.jsonl")
_PUBLIC = ("cmrc_dev.json", "drcd_dev.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder of the papers and questions"
    )
    parser.add_argument("--without-public", action="store_true", help="leave out the public sets, which take most time")
    chosen = parser.parse_args(arguments)
    papers, questions = chosen.shared / "seeds", chosen.shared / "eval"
    measured = {"sample corpus": measure_set(ROOT / "tests/golden/questions.jsonl", docs=ROOT / "docs/articles")}
    public: dict[str, Any] = {}
    if papers.is_dir():
        measured |= _measure_papers(papers, [questions / name for name in _DEV])
        names = () if chosen.without_public else _PUBLIC
        public = {Path(name).stem: measure_paragraphs(questions / name, ablation=True) for name in names}
    else:
        sys.stderr.write(f"{papers} is not there: only the sample corpus is measured.\n")
    results = {"sets": {name: one.as_dict() for name, one in measured.items()}, "paragraphs": public}
    reports = ROOT / "reports"
    reports.mkdir(exist_ok=True)
    for one in measured.values():
        write_report(reports / f"eval-{Path(one.name).stem}.html", one.name, one.outcomes)
    (reports / "eval.json").write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    text = tables(results, heading=_heading(next(iter(measured.values())).model))
    sys.stdout.write(text)
    if papers.is_dir():  # a table with fewer columns must not take the place of the whole one
        insert(ROOT / "README.md", text)
    return 0


def _measure_papers(papers: Path, paths: Sequence[Path]) -> dict[str, Measured]:
    """Index the papers once and ask two sets, the second one harder; return them and both of them as one."""
    with tempfile.TemporaryDirectory(prefix="wenju-eval-") as folder:
        plain, hard = (measure_set(path, store=Path(folder) / "store", docs=papers, ablation=True) for path in paths)
    return {"five papers": plain, "five papers, hard": hard, "both": joined("both", [plain, hard])}


def _heading(model: str) -> str:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"`make eval` on {date.today().isoformat()}, {model}, {machine}."


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


if __name__ == "__main__":
    raise SystemExit(main())
