"""The corpus page in a browser: it is there at once, fills by itself, leads into the chat, and all can read it."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_server import Served, app, served
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from visiting import Visit, Visits

pytestmark = pytest.mark.browser

VARIANTS = [
    ("zh-CN", 1280, "light"),
    ("en-GB", 1280, "dark"),
    ("zh-CN", 390, "dark"),
    ("en-GB", 390, "light"),
]


@pytest.fixture(scope="module")
def corpus_server() -> Iterator[Served]:
    """Serve the sample corpus with the hashing model."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app(store=store), store=store) as running:
            yield running


def filled(visited: Visit, server: Served) -> None:
    """Open the corpus page and wait until everything on it is known."""
    visited.page.goto(f"{server.url}/corpus")
    visited.errors.clear()  # of the chat, whose requests were broken off
    visited.page.locator(".wj-map .wj-dots").wait_for(timeout=90_000)
    visited.page.locator("#wj-corpus-checks .wj-bars").wait_for(timeout=90_000)


@pytest.mark.parametrize(("locale", "width", "colours"), VARIANTS)
def test_the_page_has_no_serious_findings_in_any_look(
    visit: Visits, corpus_server: Served, locale: str, width: int, colours: str
) -> None:
    with visit(corpus_server, locale=locale, width=width, colours=colours) as visited:
        filled(visited, corpus_server)
        visited.page.locator("summary").first.click()

        found = Axe().run(visited.page, context="#wj-overview").response["violations"]

        serious = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found
                   if one["impact"] in ("serious", "critical")]  # fmt: skip
        assert serious == []
        assert visited.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visited.elsewhere == []
        assert visited.errors == []


def test_figures_map_time_and_index_say_what_is_in_the_sample(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        page = visited.page

        tiles = page.locator(".wj-tiles dd").all_inner_texts()
        assert tiles[:3] == ["9", "17", "126"]
        assert page.locator(".wj-map .wj-dots use").count() == 101
        assert page.locator(".wj-columns li").count() == 24
        assert page.locator(".wj-time").inner_text().endswith("9 篇没有日期，不在图中。")
        assert "每一行数据都与写入时相同" in page.locator(".wj-index").inner_text()
        assert page.locator('.wj-pages [aria-current="page"]').inner_text() == "概览"


def test_a_second_look_has_the_map_at_once(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        visited.page.reload()
        visited.page.locator(".wj-tiles").wait_for(timeout=60_000)

        assert visited.page.locator(".wj-map .wj-dots use").count() == 101


def test_pointing_at_a_point_shows_its_title_and_a_click_asks(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        page = visited.page
        place = page.locator(".wj-dots use").first.bounding_box()
        assert place is not None
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.mouse.move(x, y)
        page.mouse.move(x + 1, y)

        assert page.locator(".wj-tip strong").inner_text()
        question = page.locator(".wj-tip em").inner_text()
        page.mouse.click(x + 1, y)
        page.wait_for_url(re.compile(r"/\?(ask|c)="), wait_until="commit")  # the answer has an address of its own
        page.locator(".wj-answer, .wj-error, .wj-silence").first.wait_for(timeout=60_000)
        assert question in page.locator("#wj-chat").inner_text()


def test_arrow_keys_walk_over_the_map_and_enter_asks(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        page = visited.page
        link = page.locator(".wj-cursor")
        link.focus()
        before = link.bounding_box()
        first = link.get_attribute("aria-label")
        for _ in range(12):
            page.keyboard.press("ArrowRight")

        after = link.bounding_box()
        assert before is not None and after is not None
        assert after["x"] > before["x"]
        assert link.get_attribute("aria-label") != first
        assert page.locator(".wj-tip a").count() == 2
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/\?(ask|c)="), wait_until="commit")  # the answer has an address of its own


def test_a_line_of_the_legend_leaves_only_its_points(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        page = visited.page
        key = page.locator(".wj-key").first
        key.click()

        points = int(key.locator("span").inner_text())
        assert key.get_attribute("aria-pressed") == "true"
        assert page.locator(".wj-dots use:not(.wj-dim)").count() == points
        key.click()
        assert page.locator(".wj-dots use.wj-dim").count() == 0


def test_a_bar_leads_to_the_chat_with_its_filter_in_the_address(visit: Visits, corpus_server: Served) -> None:
    with visit(corpus_server) as visited:
        filled(visited, corpus_server)
        bar = visited.page.locator(".wj-bars a").first
        address = str(bar.get_attribute("href"))
        assert address.startswith("/?publisher=%E")
        bar.click()

        visited.page.wait_for_url(f"**{address}", wait_until="commit")
        visited.page.locator("#wj-question").wait_for(timeout=60_000)


def test_a_store_that_cannot_be_read_is_told_with_its_remedy(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.page.goto(f"{fake_server.url}/corpus")
        visited.errors.clear()  # of the chat, whose requests were broken off

        said = visited.page.locator("#wj-overview [role=alert]")
        said.wait_for(timeout=60_000)
        assert "/somewhere" in said.inner_text()
        assert visited.errors == []


def test_a_finger_shows_what_a_point_is_before_it_asks(browser: Browser, corpus_server: Served) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 900}, has_touch=True)
    page = context.new_page()
    page.goto(f"{corpus_server.url}/corpus")
    page.locator(".wj-map .wj-dots").wait_for(timeout=90_000)
    page.locator(".wj-map").scroll_into_view_if_needed()
    place = page.locator(".wj-dots use").nth(40).bounding_box()
    assert place is not None
    page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

    assert page.url.endswith("/corpus")
    assert page.locator(".wj-tip a").all_inner_texts() == ["就此提问", "打开原文"]
    page.locator(".wj-tip a").first.tap()
    page.wait_for_url(re.compile(r"/\?(ask|c)="), wait_until="commit")  # the answer has an address of its own
    context.close()
