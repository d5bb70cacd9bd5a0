"""The parts of an overview that take seconds, as one value, and as lines of JSON between two processes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from qa.overview.health import Concern, Health, Mended
from qa.overview.topics import Mapped, Neighbourhood, Point, TopicMap


@dataclass(frozen=True, slots=True)
class Scripts:
    """Scripts with the number of articles in each, commonest first; names as in `qa.overview.scripts`."""

    articles: tuple[tuple[str, int], ...]


Part = TopicMap | Scripts | Health | Mended


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known so far.

    Attributes:
        generation: Of the store that it was worked out for; -1 before the first.
        topics, scripts, health, mended: None while unknown; the last one grows until all is counted.
        finished: Whether nothing more will come.
        problem: Why something is missing, in one line; else empty.
    """

    generation: int = -1
    topics: TopicMap | None = None
    scripts: Scripts | None = None
    health: Health | None = None
    mended: Mended | None = None
    finished: bool = False
    problem: str = ""


def part_line(part: Part) -> str:
    """Return a part as one line of JSON."""
    return json.dumps({"part": type(part).__name__, "value": asdict(part)}, ensure_ascii=True)


def with_line(parts: Parts, line: str) -> Parts:
    """Return the parts with what a line of `part_line` adds.

    Raises:
        ValueError: It is no such line.
    """
    try:
        sent = json.loads(line)
        read = _READERS[sent["part"]]
        return replace(parts, **read(sent["value"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a part of an overview: {error!r}") from error


def _topics(value: Mapping[str, Any]) -> dict[str, Any]:
    neighbourhoods = tuple(
        Neighbourhood(**{**one, "words": tuple(one["words"]), "articles": tuple(one["articles"])})
        for one in value["neighbourhoods"]
    )
    points = tuple(Point(**one) for one in value["points"])
    articles = tuple(Mapped(**one) for one in value["articles"])
    return {"topics": TopicMap(value["passages"], points, articles, neighbourhoods)}


def _scripts(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"scripts": Scripts(tuple((name, count) for name, count in value["articles"]))}


def _health(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"health": Health(**{name: _concerns(value[name]) for name in ("damaged", "empty", "assumed")})}


def _mended(value: Mapping[str, Any]) -> dict[str, Any]:
    kinds = tuple((name, count) for name, count in value["kinds"])
    mended = Mended(value["looked_at"], value["documents"], kinds, _concerns(value["flagged"]))
    return {"mended": mended}


def _concerns(values: list[Mapping[str, Any]]) -> tuple[Concern, ...]:
    return tuple(Concern(**one) for one in values)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "TopicMap": _topics,
    "Scripts": _scripts,
    "Health": _health,
    "Mended": _mended,
}
