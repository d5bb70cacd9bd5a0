"""Find the encoding of a file's bytes and decode them, nothing else: no newline is changed, a byte order mark stays.

Does not read files. What could not be known for certain is returned as assumptions, in plain sentences.
"""

import codecs
import re
from dataclasses import dataclass

from qa.corpus.guess import MAX_BROKEN_SHARE, errors_for, guess_encoding
from qa.corpus.scripts import CONTROLS
from qa.errors import SourceError

SAMPLE_BYTES = 32768
"""Guesses are made on this many bytes; the whole is then decoded once."""

MAX_CONTROL_SHARE = 0.02

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "a Rich Text document"),
)
_NOT_ASCII = re.compile(b"[\x80-\xff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


class NotTextError(SourceError):
    """The bytes are not text in any encoding that we know."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text.

    Attributes:
        text: Every character that the bytes hold, a byte order mark (U+FEFF) and carriage returns included.
        encoding: Python's name of the encoding.
        assumptions: What was guessed, in plain sentences.
    """

    text: str
    encoding: str
    assumptions: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file.

    Raises:
        NotTextError: They are not text.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotTextError(f"This is {kind}, not a text file.", "Save its text as UTF-8 and index that.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_decode_as(data, encoding))
    if b"\x00" not in data:
        try:
            return _checked(Decoded(data.decode("utf-8"), "utf-8"))
        except UnicodeDecodeError:
            pass  # not UTF-8: go on and guess
        almost = _almost_utf8(data)
        if almost is not None:
            return _checked(almost)
    likeliest = guess_encoding(_sample(data))
    if likeliest is None:
        raise _not_text(data)
    return _checked(_decode_as(data, likeliest, f"The encoding is not declared; {likeliest} fits best."))


def _sample(data: bytes) -> bytes:
    """Return bytes from about the first that is not ASCII on; what stands before it says nothing."""
    first = _NOT_ASCII.search(data) if b"\x00" not in data[:SAMPLE_BYTES] else None
    start = max(0, first.start() - 64) & ~1 if first else 0  # two bytes of UTF-16 stay together
    return data[start : start + SAMPLE_BYTES]


def _decode_as(data: bytes, encoding: str, *assumptions: str) -> Decoded:
    """Decode with replacement characters where the bytes are broken, and say how many there are."""
    try:
        return Decoded(data.decode(encoding), encoding, assumptions)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors_for(encoding))
    broken = text.count("\ufffd")
    if broken > max(2, MAX_BROKEN_SHARE * len(text)):
        raise _not_text(data)
    return Decoded(text, encoding, (*assumptions, f"{broken} characters are broken and shown as \ufffd."))


def _not_text(data: bytes) -> NotTextError:
    if b"\x00" in data[:SAMPLE_BYTES]:
        return NotTextError("This is binary data, not text.", "Save its text as UTF-8 and index that.")
    return NotTextError("The bytes are not text in any known encoding.", "Save the file as UTF-8 text.")


def _checked(decoded: Decoded) -> Decoded:
    """Refuse text that is full of control characters: it is data of another kind."""
    controls = len(CONTROLS.findall(decoded.text))
    if "\x00" in decoded.text or controls > MAX_CONTROL_SHARE * len(decoded.text):
        raise NotTextError("This is binary data, not text.", "Save its text as UTF-8 and index that.")
    return decoded


def _almost_utf8(data: bytes) -> Decoded | None:
    """Return the text when it is UTF-8 but for some broken bytes: a cut at the end, a paragraph of another file.

    Of text in another encoding hardly a character in five is valid UTF-8, and none takes three bytes.
    """
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond = sum(map(len, _BEYOND_ASCII.findall(text))) - broken
    if broken > beyond:
        return None
    return Decoded(text, "utf-8", (f"{broken} characters are not valid UTF-8 and shown as \ufffd.",))
