"""Open the article of each citation as it is now, and hold the quotation against it.

An answer may be shown long after it was given: its document may have changed since, or be gone. Nothing is searched
for then, for what is found elsewhere would be a guess. Makes no HTML.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qa.errors import SourceError, StoreError
from qa.types import Answer, ArticleView, Citation

if TYPE_CHECKING:
    from qa.assistant import Assistant


class Standing(StrEnum):
    """Whether a quotation stands where it is cited."""

    STANDS = "stands"
    CHANGED = "changed"
    GONE = "gone"
    UNREAD = "unread"  # nobody knows: the store cannot be read


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation with the article that it is cut from.

    Attributes:
        citation: As it was made.
        view: The article opened at the quotation; None unless the quotation stands there.
        standing: Whether it does.
    """

    citation: Citation
    view: ArticleView | None
    standing: Standing


def open_quotations(assistant: "Assistant", answer: Answer) -> tuple[Quotation, ...]:
    """Return the citations of an answer, each with its article as the store holds it now, in order."""
    return tuple(_opened(assistant, citation) for citation in answer.all_citations)


def _opened(assistant: "Assistant", citation: Citation) -> Quotation:
    try:
        length = len(assistant.article(citation.document_id).document.text)
    except SourceError:
        return Quotation(citation, None, Standing.GONE)
    except StoreError:
        return Quotation(citation, None, Standing.UNREAD)
    span = citation.span
    if span.end > length:
        return Quotation(citation, None, Standing.CHANGED)
    view = assistant.article(citation.document_id, span.start, span.end)
    if view.document.text[span.start : span.end] != citation.quote:
        return Quotation(citation, None, Standing.CHANGED)
    return Quotation(citation, view, Standing.STANDS)
