"""`python -m qa.bench.routes`: requests a second of `POST /v1/ask` and of Gradio's queue, with the same answers.

Both ways lead through one server, in a process of its own, to one assistant that hands out answers which were made
once, over the sample corpus: what is measured is the way to the answer, since the time of a model would hide it. The
users of both ways are threads of this process with one open connection each; in every round the ways take turns.
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qa.bench.costs import percentile
from qa.bench.machine import describe

SAMPLES = Path("docs/articles")
QUESTIONS = ("12路公交车调整以后末班车是几点？", "望河区老街更新三年行动一共改造了多少个老旧小区？")
TARGET = 5.0  # times Gradio's requests a second
READY = "ready: "

Way = Callable[[http.client.HTTPConnection, str], dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both ways and print them; return 1 where their answers differ, else 0."""
    parser = argparse.ArgumentParser(prog="python -m qa.bench.routes", description=__doc__)
    parser.add_argument("--docs", type=Path, default=SAMPLES)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each way in each round")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.serve is not None:
        _serve(options.docs, options.serve)
        return 0
    with tempfile.TemporaryDirectory(prefix="wenju-bench-") as folder:
        command = [sys.executable, "-m", "qa.bench.routes", "--docs", str(options.docs), "--serve", folder]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        try:
            found = measure(_port(process), users=options.users, seconds=options.seconds, rounds=options.rounds)
        finally:
            process.terminate()
            process.wait(20)
    sys.stdout.write(json.dumps(found) + "\n" if options.json else shown(found))
    return 0 if found["same_answers"] else 1


def measure(port: int, *, users: int, seconds: float, rounds: int) -> dict[str, Any]:
    """Return requests a second and milliseconds of both ways, and whether they gave the same answers.

    Args:
        port: Of a server on this machine.
        users: That ask at the same time, each again as soon as it has its answer.
        seconds: That each way is asked, in each round.
        rounds: How often the ways take turns.
    """
    answers: dict[str, list[dict[str, Any]]] = {}
    for name, way in WAYS.items():
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            answers[name] = [_untimed(way(connection, question)) for question in QUESTIONS]
    latencies: dict[str, list[float]] = {name: [] for name in WAYS}
    elapsed = dict.fromkeys(WAYS, 0.0)
    for _ in range(rounds):
        for name, way in WAYS.items():
            began = time.perf_counter()
            latencies[name] += _asked_by(users, way, port, seconds)
            elapsed[name] += time.perf_counter() - began
    figures = {
        name: {
            "requests": len(latencies[name]),
            "per_second": len(latencies[name]) / elapsed[name],
            "p50_ms": percentile(latencies[name], 50) * 1000,
            "p95_ms": percentile(latencies[name], 95) * 1000,
        }
        for name in WAYS
    }
    return {
        "users": users,
        "ways": figures,
        "ratio": figures["plain"]["per_second"] / figures["gradio"]["per_second"],
        "same_answers": answers["plain"] == answers["gradio"],
        "answer_bytes": len(json.dumps(answers["plain"][0], ensure_ascii=False).encode("utf-8")),
        "machine": describe(),
    }


