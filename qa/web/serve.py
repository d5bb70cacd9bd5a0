"""`serve`: open or make the store, load the model, build the page, listen; the shell around all of it.

Prints plain lines for a terminal. Heavy imports happen inside, after the environment is settled.
"""

import hashlib
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qa.config import Settings, load_settings
from qa.corpus.formats.columns import Columns
from qa.errors import StoreMissingError
from qa.terminal import one_line
from qa.types import IndexReport, Progress
from qa.web.environment import settle
from qa.web.limits import CONVERSATION_MEGABYTES, CONVERSATIONS, CONVERSATIONS_OF_VISITOR
from qa.web.port import bind, port_error

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.chat.store import ConversationStore

SECONDS_BETWEEN_LINES = 2.0  # of progress


def serve(
    *,
    docs: Path | None,
    store: Path | None,
    host: str,
    port: int,
    mcp: bool,
    allowed_hosts: str | None = None,
    model: str | None = None,
    reranker: str | None = None,
    answerer: str | None = None,
) -> None:
    """Serve the web chat and its API until Ctrl-C.

    Args:
        docs: Folder to index first, as far as it changed; None serves a store as it is, and fills it with the
            configured folder only when it is not there yet.
        store: Folder of the store; None takes the configured one or, without one, a store of its own for each `docs`,
            so that serving one folder never throws another one's index away.
        host: Address to listen on.
        port: Port to listen on; 0 takes any free one.
        mcp: Offer the endpoints as MCP tools, too.
        allowed_hosts: Names under which a reverse proxy reaches us, with commas, instead of the configured ones.
        model: Instead of the configured one.
        reranker: Instead of the configured one.
        answerer: Instead of the configured one.

    Raises:
        RemedyError: The port, folder, store or model cannot be used.
    """
    settle()
    settings = load_settings(
        store=store, allowed_hosts=allowed_hosts, model=model, reranker=reranker, answerer=answerer
    )
    with bind(host, port) as listener, closing(_open(settings, docs)) as assistant:
        _say(f"Loading the model {settings.model}, reranker {settings.reranker}, answerer {settings.answerer} …")
        assistant.warm()
        from qa.web.documents.incoming import MIB, UploadRules, incoming_folder  # noqa: PLC0415
        from qa.web.server import run, web_application  # noqa: PLC0415 (Gradio takes seconds, and reads the environment)
        from qa.web.services import Services  # noqa: PLC0415
        from qa.web.site import build_site  # noqa: PLC0415

        try:
            with (
                stopping_on_termination(),
                closing(_conversations(assistant)) as conversations,
                incoming_folder(Path(assistant.status().store)) as incoming,
            ):
                services = Services(assistant, docs, conversations, upload_mb=settings.upload_mb)
                uploads = UploadRules(incoming, settings.upload_mb * MIB)
                application = web_application(
                    build_site(services), host=host, allowed_hosts=settings.allowed_hosts, mcp=mcp, uploads=uploads
                )
                try:
                    run(application, listener, ready=lambda actual: _say_ready(host, actual, mcp=mcp))
                finally:
                    services.answering.close()
        except OSError as error:
            raise port_error(host, port, error) from error
        except KeyboardInterrupt:
            _say("Stopped.")


def _conversations(assistant: "Assistant") -> "ConversationStore":
    """Return the kept conversations; where they cannot be kept, say why, and go on without."""
    from qa.chat.room import Limits  # noqa: PLC0415 (as above)
    from qa.chat.store import conversations_path, opened_or_in_memory  # noqa: PLC0415 (as above)

    limits = Limits(CONVERSATIONS_OF_VISITOR, CONVERSATIONS, CONVERSATION_MEGABYTES)
    conversations, problem = opened_or_in_memory(conversations_path(Path(assistant.status().store)), limits)
    if problem is not None:
        _say(f"Conversations are kept only until the server stops. {problem}")
    return conversations


def _open(settings: Settings, docs: Path | None) -> "Assistant":
    """Return the assistant over a store that holds something to ask."""
    if docs is not None:
        place = settings.store if "store" in settings.model_fields_set else store_for(docs, beside=settings.store)
        return _indexed(assistant_over(settings, place, create=True), docs, place)
    try:
        return assistant_over(settings, settings.store, create=False)
    except StoreMissingError:
        if settings.docs is None:
            raise
        return _indexed(assistant_over(settings, settings.store, create=True), settings.docs, settings.store)


def assistant_over(settings: Settings, place: Path, *, create: bool) -> "Assistant":
    """Return the assistant over the store in this place, with the configured models."""
    from qa.assistant import Assistant  # noqa: PLC0415 (the port is checked before anything heavy is loaded)

    return Assistant.open(
        place,
        model=settings.model,
        reranker=settings.reranker,
        answerer=settings.answerer,
        engine=settings.engine,
        columns=Columns(**settings.columns),
        llm=settings.llm,
        create=create,
    )


def store_for(docs: Path, *, beside: Path) -> Path:
    """Return the folder of the store that belongs to a folder of documents, next to the default store.

    The same folder gets the same store, two folders never share one; the name is for people, the number decides.
    """
    absolute = docs.expanduser().resolve()
    number = hashlib.sha256(str(absolute).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = re.sub(r"[^\w.-]+", "_", absolute.name)[:40].strip("._") or "folder"
    return beside.parent / "folders" / f"{name}-{number}"


def _indexed(assistant: "Assistant", docs: Path, place: Path) -> "Assistant":
    """Bring the store up to date with the folder; on failure close it again."""
    with ExitStack() as failed:
        failed.callback(assistant.close)
        _say(f"Reading {docs} …")
        if not assistant.status().documents:
            _say("The first time, the model reads every passage; later starts read only what has changed.")
        report = assistant.index(docs, progress=progress_lines(_say))
        failed.pop_all()
    for line in report_lines(report):
        _say(line)
    _say(f"The index is in {place}")
    return assistant


def progress_lines(
    say: Callable[[str], None], *, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """Return a function that says how far a run has come, at most once in `SECONDS_BETWEEN_LINES`."""
    last = clock()

    def show(progress: Progress) -> None:
        nonlocal last
        if clock() - last < SECONDS_BETWEEN_LINES:
            return
        last = clock()
        about = f" · {progress.message}" if progress.message else ""
        say(f"  {progress.done} of {progress.total} {progress.unit}{about}")

    return show


def report_lines(report: IndexReport) -> list[str]:
    """Return what an index run did, in lines for a terminal."""
    changes = [
        f"{count} {what}"
        for count, what in ((report.added, "added"), (report.changed, "changed"), (report.removed, "removed"))
        if count
    ]
    did = ", ".join(changes) if changes else "nothing changed"
    lines = [
        f"{_count(report.documents, 'file')}, {_count(report.articles, 'article')}, "
        f"{_count(report.passages, 'passage')} ({did}); {report.seconds:.1f} s"
    ]
    lines += [f"  skipped {skipped.path!r}: {skipped.reason}" for skipped in report.skipped]
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def stopping_on_termination() -> Iterator[None]:
    """Make SIGTERM end the block the way Ctrl-C does, so that the store is closed either way."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say_ready(host: str, port: int, *, mcp: bool) -> None:
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    _say(f"Wenju is ready: {address}")
    if mcp:
        _say(f"MCP: {address}/gradio_api/mcp/")


def _say(line: str) -> None:
    sys.stdout.write(f"{one_line(line)}\n")
    sys.stdout.flush()
