"""From a document to its articles, passages and repairs: the steps of this package in their order.

Pure: the document was read before, and nothing is stored.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qa.corpus.days import with_days
from qa.corpus.passages import cut_passages
from qa.corpus.repair import repair
from qa.corpus.repairs import Repair
from qa.corpus.segment import segment
from qa.types import Article, Document, Passage


def articles_of(document: Document) -> tuple[tuple[Article, ...], tuple[Passage, ...], Sequence[Repair]]:
    """Return the articles of a document, the passages of all of them in order of articles, and what was repaired."""
    with _without_collector():
        repaired = repair(document)
        articles = with_days(document, segment(document, repaired))
        passages = tuple(passage for article in articles for passage in cut_passages(document, article))
    return articles, passages, repaired.repairs


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause Python's search for circles of objects, which looked at every line again and again in vain.

    Nothing in this package refers to itself in a circle. With hard line breaks the search took 28 % of the time
    (`python -m qa.bench.cleaning --kinds wrapped`).
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
