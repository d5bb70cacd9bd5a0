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

BRIDGE, CAT, SLOW = "换了多少块石料？", "桥上的猫叫什么？", "慢慢说，换了多少块石料？"


def edit(page: Page, number: int, question: str, *, before: str) -> None:
    """Edit the question of this turn, in whose box it stood as it was typed, and send it."""
    page.get_by_role("button", name="编辑").nth(number - 1).click()
    typed = page.locator(".edit-textarea")
    expect(typed).to_have_value(before)
    typed.fill(question)
    page.get_by_role("button", name="发送").first.click()


def find(page: Page, words: str) -> None:
    """Look for conversations with these words."""
    page.locator("#wj-find input, #wj-find textarea").first.fill(words)


def lists(page: Page, *titles: str) -> None:
    """Wait until just these conversations are listed, in this order."""
    expect(page.locator(".wj-list-title")).to_have_text(list(titles))


def test_stages_are_shown_until_the_answer_and_the_page_stays_usable(
    visit: Visits, fake_server: Served, gate: Path
) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.begin(SLOW)

        expect(page.locator(".wj-stage")).to_have_text("正在阅读…")
        expect(page.locator("#wj-chat [role=log]")).to_have_attribute("aria-live", "polite")
        visited.box.fill("下一个问题")
        find(page, "没有的")
        page.get_by_text("没有找到。").wait_for()  # a list does not wait for an answer
        expect(page.locator(".wj-answer")).to_have_count(0)
        gate.touch()
        visited.answered(1)
        expect(visited.box).to_have_value("下一个问题")


def test_an_answer_of_one_reader_keeps_no_other_waiting(visit: Visits, fake_server: Served, gate: Path) -> None:
    with visit(fake_server) as slow, visit(fake_server) as quick:
        slow.begin(SLOW)
        quick.ask(BRIDGE)

        expect(slow.page.locator(".wj-stage")).to_have_text("正在阅读…")
        expect(slow.page.locator(".wj-answer")).to_have_count(0)
        gate.touch()
        slow.answered(1)


def test_stop_ends_the_question_and_puts_it_back_into_the_box(visit: Visits, fake_server: Served, gate: Path) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        visited.begin(SLOW)
        page.locator("#wj-question .stop-button").click()
        expect(page.locator(".wj-stage")).to_have_text("正在停止…")
        gate.touch()
        page.get_by_text("已停止，问题还在输入框里。").wait_for()

        expect(visited.box).to_have_value(SLOW)
        visited.shows(BRIDGE)
        visited.ask(CAT)
        visited.shows(BRIDGE, CAT)


