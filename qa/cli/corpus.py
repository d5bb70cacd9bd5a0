"""The commands that fill the store and look after what it holds: index, list, rename, remove, watch, verify.

Reads what was typed, calls the library, prints what comes back. Imports nothing heavy before a command runs.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.complete import complete_collection, complete_document
from qa.cli.stdin import standard_input
from qa.cli.stores import AsJson, Store, open_assistant, settings_of, store_to_read, store_to_watch
from qa.errors import SourceError
from qa.terminal import json_text, one_line

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.types import IndexReport, Progress

DIFFERS, SKIPPED = 1, 3  # exit codes
STDIN_NAME = "stdin.txt"
MOST_FROM_INPUT = 256 * 2**20  # bytes: more than any format allows, less than would fill the memory

Folder = Annotated[
    Path | None, typer.Argument(metavar="FOLDER|FILE|-", help="Folder of documents, one file, or - for standard input.")
]
Collection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="A corpus of its own in the same store, by this name.",
        autocompletion=complete_collection,
    ),
]
OneCollection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="Only the collection of this name.",
        autocompletion=complete_collection,
    ),
]
Name = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME.txt", help=f"Name of the document from standard input ({STDIN_NAME})."),
]
Thorough = Annotated[
    bool,
    typer.Option(
        "--thorough", help="Read every file again, and cut it as this version of Wenju does; after an update, say."
    ),
]
Documents = Annotated[
    list[str],
    typer.Argument(
        metavar="DOCUMENT",
        help="Names as wenju list shows them; * stands for any letters.",
        autocompletion=complete_document,
    ),
]
Page = Annotated[Path | None, typer.Option("--report", metavar="FILE.html", help="Write a page with every repair.")]
OldName = Annotated[
    str,
    typer.Argument(metavar="OLD", help="Name of a collection.", autocompletion=complete_collection),
]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="Its name from now on.")]
Watched = Annotated[Path | None, typer.Argument(metavar="FOLDER", help="Folder of documents to follow.")]
Verified = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="Where the documents stand now; by default, where they stood.")
]
AsLines = Annotated[bool, typer.Option("--json", help="Print JSON only, an object a line.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(index)
    app.command("list")(list_documents)
    app.command()(remove)
    app.command()(rename)
    app.command()(watch)
    app.command()(verify)


def index(
    folder: Folder = None,
    *,
    collection: Collection = None,
    name: Name = None,
    thorough: Thorough = False,
    store: Store = None,
    report: Page = None,
    as_json: AsJson = False,
) -> None:
    """Read a folder into the store; a second run does only what changed.

    What is gone from the folder is removed from its collection. One file, or standard input, is added or replaced and
    the rest stays. With --report, write a page that shows every file of the folder, its source beside the repaired
    text. Exit code 0: all was read; 3: some files were skipped, each named with the reason; 2: a mistake.
    """
    from qa.cli.show import progress_shown, show_index_report

    settings = settings_of(store=store, docs=folder)
    if settings.docs is None:
        raise SourceError("No folder of documents is named.", "Name one: wenju index FOLDER.")
    if report is not None:
        from qa.reports.page import check_place

        check_place(report, settings.docs)
    with closing(open_assistant(settings, create=True)) as assistant:
        with progress_shown() as progress:
            done = index_source(
                assistant, settings.docs, collection=collection, name=name, thorough=thorough, progress=progress
            )
        if report is not None:
            from qa.reports.page import write_report

            write_report(report, settings.docs, done, assistant.accounts(collection or ""))
    if as_json:
        from dataclasses import asdict

        print(json_text({**asdict(done), "report": None if report is None else str(report)}, indent=2))
    else:
        show_index_report(done)
        if report is not None:
            print(f"report: {one_line(str(report))}")
    raise typer.Exit(SKIPPED if done.skipped else 0)


def index_source(
    assistant: "Assistant",
    source: Path,
    *,
    collection: str | None,
    name: str | None,
    thorough: bool,
    progress: "Callable[[Progress], None]",
) -> "IndexReport":
    """Index a folder, or add one file or what stands on standard input."""
    if collection is not None:
        from qa.names import checked_collection

        checked_collection(collection)
    into = collection or ""
    from_input = source == Path("-")
    if name is not None and not from_input:
        raise SourceError("--name names what comes from standard input.", "Leave it out, or write: wenju index -")
    if from_input:
        data = standard_input().read(MOST_FROM_INPUT + 1)
        if len(data) > MOST_FROM_INPUT:
            raise SourceError(
                f"Standard input holds more than {MOST_FROM_INPUT // 2**20} MB.", "Split it into several documents."
            )
        return assistant.add(data, name=STDIN_NAME if name is None else name, collection=into, progress=progress)
    if source.is_file():
        return assistant.add(source, collection=into, progress=progress)
    return assistant.index(source, collection=into, thorough=thorough, progress=progress)


def list_documents(*, collection: OneCollection = None, as_json: AsJson = False, store: Store = None) -> None:
    """List the documents of the store."""
    from qa.names import known_collection
    from qa.store.library import Library

    with closing(Library.open(store_to_read(settings_of(store=store)))) as library:
        if collection is not None:
            known_collection(collection, library.collections())
        documents = library.documents(collection)
    if as_json:
        from dataclasses import asdict

        print(json_text([asdict(document) for document in documents], indent=2))
    else:
        from qa.cli.show_corpus import show_documents

        show_documents(documents)


def remove(documents: Documents, *, as_json: AsJson = False, store: Store = None) -> None:
    """Remove documents from the store; their files stay.

    A file that still is in its folder comes back when the folder is indexed again.
    """
    from qa.cli.show_corpus import show_removed
    from qa.names import meant
    from qa.store.library import Library

    with closing(Library.open(store_to_read(settings_of(store=store)))) as library, library.writing():
        names = meant(documents, list(library.held()))
        library.remove_documents(names)
        left = library.counts()[0]
    if as_json:
        print(json_text({"removed": names, "left": left}, indent=2))
    else:
        show_removed(names, left=left)


def rename(old: OldName, new: NewName, *, as_json: AsJson = False, store: Store = None) -> None:
    """Give a collection another name; nothing is read or encoded again.

    Later runs of index and watch over its folder take the new name: --collection NEW.
    """
    from qa.renaming import rename_collection
    from qa.store.library import Library

    with closing(Library.open(store_to_read(settings_of(store=store)))) as library:
        documents = rename_collection(library, old, new)
    if as_json:
        print(json_text({"old": old, "new": new, "documents": documents}, indent=2))
    else:
        held = "1 document" if documents == 1 else f"{documents} documents"
        print(f"renamed {one_line(old)} to {one_line(new)}: {held}")


def watch(
    folder: Watched = None, *, collection: Collection = None, as_json: AsLines = False, store: Store = None
) -> None:
    """Keep the store up to date with a folder, until Ctrl-C.

    A chat that runs over the same store answers from the new documents at once. With --json, each line has the time and
    either what was said or what a run did.
    """
    from qa.cli.show_corpus import lines_shown
    from qa.names import checked_collection
    from qa.watch import watch_folder
    from qa.web.serve import assistant_over, progress_lines, stopping_on_termination

    into = checked_collection(collection) if collection is not None else ""
    settings = settings_of(store=store, docs=folder)
    if settings.docs is None:
        raise SourceError("No folder of documents is named.", "Name one: wenju watch FOLDER.")
    docs = settings.docs
    if not docs.is_dir():
        raise SourceError(f"There is no folder {docs}.", "Name a folder that holds your documents.")
    place = store_to_watch(settings, docs, into)
    say, did = lines_shown(as_json=as_json)
    try:
        with stopping_on_termination(), closing(assistant_over(settings, place, create=True)) as assistant:
            say(f"Watching {docs}; the index is in {place}. Ctrl-C ends it.")

            def index() -> "IndexReport":
                progress = progress_lines(lambda line: print(one_line(line), file=sys.stderr, flush=True))
                return assistant.index(docs, collection=into, progress=progress)

            watch_folder(docs, index, did=did, say=say, ignore=place)
    except KeyboardInterrupt:
        say("Stopped.")


def verify(
    folder: Verified = None, *, collection: OneCollection = None, as_json: AsJson = False, store: Store = None
) -> None:
    """Compare the store with its files, byte for byte.

    Every file is read again, and every row of the store is held against its hash; nothing is changed. Exit code 0: all
    agrees; 1: something differs, which is said; 2: a mistake.
    """
    from qa.cli.show import progress_shown
    from qa.cli.show_corpus import show_verified
    from qa.corpus.formats.columns import Columns
    from qa.store.library import Library
    from qa.verify import verify as verify_store

    settings = settings_of(store=store)
    columns = Columns(**settings.columns)
    with closing(Library.open(store_to_read(settings))) as library, progress_shown() as progress:
        found = verify_store(library, folder=folder, collection=collection, columns=columns, progress=progress)
    if as_json:
        from dataclasses import asdict

        print(json_text(asdict(found), indent=2))
    else:
        show_verified(found)
    raise typer.Exit(DIFFERS if found.differences else 0)
