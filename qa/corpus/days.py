"""The days that an article's text names: dates, and 今年, 昨日, 本月底 reckoned from the article's own date.

What comes out is metadata for filters; the text stays as it is printed. What is as vague as 近日, or counts from
something else than the day of printing (当日, 同月), is not read. Without the article's date nothing is but what names
its year.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qa.corpus import align
from qa.corpus.dates import DATE, HAN_NUMBER, HAN_YEAR, MONTH_NAME, Days, date_parts, days_of, number
from qa.types import Article, BlockKind, DateRange, Document

_YEAR = (
    rf"(?:(?P<year>(?<![\d.])(?:1[89]|20)\d\d|{HAN_YEAR}) ?年|(?P<near>(?<!过)去年|今年|本年|明年))(?![代龄级报]|度假)"
)
_PART = (
    r"(?:(?<!\d)(?P<month>\d{1,2}) ?月份?|(?P<moon>本|(?<![以及马])[上下])个?月份?(?![报刊台球老季]))"
    r"(?: ?(?P<day>\d{1,2}) ?[日号]|(?P<third>[上中下])旬|(?P<edge>[初底末])(?![步中级次审期部层]))?"
    rf"|(?P<han_month>{HAN_NUMBER})月(?P<han_day>{HAN_NUMBER})[日号]"
    r"|(?P<half>[上下])半年|前(?P<quarters>[一二两三123])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?<![每历各年\d])年(?P<year_edge>[初底末])(?![步中级次审期部层])"
    r"|(?<![每各个\d一二三四五六七八九十])月(?P<month_edge>[初底末])(?![步中级次审期部层])"
)
_CHINESE = re.compile(
    f"(?=[\\d一二三四五六七八九十去今明本上下前第昨年月])(?:{_YEAR}|{_PART}|(?P<away>[昨今明][日天])(?![报们使]))"
)
_AFTER_YEAR = re.compile(f" ?(?:{_PART}|年?(?P<bare_edge>[初底末])(?![步中级次审期部层]))")
_ROUND = re.compile("前|多|历史|左右")
"""Behind a round year: 2000年前 and 1500年历史 count years."""

_NUMERIC = re.compile(r"(?<![\d.-])(?:1[89]|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?![\d.-])")
_ENGLISH = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?\b{MONTH_NAME}(?![A-Za-z])(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?"
    rf"(?:,? \d{{4}}\b)?|\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>year|month)\b"
    r"|\b(?P<day>[Yy]esterday|[Tt]oday|[Tt]omorrow)\b"
)

_AWAY = {
    "去": -1, "今": 0, "本": 0, "明": 1, "上": -1, "下": 1, "昨": -1,
    "last": -1, "this": 0, "next": 1, "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_MONTHS_OF_HALF = {"上": (1, 6), "下": (7, 12)}
_DAYS_OF_MONTH = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_MONTH_OF_EDGE = {"初": 1, "底": 12, "末": 12}
_DIGITS = re.compile(r"\d{4}[-/.]\d")
_LETTERS = re.compile("[A-Za-z]{3}")
_DATE_START = re.compile(r"[\d民一二JFMASOND](?<!\d.)")
"""First characters of full dates; to look at these alone is ten times as fast as to try every place of a page."""

_APART = 31
"""Days: so near to a full date on its page, a date without a year is of the same year."""


def with_days(document: Document, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles with the days that they name; a date that lacks its year gets it from the page."""
    lacking = any(article.date and not article.date_iso for article in articles)
    printed = _full_dates(document.text) if lacking else {}
    return tuple(_with_days(article, printed) for article in articles)


def _with_days(article: Article, printed: Mapping[int, Sequence[datetime.date]]) -> Article:
    iso = article.date_iso or (_completed(article.date, printed) if article.date else None)
    written = datetime.date.fromisoformat(iso) if iso else None
    return replace(article, date_iso=iso, days=tuple(_of_article(article, written)))


def published(article: Article) -> Days | None:
    """Return the first and last day on which an article can have been published, as filters take it; None if unknown.

    That is its date, or the month or year where no more is printed. An article that prints none of them counts by the
    full dates in its text where they are all of one year: from the first to the last of them.
    """
    if article.date_iso:
        day = datetime.date.fromisoformat(article.date_iso)
        return day, day
    printed = days_of(date_parts(article.date)) if article.date else None
    if printed:
        return printed
    named = [datetime.date.fromisoformat(one.start) for one in article.days if one.start == one.end]
    return (min(named), max(named)) if len({day.year for day in named}) == 1 else None


def named_days(text: str, written: datetime.date | None) -> list[tuple[int, int, Days]]:
    """Return (start, end, days) of what a text names, in order.

    Args:
        text: Repaired.
        written: When it was printed, where that is known.
    """
    found = [*_chinese(text, written)]
    if _DIGITS.search(text):
        found += [(*one.span(), days) for one in _NUMERIC.finditer(text) if (days := days_of(date_parts(one[0])))]
    if _LETTERS.search(text):
        found += _english(text, written)
    return sorted(found)


