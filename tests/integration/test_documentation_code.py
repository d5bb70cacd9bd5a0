"""The code of README and docs, run as somebody would type it: shell, Python and JavaScript, over the sample corpus.

Each page has a folder of its own with the sample corpus, a home, and a store that was made with the models of the
tests; its blocks run in order. Where a block names the address of the chat, it gets that of a server. Pages in Chinese
have the blocks of the English ones (tests/unit/test_documentation.py), which are not run twice.
"""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_server import ROOT, Served, app, environment, served
from documentation import Block, all_blocks

ADDRESS = "http://127.0.0.1:7860"
QUICK = {"WENJU_MODEL": "hashing", "WENJU_RERANKER": "none", "WENJU_ANSWERER": "sentence"}
OTHER_TESTS = ("docs/cli.md",)  # test_cli_examples.py runs the examples of the commands
LANGUAGES = ("sh", "python", "javascript")
SAVED = {"encoder contract": "counting.py"}  # blocks that the page says to save, by the test that is their own
CODE = [one for one in all_blocks() if one.language in LANGUAGES and not one.not_run and not one.run]
CODE = [one for one in CODE if one.page not in OTHER_TESTS and not one.page.endswith(".zh.md")]
PAGES = sorted({one.page for one in CODE})
# A command may say no (1: the documents do not say) or skip files (3); anything else ends the block.
_PREAMBLE = """set -u -o pipefail
trap 'code=$?; case $code in 0|1|3) ;; *) exit $code ;; esac' ERR
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample corpus, its questions, a `wenju` to type, and a store."""
    folder = tmp_path_factory.mktemp("typed")
    for name in ("docs/articles", "papers"):
        shutil.copytree(ROOT / "docs" / "articles", folder / name)
    shutil.copytree(ROOT / "docs" / "reference", folder / "docs" / "reference")
    shutil.copytree(ROOT / "tests" / "golden", folder / "tests" / "golden", ignore=lambda *_: ["__pycache__"])
    command = folder / "bin" / "wenju"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qa "$@"\n', encoding="utf-8")
    command.chmod(stat.S_IRWXU)
    (folder / "bin" / "python").symlink_to(sys.executable)
    made = _run(["wenju", "index", "docs/articles"], folder)
    assert made.returncode in (0, 3), made.stderr
    return folder


@pytest.fixture(scope="module")
def server(base: Path) -> Iterator[Served]:
    """Serve the sample corpus, MCP with it."""
    store = base / "served"
    with served(app("--mcp", store=store), store=store) as running:
        yield running


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with Gradio's JavaScript client; without npm a failure in CI, a skip elsewhere."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("There is no npm here. Install it: apt-get install nodejs npm")
        pytest.skip("There is no npm here.")
    folder = tmp_path_factory.mktemp("packages")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / "integration" / "js" / name, folder)
    install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(install, check=False, capture_output=True, timeout=120, cwd=folder)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_does_what_it_says(
    page: str, base: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every block in order: it ends well, prints or writes something, and shows no traceback."""
    place = tmp_path / "place"
    shutil.copytree(base, place, symlinks=True, ignore=shutil.ignore_patterns("served"))
    for block in all_blocks():
        if block.page == page and block.run in SAVED:
            (place / SAVED[block.run]).write_text(block.text, encoding="utf-8")
    for block in (one for one in CODE if one.page == page):
        text = block.text
        if ADDRESS in text:
            text = text.replace(ADDRESS, request.getfixturevalue("server").url)
        before = _files(place)
        ran = _typed(block, text, place, request)

        assert ran.returncode in (0, 1, 3), f"{block}: {ran.stderr}"
        assert "Traceback" not in ran.stderr, f"{block}: {ran.stderr}"
        assert ran.stdout.strip() or _files(place) != before, f"{block} printed and wrote nothing: {ran.stderr}"


def _typed(block: Block, text: str, place: Path, request: pytest.FixtureRequest) -> "subprocess.CompletedProcess[str]":
    if block.language == "sh":
        return _run(["bash", "-c", _PREAMBLE + text], place)
    if block.language == "python":
        return _run([sys.executable, "-c", text], place)
    packages = request.getfixturevalue("packages")
    script = packages / "block.mjs"
    script.write_text(text, encoding="utf-8")
    return _run(["node", str(script)], packages)


def _run(command: list[str], place: Path) -> "subprocess.CompletedProcess[str]":
    found = {
        "WENJU_STORE": str(place / "store"), "HOME": str(place), "XDG_DATA_HOME": str(place / "data"),
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **QUICK,
    }  # fmt: skip
    if command[0] == "wenju":
        command = [str(place / "bin" / "wenju"), *command[1:]]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment(found), cwd=place, stdin=subprocess.DEVNULL,
        timeout=120, check=False,
    )  # fmt: skip


def _files(place: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