def test_an_edited_question_replaces_what_followed_and_is_edited_as_typed(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        typed = '<b>换了</b> **多少** &lt; "石料"？'
        for question in (typed, "是哪天？", CAT):
            visited.ask(question)
        page.get_by_role("button", name="编辑").first.click()
        page.locator(".edit-textarea").press("Escape")
        expect(page.locator(".edit-textarea")).to_have_count(0)
        edit(page, 1, CAT, before=typed)

        visited.shows(CAT)
        page.locator(".wj-unsaid").wait_for()
        visited.reload(ready=".wj-unsaid")
        visited.shows(CAT)


def test_the_last_question_is_asked_again_in_its_place(visit: Visits, fake_server: Served, gate: Path) -> None:
    with visit(fake_server) as visited:
        gate.touch()
        visited.ask(BRIDGE)
        visited.ask(SLOW)
        gate.unlink()
        visited.page.get_by_role("button", name="重试").click()
        visited.page.locator(".wj-stage").wait_for()
        expect(visited.page.locator(".wj-answer")).to_have_count(1)
        gate.touch()
        visited.answered(2)

        visited.shows(BRIDGE, SLOW)


def test_two_tabs_lose_nothing_and_an_edit_that_clashes_is_told(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as first:
        first.ask(BRIDGE)
        first.page.wait_for_url("**/?c=*")
        other = Visit(first.page.context.new_page())
        other.listen(fake_server.url)
        other.goto(first.page.url, ready=".wj-answer")
        other.ask(CAT)
        edit(first.page, 1, "又换了多少块？", before=BRIDGE)
        first.page.locator(".wj-notice").wait_for()

        first.shows(BRIDGE, CAT)
        expect(first.box).to_have_value("又换了多少块？")
        first.ask("是哪天？")
        other.ask("是谁？")
        other.shows(BRIDGE, CAT, "是哪天？", "是谁？")
        assert other.errors == []


def test_a_page_left_in_mid_answer_loses_nothing(visit: Visits, fake_server: Served, gate: Path) -> None:
    """The answer is finished and kept; a reload shows it, or how far it has come."""
    with visit(fake_server) as visited:
        visited.begin(SLOW)
        visited.page.wait_for_url("**/?c=*")
        visited.reload(ready=".wj-stage")
        gate.touch()
        visited.answered(1)

        visited.shows(SLOW)
        visited.reload(ready=".wj-answer")
        visited.shows(SLOW)


def test_another_conversation_can_be_opened_while_an_answer_is_made(
    visit: Visits, fake_server: Served, gate: Path
) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        visited.begin_anew()
        visited.begin(SLOW)
        page.wait_for_url("**/?c=*")
        address = page.url
        page.locator(".wj-list a").last.click()
        visited.shows(BRIDGE)
        page.wait_for_url(lambda url: url not in (address, f"{fake_server.url}/"))
        gate.touch()
        kept = address.replace("?c=", "conversations/") + ".json"
        visited.until(lambda: page.request.get(kept).ok)
        page.wait_for_timeout(500)  # the answer is there, and must not show here: it would come at once

        visited.shows(BRIDGE)
        expect(page.locator(".wj-stage")).to_have_count(0)
        page.go_back()
        visited.shows(SLOW)
        visited.answered(1)


def test_conversations_are_listed_searched_renamed_and_deleted(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        visited.begin_anew()
        visited.ask(CAT)
        lists(page, CAT, BRIDGE)
        expect(page.locator('.wj-list a[aria-current="page"]')).to_contain_text(CAT)
        page.locator(".wj-menu > summary").click()
        page.get_by_label("新名称").fill("<i>猫</i>")
        page.get_by_role("button", name="改名").click()
        expect(page.locator(".wj-bar h2")).to_have_text("<i>猫</i>")
        lists(page, "<i>猫</i>", BRIDGE)
        find(page, "石料")
        lists(page, BRIDGE)
        find(page, "")
        lists(page, "<i>猫</i>", BRIDGE)
        page.locator(".wj-menu > summary").click()
        page.locator(".wj-delete > summary").click()
        page.get_by_role("button", name="确定删除").click()
        page.locator(".wj-welcome").wait_for()

        lists(page, BRIDGE)
        expect(page.locator(".wj-notice")).to_have_text("已删除“<i>猫</i>”。")
        expect(page).to_have_url(f"{fake_server.url}/")


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
        lists(page, BRIDGE, BRIDGE)
        foreign = tmp_path / "other.json"
        foreign.write_text("{}", encoding="utf-8")
        page.locator("#wj-side input[type=file]").set_input_files(foreign)
        page.get_by_text("这个文件不是由问据导出的对话。").wait_for()

        visited.shows(BRIDGE)


def test_nobody_else_reads_a_conversation(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as mine, visit(fake_server) as other:
        mine.ask(BRIDGE)
        mine.page.wait_for_url("**/?c=*")
        query = urlsplit(mine.page.url).query
        other.goto(f"{fake_server.url}/?{query}", ready=".wj-notice")
        status = other.page.request.get(f"{fake_server.url}/conversations/{query[2:]}.json").status

        other.shows()
        expect(other.page.locator(".wj-list a")).to_have_count(0)
        assert status == 404


def test_what_a_reader_says_about_an_answer_is_kept(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        useful = page.get_by_role("button", name="有用", exact=True)
        note = page.locator(".wj-remark textarea")

        def keeps(rating: int) -> bool:
            (turn,) = visited.kept(fake_server)
            return (turn["rating"], turn["note"]) == (rating, "对 <b>")

        visited.ask(BRIDGE)
        page.wait_for_url("**/?c=*")
        useful.click()
        page.locator(".wj-remark > summary").click()
        page.get_by_label("对这个回答的评语").fill("对 <b>")
        page.get_by_role("button", name="保存").click()
        visited.until(lambda: keeps(1))
        visited.reload(ready=".wj-answer")

        expect(useful).to_have_attribute("aria-pressed", "true")
        expect(note).to_have_value("对 <b>")
        useful.click()
        visited.until(lambda: keeps(0))
        visited.reload(ready=".wj-answer")
        expect(useful).to_have_attribute("aria-pressed", "false")
        expect(note).to_have_value("对 <b>")


@pytest.fixture
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_restart_loses_nothing_and_an_open_page_goes_on(visit: Visits, own_folder: Path) -> None:
    with served_fake(own_folder) as running, visit(running) as visited:
        visited.ask(BRIDGE)
        visited.page.wait_for_url("**/?c=*")
        port = urlsplit(running.url).port or 0
        visited.loses_connection()
        stop(running.process)
        with served_fake(own_folder, port=port):
            visited.ask("是哪天？")  # on the page that was open all the while
            expect(visited.page.locator(".wj-searched")).to_contain_text("换了多少块石料？ 是哪天？")
            visited.reload(ready=".wj-answer")
            visited.shows(BRIDGE, "是哪天？")


def test_enter_that_ends_a_chinese_word_sends_nothing(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        sent: list[str] = []
        page.on("request", lambda made: sent.append(made.post_data or "") if "/queue/join" in made.url else None)
        visited.box.fill("换了多少")
        visited.box.dispatch_event("keypress", {"key": "Enter", "keyCode": 229, "isComposing": True, "bubbles": True})
        visited.box.press("Shift+Enter")
        visited.at_rest()
        visited.shows()
        expect(visited.box).to_have_value("换了多少\n")
        assert [one for one in sent if "换了多少" in one] == []
        visited.box.press("Enter")
        visited.answered(1)


def test_an_address_asks_and_a_reload_does_not_ask_again(visit: Visits, fake_server: Served) -> None:
    with visit(
        fake_server,
        path="/?ask=%E6%8D%A2%E4%BA%86%E5%A4%9A%E5%B0%91%E5%9D%97%E7%9F%B3%E6%96%99%EF%BC%9F",
        ready=".wj-answer",
    ) as visited:
        visited.page.wait_for_url("**/?c=*")
        visited.reload(ready=".wj-answer")

        visited.shows(BRIDGE)
        lists(visited.page, BRIDGE)


def test_the_choice_of_light_and_dark_stays(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.is_dark(False)
        visited.page.get_by_role("button", name="切换深浅色").click()
        visited.is_dark()
        visited.reload(ready=".wj-welcome")
        visited.is_dark()
    with visit(fake_server, colours="dark") as visited:
        visited.is_dark()


@pytest.mark.parametrize(("width", "least"), [(390, 44), (1280, 32)])
def test_all_buttons_of_a_bubble_are_of_one_size_that_a_thumb_can_press(
    visit: Visits, fake_server: Served, width: int, least: int
) -> None:
    """And what is copied is said, with what a language model proved."""
    with visit(fake_server, width=width) as visited:
        page = visited.page
        visited.ask("写写石料")
        buttons = page.locator(".wj-foot .wj-icon-button, .wj-remark > summary, #wj-chat .message-buttons button")
        expect(buttons).to_have_count(6)  # copy, two thumbs, note, ask again, edit
        visited.at_rest()
        boxes = buttons.evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
        )

        assert len({tuple(box) for box in boxes}) == 1
        assert boxes[0][0] >= 24 and boxes[0][1] == least
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator('[data-wj-do="copy"]').click()
        page.get_by_text("已复制").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "小模型 <b>七</b> 写的，每句都与原文核对过：" in copied and "过桥免费" not in copied


def test_on_a_phone_the_list_is_a_drawer(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, width=390, height=844) as visited:
        page = visited.page
        visited.ask(BRIDGE)
        expect(page.locator(".wj-list")).to_be_hidden()
        page.get_by_role("button", name="打开对话列表").click()
        expect(page.locator(".wj-drawer-close")).to_be_focused()
        expect(page.locator(".wj-list")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".wj-drawer-open")).to_be_focused()
        expect(page.locator(".wj-list")).to_be_hidden()
        page.get_by_role("button", name="打开对话列表").click()
        visited.begin_anew()
        expect(page.locator(".wj-list")).to_be_hidden()
        page.emulate_media(reduced_motion="reduce")
        assert page.locator("#wj-side").evaluate("side => getComputedStyle(side).transitionDuration") == "0s"
