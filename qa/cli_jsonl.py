"""Many questions, one JSON object a line in, one a line out, in order.

Knows nothing of where lines come from or go to; `qa.cli` hands them over.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from qa.answer.render import answer_json
from qa.codes import code_of
from qa.errors import QuestionError
from qa.filters import Filters, read_filters
from qa.terminal import json_text
from qa.types import Answer

REMEDY = 'Write {"question": "…"} on each line, with "id", "history", "filters" and "llm" if you like.'

Ask = Callable[[str, list[str], Filters | None, bool], Answer]
"""Given question, history, the line's own filters, and whether the line lets a language model write."""


def answer_lines(lines: Iterable[bytes], ask: Ask, write: Callable[[str], None]) -> int:
    """Answer each line; one that cannot be answered yields an object with `line`, `error`, `code` and `remedy`.

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
            written = answer_json(ask(_question(row), _history(row), _filters(row), _llm(row)))
        except QuestionError as error:
            bad += 1
            written = {"line": number, "error": str(error), "code": code_of(error), "remedy": error.args[1]}
        write(json_text({**identifier, **written}))
    return bad


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # ValueError: not UTF-8, not JSON, a number of 5,000 digits
        raise QuestionError(f"This line is not JSON in UTF-8: {error}.", REMEDY) from error
    if not isinstance(row, dict):
        raise QuestionError("This line is not a JSON object.", REMEDY)
    return row


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _identifier(row: Mapping[str, Any]) -> dict[str, Any]:
    if "id" not in row:
        return {}
    if row["id"] is not None and not isinstance(row["id"], str | int):
        raise QuestionError("The id is neither text nor a whole number.", REMEDY)
    return {"id": row["id"]}


def _question(row: Mapping[str, Any]) -> str:
    question = row.get("question")
    if not isinstance(question, str):
        raise QuestionError("This line has no question.", REMEDY)
    return question


def _history(row: Mapping[str, Any]) -> list[str]:
    history = row.get("history")
    if history is None:
        return []
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError("The history is not a list of earlier questions.", REMEDY)
    return history


def _filters(row: Mapping[str, Any]) -> Filters | None:
    return None if row.get("filters") is None else read_filters(row["filters"])


def _llm(row: Mapping[str, Any]) -> bool:
    llm = row.get("llm", True)
    if not isinstance(llm, bool):
        raise QuestionError("The field llm is neither true nor false.", REMEDY)
    return llm
