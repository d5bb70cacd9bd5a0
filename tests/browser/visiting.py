"""Visit: a page in the browser, what went on behind it, and how to ask on it.

Nothing here is looked at once only: each look waits until the page is as it must be, however busy the machine is.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from api_server import ROOT, Served
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as TooLate

REPORTS = ROOT / "reports"
SECONDS = 60_000  # milliseconds for an answer; machines are busy
LEAVING = r"signal is aborted without reason|Connection errored out\."
LOST = r"net::ERR_|Failed to fetch|network error|Lost connection|BodyStreamBuffer was aborted"
_BUBBLES = ".wj-answer, .wj-error"
_TRIES = 12  # of 5 s
_AT_REST = """() => document.getAnimations().every(
  one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Visit:
    """A page, and what went on behind it.

    Attributes:
        errors: Messages of the console that are errors or warnings, uncaught errors, failed responses.
        elsewhere: Addresses outside the server that the page asked for.
        foreseen: Patterns of messages that are no errors on this page.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    foreseen: list[str] = field(default_factory=list)

    def listen(self, url: str) -> None:
        """Note what goes on behind the page, which belongs to the server at this address."""
        self.page.on("console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("response", lambda got: self._note(f"{got.status} {got.url}") if got.status >= 400 else None)
        ours = (url + "/", "data:", "blob:")
        self.page.on("request", lambda made: None if made.url.startswith(ours) else self.elsewhere.append(made.url))

    def _note(self, said: str) -> None:
        if not any(re.search(pattern, said) for pattern in self.foreseen):
            self.errors.append(said)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Let Gradio say meanwhile that a stream has ended, because its page is left; wait for the next page inside."""
        self.foreseen.append(LEAVING)
        yield
        self.foreseen.remove(LEAVING)

    def reload(self, *, ready: str) -> None:
        """Load the page again, and wait for what is ready then."""
        with self.leaving():
            self.page.reload()
            self.page.locator(ready).first.wait_for(timeout=SECONDS)

    def goto(self, url: str, *, ready: str = ".wj-welcome") -> None:
        """Go to another page, and wait for what is ready then."""
        with self.leaving():
            self.page.goto(url)
            self.page.locator(ready).first.wait_for(timeout=SECONDS)

    def loses_connection(self) -> None:
        """From now on, Gradio and the browser may say that the server cannot be reached."""
        self.foreseen += [LEAVING, LOST]

    @property
    def box(self) -> Locator:
        """The box that questions are typed into."""
        return self.page.locator("#wj-question textarea")

    @property
    def evidence(self) -> Locator:
        """The panel beside the chat."""
        return self.page.locator("#wj-evidence")

    def send(self, question: str) -> None:
        """Type a question and press Enter; again where that was too early.

        The event of the question before ends on the page a moment after its answer is shown. Until then Gradio passes
        over Enter, and nothing that can be seen tells the moment, only that a question goes out.
        """
        self.box.fill(question)
        for _ in range(_TRIES):
            try:
                with self.page.expect_request(lambda made: _asks(made, question), timeout=5_000):
                    self.box.press("Enter")
            except TooLate:
                continue
            return
        raise AssertionError(f"{question!r} did not go out")

    def begin(self, question: str) -> None:
        """Send a question that takes its time, and wait until its first stage is shown."""
        self.send(question)
        self.page.locator(".wj-stage").wait_for()

    def ask(self, question: str) -> None:
        """Send a question, and wait until what came of it is shown and nothing is under way."""
        self.answered()
        before = self.page.locator(_BUBBLES).count()
        self.send(question)
        self.answered(before + 1)

    def answered(self, count: int = 0) -> None:
        """Wait until so many bubbles are shown and nothing is under way."""
        if count:
            self.page.locator(_BUBBLES).nth(count - 1).wait_for(timeout=SECONDS)
        expect(self.page.locator(".wj-stage")).to_have_count(0, timeout=SECONDS)

    def refuse(self, question: str, told: str) -> None:
        """Send a question that cannot be asked: what is told begins so, and the question is in the box again."""
        self.send(question)
        expect(self.page.locator(".wj-notice")).to_have_text(re.compile("^" + re.escape(told)), timeout=SECONDS)
        expect(self.box).to_have_value(question)

    def shows(self, *questions: str) -> None:
        """Wait until just these questions are shown."""
        expect(self.page.locator("#wj-chat .message.user")).to_have_text(list(questions), timeout=SECONDS)

    def begin_anew(self) -> None:
        """Begin a new conversation."""
        self.page.locator(".wj-begin").click()
        self.page.locator(".wj-welcome").wait_for()
        expect(self.page.locator(_BUBBLES)).to_have_count(0)

    def at_rest(self) -> None:
        """Wait until nothing on the page slides or fades any more."""
        self.page.evaluate(_TWO_FRAMES)
        self.page.wait_for_function(_AT_REST)

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something is true that is not on the page."""
        deadline = monotonic() + SECONDS / 1000
        while not true():
            assert monotonic() < deadline, "what was waited for did not come"
            self.page.wait_for_timeout(100)

    def kept(self, server: Served) -> list[dict[str, Any]]:
        """Return the turns that the server keeps of the conversation in the page's address."""
        (name,) = parse_qs(urlsplit(self.page.url).query)["c"]
        exported = self.page.request.get(f"{server.url}/conversations/{name}.json")
        turns: list[dict[str, Any]] = exported.json()["turns"] if exported.ok else []
        return turns

    def is_dark(self, dark: bool = True) -> None:
        """Wait until the page is dark, or until it is not."""
        self.page.wait_for_function("dark => document.body.classList.contains('dark') === dark", arg=dark)

    def fits(self) -> None:
        """See that nothing makes the page wider than its window."""
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def contrast(self, selector: str) -> float:
        """Return the contrast of the first element's text against the first opaque ground behind it, as WCAG counts."""
        self.page.locator(selector).first.wait_for(state="attached")
        ratio: float = self.page.evaluate(_CONTRAST, selector)
        return ratio

    def too_faint(self, *selectors: str) -> dict[str, float]:
        """Return the contrasts, by selector, that are below the 4.5 of WCAG AA."""
        self.at_rest()
        return {selector: ratio for selector in selectors if (ratio := self.contrast(selector)) < 4.5}

    def serious(self, context: str | None = None) -> list[tuple[str, str]]:
        """Return rule and place of what axe-core finds serious or critical, on the page or in a part of it."""
        self.at_rest()
        found = Axe().run(self.page, context=context).response["violations"]
        return [
            (violation["id"], str(node["target"])) for violation in found
            if violation["impact"] in ("serious", "critical") for node in violation["nodes"]
        ]  # fmt: skip

    def keep(self, name: str, *, full_page: bool = False) -> None:
        """Keep a picture of the page, for somebody to look at."""
        REPORTS.mkdir(exist_ok=True)
        self.page.screenshot(path=REPORTS / name, full_page=full_page)


def _asks(made: Request, question: str) -> bool:
    """Return whether a request carries a question to Gradio's queue."""
    return made.url.partition("?")[0].endswith("/queue/join") and question in made.post_data_json["data"]


class Visits(Protocol):
    """Opens a page of a server, by its path, in a window of its own, and waits until what is `ready` can be seen.

    At the end nothing may have gone wrong behind the page, and no other host been asked.
    """

    def __call__(
        self, server: Served, *, locale: str = "zh-CN", width: int = 1280, height: int = 800, colours: str = "light",
        path: str = "", ready: str = ".wj-welcome", touch: bool = False,
    ) -> AbstractContextManager[Visit]: ...  # fmt: skip


_CONTRAST = """selector => {
  const element = document.querySelector(selector);
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => channels(colour).slice(0, 3)
    .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => getComputedStyle(node).backgroundColor;
  const opaque = node => channels(ground(node)).length < 4 || channels(ground(node))[3] > 0;
  let behind = element;
  while (behind.parentElement && !opaque(behind)) behind = behind.parentElement;
  const [a, b] = [light(getComputedStyle(element).color), light(ground(behind))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
