"""The bubbles of the chat: a question, an answer, or why there is none.

The chat component reads Markdown and HTML, so every text from outside goes through `escape_markdown`, and each bubble
is one HTML block without a line break, in which no Markdown is read.
"""

from dataclasses import dataclass

from qa.errors import RemedyError
from qa.filters import EVERYTHING, Filters, described
from qa.types import Answer, Citation, Hit
from qa.web.chat.written import written_html
from qa.web.escape import escape_markdown
from qa.web.evidence.marking import short_answer
from qa.web.translate import in_language
from qa.web.words import Language, word

CLOSEST = 120  # characters of the closest passage shown when there is no answer


@dataclass(frozen=True, slots=True)
class Choice:
    """A button below the last answer.

    Attributes:
        label: What stands on it; shown as text, so it is not escaped.
        question: What it asks.
    """

    label: str
    question: str


def question_bubble(question: str) -> str:
    """Return what the user typed, as typed."""
    return f'<div class="wj-question">{escape_markdown(question)}</div>'


def answer_bubble(answer: Answer, *, language: Language, turn: int, filters: Filters = EVERYTHING) -> str:
    """Return the answer in its sentence with numbers of citations, or that the documents do not say, and why.

    Args:
        answer: The answer.
        language: Of our own words.
        turn: Number of the question in the conversation, from 1; the numbers link to the citations of that turn.
        filters: That were on.
    """
    body = _unsaid(answer, language) if answer.abstained else _said(answer, language, turn)
    if answer.written is not None:
        body += written_html(answer.written, language, turn=turn)
    understood = ""
    if _is_completed(answer):
        query = escape_markdown(answer.searched_for)
        understood = f'<p class="wj-searched">{word("understood_as", language, query=query)}</p>'
    narrowed = ""
    if filters:
        among = escape_markdown(described(filters, language=language))
        narrowed = f'<p class="wj-searched">{word("searched_only", language, filters=among)}</p>'
    return f'<div class="wj-answer">{narrowed}{understood}{body}</div>'


def choices(answer: Answer, *, language: Language) -> tuple[Choice, ...]:
    """Return what the reader can do about an answer: ask a question again alone that was completed from the history."""
    return (Choice(word("alone", language), answer.question),) if _is_completed(answer) else ()


def error_bubble(error: RemedyError, *, language: Language) -> str:
    """Return a problem and its remedy."""
    sentence = escape_markdown(in_language(str(error), language))
    return f'<div class="wj-error"><p><strong>{word("problem", language)}</strong></p><p>{sentence}</p></div>'


def _is_completed(answer: Answer) -> bool:
    return answer.searched_for.strip() != answer.question.strip()


def _said(answer: Answer, language: Language, turn: int) -> str:
    numbers = " ".join(_number(citation, language, turn) for citation in answer.citations)
    sources = "".join(f"<li>{_source(citation)}</li>" for citation in answer.citations)
    return (
        f'<p class="wj-sentence">{_marked(answer.sentence or "", answer.answer or "")} {numbers}</p>'
        f'<ul class="wj-sources">{sources}</ul>'
    )


def _marked(sentence: str, answer: str) -> str:
    """Return the sentence with a short answer marked; an answer that stands elsewhere is put in front of it."""
    if answer not in sentence:
        return f"<mark>{escape_markdown(answer)}</mark> {escape_markdown(sentence)}"
    place = short_answer(sentence, answer)
    if place is None:
        return escape_markdown(sentence)
    before, inside, after = sentence[: place.start], sentence[place.start : place.end], sentence[place.end :]
    return f"{escape_markdown(before)}<mark>{escape_markdown(inside)}</mark>{escape_markdown(after)}"


def _number(citation: Citation, language: Language, turn: int) -> str:
    label = word("see_evidence", language, number=citation.number)
    return f'<a class="wj-ref" href="#wj-{turn}-{citation.number}" title="{label}">&#91;{citation.number}&#93;</a>'


def _source(citation: Citation) -> str:
    article = citation.article
    printed = [text for text in (article.publisher, article.date) if text]
    about = " · ".join(escape_markdown(text) for text in printed)
    return f"&#91;{citation.number}&#93; {escape_markdown(article.title)}" + (
        f' <span class="wj-about">· {about}</span>' if about else ""
    )


def _unsaid(answer: Answer, language: Language) -> str:
    reason = f"<p>{escape_markdown(in_language(answer.reason, language))}</p>" if answer.reason else ""
    closest = _closest(answer.hits[0], language) if answer.hits else ""
    return f'<p class="wj-unsaid">{word("not_said", language)}</p>{reason}{closest}'


def _closest(hit: Hit, language: Language) -> str:
    text = hit.passage.text
    shown = text if len(text) <= CLOSEST else text[:CLOSEST] + "…"
    return (
        f'<p class="wj-label">{word("closest", language)}</p>'
        f'<blockquote class="wj-closest">{escape_markdown(shown)}</blockquote>'
        f'<p class="wj-about">{escape_markdown(hit.article.title)}</p>'
    )
