"""A conversation as one page of HTML that needs nothing else: no script, no picture, no font, no request.

The style is named by its hash in the page's own policy, so that nothing that got in could bring another.
"""

import base64
import hashlib

from qa.chat.export import Translated
from qa.chat.export_style import STYLE
from qa.chat.parts import (
    about_answer,
    about_article,
    about_conversation,
    about_question,
    feedback_of,
    place_of,
    question_of,
    sentences_of,
)
from qa.chat.turns import Conversation, Turn
from qa.chat.wording import WORDS
from qa.chat.wording_written import WRITTEN, label_of, notes_of
from qa.escape import clean, escape_html
from qa.language import Language
from qa.types import Answer, Citation, Match, Written

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def html_page(conversation: Conversation, *, language: Language, translated: Translated = str) -> str:
    """Return the page: each question with its answer and, numbered, its quotations and their sources.

    Args:
        conversation: Whole.
        language: Of our own words.
        translated: Puts our mistakes and reasons into that language.
    """
    words = WORDS[language]
    title = escape_html(" ".join(clean(conversation.title).split())) or words["question"].format(number=1)
    turns = "".join(_turn(turn, language, translated) for turn in conversation.turns)
    return (
        f'<!doctype html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1><bdi>{title}</bdi></h1>{_faint([about_conversation(conversation, language)])}</header>\n"
        f"<main>\n{turns}</main>\n</body>\n</html>\n"
    )


def _turn(turn: Turn, language: Language, translated: Translated) -> str:
    words = WORDS[language]
    parts = [
        f"<section>\n<h2><span>{turn.number}</span><bdi>{escape_html(question_of(turn, language))}</bdi></h2>",
    ]
    if about := about_question(turn, language):
        parts.append(_faint(about))
    if turn.problem is not None:
        problem = words["problem"].format(problem=translated(turn.problem))
        parts.append(f'<p class="problem">{escape_html(problem)}</p>')
    if turn.answer is not None:
        parts.append(_answer(turn.answer, turn.number, language, translated))
    parts += [f'<p class="said">{escape_html(text)}</p>' for text in feedback_of(turn, language)]
    return "\n".join(parts) + "\n</section>\n"


def _answer(answer: Answer, turn: int, language: Language, translated: Translated) -> str:
    words = WORDS[language]
    if answer.answer is None:
        parts = [f'<p class="answer">{words["unsaid"]}</p>']
    else:
        parts = [f'<p class="answer"><bdi>{escape_html(answer.answer)}</bdi></p>']
        parts += [
            f"<p>{_marked(line, answer.answer)}{_references(numbers, turn)}</p>"
            for line, numbers in sentences_of(answer)
        ]
    if answer.reason:
        parts.append(f"<p>{escape_html(translated(answer.reason))}</p>")
    if answer.written is not None:
        parts += _written(answer.written, turn, language)
    if answer.all_citations:
        items = "\n".join(_citation(citation, turn, language) for citation in answer.all_citations)
        parts.append(f'<ol aria-label="{words["evidence"]}">\n{items}\n</ol>')
    if answer.dropped_citations:
        parts.append(_faint([words["dropped"].format(count=answer.dropped_citations)]))
    return "\n".join([*parts, _faint(about_answer(answer, language))])


def _written(written: Written, turn: int, language: Language) -> list[str]:
    """Return what a language model wrote: what is proved with its numbers, the rest struck through and labelled."""
    lines = [
        f"<p><bdi>{escape_html(sentence.text)}</bdi>{_references(sentence.citations, turn)}</p>"
        if sentence.proved
        else f'<p class="unproved"><s><bdi>{escape_html(sentence.text)}</bdi></s> '
        f"<span>{escape_html(label_of(sentence, language))}</span></p>"
        for sentence in written.sentences
    ]
    head = _faint([WRITTEN[language]["written_by"].format(model=written.model)])
    notes = notes_of(written, language)
    return [*([head, *lines] if written.proved else []), *([_faint(notes)] if notes else [])]


def _marked(line: str, answer: str) -> str:
    """Return the line escaped, with the short answer marked where it is a part of it."""
    before, found, after = line.partition(answer)
    if not found or not (before.strip() or after.strip()):
        return f"<bdi>{escape_html(line)}</bdi>"
    return f"<bdi>{escape_html(before)}<mark>{escape_html(found)}</mark>{escape_html(after)}</bdi>"


def _references(numbers: tuple[int, ...], turn: int) -> str:
    return "".join(f' <a href="#c{turn}-{number}">[{number}]</a>' for number in numbers)


def _citation(citation: Citation, turn: int, language: Language) -> str:
    about = about_article(citation)
    repaired = ""
    if citation.match is Match.REPAIRED:
        repaired = f'<p class="faint">{WORDS[language]["repaired"]}<bdi>{escape_html(citation.text)}</bdi></p>'
    return (
        f'<li id="c{turn}-{citation.number}"><h3><span>[{citation.number}]</span>'
        f"<bdi>{escape_html(citation.article.title)}</bdi></h3>{_faint(about) if about else ''}"
        f"<blockquote>{escape_html(citation.quote)}</blockquote>{repaired}{_faint(place_of(citation, language))}</li>"
    )


def _faint(texts: list[str]) -> str:
    return f'<p class="faint">{" · ".join(f"<bdi>{escape_html(text)}</bdi>" for text in texts)}</p>'
