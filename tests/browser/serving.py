"""A server over one paper, with the hashing encoder, that files are brought to; and other papers for its store."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api_server import ROOT, Served, app, environment, served

# As `app.py`, for visitors who may look only.
READERS_ONLY = """
import sys; sys.path.insert(0, {root!r})
from qa.web import visitor
visitor.may_change_documents = lambda visitor: False
import app; sys.exit(app.main(sys.argv[1:]))
"""


GATE = "闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n"


@contextmanager
def serving(folder: Path | None = None, *, readers_only: bool = False) -> Iterator[Served]:
    """Serve one paper; files of more than a megabyte are too large.

    Args:
        folder: For the paper, the store and the conversations beside it; else one that is gone at the end.
        readers_only: Visitors may look only.
    """
    with tempfile.TemporaryDirectory() as passing:
        place = folder or Path(passing)
        docs, store = papers(place / "papers", gate=GATE), place / "store"
        command = app(store=store, docs=docs)
        if readers_only:
            command = [sys.executable, "-c", READERS_ONLY.format(root=str(ROOT)), *command[2:]]
        with served(command, store=store, extra={"WENJU_UPLOAD_MB": "1"}) as running:
            yield running


def papers(folder: Path, **texts: str) -> Path:
    """Write texts, each by its name, into a folder, which may be there already; return the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def index(docs: Path, store: Path) -> None:
    """Index a folder, and nothing but it, into a store, in a process of its own."""
    command = [sys.executable, "-m", "qa", "index", str(docs), "--store", str(store)]
    settings = environment({"WENJU_MODEL": "hashing"})
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
