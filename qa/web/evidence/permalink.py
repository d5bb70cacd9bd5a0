"""Addresses that open an article at a quotation: `/?article=DOCUMENT&span=START-END`. Writes and reads them.

Knows no page; what stands at such an address is shown by `qa.web.evidence.opened`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from qa.types import Span

LONGEST_NAME = 1000  # code points of a document's id
LONGEST_SPAN = 20_000  # code points that are marked; a quotation has a sentence or a few

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Place:
    """A document, and what to mark in it or None."""

    document_id: str
    span: Span | None


class AddressError(ValueError):
    """An address that names no place."""


def permalink(document_id: str, span: Span | None = None) -> str:
    """Return the address of a place, with everything quoted that could end a value."""
    article = f"/?article={quote(document_id, safe='')}"
    return f"{article}&span={span.start}-{span.end}" if span else article


def read_permalink(query: Mapping[str, str]) -> Place | None:
    """Return the place that an address names, or None where it names no article.

    Args:
        query: The parameters behind the question mark, decoded.

    Raises:
        AddressError: It names an article or a span that cannot be one.
    """
    document_id = query.get("article")
    if document_id is None:
        if query.get("span") is not None:
            raise AddressError("a span without an article")
        return None
    if not document_id.strip() or len(document_id) > LONGEST_NAME or "\0" in document_id:
        raise AddressError("the article has no name, or one that is too long")
    given = query.get("span")
    if given is None:
        return Place(document_id, None)
    match = _SPAN.fullmatch(given)
    if match is None or not 0 < int(match[2]) - int(match[1]) <= LONGEST_SPAN:
        raise AddressError("the span is not START-END with START < END")
    return Place(document_id, Span(int(match[1]), int(match[2])))
