"""The twenty tasks of tasks.md, each end to end in a real browser, in at most five actions that tasks.md tells."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from acting import MOST_ACTIONS, SECONDS, TASKS, Actor, Task, read_tasks
from api_server import ROOT, Served, app, environment, served
from playwright.sync_api import Page, expect
from visiting import Visits

pytestmark = pytest.mark.browser

PIPES, LIBRARY = "东埠区改造了多少公里老旧供热管网?", "新开放的市图书馆在什么地方?"
HALL, COST = "下坞村的老祠堂改成了什么?", "修它一共花了多少钱?"
NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"

BY_NUMBER = {task.number: task for task in read_tasks(TASKS.read_text(encoding="utf-8"))}


class Does(Protocol):
    """Begins the task of this number on a page of the server; `ready` is what is waited for first."""

    def __call__(
        self, number: int, server: Served, *, path: str = "", ready: str = ".wj-welcome"
    ) -> AbstractContextManager[Actor]: ...


@pytest.fixture
def does(visit: Visits) -> Does:
    """Return a way to begin a task; at its end, all its actions were done, and nothing went wrong behind the page."""

    @contextmanager
    def begin(number: int, server: Served, *, path: str = "", ready: str = ".wj-welcome") -> Iterator[Actor]:
        task = BY_NUMBER[number]
        with visit(
            server, locale=task.locale, width=task.width, height=task.height, colours=task.colours, path=path,
            ready=ready,
        ) as visited:  # fmt: skip
            visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            actor = Actor(task, visited)
            yield actor
            assert actor.done == list(task.actions)
            assert visited.page.evaluate("document.documentElement.scrollWidth") <= task.width
            assert (visited.errors, visited.elsewhere) == ([], [])

    return begin


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serve the sample corpus with the hashing encoder, to which files may be added."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app(store=store), store=store) as running:
            yield running


def answered(page: Page, count: int = 1) -> None:
    """Wait until so many answers are shown and nothing is under way."""
    page.locator(".wj-answer").nth(count - 1).wait_for(timeout=SECONDS)
    expect(page.locator(".wj-stage")).to_have_count(0)


def last_answer(page: Page) -> str:
    return page.locator(".wj-answer").last.inner_text()


def questions(actor: Actor) -> list[str]:
    return actor.visited.questions()


def is_dark(page: Page) -> bool:
    dark: bool = page.evaluate("document.body.classList.contains('dark')")
    return dark


def clipboard(page: Page) -> str:
    page.get_by_text(re.compile("^(已复制|Copied)$")).wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


# With the real model


@pytest.mark.model
def test_task_01(does: Does, real_server: Served) -> None:
    """Find which article says it, and copy the quotation with its source."""
    with does(1, real_server) as actor:
        actor.type("东埠区今年改造了多少公里老旧供热管网?", into="问题")
        answered(actor.page)
        actor.click("复制引文和出处")

        assert actor.page.locator(".wj-sentence mark").inner_text() == "37.6公里"
        copied = clipboard(actor.page).split("\n")
        assert "37.6公里" in copied[0]
        assert "东埠区供热改造交出首份答卷" in copied[-3] or "暖气热得早" in copied[-3]
        assert copied[-2].startswith("linxi-daily-page.txt · 第 ")
        assert copied[-1].startswith(f"{real_server.url}/?article=linxi-daily-page.txt&span=")


@pytest.mark.model
def test_task_02(does: Does, real_server: Served) -> None:
    """Ask a follow-up."""
    with does(2, real_server) as actor:
        actor.type(HALL, into="问题")
        answered(actor.page)
        actor.type(COST, into="问题")
        answered(actor.page, 2)

        assert "86万元" in last_answer(actor.page)
        assert re.match("按“.*老祠堂.*”搜索", actor.page.locator(".wj-searched").inner_text())
        assert is_dark(actor.page)


@pytest.mark.model
def test_task_03(does: Does, real_server: Served) -> None:
    """Search the words as typed instead."""
    with does(3, real_server) as actor:
        actor.type(HALL, into="Question")
        answered(actor.page)
        actor.type(COST, into="Question")
        answered(actor.page, 2)
        actor.click("Search the words as typed")
        answered(actor.page, 3)

        assert actor.page.locator(".wj-answer").nth(1).get_by_text("Searched for “").is_visible()
        assert "Searched for “" not in last_answer(actor.page)
        assert questions(actor) == [HALL, COST, COST]


@pytest.mark.model
def test_task_04(does: Does, real_server: Served) -> None:
    """See why a passage was found."""
    with does(4, real_server) as actor:
        actor.type("代替霁河最后一条缆绳渡船的步行桥有多长?", into="Question")
        answered(actor.page)
        actor.click("See quotation 1")
        actor.click("Why this passage was found")

        reasons = actor.page.locator(".wj-reasons").first
        assert re.search(r"rank \d+", reasons.inner_text())
        meter = reasons.get_by_role("meter", name="after reading")
        assert re.search(r"a chance of (&gt;|>|&lt;|<)?\d+%", meter.get_attribute("aria-valuetext") or "")
        assert 0 < int(meter.get_attribute("aria-valuenow") or "") <= 100


@pytest.mark.model
def test_task_05(does: Does, real_server: Served) -> None:
    """Ask one publisher only."""
    with does(5, real_server) as actor:
        actor.click("筛选文章")
        actor.click("来源")
        actor.click("临溪晚报客户端")
        actor.type("桥有多长？", into="问题")
        answered(actor.page)

        assert actor.page.locator(".wj-answer .wj-chip").all_inner_texts() == ["来源 临溪晚报客户端"]
        assert "78.6米" in last_answer(actor.page)
        papers = actor.page.locator(".wj-citation .wj-about").all_inner_texts()
        assert papers
        assert all("临溪晚报" in paper for paper in papers)


@pytest.mark.model
def test_task_06(does: Does, real_server: Served) -> None:
    """Ask what the papers do not say, and take a suggestion."""
    with does(6, real_server) as actor:
        actor.type("临溪市图书馆新馆的总投资是多少?", into="问题")
        answered(actor.page)
        page = actor.page
        assert page.get_by_text("文件中没有说。").is_visible()
        assert "市图书馆新馆开门迎客" in page.locator(".wj-silence").inner_text()
        suggested = actor.click_first_below("这些文件能回答的问题")
        answered(page, 2)

        assert questions(actor)[1] == suggested
        assert page.locator(".wj-answer").last.get_by_role("link", name="查看引文 1").first.is_visible()


@pytest.mark.model
def test_task_07(does: Does, real_server: Served) -> None:
    """Switch between the source and the repaired text."""
    with does(7, real_server) as actor:
        actor.type("砚溪县管理茶园的“五统一”是哪五个统一?", into="问题")
        answered(actor.page)
        actor.click("查看引文 1")
        marked = actor.page.locator(".wj-citation").first.locator("mark").locator("visible=true")
        actor.click("修复后")
        assert "统一种苗" in "".join(marked.all_inner_texts())
        actor.click("原文")

        assert "統(tǒng)一種(zhǒng)苗" in "".join(marked.all_inner_texts())


@pytest.mark.model
def test_task_08(does: Does, real_server: Served, visit: Visits) -> None:
    """Open a permalink in another browser."""
    with does(8, real_server) as actor:
        actor.type(LIBRARY, into="问题")
        answered(actor.page)
        actor.click("复制引文和出处")
        copied = clipboard(actor.page).split("\n")
        seen: list[str] = []

        def open_there() -> None:
            path = copied[-1].removeprefix(real_server.url)
            with visit(real_server, path=path, ready=".wj-citation") as there:
                seen.append(there.page.locator(".wj-citation mark").first.inner_text())
                assert there.questions() == []
                assert (there.errors, there.elsewhere) == ([], [])

        actor.act("open the copied address in another browser", open_there)

        assert "望河区滨霁大道88号" in seen[0]
        assert copied[0] == f"“{seen[0]}”"


@pytest.mark.model
def test_task_09(does: Does, real_server: Served) -> None:
    """Ask in English."""
    with does(9, real_server) as actor:
        actor.type("How long did it take to build the footbridge?", into="Question")
        answered(actor.page)
        actor.click("See quotation 1")

        assert "22" in actor.page.locator(".wj-sentence mark").inner_text()
        assert "Building it took 22 months" in last_answer(actor.page)
        card = actor.page.locator(".wj-citation").first.inner_text()
        assert "Last cable ferry on the Ji River" in card
        assert "Nora Whitlock" in card
        ours = actor.page.locator(".wj-header, #wj-side-head, .wj-foot, .wj-tools").all_inner_texts()
        assert re.findall("[\u4e00-\u9fff]", "".join(ours)) == []


@pytest.mark.model
def test_task_10(does: Does, real_server: Served) -> None:
    """Open the evidence on a phone, and close it."""
    with does(10, real_server) as actor:
        actor.type("雾岭天文台给观众用的望远镜口径有多大?", into="问题")
        answered(actor.page)
        page = actor.page
        actor.click("查看引文 1")
        sheet = page.get_by_role("dialog", name="证据")
        sheet.wait_for()
        assert "口径40厘米" in sheet.locator(".wj-source mark").first.inner_text()
        assert re.search(r"第 \d+ 页", sheet.inner_text())
        actor.click("关闭")
        sheet.wait_for(state="hidden")

        expect(page.get_by_role("link", name="查看引文 1").first).to_be_focused()
        assert page.get_by_label("问题", exact=True).is_visible()


# With the hashing encoder


def test_task_11(does: Does, server: Served) -> None:
    """Upload a GBK file and ask about it."""
    with does(11, server) as actor:
        actor.click("文件")
        actor.drop("停水.txt", NOTICE.encode("gb18030"), onto="把文件拖到这里")
        page = actor.page
        page.get_by_text("读完了，可以提问了。").wait_for(timeout=SECONDS)
        assert "读好了" in page.locator(".wj-brought").inner_text()
        assert page.get_by_text("按 gb18030 读取").is_visible()
        actor.click("提问")  # of the latest document, which stands first
        actor.type("停水几小时？", into="问题")
        answered(page)

        assert "停水三小时" in last_answer(page)
        assert "停水.txt" in page.locator(".wj-citation").inner_text()


def test_task_12(does: Does, server: Served, tmp_path: Path) -> None:
    """Take a conversation along."""
    with does(12, server) as actor:
        actor.type(PIPES, into="Question")
        answered(actor.page)
        actor.click("Manage this conversation")
        with actor.page.expect_download() as download:
            actor.click("Web page")
        file = tmp_path / "conversation.html"
        download.value.save_as(file)
        alone = actor.page.context.browser.new_page()  # type: ignore[union-attr]
        alone.goto(file.as_uri())
        shown = alone.inner_text("body")
        alone.close()

        assert PIPES in shown
        assert "37.6公里" in shown
        assert "linxi-daily-page.txt" in shown


def test_task_13(does: Does, server: Served, visit: Visits, tmp_path: Path) -> None:
    """Bring a conversation back."""
    with visit(server) as before:
        before.ask(PIPES)
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

        assert questions(actor) == [PIPES]
        assert "37.6公里" in last_answer(page)


def test_task_14(does: Does, server: Served) -> None:
    """Find a conversation by a word."""
    with does(14, server) as actor:
        page = actor.page
        actor.visited.ask(PIPES)
        page.goto(server.url)
        page.locator(".wj-welcome").wait_for()
        actor.visited.ask(LIBRARY)
        page.goto(server.url)
        page.locator(".wj-welcome").wait_for()

        actor.click("打开对话列表")
        actor.type("管网", into="搜索对话")
        expect(page.locator(".wj-list-title")).to_have_text([PIPES])
        actor.click(PIPES)
        answered(page)

        assert questions(actor) == [PIPES]
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

        assert page.get_by_text("No conversations yet.").is_visible()
        assert questions(actor) == []


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
        answered(page)

        assert "1900个" in last_answer(page)
        page.reload()
        answered(page)
        assert questions(actor) == [changed]


def test_task_17(does: Does, fake_server: Served) -> None:
    """Stop an answer."""
    with does(17, fake_server) as actor:
        slow = "慢慢说，换了多少块石料？"
        actor.type(slow, into="Question")
        actor.click("Stop answering")
        actor.page.get_by_text("Stopped. Your question is still in the box.").wait_for()

        expect(actor.page.get_by_label("Question", exact=True)).to_have_value(slow)
        assert questions(actor) == []
        assert is_dark(actor.page)


def test_task_18(does: Does, server: Served) -> None:
    """Say that an answer is no good, and find that in the terminal."""
    with does(18, server) as actor:
        question, note = "杏陂镇第十二届农民运动会的篮球冠军是哪个村?", "只写了团体冠军"
        actor.type(question, into="问题")
        answered(actor.page)
        actor.click("没用")
        actor.type(note, into="对这个回答的评语")
        actor.page.wait_for_timeout(1000)
        printed: list[str] = []

        def run() -> None:
            command = [sys.executable, "-m", "qa", "feedback", "--store", str(server.store)]
            ran = subprocess.run(
                command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, encoding="utf-8", check=True
            )
            printed.append(ran.stdout)

        actor.act("run `wenju feedback`", run)

        assert actor.page.get_by_role("button", name="没用").get_attribute("aria-pressed") == "true"
        assert f"-1  {question}\n" in printed[0]
        assert f"    note    {note}\n" in printed[0]


def test_task_19(does: Does, server: Served, visit: Visits) -> None:
    """Delete a document."""
    with visit(server, path="/documents", ready=".wj-documents") as before:
        given = {"name": "wrong.txt", "mimeType": "text/plain", "buffer": "错的\n\n这份文件放错了。\n".encode()}
        before.page.locator("#wj-bring input[type=file]").set_input_files([given])  # type: ignore[list-item]
        before.page.locator(".wj-end:not(:empty)").wait_for(timeout=SECONDS)
    with does(19, server) as actor:
        page = actor.page
        actor.click("Documents")
        actor.click("Delete：wrong.txt")
        asked = page.get_by_role("dialog").inner_text()
        assert asked.startswith("Delete “wrong.txt”? It goes from the index, and the kept original with it, for good.")
        actor.click("Yes")
        told = page.get_by_role("status").filter(has_text="was deleted.")
        told.wait_for(timeout=SECONDS)

        assert "wrong.txt" in told.inner_text()
        assert page.get_by_role("button", name="wrong.txt").count() == 0


def test_task_20(does: Does, server: Served) -> None:
    """Switch to dark, load the page again, and go on."""
    with does(20, server) as actor:
        page, follow_up = actor.page, "望河区呢?"
        actor.type(PIPES, into="问题")
        answered(page)
        assert not is_dark(page)
        actor.click("切换深浅色")
        assert is_dark(page)
        actor.press("F5")
        answered(page)
        assert is_dark(page)
        actor.type(follow_up, into="问题")
        answered(page, 2)

        assert questions(actor) == [PIPES, follow_up]
        assert re.match("按“.*管网.*”搜索", page.locator(".wj-searched").inner_text())


# The list itself


def test_the_list_and_these_tests_name_the_same_tasks() -> None:
    """Twenty, in order, each with a test whose docstring is its title; none asks for more than five actions."""
    tests = {
        int(name.removeprefix("test_task_")): (test.__doc__ or "").removesuffix(".")
        for name, test in globals().items()
        if name.startswith("test_task_")
    }

    assert tests == {number: task.title for number, task in BY_NUMBER.items()}
    assert list(BY_NUMBER) == list(range(1, 21))
    assert {task.number: len(task.actions) for task in BY_NUMBER.values() if len(task.actions) > MOST_ACTIONS} == {}


def test_half_of_the_tasks_are_on_a_phone_and_both_languages_and_colours_come_often() -> None:
    tasks: list[Task] = list(BY_NUMBER.values())

    assert [task.width for task in tasks].count(390) == 10
    assert [task.width for task in tasks].count(1280) == 10
    assert min([task.locale for task in tasks].count(one) for one in ("zh-CN", "en-US")) >= 6
    assert min([task.colours for task in tasks].count(one) for one in ("light", "dark")) >= 6
    assert json.dumps([task.title for task in tasks]).count("  ") == 0
