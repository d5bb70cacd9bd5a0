"""The command line: reads what was typed, calls the Assistant, hands what comes back to `qa.cli.show`.

Does not find or judge anything itself. Imports nothing heavy before a command runs, so that `--help` is quick.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import chat, corpus, doctor, feedback, help_text
from qa.cli.complete import complete_document
from qa.cli.filters import with_filters
from qa.cli.shells import mend_completion
from qa.cli.stdin import question_from_input, standard_input
from qa.cli.stores import Answerer, AsJson, Reranker, Store, TopK, open_assistant, settings_of
from qa.errors import QuestionError, RemedyError, SourceError
from qa.terminal import complain, is_full, json_text, speak_utf8, throw_away, typed_text, written_out

if TYPE_CHECKING:
    from qa.cli.growing import Growing
    from qa.cli.stages import StageLine
    from qa.config import Settings
    from qa.filters import Filters
    from qa.types import Answer

ANSWERED, SILENT, MISTAKE = 0, 1, 2

app = typer.Typer(
    help="Ask a folder of documents; every answer is proved by a quotation cut from the source.",
    epilog="Settings also come from wenju.toml in the current folder and from WENJU_* variables. "
    "Exit codes: 0 an answer, 1 the documents do not say, 2 a mistake; of index 0 all was read, 3 some files were "
    "skipped; of verify 0 all agrees, 1 something differs; of doctor 0 all is well, 1 there is something to look at.",
    cls=help_text.Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Docs = Annotated[Path | None, typer.Option("--docs", metavar="FOLDER", help="Folder of documents.")]
Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question; - reads standard input.")]
Earlier = Annotated[
    list[str] | None, typer.Option("--history", metavar="EARLIER", help="An earlier question; repeat, oldest first.")
]
Lines = Annotated[bool, typer.Option("--jsonl", help="Read a question and write an answer as JSON on each line.")]
Llm = Annotated[bool, typer.Option("--llm/--no-llm", help="Let the configured language model write, if there is one.")]
Words = Annotated[str, typer.Argument(metavar="WORDS", help="Words or a question.")]
DocumentId = Annotated[
    str,
    typer.Argument(metavar="DOCUMENT", help="File as citations name it.", autocompletion=complete_document),
]
Bounds = Annotated[str | None, typer.Option("--span", metavar="START:END", help="What to mark, in characters.")]
Repairs = Annotated[bool, typer.Option("--repairs", help="List what was repaired, left out or found damaged.")]
Questions = Annotated[Path | None, typer.Argument(metavar="FILE.jsonl", help="Questions with their answers.")]
Squad = Annotated[Path | None, typer.Option("--squad", metavar="FILE", help="A question set in SQuAD format.")]
Report = Annotated[Path | None, typer.Option("--report", metavar="FILE.html", help="Write a page with every miss.")]
Ablation = Annotated[bool, typer.Option("--ablation", help="Show what each part of the search adds.")]
Host = Annotated[str | None, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")]
Port = Annotated[int | None, typer.Option("--port", metavar="PORT", help="Port to listen on.")]
AllowedHosts = Annotated[
    str | None,
    typer.Option("--allowed-hosts", metavar="NAMES", help="Names that a reverse proxy passes on, separated by commas."),
]
Mcp = Annotated[bool, typer.Option("--mcp", help="Serve MCP tools as well.")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 answered, 1 the documents do not say, 2 a mistake, 130 interrupted.

    3 stands for files that `index` skipped, 1 also for differences that `verify` found, 141 for output that nobody
    reads.
    """
    speak_utf8()
    mend_completion()
    try:
        code = _run(arguments)
        return code if written_out() else help_text.BROKEN_PIPE
    except OSError as error:
        if not is_full(error):
            raise
        throw_away()
        complain(f"The output cannot be written: {error.strerror}. Make room, or write it to another place.")
        return MISTAKE


