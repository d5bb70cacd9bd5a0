"""The parts of a turn as every export shows them: plain text in order, which the exports escape and lay out."""

from qa.chat.turns import Conversation, Turn
from qa.chat.wording import WORDS
from qa.escape import clean
from qa.filters import described
from qa.language import Language, page_words
from qa.types import Answer, Citation


def about_conversation(conversation: Conversation, language: Language) -> str:
    """Return how many questions there are and from when they are."""
    words = WORDS[language]
    begun, changed = day_and_time(conversation.created_at), day_and_time(conversation.changed_at)
    when = begun if begun == changed else words["from_to"].format(begun=begun, changed=changed)
    return words["about"].format(count=len(conversation.turns), when=when)


def question_of(turn: Turn, language: Language) -> str:
    """Return the question as it is shown; of a damaged turn, that it cannot be read."""
    return WORDS[language]["lost_question"] if turn.damaged else clean(turn.question).strip()


def about_question(turn: Turn, language: Language) -> list[str]:
    """Return when it was asked, what was searched for, and what narrowed it; nothing of a damaged turn."""
    if turn.damaged:
        return []
    words = WORDS[language]
    parts = [words["asked"].format(at=day_and_time(turn.asked_at))]
    if turn.answer is not None and turn.answer.searched_for.strip() != turn.question.strip():
        parts.append(words["searched"].format(query=turn.answer.searched_for))
    if turn.alone:
        parts.append(words["alone"])
    if turn.filters:
        parts.append(words["only"].format(filters=described(turn.filters, language=language)))
    return parts


def about_answer(answer: Answer, language: Language) -> list[str]:
    """Return the confidence and the generation of the index."""
    words = WORDS[language]
    confidence = [] if answer.abstained else [words["confidence"].format(value=f"{answer.confidence:.2f}")]
    return [*confidence, words["generation"].format(generation=answer.generation)]


def about_article(citation: Citation) -> list[str]:
    """Return subtitle, by-line, publisher and date, as far as they are printed."""
    article = citation.article
    return [text for text in (article.subtitle, article.byline, article.publisher, article.date) if text]


def place_of(citation: Citation, language: Language) -> list[str]:
    """Return file, page and range of a quotation, and where else it is printed."""
    words = WORDS[language]
    parts = [citation.document_id]
    if citation.page is not None:
        parts.append(page_words(citation.document_id, citation.page, language))
    parts.append(words["span"].format(start=citation.span.start, end=citation.span.end))
    if citation.also_in:
        parts.append(words["also_in"].format(files=", ".join(citation.also_in)))
    return parts


def feedback_of(turn: Turn, language: Language) -> list[str]:
    """Return what a reader said about the answer."""
    words = WORDS[language]
    rated = {1: [words["good"]], -1: [words["bad"]]}.get(turn.rating, [])
    return [*rated, *([words["note"].format(note=turn.note)] if turn.note else [])]


def sentences_of(answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    """Return the lines of the answer, each with the numbers of the citations that hold it; the last takes the rest."""
    lines = (answer.sentence or "").split("\n")
    numbered = [
        tuple(one.number for one in answer.citations if line.strip() and (line in one.text or one.text in line))
        for line in lines
    ]
    left = tuple(one.number for one in answer.citations if not any(one.number in numbers for numbers in numbered))
    numbered[-1] = tuple(sorted((*numbered[-1], *left)))
    return list(zip(lines, numbered, strict=True))


def day_and_time(moment: str) -> str:
    """Return a moment in ISO 8601 to the minute, such as `2024-03-05 08:30 UTC`."""
    return f"{moment[:10]} {moment[11:16]} UTC" if moment.endswith(("Z", "+00:00")) else moment
