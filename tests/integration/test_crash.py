"""What was acknowledged survives a killed process; what was under way leaves no trace.

A power cut is not tried here: that needs a file system of its own.
"""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qa.store.library import Library

TESTS = Path(__file__).parents[1]

PROGRAM = """
import sys
from pathlib import Path
from library_fixtures import put
from qa.store.library import Library

library = Library.open(Path(sys.argv[1]), create=True)
with library.writing():
    for number in range(10_000):
        put(library, f"{number:05}.txt", f"第{number}篇", [f"这是第{number}份文件的第一段。" * 20, "第二段。" * 50])
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
"""


@pytest.mark.parametrize("acknowledged", [1, 2, 7, 23])
def test_every_acknowledged_document_is_whole_after_a_kill(tmp_path: Path, acknowledged: int) -> None:
    """SIGKILL somewhere in the document after the n-th; the store opens, holds all n, and takes the next one."""
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{TESTS.parent}"}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "store")],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(acknowledged)]
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.stdout.read().split()
    names = {f"{int(number):05}.txt" for number in said}

    with closing(Library.open(tmp_path / "store")) as library:
        stored = set(library.fingerprints())
        assert names <= stored
        assert len(stored) - len(names) in {0, 1}  # committed, but killed before it could say so
        contents = library.contents()
        assert len(contents.passages) == 2 * len(stored)
        assert len(contents.sentence_vectors) == sum(len(passage.sentences) for passage in contents.passages)
        with library.writing():
            library.remove_documents([min(stored)])
        assert len(library.fingerprints()) == len(stored) - 1
