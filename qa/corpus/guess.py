"""Guess the encoding of a text's bytes that are not UTF-8 and carry no mark.

Every encoding that could be meant decodes the bytes, and the one whose text looks most like text is taken; how much it
does is judged by `qa.corpus.scripts`. Decoding for good is the business of `qa.corpus.decode`.
"""

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence

from charset_normalizer import from_bytes

from qa.corpus import scripts
from qa.corpus.broken import RESUME

LIKELY = 0.3
"""Score from which a text is taken for text of its script without asking further."""

SURE = 0.9
"""Score from which letters with accents are taken for such: Chinese bytes that look so well like them are not known."""

MAX_BROKEN_SHARE = 0.1
"""More broken characters than this, and the bytes are not text in that encoding."""

_WIDE = ("utf-16-le", "utf-16-be")
EAST_ASIAN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_ALPHABETS: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("cp1252", scripts.western),
    ("cp1250", scripts.central),
    ("cp1251", scripts.cyrillic),
    ("koi8_r", scripts.cyrillic),
    ("cp866", scripts.cyrillic),
    ("iso8859_5", scripts.cyrillic),
    ("cp1253", scripts.greek),
)
_PRIOR = {"gb18030": 0.1, "cp949": -0.1, "euc_jp": -0.1, "cp1252": 0.03}
"""Decides between guesses from a dozen characters: here Chinese files are likelier than Korean ones."""


def guess_encoding(sample: bytes) -> str | None:
    """Return Python's name of the most likely encoding, or None when nothing fits."""
    if b"\x00" in sample:
        best, score = _best(dict(_scores(sample, [(name, scripts.any_script) for name in _WIDE])))
        return best if score > 0 else None
    eastern = dict(_scores(sample, [(name, scripts.east_asian) for name in (*EAST_ASIAN, *_WIDE)]))
    east, east_score = _best(eastern)
    if east == "gb18030" and eastern.get("euc_jp", 0.0) > east_score and _is_japanese(sample):
        east = "euc_jp"
    alphabetic = dict(_scores(sample, _ALPHABETS))
    west, west_score = _best(alphabetic)
    if west_score >= SURE or west_score > max(LIKELY, east_score + 0.3):
        return west
    if east_score >= LIKELY:
        return east
    rare = from_bytes(sample).best()
    if rare is not None and not _is_multibyte(rare.encoding):
        return rare.encoding
    return east if east_score > 0 else None


def _best(scores: Mapping[str, float]) -> tuple[str, float]:
    """Return the likeliest encoding with its score; an empty name when there is none."""
    best = max(scores, key=lambda name: scores[name] + _PRIOR.get(name, 0.0), default="")
    return best, scores.get(best, 0.0)


def _is_japanese(sample: bytes) -> bool:
    """Return whether a text that can be EUC-JP as well as GB18030 is full of kana, whose bytes are the same in both."""
    return scripts.share_of_kana(_decoded(sample, "euc_jp")) > scripts.MANY_KANA


def _scores(sample: bytes, judges: Sequence[tuple[str, Callable[[str], float]]]) -> Iterator[tuple[str, float]]:
    """Yield (encoding, 0 to 1) for every encoding that can decode the sample."""
    for encoding, judge in judges:
        text = _decoded(sample, encoding)
        if "\x00" not in text and text.count("\ufffd") <= MAX_BROKEN_SHARE * len(text):
            yield encoding, judge(text)


def _decoded(sample: bytes, encoding: str) -> str:
    """Return the text of a sample, without the character that its end may have cut."""
    return sample.decode(encoding, errors_for(encoding)).removesuffix("\ufffd")


def errors_for(encoding: str) -> str:
    """Return the error handler that gets over broken bytes."""
    return RESUME if encoding in EAST_ASIAN else "replace"


def _is_multibyte(encoding: str) -> bool:
    names = (*EAST_ASIAN, *_WIDE, "gbk", "big5", "utf-8")
    return codecs.lookup(encoding).name in {codecs.lookup(name).name for name in names}