def shown(found: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    lines = [
        f"{found['users']} users at once, answers of {found['answer_bytes']} bytes made before, "
        f"{found['machine']['processor']}, {found['machine']['cores']} cores",
        "",
        "| way | requests a second | p50 | p95 |",
        "|---|---|---|---|",
    ]
    for name, label in (("plain", "POST /v1/ask"), ("gradio", "Gradio's queue, /ask")):
        way = found["ways"][name]
        lines.append(f"| {label} | {way['per_second']:.0f} | {way['p50_ms']:.1f} ms | {way['p95_ms']:.1f} ms |")
    verdict = "met" if found["ratio"] >= TARGET else "missed"
    same = "the same" if found["same_answers"] else "NOT the same"
    return "\n".join([*lines, "", f"ratio {found['ratio']:.1f} (target ≥ {TARGET:.0f}: {verdict}); answers {same}", ""])


def _plain(connection: http.client.HTTPConnection, question: str) -> dict[str, Any]:
    """Ask as a program does: one request."""
    answer: dict[str, Any] = json.loads(_posted(connection, "/v1/ask", {"question": question}))
    return answer


def _gradio(connection: http.client.HTTPConnection, question: str) -> dict[str, Any]:
    """Ask as the two lines of curl do in Gradio's documentation: post, then read the event."""
    event = json.loads(_posted(connection, "/gradio_api/call/ask", {"data": [question]}))["event_id"]
    connection.request("GET", f"/gradio_api/call/ask/{event}")
    text = _body(connection).decode("utf-8")
    if not text.startswith("event: complete"):
        raise RuntimeError(f"Gradio did not answer: {text[:200]}")
    answer: dict[str, Any] = json.loads(text.split("data: ", 1)[1])[0]
    return answer


WAYS: dict[str, Way] = {"plain": _plain, "gradio": _gradio}


def _posted(connection: http.client.HTTPConnection, path: str, value: object) -> bytes:
    connection.request("POST", path, json.dumps(value).encode("utf-8"), {"content-type": "application/json"})
    return _body(connection)


def _body(connection: http.client.HTTPConnection) -> bytes:
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{response.status}: {body[:200]!r}")
    return body


def _asked_by(users: int, way: Way, port: int, seconds: float) -> list[float]:
    """Return the seconds of every request of all users; a failed one ends the measurement."""
    until = time.perf_counter() + seconds
    latencies: list[float] = []
    failures: list[Exception] = []

    def ask(number: int) -> None:
        mine: list[float] = []
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                while (began := time.perf_counter()) < until:
                    way(connection, QUESTIONS[number % len(QUESTIONS)])
                    mine.append(time.perf_counter() - began)
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            failures.append(error)
        latencies.extend(mine)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return latencies


def _untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


def _port(process: "subprocess.Popen[str]") -> int:
    """Return the port of the server as soon as it answers."""
    for line in process.stdout or ():
        if line.startswith(READY):
            return int(urlsplit(line.removeprefix(READY).strip()).port or 0)
    raise RuntimeError("The server ended before it was ready.")


def _serve(docs: Path, folder: Path) -> None:
    """Serve answers that were made once with the hashing encoder, until the process is ended."""
    from qa.web.environment import settle  # noqa: PLC0415 (before Gradio is imported)

    settle()
    from embeddings.hashing import HashingEncoder  # noqa: PLC0415 (as above)
    from qa.assistant import Assistant  # noqa: PLC0415
    from qa.types import Answer  # noqa: PLC0415
    from qa.web.port import bind  # noqa: PLC0415
    from qa.web.serve import stopping_on_termination  # noqa: PLC0415
    from qa.web.server import run, web_application  # noqa: PLC0415
    from qa.web.services import Services  # noqa: PLC0415
    from qa.web.site import build_site  # noqa: PLC0415

    made: dict[str, Answer] = {}

    class Remembering(Assistant):
        """Answers what it was asked before without looking again."""

        def ask(self, question: str, **asked: Any) -> Answer:  # noqa: ANN401 (as the method that it stands for)
            if question not in made:
                made[question] = super().ask(question, **asked)
            return made[question]

    store = folder / "store"
    with closing(
        Remembering.open(store, encoder=HashingEncoder(), reranker="none", answerer="sentence", create=True)
    ) as assistant:
        assistant.index(docs)
        for question in QUESTIONS:
            assistant.ask(question)
        application = web_application(build_site(Services(assistant)), host="127.0.0.1")
        try:
            with stopping_on_termination():
                run(application, bind("127.0.0.1", 0), ready=_say_ready)
        except KeyboardInterrupt:
            return


def _say_ready(port: int) -> None:
    sys.stdout.write(f"{READY}http://127.0.0.1:{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
