"""The bench of cleaning measures what it says, in a process of its own, and tells whether the targets are met."""

from pathlib import Path

import pytest

from qa.bench import cleaning
from qa.bench.cleaning import Figures, main, measure
from qa.bench.pages import KINDS, page_text
from qa.corpus.pipeline import articles_of
from qa.types import Document


def test_a_file_is_measured_with_what_was_found_in_it(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    path.write_text(page_text("clean", 30_000), encoding="utf-8")
    figures = measure(path)
    articles, passages, repairs = articles_of(Document("pages.txt", "", "utf-8", path.read_text(encoding="utf-8")))

    assert figures.megabytes == path.stat().st_size / 1e6
    assert (figures.articles, figures.passages, figures.repairs) == (len(articles), len(passages), len(repairs))
    assert figures.seconds > 0
    assert figures.memory >= 0


def test_the_table_has_a_row_for_each_size_and_a_verdict(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With figures that were thought up: the second file is three times as slow as its size allows."""
    figures = iter([Figures(1.0, 0.25, 4.0, 10, 20, 3), Figures(2.0, 1.5, 4.0, 20, 40, 6)])
    monkeypatch.setattr(cleaning, "_in_child", lambda kind, size: next(figures))

    assert main(["--kinds", "clean", "--sizes", "1", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[2] == "| clean | 1.0 | 0.25 | 4.00 |  | 4.0 | 10 | 3 |"
    assert lines[3] == "| clean | 2.0 | 1.50 | 1.33 | 6.00, 2.00 | 4.0 | 20 | 6 |"
    assert lines[-1].endswith(": missed")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("clean", "english")])
def test_damaged_pages_are_damaged(kind: str) -> None:
    """More is repaired in them than in clean pages, where only photographers are joined to their captions."""
    counts = [len(articles_of(Document("a", "", "utf-8", page_text(name, 60_000)))[2]) for name in (kind, "clean")]

    assert counts[0] > 3 * counts[1]
