"""Many questions, one JSON object a line in, one a line out, in order.

Knows nothing of where lines come from or go to; `qa.cli.app` hands them over.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from qa.answer.render import answer_json
from qa.errors import QuestionError
from qa.filters import Filters
from qa.terminal import json_text
from qa.types import Answer
from qa.web.api.problems import Problem, problem_of
from qa.web.api.requests import AskRequest, read

FIELDS = ("question", "history", "filters", "llm")  # read as the API reads them
REMEDY = 'Write {"question": "…"} on each line, with "id", "history", "filters" and "llm" if you like.'

Ask = Callable[[str, list[str], Filters | None, bool], Answer]
"""Given question, history, the line's own filters, and whether the line lets a language model write."""


def answer_lines(lines: Iterable[bytes], ask: Ask, write: Callable[[str], None]) -> int:
    """Answer each line; one that cannot be answered yields its number, `line`, with the API's `error`.

    Args:
        lines: UTF-8; blank ones are passed over. Fields other than `question`, `id`, `history`, `filters` and `llm` are
            passed over too.
        ask: Answers one; it is given None for a line without filters.
        write: Given one line of JSON without its newline: the answer, with the `id` in front where one came.

    Returns:
        How many lines were bad.
    """
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        identifier: dict[str, Any] = {}
        try:
            row = _parsed(line)
            identifier = _identifier(row)
            asked = read(AskRequest, {name: row[name] for name in FIELDS if name in row})
            filters = None if row.get("filters") is None else asked.filters
            written = answer_json(ask(asked.question, asked.history or [], filters, asked.llm))
        except (QuestionError, Problem) as error:
            bad += 1
            written = {"line": number, **problem_of(error).body()}
        write(json_text({**identifier, **written}))
    return bad


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # ValueError: not UTF-8, not JSON, a number of 5,000 digits
        raise Problem("not_json", f"This line is not JSON in UTF-8: {error}.", REMEDY) from error
    if not isinstance(row, dict):
        raise Problem("wrong_type", "This line is not a JSON object.", REMEDY)
    return row


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _identifier(row: Mapping[str, Any]) -> dict[str, Any]:
    if "id" not in row:
        return {}
    if row["id"] is not None and not isinstance(row["id"], str | int):
        raise Problem("wrong_type", "The id is neither text nor a whole number.", REMEDY)
    return {"id": row["id"]}
