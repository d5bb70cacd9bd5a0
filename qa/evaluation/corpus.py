"""Measure repair and segmentation on pages whose true articles are known: `python -m qa.evaluation.corpus FOLDER`.

The folder holds NAME.txt and NAME.json (see `qa.evaluation.truth`); `held_back.txt` names pages that no rule was made
with, which are summed apart and whose misses are never listed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from qa.corpus.pipeline import articles_of
from qa.corpus.readers import read_document
from qa.errors import RemedyError, SourceError
from qa.evaluation.pages import COLUMNS, Miss, PageScore, score_page, total
from qa.evaluation.truth import TruePage, read_truth
from qa.terminal import one_line, speak_utf8
from qa.types import Skipped

_SHOWN = 90  # characters of a text in the list of misses: enough to see where two texts part
_BEFORE = 20  # of them before that place


def measure(folder: Path, page: TruePage) -> PageScore:
    """Read, repair and segment one page, and score it.

    Raises:
        SourceError: The page cannot be read.
    """
    document = read_document(folder, Path(f"{page.name}.txt"))
    if isinstance(document, Skipped):
        raise SourceError(f"{page.name}.txt is not read: {document.reason}", "Correct the file.")
    articles, _, repairs = articles_of(document)
    return score_page(page, document.text, articles, len(repairs))


def table(pages: Sequence[tuple[TruePage, PageScore]]) -> str:
    """Return the scores as a Markdown table: tuned pages and their sum, held-back pages and theirs, the sum of all."""
    head = ["page", *COLUMNS, "extra", "false repairs"]
    rows = [head, ["---"] * len(head)]
    for name, held_back in (("tuned", False), ("held back", True)):
        scores = [score for page, score in pages if page.held_back is held_back]
        rows += [_row(score.name, score) for score in scores]
        if scores:
            rows.append(_row(f"**{name}**", total(name, scores), share=True))
    rows.append(_row("**all**", total("all", (score for _, score in pages)), share=True))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _row(name: str, score: PageScore, *, share: bool = False) -> list[str]:
    cells = [name]
    for column in COLUMNS:
        tally = score.tallies[column]
        text = f"{tally.right}/{tally.of}" if tally.of else "–"
        cells.append(f"{text} ({tally.share:.1%})" if share and tally.of else text)
    return [*cells, str(score.extra), str(score.false_repairs)]


def misses(pages: Sequence[tuple[TruePage, PageScore]]) -> str:
    """Return what is not as it should be on the pages that are not held back, one line each."""
    lines = [_miss(miss) for page, score in pages if not page.held_back for miss in score.misses]
    return "".join(f"{line}\n" for line in lines)


def _miss(miss: Miss) -> str:
    expected, got = _around_difference(miss.expected, miss.got)
    where = f"{miss.page} #{miss.article}" if miss.article else miss.page
    return one_line(f"{where} {miss.what}: expected «{expected}», got «{got}»")


def _around_difference(expected: str, got: str) -> tuple[str, str]:
    same = 0
    while same < min(len(expected), len(got)) and expected[same] == got[same]:
        same += 1
    start = max(0, same - _BEFORE)
    return _piece(expected, start), _piece(got, start)


def _piece(text: str, start: int) -> str:
    return "…" * (start > 0) + text[start : start + _SHOWN] + "…" * (start + _SHOWN < len(text))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 0, or 2 when the folder cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.evaluation.corpus",
        description="Score repair and segmentation on pages whose articles are known.",
        epilog="Example: python -m qa.evaluation.corpus tests/golden/pages --misses",
    )
    parser.add_argument("folder", type=Path, help="holds NAME.txt and NAME.json")
    parser.add_argument("--misses", action="store_true", help="list what is wrong on the pages not held back")
    chosen = parser.parse_args(arguments)
    speak_utf8()
    try:
        pages = [(page, measure(chosen.folder, page)) for page in read_truth(chosen.folder)]
    except RemedyError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stdout.write(table(pages))
    if chosen.misses:
        sys.stdout.write("\n" + misses(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
