"""Filters: which documents a question is put to, as wished on the command line, over the API or in the chat.

Checks that a wish can be fulfilled at all, and words it. What fits it is found in `qa.retrieval.selection`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from qa.corpus.dates import Days, days_of
from qa.errors import FilterError
from qa.language import Language

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_NAMES = ("source", "publisher", "author", "since", "until", "collection")
_MOST = 100  # values of one kind
_LONGEST = 500  # characters of a value
_HOW = (
    'Send an object such as {"publisher": "…", "since": "2021-09"}; each of ' + ", ".join(_NAMES) + " may be left out."
)

Kind = Literal["source", "publisher", "author", "collection"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be searched. Without any value everything may; of several values of one kind, one must fit.

    Attributes:
        sources: Documents by id, by a pattern with `*` and `?`, or by a folder that ends in `/`.
        publishers: Parts of their names.
        authors: Parts of by-lines.
        since, until: First and last day of publication, `YYYY-MM-DD`; None leaves that end open.
        collections: Names of collections.
    """

    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    collections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def dated(self) -> bool:
        """Whether the day of publication matters."""
        return self.since is not None or self.until is not None

    def values(self) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
        """Return the values that are names, by kind."""
        return (
            ("source", self.sources),
            ("publisher", self.publishers),
            ("author", self.authors),
            ("collection", self.collections),
        )


EVERYTHING = Filters()


def make_filters(
    *,
    sources: Sequence[str] = (),
    publishers: Sequence[str] = (),
    authors: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    collections: Sequence[str] = (),
) -> Filters:
    """Return filters of what was typed; blank values count as not given.

    Args:
        sources: As `Filters`; so are publishers, authors and collections.
        publishers: See there.
        authors: See there.
        since: `YYYY-MM-DD`; `YYYY-MM` and `YYYY` begin with their first day.
        until: The same; they end with their last day.
        collections: See `Filters`.

    Raises:
        FilterError: A date is none, the dates are in the wrong order, or a value is too long or one of too many.
    """
    first, last = _day("since", since), _day("until", until)
    filters = Filters(
        sources=_names("source", sources),
        publishers=_names("publisher", publishers),
        authors=_names("author", authors),
        since=first[0].isoformat() if first else None,
        until=last[1].isoformat() if last else None,
        collections=_names("collection", collections),
    )
    if filters.since and filters.until and filters.since > filters.until:
        raise FilterError(f"since {filters.since} is after until {filters.until}.", "Exchange the two.")
    return filters


def read_filters(value: object) -> Filters:
    """Return filters of a JSON object with the names of the flags; a name may have one value or a list of them.

    Raises:
        FilterError: It is no such object, or `make_filters` refuses a value.
    """
    if value is None:
        return EVERYTHING
    if not isinstance(value, dict):
        raise FilterError("filters must be an object.", _HOW)
    unknown = next((name for name in value if name not in _NAMES), None)
    if unknown is not None:
        raise FilterError(f"There is no filter “{unknown}”.", _HOW)
    given = {name: _texts(name, value.get(name)) for name in _NAMES}
    for name in ("since", "until"):
        if len(given[name]) > 1:
            raise FilterError(f"The filter {name} is one date.", _HOW)
    return make_filters(
        sources=given["source"],
        publishers=given["publisher"],
        authors=given["author"],
        since=next(iter(given["since"]), None),
        until=next(iter(given["until"]), None),
        collections=given["collection"],
    )


_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "source": "文件 {}", "publisher": "来源 {}", "author": "作者 {}", "collection": "文集 {}",
        "since": "{} 起", "until": "{} 止", "or": "或", "and": "；",
    },
    "en": {
        "source": "source {}", "publisher": "publisher {}", "author": "author {}", "collection": "collection {}",
        "since": "from {}", "until": "until {}", "or": " or ", "and": "; ",
    },
}  # fmt: skip


def described(filters: Filters, *, language: Language) -> str:
    """Return the filters in words, such as `publisher 河阳日报; from 2021-09-01`; empty for none."""
    words = _WORDS[language]
    parts = [words[kind].format(words["or"].join(values)) for kind, values in filters.values() if values]
    parts += [words["since"].format(filters.since)] if filters.since else []
    parts += [words["until"].format(filters.until)] if filters.until else []
    return words["and"].join(parts)


def _names(name: str, values: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    if len(kept) > _MOST:
        raise FilterError(f"The filter {name} has {len(kept)} values; {_MOST} is the most.", "Use fewer.")
    long = next((value for value in kept if len(value) > _LONGEST), None)
    if long is not None:
        raise FilterError(
            f"A value of the filter {name} has {len(long)} characters; {_LONGEST} is the most.", "Give a part of it."
        )
    return kept


def _day(name: str, text: str | None) -> Days | None:
    if text is None or not text.strip():
        return None
    found = _DATE.fullmatch(text.strip())
    year, month, day = (int(number) if number else None for number in found.groups()) if found else (None, None, None)
    days = days_of((year, month, day))
    if days is None:
        shown = text.strip()[:40]
        raise FilterError(
            f"“{shown}” is not a date for {name}.", "Write YYYY-MM-DD, YYYY-MM or YYYY, such as 2021-09-03."
        )
    return days


def _texts(name: str, value: object) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(one, str) for one in values):
        raise FilterError(f"The filter {name} must be text or a list of texts.", _HOW)
    texts = cast(list[str], values)
    if any("\ud800" <= character <= "\udfff" for one in texts for character in one):
        raise FilterError(f"The filter {name} holds half of a character.", "Send Unicode text without lone surrogates.")
    return texts
