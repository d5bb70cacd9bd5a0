"""Which colour and shape a point of the map has: by publisher, or by document where few articles name one.

Each of the commonest has a colour and a shape of its own, so that nobody must tell colours apart; the rest share one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from qa.overview.topics import Mapped, TopicMap

COLOURS = 7  # that can be told apart, each with its shape; number 0 is for the rest
REST = 0


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend.

    Attributes:
        colour: Its number.
        name: Empty for the rest.
    """

    colour: int
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend.

    Attributes:
        by: What is coloured.
        colours: Of the articles of the map, in their order.
        unnamed: Whether all of the rest name no publisher.
    """

    by: Literal["publisher", "source"]
    keys: tuple[Key, ...]
    colours: tuple[int, ...]
    unnamed: bool


def legend_of(topics: TopicMap) -> Legend:
    """Return the legend of a map."""
    points = Counter(point.article for point in topics.points)
    by: Literal["publisher", "source"] = "publisher" if _mostly_named(topics.articles, points) else "source"
    names = [one.publisher if by == "publisher" else one.document_id for one in topics.articles]
    sizes: Counter[str] = Counter()
    for place, name in enumerate(names):
        sizes[name] += points[place]
    ordered = sorted((name for name in sizes if name), key=lambda name: (-sizes[name], name))
    number = {name: colour for colour, name in enumerate(ordered[:COLOURS], start=1)}
    keys = [Key(colour, name, sizes[name]) for name, colour in number.items()]
    rest = sum(sizes.values()) - sum(key.points for key in keys)
    if rest:
        keys.append(Key(REST, "", rest))
    colours = tuple(number.get(name, REST) for name in names)
    return Legend(by, tuple(keys), colours, unnamed=len(ordered) <= COLOURS)


def short_source(document_id: str) -> str:
    """Return the name of a document's file without its ending."""
    return PurePosixPath(document_id).stem or document_id


def _mostly_named(articles: Sequence[Mapped], points: Counter[int]) -> bool:
    named = sum(points[place] for place, one in enumerate(articles) if one.publisher)
    return len({one.publisher for one in articles if one.publisher}) > 1 and 2 * named >= points.total()
