"""Starting and ending `app.py`: what it prints, what a second start does again, and mistakes at the start."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from api_server import ARTICLES, app, environment, served, served_fake, stop
from gradio_client import Client
from gradio_client.utils import Status

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")


def failed(command: list[str], **extra: str) -> str:
    """Run a command that must end with exit code 2, and return the one line that it says."""
    run = subprocess.run(command, check=False, capture_output=True, timeout=120, env=environment(extra))
    said = run.stderr.decode("utf-8").splitlines()

    assert run.returncode == 2, said
    assert len(said) == 1, said
    return said[0]


def test_it_answers_when_it_says_so_and_a_second_start_does_only_what_changed(tmp_path: Path) -> None:
    """What the environment would switch on stays off; the end is clean; a file that cannot be used holds up nothing."""
    docs, store = tmp_path / "docs", tmp_path / "store"
    shutil.copytree(ARTICLES, docs)
    meddling = {"GRADIO_MCP_SERVER": "True", "GRADIO_SHARE": "True", "GRADIO_ALLOWED_PATHS": "/"}
    with served(app(store=store, docs=docs), store=store, extra=meddling) as running:
        with urllib.request.urlopen(running.url, timeout=10) as response:
            assert response.status == 200
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{running.url}/gradio_api/mcp/", timeout=10)
        assert stop(running.process) == 0
        first = running.printed().splitlines()
    new = "新桥通车\n\n昨天，新桥正式通车，全长三百米，两岸居民步行过河只要五分钟。\n"
    (docs / "new.txt").write_text(new, encoding="utf-8")
    kept = store.with_name("store.conversations.sqlite")
    assert kept.is_file()
    kept.write_text("not what it was" * 100, encoding="utf-8")
    with served(app(store=store, docs=docs), store=store) as running:
        second = running.printed().splitlines()

    assert first[0] == f"Reading {docs} …"
    assert f"({len(list(docs.iterdir())) - 1} added)" in "\n".join(first)  # on a busy machine after lines of progress
    assert f"The index is in {store}" in first
    assert first[-2].startswith("Wenju is ready: http://127.0.0.1:")
    assert first[-1] == "Stopped."
    assert first[1].startswith("The first time, the model reads every passage")
    assert "(1 added)" in "\n".join(second)
    assert f"Conversations are kept only until the server stops. {kept} is not a file" in "\n".join(second)
    assert not any(line.startswith("Conversations") for line in first)


def test_a_port_in_use_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = app(store=tmp_path / "store")
        said = failed([str(port) if part == "0" else part for part in command])

    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used: address already in use. Try another one: --port ")
    assert not (tmp_path / "store").exists()


def test_an_address_of_another_machine_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "192.0.2.1 cannot be used" in failed(app("--host", "192.0.2.1", store=tmp_path / "store"))
    assert failed(app("--host", "no such host", store=tmp_path / "store")).endswith("Use --host 127.0.0.1.")


def test_a_setting_that_does_not_fit_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "WENJU_PORT" in failed(app(store=tmp_path / "store"), WENJU_PORT="many")


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_documents_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    assert name in failed(app(store=tmp_path / "store", docs=tmp_path / name))


def test_one_slow_answer_does_not_hold_up_another(tmp_path: Path) -> None:
    """While the fake assistant reads for the first question, a second one is answered."""
    with served_fake(tmp_path) as running:
        slow, quick = (Client(running.url, verbose=False) for _ in range(2))
        waiting = slow.submit("慢", api_name="/ask")
        while waiting.status().code is not Status.PROCESSING:
            time.sleep(0.05)
        quick.predict("快", api_name="/ask")
        assert not waiting.done()
        running.gate.touch()
        waiting.result(timeout=60)
