"""What goes wrong in a browser: far too much text, foreign files, a store that goes away, a connection that is lost.

Each time a clear sentence in the visitor's language, nothing lost, nothing rendered. Two tabs on one conversation, a
restart and hostile documents are in test_conversations.py and test_chat.py; files of every kind in test_documents.py.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from api_server import ROOT, Served, app, environment, served
from playwright.sync_api import expect
from relay import relay
from visiting import Visit, Visits

pytestmark = pytest.mark.browser

GATE = "闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n"
PARK = "湖心公园开放\n\n湖心公园占地二十公顷，五月一日开放。\n"
ASKED, SLOW = "闸门检修需要几天？", "慢慢慢慢慢慢说，换了多少块石料？"
LANGUAGES = pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1280), ("en-US", 390)])


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve one paper with the hashing encoder; its store, and the conversations beside it, are in the folder."""
    docs, store = written(folder / "papers", "gate.txt", GATE), folder / "store"
    with served(app(store=store, docs=docs), store=store, extra={"WENJU_UPLOAD_MB": "1"}) as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as running:
        yield running


@pytest.fixture
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def index(docs: Path, store: Path) -> None:
    """Index a folder, and nothing but it, into a store, in a process of its own."""
    command = [sys.executable, "-m", "qa", "index", str(docs), "--store", str(store)]
    settings = environment({"WENJU_MODEL": "hashing"})
    subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def last(visited: Visit) -> str:
    """Return what the last bubble says."""
    return visited.page.locator(".wj-answer, .wj-error").last.inner_text()


# Questions


@LANGUAGES
def test_a_question_of_twenty_thousand_characters_stays_in_the_box(
    visit: Visits, server: Served, locale: str, width: int
) -> None:
    with visit(server, locale=locale, width=width) as visited:
        page = visited.page
        visited.ask(ASKED)
        long = "长" * 20_000
        page.locator("#wj-question textarea").fill(long)
        page.keyboard.press("Enter")
        notice = page.get_by_role("alert").filter(has_text="2000")
        notice.wait_for(timeout=60_000)

        assert notice.inner_text() == {
            "zh-CN": "问题有 20000 个字符，最多 2000 个。请用一两句话只问一件事。",
            "en-US": "The question has 20000 characters; 2000 is the most. Ask one thing, in a few sentences.",
        }.get(locale)
        expect(page.locator("#wj-question textarea")).to_have_value(long)
        assert visited.questions() == [ASKED]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        visited.ask("由谁负责？")
        assert visited.questions() == [ASKED, "由谁负责？"]
        assert (visited.errors, visited.elsewhere) == ([], [])


@LANGUAGES
def test_markup_in_documents_and_questions_is_shown_as_typed(
    visit: Visits, server: Served, locale: str, width: int
) -> None:
    """In a Markdown file, a saved page and a text, with their names; in chat, evidence, and on the documents page."""
    hostile = "<img src=x onerror='window.hit=1'> [链接](javascript:alert(1)) ![图](http://evil.example/a.png) $$x$$"
    files = {
        "<b>粗</b>.md": f"# 观鸟 <i>记</i>\n\n观鸟塔高{width}米。{hostile}\n",
        "page.html": "<title>观鸟</title><h1>观鸟</h1><p>观鸟站每天接待游客三百人。</p><script>window.hit=1</script>",
    }
    with visit(server, locale=locale, width=width, path="/documents", ready=".wj-documents") as visited:
        page = visited.page
        given = [{"name": name, "mimeType": "", "buffer": text.encode()} for name, text in files.items()]
        page.locator("#wj-bring input[type=file]").set_input_files(given)  # type: ignore[arg-type]
        page.locator(".wj-end:not(:empty)").wait_for(timeout=60_000)
        page.goto(server.url)
        page.locator(".wj-welcome").wait_for()
        visited.ask(f"观鸟塔高多少米？ {hostile}")
        page.wait_for_timeout(500)

        assert visited.questions() == [f"观鸟塔高多少米？ {hostile}"]
        assert page.evaluate("window.hit") is None
        assert page.locator(".message img, .message script, .wj-evidence img, .wj-evidence script, .katex").count() == 0
        assert page.locator('a[href^="javascript:"], a[href*="evil.example"]').count() == 0
        assert (visited.errors, visited.elsewhere) == ([], [])


