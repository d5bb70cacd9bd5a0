"""Parsers that do what a parser of a hostile file might do; each does it to bytes that start with BAD only."""

import ctypes
import hashlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from qa.errors import SourceError
from qa.types import Document, Section, Span

BAD = b"BAD"


def document(document_id: str, data: bytes, text: str = "") -> Document:
    return Document(document_id, hashlib.sha256(data).hexdigest(), "utf-8", text or data.decode("utf-8"))


class Good:
    """Reads everything, with a page, a section and an assumption."""

    def read(self, document_id: str, data: bytes) -> Document:
        text = data.decode("utf-8")
        return Document(
            id=document_id,
            sha256="not what the other side will say",
            encoding="utf-8",
            text=text,
            media_type="text/good",
            assumptions=("It is assumed.",),
            pages=(Span(0, 1), Span(1, len(text))),
            sections=(Section(Span(1, len(text)), title="𠮷", date="2024-05-01", headings=(Span(1, 2),)),),
        )


@dataclass(frozen=True)
class Told:
    """Answers with what it was told when it was made."""

    column: str
    rows: int = 1

    def read(self, document_id: str, data: bytes) -> Document:
        return document(document_id, data, f"{self.column} {self.rows}")


class Bad:
    """Misbehaves in `misbehave`."""

    def read(self, document_id: str, data: bytes) -> Document:
        if data.startswith(BAD):
            return self.misbehave(document_id, data)
        return document(document_id, data)

    def misbehave(self, document_id: str, data: bytes) -> Document:
        raise NotImplementedError


class Refuses(Bad):
    def misbehave(self, document_id: str, data: bytes) -> Document:
        raise SourceError("It is encrypted.", "Save it without a password.")


class Raises(Bad):
    def misbehave(self, document_id: str, data: bytes) -> Document:
        raise KeyError("no such part")


class Recurses(Bad):
    def misbehave(self, document_id: str, data: bytes) -> Document:
        return self.misbehave(document_id, data)


class Crashes(Bad):
    def misbehave(self, document_id: str, data: bytes) -> Document:
        ctypes.string_at(0)
        return document(document_id, data)


class Quits(Bad):
    def misbehave(self, document_id: str, data: bytes) -> Document:
        os._exit(0)


class Computes(Bad):
    """Uses processor time without end."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        while True:
            pass


class Sleeps(Bad):
    """Waits without using processor time."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        time.sleep(600)
        return document(document_id, data)


class Allocates(Bad):
    """Asks for as many MiB as the bytes say."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        return document(document_id, data, str(len(bytearray(int(data[3:]) * 1024 * 1024))))


class Writes(Bad):
    """Writes to the file that the bytes name."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        Path(data[3:].decode("utf-8")).write_bytes(b"x")
        return document(document_id, data)


class Prints(Bad):
    """Prints where its answers go, as libraries do that warn."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        os.write(1, b"\x00\x00\x00\x00\x00\x00\x00\x02{}")
        sys.stderr.write("a warning\n" * 100_000)
        return document(document_id, data)


class Floods(Bad):
    """Returns as many characters as the bytes say."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        return document(document_id, data, "x" * int(data[3:]))


class Halves(Bad):
    """Returns half a character."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        return document(document_id, data, "a\ud842")


class Oversteps(Bad):
    """Returns a page that lies outside the text."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        return Document(document_id, "", "utf-8", "abc", pages=(Span(2, 4),))


class Looks(Bad):
    """Returns the variables that the process was given."""

    def misbehave(self, document_id: str, data: bytes) -> Document:
        return document(document_id, data, " ".join(sorted(os.environ)))
