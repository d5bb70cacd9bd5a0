"""The page of `wenju index --report`: sums, what was skipped and why, and every file with its repairs.

One self-contained HTML file, light and dark, without scripts; all texts are escaped. It stays small: files without a
change are one line, and where the page is full the rest is summed up.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from qa.corpus.account import Account
from qa.corpus.repairs import FLAGGED, RepairKind
from qa.errors import ReportError
from qa.reports.cells import text_html
from qa.reports.section import Section, section_of
from qa.reports.style import STYLE, class_of
from qa.types import IndexReport, Skipped

ROOM = 4_000_000
"""Characters of HTML for all texts together; browsers open such a page at once."""

MAX_SKIPPED = 1000
"""Skipped files that are listed by name."""

MAX_FILES = 10_000
"""Files that have a line of their own."""


def check_place(path: Path, folder: Path) -> None:
    """Find out before the long work whether the page can be written.

    Raises:
        ReportError: It cannot, or it would stand in the folder and be read as a document.
    """
    if path.is_dir():
        raise ReportError(f"{path} is a folder.", "Name a file: --report FILE.html")
    if path.resolve().is_relative_to(folder.resolve()):
        raise ReportError(
            f"The report {path} would stand among the documents of {folder} and be read as one of them.",
            "Name a place outside of the folder.",
        )
    new = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
        if new:
            path.unlink()
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def write_report(path: Path, folder: Path, report: IndexReport, accounts: Iterable[Account]) -> None:
    """Write the page.

    Args:
        path: Where; checked before by `check_place`.
        folder: What was indexed.
        report: Of the run that was just done.
        accounts: Of every document that came from the folder, changed in this run or not, in order.

    Raises:
        ReportError: The file cannot be written.
    """
    sections: list[Section] = []
    room = ROOM
    for account in accounts:
        section = section_of(account, room)
        room -= len(section.body or "")
        sections.append(section)
    page = _page(folder, report, sections)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as problem:
        raise _unwritable(path, problem) from problem


def _unwritable(path: Path, problem: OSError) -> ReportError:
    why = (problem.strerror or type(problem).__name__).lower()
    return ReportError(f"The report {path} cannot be written ({why}).", "Name another place: --report FILE.html")


def _page(folder: Path, report: IndexReport, sections: Sequence[Section]) -> str:
    title = f"Wenju on {text_html(folder.resolve().name or str(folder))}"
    kinds = sum((section.kinds for section in sections), Counter())
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}: what was read and repaired</title><style>{STYLE}</style></head><body>
<h1>{title}: what was read and repaired</h1>
<p class="faint">This run: {report.added} new, {report.changed} changed, {report.removed} removed,
{report.unchanged} unchanged. The source is never altered: quotations are cut from it, and the repaired text is for
searching.</p>
{_sums(report, sections, kinds)}
{_kinds(kinds)}
{_skipped(report.skipped)}
<h2>Files</h2>
{_files(sections)}
</body></html>
"""


def _sums(report: IndexReport, sections: Sequence[Section], kinds: Counter[RepairKind]) -> str:
    flagged = sum(number for kind, number in kinds.items() if kind in FLAGGED)
    aside = kinds[RepairKind.LEFT_OUT] + kinds[RepairKind.FIELDS]
    sums = (
        ("files", len(sections)),
        ("skipped", len(report.skipped)),
        ("articles", sum(section.articles for section in sections)),
        ("passages", sum(section.passages for section in sections)),
        ("repairs", kinds.total() - flagged - aside),
        ("flagged", flagged),
    )
    return (
        '<dl class="sums">'
        + "".join(f"<div><dt>{name}</dt><dd>{number:,}</dd></div>" for name, number in sums)
        + "</dl>"
    )


def _kinds(kinds: Counter[RepairKind]) -> str:
    """Return the legend: every kind that occurs, as it is marked, and how often."""
    if not kinds:
        return "<p>Nothing was repaired, left out or found damaged.</p>"
    ordered = sorted(kinds.items(), key=lambda pair: (pair[0] in FLAGGED, -pair[1], pair[0]))
    marks = []
    for kind, number in ordered:
        element = "mark" if kind in FLAGGED else "del"
        sample = "↵" if kind is RepairKind.JOINED else "文字"
        marks.append(
            f'<li><{element} class="{class_of(kind)}">{sample}</{element}> {escape(kind.value)}: {number:,}</li>'
        )
    marks.append("<li><ins>文字</ins> what stands there now</li>")
    return f'<h2>Repairs by kind</h2><ul class="legend">{"".join(marks)}</ul>'


def _skipped(skipped: Sequence[Skipped]) -> str:
    if not skipped:
        return ""
    rows = "".join(
        f"<tr><td>{text_html(one.path)}</td><td>{text_html(one.reason)}</td></tr>" for one in skipped[:MAX_SKIPPED]
    )
    more = len(skipped) - MAX_SKIPPED
    rest = f'<p class="faint">and {more:,} more</p>' if more > 0 else ""
    return (
        '<h2>Skipped</h2><div class="wide"><table><thead><tr><th>file</th><th>why</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{rest}"
    )


def _files(sections: Sequence[Section]) -> str:
    """Return the files: those with changes to unfold, the first of them open, the others a line each."""
    items = []
    opened = False
    for section in sections[:MAX_FILES]:
        line = f"<b><bdi>{text_html(section.document_id)}</bdi></b> {_line(section)}"
        if section.body is None:
            items.append(f'<li class="same">{line}</li>')
            continue
        state = "" if opened else " open"
        opened = True
        items.append(
            f'<li><details{state}><summary>{line}</summary>\n<div class="inside">{section.body}</div></details></li>'
        )
    notes = []
    cut = sum(section.cut for section in sections)
    if cut:
        notes.append(f"{cut:,} of the files are not shown, or not whole: the page is full.")
    if len(sections) > MAX_FILES:
        notes.append(f"{len(sections) - MAX_FILES:,} more files are not listed.")
    told = "".join(f"<p>{note}</p>" for note in notes)
    return f'{told}<ul class="files">{"".join(items)}</ul>'


def _line(section: Section) -> str:
    """Return the sums of one file."""
    flagged = sum(number for kind, number in section.kinds.items() if kind in FLAGGED)
    out, aside = section.kinds[RepairKind.LEFT_OUT], section.kinds[RepairKind.FIELDS]
    repairs = section.kinds.total() - flagged - out - aside
    parts = [_count(section.articles, "article"), _count(section.passages, "passage")]
    parts += [_count(repairs, "repair")] if repairs else ["no repairs"]
    parts += [f"{out:,} left out"] if out else []
    parts += [f"{flagged:,} flagged"] if flagged else []
    parts += ["not shown: the page is full"] if section.cut and section.body is None else []
    return f'<span class="faint">{" · ".join(parts)}</span>'


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
