"""Which store a command opens when none is named."""

import json
from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant
from qa.cli.app import MISTAKE, main
from qa.config import load_settings
from qa.web.serve import store_for


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with one folder of papers, the fake model, and nothing indexed."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "wall.txt").write_text("防洪墙加固\n\n防洪墙全长22.2公里,总投资6.35亿元。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("WENJU_DOCS", str(folder))
    monkeypatch.setenv("WENJU_MODEL", "hashing")
    monkeypatch.setenv("WENJU_RERANKER", "none")
    monkeypatch.setenv("WENJU_ANSWERER", "sentence")
    return folder


def _fill(store: Path, folder: Path) -> None:
    assistant = Assistant.open(store, encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    assistant.index(folder)
    assistant.close()


def test_after_the_chat_was_started_the_command_line_asks_the_same_papers(
    papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make run` keeps a store for each folder; there is no default store yet."""
    _fill(store_for(papers, beside=load_settings().store), papers)

    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 1


def test_a_default_store_goes_first(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `wenju index` made is what `wenju ask` opens."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("a.txt", "b.txt"):
        (other / name).write_text(f"{name}\n\n这是第{name}份文件的正文,没有别的内容。\n", encoding="utf-8")
    _fill(store_for(papers, beside=load_settings().store), papers)
    _fill(load_settings().store, other)

    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2


def test_without_any_store_the_remedy_is_named(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is made by asking."""
    assert main(["ask", "多长?"]) == MISTAKE
    assert "wenju index FOLDER" in capsys.readouterr().err
