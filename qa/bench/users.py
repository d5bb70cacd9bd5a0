"""`python -m qa.bench.users`: several people ask at once in the chat, for minutes, while others load the page.

One person asks alone first, for the median to compare with; then each of several asks again as soon as the answer is
there, by the requests of the page (`qa.bench.visitor`), a new conversation every few questions, while one more loads
the page again and again, and a browser does so where there is one. The server is `wenju serve`, in a process of its
own on this machine; everything runs on the same cores, which is in the figures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.bench.costs import percentile
from qa.bench.machine import describe
from qa.bench.readers import readers_for
from qa.bench.visitor import RefusedError, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES, QUESTIONS = Path("docs/articles"), Path("tests/golden/questions.jsonl")
READY = "Wenju is ready: "
MOST_TIMES, MOST_LOAD = 10.0, 3.0  # p95 in medians of one person; seconds until the page can be asked
ALONE = 12  # questions of the one person
TURNS = 4  # questions of a conversation
PAUSE = 3.0  # seconds between two loads of the page


@dataclass
class Log:
    """What one thread saw.

    Attributes:
        seconds: Of each thing done.
        errors: What went wrong.
    """

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, step: Callable[[], float]) -> None:
        """Do something and note how it went."""
        try:
            self.seconds.append(step())
        except (OSError, RefusedError, ValueError) as error:
            self.errors.append(f"{type(error).__name__}: {error}"[:300])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where anything failed or a target was missed, else 0."""
    parser = argparse.ArgumentParser(prog="python -m qa.bench.users", description=__doc__)
    parser.add_argument("--docs", type=Path, default=SAMPLES)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [str(json.loads(line)["question"]) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory(prefix="wenju-bench-") as folder, _serving(options, Path(folder)) as port:
        found = measure(port, questions, users=options.users, seconds=options.minutes * 60)
    found |= {"machine": describe(), "model": options.model, "documents": options.docs.name}
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n" if options.json else shown(found))
    return 0 if found["met"] else 1


def measure(
    port: int, questions: Sequence[str], *, users: int, seconds: float, alone: int = ALONE, browser: bool = True
) -> dict[str, Any]:
    """Return the figures of a server on this machine.

    Args:
        port: Of the server.
        questions: Asked in turn; each person begins at another one.
        users: That ask at once.
        seconds: For which they do; who is waiting then waits for the answer.
        alone: Questions of the one person who asks first.
        browser: Whether the page is opened in a browser, too, where there is one.
    """
    quiet, single = _load_once(port), Log()
    _ask(port, questions, single, more=lambda asked: asked < alone)
    until = time.monotonic() + seconds
    asking, loading, browsing = [Log() for _ in range(users)], Log(), Log()
    threads = [
        threading.Thread(target=_ask, args=(port, [*questions[at * 3 :], *questions[: at * 3]], log),
                         kwargs={"more": lambda _: time.monotonic() < until})
        for at, log in enumerate(asking)
    ]  # fmt: skip
    threads.append(threading.Thread(target=_load, args=(port, until, loading)))
    if browser:
        threads.append(threading.Thread(target=_browse, args=(port, until, browsing)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _figures(quiet, single, asking, loading, browsing)


def _figures(quiet: Log, alone: Log, asking: Sequence[Log], loading: Log, browsing: Log) -> dict[str, Any]:
    answers = [seconds for log in asking for seconds in log.seconds]
    errors = [error for log in (quiet, alone, *asking, loading, browsing) for error in log.errors]
    if not (alone.seconds and answers and loading.seconds):
        raise RuntimeError(f"nothing was answered: {errors[:3]}")
    median, p95 = percentile(alone.seconds, 50), percentile(answers, 95)
    loads = browsing.seconds or loading.seconds
    return {
        "users": len(asking),
        "answers": len(answers),
        "fewest_of_a_user": min(len(log.seconds) for log in asking),
        "errors": errors,
        "alone_median": median,
        "alone_slowest": max(alone.seconds),
        "p50": percentile(answers, 50),
        "p95": p95,
        "slowest": max(answers),
        "times": p95 / median,
        "page_requests": {"alone": quiet.seconds, "count": len(loading.seconds), **_spread(loading.seconds)},
        "page_in_browser": {"count": len(browsing.seconds), **_spread(browsing.seconds)} if browsing.seconds else None,
        "met": not errors and p95 <= MOST_TIMES * median and percentile(loads, 95) < MOST_LOAD,
    }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    return {"p50": percentile(seconds, 50), "p95": percentile(seconds, 95), "slowest": max(seconds)}


def shown(found: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    machine, requests, browser = found["machine"], found["page_requests"], found["page_in_browser"]

    def spread(figures: dict[str, Any]) -> str:
        return f"{figures['p50']:.2f} / {figures['p95']:.2f} / {figures['slowest']:.2f} s ({figures['count']} times)"

    rows = [
        ("one person, median / slowest", f"{found['alone_median']:.2f} / {found['alone_slowest']:.2f} s", ""),
        (
            f"{found['users']} at once, answers",
            f"{found['answers']}, the fewest of one {found['fewest_of_a_user']}",
            "",
        ),
        ("errors", str(len(found["errors"])), "0"),
        ("p50 / p95 / slowest", f"{found['p50']:.2f} / {found['p95']:.2f} / {found['slowest']:.2f} s", ""),
        ("p95 / median of one person", f"{found['times']:.1f}", f"≤ {MOST_TIMES:.0f}"),
        ("page, its requests, p50 / p95 / slowest", spread(requests), "" if browser else f"p95 < {MOST_LOAD:.0f} s"),
    ]
    if browser:
        rows.append(("page in Chromium, until it can be asked", spread(browser), f"p95 < {MOST_LOAD:.0f} s"))
    table = "\n".join(f"| {name} | {figure} | {target} |" for name, figure, target in rows)
    errors = "".join(f"- {error}\n" for error in found["errors"][:20])
    return (
        f"{found['model']} over {found['documents']}, {machine['processor']}, {machine['cores']} cores, "
        f"load of the machine at the end {os.getloadavg()[0]:.1f}\n\n"
        f"| measure | figure | target |\n|---|---|---|\n{table}\n\n"
        f"targets {'met' if found['met'] else 'MISSED'}\n{errors}"
    )


def _ask(port: int, questions: Sequence[str], log: Log, *, more: Callable[[int], bool]) -> None:
    """Ask one after the other, each as soon as the one before is answered; loading the page is not counted here."""
    visitor = Visitor(port)
    for asked in count():
        if not more(asked) or len(log.errors) > ALONE:
            return
        if asked % TURNS == 0:
            begun = Log()
            begun.add(visitor.load)
            log.errors += begun.errors
            if begun.errors:
                continue
        question = questions[asked % len(questions)]
        log.add(lambda question=question: visitor.ask(question))  # type: ignore[misc]


def _load_once(port: int) -> Log:
    log = Log()
    log.add(Visitor(port).load)
    return log


def _load(port: int, until: float, log: Log) -> None:
    """Load the page as somebody new, again and again."""
    while time.monotonic() < until:
        log.add(Visitor(port).load)
        time.sleep(PAUSE)


def _browse(port: int, until: float, log: Log) -> None:
    """Open the page in a browser that knows nothing of it yet, again and again; not at all where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or find_spec("playwright") is None:
        return
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 (of the tests; not everybody has it)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def once() -> float:
            page = browser.new_context(locale="zh-CN").new_page()
            try:
                began = time.perf_counter()
                page.goto(f"http://127.0.0.1:{port}", timeout=60_000)
                page.locator(".wj-welcome").wait_for(timeout=60_000)
                page.locator("#wj-question textarea").click(timeout=60_000)
                return time.perf_counter() - began
            except Error as error:
                raise RefusedError(f"the page in the browser: {error}") from error
            finally:
                page.context.close()

        while time.monotonic() < until:
            log.add(once)
            time.sleep(PAUSE)
        browser.close()


@contextmanager
def _serving(options: argparse.Namespace, folder: Path) -> "Iterator[int]":
    """Index the documents, serve them, and yield the port; the server ends with the block."""
    names = {"model": options.model, **readers_for(options.model)}
    settings = os.environ | {f"WENJU_{setting.upper()}": str(name) for setting, name in names.items()}
    qa, store = [sys.executable, "-m", "qa"], str(folder / "store")
    subprocess.run(
        [*qa, "index", str(options.docs), "--store", store], env=settings, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*qa, "serve", "--store", store, "--port", "0"], env=settings, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield _port(process, log)
    finally:
        process.terminate()
        process.wait(30)


def _port(process: "subprocess.Popen[bytes]", log: Path) -> int:
    """Return the port of the server as soon as it is ready."""
    while process.poll() is None:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith(READY):
                return int(urlsplit(line.removeprefix(READY).strip()).port or 0)
        time.sleep(0.2)
    raise RuntimeError(f"The server ended before it was ready:\n{log.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    sys.exit(main())
