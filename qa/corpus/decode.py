"""Find the encoding of a file's bytes and decode them, nothing else: no newline is changed, a byte order mark stays.

Does not read files. What could not be known for certain is returned as assumptions, in plain sentences.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from qa.corpus.characters import COMMON, HANGUL, KANA, is_han
from qa.corpus.traditional import simplify_characters
from qa.errors import SourceError

SAMPLE_BYTES = 65536
"""Guesses are made on this many bytes from the start; the whole is then decoded once."""

MAX_BROKEN_SHARE = 0.02
"""More broken characters than this, and the bytes are not text in that encoding."""

MAX_CONTROL_SHARE = 0.02

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
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
_EAST_ASIAN = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "cp949")
_PRIOR = {"gb18030": 0.1, "cp949": -0.1, "euc_jp": -0.1}
"""Decides between guesses from a dozen characters: here Chinese files are likelier than Korean ones."""

LIKELY = 0.3
"""Plausibility from which an East Asian encoding is taken without asking further."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\ufff0-\ufff8\U000e0000-\U0010ffff\u0080-\u009f]")
_PUNCTUATION = frozenset("，。、；：？！“”‘’《》（）—…·「」『』【】％")


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
    encoding = _guess(data)
    return _checked(_decode_as(data, encoding, f"The encoding is not declared; {encoding} fits best."))


def _decode_as(data: bytes, encoding: str, *assumptions: str) -> Decoded:
    """Decode with replacement characters where the bytes are broken, and say how many there are."""
    try:
        return Decoded(data.decode(encoding), encoding, assumptions)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > max(2, MAX_BROKEN_SHARE * len(text)):
        raise NotTextError("The bytes are not text in any known encoding.", "Save the file as UTF-8 text.")
    return Decoded(text, encoding, (*assumptions, f"{broken} characters are broken and shown as \ufffd."))


def _checked(decoded: Decoded) -> Decoded:
    """Refuse text that is full of control characters: it is data of another kind."""
    controls = len(_CONTROLS.findall(decoded.text))
    if "\x00" in decoded.text or controls > MAX_CONTROL_SHARE * len(decoded.text):
        raise NotTextError("This is binary data, not text.", "Save its text as UTF-8 and index that.")
    return decoded


def _almost_utf8(data: bytes) -> Decoded | None:
    """Return the text when it is UTF-8 but for a few broken bytes, such as a cut at the end."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    multibyte = sum(1 for character in text[:SAMPLE_BYTES] if character > "\x7f")
    total = multibyte * max(1.0, len(text) / SAMPLE_BYTES)
    if broken == 0 or broken > 0.05 * total:
        return None
    return Decoded(text, "utf-8", (f"{broken} characters are not valid UTF-8 and shown as \ufffd.",))


def _guess(data: bytes) -> str:
    """Return the most likely encoding of bytes that are not UTF-8.

    Raises:
        NotTextError: Nothing fits.
    """
    sample = data[:SAMPLE_BYTES]
    scores = dict(_scores(sample))
    best = max(scores, key=lambda name: scores[name] + _PRIOR.get(name, 0.0), default="")
    if best and scores[best] >= LIKELY:
        return best
    other = from_bytes(sample).best() if b"\x00" not in sample else None
    if other is not None and not _is_multibyte(other.encoding):
        return other.encoding
    if best and scores[best] > 0:
        return best
    if b"\x00" in sample:
        raise NotTextError("This is binary data, not text.", "Save its text as UTF-8 and index that.")
    raise NotTextError("The bytes are not text in any known encoding.", "Save the file as UTF-8 text.")


def _is_multibyte(encoding: str) -> bool:
    return codecs.lookup(encoding).name in {codecs.lookup(name).name for name in (*_EAST_ASIAN, "gbk", "big5", "utf-8")}


def _scores(sample: bytes) -> Iterator[tuple[str, float]]:
    """Yield (encoding, 0 to 1) for every encoding that can decode the sample."""
    for encoding in _EAST_ASIAN:
        if encoding.startswith("utf-16") and len(sample) % 2 and len(sample) < SAMPLE_BYTES:
            continue
        text = sample.decode(encoding, errors="replace").removesuffix("\ufffd")
        if text.count("\ufffd") <= MAX_BROKEN_SHARE * len(text):
            yield encoding, plausibility(text)


def plausibility(text: str) -> float:
    """Return how much a decoded text looks like text, 0 to 1.

    Counted over the characters beyond ASCII: common Han characters (simplified or traditional), punctuation, kana and
    Hangul speak for it, private and control characters against it. Right guesses score 0.6 or more, wrong ones below
    0.25; text of ASCII alone scores by its letters.
    """
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        readable = sum(1 for character in text if character.isprintable() or character in "\r\n\t\f")
        return 0.5 * readable / max(1, len(text)) if "\x00" not in text else 0.0
    folded = simplify_characters("".join(beyond))
    good = sum(1.0 for character in folded if character in COMMON or character in _PUNCTUATION)
    good += sum(0.1 for character in folded if is_han(character) and character not in COMMON)
    kana = len(KANA.findall(folded))
    if kana * 5 > len(folded):
        good += kana
    if len(HANGUL.findall(folded)) * 2 > len(folded):
        good += 0.7 * len(HANGUL.findall(folded))
    bad = len(_ODD.findall(folded)) + len(_CONTROLS.findall(text))
    return max(0.0, min(1.0, (good - 2 * bad) / len(folded)))
