"""A server over one paper, with the fake model, that files are brought to."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api_server import ROOT, Served, app, served

# As `app.py`, for visitors who may look only.
READERS_ONLY = """
import sys; sys.path.insert(0, {root!r})
from qa.web import visitor
visitor.may_change_documents = lambda visitor: False
import app; sys.exit(app.main(sys.argv[1:]))
"""


@contextmanager
def serving(*, readers_only: bool = False, upload_mb: int = 1) -> Iterator[Served]:
    """Serve one paper with the fake model; files of more than a megabyte are too large."""
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder) / "papers"
        docs.mkdir()
        text = "闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n"
        (docs / "gate.txt").write_text(text, encoding="utf-8")
        command = app(store=Path(folder) / "store", docs=docs)
        if readers_only:
            command = [sys.executable, "-c", READERS_ONLY.format(root=str(ROOT)), *command[2:]]
        with served(command, store=Path(folder) / "store", extra={"WENJU_UPLOAD_MB": str(upload_mb)}) as running:
            yield running
