"""What the command line prints: answers, citations, passages, articles and progress.

Does not decide anything: it lays out values of `qa.types`, from the pieces in `qa.cli_text`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from qa.cli_show_written import written_lines
from qa.cli_text import (
    answer_in_sentences,
    counted,
    marked,
    open_console,
    page_of,
    place_of,
    source_line,
    source_text,
    title_of,
    write,
)
from qa.filters import EVERYTHING, Filters, described
from qa.terminal import one_line
from qa.types import Answer, Article, ArticleView, Citation, Hit, IndexReport, Match, Progress, Span, Status, Written

NEAREST = 3  # articles named when there is no answer
PLAIN_STEPS = 5  # progress lines for each unit where there is no terminal
PLAIN_LINES = 20  # progress lines in all


def show_answer(answer: Answer, filters: Filters = EVERYTHING) -> None:
    """Print each sentence with the short answer marked and its proof, or why there is none and what comes near.

    The filters that were on come first; where the question was completed from earlier ones, what was searched for, and
    how to ask it alone.
    """
    out = open_console()
    if filters:
        write(out, Text(f"Searched only: {one_line(described(filters, language='en'))}", style="dim"))
    asked = answer.question.strip()
    if answer.searched_for.strip() != asked:
        write(out, Text(f"Searched for: {one_line(answer.searched_for)}", style="dim"))
        write(out, Text(f"To ask “{one_line(asked)}” alone, leave out --history.", style="dim"))
    if answer.answer is None:
        write(out, Text(f"No answer. {one_line(answer.reason or '')}".rstrip()))
        _show_nearest(out, answer.hits)
    else:
        for line in answer_in_sentences(out, answer.answer, answer.sentence or answer.answer, answer.citations):
            write(out, line)
        if answer.reason:
            write(out, Text(f"Not answered in full. {one_line(answer.reason)}"))
        if answer.written is not None:
            _show_written(out, answer.written)
        for citation in answer.all_citations:
            write(out, "")
            _show_citation(out, citation)
    if answer.dropped_citations:
        write(out, f"\n{counted(answer.dropped_citations, 'quotation')} could not be proved and are not shown.")


def show_hits(hits: Sequence[Hit]) -> None:
    """Print ranked passages with the place where each stands and why it was found."""
    out = open_console()
    if not hits:
        write(out, "Nothing was found.")
    for hit in hits:
        write(out, Text(f"{hit.rank}. ") + Text(one_line(hit.article.title), style="bold") + f"  {hit.score:.3f}")
        why = "; ".join(
            f"{name} {leg.rank}" + (f": {' '.join(one_line(term) for term in leg.terms)}" if leg.terms else "")
            for name, leg in hit.why.items()
        )
        place = place_of(hit.article.document_id, hit.passage.span)
        write(out, Text(f"   {place}" + (f"  ({why})" if why else ""), style="dim"))
        _show_also_in(out, hit.also_in, indent="   ")
        write(out, f"   {one_line(hit.passage.text)}")


def show_article(view: ArticleView) -> None:
    """Print the article with the span marked, as the source has it; with nothing marked, the whole document."""
    out = open_console()
    for line in article_lines(out, view):
        write(out, line)


def article_lines(out: Console, view: ArticleView) -> list[Text]:
    """Return what `show_article` prints, for what can be seen on `out`; a paragraph may hold line ends."""
    document, span = view.document, view.marked
    if span is None:
        assumed = [Text(one_line(assumption), style="dim") for assumption in document.assumptions]
        return [Text(one_line(document.id), style="bold"), *assumed, Text(), source_text(document.text)]
    about = source_line(view.article)
    lines = [title_of(view.article), *([Text(f"    {about}")] if about else [])]
    lines.append(Text(place_of(document.id, span), style="dim"))
    for piece in article_pieces(view.article, span):
        first, last = max(piece.start, span.start), min(piece.end, span.end)
        if first < last:
            before, inside = document.text[piece.start : first], document.text[first:last]
            line = source_text(before) + marked(out, source_text(inside)) + source_text(document.text[last : piece.end])
        else:
            line = source_text(document.text[piece.start : piece.end])
        lines += [Text(), line]
    return lines


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
    out = open_console()
    for skipped in report.skipped:
        write(out, f"skipped {one_line(skipped.path)}: {one_line(skipped.reason)}")
    write(
        out,
        f"{report.added} new, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged",
    )
    write(
        out,
        f"{counted(report.documents, 'file')}, {counted(report.articles, 'article')}, "
        f"{counted(report.passages, 'passage')}, {len(report.skipped)} skipped; {report.seconds:.1f} s",
    )


def show_status(status: Status) -> None:
    """Print what is loaded."""
    out = open_console()
    write(
        out,
        f"{counted(status.documents, 'file')}, {counted(status.articles, 'article')}, "
        f"{counted(status.passages, 'passage')}; generation {status.generation}",
    )
    if any(status.collections):
        named = ", ".join(f"{one_line(name) or 'without a name'} {count}" for name, count in status.collections.items())
        write(out, f"collections: {named}")
    for name, value in (
        ("model", status.model),
        ("answers by", status.answerer),
        ("language model", status.llm),
        ("store", status.store),
    ):
        if value or name != "language model":
            write(out, f"{name}: {one_line(value)}")


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


def _show_written(out: Console, written: Written) -> None:
    lines = written_lines(written, styled=out.color_system is not None)
    if lines:
        write(out, "")
    for line in lines:
        write(out, line)


def _show_citation(out: Console, citation: Citation) -> None:
    article = citation.article
    write(out, Text(f"[{citation.number}] ") + title_of(article))
    _show_source_line(out, article)
    place = place_of(citation.document_id, citation.span)
    write(out, Text(f"    {place}{page_of(citation)}", style="dim"))
    _show_also_in(out, citation.also_in, indent="    ")
    write(out, f"    “{one_line(citation.quote)}”")
    if citation.match is Match.REPAIRED:
        write(out, Text("    repaired, reads: ", style="yellow") + Text(f"“{one_line(citation.text)}”"))


def _show_also_in(out: Console, documents: Sequence[str], *, indent: str) -> None:
    """Name the other documents that print the same article."""
    if documents:
        write(out, Text(f"{indent}also in {', '.join(one_line(name) for name in documents)}", style="dim"))


def _show_source_line(out: Console, article: Article) -> None:
    line = source_line(article)
    if line:
        write(out, f"    {line}")


def _show_nearest(out: Console, hits: Sequence[Hit]) -> None:
    """Name the first articles among the hits, each once, with the place of its best passage."""
    nearest: dict[str, Hit] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit)
    if nearest:
        write(out, "Nearest articles:")
    for hit in list(nearest.values())[:NEAREST]:
        place = place_of(hit.article.document_id, hit.passage.span)
        write(out, Text("  ") + title_of(hit.article) + Text(f"  {place}", style="dim"))
