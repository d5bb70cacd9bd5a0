"""What stands in the bubble when the documents do not say: that they do not, why, and what the nearest articles do say.

Pure functions from values to HTML; every text from outside goes through `escape_html`. The better questions come from
`qa.answer.suggest` and are laid out by the chat.
"""

from qa.corpus.sentences import split_sentences
from qa.escape import escape_html
from qa.retrieval.tokens import shared_words
from qa.translate import in_language
from qa.types import Answer, Hit, Span
from qa.web.evidence.card import isolated, printed_html
from qa.web.evidence.permalink import permalink
from qa.web.words import Language, word

NEAREST = 3  # articles
MOST = 160  # code points of what one of them says
SAYS = 8  # code points; what is shorter, such as a caption's or a speaker's “——不摆摊。”, says little on its own


def silence_html(answer: Answer, language: Language, *, turn: int | None = None) -> str:
    """Return that the documents do not say, the reason, and the nearest articles with what they do say.

    Args:
        answer: That abstained.
        language: Of our own words.
        turn: Number of the question in the conversation: the titles then lead into its evidence panel, as numbers do;
            without it, to the articles by their permalinks.
    """
    reason = f"<p>{escape_html(in_language(answer.reason, language))}</p>" if answer.reason else ""
    nearest = nearest_articles(answer)
    items = "".join(_item(answer.searched_for, hit, turn) for hit in nearest)
    listed = f'<p class="wj-label">{word("nearest", language)}</p><ul>{items}</ul>' if nearest else ""
    return f'<div class="wj-silence"><p class="wj-unsaid">{word("not_said", language)}</p>{reason}{listed}</div>'


def nearest_articles(answer: Answer) -> list[Hit]:
    """Return the best hit of each of the nearest articles, in order of rank.

    Told apart by document and title, for in an answer that was kept the articles of a page have lost their numbers.
    """
    best: dict[tuple[str, str], Hit] = {}
    for hit in answer.hits:
        best.setdefault((hit.article.document_id, hit.article.title), hit)
    return list(best.values())[:NEAREST]


def best_sentence(question: str, text: str) -> Span:
    """Return where the sentence stands that has most words of the question, of as many the first that is no scrap."""
    sentences = [Span(*found) for found in split_sentences(text)] or [Span(0, max(1, len(text)))]
    return max(
        sentences,
        key=lambda span: (_shared(question, text[span.start : span.end]), span.end - span.start >= SAYS, -span.start),
    )


def _shared(question: str, sentence: str) -> int:
    return sum(len(one) for one in shared_words(question, sentence))


def _item(question: str, hit: Hit, turn: int | None) -> str:
    text = hit.passage.text
    span = best_sentence(question, text)
    said = text[span.start : span.end]
    shown = said if len(said) <= MOST else said[:MOST] + "…"
    title = isolated(hit.article.title)
    if turn is None:
        address = escape_html(permalink(hit.article.document_id, hit.passage.span))
        link = f'<a class="wj-permalink" href="{address}" target="_blank" rel="noopener">{title}</a>'
    else:
        link = f'<a class="wj-ref" href="#wj-{turn}-h{hit.rank}">{title}</a>'
    printed = printed_html(hit.article.publisher, date=hit.article.date)
    about = f' <span class="wj-about">{printed}</span>' if printed else ""
    return f"<li>{link}{about}<blockquote>{isolated(shown)}</blockquote></li>"
