"""How many articles were published when: by days, months, years or longer, as the time that they span asks for.

Counts days of publication only; which day an article has is told by `qa.corpus.days`.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from qa.corpus.dates import Days

Step = Literal["day", "month", "year", "decade", "century"]

MOST_PERIODS = 40  # columns that can be told apart on a phone; a longer time is counted in longer steps

_STEPS: tuple[Step, ...] = get_args(Step)
_YEARS: dict[Step, int] = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time.

    Attributes:
        since, until: Its first and last day, as a filter takes them: `YYYY-MM-DD`.
        articles: Published in it.
    """

    since: str
    until: str
    articles: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles over time.

    Attributes:
        step: Length of the periods.
        periods: From the first with an article to the last, those without in between as well.
        vague: Articles of which only a time is known that is longer than a period.
        undated: Articles without any date.
    """

    step: Step
    periods: tuple[Period, ...]
    vague: int
    undated: int


def timeline_of(published: Iterable[Days | None]) -> Timeline:
    """Return the timeline of articles by their first and last possible day of publication, None where unknown."""
    known = list(published)
    dated = [days for days in known if days is not None]
    undated = len(known) - len(dated)
    if not dated:
        return Timeline("year", (), 0, undated)
    step = _step(dated)
    counts = Counter(_number(first, step) for first, last in dated if _number(first, step) == _number(last, step))
    vague = len(dated) - counts.total()
    if not counts:
        return Timeline(step, (), vague, undated)
    numbers = range(min(counts), max(counts) + 1)
    return Timeline(step, tuple(_period(one, step, counts[one]) for one in numbers), vague, undated)


def _step(dated: list[Days]) -> Step:
    """Return the shortest step that leaves no more than `MOST_PERIODS`; days only for what fits into a month of them.

    Where half of the articles or more would fall between the periods, the next longer step is taken.
    """
    for step in _STEPS:
        exact = [first for first, last in dated if _number(first, step) == _number(last, step)]
        if not exact or 2 * len(exact) < len(dated):
            continue
        spanned = _number(max(exact), step) - _number(min(exact), step) + 1
        if spanned <= MOST_PERIODS and (step != "day" or spanned > 2):
            return step
    return "century"


def _number(day: date, step: Step) -> int:
    """Return the number of the period that a day is in; the next period has the next number."""
    if step == "day":
        return day.toordinal()
    if step == "month":
        return day.year * 12 + day.month - 1
    return day.year // _YEARS[step]


def _period(number: int, step: Step, articles: int) -> Period:
    if step == "day":
        first = last = date.fromordinal(number)
    elif step == "month":
        year, month = number // 12, number % 12 + 1
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    else:
        years = _YEARS[step]
        first, last = date(max(1, number * years), 1, 1), date(min(9999, number * years + years - 1), 12, 31)
    return Period(first.isoformat(), last.isoformat(), articles)
