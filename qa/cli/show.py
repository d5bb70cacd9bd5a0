"""What the command line prints: answers, citations, passages, articles and progress.

Does not decide anything: it lays out values of `qa.types`, from the pieces in `qa.cli.text`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from qa.cli.growing import Growing
from qa.cli.text import (
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
from qa.types import Answer, Article, ArticleView, Citation, Hit, IndexReport, Match, Progress, Span, Status

NEAREST = 3  # articles named when there is no answer
PLAIN_STEPS = 5  # progress lines for each unit where there is no terminal
PLAIN_LINES = 20  # progress lines in all


def show_answer(answer: Answer, filters: Filters = EVERYTHING) -> None:
    """Print each sentence with the short answer marked and its proof, or why there is none and what comes near.

    The filters that were on come first; where the question was completed from earlier ones, what was searched for, and
    how to ask it alone.
    """
    growing_answer(filters).end(answer)


def growing_answer(
    filters: Filters = EVERYTHING, *, around: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Growing:
    """Return what prints an answer as it grows, as `show_answer` prints it.

    Args:
        filters: That were on.
        around: What stands around each printing, such as putting a line that moves aside.
    """
    out = open_console()

    def printed(lines: Sequence[Text]) -> None:
        with around():
            for line in lines:
                write(out, line)
            out.file.flush()

    return Growing(
        printed,
        lambda answer: _answer_lines(out, answer, filters),
        _proof_lines,
        styled=out.color_system is not None,
        language="en",
    )


def _answer_lines(out: Console, answer: Answer, filters: Filters) -> list[Text]:
    lines = []
    if filters:
        lines.append(Text(f"Searched only: {one_line(described(filters, language='en'))}", style="dim"))
    asked = answer.question.strip()
    if answer.searched_for.strip() != asked:
        lines.append(Text(f"Searched for: {one_line(answer.searched_for)}", style="dim"))
        lines.append(Text(f"To ask “{one_line(asked)}” alone, leave out --history.", style="dim"))
    if answer.answer is None:
        lines.append(Text(f"No answer. {one_line(answer.reason or '')}".rstrip()))
        return lines + _nearest_lines(answer.hits)
    lines += answer_in_sentences(out, answer.answer, answer.sentence or answer.answer, answer.citations)
    if answer.reason:
        lines.append(Text(f"Not answered in full. {one_line(answer.reason)}"))
    return lines


def _proof_lines(answer: Answer) -> list[Text]:
    """Return every quotation with its place."""
    lines = []
    for citation in answer.all_citations if answer.answer is not None else ():
        lines += [Text(), *_citation_lines(citation)]
    if answer.dropped_citations:
        count = counted(answer.dropped_citations, "quotation")
        lines += [Text(), Text(f"{count} could not be proved and are not shown.")]
    return lines


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
        for line in _also_in_lines(hit.also_in, indent="   "):
            write(out, line)
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


def _citation_lines(citation: Citation) -> list[Text]:
    article = citation.article
    about, place = source_line(article), place_of(citation.document_id, citation.span)
    lines = [Text(f"[{citation.number}] ") + title_of(article), *([Text(f"    {about}")] if about else [])]
    lines.append(Text(f"    {place}{page_of(citation)}", style="dim"))
    lines += _also_in_lines(citation.also_in, indent="    ")
    lines.append(Text(f"    “{one_line(citation.quote)}”"))
    if citation.match is Match.REPAIRED:
        lines.append(Text("    repaired, reads: ", style="yellow") + Text(f"“{one_line(citation.text)}”"))
    return lines


def _also_in_lines(documents: Sequence[str], *, indent: str) -> list[Text]:
    """Name the other documents that print the same article."""
    if not documents:
        return []
    return [Text(f"{indent}also in {', '.join(one_line(name) for name in documents)}", style="dim")]


def _nearest_lines(hits: Sequence[Hit]) -> list[Text]:
    """Name the first articles among the hits, each once, with the place of its best passage."""
    nearest: dict[str, Hit] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit)
    lines = [Text("Nearest articles:")] if nearest else []
    for hit in list(nearest.values())[:NEAREST]:
        place = place_of(hit.article.document_id, hit.passage.span)
        lines.append(Text("  ") + title_of(hit.article) + Text(f"  {place}", style="dim"))
    return lines
