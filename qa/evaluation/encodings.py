"""`python -m qa.evaluation.encodings`: how often the encoding of a short text file is found.

Files are made up from sentences of this project in eight languages. The first half of each list was at hand while the
detector was made, the second half was not; both are shown. A file counts as right when its text comes out as it was.
"""

import argparse
import codecs
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

import opencc

from qa.corpus.decode import NotTextError, decode

LENGTH = 200
"""Characters that a file has at least."""

FILES = 200
"""Of each encoding."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Files in one encoding.

    Attributes:
        name: For people.
        codec: Python's name.
        languages: Taken in turn.
        mark: The file begins with a byte order mark.
    """

    name: str
    codec: str
    languages: tuple[str, ...]
    mark: bool = False


_ALL = ("simplified", "traditional", "japanese", "english", "french", "german", "spanish", "russian", "korean")
_EAST = ("simplified", "traditional", "japanese", "english", "french", "german")
_WEST = ("french", "german", "spanish")

KINDS = (
    Kind("UTF-8", "utf-8", _ALL),
    Kind("UTF-8 with mark", "utf-8", _ALL, mark=True),
    Kind("UTF-16 LE with mark", "utf-16-le", _ALL, mark=True),
    Kind("UTF-16 BE with mark", "utf-16-be", _ALL, mark=True),
    Kind("UTF-16 LE", "utf-16-le", _EAST),
    Kind("UTF-16 BE", "utf-16-be", _EAST),
    Kind("GB18030", "gb18030", ("simplified",)),
    Kind("GBK, Traditional", "gbk", ("traditional",)),
    Kind("Big5", "big5", ("traditional",)),
    Kind("Shift-JIS", "cp932", ("japanese",)),
    Kind("Latin-1", "latin-1", _WEST),
    Kind("Windows-1252", "cp1252", _WEST),
    Kind("EUC-JP", "euc_jp", ("japanese",)),
    Kind("EUC-KR", "euc_kr", ("korean",)),
    Kind("Windows-1251", "cp1251", ("russian",)),
    Kind("KOI8-R", "koi8_r", ("russian",)),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files of one kind were read right, and what was made of the first one that was not."""

    right: int
    total: int
    first_wrong: str = ""


@cache
def sentences(language: str, *, held_out: bool) -> tuple[str, ...]:
    """Return the sentences of a language, the first half of them or the second."""
    if language == "traditional":
        convert = opencc.OpenCC("s2tw").convert
        quotes = str.maketrans("“”", "「」")
        simplified = sentences("simplified", held_out=held_out)
        return tuple(convert(sentence).translate(quotes) for sentence in simplified)
    name = "chinese" if language == "simplified" else language
    source = files("qa.evaluation").joinpath("encoding_sentences", f"{name}.txt")
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    half = len(lines) // 2
    return tuple(lines[half:] if held_out else lines[:half])


def made_up(kind: Kind, number: int, *, held_out: bool) -> str:
    """Return the text of one file; every number gives another one."""
    random = Random(f"{kind.name} {number} {held_out}")
    language = kind.languages[number % len(kind.languages)]
    pool = [sentence for sentence in sentences(language, held_out=held_out) if _fits(sentence, kind.codec)]
    space = "" if language in ("simplified", "traditional", "japanese") else " "
    text = f"{number}. "
    while len(text) < LENGTH:
        for sentence in random.sample(pool, min(3, len(pool))):
            filled = sentence.format(n=random.randint(2, 980), m=random.randint(2, 28))
            text += filled + random.choice((space, space, "\n", "\r\n\r\n"))
    return text


def _fits(sentence: str, codec: str) -> bool:
    try:
        sentence.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def count(kind: Kind, *, held_out: bool, number: int = FILES) -> Counts:
    """Decode files of one kind."""
    right, first_wrong = 0, ""
    for at in range(number):
        text = ("\ufeff" if kind.mark else "") + made_up(kind, at, held_out=held_out)
        found = _decoded(text.encode(kind.codec))
        right += found[0] == text
        if found[0] != text:
            first_wrong = first_wrong or f"{found[1]}: {text[:20]!r} as {found[0][:20]!r}"
    return Counts(right, number, first_wrong)


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        decoded = decode(data)
    except NotTextError as problem:
        return "", problem.problem
    return decoded.text, codecs.lookup(decoded.encoding).name


def rows(*, number: int = FILES) -> Iterator[tuple[Kind, Counts, Counts]]:
    """Yield each kind with its counts on the first and on the second half of the sentences."""
    for kind in KINDS:
        yield kind, count(kind, held_out=False, number=number), count(kind, held_out=True, number=number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m qa.evaluation.encodings", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="of each encoding and half")
    options = parser.parse_args(arguments)
    sys.stdout.write("| encoding | right, at hand | right, held apart | |\n|---|---|---|---|\n")
    for kind, first, second in rows(number=options.files):
        shares = [f"{found.right} of {found.total} ({found.right / found.total:.1%})" for found in (first, second)]
        sys.stdout.write(f"| {kind.name} | {' | '.join(shares)} | {second.first_wrong or first.first_wrong} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
