"""Go on behind a broken byte in text of two bytes a character, at the first or second byte, whichever reads better.

Going on at the wrong one shifts everything up to the next ASCII character, and a Chinese page may have none.
"""

import codecs

from qa.corpus.scripts import weight

RESUME = "wenju.resume"
"""Name of the error handler, for `bytes.decode`."""

_AHEAD = 12
"""Bytes that are tried; they hold six characters."""


def _resume(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, end = error.object, error.end
    if end >= len(data) or data[end] < 0x80:
        return "\ufffd", end
    here, there = (_score(data[at : at + _AHEAD], error.encoding) for at in (end, end + 1))
    return "\ufffd", end if here >= there else end + 1


def _score(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, errors="replace")
    return sum(map(weight, text)) - text.count("\ufffd")


codecs.register_error(RESUME, _resume)
