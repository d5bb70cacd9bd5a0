"""A store that breaks or is replaced under an open chat: told in the reader's language, and nothing is lost."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_server import ROOT, Served, environment
from serving import serving
from visiting import Visits

from qa.database import DATABASE_NAME

GONE = "索引不见了。请把它放回去，或重新建立：wenju index 文件夹"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def as_it_was(server: Served) -> Iterator[None]:
    """Put the store back after each test; its conversations go on."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "store"
        index(Path(folder), server.store.parent / "papers", copied)
        yield
        for ending in ("", "-wal", "-shm"):
            (server.store / f"{DATABASE_NAME}{ending}").unlink(missing_ok=True)
        shutil.copy(copied / DATABASE_NAME, server.store / "copied")
        (server.store / "copied").replace(server.store / DATABASE_NAME)


def index(folder: Path, papers: Path, store: Path) -> None:
    """Index a folder as another process."""
    subprocess.run(
        [sys.executable, "-m", "qa", "index", str(papers), "--store", str(store)],
        cwd=folder, env=environment({"PYTHONPATH": str(ROOT), "WENJU_MODEL": "hashing"}),
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def papers(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_another_process_changes_the_documents_under_an_open_chat(
    visit: Visits, server: Served, tmp_path: Path
) -> None:
    """The next answer is from what is there now; an old one keeps its quotation, with a note of what became of it."""
    with visit(server) as visited:
        page = visited.page
        visited.ask("闸门检修需要几天？")
        assert "五天" in page.locator(".wj-answer").inner_text()

        changed = papers(tmp_path / "new", gate="通知\n\n闸门检修改为需要九天，由城北水务所负责。\n")
        index(tmp_path, changed, server.store)
        visited.ask("闸门检修需要几天？")
        assert "九天" in page.locator(".wj-answer").last.inner_text()
        assert "五天" in page.locator(".wj-answer").first.inner_text()
        page.locator(".wj-answer").first.locator(".wj-ref").first.click()
        page.get_by_text("这份文件后来改动过，引文不在原来的位置了。").wait_for()
        assert "闸门检修需要五天，由城南水务所负责。" in page.inner_text("#wj-evidence")

        shutil.rmtree(tmp_path / "new")
        index(tmp_path, papers(tmp_path / "new", bus="班车\n\n班车七点从北门发车。\n"), server.store)
        page.reload()
        page.get_by_text("这份文件已经不在资料库里。").wait_for()
        assert "闸门检修改为需要九天" in page.inner_text("#wj-evidence")
        assert len(visited.questions()) == 2
        assert visited.errors == []


def test_a_store_that_is_gone_is_told_and_used_again_when_it_is_back(visit: Visits, server: Served) -> None:
    with visit(server) as visited:
        page = visited.page
        visited.ask("闸门检修需要几天？")
        away = server.store / "away"
        (server.store / DATABASE_NAME).replace(away)

        visited.ask("由谁负责？")
        assert GONE in page.locator(".wj-error").inner_text()
        page.locator(".wj-answer").first.locator(".wj-ref").first.click()
        page.get_by_text("资料库现在读不出来。下面是回答时保存的引文。").wait_for()
        assert "闸门检修需要五天" in page.inner_text("#wj-evidence")

        away.replace(server.store / DATABASE_NAME)
        visited.ask("闸门检修由谁负责？")
        assert "城南水务所" in page.locator(".wj-answer").last.inner_text()
        assert len(visited.questions()) == 3
        assert visited.errors == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_pages_are_loaded_while_the_store_is_damaged(visit: Visits, server: Served, locale: str) -> None:
    """Each has its head and says what is wrong; questions say it as well, and a permalink breaks nothing."""
    (server.store / "bad").write_bytes(b"no store at all " * 1000)
    (server.store / "bad").replace(server.store / DATABASE_NAME)
    said = "损坏了。请把它移走，再重新建立" if locale == "zh-CN" else "is damaged"
    for path in ("/", "/?article=gate.txt&span=0-2", "/documents", "/corpus"):
        with visit(server, locale=locale, path=path, ready=".wj-header nav") as visited:
            visited.page.get_by_text(said).first.wait_for()
            assert visited.page.get_by_text("资料库读不出来" if locale == "zh-CN" else "cannot be read").count() > 0
            if path == "/":
                visited.ask("闸门检修需要几天？")
                assert said in visited.page.locator(".wj-error").inner_text()
            assert visited.errors == []