# Files


@LANGUAGES
def test_files_that_cannot_be_read_are_named_with_the_remedy(
    visit: Visits, server: Served, locale: str, width: int
) -> None:
    """Unknown, broken, far too large; the one that is good is read all the same."""
    files = {"x.xyz": b"abc", "broken.pdf": b"%PDF-1.7 broken", "large.txt": b"x" * 1_100_000,
             "good.txt": f"{width}\n\n{width}号船今天停航。\n".encode()}  # fmt: skip
    with visit(server, locale=locale, width=width, path="/documents", ready=".wj-documents") as visited:
        page = visited.page
        given = [{"name": name, "mimeType": "", "buffer": data} for name, data in files.items()]
        page.locator("#wj-bring input[type=file]").set_input_files(given)  # type: ignore[arg-type]
        page.locator(".wj-end:not(:empty)").wait_for(timeout=60_000)
        said = {line.locator("bdi").first.inner_text(): " ".join(line.inner_text().split())
                for line in page.locator(".wj-brought").all()}  # fmt: skip

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
        assert page.locator(".wj-documents").get_by_role("button", name="good.txt").first.is_visible()
        assert (visited.errors, visited.elsewhere) == ([], [])


@LANGUAGES
def test_a_conversation_file_from_elsewhere_is_refused_and_the_open_one_stays(
    visit: Visits, server: Served, tmp_path: Path, locale: str, width: int
) -> None:
    """Another program's JSON, no JSON at all, a file cut off, one of a later version: a sentence each."""
    with visit(server, locale=locale, width=width) as visited:
        page = visited.page
        visited.ask(ASKED)
        page.wait_for_url("**/?c=*")
        query = urlsplit(page.url).query.removeprefix("c=")
        good = page.request.get(f"{server.url}/conversations/{query}.json").body()
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
            page.locator(".wj-notice").wait_for(timeout=60_000)
            told[name] = page.locator(".wj-notice").inner_text()
            page.locator("#wj-question textarea").fill("")
            page.reload()
            page.locator(".wj-answer").wait_for()

        chinese = {name: any("\u4e00" <= one <= "\u9fff" for one in said) for name, said in told.items()}
        assert chinese == dict.fromkeys(bad, locale == "zh-CN")
        assert visited.questions() == [ASKED]
        assert page.locator(".wj-list-title").count() == 1
        assert (visited.errors, visited.elsewhere) == ([], [])


# The store


def test_an_index_that_another_process_makes_is_asked_by_an_open_chat(visit: Visits, own_folder: Path) -> None:
    """The next question goes to the new one; the answer from before keeps its quotation, and says what became of it."""
    with serving(own_folder) as server, visit(server) as visited:
        visited.ask(ASKED)
        index(written(own_folder / "other", "park.txt", PARK), server.store)
        visited.ask("湖心公园占地多少公顷？")
        assert "二十公顷" in last(visited)

        visited.page.reload()
        visited.page.locator(".wj-answer").first.wait_for()
        visited.page.locator("a.wj-ref").first.click()
        card = visited.page.locator("#wj-1-1")
        card.wait_for()
        assert "闸门检修需要五天" in card.inner_text()
        assert "这份文件已经不在资料库里。下面是回答时保存的引文。" in card.inner_text()
        assert visited.errors == []


