"""Cut quotations from the source and prove them; what cannot be proved is not shown, and is counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.corpus.align import raw_span
from qa.types import Article, Citation, Document, Match, Passage, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A range [start, end) of a passage's repaired text that supports an answer.

    Attributes:
        also_in: Other documents that print it.
    """

    passage: Passage
    article: Article
    start: int
    end: int
    also_in: tuple[str, ...] = ()


Documents = Callable[[Sequence[Evidence]], Mapping[str, Document]]
"""Gives the documents that evidence stands in, by id; without those that are not there."""


def proved(citation: Citation, document: Document) -> bool:
    """Tell whether the source holds the quotation at the cited place, to the letter."""
    return (
        citation.document_id == document.id
        and document.text[citation.span.start : citation.span.end] == citation.quote
        and bool(citation.quote.strip())
    )


def cite(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> tuple[tuple[Citation, ...], int]:
    """Return the citations that the sources prove, numbered from 1, and how many had to be dropped.

    Args:
        evidence: In the order in which it is to be numbered; the same place counts once.
        documents: The sources by document id, as decoded.
    """
    citations: list[Citation] = []
    dropped = 0
    places: set[tuple[str, Span]] = set()
    for item in evidence:
        document = documents.get(item.article.document_id)
        if document is None:
            dropped += 1
            continue
        span = raw_span(item.passage.content, item.start, item.end)
        if (document.id, span) in places:
            continue
        places.add((document.id, span))
        quote = document.text[span.start : span.end]
        text = item.passage.text[item.start : item.end]
        citation = Citation(
            number=len(citations) + 1,
            document_id=document.id,
            article=item.article,
            span=span,
            quote=quote,
            text=text,
            match=Match.EXACT if quote == text else Match.REPAIRED,
            page=page_of(document, span),
            also_in=item.also_in,
        )
        if proved(citation, document):
            citations.append(citation)
        else:
            dropped += 1
    return tuple(citations), dropped


def page_of(document: Document, span: Span) -> int | None:
    """Return the page (from 1) on which a span starts, for formats that have pages."""
    return next(
        (number for number, page in enumerate(document.pages, start=1) if page.start <= span.start < page.end), None
    )


def article_at(articles: Sequence[Article], position: int) -> Article:
    """Return the article of a document that holds a position of its source, or the first one; there is at least one."""
    return next((article for article in articles if _holds(article, position)), articles[0])


def _holds(article: Article, position: int) -> bool:
    """Tell whether a position of the source stands in one of an article's blocks."""
    spans = [raw_span(block.content, 0, len(block.content.text)) for block in article.blocks if block.content.text]
    return any(span.start <= position < span.end for span in spans)
