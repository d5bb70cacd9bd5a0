"""The tasks of tasks.md that need no true answers, each end to end, with the hashing encoder over the sample corpus.

At most five actions each, those that tasks.md tells. The other tasks, and tests of the list, are in test_tasks.py.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from acting import SECONDS
from api_server import ROOT, Served, app, environment, served
from bringing import bring
from doing import LIBRARY, PIPES, Does, answered, last_answer
from playwright.sync_api import expect
from visiting import Visits

pytestmark = pytest.mark.browser

NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serve the sample corpus with the hashing encoder, to which files may be added."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app(store=store), store=store) as running:
            yield running


def test_task_11(does: Does, server: Served) -> None:
    """Upload a GBK file and ask about it."""
    with does(11, server) as actor:
        actor.click("文件")
        actor.drop("停水.txt", NOTICE.encode("gb18030"), onto="把文件拖到这里")
        page = actor.page
        page.get_by_text("读完了，可以提问了。").wait_for(timeout=SECONDS)
        expect(page.locator(".wj-brought")).to_contain_text("读好了")
        expect(page.get_by_text("按 gb18030 读取")).to_be_visible()
        actor.click("提问")  # of the latest document, which stands first
        actor.type("停水几小时？", into="问题")
        answered(actor)

        expect(last_answer(actor)).to_contain_text("停水三小时")
        expect(page.locator(".wj-citation")).to_contain_text("停水.txt")


def test_task_12(does: Does, server: Served, tmp_path: Path) -> None:
    """Take a conversation along."""
    with does(12, server) as actor:
        actor.type(PIPES, into="Question")
        answered(actor)
        actor.click("Manage this conversation")
        with actor.page.expect_download() as download:
            actor.click("Web page")
        file = tmp_path / "conversation.html"
        download.value.save_as(file)
        alone = actor.page.context.browser.new_page()  # type: ignore[union-attr]
        alone.goto(file.as_uri())
        for said in (PIPES, "37.6公里", "linxi-daily-page.txt"):
            expect(alone.locator("body")).to_contain_text(said)
        alone.close()


def test_task_13(does: Does, server: Served, visit: Visits, tmp_path: Path) -> None:
    """Bring a conversation back."""
    with visit(server) as before:
        before.ask(PIPES)
        before.page.wait_for_url("**/?c=*")
        address = urlsplit(before.page.url).query.removeprefix("c=")
        exported = before.page.request.get(f"{server.url}/conversations/{address}.json")
        file = tmp_path / "对话.json"
        file.write_bytes(exported.body())
    with does(13, server) as actor:
        page = actor.page
        actor.click("打开对话列表")
        with page.expect_file_chooser() as chooser:
            actor.click("导入对话")
        actor.choose("对话.json", file, chooser.value)
        page.get_by_text(f"已导入“{PIPES}”。").wait_for(timeout=SECONDS)

        actor.visited.shows(PIPES)
        expect(last_answer(actor)).to_contain_text("37.6公里")


def test_task_14(does: Does, server: Served) -> None:
    """Find a conversation by a word."""
    with does(14, server) as actor:
        page = actor.page
        actor.visited.ask(PIPES)
        actor.visited.goto(server.url)
        actor.visited.ask(LIBRARY)
        actor.visited.goto(server.url)

        actor.click("打开对话列表")
        actor.type("管网", into="搜索对话")
        expect(page.locator(".wj-list-title")).to_have_text([PIPES])
        actor.click(PIPES)
        answered(actor)

        actor.visited.shows(PIPES)
        expect(page.get_by_role("navigation", name="对话")).to_be_hidden()


def test_task_15(does: Does, server: Served) -> None:
    """Rename a conversation, and delete it."""
    with does(15, server) as actor:
        page = actor.page
        actor.visited.ask(PIPES)

        actor.click("Manage this conversation")
        actor.type("Pipes", into="New title")
        expect(page.get_by_role("heading", name="Pipes")).to_be_visible()
        expect(page.locator(".wj-list-title")).to_have_text(["Pipes"])
        actor.click("Manage this conversation")
        actor.click("Delete")
        actor.click("Delete it")
        page.get_by_text("Deleted “Pipes”.").wait_for()

        expect(page.get_by_text("No conversations yet.")).to_be_visible()
        actor.visited.shows()


def test_task_16(does: Does, server: Served) -> None:
    """Edit a past question."""
    with does(16, server) as actor:
        page = actor.page
        actor.visited.ask(PIPES)
        actor.visited.ask(LIBRARY)
        changed = "市图书馆新馆有多少个阅览座位?"

        actor.click("编辑")
        actor.type(changed, into="问这些文件一个问题…")
        expect(page.locator("#wj-chat .message.user")).to_have_text([changed])
        answered(actor)

        expect(last_answer(actor)).to_contain_text("1900个")
        actor.visited.reload(ready=".wj-answer")
        actor.visited.shows(changed)


def test_task_17(does: Does, fake_server: Served, gate: Path) -> None:
    """Stop an answer."""
    with does(17, fake_server) as actor:
        slow = "慢慢说，换了多少块石料？"
        actor.type(slow, into="Question")
        actor.click("Stop answering")
        expect(actor.page.locator(".wj-stage")).to_have_text("Stopping…")
        gate.touch()
        actor.page.get_by_text("Stopped. Your question is still in the box.").wait_for()

        expect(actor.page.get_by_label("Question", exact=True)).to_have_value(slow)
        actor.visited.shows()
        actor.visited.is_dark()


def test_task_18(does: Does, server: Served) -> None:
    """Say that an answer is no good, and find that in the terminal."""
    with does(18, server) as actor:
        question, note = "杏陂镇第十二届农民运动会的篮球冠军是哪个村?", "只写了团体冠军"
        actor.type(question, into="问题")
        answered(actor)
        actor.click("没用")
        actor.type(note, into="对这个回答的评语")
        actor.page.wait_for_url("**/?c=*")
        actor.visited.until(lambda: actor.visited.kept(server)[0]["note"] == note)
        printed: list[str] = []

        def run() -> None:
            command = [sys.executable, "-m", "qa", "feedback", "--store", str(server.store)]
            ran = subprocess.run(
                command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, encoding="utf-8", check=True
            )
            printed.append(ran.stdout)

        actor.act("run `wenju feedback`", run)

        expect(actor.page.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
        assert f"-1  {question}\n" in printed[0]
        assert f"    note    {note}\n" in printed[0]


def test_task_19(does: Does, server: Served, visit: Visits) -> None:
    """Delete a document."""
    with visit(server, path="/documents", ready=".wj-documents") as before:
        bring(before, {"wrong.txt": "错的\n\n这份文件放错了。\n".encode()})
    with does(19, server) as actor:
        page = actor.page
        with actor.visited.leaving():
            actor.click("Documents")
            page.locator(".wj-documents").wait_for(timeout=SECONDS)
        actor.click("Delete：wrong.txt")
        expect(page.get_by_role("dialog")).to_contain_text(
            "Delete “wrong.txt”? It goes from the index, and the kept original with it, for good."
        )
        actor.click("Yes")
        told = page.get_by_role("status").filter(has_text="was deleted.")

        expect(told).to_contain_text("wrong.txt", timeout=SECONDS)
        expect(page.get_by_role("button", name="wrong.txt")).to_have_count(0)


def test_task_20(does: Does, server: Served) -> None:
    """Switch to dark, load the page again, and go on."""
    with does(20, server) as actor:
        page, follow_up = actor.page, "望河区呢?"
        actor.type(PIPES, into="问题")
        answered(actor)
        actor.visited.is_dark(False)
        actor.click("切换深浅色")
        actor.visited.is_dark()
        with actor.visited.leaving():
            actor.press("F5")
            answered(actor)
        actor.visited.is_dark()
        actor.type(follow_up, into="问题")
        answered(actor, 2)

        actor.visited.shows(PIPES, follow_up)
        expect(page.locator(".wj-searched")).to_have_text(re.compile("^按“.*管网.*”搜索"))
