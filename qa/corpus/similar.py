"""Texts that are nearly the same, found by MinHash over runs of characters and then compared in full.

Suggests and decides nothing: two reports of one meeting can be as like as two printings of one report. Written out
here, for a library for it (datasketch) would bring its own storage and the whole of scipy for these few lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Runs = NDArray[np.uint64]

RUN = 5  # characters; shorter runs are shared by texts that have nothing to do with each other
SHORTEST = 40  # runs; of a text with fewer, a single other word changes too much to tell
ALIKE = 0.7  # share of the runs of both
_BANDS, _ROWS = 16, 4  # a pair of which 0.7 is shared meets in a band with a chance of 0.99, one of 0.3 with 0.12
_NEIGHBOURS = 20  # of a text in one band; more are a phrase that everything shares
_BASE = np.uint64(0x9E3779B97F4A7C15)
_RANDOM = np.random.default_rng(20261125)
_FACTORS = _RANDOM.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _RANDOM.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Similar:
    """Two texts by their names, and the share of the runs of both that they share, 0 to 1."""

    first: str
    second: str
    share: float


def similar_texts(texts: Sequence[tuple[str, str]], *, at_least: float = ALIKE) -> list[Similar]:
    """Return the pairs of texts that are nearly the same, likest first, ties by name.

    Args:
        texts: Pairs (name, bare text); those that are exactly the same should come once.
        at_least: Smallest share.

    Source: Broder, SEQUENCES 1997, doi:10.1109/SEQUEN.1997.666900.
    """
    all_runs = {name: runs_of(text) for name, text in texts}
    runs = {name: one for name, one in all_runs.items() if len(one) >= SHORTEST}
    pairs = set(_meeting({name: _sketch(one) for name, one in runs.items()}))
    compared = [Similar(first, second, _share(runs[first], runs[second])) for first, second in pairs]
    alike = [one for one in compared if one.share >= at_least]
    return sorted(alike, key=lambda one: (-one.share, one.first, one.second))


def runs_of(text: str) -> Runs:
    """Return a number for every different run of `RUN` characters, in order of the numbers."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < RUN:
        return np.empty(0, np.uint64)
    mixed = np.zeros(len(codes) - RUN + 1, np.uint64)
    for place in range(RUN):
        mixed = mixed * _BASE + codes[place : place + len(mixed)]  # wraps around, as it should
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


def _sketch(runs: Runs) -> Runs:
    """Return the least value of every hash function over the runs, shape (bands * rows,)."""
    return np.array(
        [((runs * factor + offset) >> np.uint64(16)).min() for factor, offset in zip(_FACTORS, _OFFSETS, strict=True)]
    )


def _meeting(sketches: dict[str, Runs]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names whose sketches agree in all rows of a band."""
    for band in range(_BANDS):
        together: dict[bytes, list[str]] = {}
        for name, sketch in sketches.items():
            together.setdefault(sketch[band * _ROWS : (band + 1) * _ROWS].tobytes(), []).append(name)
        for names in together.values():
            for place, name in enumerate(names):
                for other in names[place + 1 : place + 1 + _NEIGHBOURS]:
                    yield (name, other) if name < other else (other, name)


def _share(first: Runs, second: Runs) -> float:
    both = len(np.intersect1d(first, second, assume_unique=True))
    return both / (len(first) + len(second) - both)
