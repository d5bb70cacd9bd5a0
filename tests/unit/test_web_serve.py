"""What the shell decides before anything is served: which store, which words on the terminal, which environment."""

import os
import socket
from pathlib import Path

import pytest

from qa.errors import RemedyError
from qa.types import IndexReport, Progress, Skipped
from qa.web.environment import settle
from qa.web.port import bind
from qa.web.serve import SECONDS_BETWEEN_LINES, progress_lines, report_lines, store_for


def report(**changes: object) -> IndexReport:
    counts: dict[str, object] = {
        "documents": 5, "articles": 15, "passages": 161, "added": 0, "changed": 0, "removed": 0, "unchanged": 5,
        "skipped": (), "seconds": 12.34, "generation": 1,
    }  # fmt: skip
    return IndexReport(**(counts | changes))  # type: ignore[arg-type]


def test_every_folder_of_documents_has_a_store_of_its_own(tmp_path: Path) -> None:
    default = tmp_path / "data" / "store"
    first, second = tmp_path / "a" / "papers", tmp_path / "b" / "papers"

    assert store_for(first, beside=default).parent == tmp_path / "data" / "folders"
    assert store_for(first, beside=default) != store_for(second, beside=default)
    assert store_for(first, beside=default).name.startswith("papers-")


def test_the_same_folder_gets_the_same_store_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()

    assert store_for(Path("papers"), beside=tmp_path / "s") == store_for(
        tmp_path / "x" / ".." / "papers", beside=tmp_path / "s"
    )


@pytest.mark.parametrize("name", ["河阳 县", "..", "a/b", "x" * 300, "line\nbreak", "con:"])
def test_any_folder_name_makes_a_usable_store_name(tmp_path: Path, name: str) -> None:
    made = store_for(tmp_path / name, beside=tmp_path / "s")

    assert made.parent == tmp_path / "folders"
    assert len(made.name) < 60
    assert not set(made.name) & set('/\\:\n "<>|?*')


def test_the_report_says_what_was_done() -> None:
    assert report_lines(report()) == ["5 files, 15 articles, 161 passages (nothing changed); 12.3 s"]
    assert report_lines(report(added=2, removed=1, documents=1, articles=1, passages=1)) == [
        "1 file, 1 article, 1 passage (2 added, 1 removed); 12.3 s"
    ]


def test_skipped_files_are_named_on_one_line_each() -> None:
    lines = report_lines(report(skipped=(Skipped("a\nb.pdf", "This kind of file is not read yet."),)))

    assert lines[1] == "  skipped 'a\\nb.pdf': This kind of file is not read yet."


def test_progress_is_said_now_and_then() -> None:
    said: list[str] = []
    now = [0.0]
    show = progress_lines(said.append, clock=lambda: now[0])
    for step in range(10):
        now[0] = step * SECONDS_BETWEEN_LINES / 4
        show(Progress(step, 10, "files", f"{step}.txt"))

    assert said == ["  4 of 10 files · 4.txt", "  8 of 10 files · 8.txt"]


def test_a_port_in_use_names_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RemedyError, match=rf"Port {port} on 127.0.0.1 cannot be used: .* --port \d+\."):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("nowhere.invalid", 7860), ("127.0.0.1", -1)])
def test_an_address_that_cannot_be_is_refused(host: str, port: int) -> None:
    with pytest.raises(RemedyError):
        bind(host, port)


def test_a_bound_port_takes_no_connection_yet() -> None:
    """Whoever connects before the chat can answer is refused, not kept waiting."""
    with bind("127.0.0.1", 0) as listener, pytest.raises(ConnectionRefusedError):
        socket.create_connection(listener.getsockname(), timeout=2)


def test_switches_from_outside_are_dropped_and_telemetry_is_off() -> None:
    environment = {
        "GRADIO_SHARE": "1", "GRADIO_MCP_SERVER": "1", "GRADIO_SSR_MODE": "1", "GRADIO_VIBE_MODE": "1",
        "GRADIO_ALLOWED_PATHS": "/", "GRADIO_ANALYTICS_ENABLED": "True", "PATH": "/bin",
    }  # fmt: skip
    settle(environment)

    assert environment["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environment["HF_HUB_OFFLINE"] == "1"
    assert environment["PATH"] == "/bin"
    assert {name for name in environment if name.startswith("GRADIO_")} == {"GRADIO_ANALYTICS_ENABLED"}


def test_whoever_wants_a_model_of_the_hub_may_go_online() -> None:
    environment = {"HF_HUB_OFFLINE": "0"}
    settle(environment)

    assert environment["HF_HUB_OFFLINE"] == "0"
    assert os.environ is not environment
