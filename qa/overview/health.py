"""Is a store sound, and what was mended in its documents: the quick form of `qa.doctor`.

What stands in the rows is looked at first and at once. Repairs are counted by repairing every document again, so that
part goes on for as long as it may; articles that are nearly the same are left to `wenju doctor`.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from time import monotonic

from qa.corpus.account import account_of
from qa.store.library import Library

SECONDS_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that a document has, and how many of it."""

    document_id: str
    count: int


@dataclass(frozen=True, slots=True)
class Health:
    """What was found in the rows of a store; documents in order of id.

    Attributes:
        damaged: Documents with rows that are not what was written.
        empty: Documents that nothing can be found in.
        assumed: Documents of which something had to be assumed while reading.
    """

    damaged: tuple[Concern, ...]
    empty: tuple[Concern, ...]
    assumed: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """What the repairs of documents changed.

    Attributes:
        looked_at, documents: Of how many documents they were counted, and how many there are.
        kinds: Names of `qa.corpus.repairs.RepairKind` with how many of each, commonest first.
        flagged: Documents with damage that stays, in order of id.
    """

    looked_at: int
    documents: int
    kinds: tuple[tuple[str, int], ...]
    flagged: tuple[Concern, ...]


def health_of(library: Library) -> Health:
    """Look at every row of a store; what is damaged is not looked at any further."""
    damaged = Counter(name for name, _ in library.damaged_rows())
    passages: Counter[str] = Counter()
    for outline in library.outlines():
        passages[outline.article.document_id] += outline.passages
    names = sorted(library.held())
    assumed = []
    for name in names:
        document = library.document(name) if name not in damaged else None
        if document is not None and document.assumptions:
            assumed.append(Concern(name, len(document.assumptions)))
    return Health(
        damaged=tuple(Concern(name, damaged[name]) for name in sorted(damaged)),
        empty=tuple(Concern(name, 1) for name in names if not passages[name] and name not in damaged),
        assumed=tuple(assumed),
    )


def mended_in(library: Library, *, broken: Collection[str], seconds: float) -> Iterator[Mended]:
    """Count the repairs of documents, and yield what was counted so far, now and then and at the end.

    Args:
        library: Open store.
        broken: Documents that cannot be read.
        seconds: After which no further document is begun.
    """
    names = [name for name in sorted(library.held()) if name not in broken]
    kinds: Counter[str] = Counter()
    flagged: list[Concern] = []
    started = told = monotonic()
    looked_at = 0
    for name in names:
        now = monotonic()
        if now - started > seconds:
            break
        if now - told > SECONDS_BETWEEN:
            told = now
            yield _mended(looked_at, len(names), kinds, flagged)
        document = library.document(name)
        looked_at += 1
        if document is None:  # removed by another process in the meantime
            continue
        account = account_of(document)
        kinds.update(change.kind.name for change in account.changes)
        flagged += [Concern(name, len(account.flagged))] if account.flagged else []
    yield _mended(looked_at, len(names), kinds, flagged)


def _mended(looked_at: int, documents: int, kinds: Counter[str], flagged: list[Concern]) -> Mended:
    ordered = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return Mended(looked_at, documents, tuple(ordered), tuple(flagged))
