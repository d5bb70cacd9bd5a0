"""The servers and the browser of the tests in this folder."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "integration"))  # for api_server, which starts app.py for those tests as well
sys.path.append(str(ROOT / "tests" / "unit"))  # for web_fakes

from api_server import ARTICLES, Served, app, environment, served, served_fake  # noqa: E402
from doing import Does, doing  # noqa: E402
from visiting import Visit, Visits  # noqa: E402

# What Gradio says of a stream that ends because its page is left.
LEAVING = re.compile(r"signal is aborted without reason|Connection errored out\.")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; on a machine without it a failure in CI, a skip elsewhere.

    For one module: while Playwright runs, no other test of this process can start an event loop.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "There is no chromium here. Install it: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the sample corpus, encoded once with the real model, for modules to copy."""
    store = tmp_path_factory.mktemp("real") / "store"
    command = [sys.executable, "-m", "qa", "index", str(ARTICLES), "--store", str(store)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(), capture_output=True)
    return store


@pytest.fixture(scope="module")
def real_server(real_store: Path) -> Iterator[Served]:
    """Serve the sample corpus with the real model."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(real_store, store)
        with served(app(store=store, model="bundled"), store=store) as running:
            yield running


@pytest.fixture(scope="module")
def fake_server() -> Iterator[Served]:
    """Serve a fake assistant whose documents are hostile."""
    with tempfile.TemporaryDirectory() as folder, served_fake(Path(folder)) as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Visits:
    """Return a way to open a page in a new window with its own language, size and colours."""

    @contextmanager
    def open_page(
        server: Served, *, locale: str = "zh-CN", width: int = 1280, height: int = 800, colours: str = "light",
        path: str = "", ready: str = ".wj-welcome",
    ) -> Iterator[Visit]:  # fmt: skip
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": height}, color_scheme=colours  # type: ignore[arg-type]
        )  # fmt: skip
        visited = Visit(context.new_page())
        page = visited.page
        page.on(
            "console",
            lambda said: (
                visited.errors.append(said.text)
                if said.type in ("error", "warning") and not LEAVING.search(said.text)
                else None
            ),
        )
        page.on("pageerror", lambda error: visited.errors.append(str(error)))
        page.on("response", lambda got: visited.errors.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((server.url + "/", "data:", "blob:"))
                else visited.elsewhere.append(asked.url)
            ),
        )
        page.goto(server.url + path)
        page.locator(ready).wait_for(timeout=60_000)
        yield visited
        context.close()

    return open_page


@pytest.fixture
def does(visit: Visits) -> Does:
    """Return a way to begin a task of tasks.md."""
    return doing(visit)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of pages two more tries: a busy machine can be slower than any time that they wait."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=2))
