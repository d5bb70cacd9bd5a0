"""Take in what a page was brought, and draw how far it has come: for the documents page and for the chat.

What the browser could not send is listed with the rest, at its place. Takes nothing in itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr

from qa.errors import RemedyError
from qa.escape import escape_html
from qa.web.documents.pieces import notice_html
from qa.web.documents.report import State, TakenFile, Upload, UploadReport
from qa.web.documents.sentences import mistake_in
from qa.web.documents.streaming import watched
from qa.web.documents.uploading import take_in
from qa.web.services import Services
from qa.web.visitor import Visitor

LONGEST = 1000  # characters of a name that a browser sends
MOST_FILES = 1000  # of one go that are told what became of them
TELL_TAKEN = "() => { document.dispatchEvent(new Event('wj-taken')); return []; }"  # to `scripts/bringing.js`


def taking(
    event: gr.EventData,
    *,
    services: Services,
    visitor: Visitor,
    collection: str,
    drawn: Callable[[UploadReport], str],
) -> Iterator[str]:
    """Take files in and yield, whenever one has come further, what is shown; a refusal is shown as well.

    Args:
        event: Of `scripts/bringing.js`.
        services: What the pages work with.
        visitor: Who brings them.
        collection: Where they go.
        drawn: Makes HTML of a report.
    """
    came, failed = _came(event)

    def take(told: Callable[[UploadReport], None]) -> UploadReport:
        return take_in(came, services=services, visitor=visitor, collection=collection, told=told)

    try:
        for report in watched(take):
            yield drawn(_with_failed(report, failed))
    except RemedyError as error:
        said = escape_html(mistake_in(error, visitor.language))
        yield notice_html(said, bad=True)


def sent_text(event: gr.EventData, name: str) -> str:
    """Return a text that the browser sent, cut to a sane length; anything else is the empty text."""
    data = event._data
    value = data.get(name) if isinstance(data, Mapping) else None
    return value[:LONGEST] if isinstance(value, str) else ""


def _came(event: gr.EventData) -> tuple[Sequence[Upload], Mapping[int, TakenFile]]:
    """Return the files that arrived, and by their places among all of them those that did not, with the reason."""
    data = event._data
    given = data.get("files") if isinstance(data, Mapping) else None
    came: list[Upload] = []
    failed: dict[int, TakenFile] = {}
    for at, one in enumerate(given[:MOST_FILES] if isinstance(given, list) else []):
        name, path, why = (
            str(one.get(key) or "")[:LONGEST] if isinstance(one, Mapping) else "" for key in ("name", "path", "why")
        )
        if why:
            failed[at] = TakenFile(name, State.SKIPPED, reason=why)
        else:
            came.append(Upload(Path(path), name))
    return came, failed


def _with_failed(report: UploadReport, failed: Mapping[int, TakenFile]) -> UploadReport:
    """Return the report with the files that never arrived at their places."""
    files = list(report.files)
    for at, file in sorted(failed.items()):
        files.insert(at, file)
    return replace(report, files=tuple(files))
