"""The evidence panel: each cited article with its quotation in place, then the other passages that were found.

Pure functions from values to HTML; every text from outside goes through `escape_html`. Opens no document: the caller
cuts the paragraphs (`qa.web.evidence.marking`).
"""

from collections.abc import Sequence

from qa.corpus.tables import is_table
from qa.types import Answer, Article, BlockKind, Hit, Match, Span
from qa.web.escape import escape_html
from qa.web.evidence.marking import Quotation, matched_spans, short_answer
from qa.web.words import Language, counted, word

SNIPPET = 46  # characters of a passage shown while it is folded away


def evidence_html(answer: Answer, quotations: Sequence[Quotation], *, language: Language, turn: int) -> str:
    """Return the panel for one answer.

    Args:
        answer: The answer; its hits are listed below the citations.
        quotations: One for each of its citations, in order.
        language: Of our own words.
        turn: Number of the question in the conversation, from 1; makes the anchors of the citations unique.
    """
    asked = word("evidence_for", language, question=escape_html(answer.question))
    parts = [f'<p class="wj-asked">{asked}</p>']
    parts += [_citation(quotation, answer.answer, language=language, turn=turn) for quotation in quotations]
    if not quotations:
        parts.append(f'<p class="wj-note">{word("evidence_none", language)}</p>')
    if answer.dropped_citations:
        parts.append(f'<p class="wj-note">{counted("dropped", language, answer.dropped_citations)}</p>')
    parts.append(_hits(other_hits(answer), language=language, cited=bool(quotations)))
    return _panel("".join(parts), language)


def empty_evidence_html(language: Language) -> str:
    """Return the panel before the first question, or when a question could not be answered at all."""
    return _panel(f'<p class="wj-note">{word("evidence_empty", language)}</p>', language)


def other_hits(answer: Answer) -> list[Hit]:
    """Return the hits whose passage no citation is taken from, in order of rank."""
    cited = [(citation.document_id, citation.span) for citation in answer.all_citations]
    return [
        hit
        for hit in answer.hits
        if not any(
            hit.article.document_id == document_id and _contains(hit.passage.span, span) for document_id, span in cited
        )
    ]


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _panel(body: str, language: Language) -> str:
    return f'<section class="wj-evidence"><h2>{word("evidence", language)}</h2>{body}</section>'


def _citation(quotation: Quotation, answer: str | None, *, language: Language, turn: int) -> str:
    citation = quotation.citation
    source = _in_paragraph(quotation, _with_answer(citation.quote, answer))
    body = f'<blockquote class="wj-source">{source}</blockquote>'
    if citation.match is Match.REPAIRED:
        body = (
            f'<p class="wj-label">{word("quote_raw", language)}</p>{body}'
            f'<p class="wj-label">{word("quote_repaired", language)}</p>'
            f'<blockquote class="wj-repaired"><mark>{_with_answer(citation.text, answer)}</mark></blockquote>'
            f'<p class="wj-note">{word("repaired_note", language)}</p>'
        )
    place = [
        word("position", language, line=quotation.line, start=citation.span.start, end=citation.span.end),
    ]
    if citation.page is not None:
        kind = "row" if is_table(citation.document_id) else "page"
        place.insert(0, word(kind, language, page=citation.page))
    return (
        f'<article class="wj-citation" id="wj-{turn}-{citation.number}" tabindex="-1">'
        f'<h3><span class="wj-number">{citation.number}</span> {_isolated(citation.article.title)}</h3>'
        f"{_about(citation.article)}{body}"
        f'<p class="wj-place"><span class="wj-file">{_isolated(citation.document_id)}</span>'
        f" <span>{' · '.join(place)}</span></p>{_also_in(citation.also_in, language)}</article>"
    )


