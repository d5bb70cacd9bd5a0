"""Say in plain words why a passage was found: the words that match, its ranks, and what the reader thinks of it.

Pure functions from a hit to HTML; every text from outside goes through `escape_html`.
"""

from collections.abc import Sequence

from qa.escape import escape_html
from qa.types import Hit
from qa.web.evidence.marking import matched_spans
from qa.web.words import Language, word

MOST_WORDS = 8  # shown of those that match

_LEGS = ("dense", "keyword", "dictionary", "title")


def why_html(hit: Hit, language: Language) -> str:
    """Return the reasons, one a line: ranks, matching words, and the reader's relevance as a bar."""
    return (
        f'<div class="wj-reasons"><p class="wj-why">{_ranks(hit, language)}</p>'
        f"{_words(hit, language)}{_relevance(hit, language)}</div>"
    )


def with_terms(hit: Hit) -> str:
    """Return the text of a passage, the words that match marked in it."""
    text = hit.passage.text
    shown: list[str] = []
    end = 0
    for span in matched_spans(text, _terms(hit)):
        shown.append(escape_html(text[end : span.start]))
        shown.append(f'<mark class="wj-term">{escape_html(text[span.start : span.end])}</mark>')
        end = span.end
    return "".join([*shown, escape_html(text[end:])])


def _ranks(hit: Hit, language: Language) -> str:
    """Return one reason a leg of the search, best rank first."""
    legs = sorted(
        ((name, leg) for name, leg in hit.why.items() if name != "rerank"), key=lambda item: (item[1].rank, item[0])
    )
    if not legs:
        return word("why_next", language)
    return " · ".join(_reason(name, leg.rank, language) for name, leg in legs)


def _reason(name: str, rank: int, language: Language) -> str:
    if name in _LEGS:
        return word(f"why_{name}", language, rank=rank)
    return word("why_other", language, leg=escape_html(name), rank=rank)


def _words(hit: Hit, language: Language) -> str:
    """Return the words of the passage that match, as it writes them, each once."""
    text = hit.passage.text
    found = dict.fromkeys(text[span.start : span.end] for span in matched_spans(text, _terms(hit)))
    if not found:
        return ""
    words = " ".join(f'<mark class="wj-term">{escape_html(one)}</mark>' for one in list(found)[:MOST_WORDS])
    return f'<p class="wj-words">{word("why_words", language, words=words)}</p>'


def _terms(hit: Hit) -> Sequence[str]:
    return [term for name, leg in hit.why.items() if name != "title" for term in leg.terms]


def _relevance(hit: Hit, language: Language) -> str:
    """Return the reader's relevance as a bar.

    The score of `rerank` is its logit put into 0 to 1 already (`qa.retrieval.rerank.chances`): with the reader that
    comes with Wenju, its estimate that the passage answers the question; it is no share of anything, and not the
    calibrated confidence of the answer.
    """
    leg = hit.why.get("rerank")
    if leg is None:
        return ""
    share = min(1.0, max(0.0, leg.score))
    percent = _percent(share)
    said = word("why_relevance_figure", language, percent=percent, rank=leg.rank)
    return (
        f'<p class="wj-relevance" title="{said}"><span>{word("why_relevance", language)}</span>'
        f'<span class="wj-meter" role="meter" aria-label="{word("why_relevance", language)}" aria-valuemin="0"'
        f' aria-valuemax="100" aria-valuenow="{round(share * 100)}" aria-valuetext="{said}">'
        f'<span style="width:{share * 100:.1f}%"></span></span><span aria-hidden="true">{percent}</span></p>'
    )


def _percent(share: float) -> str:
    """Return a share in whole per cent, and never 0 or 100 of what is not quite that."""
    if share <= 0 or share >= 1:
        return f"{share * 100:.0f}%"
    return "&lt;1%" if share < 0.01 else "&gt;99%" if share > 0.99 else f"{share * 100:.0f}%"
