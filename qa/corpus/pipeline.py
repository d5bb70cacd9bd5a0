"""From a document to its articles, passages and repairs: the steps of this package in their order.

Pure: the document was read before, and nothing is stored.
"""

from qa.corpus.days import with_days
from qa.corpus.passages import cut_passages
from qa.corpus.repair import repair
from qa.corpus.repairs import Repair
from qa.corpus.segment import segment
from qa.types import Article, Document, Passage


def articles_of(document: Document) -> tuple[tuple[Article, ...], tuple[Passage, ...], tuple[Repair, ...]]:
    """Return the articles of a document, the passages of all of them in order of articles, and what was repaired."""
    repaired = repair(document)
    articles = with_days(document, segment(document, repaired))
    passages = tuple(passage for article in articles for passage in cut_passages(document, article))
    return articles, passages, repaired.repairs