@LANGUAGES
def test_a_store_that_goes_away_is_told_and_one_that_comes_back_is_asked(
    visit: Visits, own_folder: Path, locale: str, width: int
) -> None:
    """Renamed, swapped for another, deleted, put back: the conversation stays and goes on, also after a reload."""
    with serving(own_folder) as server, visit(server, locale=locale, width=width) as visited:
        page, away, other = visited.page, own_folder / "away", own_folder / "other store"
        gone = {
            "zh-CN": "索引不见了。请把它放回去，或重新建立：wenju index 文件夹",
            "en-US": "The index is gone. Put it back, or build it again: wenju index FOLDER",
        }[locale]
        visited.ask(ASKED)
        server.store.rename(away)
        visited.ask("由谁负责？")
        assert gone in last(visited)
        page.reload()
        page.locator(".wj-answer").first.wait_for()
        assert visited.questions() == [ASKED, "由谁负责？"]
        assert page.locator("#wj-question textarea").is_editable()

        index(written(own_folder / "other", "park.txt", PARK), other)
        other.rename(server.store)
        visited.ask("湖心公园占地多少公顷？")
        assert "二十公顷" in last(visited)
        shutil.rmtree(server.store)
        visited.ask("湖心公园在哪里？")
        assert gone in last(visited)
        away.rename(server.store)
        assert visited.errors == []
        page.goto(server.url)
        page.locator(".wj-welcome").wait_for()
        visited.ask(ASKED)
        assert "五天" in last(visited)
        assert visited.errors == []


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
        notice = visited.page.locator(".wj-notice").inner_text()
        visited.ask(ASKED)

        assert notice.startswith(
            {
                "zh-CN": "服务器上的对话文件打不开，以前的对话暂时看不到",
                "en-US": "The server cannot open its file of conversations: earlier ones are out of sight",
            }[locale]
        )
        assert "五天" in last(visited)
        assert "it was left as it is. Move it away" in server.printed()
        assert file.read_bytes() == damaged


# The connection


@LANGUAGES
def test_a_connection_lost_in_mid_answer_is_told_and_the_answer_is_there_when_it_is_back(
    visit: Visits, fake_server: Served, locale: str, width: int
) -> None:
    """The wire is cut and the browser is offline; what was begun in the box is still there afterwards."""
    with (
        relay(urlsplit(fake_server.url).port or 0) as wire,
        visit(replace(fake_server, url=wire.url), locale=locale, width=width) as visited,
    ):
        page = visited.page
        page.locator("#wj-question textarea").fill(SLOW)
        page.keyboard.press("Enter")
        page.locator(".wj-stage").wait_for()
        page.wait_for_url("**/?c=*")
        page.locator("#wj-question textarea").fill("下一个问题")
        page.context.set_offline(True)
        wire.cut()
        said = {"zh-CN": "和服务器的连接断了，正在重新连接。", "en-US": "The connection to the server was lost;"}[
            locale
        ]
        page.get_by_text(said).first.wait_for(timeout=30_000)
        page.wait_for_timeout(10_000)  # the answer is made in the meantime
        wire.mend()
        page.context.set_offline(False)
        page.locator(".wj-answer").wait_for(timeout=60_000)

        expect(page.locator("#wj-question textarea")).to_have_value("下一个问题")
        assert visited.questions() == [SLOW]
        assert "287块" in last(visited)
        page.locator("#wj-question textarea").press("Enter")
        page.locator(".wj-answer").nth(1).wait_for(timeout=60_000)
        assert visited.questions() == [SLOW, "下一个问题"]
        assert visited.elsewhere == []


def test_a_question_sent_without_a_connection_is_told_and_kept(visit: Visits, fake_server: Served) -> None:
    with relay(urlsplit(fake_server.url).port or 0) as wire, visit(replace(fake_server, url=wire.url)) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        page.wait_for_url("**/?c=*")
        page.context.set_offline(True)
        wire.cut()
        page.locator("#wj-question textarea").fill("是哪天？")
        page.keyboard.press("Enter")
        page.get_by_text("和服务器的连接断了，正在重新连接。").first.wait_for(timeout=30_000)
        with page.expect_event("load", timeout=60_000):
            wire.mend()
            page.context.set_offline(False)
        page.locator(".wj-answer").wait_for(timeout=60_000)

        expect(page.locator("#wj-question textarea")).to_have_value("是哪天？")
        page.locator("#wj-question textarea").press("Enter")
        page.locator(".wj-answer").nth(1).wait_for(timeout=60_000)
        assert visited.questions() == ["换了多少块石料？", "是哪天？"]
