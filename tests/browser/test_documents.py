"""The documents page in a real browser: bring files, see what became of them, ask about them, look after them."""

import urllib.error
import urllib.request
from pathlib import Path

import format_files
import pytest
from api_server import Served
from bringing import bring, states
from playwright.sync_api import Page, expect
from visiting import Visits

HOSTILE = "<img src=x onerror=window.hit=1>.txt"
NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"

PAGE = {"path": "/documents", "ready": ".wj-documents"}

pytestmark = pytest.mark.browser


def lists(page: Page, *names: str) -> None:
    """Wait until just these documents are listed, in this order."""
    expect(page.locator(".wj-documents tbody .wj-open")).to_have_text(list(names))


def test_files_of_every_kind_are_brought_and_asked_about(visit: Visits, one_paper: Served) -> None:
    """Each says what became of it; a chat that was open before finds them, and so does one about a single document."""
    with visit(one_paper) as chat, visit(one_paper, **PAGE) as visited:
        page = visited.page
        lists(page, "gate.txt")
        bring(
            visited,
            {
                "停水.txt": NOTICE.encode("gb18030"),
                "公告.docx": format_files.park_docx(),
                "公园.pdf": format_files.report([format_files.PARK]),
                "表.csv": f"标题,正文\n班车,{format_files.BUS}\n".encode(),
                "加密.pdf": format_files.pdf(format_files.lines("密"), password="x"),
                "坏.docx": b"PK\x03\x04broken",
                HOSTILE: NOTICE.replace("三", "五").encode(),
                "大.txt": b"x" * 1_100_000,
                "空.txt": b"",
            },
        )

        said = states(visited)
        assert said["停水.txt"] == "停水.txt 读好了 1 篇文章 · 1 个段落 · 0 处修复 文件没有说明编码，按 gb18030 读取。"
        assert said["公告.docx"].startswith("公告.docx 读好了 1 篇文章")
        assert said["公园.pdf"].startswith("公园.pdf 读好了")
        assert said["表.csv"].endswith("各列的含义：“标题”＝标题，“正文”＝正文。")
        assert said["加密.pdf"] == "加密.pdf 没有读 文件加了密，要密码才能打开。请另存为不带密码的文件，再传一次。"
        assert said["坏.docx"].startswith("坏.docx 没有读 文件内容和后缀不符，或者已经损坏。")
        assert said["大.txt"] == "大.txt 没有读 文件超过 1 MB。请拆成几个，或者另存为文本。"
        assert said["空.txt"].startswith("空.txt 没有读 文件是空的。")
        assert said[HOSTILE].startswith(f"{HOSTILE} 读好了")
        expect(page.locator(".wj-end")).to_have_text("读完了：5 个文件可以提问，4 个没有读。")
        expect(page.locator(".wj-documents tbody .wj-open")).to_have_count(6)
        assert set(page.locator(".wj-documents tbody .wj-open").all_inner_texts()) == {
            "gate.txt", "停水.txt", "公告.docx", "公园.pdf", "表.csv", "_img src=x onerror=window.hit=1_.txt",
        }  # fmt: skip
        assert page.evaluate("window.hit") is None
        visited.keep("documents-zh.png", full_page=True)

        chat.ask("湖心公园占地多少公顷？")
        expect(chat.evidence).to_contain_text("公园")
        about_one = page.locator("tr", has_text="停水.txt").get_by_text("提问").get_attribute("href")
    with visit(one_paper, path=str(about_one)) as chat:
        chat.page.locator("#wj-filters").get_by_text("uploads/停水.txt").first.wait_for()
        chat.ask("停水几小时？")
        expect(chat.evidence).to_contain_text("停水.txt")


def test_a_document_is_opened_read_again_and_deleted_by_keyboard(visit: Visits, one_paper: Served) -> None:
    """In English, dark, on a phone's width; nothing happens before the question is answered with yes."""
    with visit(one_paper, locale="en-US", width=390, colours="dark", **PAGE) as visited:
        page = visited.page
        bring(visited, {"春茶.md": "# 春茶上市\n\n今年的**茶叶**收了三百斤，比去年多了一成。\n".encode()})
        assert states(visited)["春茶.md"] == "春茶.md Done 1 article · 1 passage · 3 repairs"
        visited.keep("documents-en-phone.png", full_page=True)

        page.get_by_role("button", name="春茶.md", exact=True).focus()
        page.keyboard.press("Enter")
        dialog = page.locator("dialog.wj-document[open]")
        expect(dialog).to_contain_text("Markdown marks removed")
        expect(dialog.locator(".wj-articles a")).to_have_attribute(
            "href", "/?article=uploads%2F%E6%98%A5%E8%8C%B6.md&span=2-6"
        )
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")

        page.get_by_role("button", name="Read again：春茶.md").focus()
        page.keyboard.press("Enter")
        page.locator("dialog.wj-confirm[open]").get_by_text("Yes").press("Enter")
        page.get_by_text("was read again: 1 article, 3 repairs.").wait_for()

        page.get_by_role("button", name="Delete：春茶.md").press("Enter")
        question = page.locator("dialog.wj-confirm[open]")
        expect(question).to_contain_text("Delete “春茶.md”? It goes from the index")
        question.get_by_text("Cancel").press("Enter")
        expect(question).to_have_count(0)
        expect(page.get_by_role("button", name="春茶.md", exact=True)).to_be_visible()
        page.get_by_role("button", name="Delete：春茶.md").press("Enter")
        page.locator("dialog.wj-confirm[open]").get_by_text("Yes").press("Enter")
        page.get_by_text("was deleted.").wait_for()
        expect(page.get_by_role("button", name="春茶.md", exact=True)).to_have_count(0)
        assert not (one_paper.store.with_name("store.uploads") / "uploads" / "春茶.md").exists()
        visited.fits()
        assert visited.too_faint(".wj-documents .wj-c-read time") == {}


