"""The page of the API in a browser: drawn, usable, and loaded from here alone."""

from api_server import Served
from visiting import Visits


def test_the_api_page_shows_the_routes_and_tries_one_without_another_host(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server, path="/docs", ready="#operations-operation-health") as visited:
        page = visited.page
        page.locator("#operations-operation-health .opblock-summary-control").click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
        page.get_by_text('"model": "loaded"').first.wait_for()
        shown = page.locator(".opblock-summary-path").all_inner_texts()

        assert "/v1/ask" in [path.replace("\u200b", "") for path in shown]
