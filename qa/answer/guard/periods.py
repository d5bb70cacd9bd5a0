"""Find the stretches of time that a Chinese or English text names: years, 去年, months counted together, days, feasts.

Does not know when a text was written, and compares nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.answer.guard.numerals import ENGLISH_NUMERAL, NUMERAL, number_of

_MEASURES = "万|亿|余|多|元|个|名|人|户|家|件|棵|亩|公里|米|吨|套|台|次|平方"  # 2000户 is no year
_YEAR = re.compile(
    r"(?<![\d.])(?<!\d[,-])(?P<ahead>到|至|力争|计划|预计|争取|\bby )?(?P<year>1\d\d\d(?=年|\b)|20\d\d)"
    rf"(?![\d%s]|年代|[.,]\d|-\d\d?号|\s*(?:{_MEASURES}))"
)
_CHINESE_YEAR = re.compile("([一二][〇○零一二三四五六七八九]{3})年")
_YEAR_RANGE = re.compile(r"((?:19|20)\d\d)年?\s*(?:[-—–~～至到]|to|and)+\s*((?:19|20)\d\d)")
_LONGEST_RANGE = 60  # years
# What is only compared with tells nothing about that year itself: 比上年增长6.1%.
_STATED = r"(?<![比较同与和])(?<!比起)(?<!相比)(?<!over )(?<!than )(?<!from )(?<!with )(?<!to )(?<!on )"
_TOLD = {
    -2: re.compile(r"(?<![\d年几多])前年"),
    -1: re.compile(rf"{_STATED}(?:去年|上年(?!纪)|上一年|\b(?:last|previous) year\b)(?!同期|['’]s)"),
    0: re.compile(r"今年|本年|\bthis year\b"),
    1: re.compile(r"明年|来年|次年|翌年|下一年|\bnext year\b"),
    2: re.compile(r"(?<![然之])后年"),
}
_QUARTER = re.compile(
    rf"(?P<first>前)?第?(?P<chinese>[一二三四1-4首])个?季(?:度|(?=[全,]))"
    rf"|\b(?P<english>{ENGLISH_NUMERAL})[ -]quarter\b|\bq(?P<short>[1-4])\b"
)
_FIRST_MONTHS = re.compile(
    rf"(?:前|头)({NUMERAL})个?月|(?:截至|截止到?|到)({NUMERAL})月(?:份?底|末|30日|31日)"
    rf"|\bfirst ({ENGLISH_NUMERAL}) months\b"
)
_MONTHS = re.compile(rf"(?<!\d)({NUMERAL})月?份?\s*[-—–~～至到]\s*({NUMERAL})月(?!{NUMERAL})")
_HALF = re.compile(r"上半年|下半年|\b(?:first|second) half of (?:the year|this year|last year|\d{4})")
_ENGLISH_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NAME = "|".join(_ENGLISH_MONTHS)
_ENGLISH_RANGE = re.compile(rf"\b({_MONTH_NAME}) (?:to|through|until|-) ({_MONTH_NAME})\b")
_DAY = re.compile(
    rf"(?<!\d)(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]"
    rf"|\b(?P<before>{_MONTH_NAME}) (?P<day_after>\d\d?)(?:st|nd|rd|th)?\b"
    rf"|\b(?P<day_before>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<after>{_MONTH_NAME})\b"
)
_FEASTS = re.compile("元旦|春节|元宵|清明|五一|端午|中秋|国庆|重阳|寒假|暑假")
Months = tuple[int, int]
Day = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Periods:
    """The stretches of time that a folded text names; each maps to what is printed first.

    Attributes:
        years: Of our count; a range names all its years.
        ahead: Those of them that only plans speak of, as far as words such as 力争 tell.
        told: Years from the year of writing: -1 for 去年. Not what is only compared with.
        months: First and last month of a sum, both included: (1, 8) for 前8个月.
        days: Month and day.
        feasts: As printed.
    """

    years: dict[int, str]
    ahead: frozenset[int]
    told: dict[int, str]
    months: dict[Months, str]
    days: dict[Day, str]
    feasts: dict[str, str]


@lru_cache(maxsize=256)
def periods_in(text: str) -> Periods:
    """Return the stretches of time that a folded text names."""
    years, ahead = _years(text)
    told = {distance: match.group() for distance, form in _TOLD.items() if (match := form.search(text))}
    return Periods(years, ahead, told, _months(text), _days(text), {feast: feast for feast in _FEASTS.findall(text)})


def _years(text: str) -> tuple[dict[int, str], frozenset[int]]:
    years: dict[int, str] = {}
    stated: set[int] = set()
    for match in _YEAR.finditer(text):
        years.setdefault(int(match["year"]), match["year"])
        if not match["ahead"]:
            stated.add(int(match["year"]))
    for match in _CHINESE_YEAR.finditer(text):
        value = number_of(match[1])
        if value and 1800 < value < 2100:
            years.setdefault(value, match.group())
            stated.add(value)
    for match in _YEAR_RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first < last < first + _LONGEST_RANGE:
            years.update({year: years.get(year, str(year)) for year in range(first, last + 1)})
    return years, frozenset(years) - stated


def _months(text: str) -> dict[Months, str]:
    found: dict[Months, str] = {}

    def add(first: int | None, last: int | None, printed: str) -> None:
        if first and last and first < last <= 12:
            found.setdefault((first, last), printed)

    for match in _QUARTER.finditer(text):
        quarter = number_of(match["chinese"] or match["english"] or match["short"]) or 0
        add(1 if match["first"] else 3 * quarter - 2, 3 * quarter, match.group())
    for match in _FIRST_MONTHS.finditer(text):
        add(1, number_of(match[1] or match[2] or match[3]), match.group())
    for match in _MONTHS.finditer(text):
        add(number_of(match[1]), number_of(match[2]), match.group())
    for match in _ENGLISH_RANGE.finditer(text):
        add(_ENGLISH_MONTHS.index(match[1]) + 1, _ENGLISH_MONTHS.index(match[2]) + 1, match.group())
    for match in _HALF.finditer(text):
        add(*((1, 6) if match.group().startswith(("上", "first")) else (7, 12)), match.group())
    return found


def _days(text: str) -> dict[Day, str]:
    found: dict[Day, str] = {}
    for match in _DAY.finditer(text):
        name = match["before"] or match["after"]
        month = _ENGLISH_MONTHS.index(name) + 1 if name else number_of(match["month"])
        day = number_of(match["day"] or match["day_after"] or match["day_before"])
        if month and day and month <= 12 and day <= 31:
            found.setdefault((month, day), match.group())
    return found
