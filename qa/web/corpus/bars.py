"""Bars and columns made of lists: each is a link with its figure in words, so that they need no picture to be read."""

from collections.abc import Callable, Sequence

from qa.escape import escape_html
from qa.overview.figures import Tallies, Tally
from qa.overview.timeline import Period, Step, Timeline
from qa.web.chat.addressed import narrowing
from qa.web.corpus.pieces import card, name_html, number
from qa.web.words import Language, word

FIRST = 8  # names that are shown at once
MOST = 100  # and after a wish for more


def bars_html(
    key: str,
    tallies: Tallies,
    language: Language,
    *,
    of: str,
    filters: str = "",
    label: Callable[[str], str] | None = None,
) -> str:
    """Return a card of names with bars, or nothing where there are no names.

    Args:
        key: Of its words.
        tallies: Names with their counts.
        language: To write in.
        of: What is counted: `articles` or `documents`.
        filters: Name of the filter that a bar sets in the chat; without, bars are no links.
        label: Words for names of ours; without, names are from outside.
    """
    if not tallies.names:
        return ""
    most = tallies.names[0].count

    def rows(some: Sequence[Tally]) -> str:
        return "".join(_bar(one, most, language, of=of, filters=filters, label=label) for one in some)

    first, more = tallies.names[:FIRST], tallies.names[FIRST:MOST]
    content = f'<ul class="wj-bars">{rows(first)}</ul>'
    if more:
        rest = len(tallies.names) - MOST
        unlisted = (
            f'<p class="wj-faint">{word("more_names_rest", language, count=number(rest))}</p>' if rest > 0 else ""
        )
        summary = word("more_names", language, count=number(len(more)))
        content += f'<details><summary>{summary}</summary><ul class="wj-bars">{rows(more)}</ul>{unlisted}</details>'
    aside = word(f"without_{of}", language, count=number(tallies.without)) if tallies.without else ""
    return card(key, language, content, kind="wj-names", aside=aside)


def _bar(
    one: Tally, most: int, language: Language, *, of: str, filters: str, label: Callable[[str], str] | None
) -> str:
    name = label(one.name) if label else name_html(one.name)
    said = word(f"bar_{of}", language, name=name, count=number(one.count))
    inside = (
        f'<span class="wj-hidden">{said}</span><span class="wj-bar-name" aria-hidden="true">{name}</span>'
        f'<span class="wj-length" aria-hidden="true"><i style="width:{100 * one.count / most:.1f}%"></i></span>'
        f'<span class="wj-bar-count" aria-hidden="true">{number(one.count)}</span>'
    )
    if not filters:
        return f"<li><div>{inside}</div></li>"
    return f'<li><a href="{escape_html(narrowing(**{filters: one.name}))}">{inside}</a></li>'


def timeline_html(timeline: Timeline, language: Language) -> str:
    """Return the card of articles over time."""
    notes = [
        word(f"time_{name}", language, count=number(count))
        for name, count in (("undated", timeline.undated), ("vague", timeline.vague))
        if count
    ]
    note = f'<p class="wj-faint">{" ".join(notes)}</p>' if notes else ""
    if not timeline.periods:
        none = f'<p class="wj-faint">{word("time_none", language)}</p>'
        return card("time", language, none + (note if timeline.vague else ""), kind="wj-time")
    most = max(period.articles for period in timeline.periods)
    columns = "".join(_column(period, timeline, place, most, language) for place, period in enumerate(timeline.periods))
    lead = f'<p class="wj-faint">{word("time_lead", language)}</p>'
    aside = word(f"step_{timeline.step}", language)
    return card("time", language, f'{lead}<ol class="wj-columns">{columns}</ol>{note}', kind="wj-time", aside=aside)


def _column(period: Period, timeline: Timeline, place: int, most: int, language: Language) -> str:
    name = _named(period, timeline.step)
    said = word("period", language, period=name, count=number(period.articles))
    tick = f'<span class="wj-tick" aria-hidden="true">{_tick(timeline, place)}</span>'
    if not period.articles:
        return f'<li class="wj-nothing" title="{said}">{tick}</li>'
    address = escape_html(narrowing(since=period.since, until=period.until))
    count = f'<span class="wj-column-count" aria-hidden="true">{number(period.articles)}</span>'
    return (
        f'<li><a href="{address}" title="{said}" aria-label="{said}">{count}'
        f'<i style="height:{100 * period.articles / most:.1f}%"></i></a>{tick}</li>'
    )


def _named(period: Period, step: Step) -> str:
    if step == "day":
        return period.since
    if step == "month":
        return period.since[:7]
    return period.since[:4] if step == "year" else f"{period.since[:4]}–{period.until[:4]}"


def _tick(timeline: Timeline, place: int) -> str:
    """Return what stands below a column: enough to find one's way, seldom enough to be read."""
    period, count = timeline.periods[place], len(timeline.periods)
    if timeline.step == "day":
        return period.since[5:].replace("-", "/") if place % max(1, count // 5) == 0 else ""
    if timeline.step == "month":
        if place == 0 or period.since[5:7] == "01":
            return period.since[:4] if count > 6 or place else period.since[:7].replace("-", "/")
        return period.since[5:7].lstrip("0") if count <= 6 else ""
    return period.since[:4] if place % max(1, -(-count // 8)) == 0 else ""
