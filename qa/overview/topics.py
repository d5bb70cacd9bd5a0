"""The map of topics: passages as points on a plane, near each other where they are about the same, in neighbourhoods.

Works on vectors that are in the store already; loads no model, and draws nothing.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.answer.examples import example_questions
from qa.overview.projection import Places, project
from qa.overview.telling import telling_words, weighed_words
from qa.store.rows import Contents, StoredPassage
from qa.types import BlockKind

MOST_POINTS = 2000  # more than can be told apart; 2,000 take about 3 s, and time grows faster than their number
MOST_NEIGHBOURHOODS = 12
_PLACES_KEPT = 4  # decimals


@dataclass(frozen=True, slots=True)
class Point:
    """A passage on the map.

    Attributes:
        x, y: From 0 to 1, to the right and down.
        article: Its place in `TopicMap.articles`.
        start, end: Of the passage in its document.
        neighbourhood: Its place in `TopicMap.neighbourhoods`.
    """

    x: float
    y: float
    article: int
    start: int
    end: int
    neighbourhood: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """An article that has points on the map.

    Attributes:
        question: That it answers, or empty where none could be made.
    """

    document_id: str
    title: str
    publisher: str
    date: str
    question: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Points that stand together.

    Attributes:
        words: That tell them from the others, best first; there may be none.
        x, y: Their middle.
        articles: Places of their articles in `TopicMap.articles`, those with most points here first.
    """

    words: tuple[str, ...]
    x: float
    y: float
    points: int
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopicMap:
    """The map.

    Attributes:
        passages: That could be on it; there are fewer points where a sample was taken.
    """

    passages: int
    points: tuple[Point, ...]
    articles: tuple[Mapped, ...]
    neighbourhoods: tuple[Neighbourhood, ...]


def topic_map(contents: Contents, *, most: int = MOST_POINTS) -> TopicMap:
    """Return the map of a store's contents; the same contents give the same map.

    Passages of the text itself are shown, captions and by-lines only where there is nothing else. Of more than `most` a
    sample is taken, by their ids: when documents are added, most of it stays.
    """
    rows = _chosen(contents.passages, most)
    shown = [contents.passages[row] for row in rows]
    places = project(contents.vectors[rows]) if rows else np.zeros((0, 2))
    groups, count = _grouped(places)
    names = list(dict.fromkeys(stored.passage.article_id for stored in shown))
    number = {name: place for place, name in enumerate(names)}
    points = tuple(
        Point(
            round(float(place[0]), _PLACES_KEPT),
            round(float(place[1]), _PLACES_KEPT),
            number[stored.passage.article_id],
            stored.passage.span.start,
            stored.passage.span.end,
            group,
        )
        for place, stored, group in zip(places, shown, groups, strict=True)
    )
    words = [weighed_words(contents.articles[stored.passage.article_id].title, stored.passage.text) for stored in shown]
    told = telling_words(words, groups, count)
    return TopicMap(
        passages=len(_candidates(contents.passages)),
        points=points,
        articles=_articles(contents, names),
        neighbourhoods=tuple(_neighbourhood(points, group, words) for group, words in enumerate(told)),
    )


def _candidates(passages: Sequence[StoredPassage]) -> list[int]:
    body = [row for row, stored in enumerate(passages) if stored.passage.kind is BlockKind.BODY]
    return body or list(range(len(passages)))


def _chosen(passages: Sequence[StoredPassage], most: int) -> list[int]:
    rows = _candidates(passages)
    if len(rows) <= most:
        return rows
    return sorted(sorted(rows, key=lambda row: _lot(passages[row].passage.id))[:most])


def _lot(passage_id: str) -> bytes:
    return hashlib.sha256(passage_id.encode("utf-8", "surrogatepass")).digest()


def _grouped(places: Places) -> tuple[list[int], int]:
    """Return the number of each point's neighbourhood and how many there are; the largest has number 0."""
    count = min(MOST_NEIGHBOURHOODS, round(math.sqrt(len(places))), len(np.unique(places, axis=0)))
    if count < 2:
        return [0] * len(places), min(1, len(places))
    from sklearn.cluster import KMeans  # noqa: PLC0415 (takes a second)

    found = KMeans(n_clusters=count, n_init=4, random_state=0).fit_predict(places).tolist()
    order = sorted(Counter(found).items(), key=lambda pair: (-pair[1], found.index(pair[0])))
    renamed = {old: new for new, (old, _) in enumerate(order)}
    return [renamed[one] for one in found], len(order)


def _articles(contents: Contents, names: Sequence[str]) -> tuple[Mapped, ...]:
    facts: dict[str, list[tuple[str, str | None, str]]] = {name: [] for name in names}
    for stored in contents.passages:
        passage = stored.passage
        if passage.article_id in facts and passage.kind is BlockKind.BODY:
            place = contents.articles[passage.article_id].place
            facts[passage.article_id].append((passage.article_id, place, passage.text))
    mapped = []
    for name in names:
        article = contents.articles[name]
        question = next(iter(example_questions(facts[name], most=1)), "")
        mapped.append(Mapped(article.document_id, article.title, article.publisher or "", article.date or "", question))
    return tuple(mapped)


def _neighbourhood(points: Sequence[Point], group: int, words: tuple[str, ...]) -> Neighbourhood:
    inside = [point for point in points if point.neighbourhood == group]
    counted = Counter(point.article for point in inside)
    return Neighbourhood(
        words,
        round(float(np.median([point.x for point in inside])), _PLACES_KEPT),
        round(float(np.median([point.y for point in inside])), _PLACES_KEPT),
        len(inside),
        tuple(sorted(counted, key=lambda article: (-counted[article], article))),
    )
