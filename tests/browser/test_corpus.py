"""The corpus page in a browser: it is there at once, fills by itself, leads into the chat, and all can read it."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from api_server import Served, app, served
from playwright.sync_api import expect
from visiting import SECONDS, Visit, Visits

pytestmark = pytest.mark.browser

Corpus = Callable[..., AbstractContextManager[Visit]]

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


@pytest.fixture
def corpus(visit: Visits, corpus_server: Served) -> Corpus:
    """Return a way to open the corpus page, and to wait until everything on it is known."""

    @contextmanager
    def open_page(**look: Any) -> Iterator[Visit]:  # noqa: ANN401 (what a visit takes)
        with visit(corpus_server, path="/corpus", ready=".wj-map .wj-dots", **look) as visited:
            visited.page.locator("#wj-corpus-checks .wj-bars").wait_for(timeout=SECONDS)
            yield visited

    return open_page


def follow(visited: Visit, action: Callable[[], None]) -> None:
    """Ask by a click or a key, and wait until the chat is open; the answer has an address of its own."""
    with visited.leaving():
        action()
        visited.page.wait_for_url(re.compile(r"/\?(ask|c)="), wait_until="commit")
        visited.page.locator("#wj-question").wait_for(timeout=SECONDS)


@pytest.mark.parametrize(("locale", "width", "colours"), VARIANTS)
def test_the_page_has_no_serious_findings_in_any_look(corpus: Corpus, locale: str, width: int, colours: str) -> None:
    with corpus(locale=locale, width=width, colours=colours) as visited:
        visited.page.locator("summary").first.click()

        assert visited.serious("#wj-overview") == []
        visited.fits()


def test_figures_map_time_and_index_say_what_is_in_the_sample(corpus: Corpus) -> None:
    with corpus() as visited:
        page = visited.page

        for at, figure in enumerate(("9", "17", "126")):
            expect(page.locator(".wj-tiles dd").nth(at)).to_have_text(figure)
        expect(page.locator(".wj-map .wj-dots use")).to_have_count(101)
        expect(page.locator(".wj-columns li")).to_have_count(24)
        expect(page.locator(".wj-time")).to_have_text(re.compile("9 篇没有日期，不在图中。$"))
        expect(page.locator(".wj-index")).to_contain_text("每一行数据都与写入时相同")
        expect(page.locator('.wj-pages [aria-current="page"]')).to_have_text("概览")


def test_a_second_look_has_the_map_at_once(corpus: Corpus) -> None:
    with corpus() as visited:
        visited.reload(ready=".wj-tiles")

        expect(visited.page.locator(".wj-map .wj-dots use")).to_have_count(101)


def test_pointing_at_a_point_shows_its_title_and_a_click_asks(corpus: Corpus) -> None:
    with corpus() as visited:
        page = visited.page
        place = page.locator(".wj-dots use").first.bounding_box()
        assert place is not None
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.mouse.move(x, y)
        page.mouse.move(x + 1, y)

        expect(page.locator(".wj-tip strong")).not_to_be_empty()
        question = page.locator(".wj-tip em").inner_text()
        follow(visited, lambda: page.mouse.click(x + 1, y))
        visited.answered(1)
        visited.shows(question)


def test_arrow_keys_walk_over_the_map_and_enter_asks(corpus: Corpus) -> None:
    with corpus() as visited:
        page = visited.page
        link = page.locator(".wj-cursor")
        link.focus()
        before = link.bounding_box()
        first = link.get_attribute("aria-label")
        for _ in range(12):
            page.keyboard.press("ArrowRight")

        visited.at_rest()
        after = link.bounding_box()
        assert before is not None and after is not None
        assert after["x"] > before["x"]
        assert link.get_attribute("aria-label") != first
        expect(page.locator(".wj-tip a")).to_have_count(2)
        follow(visited, lambda: page.keyboard.press("Enter"))


def test_a_line_of_the_legend_leaves_only_its_points(corpus: Corpus) -> None:
    with corpus() as visited:
        page = visited.page
        key = page.locator(".wj-key").first
        key.click()

        points = int(key.locator("span").inner_text())
        expect(key).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".wj-dots use:not(.wj-dim)")).to_have_count(points)
        key.click()
        expect(page.locator(".wj-dots use.wj-dim")).to_have_count(0)


def test_a_bar_leads_to_the_chat_with_its_filter_in_the_address(corpus: Corpus) -> None:
    with corpus() as visited:
        bar = visited.page.locator(".wj-bars a").first
        address = str(bar.get_attribute("href"))
        assert address.startswith("/?publisher=%E")
        with visited.leaving():
            bar.click()
            visited.page.wait_for_url(f"**{address}", wait_until="commit")
            visited.page.locator("#wj-question").wait_for(timeout=SECONDS)


def test_a_store_that_cannot_be_read_is_told_with_its_remedy(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, path="/corpus", ready="#wj-overview [role=alert]") as visited:
        alert = visited.page.locator("#wj-overview [role=alert]")
        expect(alert).to_have_text("没有找到索引。请先建立：wenju index 文件夹")  # and no word of where on the server


def test_a_finger_shows_what_a_point_is_before_it_asks(corpus: Corpus) -> None:
    with corpus(width=390, height=900, touch=True) as visited:
        page = visited.page
        page.locator(".wj-map").scroll_into_view_if_needed()
        place = page.locator(".wj-dots use").nth(40).bounding_box()
        assert place is not None
        page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

        expect(page.locator(".wj-tip a")).to_have_text(["就此提问", "打开原文"])
        assert page.url.endswith("/corpus")
        follow(visited, page.locator(".wj-tip a").first.tap)
