"""Pieces of what the command line prints: titles, places, sentences with the answer marked; and the console for them.

Decides nothing. Every text from a document goes through `qa.terminal`, and none is read as markup. Where styles cannot
be seen, as in a pipe, marked text stands between ⟦ and ⟧.
"""

import re
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from qa.language import page_words
from qa.terminal import one_line, visible
from qa.types import Article, Citation, Span

USUAL_WIDTH = 80  # columns
BETWEEN_ANSWERS = re.compile("；|; ")  # where a question has several short answers


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends silently and with its own exit code."""
        raise BrokenPipeError


def open_console(*, stderr: bool = False) -> Console:
    """Return what is printed to: styled on a terminal only, without colours under NO_COLOR, without any if it is dumb.

    FORCE_COLOR makes a pipe count as a terminal.
    """
    stream = sys.stderr if stderr else sys.stdout
    console = _Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.width < 1:  # COLUMNS=0, as containers set it: everything would be cut away
        console.width = USUAL_WIDTH
    return console


def write(out: Console, line: Text | str) -> None:
    """Print one line, which the terminal breaks where it must."""
    out.print(line, soft_wrap=True)


def source_text(text: str) -> Text:
    """Return source text for the eye: line ends as the terminal knows them, other controls made visible."""
    return Text(visible(text.replace("\r\n", "\n")))


def marked(out: Console, text: Text) -> Text:
    """Return the text bold and underlined, or between ⟦ and ⟧ where styles cannot be seen."""
    if out.color_system is None:
        return Text("⟦") + text + Text("⟧")
    text.stylize("bold underline")
    return text


def answer_in_sentences(out: Console, short: str, sentences: str, citations: Sequence[Citation]) -> list[Text]:
    """Return the sentences, a line each, with the short answers marked and the numbers of what proves them behind.

    A short answer that stands in none of them comes before the first one.
    """
    rows = sentences.split("\n")
    answers = [short] if any(short in row for row in rows) else BETWEEN_ANSWERS.split(short)
    numbers = _numbers(rows, citations)
    lines = []
    for row, behind in zip(rows, numbers, strict=True):
        line = _with_marks(out, one_line(row), [one_line(answer) for answer in answers if answer])
        lines.append(line + Text("".join(f" [{number}]" for number in behind), style="dim"))
    for answer in reversed(answers):
        if not any(answer in row for row in rows):
            lines[0] = marked(out, Text(one_line(answer))) + Text("  ") + lines[0]
    return lines


def title_of(article: Article) -> Text:
    """Return title and subtitle of an article, the title bold."""
    subtitle = f" — {one_line(article.subtitle)}" if article.subtitle else ""
    return Text(one_line(article.title), style="bold") + Text(subtitle)


def source_line(article: Article) -> str:
    """Return who published and wrote an article, and when, as far as it is printed; empty where nothing is."""
    return " · ".join(one_line(part) for part in (article.publisher, article.byline, article.date) if part)


def place_of(document_id: str, span: Span) -> str:
    """Return a place as `wenju show` takes it."""
    return f"{one_line(document_id)}:{span.start}-{span.end}"


def page_of(citation: Citation) -> str:
    """Return page or row of a citation, with a comma in front; empty where its file has none."""
    return f", {page_words(citation.document_id, citation.page, 'en')}" if citation.page is not None else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its English noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _numbers(rows: Sequence[str], citations: Sequence[Citation]) -> list[list[int]]:
    """Return for each sentence the numbers of the citations that quote it; what quotes none goes to the last one."""
    numbers: list[list[int]] = [[] for _ in rows]
    for citation in citations:
        place = rows.index(citation.text) if citation.text in rows else -1
        numbers[place].append(citation.number)
    return numbers


def _with_marks(out: Console, shown: str, answers: Sequence[str]) -> Text:
    """Return a line with the first place of each answer marked; of two that overlap, the one that starts first."""
    line, end = Text(), 0
    for start, answer in sorted((shown.find(answer), answer) for answer in answers if answer in shown):
        if start >= end:
            line += Text(shown[end:start]) + marked(out, Text(answer))
            end = start + len(answer)
    return line + Text(shown[end:])