def _about(article: Article) -> str:
    """Return subtitle, and by-line · publisher · date, of what the source prints."""
    subtitle = f'<p class="wj-subtitle">{_isolated(article.subtitle)}</p>' if article.subtitle else ""
    printed = [_isolated(text) for text in (article.byline, article.publisher, article.date) if text]
    return subtitle + (f'<p class="wj-about">{" · ".join(printed)}</p>' if printed else "")


def _in_paragraph(quotation: Quotation, quote: str) -> str:
    before = ("…" if quotation.cut_before else "") + escape_html(quotation.before.lstrip())
    after = escape_html(quotation.after.rstrip()) + ("…" if quotation.cut_after else "")
    return f"{before}<mark>{quote}</mark>{after}"


def _with_answer(text: str, answer: str | None) -> str:
    """Return the text escaped, a short answer in it made strong."""
    place = short_answer(text, answer)
    if place is None:
        return escape_html(text)
    before, inside, after = text[: place.start], text[place.start : place.end], text[place.end :]
    return f"{escape_html(before)}<strong>{escape_html(inside)}</strong>{escape_html(after)}"


def _hits(hits: Sequence[Hit], *, language: Language, cited: bool) -> str:
    if not hits:
        return ""
    heading = word("others" if cited else "found", language)
    items = "".join(_hit(hit, language) for hit in hits)
    opened = "" if cited else " open"
    return (
        f'<details class="wj-others"{opened}><summary>{heading} <span class="wj-count">{len(hits)}</span></summary>'
        f"{items}</details>"
    )


def _hit(hit: Hit, language: Language) -> str:
    text = hit.passage.text
    snippet = text if len(text) <= SNIPPET else text[:SNIPPET] + "…"
    terms = [term for leg in hit.why.values() for term in leg.terms]
    kind = "" if hit.passage.kind is BlockKind.BODY else word(f"kind_{hit.passage.kind.value}", language)
    label = f'<span class="wj-kind">{kind}</span> ' if kind else ""
    return (
        f'<details class="wj-hit"><summary><span class="wj-rank">{hit.rank}</span>'
        f'<span class="wj-hit-title">{_isolated(hit.article.title)}</span>'
        f'<span class="wj-snippet">{label}{_isolated(snippet)}</span></summary>'
        f'{_about(hit.article)}<blockquote class="wj-passage">{_with_terms(text, terms)}</blockquote>'
        f'<p class="wj-why">{_why(hit, language)}</p>'
        f'<p class="wj-place"><span class="wj-file">{_isolated(hit.article.document_id)}</span></p>'
        f"{_also_in(hit.also_in, language)}</details>"
    )


def _also_in(documents: Sequence[str], language: Language) -> str:
    """Return a line with the other documents that print the same article, or nothing."""
    if not documents:
        return ""
    files = " · ".join(f'<span class="wj-file">{_isolated(name)}</span>' for name in documents)
    return f'<p class="wj-place"><span>{word("also_in", language, files=files)}</span></p>'


def _with_terms(text: str, terms: Sequence[str]) -> str:
    shown: list[str] = []
    end = 0
    for span in matched_spans(text, terms):
        shown.append(escape_html(text[end : span.start]))
        shown.append(f'<mark class="wj-term">{escape_html(text[span.start : span.end])}</mark>')
        end = span.end
    return "".join([*shown, escape_html(text[end:])])


def _why(hit: Hit, language: Language) -> str:
    """Return in plain words why the passage was found, one reason a leg, best rank first."""
    if not hit.why:
        return word("why_next", language)
    legs = sorted(hit.why.items(), key=lambda item: (item[1].rank, item[0]))
    return " · ".join(_reason(name, leg.rank, language) for name, leg in legs)


def _reason(name: str, rank: int, language: Language) -> str:
    if name in ("dense", "keyword", "dictionary", "title"):
        return word(f"why_{name}", language, rank=rank)
    return word("why_other", language, leg=escape_html(name), rank=rank)


def _isolated(text: str) -> str:
    """Return the text escaped, in an element that keeps right-to-left letters from turning our words around it."""
    return f"<bdi>{escape_html(text)}</bdi>"
