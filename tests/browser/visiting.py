"""Visit: a page in the browser, what went on behind it, and how to ask on it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from api_server import Served
from playwright.sync_api import Page


@dataclass
class Visit:
    """A page, and what went on behind it.

    Attributes:
        errors: Messages of the console that are errors or warnings, uncaught errors, failed responses.
        elsewhere: Addresses outside the server that the page asked for.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, send it with Enter, and wait for its bubble."""
        bubbles = ".wj-answer, .wj-error"
        before = self.page.locator(bubbles).count()
        self.page.locator("#wj-question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(bubbles).nth(before).wait_for(timeout=60_000)

    def refuse(self, question: str) -> str:
        """Type a question that cannot be asked, send it, and return what is told."""
        self.page.locator("#wj-question textarea").fill(question)
        self.page.keyboard.press("Enter")
        notice = self.page.locator(".wj-notice")
        notice.wait_for(timeout=20_000)
        return notice.inner_text()

    def questions(self) -> list[str]:
        """Return the questions that are shown."""
        return self.page.locator("#wj-chat .message.user").all_inner_texts()

    def contrast(self, selector: str) -> float:
        """Return the contrast of the first element's text against the first opaque ground behind it, as WCAG counts."""
        ratio: float = self.page.evaluate(_CONTRAST, selector)
        return ratio


class Visits(Protocol):
    """Opens a page of a server, by its path, in a window of its own, and waits until what is `ready` can be seen."""

    def __call__(
        self, server: Served, *, locale: str = "zh-CN", width: int = 1280, height: int = 800, colours: str = "light",
        path: str = "", ready: str = ".wj-welcome",
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
