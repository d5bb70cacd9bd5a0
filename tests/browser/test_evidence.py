"""The evidence panel in a real browser: a card, both readings of it, copying it, its address; a sheet on a phone."""

import re
from urllib.parse import quote

import pytest
from api_server import Served
from playwright.sync_api import Page, expect
from visiting import Visit, Visits
from web_fakes import BRIDGE_SENTENCE, HOSTILE_REPAIRED, PLAIN

ASKED = "换了多少块石料？"
HOSTILE = "敌人"
SIZES = pytest.mark.parametrize(
    ("width", "colours", "locale"), [(1280, "light", "zh-CN"), (1280, "dark", "en-US"), (390, "light", "en-US"),
                                     (390, "dark", "zh-CN")]
)  # fmt: skip

pytestmark = pytest.mark.browser


def asked(visited: Visit, question: str = ASKED) -> Page:
    """Ask and wait until the evidence of the answer is there."""
    visited.ask(question)
    visited.page.locator(".wj-citation").first.wait_for(state="attached")
    return visited.page


def press_number(page: Page) -> None:
    """Go to the last number as a keyboard does, and press Enter."""
    page.locator("a.wj-ref").last.focus()
    page.keyboard.press("Enter")


def open_sheet(visited: Visit) -> None:
    """Open the sheet by the number of a quotation, and wait until it stands still."""
    visited.page.locator("a.wj-ref").click()
    expect(visited.page.locator(".wj-citation")).to_be_focused()
    visited.at_rest()


def sheet_is(visited: Visit, visibility: str) -> None:
    """Wait until the sheet stands still, and can be seen or not."""
    visited.at_rest()
    expect(visited.evidence).to_have_css("visibility", visibility)


@SIZES
def test_a_number_opens_its_quotation_by_keyboard_alone(
    visit: Visits, fake_server: Served, width: int, colours: str, locale: str
) -> None:
    """The focus moves to the card, its quotation can be seen, and Escape brings the focus back."""
    with visit(fake_server, width=width, height=800, colours=colours, locale=locale) as visited:
        page = asked(visited)
        press_number(page)
        expect(page.locator(".wj-citation")).to_be_focused()
        visited.at_rest()

        mark = page.locator(".wj-citation:focus .wj-source mark")
        expect(mark).to_have_text(BRIDGE_SENTENCE)
        box = mark.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 800
        expect(page.locator(".wj-citation:focus .wj-source strong")).to_have_text("287块")
        visited.fits()
        visited.keep(f"evidence-{width}-{colours}.png")
        page.keyboard.press("Escape")
        expect(page.locator("a.wj-ref").last).to_be_focused()


@pytest.mark.parametrize(
    ("locale", "source", "repaired", "stood"),
    [("zh-CN", "原文", "修复后", "原文：(chá)葉(yè)"), ("en-US", "Source", "Repaired", "In the source: (chá)葉(yè)")],
)
def test_source_and_repaired_text_are_switched_by_keyboard(
    visit: Visits, fake_server: Served, locale: str, source: str, repaired: str, stood: str
) -> None:
    """One is pressed, the other not; every repair says what stood there, and a click says it below the text."""
    with visit(fake_server, locale=locale) as visited:
        page = asked(visited, HOSTILE)
        switch = page.locator(".wj-switch button")
        expect(switch).to_have_text([source, repaired])
        expect(page.locator("blockquote.wj-source")).to_be_visible()
        expect(page.locator("blockquote.wj-repaired")).to_be_hidden()
        assert page.locator(".wj-source del.wj-cut").all_inner_texts()[-2:] == ["(chá)", "(yè)"]
        switch.nth(1).focus()
        page.keyboard.press("Space")

        expect(page.locator("blockquote.wj-repaired")).to_be_visible()
        expect(page.locator("blockquote.wj-source")).to_be_hidden()
        expect(switch.nth(0)).to_have_attribute("aria-pressed", "false")
        expect(switch.nth(1)).to_have_attribute("aria-pressed", "true")
        expect(page.locator("blockquote.wj-repaired mark")).to_have_text(HOSTILE_REPAIRED)
        new = page.locator(".wj-repaired ins.wj-new")
        expect(new).to_have_text("叶")
        expect(new).to_have_attribute("title", stood)
        new.click()
        expect(page.locator(".wj-citation .wj-said")).to_have_text(stood)


