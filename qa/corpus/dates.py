"""Printed dates: how they look, and which day, month or year they name.

Reads one date at a time. Which lines are metadata is told in `qa.corpus.metadata`, what words such as 去年 mean in
`qa.corpus.days`.
"""

import calendar
import datetime
import re
import unicodedata

_MONTHS = "January February March April May June July August September October November December".split()
MONTH_NAME = (
    "(?:"
    + "|".join(f"{month}|{month[:3]}\\.?" + ("|Sept\\.?" if month == "September" else "") for month in _MONTHS)
    + ")"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
HAN_YEAR = "[一二][〇○零一二三四五六七八九]{3}"
HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_CLOCK = r"(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"

DATE = re.compile(
    rf"(?<!\d)(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_CLOCK}(?!\d)"
    r"|(?:(?:民国|民國) ?\d{2,3} ?|\d{4} ?)年 ?\d{1,2} ?月(?: ?\d{1,2} ?[日号號])?"
    rf"|{HAN_YEAR}年{HAN_NUMBER}月(?:{HAN_NUMBER}[日号號])?"
    rf"|{MONTH_NAME} {_ORDINAL},? \d{{4}}|{_ORDINAL}(?: of)? {MONTH_NAME},? \d{{4}})"
)
"""A date that names its year, as it may stand alone on a line."""

_NUMERIC = re.compile(r"(?<!\d)(\d{4}) ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{1,2}))?(?![\d%])")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_CHINESE = re.compile(
    rf"(?:(?:民国 ?(?P<republic>\d{{1,3}}|{HAN_NUMBER}|元)|(?P<year>(?<!\d)\d{{4}}|{HAN_YEAR})) ?年)?"
    rf"(?: ?(?P<month>\d{{1,2}}|{HAN_NUMBER}) ?月份?(?: ?(?P<day>\d{{1,2}}|{HAN_NUMBER}) ?[日号])?)?"
)
_ENGLISH = re.compile(
    rf"(?:\b(?P<before>{_ORDINAL})(?: of)? )?\b(?P<month>{MONTH_NAME})(?![a-z])"
    rf"(?: (?P<after>{_ORDINAL})(?!\d))?(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_DIGITS = {"〇": 0, "○": 0, "零": 0, "元": 1} | {
    sign: value for value, sign in enumerate("一二三四五六七八九", start=1)
}
_BEFORE_THE_REPUBLIC = 1911

Parts = tuple[int | None, int | None, int | None]
"""Year, month and day, as far as they are printed."""

Days = tuple[datetime.date, datetime.date]
"""First and last day."""


def date_parts(printed: str) -> Parts:
    """Return the year, month and day that a printed date names; None for each that it does not.

    Chinese with either kind of numerals, also counted from the Republic (民国110年 is 2021), numbers from the year to
    the day with `-`, `/` or `.` between, and English in both orders. 03/09/2021 can be two days and is not read.
    """
    text = unicodedata.normalize("NFKC", printed).replace("國", "国").replace("號", "号").strip()
    compact = _COMPACT.fullmatch(text)
    if compact:
        return int(compact[1]), int(compact[2]), int(compact[3])
    numeric = _NUMERIC.search(text)
    if numeric:
        return int(numeric[1]), int(numeric[2]), int(numeric[3]) if numeric[3] else None
    for found in _CHINESE.finditer(text):
        if found[0]:
            year = number(found["republic"]) + _BEFORE_THE_REPUBLIC if found["republic"] else _number(found["year"])
            return year, _number(found["month"]), _number(found["day"])
    named = _ENGLISH.search(text)
    if named is None:
        return None, None, None
    day = named["before"] or named["after"]
    return _number(named["year"]), month_number(named["month"]), int(re.sub(r"\D", "", day)) if day else None


def days_of(parts: Parts) -> Days | None:
    """Return the first and last day of a date, a month or a year; None without a year, or for an impossible date."""
    year, month, day = parts
    if year is None or not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    if not 1 <= day <= last:
        return None
    return datetime.date(year, month, day), datetime.date(year, month, day)


def iso_date(printed: str | None) -> str | None:
    """Return `YYYY-MM-DD` of a printed date when it is complete and possible, else None."""
    parts = date_parts(printed) if printed else (None, None, None)
    days = days_of(parts)
    return days[0].isoformat() if days and parts[2] is not None else None


def number(text: str) -> int:
    """Return the value of Arabic or Chinese numerals: `12`, `十二`, `二〇二一`; 元 is 1.

    Raises:
        ValueError: It is neither.
    """
    if text.isdecimal():
        return int(text)
    if any(sign not in _DIGITS and sign != "十" for sign in text) or not text:
        raise ValueError(f"{text!r} is no number")
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return (number(tens) if tens else 1) * 10 + (number(ones) if ones else 0)


def month_number(name: str) -> int:
    """Return the number of a month from its English name or the first three letters of it."""
    return next(place for place, month in enumerate(_MONTHS, start=1) if month[:3].lower() == name[:3].lower())


def _number(text: str | None) -> int | None:
    return number(text) if text else None
