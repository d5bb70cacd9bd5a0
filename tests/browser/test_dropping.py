"""Files are dropped into the chat in a real browser, or chosen with the paper-clip, and asked about there."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from api_server import Served
from bringing import states
from playwright.sync_api import Page, expect
from visiting import SECONDS, Visits

NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"
BUS = "班车时刻\n\n厂区班车早上七点二十分从北门发车。\n"

pytestmark = pytest.mark.browser

_DROP = """([selector, files, event]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name));
  const at = document.querySelector(selector);
  for (const name of event ? [event] : ["dragenter", "dragover", "drop"]) {
    at.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true, composed: true }));
  }
}"""


def drag(page: Page, event: str = "", *, to: str = "#wj-chat", **files: bytes) -> None:
    """Drop files on a part of the page where files are taken; with the name of an event, do that alone."""
    page.locator("#wj-clip .wj-drop").wait_for(state="attached")
    drop(page, event, to, files)


def drop(page: Page, event: str, to: str, files: Mapping[str, bytes]) -> None:
    sent = [[name, base64.b64encode(data).decode("ascii")] for name, data in files.items()]
    page.evaluate(_DROP, [to, sent, event])


def ends(page: Page, said: str) -> None:
    """Wait until all files have come to their end, and this is said of it."""
    expect(page.locator("#wj-brought .wj-end")).to_have_text(said, timeout=SECONDS)


def test_a_gbk_file_is_dropped_and_asked_about_in_three_actions(visit: Visits, one_paper: Served) -> None:
    """Drop, “ask about this file”, the question; then everything is searched again with one click."""
    with visit(one_paper) as visited:
        page = visited.page
        drag(page, "dragover", **{"停水.txt": b""})
        expect(page.get_by_text("松开鼠标，把文件加进来")).to_be_visible()

        drag(page, **{"停水.txt": NOTICE.encode("gb18030")})
        ends(page, "读完了，可以提问了。")
        expect(page.get_by_text("松开鼠标，把文件加进来")).to_be_hidden()
        assert list(states(visited).values()) == [
            "停水.txt 读好了 1 篇文章 · 1 个段落 · 0 处修复 文件没有说明编码，按 gb18030 读取。 只问这份文件"
        ]
        page.get_by_role("button", name="只问这份文件：停水.txt").click()
        page.locator("#wj-narrowing .wj-chip", has_text="uploads/停水.txt").wait_for()
        expect(visited.box).to_be_focused()
        visited.ask("停水几小时？")

        expect(page.locator(".wj-answer")).to_contain_text("停水三小时")
        expect(visited.evidence).to_contain_text("停水.txt")
        visited.shows("停水几小时？")
        visited.keep("dropping-zh.png")
        page.get_by_role("button", name="查所有文件").click()
        page.locator("#wj-narrowing .wj-chip").wait_for(state="hidden")
        page.get_by_role("button", name="关闭").click()
        page.locator("#wj-brought").wait_for(state="hidden")
        visited.ask("闸门检修需要几天？")
        expect(page.locator(".wj-answer").last).to_contain_text("五天")


def test_files_that_cannot_be_read_do_not_keep_the_others(visit: Visits, one_paper: Served) -> None:
    """Broken, too large for this server, good: the browser itself says which is too large, and does not send it."""
    with visit(one_paper) as visited:
        page = visited.page
        drag(page, to="#wj-question textarea", **{"坏.docx": b"PK\x03\x04broken", "大.txt": b"x" * 1_100_000,
                                                  "班车.txt": BUS.encode()})  # fmt: skip

        ends(page, "读完了：1 个文件可以提问，2 个没有读。")
        said = states(visited)
        assert list(said) == ["坏.docx", "大.txt", "班车.txt"]
        assert said["坏.docx"].startswith("坏.docx 没有读 文件内容和后缀不符，或者已经损坏。")
        assert said["大.txt"] == "大.txt 没有读 文件超过 1 MB。请拆成几个，或者另存为文本。"
        assert said["班车.txt"].startswith("班车.txt 读好了 1 篇文章")
        visited.ask("班车几点发车？")
        expect(page.locator(".wj-answer")).to_contain_text("七点二十分")


def test_what_is_dropped_while_others_are_read_waits_and_is_read_then(visit: Visits, one_paper: Served) -> None:
    with visit(one_paper) as visited:
        page = visited.page
        drag(page, **{"一.txt": "甲\n\n第一份文件说的是甲。\n".encode()})
        drag(page, **{"二.txt": "乙\n\n第二份文件说的是乙。\n".encode()})

        ends(page, "读完了：2 个文件都可以提问。")
        assert list(states(visited)) == ["二.txt", "一.txt"]
        page.locator("#wj-filters > button").click()
        page.locator("#wj-source input").click()
        page.get_by_role("option", name="uploads/一.txt").wait_for()


def test_a_phone_takes_files_by_keyboard_alone_in_english(visit: Visits, one_paper: Served) -> None:
    """The paper-clip stands before the question; the report and its buttons come before both."""
    with visit(one_paper, locale="en-US", width=390, height=844, colours="dark") as visited:
        page = visited.page
        page.get_by_label("Add files").wait_for(state="attached")
        visited.box.focus()
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_label("Add files")).to_be_focused()
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        payload = {"name": "a very long name of a file about tea in spring " * 3 + ".txt", "mimeType": "text/plain"}
        chooser.value.set_files([payload | {"buffer": "春茶\n\n今年的春茶收了三百斤。\n".encode()}])  # type: ignore[list-item]
        ends(page, "Finished: you can ask about it now.")
        visited.keep("dropping-en-phone.png")

        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("button", name="Ask about this file")).to_be_focused()
        page.keyboard.press("Enter")
        page.locator("#wj-narrowing .wj-chip").wait_for()
        expect(visited.box).to_be_focused()
        page.keyboard.type("春茶收了多少？")
        page.keyboard.press("Enter")
        visited.answered(1)
        expect(page.locator(".wj-answer")).to_contain_text("三百斤")
        visited.fits()
        assert visited.too_faint("#wj-brought .wj-brought p") == {}


def test_a_file_that_misses_the_chat_does_not_take_the_place_of_the_page(visit: Visits, one_paper: Served) -> None:
    with visit(one_paper) as visited:
        page = visited.page
        kept = page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.items.add(new File(["x"], "x.txt"));
              const at = document.querySelector("#wj-evidence");
              return at.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }"""
        )
        assert kept is False  # the browser's own way, to open the file, was prevented
        expect(page.locator("#wj-brought .wj-report")).to_have_count(0)


