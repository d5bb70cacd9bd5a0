"""A check-up of a store: is it sound, and what in the documents should somebody look at; changes nothing.

Reads and repairs every document again, so it takes as long as indexing without encoding. Files are not looked at: that
is what `qa.verify` does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from time import perf_counter

from qa.corpus.account import account_of
from qa.corpus.days import published
from qa.corpus.similar import Similar, similar_texts
from qa.retrieval.reprints import Reprints, bare_text
from qa.store.library import Library
from qa.store.rows import StoredPassage
from qa.types import Article, BlockKind, Progress


@dataclass(frozen=True, slots=True)
class Noted:
    """Something about one document, in one sentence."""

    document_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found; articles are named by their id, `document#number`.

    Attributes:
        documents, articles, passages, generation, model: What the store holds.
        damaged: Rows that are not what was written.
        empty: Documents that nothing can be found in.
        assumed: What had to be assumed while reading.
        unrepaired: How many places of a document stay damaged.
        similar: Articles that are nearly the same, only suggested.
        reprints: Articles of several documents that are exactly the same, and shown once.
        untitled: Articles that bear the name of their file.
        undated: Articles that no filter by date can let in.
        titles: Of the articles in `similar` and `reprints`.
        seconds: Wall clock.
    """

    documents: int
    articles: int
    passages: int
    generation: int
    model: str
    damaged: tuple[Noted, ...]
    empty: tuple[str, ...]
    assumed: tuple[Noted, ...]
    unrepaired: tuple[tuple[str, int], ...]
    similar: tuple[Similar, ...]
    reprints: tuple[tuple[str, ...], ...]
    untitled: tuple[str, ...]
    undated: tuple[str, ...]
    titles: dict[str, str]
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether there is nothing to look at; re-prints, and articles without title or date, are as they may be."""
        return not (self.damaged or self.empty or self.assumed or self.unrepaired or self.similar)


@dataclass(slots=True)
class _Gathered:
    articles: dict[str, Article] = field(default_factory=dict)
    passages: list[StoredPassage] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    assumed: list[Noted] = field(default_factory=list)
    unrepaired: list[tuple[str, int]] = field(default_factory=list)


def check_up(library: Library, *, progress: Callable[[Progress], None] = lambda _: None) -> Checkup:
    """Look at everything that a store holds.

    A document of which a row is damaged is named and not looked at any further.

    Args:
        library: Open store.
        progress: Told before each document.
    """
    started = perf_counter()
    damaged = tuple(dict.fromkeys(Noted(name, kind) for name, kind in library.damaged_rows()))
    broken = {one.document_id for one in damaged}
    names = list(library.held())
    gathered = _Gathered()
    for done, name in enumerate(names):
        progress(Progress(done, len(names), "documents", name))
        if name not in broken:
            _look(library, name, gathered)
    progress(Progress(len(names), len(names), "documents"))
    groups = Reprints(gathered.passages, gathered.articles).groups()
    similar = _similar(gathered, groups)
    documents, articles, passages = library.counts()
    model = library.model()
    named = {name for group in groups for name in group} | {name for one in similar for name in (one.first, one.second)}
    return Checkup(
        documents=documents,
        articles=articles,
        passages=passages,
        generation=library.generation(),
        model=model[0] if model else "",
        damaged=damaged,
        empty=tuple(gathered.empty),
        assumed=tuple(gathered.assumed),
        unrepaired=tuple(gathered.unrepaired),
        similar=tuple(similar),
        reprints=tuple(groups),
        untitled=tuple(name for name, article in gathered.articles.items() if _untitled(article)),
        undated=tuple(name for name, article in gathered.articles.items() if published(article) is None),
        titles={name: gathered.articles[name].title for name in sorted(named)},
        seconds=perf_counter() - started,
    )


def _look(library: Library, name: str, gathered: _Gathered) -> None:
    """Note what there is to say of one document."""
    document = library.document(name)
    if document is None:  # removed by another process in the meantime
        return
    passages = library.passages(name)
    if not passages:
        gathered.empty.append(name)
    gathered.assumed += [Noted(name, assumption) for assumption in document.assumptions]
    flagged = len(account_of(document).flagged)
    if flagged:
        gathered.unrepaired.append((name, flagged))
    gathered.articles |= {article.id: article for article in library.articles(name)}
    first = len(gathered.passages)
    gathered.passages += [StoredPassage(first + place, passage, ()) for place, passage in enumerate(passages)]


def _similar(gathered: _Gathered, groups: list[tuple[str, ...]]) -> list[Similar]:
    """Return the articles that are nearly the same; of those that are exactly the same the first stands for all."""
    copies = {name for group in groups for name in group[1:]}
    texts: dict[str, list[str]] = {}
    for stored in gathered.passages:
        if stored.passage.kind is BlockKind.BODY and stored.passage.article_id not in copies:
            texts.setdefault(stored.passage.article_id, []).append(bare_text(stored.passage.text))
    return similar_texts([(name, "".join(pieces)) for name, pieces in texts.items()])


def _untitled(article: Article) -> bool:
    return article.title_span is None and article.title == PurePosixPath(article.document_id).stem
