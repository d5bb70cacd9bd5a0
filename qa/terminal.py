"""Text that is safe to print: control characters made visible, output always UTF-8; and typed text made whole.

Documents, file names and questions come from strangers; a terminal obeys escape sequences in them. Knows nothing of
answers: how those are laid out is in `qa.cli.show`.
"""

import errno
import io
import json
import os
import re
import select
import sys
import unicodedata
from collections.abc import Mapping

from qa.errors import QuestionError

_KEPT = {ord("\n"), ord("\t")}
_C0 = {code: 0x2400 + code for code in range(0x20) if code not in _KEPT}  # ␀ to ␟, the pictures of Unicode
_INVISIBLE = {
    0x7F,
    *range(0x80, 0xA0),  # C1, among them the one-character CSI
    *range(0x202A, 0x202F),  # direction overrides show text in another order than it stands
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),  # half a surrogate pair cannot be written as UTF-8
}
_VISIBLE: Mapping[int, int] = {**_C0, **dict.fromkeys(_INVISIBLE, 0xFFFD), 0x7F: 0x2421}
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # controls, formats, unassigned, private, surrogates, separators
_ESCAPED_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return the text with every control character, but newline and tab, replaced one for one by something harmless.

    The length stays the same, so positions stay right.
    """
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """Return the text on one line: newlines and tabs are shown as ␊ and ␉ instead of being obeyed."""
    return visible(text).replace("\n", "␊").replace("\t", "␉")


def revealed(text: str) -> str:
    """Return the text on one line, with characters that nobody can see as their code points, such as ‹U+200B›."""
    return one_line("".join(f"‹U+{ord(one):04X}›" if _is_unseen(one) else one for one in text.replace("\r\n", "\n")))


def _is_unseen(character: str) -> bool:
    if character.isascii() or character.isalnum():
        return False
    return unicodedata.category(character) in _UNSEEN or character in "\xa0\ufffe\uffff"


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return JSON with readable Chinese, in which nothing can steer a terminal; the value is unchanged."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def speak_utf8() -> None:
    """Make standard output and error UTF-8 under every locale; what cannot be written is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(line: str) -> None:
    """Print a line on standard error, where there is one."""
    if sys.stderr is not None:
        sys.stderr.write(f"{one_line(line)}\n")
        sys.stderr.flush()


def is_read() -> bool:
    """Tell whether somebody still reads standard output."""
    if sys.stdout is None:
        return False
    try:
        sys.stdout.flush()
        looked = select.poll()
        looked.register(sys.stdout.fileno(), select.POLLOUT)
        return not any(event & select.POLLERR for _, event in looked.poll(0))
    except BrokenPipeError:
        return False


def written_out() -> bool:
    """Write out what standard output still holds; return False where nobody reads it any more.

    What is left then is thrown away.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        throw_away()
        return False
    return True


def throw_away() -> None:
    """Let standard output go nowhere, so that Python does not complain of what is left in it while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_full(error: OSError) -> bool:
    """Tell whether there was no room for what was written to a stream; who opens a file names it and says so."""
    return error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def typed_text(text: str, *, what: str = "question") -> str:
    """Return text as typed in UTF-8, also where the locale could not read it; refuse what is not UTF-8.

    Python hands on bytes that its locale cannot read as half characters, which nothing behind can store or print.

    Args:
        text: As Python was given it.
        what: What it is, for the error.

    Raises:
        QuestionError: It is not UTF-8.
    """
    try:
        return text.encode("utf-8", errors="surrogateescape").decode("utf-8")
    except UnicodeError as error:
        raise QuestionError(f"The {what} is not valid UTF-8.", "Type it in a UTF-8 terminal.") from error
