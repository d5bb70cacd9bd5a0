"""What the command line prints: answers, citations, passages, articles and progress.

Does not decide anything: it lays out values of `qa.types`. Every text from a document goes through `qa.terminal`, and
none is read as markup. Where styles cannot be seen, as in a pipe, marked text stands between ⟦ and ⟧.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from qa.cli_show_written import written_lines
from qa.corpus.tables import is_table
from qa.filters import EVERYTHING, Filters, described
from qa.terminal import one_line, visible
from qa.types import Answer, Article, ArticleView, Citation, Hit, IndexReport, Match, Progress, Span, Status, Written

NEAREST = 3  # articles named when there is no answer
PLAIN_STEPS = 5  # progress lines for each unit where there is no terminal
PLAIN_LINES = 20  # progress lines in all
BETWEEN_ANSWERS = re.compile("；|; ")  # where a question has several short answers


def show_answer(answer: Answer, filters: Filters = EVERYTHING) -> None:
    """Print each sentence with the short answer marked and its proof, or why there is none and what comes near.

    The filters that were on come first; where the question was completed from earlier ones, what was searched for, and
    how to ask it alone.
    """
    out = _console()
    if filters:
        _write(out, Text(f"Searched only: {one_line(described(filters, language='en'))}", style="dim"))
    asked = answer.question.strip()
    if answer.searched_for.strip() != asked:
        _write(out, Text(f"Searched for: {one_line(answer.searched_for)}", style="dim"))
        _write(out, Text(f"To ask “{one_line(asked)}” alone, leave out --history.", style="dim"))
    if answer.answer is None:
        _write(out, Text(f"No answer. {one_line(answer.reason or '')}".rstrip()))
        _show_nearest(out, answer.hits)
    else:
        for line in _answer_in_sentences(out, answer.answer, answer.sentence or answer.answer, answer.citations):
            _write(out, line)
        if answer.reason:
            _write(out, Text(f"Not answered in full. {one_line(answer.reason)}"))
        if answer.written is not None:
            _show_written(out, answer.written)
        for citation in answer.all_citations:
            _write(out, "")
            _show_citation(out, citation)
    if answer.dropped_citations:
        _write(out, f"\n{_count(answer.dropped_citations, 'quotation')} could not be proved and are not shown.")


def show_hits(hits: Sequence[Hit]) -> None:
    """Print ranked passages with the place where each stands and why it was found."""
    out = _console()
    if not hits:
        _write(out, "Nothing was found.")
    for hit in hits:
        _write(out, Text(f"{hit.rank}. ") + Text(one_line(hit.article.title), style="bold") + f"  {hit.score:.3f}")
        why = "; ".join(
            f"{name} {leg.rank}" + (f": {' '.join(one_line(term) for term in leg.terms)}" if leg.terms else "")
            for name, leg in hit.why.items()
        )
        place = _place(hit.article.document_id, hit.passage.span)
        _write(out, Text(f"   {place}" + (f"  ({why})" if why else ""), style="dim"))
        _show_also_in(out, hit.also_in, indent="   ")
        _write(out, f"   {one_line(hit.passage.text)}")


def show_article(view: ArticleView) -> None:
    """Print the article with the span marked, as the source has it; with nothing marked, the whole document."""
    out = _console()
    document, marked = view.document, view.marked
    if marked is None:
        _write(out, Text(one_line(document.id), style="bold"))
        for assumption in document.assumptions:
            _write(out, Text(one_line(assumption), style="dim"))
        _write(out, "")
        _write(out, _source(document.text))
        return
    _show_heading(out, view.article)
    _write(out, Text(_place(document.id, marked), style="dim"))
    for piece in article_pieces(view.article, marked):
        _write(out, "")
        first, last = max(piece.start, marked.start), min(piece.end, marked.end)
        if first < last:
            before, inside = document.text[piece.start : first], document.text[first:last]
            line = _source(before) + _marked(out, _source(inside)) + _source(document.text[last : piece.end])
        else:
            line = _source(document.text[piece.start : piece.end])
        _write(out, line)


def article_pieces(article: Article, marked: Span) -> list[Span]:
    """Return where the blocks of the article and the marked span stand in the source, in its order, overlaps joined."""
    spans = [marked, *([article.title_span] if article.title_span else [])]
    for block in article.blocks:
        if block.content.runs:
            first, last = block.content.runs[0], block.content.runs[-1]
            length = last.length if last.raw_length is None else last.raw_length
            spans.append(Span(first.raw_start, last.raw_start + length))
    pieces: list[Span] = []
    for span in sorted(spans):
        if pieces and span.start <= pieces[-1].end:
            pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, span.end))
        else:
            pieces.append(span)
    return pieces


def show_index_report(report: IndexReport) -> None:
    """Print which files were skipped and why, what was done, and what the store holds now."""
    out = _console()
    for skipped in report.skipped:
        _write(out, f"skipped {one_line(skipped.path)}: {one_line(skipped.reason)}")
    _write(
        out,
        f"{report.added} new, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged",
    )
    _write(
        out,
        f"{_count(report.documents, 'file')}, {_count(report.articles, 'article')}, "
        f"{_count(report.passages, 'passage')}, {len(report.skipped)} skipped; {report.seconds:.1f} s",
    )


def show_status(status: Status) -> None:
    """Print what is loaded."""
    out = _console()
    _write(
        out,
        f"{_count(status.documents, 'file')}, {_count(status.articles, 'article')}, "
        f"{_count(status.passages, 'passage')}; generation {status.generation}",
    )
    if any(status.collections):
        named = ", ".join(f"{one_line(name) or 'without a name'} {count}" for name, count in status.collections.items())
        _write(out, f"collections: {named}")
    for name, value in (
        ("model", status.model),
        ("answers by", status.answerer),
        ("language model", status.llm),
        ("store", status.store),
    ):
        if value or name != "language model":
            _write(out, f"{name}: {one_line(value)}")


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Yield a function that shows progress on standard error: bars on a terminal, else a few plain lines."""
    if not sys.stderr.isatty():
        yield PlainProgress().show
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            label = one_line(f"{progress.unit} {progress.message}").strip()[:60]
            if progress.unit not in tasks:
                tasks[progress.unit] = bars.add_task(label)
            bars.update(tasks[progress.unit], completed=progress.done, total=progress.total or None, description=label)

        yield show


