"""`wenju watch` as a process of its own, beside a chat over the same store."""

import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from api_server import ROOT, app, environment, served
from filelock import FileLock

# `wenju`, with Ctrl-C switched on again: a shell in the background switches it off for all that it starts.
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from qa.cli.app import main
sys.exit(main())
"""
SETTINGS = {"WENJU_MODEL": "hashing", "WENJU_RERANKER": "none", "WENJU_ANSWERER": "sentence"}
PARK = "湖心公园开放\n\n湖心公园将在五月一日向市民开放,全园免收门票。\n"
BRIDGE = "柳渡大桥通车\n\n柳渡大桥昨天恢复通车,货车限重三十吨。\n"


class Watching:
    """A `wenju watch` that runs, and what it has printed so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    def lines(self) -> list[str]:
        """Return every finished line, without the time of day."""
        printed = self._log.read_text(encoding="utf-8")
        return [line[10:] for line in printed[: printed.rfind("\n") + 1].splitlines()]

    def wait_for(self, beginning: str, *, after: int = 0) -> int:
        """Wait for a line that begins like this; return how many lines there are up to it."""

        def found() -> bool:
            return any(line.startswith(beginning) for line in self.lines()[after:])

        _wait_until(found, lambda: f"no line “{beginning}”: {self.lines()}")
        return next(i for i, line in enumerate(self.lines()) if i >= after and line.startswith(beginning)) + 1


@contextmanager
def watching(folder: Path, store: Path, log: Path, *arguments: str) -> Iterator[Watching]:
    """Run the command on a folder; kill it at the end where it has not ended."""
    command = [sys.executable, "-c", PROGRAM, "watch", str(folder), "--store", str(store), *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env=environment({**SETTINGS, "PYTHONPATH": str(ROOT)}),
        )
    try:
        yield Watching(process, log)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _wait_until(true: Callable[[], bool], why: Callable[[], str], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, why()
        time.sleep(0.1)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "park.txt").write_text(PARK, encoding="utf-8")
    return folder


def _asked(url: str, question: str) -> dict[str, Any]:
    """Ask the running chat through its API."""
    body = json.dumps({"data": [question]}).encode()
    request = urllib.request.Request(f"{url}/gradio_api/call/ask", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        event = json.load(response)["event_id"]
    with urllib.request.urlopen(f"{url}/gradio_api/call/ask/{event}", timeout=30) as response:
        data = response.read().decode("utf-8").strip().split("\n")[1].removeprefix("data: ")
    answer: dict[str, Any] = json.loads(data)[0]
    return answer


def test_a_running_chat_answers_from_what_watch_has_just_indexed(papers: Path, tmp_path: Path) -> None:
    """Added, changed and removed, without a restart; the generation of the answer tells."""
    store, question = tmp_path / "store", "柳渡大桥货车限重多少吨?"
    with served(app(store=store, docs=papers), store=store) as chat:
        first = _asked(chat.url, question)
        assert [hit["source"] for hit in first["hits"]] == ["park.txt"]
        with watching(papers, store, tmp_path / "watch.log") as watch:
            seen = watch.wait_for("0 new, 0 changed, 0 removed, 1 unchanged")
            (papers / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
            seen = watch.wait_for("1 new, 0 changed, 0 removed, 1 unchanged", after=seen)
            second = _asked(chat.url, question)

            (papers / "bridge.txt").write_text(BRIDGE.replace("三十吨", "五十吨"), encoding="utf-8")
            seen = watch.wait_for("0 new, 1 changed, 0 removed, 1 unchanged", after=seen)
            third = _asked(chat.url, question)

            (papers / "bridge.txt").unlink()
            watch.wait_for("0 new, 0 changed, 1 removed, 1 unchanged", after=seen)
            fourth = _asked(chat.url, question)

            watch.process.send_signal(signal.SIGINT)
            assert watch.process.wait(20) == 0
            assert watch.lines()[-1] == "Stopped."

    assert (second["answer"], second["citations"][0]["source"]) == ("三十吨", "bridge.txt")
    assert third["answer"] == "五十吨"
    assert [hit["source"] for hit in fourth["hits"]] == ["park.txt"]
    generations = [answer["generation"] for answer in (first, second, third, fourth)]
    assert generations == sorted(set(generations))


def test_watch_waits_for_a_busy_store_and_ends_when_its_folder_is_removed(papers: Path, tmp_path: Path) -> None:
    """With exit code 2 and one line that says so; what was indexed stays."""
    store = tmp_path / "store"
    with watching(papers, store, tmp_path / "watch.log", "--collection", "news") as watch:
        seen = watch.wait_for("1 new, 0 changed, 0 removed, 0 unchanged")
        with FileLock(store / "write.lock"):
            (papers / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
            seen = watch.wait_for("Another process is writing", after=seen)
        watch.wait_for("1 new, 0 changed, 0 removed, 1 unchanged", after=seen)
        papers.rename(tmp_path / "elsewhere")
        assert watch.process.wait(20) == 2
        printed = (tmp_path / "watch.log").read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "elsewhere")

    assert printed.splitlines()[-1].startswith(f"The folder {papers} was removed or replaced")
    assert "Traceback" not in printed
    command = [sys.executable, "-m", "qa", "list", "--json", "--store", str(store)]
    listed = subprocess.run(
        command, capture_output=True, check=True, env=environment({**SETTINGS, "PYTHONPATH": str(ROOT)})
    )
    assert [one["id"] for one in json.loads(listed.stdout)] == ["news/bridge.txt", "news/park.txt"]