def test_documents_are_searched_sorted_and_kept_apart_by_collection(visit: Visits, one_paper: Served) -> None:
    with visit(one_paper, locale="en-US", **PAGE) as visited:
        page = visited.page
        page.locator("#wj-into input").fill("收件")
        page.keyboard.press("Enter")
        bring(visited, {"b.txt": f"乙\n\n{NOTICE}".encode(), "a.txt": f"甲甲\n\n{NOTICE}".encode()})

        page.locator(".wj-pick", has_text="收件").click()
        page.locator('.wj-pick[aria-pressed="true"]', has_text="收件").wait_for()
        expect(page.locator(".wj-documents tbody .wj-open")).to_have_count(2)
        page.locator("#wj-shelf-order input").click()
        page.get_by_role("option", name="Name").click()
        lists(page, "a.txt", "b.txt")
        page.locator("#wj-shelf-search input").fill("B.")
        lists(page, "b.txt")

        page.get_by_role("button", name="Rename").click()
        page.locator("dialog.wj-confirm[open] input").fill("uploads")
        page.keyboard.press("Enter")
        page.get_by_text("There is a collection uploads already.").wait_for()
        page.get_by_role("button", name="Rename").click()
        page.locator("dialog.wj-confirm[open] input").fill("来信")
        page.keyboard.press("Enter")
        page.get_by_text("The collection “收件” is now called “来信”.").wait_for()
        page.locator('.wj-pick[aria-pressed="true"]', has_text="来信").wait_for()
        expect(page.locator("#wj-into input")).to_have_value("来信")
        lists(page, "b.txt")
        page.get_by_role("button", name="Delete collection").click()
        page.locator("dialog.wj-confirm[open]").get_by_text("Yes").click()
        page.get_by_text("2 documents of the collection “来信” were deleted.").wait_for()
        expect(page.locator(".wj-pick", has_text="来信")).to_have_count(0)


def test_a_paper_of_the_served_folder_is_read_again_and_not_deleted_here(visit: Visits, one_paper: Served) -> None:
    with visit(one_paper, **PAGE) as visited:
        page = visited.page
        row = page.locator("tr", has_text="gate.txt")

        expect(row.locator(".wj-act")).to_have_text(["提问", "重新读取"])
        row.locator(".wj-open").click()
        dialog = page.locator("dialog.wj-document[open]")
        expect(dialog).to_contain_text("要删除，请从那个文件夹里删掉文件，再重新建立索引。")
        expect(dialog.locator('[data-do="remove"]')).to_have_count(0)


def test_who_may_look_only_sees_the_list_and_sends_nothing(visit: Visits, readers_only: Served) -> None:
    """What is sent all the same becomes no document."""
    with visit(readers_only, locale="en-US", **PAGE) as visited:
        page = visited.page

        lists(page, "gate.txt")
        page.get_by_text("You may read the documents here, but not change them.").wait_for()
        expect(page.locator("#wj-bring, [data-do=read], [data-do=remove]")).to_have_count(0)
        status = page.evaluate(
            """async () => {
              const form = new FormData();
              form.append("files", new File(["x"], "x.txt"));
              const answer = await fetch("/gradio_api/upload", { method: "POST", body: form });
              return [answer.status, await answer.text()];
            }"""
        )
        assert status[0] == 200  # it might be a conversation; nothing takes it for a document
        visited.reload(ready="table.wj-documents")
        lists(page, "gate.txt")
        uploads = readers_only.store.with_name("store.uploads")
        assert list(uploads.glob("[!.]*")) == []  # only what came and is swept


def test_nothing_that_was_uploaded_comes_back_over_http(visit: Visits, one_paper: Served) -> None:
    with visit(one_paper, **PAGE) as visited:
        page = visited.page
        path = page.evaluate(
            """async () => {
              const form = new FormData();
              form.append("files", new File(["<script>alert(1)</script>"], "x.html"));
              const answer = await fetch("/gradio_api/upload", { method: "POST", body: form });
              return (await answer.json())[0];
            }"""
        )
        assert Path(path).read_text(encoding="utf-8") == "<script>alert(1)</script>"
        kept = one_paper.store.with_name("store.uploads") / "uploads" / "停水.txt"
        for place in (path, kept):
            for route in ("/gradio_api/file=", "/file=", "/gradio_api/stream/", "/static/..", ""):
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(f"{one_paper.url}{route}{urllib.request.quote(str(place))}")  # type: ignore[attr-defined]
                assert refused.value.code in (403, 404)


def test_uploads_that_were_taken_in_leave_nothing_behind(one_paper: Served) -> None:
    """After the tests above; only what was never taken in (x.html) waits for its end."""
    (incoming,) = one_paper.store.with_name("store.uploads").glob(".incoming-*")

    assert {path.name for path in incoming.rglob("*") if path.is_file()} <= {"x.html"}
