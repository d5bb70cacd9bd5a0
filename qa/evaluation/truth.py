"""Read what the articles of a page should be: NAME.json beside NAME.txt. Compares nothing.

The truth is one JSON object a page: `encoding`, `articles` and `damage`. An article has `title`, `subtitle`, `byline`,
`publisher`, `date`, `date_iso`, `column`, and the texts of its `captions`, `headings` and `body`, in order. A field is
null where the page prints nothing, and a list where an editor could have written it in more than one way. `damage`
lists what was done to the page; where it is empty, nothing may be repaired.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import SourceError

HELD_BACK = "held_back.txt"
"""Names, one a line, of the pages that no rule was made with."""


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """One article as it should come out.

    Attributes:
        title: Headline, without kicker or subtitle.
        subtitle, byline, publisher, date, column: Every accepted way to write it; (None,) where nothing is printed.
        date_iso: `YYYY-MM-DD` where the printed date is complete, else None.
        captions, headings, body: Texts, in order.
    """

    title: str
    subtitle: tuple[str | None, ...]
    byline: tuple[str | None, ...]
    publisher: tuple[str | None, ...]
    date: tuple[str | None, ...]
    column: tuple[str | None, ...]
    date_iso: str | None
    captions: tuple[str, ...]
    headings: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TruePage:
    """One page as it should come out.

    Attributes:
        name: Of the file, without its ending.
        encoding: Python's name of the encoding that the page was written in.
        damage: Kind of each thing that was done to it, in no promised order; empty for an undamaged page.
        held_back: Whether it stands in `held_back.txt`.
    """

    name: str
    encoding: str
    articles: tuple[TrueArticle, ...]
    damage: tuple[str, ...]
    held_back: bool


def read_truth(folder: Path) -> tuple[TruePage, ...]:
    """Return the pages of a folder that have both NAME.txt and NAME.json, in order of their names.

    Raises:
        SourceError: There is none, a truth cannot be read, or `held_back.txt` names a page that is not there.
    """
    held_back = _held_back(folder / HELD_BACK)
    files = [path for path in sorted(folder.glob("*.json")) if path.with_suffix(".txt").is_file()]
    if not files:
        raise SourceError(f"There is no page with its truth in {folder}.", "Put NAME.json beside each NAME.txt.")
    missing = held_back - {path.stem for path in files}
    if missing:
        raise SourceError(f"{HELD_BACK} names {', '.join(sorted(missing))}, which is not there.", "Correct the name.")
    return tuple(_page(path, held_back=path.stem in held_back) for path in files)


def _held_back(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").split("\n"))
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _page(path: Path, *, held_back: bool) -> TruePage:
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return TruePage(
            name=path.stem,
            encoding=row["encoding"],
            articles=tuple(_article(article) for article in row["articles"]),
            damage=tuple(done["kind"] for done in row["damage"]),
            held_back=held_back,
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise SourceError(
            f"{path} is not the truth of a page ({type(problem).__name__}: {problem}).",
            "See the first lines of qa/evaluation/truth.py.",
        ) from problem


def _article(row: Mapping[str, Any]) -> TrueArticle:
    return TrueArticle(
        title=row["title"],
        subtitle=_accepted(row["subtitle"]),
        byline=_accepted(row["byline"]),
        publisher=_accepted(row["publisher"]),
        date=_accepted(row["date"]),
        column=_accepted(row["column"]),
        date_iso=row["date_iso"],
        captions=tuple(row["captions"]),
        headings=tuple(row["headings"]),
        body=tuple(row["body"]),
    )


def _accepted(value: str | list[str | None] | None) -> tuple[str | None, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
