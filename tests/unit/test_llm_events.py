"""Text out of an answer in OpenAI's shape, and what is none."""

import json

import pytest
from llm_stub import event

from qa.llm.events import Failed, Garbled, Text, text_of_body, text_of_events


def text(pieces: list[bytes]) -> list[object]:
    return [part.text if isinstance(part, Text) else part for part in text_of_events(pieces)]


def test_characters_that_are_cut_between_pieces_come_out_whole() -> None:
    whole = event("墙长22公里") + event("𠮷") + b"data: [DONE]\n\n"

    for size in (1, 2, 3, 1000):
        assert "".join(map(str, text([whole[at : at + size] for at in range(0, len(whole), size)]))) == "墙长22公里𠮷"


def test_comments_other_fields_and_events_without_text_are_passed_over() -> None:
    lines = [
        ": keep-alive", "event: x", "data:", 'data: {"choices": []}', 'data: {"choices": [{"delta": {"role": "a"}}]}',
        'data: {"choices": [{"delta": {"reasoning_content": "hm"}}]}', 'data:{"choices":[{"delta":{"content":"墙"}}]}',
        "data: [DONE]", 'data: {"choices": [{"delta": {"content": "after the end"}}]}',
    ]  # fmt: skip

    assert [part for part in text(["\r\n".join(lines).encode() + b"\n"]) if part != ""] == ["墙"]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('data: {"error": {"message": "sk-x"}}', Failed()),
        ("data: no json", Garbled()),
        ("data: [1]", Garbled()),
        ('data: {"choices": "a"}', Garbled()),
        ('data: {"output": [{"text": "another version of the API"}]}', Garbled()),
        ("data: " + "[" * 100_000, Garbled()),
        ("", Garbled()),
        ("<html>", Garbled()),
        ("data: " + "x" * 300_000, Garbled()),
    ],
)
def test_what_is_not_in_openais_shape_is_told(line: str, part: object) -> None:
    assert text([line.encode()]) == [part]


def test_a_whole_body_is_read_too() -> None:
    body = {"choices": [{"message": {"role": "assistant", "content": "墙"}}]}

    assert text_of_body(json.dumps(body).encode()) == Text("墙")
    assert text_of_body(b'{"error": "x"}') == Failed()
    assert text_of_body(b"\xff\xfe") == Garbled()
