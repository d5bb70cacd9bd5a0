"""Selection: the passages that filters leave to be searched. Matches names and days; ranks nothing, words no filter.

A name fits as people type it: any part of a publisher or by-line will do; width, case, blanks and Traditional forms do
not matter. One that fits nothing in the whole store is a mistake, and the nearest ones are named.
"""

import difflib
import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate

from qa.corpus.days import published
from qa.corpus.names import is_name
from qa.errors import FilterError
from qa.filters import Filters, Kind
from qa.retrieval.tokens import fold
from qa.store.rows import Contents
from qa.types import Article

_KEPT = 16  # selections, for the same filters are asked with again
_NAMED = 5  # values that a mistake names
_ROLES = re.compile(
    r"[\s、,，;；:：/|｜()（）\[\]【】]+|(?:本报|本刊|本网|本台|新华社|全媒体|融媒体|首席|见习|实习|特约)*"
    r"(?:记者|通讯员|摄影|评论员|编辑|策划|统筹|作者|文字|撰稿|供稿|图片|报道)"
)
_LATIN_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*)+")
_ONE_OF = {
    "source": "No document is called “{}”",
    "publisher": "No article has a publisher like “{}”",
    "author": "No by-line holds “{}”",
    "collection": "There is no collection “{}”",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What filters leave.

    Attributes:
        filters: By which.
        numbers: Of passages.
        articles: How many they are of.
        undated: Articles that everything but the days would let in, and that print no date to go by.
        first, last: Day on which the earliest article is published that everything but the days would let in, and the
            latest, `YYYY-MM-DD`; None where none has a date.
    """

    filters: Filters
    numbers: frozenset[int]
    articles: int = 0
    undated: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class FilterValues:
    """What can be chosen from, each commonest first; ties, and all documents, in the order of the alphabet."""

    publishers: tuple[str, ...]
    authors: tuple[str, ...]
    collections: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Selector:
    """What the articles of one generation of the store can be chosen by. Safe to share between threads."""

    def __init__(self, contents: Contents) -> None:
        self._articles = contents.articles
        self._numbers: dict[str, list[int]] = {}
        for stored in contents.passages:
            self._numbers.setdefault(stored.passage.article_id, []).append(stored.number)
        self._by: dict[Kind, dict[str, list[str]]] = {
            "source": self._grouped(lambda article: article.document_id),
            "publisher": self._grouped(lambda article: article.publisher),
            "author": self._grouped(lambda article: article.byline),
            "collection": self._grouped(lambda article: contents.collections.get(article.document_id)),
        }
        self._days = {name: published(contents.articles[name]) for name in self._numbers}
        self._selections: OrderedDict[Filters, Selection] = OrderedDict()

    def select(self, filters: Filters) -> Selection:
        """Return what these filters leave, which may be nothing.

        Raises:
            FilterError: A name in them fits nothing in the whole store.
        """
        known = self._selections.get(filters)
        if known is None:
            known = self._selections[filters] = self._select(filters)
            while len(self._selections) > _KEPT:
                self._selections.popitem(last=False)
        return known

    def values(self) -> FilterValues:
        """Return what can be chosen from."""
        authors = Counter(
            name for byline, articles in self._by["author"].items() for name in names_in(byline) for _ in articles
        )
        return FilterValues(
            self._commonest("publisher"),
            _ordered(authors),
            self._commonest("collection"),
            tuple(sorted(self._by["source"])),
        )

    def _select(self, filters: Filters) -> Selection:
        fitting = set(self._numbers)
        for kind, values in filters.values():
            if values:
                fitting &= {name for value in values for name in self._fitting(kind, value)}
        days = {name: self._days[name] for name in sorted(fitting)}
        dated = {name: (one[0].isoformat(), one[1].isoformat()) for name, one in days.items() if one is not None}
        left = fitting
        if filters.dated:
            since, until = filters.since or "", filters.until or "9999-12-31"
            left = {name for name, (first, last) in dated.items() if first <= until and last >= since}
        return Selection(
            filters,
            frozenset(number for name in left for number in self._numbers[name]),
            articles=len(left),
            undated=len(fitting) - len(dated) if filters.dated else 0,
            first=min((first for first, _ in dated.values()), default=None),
            last=max((last for _, last in dated.values()), default=None),
        )

    def _fitting(self, kind: Kind, value: str) -> list[str]:
        """Return the articles that one value lets in."""
        fits = _matcher(kind, value)
        found = [name for known, articles in self._by[kind].items() if fits(known) for name in articles]
        if not found:
            raise FilterError(f"{_ONE_OF[kind].format(value)}.", self._remedy(kind, value))
        return found

    def _remedy(self, kind: Kind, value: str) -> str:
        known = self._known(kind)
        if not known:
            return "No document has any; leave the filter out."
        folded = {_folded(one): one for one in reversed(known)}
        near = difflib.get_close_matches(_folded(value), list(folded), n=_NAMED, cutoff=0.5)
        if near:
            return f"Nearest: {', '.join(folded[one] for one in near)}."
        more = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
        return f"Known: {', '.join(known[:_NAMED])}{more}."

    def _known(self, kind: Kind) -> tuple[str, ...]:
        return self.values().authors if kind == "author" else self._commonest(kind)

    def _commonest(self, kind: Kind) -> tuple[str, ...]:
        return _ordered({value: len(articles) for value, articles in self._by[kind].items()})

    def _grouped(self, value_of: Callable[[Article], str | None]) -> dict[str, list[str]]:
        """Return the ids of the articles that have passages, by a value that they have."""
        grouped: dict[str, list[str]] = {}
        for name in self._numbers:
            value = value_of(self._articles[name])
            if value:
                grouped.setdefault(value, []).append(name)
        return grouped


def names_in(byline: str) -> tuple[str, ...]:
    """Return the names of people in a by-line, each once, without what they do; none where none can be told."""
    latin = _LATIN_NAME.findall(byline)
    return tuple(dict.fromkeys([*(piece for piece in _ROLES.split(byline) if is_name(piece)), *latin]))


def _matcher(kind: Kind, value: str) -> Callable[[str], bool]:
    if kind == "source":
        return _source_matcher(value)
    wanted = _folded(value)
    if kind == "collection":
        return lambda known: _folded(known) == wanted
    return lambda known: wanted in _folded(known)


def _source_matcher(value: str) -> Callable[[str], bool]:
    """Return a test of document ids: the id itself, a pattern of it or of the file's name, or a folder above it."""
    wanted = _path(value)
    pattern = re.compile(translate(wanted + "*" if wanted.endswith("/") else wanted))
    alone = "/" not in wanted

    def fits(known: str) -> bool:
        path = _path(known)
        return path == wanted or bool(pattern.match(path) or (alone and pattern.match(path.rsplit("/", 1)[-1])))

    return fits


def _path(text: str) -> str:
    """Return a path without what file systems differ in: composed letters, case, the kind of slash."""
    return unicodedata.normalize("NFC", text).casefold().replace("\\", "/").removeprefix("./")


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def _ordered(counts: Mapping[str, int] | Iterable[str]) -> tuple[str, ...]:
    """Return the values, commonest first, ties in the order of the alphabet."""
    counted = Counter(counts)
    return tuple(sorted(counted, key=lambda value: (-counted[value], value)))
