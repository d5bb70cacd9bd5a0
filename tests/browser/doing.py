"""How a task of tasks.md is begun and ended, and what is looked for on the page when it is done."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from acting import TASKS, Actor, read_tasks
from api_server import Served
from playwright.sync_api import Locator
from visiting import Visits

PIPES, LIBRARY = "东埠区改造了多少公里老旧供热管网?", "新开放的市图书馆在什么地方?"
BY_NUMBER = {task.number: task for task in read_tasks(TASKS.read_text(encoding="utf-8"))}


class Does(Protocol):
    """Begins the task of this number on a page of the server; `ready` is what is waited for first."""

    def __call__(
        self, number: int, server: Served, *, path: str = "", ready: str = ".wj-welcome"
    ) -> AbstractContextManager[Actor]: ...


def doing(visit: Visits) -> Does:
    """Return a way to begin a task; at its end, all its actions were done, and nothing went wrong behind the page."""

    @contextmanager
    def begin(number: int, server: Served, *, path: str = "", ready: str = ".wj-welcome") -> Iterator[Actor]:
        task = BY_NUMBER[number]
        with visit(
            server, locale=task.locale, width=task.width, height=task.height, colours=task.colours, path=path,
            ready=ready,
        ) as visited:  # fmt: skip
            visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            actor = Actor(task, visited)
            yield actor
            assert actor.done == list(task.actions)
            visited.fits()

    return begin


def answered(actor: Actor, count: int = 1) -> None:
    """Wait until so many answers are shown and nothing is under way."""
    actor.visited.answered(count)


def last_answer(actor: Actor) -> Locator:
    """Return the answer that was given last."""
    return actor.page.locator(".wj-answer").last


def clipboard(actor: Actor) -> list[str]:
    """Wait until it is said that something was copied, and return its lines."""
    actor.page.get_by_text(re.compile("^(已复制|Copied)$")).wait_for()
    text: str = actor.page.evaluate("navigator.clipboard.readText()")
    return text.split("\n")
