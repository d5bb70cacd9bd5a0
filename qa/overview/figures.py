"""Figures of a store: how much it holds, from whom, in what kinds of files, and over what time.

Counts what stands in the store and reads no text; nothing here takes longer than listing the articles.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qa.corpus.days import published
from qa.names import document_id
from qa.originals import kept, uploads_of
from qa.overview.timeline import Timeline, timeline_of
from qa.retrieval.selection import names_in
from qa.store.library import Library


@dataclass(frozen=True, slots=True)
class Tally:
    """A name, and how many articles or documents have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Names with their counts.

    Attributes:
        names: Commonest first; ties in the order of the alphabet.
        without: How many articles or documents have none.
    """

    names: tuple[Tally, ...]
    without: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a store holds.

    Attributes:
        generation, model, dimension: Of the store; no model where nothing was encoded yet.
        characters: Of the sources.
        size: Of the store on disk, in bytes.
        read_at: When the last document was read, in ISO form; empty where that was not noted.
        publishers, authors: Of articles; an article may have several authors.
        collections, kinds, encodings: Of documents; a kind is the ending of the file's name in capitals.
        empty: Documents without any article.
        waiting: Files that were brought and not read yet.
    """

    generation: int
    model: str
    dimension: int
    documents: int
    articles: int
    passages: int
    characters: int
    size: int
    read_at: str
    timeline: Timeline
    publishers: Tallies
    authors: Tallies
    collections: Tallies
    kinds: Tallies
    encodings: Tallies
    empty: int
    waiting: int


def figures_of(library: Library) -> Figures:
    """Return the figures of a store.

    Raises:
        StoreError: It cannot be read.
    """
    generation, model = library.generation(), library.model()
    outlines, holdings = library.outlines(), library.holdings()
    articles = [one.article for one in outlines]
    summaries = [one.summary for one in holdings]
    held = {one.id for one in summaries}
    brought = kept(uploads_of(library.folder))
    return Figures(
        generation=generation,
        model=model[0] if model else "",
        dimension=model[1] if model else 0,
        documents=len(summaries),
        articles=len(articles),
        passages=sum(one.passages for one in outlines),
        characters=sum(one.characters for one in summaries),
        size=size_of(library.folder),
        read_at=max((one.read_at for one in holdings), default=""),
        timeline=timeline_of(published(article) for article in articles),
        publishers=tallied((article.publisher,) if article.publisher else () for article in articles),
        authors=tallied(names_in(article.byline) if article.byline else () for article in articles),
        collections=tallied((one.collection,) if one.collection else () for one in summaries),
        kinds=tallied(_endings(one.id) for one in summaries),
        encodings=tallied((one.encoding,) if one.encoding else () for one in summaries),
        empty=sum(not one.articles for one in summaries),
        waiting=sum(document_id(one.collection, one.name) not in held for one in brought),
    )


def tallied(names_of_each: Iterable[Iterable[str]]) -> Tallies:
    """Return how many have each name; who has a name twice counts once."""
    counts: Counter[str] = Counter()
    without = 0
    for names in names_of_each:
        once = set(names)
        counts.update(once)
        without += not once
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Tallies(tuple(Tally(name, count) for name, count in ordered), without)


def size_of(folder: Path) -> int:
    """Return the bytes of the files in a store's folder."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _endings(name: str) -> tuple[str, ...]:
    ending = PurePosixPath(name).suffix.removeprefix(".").upper()
    return (ending,) if ending else ()
