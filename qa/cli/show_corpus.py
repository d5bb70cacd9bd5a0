"""What the commands that look after the store print: lists, removals, differences, runs of `watch`.

Does not decide anything. Every name goes through `qa.terminal`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from qa.terminal import json_text, one_line
from qa.types import DocumentSummary, IndexReport

if TYPE_CHECKING:
    from qa.verify import Verified

HASH_SHOWN = 12  # hexadecimal digits: two of a million documents agree by chance once in 500 stores
HEADER = ("SHA256", "ARTICLES", "CHARACTERS", "ENCODING", "DOCUMENT")


def show_documents(documents: Sequence[DocumentSummary]) -> None:
    """Print a line a document, under the name of its collection where it has one."""
    if not documents:
        print("The store holds no documents.")
        return
    rows = [
        (
            one.sha256[:HASH_SHOWN],
            str(one.articles),
            str(one.characters),
            one.encoding,
            one_line(one.id),
        )
        for one in documents
    ]
    # The name comes last: how wide its characters are shown then does not matter.
    widths = [max(len(row[column]) for row in [HEADER, *rows]) for column in range(len(HEADER) - 1)]
    lines = iter([_line(row, widths) for row in rows])
    print(_line(HEADER, widths))
    for collection, members in groupby(documents, key=lambda one: one.collection):
        if collection:
            print(f"\ncollection {one_line(collection)}")
        for _ in members:
            print(next(lines))


def show_removed(names: Sequence[str], *, left: int) -> None:
    """Print what was removed and how many documents are left."""
    for name in names:
        print(f"removed {one_line(name)}")
    print(f"{len(names)} removed, {left} left")


def show_verified(found: "Verified") -> None:
    """Print every difference, and what was compared."""
    for difference in found.differences:
        about = f"{one_line(difference.document_id)}: " if difference.document_id else ""
        print(f"{about}{one_line(difference.what)}")
    verdict = "all as it should be"
    if found.differences:
        verdict = "1 difference" if len(found.differences) == 1 else f"{len(found.differences)} differences"
    documents = "1 document" if found.documents == 1 else f"{found.documents} documents"
    print(f"{documents} in the store, {found.compared} compared with their files: {verdict}; {found.seconds:.1f} s")
    if found.differences:
        print("To bring the store up to date: wenju index FOLDER --thorough")


def said_now(line: str) -> None:
    """Print a line with the time of day, at once."""
    print(f"{time.strftime('%H:%M:%S')}  {one_line(line)}", flush=True)


def runs_shown() -> Callable[[IndexReport], None]:
    """Return a function that prints a run in one line, and each file that is skipped once."""
    told: set[tuple[str, str]] = set()

    def show(report: IndexReport) -> None:
        skipped = {(one.path, one.reason) for one in report.skipped}
        for path, reason in sorted(skipped - told):
            said_now(f"skipped {path}: {reason}")
        told.clear()
        told.update(skipped)
        more = f", {len(skipped)} skipped" if skipped else ""
        said_now(f"{changes(report)}{more}; {report.seconds:.1f} s")

    return show


def lines_shown(*, as_json: bool) -> tuple[Callable[[str], None], Callable[[IndexReport], None]]:
    """Return what `watch` tells sentences and runs to: lines for people, or JSON, an object a line."""
    if not as_json:
        return said_now, runs_shown()

    def write(**value: object) -> None:
        print(json_text({"time": time.strftime("%Y-%m-%dT%H:%M:%S%z"), **value}), flush=True)

    return lambda line: write(said=line), lambda report: write(**asdict(report))


def changes(report: IndexReport) -> str:
    """Say what became of the documents, in one phrase."""
    return f"{report.added} new, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged"


def _line(values: Sequence[str], widths: Sequence[int]) -> str:
    sha256, articles, characters, *texts, name = values
    numbers = (articles.rjust(widths[1]), characters.rjust(widths[2]))
    padded = (text.ljust(width) for text, width in zip(texts, widths[3:], strict=True))
    return "  ".join((sha256.ljust(widths[0]), *numbers, *padded, name))
