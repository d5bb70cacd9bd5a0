"""The page of `wenju eval --report`: figures per kind as bars, and every miss with what was said instead."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.evaluation.measure import Figures, Outcome


def write_report(path: Path, title: str, groups: Mapping[str, Figures], outcomes: Sequence[Outcome]) -> None:
    path.write_text("", encoding="utf-8")