def _run(arguments: Sequence[str] | None) -> int:
    try:
        app(args=arguments, prog_name="wenju")
    except RemedyError as error:
        complain(str(error))
        return MISTAKE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ANSWERED
    return ANSWERED


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wenju {version('wenju')}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", help="Print the version and end.", is_eager=True, callback=_tell_version)
]


@app.callback()
def options(*, version: Version = False) -> None:
    """Take what stands before a command."""


@app.command()
@with_filters
def ask(
    question: Question = None,
    *,
    as_json: AsJson = False,
    jsonl: Lines = False,
    history: Earlier = None,
    filters: "Filters",
    top_k: TopK = None,
    store: Store = None,
    reranker: Reranker = None,
    answerer: Answerer = None,
    llm: Llm = True,
) -> None:
    """Answer a question with quotations as proof.

    Without QUESTION, standard input is read where it is a file or a pipe. Exit code 0: an answer; 1: the documents do
    not say; 2: a mistake.

    With --jsonl each line of standard input is an object with “question” and, if you like, “id”, “history”, “llm”
    (false: without the language model) and “filters”, which has the names of the flags: {"publisher": "…", "since":
    "2021-09"}. A line that cannot be answered gets “line”, its number, and “error” with “code”, “message”, “remedy” and
    “status”, as from the API; the rest is answered, and the exit code is 2.
    """
    if jsonl:
        if question is not None or history:
            raise QuestionError(
                "With --jsonl, questions and history stand on the lines of standard input.",
                "Remove QUESTION and --history, or --jsonl.",
            )
        _ask_lines(settings_of(store=store, top_k=top_k, reranker=reranker, answerer=answerer), filters, llm=llm)
        return
    if question is None or question == "-":
        question = question_from_input(wanted=question == "-")
    asked, earlier = typed_text(question), [typed_text(text) for text in history or []]
    settings = settings_of(store=store, top_k=top_k, reranker=reranker, answerer=answerer)
    from qa.cli.stages import stages_shown

    with stages_shown() as line, closing(open_assistant(settings)) as assistant:
        growing = None if as_json or line is None else _growing(filters, line)
        so_far = growing.so_far if growing is not None else None
        answer = assistant.ask(
            asked, history=earlier, top_k=settings.top_k, filters=filters, told=line, llm=llm, so_far=so_far
        )
    if as_json:
        from qa.answer.render import answer_json

        print(json_text(answer_json(answer), indent=2))
    elif growing is not None:
        growing.end(answer)
    else:
        from qa.cli.show import show_answer

        show_answer(answer, filters)
    raise typer.Exit(SILENT if answer.abstained else ANSWERED)


@app.command()
@with_filters
def search(
    words: Words,
    *,
    as_json: AsJson = False,
    filters: "Filters",
    top_k: TopK = None,
    store: Store = None,
    reranker: Reranker = None,
) -> None:
    """Find passages, best first, without answering."""
    query = typed_text(words)
    settings = settings_of(store=store, top_k=top_k, reranker=reranker)
    with closing(open_assistant(settings)) as assistant:
        hits = assistant.search(query, top_k=settings.top_k, filters=filters)
    if as_json:
        from qa.answer.render import hit_json

        print(json_text([hit_json(hit) for hit in hits], indent=2))
    else:
        from qa.cli.show import show_hits

        show_hits(hits)
    raise typer.Exit(ANSWERED if hits else SILENT)


@app.command()
def show(
    document: DocumentId, *, span: Bounds = None, repairs: Repairs = False, as_json: AsJson = False, store: Store = None
) -> None:
    """Print a document, or an article with a span marked.

    The text is the source as it stands, before any repair. With --repairs, print every repair instead: its place, what
    stood there and what is read there; with --span, only those that touch it.
    """
    start, end = _bounds(span) if span is not None else (None, None)
    if repairs:
        _show_repairs(settings_of(store=store), document, start, end, as_json=as_json)
        return
    with closing(open_assistant(settings_of(store=store))) as assistant:
        view = assistant.article(document, start, end)
    if as_json:
        from qa.answer.render import article_json

        print(json_text(article_json(view), indent=2))
    else:
        from qa.cli.show import show_article

        show_article(view)


