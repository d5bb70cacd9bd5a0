"""Read the text out of an answer in OpenAI's shape: a stream of server-sent events, or one JSON body.

Knows no network. Thoughts that stand in fields of their own are passed over, and so are tool calls: none is offered.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_LONGEST_LINE = 262_144  # characters of one event


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of what was written; may be empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The endpoint says in its answer that it failed."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """The answer is not in OpenAI's shape."""


def text_of_events(pieces: Iterable[bytes]) -> Iterator[Text | Failed | Garbled]:
    """Yield what each event holds, until `[DONE]` or the end; characters may be cut between pieces.

    A stream without any event is garbled.
    """
    some = False
    for line in _lines(pieces):
        if line is None:
            yield Garbled()
            return
        field, _, value = line.partition(":")
        if field != "data" or not value.strip():
            continue
        if value.strip() == "[DONE]":
            return
        some = True
        yield _part(value, "delta")
    if not some:
        yield Garbled()


def text_of_body(body: bytes) -> Text | Failed | Garbled:
    """Return what a whole answer holds."""
    return _part(body.decode("utf-8", "replace"), "message")


def _lines(pieces: Iterable[bytes]) -> Iterator[str | None]:
    """Yield the lines; None for one that is too long."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    waiting = ""
    for piece in pieces:
        waiting += decoder.decode(piece)
        *lines, waiting = waiting.replace("\r\n", "\n").split("\n")
        yield from lines
        if len(waiting) > _LONGEST_LINE:
            yield None
            return
    yield waiting + decoder.decode(b"", final=True)


def _part(text: str, name: str) -> Text | Failed | Garbled:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return Garbled()
    if not isinstance(value, dict):
        return Garbled()
    if value.get("error"):
        return Failed()
    choices = value.get("choices")
    if not isinstance(choices, list):
        return Garbled()
    first = choices[0] if choices else {}  # the last event may tell of the use alone
    said = first.get(name) if isinstance(first, dict) else None
    content = said.get("content") if isinstance(said, dict) else None
    return Text(content if isinstance(content, str) else "")