class PlainProgress:
    """Writes a line at each fifth of the way of every unit, and never more than twenty lines."""

    def __init__(self) -> None:
        self._reached: dict[str, int] = {}
        self._lines = 0

    def show(self, progress: Progress) -> None:
        """Write a line where this step reaches a new fifth of its unit."""
        step = PLAIN_STEPS * progress.done // progress.total if progress.total > 0 else 0
        if step <= self._reached.get(progress.unit, -1) or self._lines >= PLAIN_LINES:
            return
        self._reached[progress.unit] = step
        self._lines += 1
        message = f"  {one_line(progress.message)}" if progress.message else ""
        sys.stderr.write(f"{progress.done}/{progress.total} {progress.unit}{message}\n")
        sys.stderr.flush()


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def _write(out: Console, line: Text | str) -> None:
    out.print(line, soft_wrap=True)


def _source(text: str) -> Text:
    """Return source text for the eye: line ends as the terminal knows them, other controls made visible."""
    return Text(visible(text.replace("\r\n", "\n")))


def _marked(out: Console, text: Text) -> Text:
    """Return the text bold and underlined, or between ⟦ and ⟧ where styles cannot be seen."""
    if out.color_system is None:
        return Text("⟦") + text + Text("⟧")
    text.stylize("bold underline")
    return text


def _answer_in_sentences(out: Console, short: str, sentences: str, citations: Sequence[Citation]) -> list[Text]:
    """Return the sentences, a line each, with the short answers marked and the numbers of what proves them behind.

    A short answer that stands in none of them comes before the first one.
    """
    rows = sentences.split("\n")
    answers = [short] if any(short in row for row in rows) else BETWEEN_ANSWERS.split(short)
    numbers = _numbers(rows, citations)
    lines = []
    for row, behind in zip(rows, numbers, strict=True):
        marked = _with_marks(out, one_line(row), [one_line(answer) for answer in answers if answer])
        lines.append(marked + Text("".join(f" [{number}]" for number in behind), style="dim"))
    for answer in reversed(answers):
        if not any(answer in row for row in rows):
            lines[0] = _marked(out, Text(one_line(answer))) + Text("  ") + lines[0]
    return lines


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
            line += Text(shown[end:start]) + _marked(out, Text(answer))
            end = start + len(answer)
    return line + Text(shown[end:])


def _show_written(out: Console, written: Written) -> None:
    lines = written_lines(written, styled=out.color_system is not None)
    if lines:
        _write(out, "")
    for line in lines:
        _write(out, line)


def _show_citation(out: Console, citation: Citation) -> None:
    article = citation.article
    _write(out, Text(f"[{citation.number}] ") + _title(article))
    _show_source_line(out, article)
    kind = "row" if is_table(citation.document_id) else "page"
    page = f", {kind} {citation.page}" if citation.page is not None else ""
    _write(out, Text(f"    {_place(citation.document_id, citation.span)}{page}", style="dim"))
    _show_also_in(out, citation.also_in, indent="    ")
    _write(out, f"    “{one_line(citation.quote)}”")
    if citation.match is Match.REPAIRED:
        _write(out, Text("    repaired, reads: ", style="yellow") + Text(f"“{one_line(citation.text)}”"))


def _show_also_in(out: Console, documents: Sequence[str], *, indent: str) -> None:
    """Name the other documents that print the same article."""
    if documents:
        _write(out, Text(f"{indent}also in {', '.join(one_line(name) for name in documents)}", style="dim"))


def _show_heading(out: Console, article: Article) -> None:
    _write(out, _title(article))
    _show_source_line(out, article)


def _title(article: Article) -> Text:
    subtitle = f" — {one_line(article.subtitle)}" if article.subtitle else ""
    return Text(one_line(article.title), style="bold") + Text(subtitle)


def _show_source_line(out: Console, article: Article) -> None:
    parts = [one_line(part) for part in (article.publisher, article.byline, article.date) if part]
    if parts:
        _write(out, f"    {' · '.join(parts)}")


def _show_nearest(out: Console, hits: Sequence[Hit]) -> None:
    """Name the first articles among the hits, each once, with the place of its best passage."""
    nearest: dict[str, Hit] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit)
    if nearest:
        _write(out, "Nearest articles:")
    for hit in list(nearest.values())[:NEAREST]:
        place = _place(hit.article.document_id, hit.passage.span)
        _write(out, Text("  ") + _title(hit.article) + Text(f"  {place}", style="dim"))


def _place(document_id: str, span: Span) -> str:
    return f"{one_line(document_id)}:{span.start}-{span.end}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