@app.command()
def status(*, as_json: AsJson = False, store: Store = None) -> None:
    """Say what is loaded."""
    with closing(open_assistant(settings_of(store=store))) as assistant:
        loaded = assistant.status()
    if as_json:
        from dataclasses import asdict

        print(json_text(asdict(loaded), indent=2))
    else:
        from qa.cli.show import show_status

        show_status(loaded)


@app.command("eval")
def evaluate(
    questions: Questions = None,
    *,
    squad: Squad = None,
    store: Store = None,
    docs: Docs = None,
    as_json: AsJson = False,
    report: Report = None,
    ablation: Ablation = False,
    reranker: Reranker = None,
    answerer: Answerer = None,
) -> None:
    """Measure answers to questions with known answers."""
    if questions is None and squad is None:
        raise QuestionError("There are no questions.", "Name a file: wenju eval FILE.jsonl, or --squad FILE.")
    from qa.evaluation.run import run_evaluation

    settings = settings_of(reranker=reranker, answerer=answerer)
    code = run_evaluation(
        questions=questions,
        squad=squad,
        store=store,
        docs=docs,
        as_json=as_json,
        report=report,
        ablation=ablation,
        reranker=settings.reranker,
        answerer=settings.answerer,
    )
    raise typer.Exit(code)


@app.command()
def serve(
    *,
    docs: Docs = None,
    store: Store = None,
    host: Host = None,
    port: Port = None,
    allowed_hosts: AllowedHosts = None,
    mcp: Mcp = False,
    reranker: Reranker = None,
    answerer: Answerer = None,
) -> None:
    """Serve the web chat and its API.

    Without --docs, the store is served as it is, the one that wenju index fills; where there is none yet, the sample
    corpus of a source tree is read into it. With --docs, that folder is read first, into a store of its own unless
    --store names one: serving one folder never throws the index of another away. make run does that.
    """
    from qa.web.serve import serve as serve_chat

    settings = settings_of(host=host, port=port)
    serve_chat(
        docs=docs,
        store=store,
        host=settings.host,
        port=settings.port,
        mcp=mcp,
        allowed_hosts=allowed_hosts,
        reranker=reranker,
        answerer=answerer,
    )


chat.add_command(app)
corpus.add_commands(app)
doctor.add_command(app)
feedback.add_command(app)
help_text.add_command(app)


def _growing(filters: "Filters", line: "StageLine") -> "Growing":
    from qa.cli.show import growing_answer

    return growing_answer(filters, around=line.aside)


def _show_repairs(settings: "Settings", document: str, start: int | None, end: int | None, *, as_json: bool) -> None:
    from qa.cli.repairs import repairs_json, show_repairs
    from qa.types import Span

    with closing(open_assistant(settings)) as assistant:
        account = assistant.account(document)
    within = Span(start, end) if start is not None and end is not None else None
    if as_json:
        print(json_text(repairs_json(account, within), indent=2))
    else:
        show_repairs(account, within)


def _ask_lines(settings: "Settings", filters: "Filters", *, llm: bool) -> None:
    from qa.cli.jsonl import answer_lines

    with closing(open_assistant(settings)) as assistant:

        def answer(question: str, history: list[str], own: "Filters | None", line_llm: bool) -> "Answer":
            narrowed = filters if own is None else own
            return assistant.ask(
                question, history=history, top_k=settings.top_k, filters=narrowed, llm=llm and line_llm
            )

        bad = answer_lines(standard_input(), answer, lambda line: print(line, flush=True))
    if bad:
        raise QuestionError(f"{bad} of the lines could not be answered.", "See the lines with “error” in the output.")


def _bounds(span: str) -> tuple[int, int]:
    start, colon, end = span.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise SourceError(f"“{span}” is not a span.", "Write it as START:END in characters, such as 120:180.")
    return int(start), int(end)
