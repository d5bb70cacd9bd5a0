"""axe-core finds nothing serious on the chat page: with an answer, with silence, as a phone's sheet, light and dark."""

from typing import Any

import pytest
from api_server import Served
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from visiting import Visits

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")


def serious(page: Page) -> list[tuple[str, str]]:
    """Return rule and place of each serious finding."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        (violation["id"], str(node["target"])) for violation in found if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]  # fmt: skip


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_desk_with_an_answer_and_with_silence(visit: Visits, fake_server: Served, colours: str, locale: str) -> None:
    with visit(fake_server, colours=colours, locale=locale) as visited:
        page = visited.page
        assert serious(page) == []
        visited.ask("换了多少块石料？")
        visited.ask("桥上的猫叫什么？")
        page.locator("#wj-filters > button").click()
        page.wait_for_timeout(500)
        assert serious(page) == []
        page.locator(".wj-menu > summary").click()
        page.locator(".wj-delete > summary").click()
        assert serious(page) == []
        page.keyboard.press("Escape")
        page.locator(".wj-remark > summary").first.click()
        page.locator("#wj-chat .message-buttons-right button").first.click()
        assert serious(page) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_with_its_drawer_and_its_sheet(visit: Visits, fake_server: Served, colours: str) -> None:
    with visit(fake_server, width=390, height=844, colours=colours) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        page.wait_for_timeout(500)
        assert serious(page) == []
        page.locator(".wj-drawer-open").click()
        page.wait_for_timeout(400)
        assert serious(page) == []
        page.keyboard.press("Escape")
        page.locator("a.wj-ref").first.click()
        page.wait_for_timeout(600)
        assert serious(page) == []
