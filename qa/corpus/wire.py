"""What passes between the process that reads a folder and the one that parses a file: framed JSON, nothing executable.

The process that parses may have been taken over by the file that it parsed, so what comes back is checked.
"""

import json
from collections.abc import Mapping
from typing import IO

from qa.types import Document, Section, Span

_LENGTH_BYTES = 8
_FIELDS = ("title", "subtitle", "byline", "publisher", "date")

Message = Mapping[str, object]


class BrokenMessageError(ValueError):
    """A message is cut short, too long, or not what it should be."""


def send(stream: IO[bytes], message: Message, data: bytes = b"") -> None:
    """Write a message and the bytes that go with it.

    Raises:
        OSError: The other side is gone.
    """
    head = json.dumps(message, ensure_ascii=False).encode("utf-8", errors="surrogatepass")
    for part in (head, data):
        stream.write(len(part).to_bytes(_LENGTH_BYTES, "big"))
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes], limit: int) -> tuple[dict[str, object], bytes] | None:
    """Return the next message and the bytes that go with it; None at the end of the stream.

    Args:
        stream: Of the other side.
        limit: Bytes of each of the two.

    Raises:
        BrokenMessageError: The stream ends inside, a part is longer than the limit, or it is no JSON object.
    """
    first = stream.read(_LENGTH_BYTES)
    if not first:
        return None
    head = _part(stream, first, limit)
    data = _part(stream, stream.read(_LENGTH_BYTES), limit)
    try:
        message = json.loads(head)
    except (ValueError, RecursionError) as problem:
        raise BrokenMessageError("the message is not JSON") from problem
    if not isinstance(message, dict):
        raise BrokenMessageError("the message is not an object")
    return message, data


def _part(stream: IO[bytes], length_bytes: bytes, limit: int) -> bytes:
    length = int.from_bytes(length_bytes, "big")
    if len(length_bytes) < _LENGTH_BYTES or length > limit:
        raise BrokenMessageError("the message is cut short or too long")
    part = stream.read(length)
    if len(part) < length:
        raise BrokenMessageError("the message is cut short")
    return part


def pack(document: Document) -> dict[str, object]:
    """Return what a reader found out, without what the other side knows better: the id and the hash."""
    return {
        "encoding": document.encoding,
        "text": document.text,
        "media_type": document.media_type,
        "assumptions": list(document.assumptions),
        "pages": [_pair(page) for page in document.pages],
        "sections": [
            {
                "span": _pair(section.span),
                "headings": [_pair(heading) for heading in section.headings],
                **{name: getattr(section, name) for name in _FIELDS},
            }
            for section in document.sections
        ],
    }


def unpack(document_id: str, sha256: str, message: Message) -> Document:
    """Return the document of a message from `pack`.

    Raises:
        BrokenMessageError: A part is missing, of another type, or outside the text.
    """
    text = _text(message.get("text"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise BrokenMessageError("the text is not Unicode") from problem
    return Document(
        id=document_id,
        sha256=sha256,
        encoding=_text(message.get("encoding")),
        text=text,
        media_type=_text(message.get("media_type")),
        assumptions=tuple(_text(sentence) for sentence in _list(message.get("assumptions"))),
        pages=_spans(message.get("pages"), len(text)),
        sections=tuple(_section(section, len(text)) for section in _list(message.get("sections"))),
    )


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _section(packed: object, length: int) -> Section:
    if not isinstance(packed, dict):
        raise BrokenMessageError("a section is not an object")
    fields = {name: None if packed.get(name) is None else _text(packed[name]) for name in _FIELDS}
    headings = _spans(packed.get("headings"), length)
    return Section(span=_span(packed.get("span"), length), headings=headings, **fields)


def _spans(packed: object, length: int) -> tuple[Span, ...]:
    return tuple(_span(pair, length) for pair in _list(packed))


def _span(packed: object, length: int) -> Span:
    match packed:
        case [int(start), int(end)] if 0 <= start < end <= length:
            return Span(start, end)
    raise BrokenMessageError("a span lies outside the text")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BrokenMessageError("a text is missing")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise BrokenMessageError("a list is missing")
    return value
