"""The documentation as a site in a browser: a Chinese word is found, dark and light, nothing from another host."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from documentation import ROOT
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("page", "word"), [("zh/", "编造"), ("", "inventing")])
def test_a_word_is_found_without_a_network(address: str, browser: Browser, page: str, word: str) -> None:
    """The first result leads to a page that holds the word, and no other host is asked."""
    context = browser.new_context(locale="zh-CN")
    shown, elsewhere, errors = context.new_page(), [], []
    shown.on("request", lambda asked: None if asked.url.startswith(address) else elsewhere.append(asked.url))
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.goto(f"{address}/{page}")
    shown.wait_for_load_state("networkidle")  # the index of words has come
    shown.locator(".md-search__input").click()
    shown.keyboard.type(word)
    shown.keyboard.press("End")  # the page listens to keys that come up, as they do when somebody types Chinese
    result = shown.locator(".md-search-result__link").first
    result.wait_for(timeout=60_000)
    result.click()

    expect(shown.locator("article")).to_contain_text(word)
    assert [one for one in elsewhere if not one.startswith(("data:", "blob:"))] == []
    assert errors == []
    context.close()


@pytest.mark.parametrize(("colours", "scheme"), [("light", "default"), ("dark", "slate")])
def test_the_site_follows_light_and_dark(address: str, browser: Browser, colours: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    context.close()
