"""Every example of the command line, as the help and docs/cli.md have it, run by a shell over the sample corpus."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli.examples import EXAMPLES, Example
from qa.reference import cli as reference

ROOT = Path(__file__).resolve().parents[2]
QUIET = [one for name, examples in EXAMPLES.items() for one in examples if not one.endless]
ENDLESS = [one for examples in EXAMPLES.values() for one in examples if one.endless]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample corpus and its questions, and a `wenju` to type."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "docs" / "articles", folder / "docs" / "articles")
    shutil.copytree(ROOT / "tests" / "golden", folder / "tests" / "golden", ignore=lambda *_: ["__pycache__"])
    command = folder / "bin" / "wenju"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qa "$@"\n', encoding="utf-8")
    command.chmod(stat.S_IRWXU)
    return folder


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENJU_")}
    return {
        **kept,
        "WENJU_STORE": str(place / "store"), "WENJU_MODEL": "hashing", "WENJU_RERANKER": "none",
        "WENJU_ANSWERER": "sentence", "HOME": str(place), "XDG_DATA_HOME": str(place / "data"),
        "PATH": f"{place / 'bin'}:{kept['PATH']}", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8",
    }  # fmt: skip


@pytest.fixture(scope="module")
def indexed(place: Path, environment: dict[str, str]) -> Path:
    """Return the folder, once the first example has made the store."""
    _run(EXAMPLES["index"][0], place, environment)
    return place


def _run(example: Example, place: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", example.line], capture_output=True, encoding="utf-8", env=environment,
        cwd=place, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("example", QUIET, ids=lambda one: one.line)
def test_an_example_does_what_it_says(example: Example, indexed: Path, environment: dict[str, str]) -> None:
    """Exit code 0, or 1 of a doctor that found something to look at; something is printed or written; no traceback."""
    ran = _run(example, indexed, environment)

    assert ran.returncode in ((0, 1) if example.line.startswith("wenju doctor") else (0,)), ran.stderr
    assert "Traceback" not in ran.stderr
    written = example.line.partition(" > ")[2]
    assert ran.stdout or (indexed / written).is_file()


@pytest.mark.parametrize("example", ENDLESS, ids=lambda one: one.line)
def test_an_example_that_runs_on_begins_and_ends_at_ctrl_c(
    example: Example, indexed: Path, environment: dict[str, str]
) -> None:
    running = subprocess.Popen(
        ["bash", "-c", f"exec {example.line}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=environment, cwd=indexed, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert running.stdout is not None
    for line in running.stdout:
        if "Watching" in line or "ready" in line:
            running.send_signal(signal.SIGINT)
            break
    _, errors = running.communicate(timeout=60)

    assert running.returncode == 0, errors
    assert "Traceback" not in errors


def test_every_command_stands_on_the_page_with_an_example() -> None:
    written = reference.page()
    missing = [name for name, examples in EXAMPLES.items() if f"\n## {name}\n" not in written or not examples]

    assert missing == []
    assert [one.line for examples in EXAMPLES.values() for one in examples if f"\n{one.line}\n" not in written] == []
