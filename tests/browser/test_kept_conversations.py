"""Conversations in a real browser: kept, listed, opened, changed, taken along; stages, stop, retry and edit."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from api_server import Served, served_fake, stop
from playwright.sync_api import Page, expect
from visiting import Visit, Visits

pytestmark = pytest.mark.browser

BRIDGE, CAT, SLOW = "换了多少块石料？", "桥上的猫叫什么？", "慢慢慢慢说，换了多少块石料？"


def box(page: Page) -> str:
    return page.locator("#wj-question textarea").input_value()


def begin(page: Page, question: str) -> None:
    """Send a question and wait until its first stage is shown."""
    page.locator("#wj-question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator(".wj-stage").wait_for()


def edit(page: Page, number: int, question: str) -> str:
    """Edit the question of this turn, send it, and return what stood in the box before."""
    page.get_by_role("button", name="编辑").nth(number - 1).click()
    typed = page.locator(".edit-textarea")
    before = typed.input_value()
    typed.fill(question)
    page.get_by_role("button", name="发送").first.click()
    return before


def titles(page: Page) -> list[str]:
    return page.locator(".wj-list-title").all_inner_texts()


def test_stages_are_shown_until_the_answer_and_the_page_stays_usable(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        begin(page, SLOW)

        expect(page.locator(".wj-stage")).to_have_text("正在阅读…")
        assert page.locator("#wj-chat [role=log]").get_attribute("aria-live") == "polite"
        page.locator("#wj-question textarea").fill("下一个问题")
        page.locator("#wj-find input, #wj-find textarea").first.fill("没有的")
        page.get_by_text("没有找到。").wait_for(timeout=4000)  # of six seconds: a list does not wait for an answer
        assert page.locator(".wj-answer").count() == 0
        page.locator(".wj-answer").wait_for()
        assert page.locator(".wj-stage").count() == 0
        assert box(page) == "下一个问题"
        assert visited.errors == []


def test_an_answer_of_one_reader_keeps_no_other_waiting(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as slow, visit(fake_server) as quick:
        begin(slow.page, SLOW)
        quick.ask(BRIDGE)

        assert slow.page.locator(".wj-answer").count() == 0


def test_stop_ends_the_question_and_puts_it_back_into_the_box(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        begin(page, SLOW)
        page.locator("#wj-question button").click()
        expect(page.locator(".wj-stage")).to_have_text("正在停止…")
        page.get_by_text("已停止，问题还在输入框里。").wait_for()

        expect(page.locator("#wj-question textarea")).to_have_value(SLOW)
        assert visited.questions() == [BRIDGE]
        visited.ask(CAT)
        assert visited.questions() == [BRIDGE, CAT]
        assert visited.errors == []


def test_an_edited_question_replaces_what_followed_and_is_edited_as_typed(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        typed = '<b>换了</b> **多少** &lt; "石料"？'
        for question in (typed, "是哪天？", CAT):
            visited.ask(question)
        page.get_by_role("button", name="编辑").first.click()
        page.locator(".edit-textarea").press("Escape")
        expect(page.locator(".edit-textarea")).to_have_count(0)
        assert edit(page, 1, CAT) == typed
        expect(page.locator(".wj-answer")).to_have_count(1)

        assert visited.questions() == [CAT]
        page.locator(".wj-unsaid").wait_for()
        page.reload()
        page.locator(".wj-unsaid").wait_for()
        assert visited.questions() == [CAT]
        assert visited.errors == []


def test_the_last_question_is_asked_again_in_its_place(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.ask(BRIDGE)
        visited.ask(SLOW)
        visited.page.get_by_role("button", name="重试").click()
        visited.page.locator(".wj-stage").wait_for()
        expect(visited.page.locator(".wj-answer")).to_have_count(2, timeout=60_000)

        assert visited.questions() == [BRIDGE, SLOW]


def test_two_tabs_lose_nothing_and_an_edit_that_clashes_is_told(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as first:
        first.ask(BRIDGE)
        other = Visit(first.page.context.new_page())
        other.page.goto(first.page.url)
        other.page.locator(".wj-answer").wait_for()
        other.ask(CAT)
        edit(first.page, 1, "又换了多少块？")
        first.page.get_by_text("这个对话").or_(first.page.locator(".wj-notice")).first.wait_for()

        expect(first.page.locator("#wj-chat .message.user")).to_have_text([BRIDGE, CAT])
        expect(first.page.locator("#wj-question textarea")).to_have_value("又换了多少块？")
        first.ask("是哪天？")
        other.ask("是谁？")
        assert other.questions() == [BRIDGE, CAT, "是哪天？", "是谁？"]


def test_a_lost_connection_in_mid_answer_loses_nothing(visit: Visits, fake_server: Served) -> None:
    """The answer is finished and kept; a reload shows it, or how far it has come."""
    slower = "慢慢慢慢说，换了多少块石料？"
    with visit(fake_server) as visited:
        page = visited.page
        begin(page, slower)
        page.wait_for_url("**/?c=*")
        page.reload()
        page.locator(".wj-stage").wait_for()
        page.locator(".wj-answer").wait_for()

        assert visited.questions() == [slower]
        page.reload()
        page.locator(".wj-answer").wait_for()
        assert visited.questions() == [slower]


def test_another_conversation_can_be_opened_while_an_answer_is_made(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        page.locator(".wj-begin").click()
        page.locator(".wj-welcome").wait_for()
        begin(page, SLOW)
        page.wait_for_url("**/?c=*")
        page.locator(".wj-list a").last.click()
        expect(page.locator("#wj-chat .message.user")).to_have_text([BRIDGE])
        page.wait_for_timeout(8000)  # the answer comes, and must not show here

        assert visited.questions() == [BRIDGE]
        page.go_back()
        expect(page.locator("#wj-chat .message.user")).to_have_text([SLOW])
        page.locator(".wj-answer").wait_for()
        assert visited.errors == []


def test_conversations_are_listed_searched_renamed_and_deleted(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        page.locator(".wj-begin").click()
        page.locator(".wj-welcome").wait_for()
        visited.ask(CAT)
        expect(page.locator(".wj-list-title")).to_have_text([CAT, BRIDGE])
        assert page.locator('.wj-list a[aria-current="page"]').inner_text().startswith(CAT)
        page.locator(".wj-menu > summary").click()
        page.get_by_label("新名称").fill("<i>猫</i>")
        page.get_by_role("button", name="改名").click()
        expect(page.locator(".wj-bar h2")).to_have_text("<i>猫</i>")
        expect(page.locator(".wj-list-title")).to_have_text(["<i>猫</i>", BRIDGE])
        page.locator("#wj-find input, #wj-find textarea").first.fill("石料")
        expect(page.locator(".wj-list-title")).to_have_text([BRIDGE])
        page.locator("#wj-find input, #wj-find textarea").first.fill("")
        expect(page.locator(".wj-list-title")).to_have_count(2)
        page.locator(".wj-menu > summary").click()
        page.locator(".wj-delete > summary").click()
        page.get_by_role("button", name="确定删除").click()
        page.locator(".wj-welcome").wait_for()

        assert titles(page) == [BRIDGE]
        assert page.inner_text(".wj-notice") == "已删除“<i>猫</i>”。"
        assert urlsplit(page.url).query == ""
        assert visited.errors == []


def test_a_conversation_is_taken_along_and_brought_back(visit: Visits, fake_server: Served, tmp_path: Path) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        files = {}
        for label, ending in (("Markdown 文件", "md"), ("JSON 文件", "json"), ("网页文件", "html")):
            page.locator(".wj-menu > summary").click()
            with page.expect_download() as download:
                page.get_by_role("link", name=label).click()
            page.keyboard.press("Escape")
            files[ending] = tmp_path / f"x.{ending}"
            download.value.save_as(files[ending])
            assert download.value.suggested_filename == f"换了多少块石料.{ending}"
        assert "287块" in files["md"].read_text(encoding="utf-8")
        assert "<mark>" in files["html"].read_text(encoding="utf-8")
        assert json.loads(files["json"].read_text(encoding="utf-8"))["title"] == BRIDGE
        page.locator("#wj-side input[type=file]").set_input_files(files["json"])
        page.get_by_text(f"已导入“{BRIDGE}”。").wait_for()
        expect(page.locator(".wj-list-title")).to_have_text([BRIDGE, BRIDGE])
        foreign = tmp_path / "other.json"
        foreign.write_text("{}", encoding="utf-8")
        page.locator("#wj-side input[type=file]").set_input_files(foreign)
        page.get_by_text("这个文件不是由问据导出的对话。").wait_for()

        assert visited.questions() == [BRIDGE]
        assert visited.errors == []


def test_nobody_else_reads_a_conversation(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as mine, visit(fake_server) as other:
        mine.ask(BRIDGE)
        mine.page.wait_for_url("**/?c=*")
        query = urlsplit(mine.page.url).query
        other.page.goto(f"{fake_server.url}/?{query}")
        other.page.locator(".wj-notice").wait_for()
        status = other.page.request.get(f"{fake_server.url}/conversations/{query[2:]}.json").status

        assert other.questions() == []
        assert other.page.locator(".wj-list a").count() == 0
        assert status == 404


def test_what_a_reader_says_about_an_answer_is_kept(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        page.get_by_role("button", name="有用", exact=True).click()
        page.locator(".wj-remark > summary").click()
        page.get_by_label("对这个回答的评语").fill("对 <b>")
        page.get_by_role("button", name="保存").click()
        page.wait_for_timeout(500)
        page.reload()
        page.locator(".wj-answer").wait_for()

        assert page.get_by_role("button", name="有用", exact=True).get_attribute("aria-pressed") == "true"
        assert page.locator(".wj-remark textarea").input_value() == "对 <b>"
        page.get_by_role("button", name="有用", exact=True).click()
        page.wait_for_timeout(500)
        page.reload()
        page.locator(".wj-answer").wait_for()
        assert page.get_by_role("button", name="有用", exact=True).get_attribute("aria-pressed") == "false"
        assert page.locator(".wj-remark textarea").input_value() == "对 <b>"


@pytest.fixture
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_restart_loses_nothing_and_an_open_page_goes_on(visit: Visits, own_folder: Path) -> None:
    with served_fake(own_folder) as running, visit(running) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        page.wait_for_url("**/?c=*")
        port = urlsplit(running.url).port or 0
        stop(running.process)
        with served_fake(own_folder, port=port):
            visited.ask("是哪天？")  # on the page that was open all the while
            assert "换了多少块石料？ 是哪天？" in page.inner_text(".wj-searched")
            page.reload()
            expect(page.locator("#wj-chat .message.user")).to_have_text([BRIDGE, "是哪天？"])


def test_enter_that_ends_a_chinese_word_sends_nothing(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        typed = page.locator("#wj-question textarea")
        typed.fill("换了多少")
        typed.dispatch_event("keypress", {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True})
        typed.press("Shift+Enter")
        page.wait_for_timeout(400)
        assert page.locator("#wj-chat .message.user").count() == 0
        assert box(page) == "换了多少\n"
        typed.press("Enter")
        page.locator(".wj-answer").wait_for()


def test_an_address_asks_and_a_reload_does_not_ask_again(visit: Visits, fake_server: Served) -> None:
    with visit(
        fake_server,
        path="/?ask=%E6%8D%A2%E4%BA%86%E5%A4%9A%E5%B0%91%E5%9D%97%E7%9F%B3%E6%96%99%EF%BC%9F",
        ready=".wj-answer",
    ) as visited:
        page = visited.page
        page.locator(".wj-answer").wait_for()
        page.wait_for_url("**/?c=*")
        page.reload()
        page.locator(".wj-answer").wait_for()

        assert visited.questions() == [BRIDGE]
        assert titles(page) == [BRIDGE]


def test_the_choice_of_light_and_dark_stays(visit: Visits, fake_server: Served) -> None:
    dark = "document.body.classList.contains('dark')"
    with visit(fake_server) as visited:
        page = visited.page
        assert page.evaluate(dark) is False
        page.get_by_role("button", name="切换深浅色").click()
        assert page.evaluate(dark) is True
        page.reload()
        page.locator(".wj-welcome").wait_for()
        assert page.evaluate(dark) is True
    with visit(fake_server, colours="dark") as visited:
        assert visited.page.evaluate(dark) is True


@pytest.mark.parametrize(("width", "least"), [(390, 44), (1280, 32)])
def test_all_buttons_of_a_bubble_are_of_one_size_that_a_thumb_can_press(
    visit: Visits, fake_server: Served, width: int, least: int
) -> None:
    """And what is copied is said, with what a language model proved."""
    with visit(fake_server, width=width) as visited:
        page = visited.page
        visited.ask("写写石料")
        page.locator("#wj-chat .message-buttons-left button").wait_for()
        boxes = page.locator(
            ".wj-foot .wj-icon-button, .wj-remark > summary, #wj-chat .message-buttons button"
        ).evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])")

        assert len(boxes) == 6  # copy, two thumbs, note, ask again, edit
        assert len({tuple(box) for box in boxes}) == 1
        assert boxes[0][0] >= 24 and boxes[0][1] == least
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator('[data-wj-do="copy"]').click()
        page.get_by_text("已复制").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "小模型 <b>七</b> 写的，每句都与原文核对过：" in copied and "过桥免费" not in copied
        assert visited.errors == []


def test_on_a_phone_the_list_is_a_drawer(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, width=390, height=844) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        assert not page.locator(".wj-list").is_visible()
        page.get_by_role("button", name="打开对话列表").click()
        page.wait_for_function("document.activeElement.classList.contains('wj-drawer-close')")
        assert page.locator(".wj-list").is_visible()
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.classList.contains('wj-drawer-open')")
        expect(page.locator(".wj-list")).to_be_hidden()
        page.get_by_role("button", name="打开对话列表").click()
        page.locator(".wj-begin").click()
        page.locator(".wj-welcome").wait_for()
        expect(page.locator(".wj-list")).to_be_hidden()
        page.emulate_media(reduced_motion="reduce")
        assert page.locator("#wj-side").evaluate("side => getComputedStyle(side).transitionDuration") == "0s"
