"""Completion in the shells themselves: the script that Typer installs is run by zsh and fish, as after a Tab."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from api_server import ROOT, environment
from terminal import Terminal

TAB = "\t"


@pytest.fixture
def home(tmp_path: Path, store: Path) -> dict[str, str]:
    """Return the environment of a user who has `wenju` on the path, an empty home, and a store."""
    programs, folder = tmp_path / "bin", tmp_path / "home"
    programs.mkdir()
    folder.mkdir()
    command = programs / "wenju"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m qa "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return environment(
        {"HOME": str(folder), "PATH": path, "WENJU_STORE": str(store), "TERM": "xterm", "LANG": "C.UTF-8"}
    )


def ran(home: dict[str, str], *command: str) -> str:
    """Return what a command prints."""
    done = subprocess.run(
        command, env=home, cwd=home["HOME"], check=True, capture_output=True, timeout=60, encoding="utf-8"
    )  # fmt: skip
    return done.stdout


needs_fish = pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed: NOT checked")
needs_zsh = pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed: NOT checked")


@needs_fish
def test_fish_completes_commands_flags_and_documents(home: dict[str, str]) -> None:
    ran(home, "fish", "-c", "wenju --install-completion; true")  # fish is told from the process that asks

    def completed(typed: str) -> list[str]:
        return ran(home, "fish", "-c", f"complete -C '{typed}'").splitlines()

    assert completed("wenju as") == ["ask\tAnswer a question with quotations as proof."]
    assert completed("wenju ask --re") == ["--reranker\tWhat reads the best passages again to order them."]
    assert completed("wenju show b") == ["bridge.txt"]


@needs_zsh
def test_zsh_completes_at_the_first_tab(home: dict[str, str]) -> None:
    """At the first Tab zsh only reads the script as Typer writes it; ours answers it as well."""
    ran(home, "zsh", "-fc", "wenju --install-completion; true")
    start = ["-c", "import os; os.execvp('zsh', ['zsh', '-i'])"]
    terminal = Terminal(start, home | {"PS1": "ready> "}, folder=Path(home["HOME"]))
    try:
        terminal.line("print began")
        terminal.wait_for("began\nbegan")
        terminal.type(f"wenju show b{TAB}")
        terminal.wait_for("ridge.txt")
        terminal.line("")
        terminal.line("exit")
        terminal.end()
    finally:
        terminal.kill()


def test_a_tab_loads_neither_rich_nor_a_model(home: dict[str, str]) -> None:
    """Somebody waits: rich alone takes longer to import than all the rest."""
    asked = {"_WENJU_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    code = (
        "import sys; from qa.cli.app import main; main([]); "
        "print(sorted({'rich', 'numpy', 'torch', 'gradio', 'qa.assistant'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=home | asked | {"_TYPER_COMPLETE_ARGS": "wenju s", "PYTHONPATH": str(ROOT)},
        cwd=home["HOME"], check=True, capture_output=True, timeout=60, encoding="utf-8",
    )  # fmt: skip

    assert done.stdout.splitlines()[0] == "search\tFind passages, best first, without answering."
    assert done.stderr == "[]\n"
