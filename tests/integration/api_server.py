"""Start `app.py` as a user does, wait for its address, and end it by its process id."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "docs" / "articles"
SECONDS_TO_START = 300  # the first indexing with the real model takes about a minute on two busy cores


FAKES = ROOT / "tests" / "unit"
# Serves the fake assistant of web_fakes.py: folder of the store, port.
FAKE_SERVER = """
from qa.web.environment import settle; settle()
import sys
from pathlib import Path
from web_fakes import FakeAssistant
from qa.chat.store import ConversationStore
from qa.web.documents.incoming import MIB, UploadRules, incoming_folder
from qa.web.port import bind
from qa.web.server import run, web_application
from qa.web.services import Services
from qa.web.site import build_site
say = lambda port: print(f"Wenju is ready: http://127.0.0.1:{port}", flush=True)
store = Path(sys.argv[1])
services = Services(FakeAssistant(store / "gate"), None, ConversationStore.open(store / "conversations.sqlite"))
with incoming_folder(store) as incoming:
    page = web_application(build_site(services), host="127.0.0.1", uploads=UploadRules(incoming, MIB))
    run(page, bind("127.0.0.1", int(sys.argv[2])), ready=say)
"""


@dataclass(frozen=True)
class Served:
    """A server that runs.

    Attributes:
        url: Its address, without a slash at the end.
        store: Folder of its store.
        log: File with everything that it has printed.
    """

    url: str
    store: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def gate(self) -> Path:
        """The file that lets the slow questions of the fake assistant through, once it is made."""
        return self.store / "gate"

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WENJU_", "GRADIO_"))}
    return kept | {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"} | (dict(extra) if extra else {})


@contextmanager
def served(
    command: list[str], *, store: Path, extra: Mapping[str, str] | None = None, seconds: float = SECONDS_TO_START
) -> Iterator[Served]:
    """Run a command until it says that it is ready; stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment(extra)
            )  # fmt: skip
        try:
            yield Served(_address(process, log, seconds), store, log, process)
        finally:
            stop(process)


def app(*arguments: str, store: Path, docs: Path = ARTICLES, model: str = "hashing") -> list[str]:
    """Return the command line of `app.py` on a free port."""
    return [
        sys.executable, str(ROOT / "app.py"), "--port", "0", "--docs", str(docs), "--store", str(store),
        "--model", model, *(["--reranker", "none", "--answerer", "sentence"] if model == "hashing" else []), *arguments,
    ]  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> int:
    """End the server as Ctrl-C does and return its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        return process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def served_fake(store: Path, *, port: int = 0) -> AbstractContextManager[Served]:
    """Run the pages over the fake assistant, with conversations kept in the folder `store`; stop it at the end."""
    path = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(FAKES)))}
    return served([sys.executable, "-c", FAKE_SERVER, str(store), str(port)], store=store, extra=path)


def _address(process: subprocess.Popen[bytes], log: Path, seconds: float) -> str:
    waiting = threading.Event()
    for _ in range(int(seconds * 10)):
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("Wenju is ready: "):
                return line.removeprefix("Wenju is ready: ")
        if process.poll() is not None:
            break
        waiting.wait(0.1)
    raise AssertionError(f"the server did not get ready:\n{log.read_text(encoding='utf-8')}")