def test_who_may_look_only_has_no_paper_clip_but_brings_conversations(
    visit: Visits, readers_only: Served, tmp_path: Path
) -> None:
    with visit(readers_only, locale="en-US") as visited:
        page = visited.page
        uploads = readers_only.store.with_name("store.uploads")
        before = set(uploads.rglob("*"))  # what other tests sent is there, to be swept

        drop(page, "", "#wj-chat", {"x.txt": NOTICE.encode()})
        visited.ask("闸门检修需要几天？")
        expect(page.locator(".wj-answer")).to_contain_text("五天")
        expect(page.locator("#wj-ask input[type=file], #wj-brought .wj-report")).to_have_count(0)
        assert set(uploads.rglob("*")) == before
        page.locator(".wj-menu > summary").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="JSON").click()
        download.value.save_as(tmp_path / "mine.json")
        page.locator("#wj-side input[type=file]").set_input_files(tmp_path / "mine.json")
        page.get_by_text("Imported “闸门检修需要几天？”.").wait_for()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_its_window_and_every_button_has_a_name(
    visit: Visits, one_paper: Served, locale: str, width: int
) -> None:
    """Long words of a language push nothing below the edge, and no picture stands without words."""
    with visit(one_paper, locale=locale, width=width) as visited:
        page = visited.page
        page.locator("#wj-question button[title]").wait_for()
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        visited.fits()
        nameless = page.evaluate(
            """[...document.querySelectorAll("button, summary, input[type=file]")].filter(one =>
              one.checkVisibility({ visibilityProperty: true })
              && !one.innerText.trim() && !one.getAttribute("aria-label")).length"""
        )
        assert nameless == 0
