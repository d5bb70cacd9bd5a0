"""Tell whether a question names a stretch of time that an article cannot speak of.

2024年 and 今年 may be the same, and an article seldom says when it was written; where that is not known, only a year
before everything that it tells differs.
"""

import re
from collections.abc import Iterator

from qa.answer.guard.compared import Compared, Contradiction
from qa.answer.guard.periods import Day, Months, Periods, periods_in
from qa.answer.question import Asked, asked_for
from qa.corpus.characters import HAN
from qa.retrieval.tokens import pairs

# Days and sums that are told without their figures.
_UNDATED_DAY = re.compile(
    r"昨[日天晚]|今[日天]|前[日天]|近日|日前|\b(?:yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_UNDATED_SUM = re.compile("今年以来|年初以来|截至目前|截至当前|目前|so far this year|to date")
_DAYS = re.compile(r"(\d{1,2})月(\d{1,2})日?\s*[-—–~～至到]\s*(?:(\d{1,2})月)?(\d{1,2})日")
# The same feasts by other names; 五一 holds 5月1日.
_FEASTS_ALIKE = {
    "元旦": "1月1日|新年", "春节": "新春|大年|农历新年|除夕|过年", "元宵": "正月十五", "清明": "扫墓|祭扫",
    "五一": "劳动节|5月1日|五·一", "端午": "五月初五", "中秋": "八月十五", "国庆": "10月1日|十一",
    "重阳": "九月初九|老年节|敬老", "寒假": "假期", "暑假": "假期|暑期",
}  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[。;!?\n])")
# What asks, or tells the time, is no content that a clause could share.
_NO_CONTENT = re.compile(
    r"[今去前明上本]年|第?[一二三四]季度|[上下]半年|\d+年|\d+月\d*日?|多少|几|什么|哪[个些一]?|谁|如何|怎[么样]+|为[什何]么?"
    "|[是的了在吗呢]"
)
_FEWEST_PAIRS, _MOST_WORDS = 3, 0.5  # of the question: pairs of characters, and the share that its clause must have


def differing_times(question: str, compared: Compared, *, written: int | None) -> Iterator[Contradiction]:
    """Yield the stretches of time that a folded question names and that the article cannot speak of.

    Args:
        question: Folded.
        compared: What it is held against.
        written: Year in which the article was written, or None.
    """
    asked, near, known = periods_in(question), periods_in(compared.passage), periods_in(compared.article)
    yield from _differing_years(asked, near, known, compared.article, written)
    yield from _differing_told(asked, near, known)
    yield from _told_otherwise(asked, question, compared.passage)
    yield from _differing_months(asked, near, known, question, compared.article)
    yield from _differing_days(asked, near, known, compared.article)
    if asked.feasts and known.feasts and not any(_has_feast(feast, compared.article) for feast in asked.feasts):
        yield Contradiction("year", next(iter(asked.feasts)), next(iter(near.feasts or known.feasts)))


def _differing_years(
    asked: Periods, near: Periods, known: Periods, article: str, written: int | None
) -> Iterator[Contradiction]:
    """Yield the first year that an article with years neither names nor means; the nearest of its own is told."""
    for year, printed in asked.years.items():
        if known.years and not (year in known.years or str(year) in article or _may_mean(year, known, written)):
            others = near.years or known.years
            yield Contradiction("year", printed, others[min(others, key=lambda other: (abs(other - year), other))])
            return


def _may_mean(year: int, known: Periods, written: int | None) -> bool:
    """Return whether an article may speak of a year without naming it: as 今年, or by a day."""
    if written:
        return year in {written, *(written + distance for distance in known.told)}
    stated = known.years.keys() - known.ahead
    if not stated:
        return True
    latest = max(stated)  # the article was written in this year or later
    if known.told or known.days:
        return year >= latest + min((0, *known.told))
    return year == latest + 1


def _differing_told(asked: Periods, near: Periods, known: Periods) -> Iterator[Contradiction]:
    """Yield 去年 where an article without years knows only 今年; what is told without a year is 今年 too."""
    if known.years or 0 in asked.told:
        return
    for distance, printed in asked.told.items():
        if known.told and distance not in known.told:
            yield Contradiction("year", printed, next(iter((near.told or known.told).values())))


def _told_otherwise(asked: Periods, question: str, passage: str) -> Iterator[Contradiction]:
    """Yield 今年 where the clause that has most of the question's words says 去年: `去年接待读者174.5万人次`."""
    wanted = _pairs(_NO_CONTENT.sub(" ", question))
    if not asked.told or len(wanted) < _FEWEST_PAIRS:
        return
    shares = [
        (len(wanted & _pairs(clause)) / len(wanted), clause, sentence)
        for sentence in _SENTENCE_END.split(passage)
        for clause in re.split("[,:]", sentence)
    ]
    share, clause, sentence = max(shares, key=lambda found: found[0])
    told = periods_in(clause).told
    if share >= _MOST_WORDS and told and not asked.told.keys() & periods_in(sentence).told.keys():
        yield Contradiction("year", next(iter(asked.told.values())), next(iter(told.values())))


def _pairs(text: str) -> set[str]:
    return {pair for run in re.findall(f"[{HAN}]+", text) for pair in pairs(run)}


def _differing_months(
    asked: Periods, near: Periods, known: Periods, question: str, article: str
) -> Iterator[Contradiction]:
    """Yield 二季度 where the article has only 一季度; a figure is for one of 二季度 and 上半年, an event in both."""
    if not asked.months or asked.months.keys() & known.months.keys():
        return
    (months, printed), *_ = asked.months.items()
    if months[0] == 1 and _UNDATED_SUM.search(article):
        return
    any_form = asked_for(question) is Asked.NUMBER
    for others in (near.months, known.months):
        instead = [text for other, text in others.items() if any_form or _form(other) == _form(months)]
        if instead:
            yield Contradiction("year", printed, instead[0])
            return


def _form(months: Months) -> str:
    first, last = months
    if last - first == 2 and first % 3 == 1:
        return "quarter"
    if last - first == 5 and first in (1, 7):
        return "half"
    return "from January" if first == 1 else "other"


def _differing_days(asked: Periods, near: Periods, known: Periods, article: str) -> Iterator[Contradiction]:
    for day, printed in asked.days.items():
        if near.days and day not in known.days and not _UNDATED_DAY.search(article) and not _has_day(day, article):
            yield Contradiction("year", printed, next(iter(near.days.values())))
            return


def _has_day(day: Day, text: str) -> bool:
    """Return whether a text may name a day in another way: 15日, 03-15, 15th, or within 3月10日至20日."""
    month, number = day
    if re.search(rf"(?<!\d){number}[日号]|(?<!\d)0?{month}[-./]0?{number}(?!\d)|\b{number}(?:st|nd|rd|th)\b", text):
        return True
    for match in _DAYS.finditer(text):
        first, last = (int(match[1]), int(match[2])), (int(match[3] or match[1]), int(match[4]))
        if first <= day <= last:
            return True
    return False


def _has_feast(feast: str, text: str) -> bool:
    return re.search(f"{feast}|{_FEASTS_ALIKE[feast]}", text) is not None
