"""Conversations as files to take along: Markdown, JSON, and (in `qa.chat.export_html`) one page.

What comes from documents and readers stays text: no heading, link, HTML or fence in it becomes one.
"""

import re
from collections.abc import Callable
from typing import Literal

from qa.chat.json import conversation_json
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
from qa.escape import clean, escape_markdown_file
from qa.language import Language
from qa.terminal import json_text
from qa.types import Citation, Match, Written

Form = Literal["md", "json", "html"]
Translated = Callable[[str], str]
"""A mistake or reason of ours, which is kept in English, in the reader's language."""

MOST_HEADING = 200  # characters of a question in a heading; a longer one stands whole below it


def exported(conversation: Conversation, form: Form, *, language: Language, translated: Translated = str) -> bytes:
    """Return a conversation as a file in UTF-8.

    Args:
        conversation: Whole.
        form: Markdown, JSON or one page of HTML.
        language: Of our own words; JSON has none.
        translated: Puts our mistakes and reasons into that language.
    """
    if form == "json":
        return json_export(conversation).encode("utf-8")
    if form == "md":
        return markdown(conversation, language=language, translated=translated).encode("utf-8")
    from qa.chat.export_html import html_page  # noqa: PLC0415 (only who wants the page loads it)

    return html_page(conversation, language=language, translated=translated).encode("utf-8")


def file_name(conversation: Conversation, form: Form) -> str:
    """Return a name for the file: the title as far as every system takes it, and the ending."""
    name = re.sub(r"[^\w-]+", "_", clean(conversation.title))[:50].strip("_") or "conversation"
    return f"{name}.{form}"


def json_export(conversation: Conversation) -> str:
    """Return what `qa.chat.importing` reads back."""
    return json_text(conversation_json(conversation), indent=1) + "\n"


def markdown(conversation: Conversation, *, language: Language, translated: Translated = str) -> str:
    """Return a Markdown file: a heading for each question, the answer, and its quotations with their sources."""
    title = _line(conversation.title) or WORDS[language]["question"].format(number=1)
    parts = [f"# {title}", f"*{_line(about_conversation(conversation, language))}*"]
    for turn in conversation.turns:
        parts += _turn(turn, language, translated)
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn, language: Language, translated: Translated) -> list[str]:
    words = WORDS[language]
    question = question_of(turn, language)
    if len(question) <= MOST_HEADING and "\n" not in question:
        parts = [f"## {turn.number}\\. {_line(question)}"]
    else:
        parts = [f"## {words['question'].format(number=turn.number)}", _quoted(question)]
    if about := about_question(turn, language):
        parts.append(f"*{_line(' · '.join(about))}*")
    if turn.problem is not None:
        parts.append(_line(words["problem"].format(problem=translated(turn.problem))))
    if turn.answer is not None:
        answer = turn.answer
        if answer.answer is None:
            parts.append(f"**{words['unsaid']}**")
        else:
            parts.append(f"**{_line(answer.answer)}**")
            parts.append("  \n".join(_sentence(line, numbers) for line, numbers in sentences_of(answer)))
        if answer.reason:
            parts.append(_line(translated(answer.reason)))
        if answer.written is not None:
            parts += _written(answer.written, language)
        parts += [part for citation in answer.all_citations for part in _citation(citation, language)]
        if answer.dropped_citations:
            parts.append(words["dropped"].format(count=answer.dropped_citations))
        parts.append(f"*{_line(' · '.join(about_answer(answer, language)))}*")
    parts += [_line(text) for text in feedback_of(turn, language)]
    return parts


def _written(written: Written, language: Language) -> list[str]:
    """Return what a language model wrote: what is proved with its numbers, the rest struck through and labelled."""
    lines = [
        _sentence(sentence.text, sentence.citations)
        if sentence.proved
        else f"<del>{_line(sentence.text)}</del> ({_line(label_of(sentence, language))})"
        for sentence in written.sentences
    ]
    head = [_line(WRITTEN[language]["written_by"].format(model=written.model)), "\n".join(f"- {one}" for one in lines)]
    return [*(head if written.proved else []), *(f"*{_line(note)}*" for note in notes_of(written, language))]


def _sentence(line: str, numbers: tuple[int, ...]) -> str:
    references = "".join(f" \\[{number}\\]" for number in numbers)
    return f"{_line(line)}{references}"


def _citation(citation: Citation, language: Language) -> list[str]:
    about = " · ".join(_line(text) for text in about_article(citation))
    place = " · ".join(_line(text) for text in place_of(citation, language))
    head = f"\\[{citation.number}\\] **{_line(citation.article.title)}**"
    lines = [head if not about else f"{head}  \n{about}", place]
    parts = ["  \n".join(lines), _quoted(citation.quote)]
    if citation.match is Match.REPAIRED:
        parts.append(f"{WORDS[language]['repaired']}{_line(citation.text)}")
    return parts


def _line(text: str) -> str:
    """Return the text escaped, on one line; lines of our own begin with it or with a mark."""
    return escape_markdown_file(" ".join(clean(text).split()))


def _quoted(text: str) -> str:
    """Return the text as a block quotation, line for line."""
    lines = escape_markdown_file(text.strip("\r\n")).split("\n")
    return "\n".join(f"> {line}  " if line else ">" for line in lines).rstrip(" ")
