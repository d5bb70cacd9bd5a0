"""Things that bear a number, and counts, in a question, and whether an article has only another number there.

`第七届` against 第八届, `3号线` against 5号线, `E4` against E3, `5家企业` against 3家企业. Measures (亿元, %) are left
alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from qa.answer.guard.compared import Compared, Contradiction
from qa.answer.guard.numerals import ENGLISH_NUMERAL, NUMERAL, number_of
from qa.corpus.characters import HAN
from qa.corpus.cutter import cutter

_ORDER = re.compile(
    rf"(?:第(?P<ranked>{NUMERAL})|(?<![\d.])(?P<plain>\d+|[一二三四五六七八九十]+|首))(?P<unit>届|期|号线|号楼|标段|单元)"
)
# What comes before or after tells what is numbered: 陇玉9号, 2号窑. A day of the month is no such number.
_NUMBER = re.compile(
    rf"(?P<before>[{HAN}a-z]{{2}}|\d{{4}}-)?(?<![\d月])(?P<number>\d+|[一二三四五六七八九十]+)号(?P<after>[{HAN}])?"
)
_RANKED = re.compile(rf"第({NUMERAL})([{HAN}]{{2}})")
_NO_THING = re.compile(r"^[个位名次大高长多天年月日步点条款项批代任些部场]|^.[于的次大高]|[是在为和以]|季度")
_CODE = re.compile(r"(?<![a-z\d-])(?!(?:rmb|us|hk|nt|cny)-?\d)([a-z]{1,6})-?(\d+(?:\.\d+)?)(?![\d-]|[a-z]{2})")
_LABEL = re.compile(
    rf"\b(line|phase|route|bus|stage|room|building|flat|unit|section|chapter|grade|lane|class|level|version|article)"
    rf" ({ENGLISH_NUMERAL})\b"
)
_UNIT_OF_LABEL = {"line": "号线", "phase": "期", "stage": "期", "building": "号楼", "unit": "单元"}
_EDITION = re.compile(
    r"\b(\d+)(?:st|nd|rd|th)\b(?! (?:century|floor|street|avenue|place|of|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|anniversary|birthday))"
)
_COUNT = re.compile(
    rf"(?<![\d.第哪])({NUMERAL})(个|家|名|位|项|座|棵|户|条|所|间|台|辆|件|种|类|支|套|栋|幢|处|艘|架|张|场|口|眼|盏|起)"
    rf"(?!月|小时|百分|多|余|以)([{HAN}]{{2}})"
)
_FEW = 3  # fewer than this are often counted by the asker
Numbers = Mapping[str, Mapping[float, str]]


@lru_cache(maxsize=256)
def numbers_in(text: str) -> Numbers:
    """Return what bears a number in a folded text: for each thing its numbers, and each as printed."""
    found: dict[str, dict[float, str]] = defaultdict(dict)
    for match in _ORDER.finditer(text):
        _add(found, match["unit"], match["ranked"] or match["plain"], match.group())
    for match in _NUMBER.finditer(text):
        number, bearing = match["number"], f"{match['number']}号"
        _add(found, "号", number, bearing)
        if match["before"]:
            _add(found, f"{match['before']}…", number, match["before"] + bearing)
        if match["after"]:
            _add(found, f"…{match['after']}", number, bearing + match["after"])
    for match in _RANKED.finditer(text):
        if not _NO_THING.search(match[2]) and cutter().tag(match[2])[0][1][0] in "nb":
            _add(found, f"第{match[2]}", match[1], match.group())
    for match in _CODE.finditer(text):
        found[f"{match[1]}-"].setdefault(float(match[2]), match.group())
    for match in _LABEL.finditer(text):
        _add(found, match[1], match[2], match.group())
    return dict(found)


@lru_cache(maxsize=256)
def counts_in(text: str) -> Numbers:
    """Return the counts of a folded text by measure word and the two characters after it."""
    found: dict[str, dict[float, str]] = defaultdict(dict)
    for match in _COUNT.finditer(text):
        _add(found, match[2] + match[3], match[1], match.group())
    return dict(found)


def _add(found: dict[str, dict[float, str]], thing: str, numeral: str, printed: str) -> None:
    number = number_of(numeral)
    if number is not None:
        found[thing].setdefault(number, printed)


def differing_numbers(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield what a folded question numbers or counts otherwise than the article, each number once."""
    known, counted = numbers_in(compared.article), counts_in(compared.article)
    pairs: list[tuple[Mapping[float, str], Mapping[float, str]]] = []
    for thing, numbers in numbers_in(question).items():
        if thing == "号" or ("…" in thing and numbers.keys() <= known.get("号", {}).keys()):
            continue  # a bare 5号 may be a day; one that stands anywhere is not missing
        pairs.append((numbers, {**known.get(thing, {}), **known.get(_UNIT_OF_LABEL.get(thing, ""), {})}))
    pairs.append(({int(match[1]): match.group() for match in _EDITION.finditer(question)}, known.get("届", {})))
    for thing, numbers in counts_in(question).items():
        many = {number: printed for number, printed in numbers.items() if number >= _FEW}
        pairs.append((many, counted.get(thing, {})))
    told: set[float] = set()
    for asked, others in pairs:
        for number, printed in asked.items():
            if others and number not in others and number not in told:
                told.add(number)
                nearest = min(others, key=lambda other: (abs(other - number), other))
                yield Contradiction("number", printed, others[nearest])
