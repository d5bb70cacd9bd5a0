"""The page of the API in a browser: drawn, usable, and loaded from here alone."""

from pathlib import Path

from api_server import Served
from playwright.sync_api import Browser


def test_the_api_page_shows_the_routes_and_tries_one_without_another_host(
    browser: Browser, fake_server: Served, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{fake_server.url}/docs")
    page.locator("#operations-operation-health .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.get_by_text('"model": "loaded"').first.wait_for(timeout=10_000)
    shown = page.locator(".opblock-summary-path").all_inner_texts()
    page.screenshot(path=str(tmp_path / "api.png"), full_page=True)
    context.close()

    assert "/v1/ask" in [path.replace("\u200b", "") for path in shown]
    assert [url for url in asked if not url.startswith((fake_server.url, "data:"))] == []
    assert said == []
