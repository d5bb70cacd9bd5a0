"""Commands under pipes: what is read from them, what is said when nobody reads, and which colours are shown."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import QUESTION, Wenju
from terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(store: Path, tmp_path: Path) -> dict[str, str]:
    """Return that of `wenju`, over its good store, for commands in processes of their own."""
    without = ("NO_COLOR", "FORCE_COLOR", "PYTHONWARNDEFAULTENCODING")
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return {**kept, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TERM": "xterm-256color", "WENJU": sys.executable}


@pytest.fixture
def shell(environment: dict[str, str], tmp_path: Path) -> Shell:
    """Return a function that runs a line of bash, in which `wenju` is our command."""

    def run(line: str, **more: str) -> "subprocess.CompletedProcess[str]":
        script = f'wenju() {{ "$WENJU" -m qa "$@"; }}; {line}'
        return subprocess.run(
            ["bash", "-c", script], capture_output=True, encoding="utf-8", env=environment | more, cwd=tmp_path,
            stdin=subprocess.DEVNULL, timeout=120, check=False,
        )  # fmt: skip

    return run


def test_a_bare_ask_reads_the_question_from_a_pipe_and_is_quiet(shell: Shell) -> None:
    ran = shell(f"echo '{QUESTION}' | wenju ask")

    assert ran.returncode == 0
    assert "\n[1] 湖心公园五月一日开放\n" in ran.stdout
    assert (ran.stderr, "\x1b" in ran.stdout) == ("", False)


def test_output_that_nobody_reads_ends_silently(shell: Shell) -> None:
    """Exit code 141, as a shell gives for SIGPIPE; nothing on standard error."""
    ran = shell(f"wenju ask '{QUESTION}' --json | true; echo ${{PIPESTATUS[0]}}")
    assert (ran.stdout, ran.stderr) == ("141\n", "")

    ran = shell("wenju show park.txt --json | head -1; echo ${PIPESTATUS[0]} >&2")
    assert (ran.stdout, ran.stderr in ("0\n", "141\n")) == ("{\n", True)


def test_output_that_there_is_no_room_for_is_a_mistake(shell: Shell, store: Path) -> None:
    for command in ("list --json", "search 公园", "help"):
        ran = shell(f"wenju {command} > /dev/full")
        assert (ran.returncode, ran.stderr) == (
            2, "The output cannot be written: No space left on device. Make room, or write it to another place.\n",
        )  # fmt: skip


def test_a_terminal_without_a_width_gets_the_usual_one(shell: Shell, store: Path) -> None:
    """Containers say COLUMNS=0, in which nothing has room."""
    assert shell("wenju search 公园", COLUMNS="0").stdout == shell("wenju search 公园").stdout != ""


def test_closed_input_and_output_are_no_traceback(shell: Shell) -> None:
    ran = shell("wenju ask - <&-")
    assert (ran.returncode, ran.stderr) == (2, 'Standard input is closed. Type the question: wenju ask "QUESTION".\n')
    ran = shell("wenju chat <&-")
    assert (ran.returncode, ran.stderr) == (2, 'Standard input is closed. Type the question: wenju ask "QUESTION".\n')
    ran = shell("wenju list >&-")
    assert (ran.returncode, ran.stderr) == (0, "")
    ran = shell("wenju show nothing 2>&-")
    assert (ran.returncode, ran.stdout) == (2, "")


@pytest.mark.parametrize(
    ("more", "marked"),
    [
        ({}, "\x1b[1;4m"),
        ({"NO_COLOR": "1"}, "\x1b[1;4m"),
        ({"TERM": "dumb"}, "⟦"),
    ],
)
def test_a_terminal_shows_styles_unless_it_cannot(
    more: dict[str, str], marked: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """NO_COLOR takes colours and leaves bold; a dumb terminal gets brackets and no line that says what is under way."""
    terminal = Terminal(["-m", "qa", "ask", QUESTION], environment | more, folder=tmp_path)
    assert terminal.end() == 0

    assert marked in terminal.raw
    assert "\x1b[33m" not in terminal.raw
    assert ("Opening the documents…" in terminal.raw) == (more.get("TERM") != "dumb")


def test_forced_colours_pass_a_pipe(shell: Shell) -> None:
    assert "\x1b[1;4m" in shell(f"wenju ask '{QUESTION}'", FORCE_COLOR="1").stdout


@pytest.mark.parametrize("columns", [20, 500])
def test_help_and_answers_come_on_terminals_of_every_width(
    columns: int, environment: dict[str, str], tmp_path: Path
) -> None:
    for arguments in (["--help"], ["help", "ask"], ["ask", QUESTION], ["list"]):
        terminal = Terminal(["-m", "qa", *arguments], environment, folder=tmp_path, columns=columns)
        assert terminal.end() == 0
        assert "Traceback" not in terminal.raw


def test_what_is_typed_cannot_steer_the_terminal_through_our_mistakes(wenju: Wenju, store: Path) -> None:
    evil = "\x1b]0;taken\x07\x9b5n"
    for arguments in ([evil], ["ask", "何时？", evil], ["show", evil], ["ask", "何时？", "--top-k", evil],
                      ["help", evil], ["remove", evil], ["ask", "何时？", "--store", evil]):  # fmt: skip
        ran = wenju(*arguments)
        assert ran.code == 2
        assert not set("\x1b\x07\x9b") & set(ran.out + ran.err), arguments


def test_every_command_that_prints_has_a_form_in_json(wenju: Wenju, store: Path, papers: Path) -> None:
    """Nothing but one JSON value on standard output."""
    values = {
        arguments[0]: json.loads(wenju(*arguments, "--json").out)
        for arguments in (
            ("index", str(papers)), ("ask", QUESTION), ("search", "公园"), ("show", "park.txt", "--span", "0:4"),
            ("status",), ("list",), ("verify",), ("doctor",), ("feedback",), ("remove", "bridge.txt"),
        )
    }  # fmt: skip

    assert (values["index"]["unchanged"], values["index"]["skipped"], values["index"]["report"]) == (2, [], None)
    assert (values["show"]["quote"], values["show"]["article"]["title"]) == ("湖心公园", "湖心公园五月一日开放")
    assert values["remove"] == {"removed": ["bridge.txt"], "left": 1}
    assert values["feedback"] == []


def test_watch_says_everything_as_json_lines(shell: Shell, papers: Path) -> None:
    ran = shell(f"timeout -s INT 6 \"$WENJU\" -m qa watch '{papers}' --json")
    rows = [json.loads(line) for line in ran.stdout.splitlines()]

    assert rows[0]["said"].startswith("Watching ")
    assert (rows[1]["unchanged"], rows[1]["added"]) == (2, 0)
    assert rows[-1]["said"] == "Stopped."
    assert all(row["time"][4] == "-" for row in rows)


def test_a_store_that_is_missing_says_what_to_type(shell: Shell) -> None:
    for command in ("ask 何时？", "chat", "search 公园", "show a.txt", "list", "status"):
        ran = shell(f"echo | wenju {command} --store nowhere")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == "There is no index in nowhere. Build one: wenju index FOLDER\n"


# Completion


def _completed(shell: Shell, typed: str, kind: str = "bash") -> list[str]:
    words = typed.split(" ")
    ran = shell(
        '"$WENJU" -m qa', _WENJU_COMPLETE=f"complete_{kind}", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1),
        _TYPER_COMPLETE_ARGS=typed, _TYPER_COMPLETE_FISH_ACTION="get-args",
    )  # fmt: skip
    return ran.stdout.splitlines()


def test_commands_flags_documents_and_collections_are_completed(shell: Shell, wenju: Wenju, papers: Path) -> None:
    wenju("index", papers, "--collection", "news")

    assert _completed(shell, "wenju s") == ["search", "show", "status", "serve"]
    assert _completed(shell, "wenju ask --re") == ["--reranker"]
    assert _completed(shell, "wenju show b") == ["bridge.txt"]
    assert _completed(shell, "wenju list --collection n") == ["news"]
    assert _completed(shell, "wenju show b", "fish") == ["bridge.txt"]
    assert _completed(shell, "wenju show b", "zsh") == ["_arguments '*: :((\"bridge.txt\"))'"]


def test_names_that_a_shell_would_obey_are_not_offered(shell: Shell, wenju: Wenju, store: Path, papers: Path) -> None:
    for name in ("$(touch taken).txt", "`x`.txt", "a b.txt", "a'b.txt", 'a"b.txt', "a;b.txt", "\\$(x).txt", "-x.txt"):
        (papers / name).write_text("河阳县的桥今天通车。\n", encoding="utf-8")
    wenju("index", papers)

    assert _completed(shell, "wenju show ") == ["bridge.txt", "park.txt"]


def test_completion_offers_nothing_where_there_is_no_store(shell: Shell) -> None:
    assert _completed(shell, "wenju show --store nowhere b") == [""]


def test_the_shell_gets_its_script(shell: Shell) -> None:
    """bash is told from the process that asks."""
    ran = shell("wenju --show-completion; true")

    assert "_WENJU_COMPLETE=complete_bash" in ran.stdout
    assert subprocess.run(["bash", "-n"], input=ran.stdout, encoding="utf-8", check=False).returncode == 0
