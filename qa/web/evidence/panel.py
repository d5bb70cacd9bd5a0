"""The evidence panel: each cited article opened at its quotation, then the other passages that were found, and why.

Pure functions from values to HTML; every text from outside goes through `escape_html`. Opens no document: the caller
does (`qa.web.evidence.quotations`).
"""

from collections.abc import Sequence

from qa.escape import escape_html
from qa.types import Answer, BlockKind, Citation, Hit, Span
from qa.web.evidence.card import about_html, also_in_html, citation_card, isolated, link_html
from qa.web.evidence.quotations import Quotation
from qa.web.evidence.why import why_html, with_terms
from qa.web.words import Language, counted, word

SNIPPET = 46  # characters of a passage shown while it is folded away


def evidence_html(answer: Answer, quotations: Sequence[Quotation], *, language: Language, turn: int) -> str:
    """Return the panel for one answer.

    Args:
        answer: The answer; its hits are listed below the citations.
        quotations: Of `qa.web.evidence.quotations.open_quotations`, made now, however old the answer is.
        language: Of our own words.
        turn: Number of the question in the conversation, from 1; makes the anchors of the citations unique.
    """
    asked = word("evidence_for", language, question=escape_html(answer.question))
    parts = [f'<p class="wj-asked">{asked}</p>']
    for quotation in quotations:
        hit = _hit_of(quotation.citation, answer.hits)
        why = _folded_why(hit, language) if hit else ""
        parts.append(citation_card(quotation, answer.answer, language=language, turn=turn, why=why))
    if not quotations:
        parts.append(f'<p class="wj-note">{word("evidence_none", language)}</p>')
    if answer.dropped_citations:
        parts.append(f'<p class="wj-note">{counted("dropped", language, answer.dropped_citations)}</p>')
    parts.append(_hits(other_hits(answer), language=language, cited=bool(quotations), turn=turn))
    return panel_html("".join(parts), language)


def empty_evidence_html(language: Language) -> str:
    """Return the panel before the first question, or when a question could not be answered at all."""
    return panel_html(f'<p class="wj-note">{word("evidence_empty", language)}</p>', language)


def panel_html(body: str, language: Language, *, heading: str = "evidence", opened: bool = False) -> str:
    """Return the panel around its body; on a phone, where it is a sheet, its head holds the button that closes it.

    Args:
        body: HTML.
        language: Of our own words.
        heading: Key of the word above it.
        opened: Whether it was asked for, so that a phone shows it at once.
    """
    close = word("close", language)
    return (
        f'<section class="wj-evidence"{" data-opened" if opened else ""}><div class="wj-panel-head">'
        f'<h2 id="wj-panel-title">{word(heading, language)}</h2>'
        f'<button type="button" class="wj-close" aria-label="{close}" title="{close}">×</button></div>{body}</section>'
    )


def other_hits(answer: Answer) -> list[Hit]:
    """Return the hits whose passage no citation is taken from, in order of rank."""
    return [hit for hit in answer.hits if not any(_holds(hit, citation) for citation in answer.all_citations)]


def _hit_of(citation: Citation, hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if _holds(hit, citation)), None)


def _holds(hit: Hit, citation: Citation) -> bool:
    return hit.article.document_id == citation.document_id and _contains(hit.passage.span, citation.span)


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _folded_why(hit: Hit, language: Language) -> str:
    summary = word("why", language, rank=hit.rank)
    return f'<details class="wj-because"><summary>{summary}</summary>{why_html(hit, language)}</details>'


def _hits(hits: Sequence[Hit], *, language: Language, cited: bool, turn: int) -> str:
    if not hits:
        return ""
    heading = word("others" if cited else "found", language)
    items = "".join(_hit(hit, language, turn) for hit in hits)
    opened = "" if cited else " open"
    return (
        f'<details class="wj-others"{opened}><summary>{heading} <span class="wj-count">{len(hits)}</span></summary>'
        f"{items}</details>"
    )


def _hit(hit: Hit, language: Language, turn: int) -> str:
    text = hit.passage.text
    snippet = text if len(text) <= SNIPPET else text[:SNIPPET] + "…"
    kind = "" if hit.passage.kind is BlockKind.BODY else word(f"kind_{hit.passage.kind.value}", language)
    label = f'<span class="wj-kind">{kind}</span> ' if kind else ""
    document_id = hit.article.document_id
    return (
        f'<details class="wj-hit" id="wj-{turn}-h{hit.rank}"><summary><span class="wj-rank">{hit.rank}</span>'
        f'<span class="wj-hit-title">{isolated(hit.article.title)}</span>'
        f'<span class="wj-snippet">{label}{isolated(snippet)}</span></summary>'
        f'{about_html(hit.article)}<blockquote class="wj-passage">{with_terms(hit)}</blockquote>'
        f"{why_html(hit, language)}"
        f'<p class="wj-place"><span class="wj-file">{isolated(document_id)}</span>'
        f" {link_html(document_id, hit.passage.span, language)}</p>"
        f"{also_in_html(hit.also_in, language)}</details>"
    )
