"""A store that breaks or is replaced under an open chat: told in the reader's language, and nothing is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_server import Served
from playwright.sync_api import expect
from serving import index, papers
from visiting import Visits

from qa.store.database import DATABASE_NAME

ASKED, PARK = "闸门检修需要几天？", "湖心公园占地多少公顷？"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def good(one_paper: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the store as it is at first."""
    store = tmp_path_factory.mktemp("good") / "store"
    index(one_paper.store.parent / "papers", store)
    return store


@pytest.fixture
def server(one_paper: Served, good: Path) -> Iterator[Served]:
    """Serve one paper, and put the store back afterwards; its conversations go on."""
    yield one_paper
    one_paper.store.mkdir(exist_ok=True)
    for ending in ("", "-wal", "-shm"):
        (one_paper.store / f"{DATABASE_NAME}{ending}").unlink(missing_ok=True)
    shutil.copy(good / DATABASE_NAME, one_paper.store / "copied")
    (one_paper.store / "copied").replace(one_paper.store / DATABASE_NAME)


def test_another_process_changes_the_documents_under_an_open_chat(
    visit: Visits, server: Served, tmp_path: Path
) -> None:
    """The next answer is from what is there now; an old one keeps its quotation, with a note of what became of it."""
    with visit(server) as visited:
        answers = visited.page.locator(".wj-answer")
        visited.ask(ASKED)
        expect(answers).to_contain_text("五天")

        changed = papers(tmp_path / "new", gate="通知\n\n闸门检修改为需要九天，由城北水务所负责。\n")
        index(changed, server.store)
        visited.ask(ASKED)
        expect(answers.last).to_contain_text("九天")
        expect(answers.first).to_contain_text("五天")
        answers.first.locator(".wj-ref").first.click()
        visited.page.get_by_text("这份文件后来改动过，引文不在原来的位置了。").wait_for()
        expect(visited.evidence).to_contain_text("闸门检修需要五天，由城南水务所负责。")

        shutil.rmtree(changed)
        index(papers(changed, bus="班车\n\n班车七点从北门发车。\n"), server.store)
        visited.reload(ready=".wj-answer")
        visited.page.get_by_text("这份文件已经不在资料库里。下面是回答时保存的引文。").wait_for()
        expect(visited.evidence).to_contain_text("闸门检修改为需要九天")
        visited.shows(ASKED, ASKED)


GONE = {
    "zh-CN": "索引不见了。请把它放回去，或重新建立：wenju index 文件夹",
    "en-US": "The index is gone. Put it back, or build it again: wenju index FOLDER",
}
KEPT = {
    "zh-CN": "资料库现在读不出来。下面是回答时保存的引文。",
    "en-US": "The store cannot be read now. Below is the quotation as it was kept with the answer.",
}


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1280), ("en-US", 390)])
def test_a_store_that_goes_away_is_told_and_one_that_comes_back_is_asked(
    visit: Visits, server: Served, tmp_path: Path, locale: str, width: int
) -> None:
    """Renamed, swapped for another, deleted, put back: the conversation stays and goes on, also after a reload."""
    with visit(server, locale=locale, width=width) as visited:
        page, away, other = visited.page, server.store.with_name("away"), server.store.with_name("other")
        answers, last = page.locator(".wj-answer"), page.locator(".wj-answer, .wj-error").last
        visited.ask(ASKED)
        server.store.rename(away)
        visited.ask("由谁负责？")
        expect(last).to_contain_text(GONE[locale])
        answers.first.locator(".wj-ref").first.click()
        expect(visited.evidence).to_contain_text(KEPT[locale])
        expect(visited.evidence).to_contain_text("闸门检修需要五天")
        visited.reload(ready=".wj-answer")
        visited.shows(ASKED, "由谁负责？")
        expect(visited.box).to_be_editable()

        index(papers(tmp_path / "park", park="湖心公园开放\n\n湖心公园占地二十公顷，五月一日开放。\n"), other)
        other.rename(server.store)
        visited.ask(PARK)
        expect(last).to_contain_text("二十公顷")
        shutil.rmtree(server.store)
        visited.ask("湖心公园在哪里？")
        expect(last).to_contain_text(GONE[locale])
        away.rename(server.store)
        visited.ask(ASKED)
        expect(last).to_contain_text("五天")
        visited.shows(ASKED, "由谁负责？", PARK, "湖心公园在哪里？", ASKED)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_pages_are_loaded_while_the_store_is_damaged(visit: Visits, server: Served, locale: str) -> None:
    """Each has its head and says what is wrong; questions say it as well, and a permalink breaks nothing."""
    (server.store / "bad").write_bytes(b"no store at all " * 1000)
    (server.store / "bad").replace(server.store / DATABASE_NAME)
    said = "损坏了。请把它移走，再重新建立" if locale == "zh-CN" else "is damaged"
    for path in ("/", "/?article=gate.txt&span=0-2", "/documents", "/corpus"):
        with visit(server, locale=locale, path=path, ready=".wj-header nav") as visited:
            visited.page.get_by_text(said).first.wait_for()
            visited.page.get_by_text("资料库读不出来" if locale == "zh-CN" else "cannot be read").first.wait_for()
            if path == "/":
                visited.ask(ASKED)
                expect(visited.page.locator(".wj-error")).to_contain_text(said)
