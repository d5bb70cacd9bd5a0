"""Many questions at once: order, count and ids are kept, and a bad line spoils only itself."""

import json
from collections.abc import Sequence
from typing import Any

from qa.cli.jsonl import answer_lines
from qa.errors import QuestionError
from qa.filters import Filters, described
from qa.types import Answer


def _ask(question: str, history: Sequence[str], filters: Filters | None, llm: bool) -> Answer:
    if not question:
        raise QuestionError("The question is empty.", "Type a question.")
    among = [f"({described(filters, language='en')})"] if filters is not None else []
    without = [] if llm else ["(no llm)"]
    searched_for = " ".join([*history, question, *among, *without])
    return Answer(question, searched_for, None, None, 0.0, "Nothing.", (), (), {}, 1)


def _answered(*lines: str | bytes) -> tuple[list[dict[str, Any]], int]:
    written: list[str] = []
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    bad = answer_lines(raw, _ask, written.append)
    return [json.loads(line) for line in written], bad


def test_answers_come_in_the_order_of_the_questions_with_their_ids() -> None:
    rows, bad = _answered('{"id": "b", "question": "二"}\n', '{"id": 1, "question": "一"}\n', '{"question": "三"}')

    assert [(row.get("id", "none"), row["question"]) for row in rows] == [("b", "二"), (1, "一"), ("none", "三")]
    assert bad == 0


def test_the_history_of_a_line_belongs_to_its_question_only() -> None:
    rows, _ = _answered(
        '{"question": "它呢", "history": ["公园在哪"]}', '{"question": "谁"}', '{"question": "几", "history": null}'
    )

    assert [row["searched_for"] for row in rows] == ["公园在哪 它呢", "谁", "几"]


def test_the_filters_of_a_line_belong_to_its_question_only_and_bad_ones_spoil_only_it() -> None:
    rows, bad = _answered(
        '{"question": "谁", "filters": {"publisher": "甲报", "since": "2021-09"}}',
        '{"question": "几", "filters": null}',
        '{"question": "哪", "filters": {"since": "2021-13-01"}}',
    )

    assert [row.get("searched_for") for row in rows] == ["谁 (publisher 甲报; from 2021-09-01)", "几", None]
    assert (rows[2]["error"]["message"], bad) == ("“2021-13-01” is not a date for since.", 1)


def test_a_line_can_do_without_the_language_model() -> None:
    rows, bad = _answered(
        '{"question": "谁", "llm": false}', '{"question": "几", "llm": true}', '{"question": "哪", "llm": "no"}'
    )

    assert [row.get("searched_for") for row in rows] == ["谁 (no llm)", "几", None]
    assert (rows[2]["error"]["message"], bad) == ("llm must be true or false.", 1)


def test_fields_that_are_not_ours_are_passed_over() -> None:
    rows, bad = _answered('{"question": "谁", "answer": "张", "lines": [1]}')

    assert (rows[0]["answer"], "lines" in rows[0], bad) == (None, False, 0)


def test_a_bad_line_yields_an_error_in_its_place_and_the_rest_is_answered() -> None:
    rows, bad = _answered('{"question": "一"}', "not json", '{"id": "x", "question": ""}', '{"question": "四"}')

    assert [row.get("error", {}).get("code") for row in rows] == [None, "not_json", "question_empty", None]
    assert rows[2]["error"] == {
        "code": "question_empty", "message": "The question is empty.", "remedy": "Type a question about the documents.",
        "status": 422,
    }  # fmt: skip
    assert [(row["line"], row.get("id")) for row in rows if "error" in row] == [(2, None), (3, "x")]
    assert bad == 2


def test_each_way_to_write_a_bad_line_is_refused_and_counted() -> None:
    lines: list[tuple[bytes | str, str]] = [
        (b'{"question": "\xff"}', "not_json"),
        ("问题".encode("gbk"), "not_json"),
        ("[1]", "wrong_type"),
        ('"only text"', "wrong_type"),
        ("{}", "missing_field"),
        ('{"question": 5}', "wrong_type"),
        ('{"question": "\\ud800"}', "wrong_type"),
        ('{"question": "a", "history": "b"}', "wrong_type"),
        ('{"question": "a", "history": [1]}', "wrong_type"),
        ('{"question": "a", "filters": {"no": "b"}}', "filter_invalid"),
        ('{"question": "a", "id": {"no": 1}}', "wrong_type"),
        ('{"question": "a", "id": NaN}', "not_json"),
        ('{"question": "a", "id": ' + "9" * 5000 + "}", "not_json"),
        ("[" * 100_000, "not_json"),
    ]

    rows, bad = _answered(*(line for line, _ in lines))

    assert bad == len(lines)
    assert [(row["line"], row["error"]["code"]) for row in rows] == [
        (number, code) for number, (_, code) in enumerate(lines, start=1)
    ]
    assert all(list(row["error"]) == ["code", "message", "remedy", "status"] for row in rows)


def test_blank_lines_are_passed_over_and_a_byte_order_mark_is_allowed() -> None:
    rows, bad = _answered(b"\xef\xbb\xbf" + '{"question": "一"}\r\n'.encode(), "\n", "  ", '{"question": "二"}')

    assert ([row["question"] for row in rows], bad) == (["一", "二"], 0)


def test_every_answer_is_one_line_of_json_whatever_it_holds() -> None:
    written: list[str] = []
    answer_lines([b'{"id": "\\u2028\\n\\u001b\\ud800", "question": "a\\nb\\u0085"}'], _ask, written.append)

    assert len(written) == 1
    assert written[0].isprintable()
    assert json.loads(written[0])["id"] == "\u2028\n\x1b\ud800"
