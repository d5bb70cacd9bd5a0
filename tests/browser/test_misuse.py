"""What goes wrong in a browser: far too much text, foreign files, a damaged file, a connection that is lost.

Each time a clear sentence in the visitor's language, nothing lost, nothing rendered. Two tabs on one conversation and a
restart are in test_kept_conversations.py, hostile documents in test_chat.py, files of every kind in test_documents.py,
a store of documents that breaks or is replaced in test_replaced_store.py.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from api_server import Served
from bringing import bring, states
from playwright.sync_api import expect
from relay import Relay, relay
from serving import serving
from visiting import SECONDS, Visit, Visits

pytestmark = pytest.mark.browser

ASKED, SLOW = "闸门检修需要几天？", "慢慢说，换了多少块石料？"
LANGUAGES = pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1280), ("en-US", 390)])


# Questions


@LANGUAGES
def test_a_question_of_twenty_thousand_characters_stays_in_the_box(
    visit: Visits, one_paper: Served, locale: str, width: int
) -> None:
    with visit(one_paper, locale=locale, width=width) as visited:
        visited.ask(ASKED)
        visited.refuse(
            "长" * 20_000,
            {
                "zh-CN": "问题有 20000 个字符，最多 2000 个。请用一两句话只问一件事。",
                "en-US": "The question has 20000 characters; 2000 is the most. Ask one thing, in a few sentences.",
            }[locale],
        )

        expect(visited.page.get_by_role("alert").filter(has_text="2000")).to_be_visible()
        visited.shows(ASKED)
        visited.fits()
        visited.ask("由谁负责？")
        visited.shows(ASKED, "由谁负责？")


@LANGUAGES
def test_markup_in_documents_and_questions_is_shown_as_typed(
    visit: Visits, one_paper: Served, locale: str, width: int
) -> None:
    """In a Markdown file, a saved page and a text, with their names; in chat, evidence, and on the documents page."""
    hostile = "<img src=x onerror='window.hit=1'> [链接](javascript:alert(1)) ![图](http://evil.example/a.png) $$x$$"
    files = {
        "<b>粗</b>.md": f"# 观鸟 <i>记</i>\n\n观鸟塔高{width}米。{hostile}\n",
        "page.html": "<title>观鸟</title><h1>观鸟</h1><p>观鸟站每天接待游客三百人。</p><script>window.hit=1</script>",
    }
    with visit(one_paper, locale=locale, width=width, path="/documents", ready=".wj-documents") as visited:
        page = visited.page
        bring(visited, {name: text.encode() for name, text in files.items()})
        visited.goto(one_paper.url)
        visited.ask(f"观鸟塔高多少米？ {hostile}")

        visited.shows(f"观鸟塔高多少米？ {hostile}")
        visited.at_rest()
        assert page.evaluate("window.hit") is None
        expect(
            page.locator(".message img, .message script, .wj-evidence img, .wj-evidence script, .katex")
        ).to_have_count(0)
        expect(page.locator('a[href^="javascript:"], a[href*="evil.example"]')).to_have_count(0)


# Files


@LANGUAGES
def test_files_that_cannot_be_read_are_named_with_the_remedy(
    visit: Visits, one_paper: Served, locale: str, width: int
) -> None:
    """Unknown, broken, far too large; the one that is good is read all the same."""
    files = {"x.xyz": b"abc", "broken.pdf": b"%PDF-1.7 broken", "large.txt": b"x" * 1_100_000,
             "good.txt": f"{width}\n\n{width}号船今天停航。\n".encode()}  # fmt: skip
    with visit(one_paper, locale=locale, width=width, path="/documents", ready=".wj-documents") as visited:
        bring(visited, files)
        said = states(visited)

        if locale == "zh-CN":
            assert said["x.xyz"].startswith("x.xyz 没有读 还不能读 .xyz 格式。可以传 .txt、.md、.pdf")
            assert (
                said["broken.pdf"]
                == "broken.pdf 没有读 这不是 PDF 文件，或者已经损坏。请重新保存或下载这个文件，再传一次。"
            )
            assert said["large.txt"] == "large.txt 没有读 文件超过 1 MB。请拆成几个，或者另存为文本。"
        else:
            assert said["x.xyz"].startswith("x.xyz Not read .xyz: this format is not read yet. Bring .txt, .md, .pdf")
            assert said["broken.pdf"].startswith("broken.pdf Not read This is no PDF file, or it is damaged")
            assert said["large.txt"].startswith("large.txt Not read The file has more than 1 MB.")
        expect(visited.page.locator(".wj-documents").get_by_role("button", name="good.txt").first).to_be_visible()


@LANGUAGES
def test_a_conversation_file_from_elsewhere_is_refused_and_the_open_one_stays(
    visit: Visits, one_paper: Served, tmp_path: Path, locale: str, width: int
) -> None:
    """Another program's JSON, no JSON at all, a file cut off, one of a later version: a sentence each."""
    with visit(one_paper, locale=locale, width=width) as visited:
        page = visited.page
        visited.ask(ASKED)
        page.wait_for_url("**/?c=*")
        query = urlsplit(page.url).query.removeprefix("c=")
        good = page.request.get(f"{one_paper.url}/conversations/{query}.json").body()
        later = json.loads(good)
        later["version"] = 999
        bad = {
            "other.json": json.dumps([{"mapping": {"a": {"message": {"content": "<b>x</b>"}}}}]).encode(),
            "picture.json": b"\x89PNG\r\n\x1a\n" + bytes(200),
            "half.json": good[: len(good) // 2],
            "later.json": json.dumps(later).encode(),
            "deep.json": b"[" * 100_000,
        }
        told = {}
        for name, data in bad.items():
            (tmp_path / name).write_bytes(data)
            page.locator("#wj-side input[type=file]").set_input_files(tmp_path / name)
            expect(page.locator(".wj-notice")).not_to_be_empty(timeout=SECONDS)
            told[name] = page.locator(".wj-notice").inner_text()
            visited.reload(ready=".wj-answer")
            expect(page.locator(".wj-notice")).to_have_count(0)

        chinese = {name: any("\u4e00" <= one <= "\u9fff" for one in said) for name, said in told.items()}
        assert chinese == dict.fromkeys(bad, locale == "zh-CN")
        visited.shows(ASKED)
        expect(page.locator(".wj-list-title")).to_have_count(1)


# Conversations


@pytest.fixture
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@LANGUAGES
def test_a_damaged_file_of_conversations_is_told_and_questions_are_answered(
    visit: Visits, own_folder: Path, locale: str, width: int
) -> None:
    """Its first bytes are overwritten while the server is off; what is left of it is not touched."""
    with serving(own_folder) as server, visit(server) as before:
        before.ask(ASKED)
    (file,) = own_folder.glob("store.conversations.sqlite")
    damaged = b"overwritten " * 20 + file.read_bytes()[240:]
    file.write_bytes(damaged)
    with serving(own_folder) as server, visit(server, locale=locale, width=width) as visited:
        expect(visited.page.locator(".wj-notice")).to_contain_text(
            {
                "zh-CN": "服务器上的对话文件打不开，以前的对话暂时看不到",
                "en-US": "The server cannot open its file of conversations: earlier ones are out of sight",
            }[locale]
        )
        visited.ask(ASKED)

        expect(visited.page.locator(".wj-answer")).to_contain_text("五天")
        assert "it was left as it is. Move it away" in server.printed()
        assert file.read_bytes() == damaged


# The connection


@contextmanager
def over_a_wire(visit: Visits, server: Served, **look: object) -> Iterator[tuple[Visit, Relay]]:
    """Visit a server over a wire that can be cut."""
    with (
        relay(urlsplit(server.url).port or 0) as wire,
        visit(replace(server, url=wire.url), **look) as visited,  # type: ignore[arg-type]
    ):
        yield visited, wire


def lose(visited: Visit, wire: Relay, *, told: str, after: str = "") -> None:
    """Cut the wire, take the browser off the network, and wait until that is told; maybe a question is sent first."""
    visited.loses_connection()
    visited.page.context.set_offline(True)
    wire.cut()
    if after:
        visited.box.fill(after)
        visited.box.press("Enter")
    visited.page.get_by_text(told).first.wait_for(timeout=SECONDS)


def find_again(visited: Visit, wire: Relay) -> None:
    """Mend the wire, and wait until Gradio has loaded the page anew."""
    with visited.page.expect_event("load", timeout=SECONDS):
        wire.mend()
        visited.page.context.set_offline(False)
    visited.answered(1)


@LANGUAGES
def test_a_connection_lost_in_mid_answer_is_told_and_the_answer_is_there_when_it_is_back(
    visit: Visits, fake_server: Served, gate: Path, locale: str, width: int
) -> None:
    """What was begun in the box is still there afterwards."""
    with over_a_wire(visit, fake_server, locale=locale, width=width) as (visited, wire):
        visited.begin(SLOW)
        visited.page.wait_for_url("**/?c=*")
        visited.box.fill("下一个问题")
        lost = {"zh-CN": "和服务器的连接断了，正在重新连接。", "en-US": "The connection to the server was lost;"}
        lose(visited, wire, told=lost[locale])
        gate.touch()
        visited.until(lambda: visited.kept(fake_server))  # the answer is made in the meantime
        find_again(visited, wire)

        expect(visited.box).to_have_value("下一个问题")
        visited.shows(SLOW)
        expect(visited.page.locator(".wj-answer")).to_contain_text("287块")
        visited.ask("下一个问题")
        visited.shows(SLOW, "下一个问题")


def test_a_question_that_nothing_is_heard_of_loads_the_page_again(visit: Visits, fake_server: Served) -> None:
    """Gradio can close the stream of a page while a question is on its way; the page is told of it as of any other."""
    with visit(fake_server) as visited:
        visited.ask("换了多少块石料？")
        with visited.leaving(), visited.page.expect_event("load", timeout=SECONDS):
            visited.page.evaluate("document.dispatchEvent(new CustomEvent('wj-asked'))")

        visited.shows("换了多少块石料？")


def test_a_question_sent_without_a_connection_is_told_and_kept(visit: Visits, fake_server: Served) -> None:
    with over_a_wire(visit, fake_server) as (visited, wire):
        visited.ask("换了多少块石料？")
        visited.page.wait_for_url("**/?c=*")
        lose(visited, wire, told="和服务器的连接断了，正在重新连接。", after="是哪天？")
        find_again(visited, wire)

        expect(visited.box).to_have_value("是哪天？")
        visited.ask("是哪天？")
        visited.shows("换了多少块石料？", "是哪天？")