def test_without_repairs_there_is_nothing_to_switch(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        expect(asked(visited).locator(".wj-switch")).to_have_count(0)


@pytest.mark.parametrize(("allowed", "view"), [(True, "source"), (False, "repaired")])
def test_a_quotation_is_copied_with_its_source_and_address(
    visit: Visits, fake_server: Served, allowed: bool, view: str
) -> None:
    """Also where the browser offers no clipboard, as it does on a page without https; and it is said aloud."""
    with visit(fake_server) as visited:
        page = asked(visited, ASKED if view == "source" else HOSTILE)
        page.evaluate(_CATCH_COPIES if allowed else _CATCH_SELECTION)
        if view == "repaired":
            page.locator('.wj-switch [data-view="repaired"]').click()
        page.locator(".wj-copy").focus()
        page.keyboard.press("Enter")
        expect(page.locator('.wj-said[role="status"]').first).to_have_text("已复制")

        copied: str = page.evaluate("window.copied")
        lines = copied.split("\n")
        if view == "source":
            assert lines[0] == f"“{BRIDGE_SENTENCE}”"
            assert "石桥修好了" in lines[1] and "林晚" in lines[1] and "2024年3月5日" in lines[1]
            assert lines[-1] == f"{fake_server.url}/?article={quote(PLAIN.id, safe='')}&span=28-50"
        else:
            assert lines[:2] == [f"“{HOSTILE_REPAIRED}”", "（修复后的文字）"]
        expect(page.locator(".wj-copy")).to_be_focused()


def test_a_permalink_is_a_link_to_the_place(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        link = asked(visited).locator(".wj-citation a.wj-permalink")

        assert link.evaluate("link => link.href") == (
            f"{fake_server.url}/?article={quote(PLAIN.id, safe='')}&span=28-50"
        )
        assert "在新窗口打开" in (link.text_content() or "")


@pytest.mark.parametrize("way", ["button", "escape", "backdrop", "pull"])
def test_on_a_phone_the_evidence_is_a_sheet_over_the_chat(visit: Visits, fake_server: Served, way: str) -> None:
    """Closed at first; a dialog when open, with the page behind out of reach and still; closed in four ways."""
    with visit(fake_server, width=390, height=844) as visited:
        page = asked(visited)
        sheet_is(visited, "hidden")
        open_sheet(visited)

        sheet = visited.evidence
        assert (sheet.get_attribute("role"), sheet.get_attribute("aria-modal")) == ("dialog", "true")
        expect(page.locator(f"#{sheet.get_attribute('aria-labelledby')}")).to_have_text("证据")
        assert page.evaluate("document.querySelector('#wj-question').closest('[inert]') !== null")
        assert page.evaluate("document.getElementById('wj-evidence').closest('[inert]') === null")
        assert page.evaluate("getComputedStyle(document.body).overflowY") == "hidden"
        for _ in range(12):  # the focus goes round inside
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('#wj-evidence')"
            )
        _close(page, way)

        expect(page.locator("a.wj-ref")).to_be_focused()
        sheet_is(visited, "hidden")
        expect(page.locator("[inert]")).to_have_count(0)
        assert sheet.get_attribute("role") is None


def _close(page: Page, way: str) -> None:
    if way == "button":
        page.locator(".wj-close").click()
    elif way == "escape":
        page.keyboard.press("Escape")
    elif way == "backdrop":
        page.mouse.click(195, 40)
    else:
        page.mouse.move(100, 150)
        page.mouse.down()
        page.mouse.move(100, 200)
        page.mouse.move(100, 300)
        page.mouse.up()


def test_a_short_pull_leaves_the_sheet_open(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, width=390, height=844) as visited:
        page = asked(visited)
        open_sheet(visited)
        page.mouse.move(100, 150)
        page.mouse.down()
        page.mouse.move(100, 190)
        page.mouse.up()

        sheet_is(visited, "visible")
        box = page.locator("#wj-evidence").bounding_box()
        assert box is not None
        assert abs(box["y"] + box["height"] - 844) < 2


def test_a_window_made_wide_has_its_sheet_beside_the_chat_again(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, width=390, height=844) as visited:
        page = asked(visited)
        open_sheet(visited)
        page.set_viewport_size({"width": 1280, "height": 800})

        expect(page.locator("[inert]")).to_have_count(0)
        expect(visited.evidence).not_to_have_attribute("aria-modal", "true")
        expect(page.locator(".wj-citation")).to_be_visible()


def test_the_evidence_of_a_turn_that_is_not_shown_is_asked_for(visit: Visits, fake_server: Served) -> None:
    """Its number is written into the page's hidden box, whose answer brings the card."""
    with visit(fake_server) as visited:
        page = asked(visited)
        page.evaluate(_PANEL_OF_ANOTHER_TURN)
        page.locator("#another").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#wj-7-1")).to_be_focused()

        assert page.evaluate("window.requested") == ["7"]


def test_reasons_stand_folded_under_the_card_and_open_by_keyboard(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = asked(visited)
        page.locator(".wj-because > summary").focus()
        page.keyboard.press("Enter")

        expect(page.locator(".wj-because .wj-relevance")).to_be_in_viewport(ratio=1)
        expect(page.locator(".wj-because .wj-relevance")).to_have_text(re.compile("87%$"))
        expect(page.locator(".wj-because .wj-why")).to_have_text(
            "意思相近，排第 1 · 关键词匹配，排第 2", use_inner_text=True
        )
        expect(page.locator(".wj-because .wj-words")).to_have_text("相同的词：块石料", use_inner_text=True)
        expect(page.locator('.wj-because [role="meter"]')).to_have_attribute("aria-valuenow", "87")
        expect(page.locator(".wj-because .wj-relevance")).to_have_attribute("title", re.compile("可能性为 87%"))
        visited.at_rest()
        bar = page.locator(".wj-because .wj-meter > span").bounding_box()
        whole = page.locator(".wj-because .wj-meter").bounding_box()
        assert bar is not None
        assert whole is not None
        assert abs(bar["width"] / whole["width"] - 0.87) < 0.03


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_text_of_the_panel_stands_out_from_its_ground(visit: Visits, fake_server: Served, colours: str) -> None:
    """WCAG AA: at least 4.5, in both views, in the marks of repairs, and in small print."""
    with visit(fake_server, colours=colours) as visited:
        page = asked(visited)
        page.locator(".wj-because > summary").click()
        low = visited.too_faint(".wj-because summary", ".wj-why", ".wj-words", ".wj-words mark", ".wj-relevance")
        page = asked(visited, HOSTILE)
        page.locator(".wj-switch").wait_for()
        low |= visited.too_faint(".wj-block", ".wj-source mark", ".wj-source del.wj-cut", ".wj-source mark del.wj-cut",
                                 ".wj-source mark del.wj-old", ".wj-legend del.wj-cut", ".wj-legend del.wj-old",
                                 ".wj-switch [aria-pressed=true]", ".wj-switch [aria-pressed=false]", ".wj-copy",
                                 "a.wj-permalink", ".wj-place", ".wj-citation .wj-about", ".wj-asked")  # fmt: skip
        page.locator('.wj-switch [data-view="repaired"]').click()
        low |= visited.too_faint(".wj-repaired mark", ".wj-repaired ins.wj-new", '.wj-legend[data-of="repaired"]')

        assert low == {}


def test_hostile_evidence_runs_nothing_and_brings_no_element(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = asked(visited, HOSTILE)
        page.locator('.wj-switch [data-view="repaired"]').click()
        page.locator(".wj-copy").hover()
        visited.at_rest()

        assert page.evaluate("window.hit") is None
        expect(visited.evidence.locator("img, script, iframe, svg")).to_have_count(0)
        assert page.evaluate("[...document.querySelectorAll('#wj-evidence *')].every(one => "
                             "one.getAttributeNames().every(name => !name.startsWith('on')))")  # fmt: skip


_CATCH_COPIES = """() => Object.defineProperty(navigator, "clipboard", {
  value: { writeText: async text => { window.copied = text; } },
})"""
_CATCH_SELECTION = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => { window.copied = document.activeElement.value; return true; };
}"""
_PANEL_OF_ANOTHER_TURN = """() => {
  window.requested = [];
  document.querySelector("#wj-panel-request")?.remove();
  const request = document.createElement("div");
  request.id = "wj-panel-request";
  request.innerHTML = "<textarea></textarea>";
  request.addEventListener("input", event => {
    window.requested.push(event.target.value);
    setTimeout(() => {
      const panel = document.querySelector(".wj-evidence");
      panel.innerHTML = '<article class="wj-citation" id="wj-7-1" tabindex="-1">…</article>';
    }, 250);
  });
  const link = document.createElement("a");
  link.id = "another";
  link.className = "wj-ref";
  link.href = "#wj-7-1";
  link.textContent = "[1]";
  document.body.append(request, link);
}"""
