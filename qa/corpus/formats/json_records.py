"""Read JSON and JSON Lines of records: every object is a row, its names are the columns.

Objects inside of a record become columns of their own, `author.name`; lists of texts become one cell. Numbers stay as
they are written. What the columns mean is decided by `qa.corpus.formats.columns`.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.corpus.decode import decode
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.formats.records import Row, Table, document_of_tables
from qa.corpus.limits import MAX_TEXT_BYTES
from qa.errors import SourceError
from qa.types import Document

MAX_BROKEN = 0.5
"""Share of broken lines from which a file is no JSON Lines."""

MAX_COLUMNS = 1000
MAX_LEVELS = 3
"""Objects around the list of records, as in `{"data": {"items": [...]}}`."""

_DEEP = SourceError("The file nests objects too deeply.", "Take it out of the folder.")

Record = dict[str, str]
Records = tuple[list[tuple[int, Record]], list[str]]
"""Records with the numbers that they have in the file, and what had to be assumed."""


@dataclass(frozen=True)
class JsonReader:
    """A list of objects, also inside of one object; or one object a line, whatever the file is called."""

    media_type = "application/json"
    suffixes = tuple(".json".split())
    max_bytes = MAX_TEXT_BYTES
    sandboxed = False

    columns: Columns = GUESSED

    def read(self, document_id: str, data: bytes) -> Document:
        return _read(self, document_id, data, _whole_or_lines)


@dataclass(frozen=True)
class JsonLinesReader:
    """One object a line; a line that is none is left out and counted."""

    media_type = "application/x-ndjson"
    suffixes = tuple(".jsonl .ndjson".split())
    max_bytes = MAX_TEXT_BYTES
    sandboxed = False

    columns: Columns = GUESSED

    def read(self, document_id: str, data: bytes) -> Document:
        return _read(self, document_id, data, _lines_or_whole)


def _read(
    reader: JsonReader | JsonLinesReader, document_id: str, data: bytes, records_of: Callable[[str], Records]
) -> Document:
    """Return the document of the records that are found in the decoded text."""
    decoded = decode(data)
    records, notes = records_of(decoded.text.removeprefix("\ufeff"))
    names = tuple(dict.fromkeys(name for _, record in records for name in record))[:MAX_COLUMNS]
    rows = [Row(number, tuple(record.get(name, "") for name in names)) for number, record in records]
    table = Table(names, rows, length=records[-1][0] if records else 0)
    return document_of_tables(
        document_id,
        data,
        [table],
        media_type=reader.media_type,
        told=reader.columns,
        encoding=decoded.encoding,
        assumptions=[*decoded.assumptions, *notes],
    )


def _whole_or_lines(text: str) -> Records:
    try:
        return _whole(text), []
    except ValueError as problem:
        return _lines(text, because=problem)


def _lines_or_whole(text: str) -> Records:
    try:
        return _lines(text)
    except SourceError as problem:
        try:
            return _whole(text), []
        except ValueError:
            raise problem from None  # says what is wrong with the lines


def _whole(text: str) -> list[tuple[int, Record]]:
    """Return the records of a JSON text, numbered from 1.

    Raises:
        ValueError: It is no JSON.
        SourceError: It is nested too deeply.
    """
    items = _list_in(_parsed(text))
    return [(number, _flat(item)) for number, item in enumerate(items, start=1)]


def _lines(text: str, *, because: ValueError | None = None) -> Records:
    """Return the records of JSON Lines with the numbers of their lines, and how many lines are broken.

    Args:
        text: Of the file.
        because: Why it is not one JSON text, when that was tried.

    Raises:
        SourceError: More than half of the lines are broken.
    """
    records = []
    broken = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            records.append((number, _flat(_parsed(line))))
        except ValueError:
            broken.append(number)
    if len(broken) > MAX_BROKEN * (len(records) + len(broken)):
        reason = because or f"line {broken[0]} is the first of {len(broken)} that are no JSON"
        raise SourceError(f"This is not JSON ({reason}).", "Correct the file or take it out of the folder.")
    if not broken:
        return records, []
    return records, [f"{len(broken)} lines are no JSON and were left out, the first is line {broken[0]}."]


def _parsed(text: str) -> object:
    """Return the value of a JSON text, its numbers as they are written.

    Raises:
        ValueError: It is no JSON.
        SourceError: It is nested too deeply.
    """
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except RecursionError:
        raise _DEEP from None


def _list_in(value: object, level: int = 0) -> Sequence[object]:
    """Return the records: a list, the longest list inside of an object, or the one object."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and level < MAX_LEVELS:
        inside = [_list_in(part, level + 1) for part in value.values() if isinstance(part, dict | list)]
        lists = [part for part in inside if part and all(isinstance(item, dict) for item in part)]
        longest = max(lists, key=len, default=())
        if len(longest) > 1 or (longest and level):
            return longest
    return [value]


def _flat(value: object) -> Record:
    """Return the texts of a record by name; names inside of others with a full stop between."""
    try:
        return dict(_cells(value, ""))
    except RecursionError:
        raise _DEEP from None


def _cells(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _cells(part, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        if all(isinstance(part, str | bool) or part is None for part in value):
            yield name, "; ".join(_text(part) for part in value if part is not None)
        else:
            for number, part in enumerate(value, start=1):
                yield from _cells(part, f"{name}.{number}" if name else str(number))
    elif value is not None:
        yield name, _text(value)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
