"""Nothing leaves the machine: index and ask with the real model while every connection is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import socket, sys

def refuse(*arguments, **settings):
    raise SystemExit(f"a connection was tried: {arguments}")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
socket.getaddrinfo = refuse
from qa.cli.app import main
store = sys.argv[1]
assert main(["index", "docs/articles", "--store", store]) == 0
sys.exit(main(["ask", "市图书馆新馆一共有多少个阅览座位?", "--store", store, "--json"]))
"""


@pytest.mark.model
def test_indexing_and_asking_try_no_connection(tmp_path: Path) -> None:
    """The model is unpacked from the installed packages; the answer comes out all the same."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "store")],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNDEFAULTENCODING": "0"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )

    assert run.returncode == 0, run.stderr[-2000:]
    assert '"abstained": false' in run.stdout
