"""Turn the rows of a document into HTML: the source with what was dropped, the repaired text with what is new.

Every text goes through `text_html`; the kind of each mark is its tooltip.
"""

import re
from html import escape

from qa.corpus.account import Fate
from qa.corpus.repairs import Repair, RepairKind
from qa.reports.rows import Row, pieces_of
from qa.reports.style import class_of
from qa.terminal import revealed

MAX_ROW = 20_000
"""Characters of the source that a row shows; a whole book can stand on one line."""

_LINE_ENDS = re.compile("␊+")


def text_html(text: str) -> str:
    """Return a text from a document, harmless, with unseen characters made visible and line ends as ↵."""
    return _LINE_ENDS.sub(lambda ends: "↵" * len(ends[0]) + "<br>", escape(revealed(text)))


def row_html(row: Row, source: str, *, tag: str = "", starts: bool = False, languages: tuple[str, str]) -> str:
    """Return one row.

    Args:
        row: What to show.
        source: Text of the whole document.
        tag: What the paragraph is, in our words; empty where that is plain.
        starts: Another article begins here.
        languages: Attributes of the two sides that name their language.
    """
    label = f'<p class="tag">{escape(tag)}</p>' if tag else ""
    names = ["row", *(() if row.touched else ("same",)), *(("starts",) if starts else ())]
    before, after = _sides(row, source)
    if not row.touched:
        cells = f'<div dir="auto"{languages[1]}>{after}</div>'
    else:
        cells = (
            f'<div class="source" dir="auto"{languages[0]}>{before}</div>'
            f'<div class="repaired" dir="auto"{languages[1]}>{after}</div>'
        )
    return f'<div class="{" ".join(names)}">{label}{cells}</div>\n'


def _sides(row: Row, source: str) -> tuple[str, str]:
    """Return the source and the repaired text of a row, marked."""
    last = row.span.start + MAX_ROW
    if row.paragraph is not None and row.paragraph.fate is Fate.LEFT_OUT:
        record = Repair(RepairKind.LEFT_OUT, row.span, source[row.span.start : row.span.end], "", row.paragraph.reason)
        return _marked("del", record, record.before[:MAX_ROW]) + _not_shown(row, last), ""
    before: list[str] = []
    after: list[str] = []
    for span, change, flag in pieces_of(row):
        if span.start >= last:
            break
        text = source[span.start : min(span.end, last)]
        first = change is not None and change.span.start == span.start
        old = text_html(text) if change is None else _marked("del", change, text)
        new = text_html(text) if change is None else _replacement(change) if first else ""
        before.append(_flagged(flag, old))
        after.append(_flagged(flag, new) if new else "")
    rest = _not_shown(row, last)
    return "".join(before) + rest, "".join(after) + rest


def _not_shown(row: Row, last: int) -> str:
    """Return a note where a row goes on beyond the position `last`."""
    rest = row.span.end - last
    return f'<span class="faint"> … {rest:,} more characters</span>' if rest > 0 else ""


def _replacement(change: Repair) -> str:
    if change.after or change.kind is RepairKind.JOINED:
        return _marked("ins", change, change.after[:MAX_ROW])
    return ""


def _marked(element: str, record: Repair, text: str) -> str:
    return f'<{element} class="{class_of(record.kind)}" title="{escape(says(record))}">{text_html(text)}</{element}>'


def _flagged(flag: Repair | None, html: str) -> str:
    return html if flag is None else f'<mark title="{escape(says(flag))}">{html}</mark>'


def says(record: Repair) -> str:
    """Return what a record says, in our words."""
    return f"{record.kind.value}: {record.reason}" if record.reason else record.kind.value
