"""axe-core finds nothing serious on the chat page: with an answer, with silence, as a phone's sheet, light and dark."""

import pytest
from api_server import Served
from playwright.sync_api import expect
from visiting import Visits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_desk_with_an_answer_and_with_silence(visit: Visits, fake_server: Served, colours: str, locale: str) -> None:
    with visit(fake_server, colours=colours, locale=locale) as visited:
        page = visited.page
        assert visited.serious() == []
        visited.ask("换了多少块石料？")
        visited.ask("桥上的猫叫什么？")
        page.locator("#wj-filters > button").click()
        page.locator("#wj-publisher").wait_for()
        assert visited.serious() == []
        page.locator(".wj-menu > summary").click()
        page.locator(".wj-delete > summary").click()
        assert visited.serious() == []
        page.keyboard.press("Escape")
        page.locator(".wj-remark > summary").first.click()
        page.locator("#wj-chat .message-buttons-right button").first.click()
        assert visited.serious() == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_with_its_drawer_and_its_sheet(visit: Visits, fake_server: Served, colours: str) -> None:
    with visit(fake_server, width=390, height=844, colours=colours) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        assert visited.serious() == []
        page.locator(".wj-drawer-open").click()
        expect(page.locator(".wj-drawer-close")).to_be_focused()
        assert visited.serious() == []
        page.keyboard.press("Escape")
        page.locator("a.wj-ref").first.click()
        expect(page.locator(".wj-citation")).to_be_focused()
        assert visited.serious() == []
