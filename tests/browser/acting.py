"""The tasks of tasks.md, and a visitor who does them by nothing but what can be seen and heard on the page.

Every action is counted, and must be the next one that tasks.md tells.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import FileChooser, Locator, Page
from visiting import SECONDS, Visit

TASKS = Path(__file__).with_name("tasks.md")
MOST_ACTIONS = 5
WIDTHS = {390: 844, 1280: 800}  # width and height of a window


@dataclass(frozen=True)
class Task:
    """One task as tasks.md tells it.

    Attributes:
        number: From 1.
        title: What somebody wants.
        locale: Of the browser.
        width: Of the window.
        colours: "light" or "dark", as the system has it.
        actions: In order, each as `Actor` says it.
    """

    number: int
    title: str
    locale: str
    width: int
    colours: str
    actions: tuple[str, ...]

    @property
    def height(self) -> int:
        """Of the window."""
        return WIDTHS[self.width]


def read_tasks(text: str) -> list[Task]:
    """Return the tasks; a heading `## 1. Title`, a line `**On:** Chinese · 390 px · dark`, and a numbered list each."""
    tasks = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        number, title = re.match(r"(\d+)\. (.+)\n", part).groups()  # type: ignore[union-attr]
        language, width, colours = re.search(  # type: ignore[union-attr]
            r"^\*\*On:\*\* (Chinese|English) · (\d+) px · (light|dark)$", part, flags=re.MULTILINE
        ).groups()
        actions = re.findall(r"^(\d+)\. (.+)$", part.partition("\n")[2], flags=re.MULTILINE)
        assert [int(at) for at, _ in actions] == list(range(1, len(actions) + 1))
        locale = {"Chinese": "zh-CN", "English": "en-US"}[language]
        tasks.append(Task(int(number), title, locale, int(width), colours, tuple(said for _, said in actions)))
    return tasks


@dataclass
class Actor:
    """Does a task on a page. One method is one action: a click, a typed text with Enter, a drop, a key."""

    task: Task
    visited: Visit
    done: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The page that is acted on."""
        return self.visited.page

    def click(self, name: str) -> None:
        """Click what has this name, or begins with it; the first, where there are several."""
        self._note(f"click “{name}”")
        self._named(name).click()

    def click_first_below(self, heading: str) -> str:
        """Click the first button below a heading, and return what stands on it."""
        self._note(f"click the first below “{heading}”")
        button = self._named(heading).locator("xpath=following::button[1]")
        said = button.inner_text()
        button.click()
        return said

    def type(self, text: str, into: str) -> None:
        """Type into the field with this label, and press Enter."""
        self._note(f"type “{text}” into “{into}”")
        place = self.page.get_by_label(into, exact=True).locator("visible=true").first
        place.fill(text)
        place.press("Enter")

    def press(self, key: str) -> None:
        """Press a key; F5 loads the page again."""
        self._note(f"press {key}")
        if key == "F5":  # a key of the browser itself, which has no window here
            self.page.reload()
        else:
            self.page.keyboard.press(key)

    def drop(self, name: str, data: bytes, onto: str) -> None:
        """Drop a file on the place with this name."""
        self._note(f"drop {name} on “{onto}”")
        carried = self.page.evaluate_handle(
            """([name, bytes]) => {
              const carried = new DataTransfer();
              carried.items.add(new File([new Uint8Array(bytes)], name));
              return carried;
            }""",
            [name, list(data)],
        )
        place = self._named(onto)
        for event in ("dragenter", "dragover", "drop"):
            place.dispatch_event(event, {"dataTransfer": carried})

    def choose(self, name: str, path: Path, chooser: FileChooser) -> None:
        """Choose a file in the window that a click has opened."""
        self._note(f"choose {name}")
        chooser.set_files(path)

    def act(self, said: str, action: Callable[[], None]) -> None:
        """Do an action outside of the page: in another browser, in a terminal."""
        self._note(said)
        action()

    def _note(self, said: str) -> None:
        self.done.append(said)
        assert len(self.done) <= MOST_ACTIONS, f"more than {MOST_ACTIONS} actions: {self.done}"
        assert self.done == list(self.task.actions[: len(self.done)]), "tasks.md tells another action"

    def _named(self, name: str) -> Locator:
        """Wait for what is called so and can be seen: a control of just this name, a text, then what begins so."""
        exactly, begins = re.compile(rf"^\s*{re.escape(name)}\s*$"), re.compile(rf"^\s*{re.escape(name)}")
        ways = [_controls(self.page, exactly), _texts(self.page, exactly), _controls(self.page, begins),
                _texts(self.page, begins)]  # fmt: skip
        ways[2].or_(ways[3]).first.wait_for(timeout=SECONDS)
        return next(way for way in ways if way.count()).first


def _controls(page: Page, name: re.Pattern[str]) -> Locator:
    """Return the buttons, links, fields and choices of this name that a visitor can see."""
    found = page.get_by_role("button", name=name)
    for role in ("link", "option", "combobox", "textbox"):
        found = found.or_(page.get_by_role(role, name=name))  # type: ignore[arg-type]
    return found.locator("visible=true")


def _texts(page: Page, name: re.Pattern[str]) -> Locator:
    """Return what has this label or is this text, and can be seen."""
    return page.get_by_label(name).or_(page.get_by_text(name)).locator("visible=true")