def _chinese(text: str, written: datetime.date | None) -> Iterator[tuple[int, int, Days]]:
    done = 0
    for found in _CHINESE.finditer(text):
        if found.start() < done:
            continue
        end, days = found.end(), None
        if found["away"]:
            days = _days_away(found["away"][0], written)
        elif found["year"] or found["near"]:
            year = number(found["year"]) if found["year"] else _year_away(found["near"][0], written)
            part = _AFTER_YEAR.match(text, end)
            if part is not None:
                end = part.end()
                days = _part(part, year, written)
            elif not (found["year"] and found["year"].endswith("00") and _ROUND.match(text, end)):
                days = days_of((year, None, None))
        else:
            days = _part(found, None, written)
        done = end
        if days is not None:
            yield found.start(), end, days


def _part(found: re.Match[str], year: int | None, written: datetime.date | None) -> Days | None:
    """Return the days of a part of a year, of the article's own year where none is named."""
    known = found.groupdict()
    if known["moon"] or known["month_edge"]:
        return None if year else _days_in(known, _month_away(known["moon"] or "本", written))
    if known["month"] or known["han_month"]:
        month = number(known["month"] or known["han_month"])
        return _days_in(known, (year or _year_of(month, written), month))
    year = year or (written.year if written else None)
    edge = known["year_edge"] or known.get("bare_edge")
    if edge:
        return days_of((year, _MONTH_OF_EDGE[edge], None))
    if known["half"]:
        return _months(year, *_MONTHS_OF_HALF[known["half"]])
    if known["quarters"]:
        return _months(year, 1, 3 * number(known["quarters"].replace("两", "二")))
    last = 3 * number(known["quarter"])
    return _months(year, last - 2, last)


def _days_in(known: dict[str, str | None], month: tuple[int | None, int]) -> Days | None:
    """Return a month, a day of it, or a part of it."""
    day, part = known["day"] or known["han_day"], known["third"] or known["edge"] or known["month_edge"]
    whole = days_of((*month, number(day) if day else None))
    if part is None or whole is None:
        return whole
    first, last = _DAYS_OF_MONTH[part]
    return whole[0].replace(day=first), whole[1].replace(day=min(last, whole[1].day))


def _english(text: str, written: datetime.date | None) -> Iterator[tuple[int, int, Days]]:
    for found in _ENGLISH.finditer(text):
        if found["day"]:
            days = _days_away(found["day"].lower(), written)
        elif found["unit"] == "year":
            days = days_of((_year_away(found["which"].lower(), written), None, None))
        elif found["unit"]:
            days = days_of((*_month_away(found["which"].lower(), written), None))
        else:
            year, month, day = date_parts(found[0])
            assert month is not None
            if year is None and day is None:
                continue  # May and March alone are words
            days = days_of((year or _year_of(month, written), month, day))
        if days is not None:
            yield *found.span(), days


def _months(year: int | None, first: int, last: int) -> Days | None:
    start, end = days_of((year, first, None)), days_of((year, last, None))
    return (start[0], end[1]) if start and end else None


def _days_away(word: str, written: datetime.date | None) -> Days | None:
    if written is None or not datetime.date.min < written < datetime.date.max:
        return None
    day = written + datetime.timedelta(days=_AWAY[word])
    return day, day


def _year_away(word: str, written: datetime.date | None) -> int | None:
    return written.year + _AWAY[word] if written else None


def _month_away(word: str, written: datetime.date | None) -> tuple[int | None, int]:
    if written is None:
        return None, 1
    years, month = divmod(written.month - 1 + _AWAY[word], 12)
    return written.year + years, month + 1


def _year_of(month: int, written: datetime.date | None) -> int | None:
    """Return the year of a month that is named without one: the article's, in January of December the one before."""
    if written is None:
        return None
    return written.year - (written.month <= 2 and month >= 11)


def _of_article(article: Article, written: datetime.date | None) -> Iterator[DateRange]:
    for block in article.blocks:
        if block.kind is BlockKind.BYLINE:
            continue
        for start, end, (first, last) in named_days(block.content.text, written):
            yield DateRange(first.isoformat(), last.isoformat(), align.raw_span(block.content, start, end))


def _full_dates(page: str) -> dict[int, list[datetime.date]]:
    """Return the dates that are printed in full on a page, by year, in order."""
    found = set()
    done = 0
    for start in _DATE_START.finditer(page):
        one = DATE.match(page, start.start()) if start.start() >= done else None
        if one is None:
            continue
        done = one.end()
        parts = date_parts(one[0])
        if parts[2] and (days := days_of(parts)):
            found.add(days[0])
    by_year: dict[int, list[datetime.date]] = {}
    for day in sorted(found):
        by_year.setdefault(day.year, []).append(day)
    return by_year


def _completed(date: str, printed: Mapping[int, Sequence[datetime.date]]) -> str | None:
    """Return the ISO form of a day without a year, where full dates are printed near it, all of them in one year."""
    year, month, day = date_parts(date)
    if year is not None or month is None or day is None:
        return None
    near = set()
    for other_year, others in printed.items():
        own = days_of((other_year, month, day))
        if own is None:
            continue
        at = bisect_left(others, own[0])
        if any(abs((own[0] - other).days) <= _APART for other in others[max(0, at - 1) : at + 1]):
            near.add(own[0])
    return near.pop().isoformat() if len(near) == 1 else None
