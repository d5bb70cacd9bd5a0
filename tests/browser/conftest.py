"""The servers and the browser of the tests in this folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "integration"))  # for api_server, which starts app.py for those tests as well
sys.path.append(str(ROOT / "tests" / "unit"))  # for web_fakes

from api_server import ARTICLES, Served, app, environment, served, served_fake  # noqa: E402
from doing import Does, doing  # noqa: E402
from serving import serving  # noqa: E402
from visiting import SECONDS, Visit, Visits  # noqa: E402

CHROMIUM_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


expect.set_options(timeout=30_000)  # milliseconds; machines are busy


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
def gate(fake_server: Served) -> Iterator[Path]:
    """Return the file before which slow questions to the fake server wait until it is made; after the test it is."""
    fake_server.gate.unlink(missing_ok=True)
    yield fake_server.gate
    fake_server.gate.touch()


@pytest.fixture(scope="module")
def one_paper() -> Iterator[Served]:
    """Serve a paper with the hashing encoder, to which files may be added."""
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def readers_only() -> Iterator[Served]:
    """Serve a paper to visitors who may look only."""
    with serving(readers_only=True) as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Visits:
    """Return a way to open a page in a new window with its own language, size and colours."""

    @contextmanager
    def open_page(
        server: Served, *, locale: str = "zh-CN", width: int = 1280, height: int = 800, colours: str = "light",
        path: str = "", ready: str = ".wj-welcome", touch: bool = False,
    ) -> Iterator[Visit]:  # fmt: skip
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": height}, has_touch=touch,
            color_scheme=colours,  # type: ignore[arg-type]
        )  # fmt: skip
        try:
            visited = Visit(context.new_page())
            visited.listen(server.url)
            visited.page.goto(server.url + path)
            visited.page.locator(ready).wait_for(timeout=SECONDS)
            yield visited
            assert (visited.errors, visited.elsewhere) == ([], [])
        finally:
            context.close()

    return open_page


@pytest.fixture
def does(visit: Visits) -> Does:
    """Return a way to begin a task of tasks.md."""
    return doing(visit)
