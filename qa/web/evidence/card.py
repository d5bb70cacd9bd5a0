"""The card of an article, opened at a quotation: where it comes from, its text, how to copy it and link to it.

Pure functions from values to HTML; every text from outside goes through `escape_html`. The buttons are brought to life
by scripts/evidence.js.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.escape import escape_html
from qa.language import page_words
from qa.types import Article, ArticleView, Citation, Match, Span
from qa.web.evidence.bodies import Marks, legend_html, marks_of, plain_html, repaired_html, source_html
from qa.web.evidence.permalink import permalink
from qa.web.evidence.pieces import MOST, LaidOut, lay_out
from qa.web.evidence.quotations import Quotation
from qa.web.words import Language, word


@dataclass(frozen=True, slots=True)
class Cited:
    """What a quotation is copied with.

    Attributes:
        quote: From the source.
        text: Repaired.
        source: Who printed it and where it stands, one line each.
    """

    quote: str
    text: str
    source: tuple[str, ...]


def citation_card(
    quotation: Quotation, answer: str | None, *, language: Language, turn: int, why: str = "", most: int = MOST
) -> str:
    """Return the card of one citation.

    Args:
        quotation: With its article, where it still stands there.
        answer: Short answer, to be made strong.
        language: Of our own words.
        turn: Number of the question in the conversation; makes the anchor unique.
        why: HTML that says why the passage was found.
        most: Code points of the article that are shown, about.
    """
    citation = quotation.citation
    place = _place(citation, quotation.view, language)
    cited = Cited(citation.quote, citation.text, source_lines(citation.article, citation.document_id, place))
    if quotation.view is None:
        body, link = _kept_body(quotation, answer, language), ""
    else:
        body = body_html(quotation.view, answer, language=language, most=most)
        if citation.match is Match.REPAIRED and '<div class="wj-switch"' not in body:
            body += _labelled_repair(citation, answer, language)
        link = link_html(citation.document_id, citation.span, language)
    return (
        f'<article class="wj-citation" id="wj-{turn}-{citation.number}" tabindex="-1">'
        f'<h3><span class="wj-number">{citation.number}</span> {isolated(citation.article.title)}</h3>'
        f"{about_html(citation.article)}{body}{place_html(citation.document_id, place)}"
        f"{also_in_html(citation.also_in, language)}{tools_html(cited, link, language)}{why}</article>"
    )


def body_html(view: ArticleView, answer: str | None, *, language: Language, most: int = MOST) -> str:
    """Return the text of an opened article, scrolled by the script to what is marked; where it was repaired, both ways.

    Args:
        view: The article.
        answer: Short answer, to be made strong.
        language: Of our own words.
        most: Code points that are shown, about.
    """
    laid_out, marks = lay_out(view, most=most), marks_of(view, answer)
    title = escape_html(view.article.title)
    if not laid_out.repaired:
        return _box("source", source_html(laid_out, marks, language), laid_out, title, language)
    return (
        f'<div class="wj-switch" role="group" aria-label="{word("switch", language)}">'
        f'<button type="button" data-view="source" aria-pressed="true">{word("quote_raw", language)}</button>'
        f'<button type="button" data-view="repaired" aria-pressed="false">{word("quote_repaired", language)}</button>'
        f"</div>{_boxes(laid_out, marks, title, language)}{legend_html(laid_out, language)}"
    )


def _boxes(laid_out: LaidOut, marks: Marks, title: str, language: Language) -> str:
    source, repaired = source_html(laid_out, marks, language), repaired_html(laid_out, marks, language)
    return _box("source", source, laid_out, title, language) + _box("repaired", repaired, laid_out, title, language)


def _box(view: str, body: str, laid_out: LaidOut, title: str, language: Language) -> str:
    label = word(f"text_{view}", language, title=title)
    cut = f'<p class="wj-more">{word("cut", language)}</p>'
    return (
        f'<blockquote class="wj-text wj-{view}" data-of="{view}" role="region" aria-label="{label}" tabindex="0"'
        f"{' hidden' if view == 'repaired' else ''}>"
        f"{cut if laid_out.before else ''}{body}{cut if laid_out.after else ''}</blockquote>"
    )


def _kept_body(quotation: Quotation, answer: str | None, language: Language) -> str:
    """Return a quotation as it was kept, and that its document has changed or is gone."""
    citation = quotation.citation
    note = word(f"kept_{quotation.standing}", language)
    body = f'<p class="wj-note wj-kept">{note}</p>'
    repaired = citation.match is Match.REPAIRED
    if repaired:
        body += f'<p class="wj-label">{word("quote_raw", language)}</p>'
    body += f'<blockquote class="wj-source">{plain_html(citation.quote, answer)}</blockquote>'
    return body + (_labelled_repair(citation, answer, language) if repaired else "")


def _labelled_repair(citation: Citation, answer: str | None, language: Language) -> str:
    return (
        f'<p class="wj-label">{word("quote_repaired", language)}</p>'
        f'<blockquote class="wj-repaired">{plain_html(citation.text, answer)}</blockquote>'
    )


def tools_html(cited: Cited | None, link: str, language: Language) -> str:
    """Return the button that copies a quotation, and the link to it; what was copied is told to screen readers."""
    copy = ""
    if cited is not None:
        copy = (
            f'<button type="button" class="wj-copy" data-source="{_copied(cited.quote, cited, language)}"'
            f' data-repaired="{_copied(cited.text, cited, language, repaired=cited.text != cited.quote)}"'
            f' data-done="{word("copied", language)}" data-failed="{word("not_copied", language)}">'
            f"{word('copy', language)}</button>"
        )
    return f'<p class="wj-tools">{copy}{link}<span class="wj-said" role="status"></span></p>'


def _copied(text: str, cited: Cited, language: Language, *, repaired: bool = False) -> str:
    """Return the text that the clipboard gets, escaped; the script adds the address."""
    note = [word("copied_repaired", language)] if repaired else []
    return escape_html("\n".join([word("copied_quote", language, quote=text), *note, *cited.source]))


def link_html(document_id: str, span: Span | None, language: Language) -> str:
    """Return the link that opens an article at a place, in a window of its own so that the chat stays."""
    address = escape_html(permalink(document_id, span))
    return (
        f'<a class="wj-permalink" href="{address}" target="_blank" rel="noopener">{word("permalink", language)}'
        f'<span class="wj-unseen"> {word("new_window", language)}</span></a>'
    )


def source_lines(article: Article, document_id: str, place: Sequence[str]) -> tuple[str, ...]:
    """Return who printed what, and where it stands, a line each, for the clipboard."""
    printed = [f"《{article.title}》", *(text for text in (article.byline, article.publisher, article.date) if text)]
    return " · ".join(printed), " · ".join([document_id, *place])


def _place(citation: Citation, view: ArticleView | None, language: Language) -> list[str]:
    return places(view, citation.document_id, citation.span, citation.page, language)


def places(view: ArticleView | None, document_id: str, span: Span, page: int | None, language: Language) -> list[str]:
    """Return page or row, and line and characters, as words; without a source the line is not known."""
    known = {"start": span.start, "end": span.end}
    if view is None:
        place = [word("position_characters", language, **known)]
    else:
        place = [word("position", language, line=view.document.text.count("\n", 0, span.start) + 1, **known)]
    if page is not None:
        place.insert(0, page_words(document_id, page, language))
    return place


def place_html(document_id: str, place: Sequence[str]) -> str:
    """Return file and place in it."""
    return (
        f'<p class="wj-place"><span class="wj-file">{isolated(document_id)}</span> <span>{" · ".join(place)}</span></p>'
    )


def about_html(article: Article) -> str:
    """Return subtitle, and by-line · publisher · date, of what the source prints."""
    subtitle = f'<p class="wj-subtitle">{isolated(article.subtitle)}</p>' if article.subtitle else ""
    printed = printed_html(article.byline, article.publisher, date=article.date)
    return subtitle + (f'<p class="wj-about">{printed}</p>' if printed else "")


def printed_html(*texts: str | None, date: str | None) -> str:
    """Return what is given of by-line, publisher and date, with a dot between; no line breaks in the date."""
    printed = [isolated(text) for text in texts if text]
    return " · ".join([*printed, f'<bdi class="wj-date">{escape_html(date)}</bdi>'] if date else printed)


def also_in_html(documents: Sequence[str], language: Language) -> str:
    """Return a line with the other documents that print the same article, or nothing."""
    if not documents:
        return ""
    files = " · ".join(f'<span class="wj-file">{isolated(name)}</span>' for name in documents)
    return f'<p class="wj-place"><span>{word("also_in", language, files=files)}</span></p>'


def isolated(text: str) -> str:
    """Return the text escaped, in an element that keeps right-to-left letters from turning our words around it."""
    return f"<bdi>{escape_html(text)}</bdi>"
