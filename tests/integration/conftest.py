"""What several modules here share: a command line, a server of the sample corpus, a language model of our own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from api_server import Served, app, served
from commands import BRIDGE, PARK, Ran, Wenju
from gradio_client import Client
from library_fixtures import WITHOUT_READER
from llm_corpus import HURRIED, assistant_with_llm
from llm_stub import Stub, stub

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant
from qa.cli.app import main


@pytest.fixture
def wenju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenju:
    """Return a function that runs a command in an empty folder with the hashing encoder and a store of its own."""
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)
    for name, value in (("MODEL", "hashing"), ("RERANKER", "none"), ("ANSWERER", "sentence"), ("STORE", "store")):
        monkeypatch.setenv(f"WENJU_{name}", str(tmp_path / value) if name == "STORE" else value)
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "park.txt").write_text(PARK, encoding="utf-8")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return folder


@pytest.fixture
def store(wenju: Wenju, papers: Path, tmp_path: Path) -> Path:
    """Return the folder of a good store, the default one of `wenju`."""
    assert wenju("index", papers).code == 0
    return tmp_path / "store"


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """Serve the sample corpus with the hashing encoder, and MCP; nobody may change anything in it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app("--mcp", store=store), store=store) as running:
            yield running


@pytest.fixture(scope="session")
def client(server: Served) -> Client:
    return Client(server.url, verbose=False)


@pytest.fixture(scope="session")
def assistant(server: Served) -> Iterator[Assistant]:
    """Return an assistant over the store of the server."""
    with closing(Assistant.open(server.store, encoder=HashingEncoder(), **WITHOUT_READER)) as opened:
        yield opened


@pytest.fixture(scope="module")
def running_model() -> Iterator[Stub]:
    with stub() as running:
        yield running


@pytest.fixture
def model(running_model: Stub) -> Stub:
    """Return a language model that was asked nothing yet."""
    running_model.asked.clear()
    return running_model


@pytest.fixture(scope="module")
def writing(running_model: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return an assistant whose language model writes."""
    opened = assistant_with_llm(tmp_path_factory.mktemp("llm"), running_model.url)
    opened.warm()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hurried(running_model: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return one that waits for its language model hardly longer than a second."""
    opened = assistant_with_llm(tmp_path_factory.mktemp("llm"), running_model.url, **HURRIED)
    opened.warm()
    yield opened
    opened.close()
