"""What a language model writes reaches programs and terminals as it is proved; the answer never waits for it."""

import json
import os
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api_server import Served, app, served
from llm_asking import QUOTE, SENTENCE
from llm_corpus import PAPERS, QUESTION
from llm_stub import Asked as Sent
from llm_stub import Reply, Stub, stub
from surfaces import WITHOUT_MODELS, Asked, over_completions, over_mcp, over_v1, posted, wenju
from terminal import Terminal

from qa.web.api.bodies import AnswerBody

ROOT = Path(__file__).resolve().parents[2]
INVENTED = "防洪墙2035年拆除。"
WAITS = 30.0  # seconds that the model rests at most


class Model:
    """A stub that writes a proved sentence, rests until it may go on, and adds one that nothing proves."""

    def __init__(self, running: Stub) -> None:
        self.stub = running
        self.may_go_on = threading.Event()
        running.answer = self._answer

    def _answer(self, reply: Reply, asked: Sent) -> None:
        reply.head()
        reply.event(asked.sentence(SENTENCE, QUOTE))
        self.may_go_on.wait(WAITS)
        reply.event(asked.sentence(INVENTED, QUOTE))
        reply.raw(b"data: [DONE]\n\n")


@pytest.fixture(scope="module")
def running() -> Iterator[Stub]:
    with stub() as served_stub:
        yield served_stub


@pytest.fixture
def model(running: Stub) -> Iterator[Model]:
    running.asked.clear()
    made = Model(running)
    yield made
    made.may_go_on.set()


@pytest.fixture(scope="module")
def settings(running: Stub) -> dict[str, str]:
    return {"WENJU_LLM_BASE_URL": running.url, "WENJU_LLM_MODEL": "stub-model"}


@pytest.fixture(scope="module")
def server(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("surfaces")
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    store = folder / "store"
    with served(app("--mcp", store=store, docs=folder / "papers"), store=store, extra=settings) as up:
        yield up


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what was written, after checking that the answer is as it is described and stands by itself."""
    AnswerBody.model_validate(answer, strict=True)
    assert (answer["answer"], answer["citations"][0]["number"]) == ("22.2公里", 1)
    written: dict[str, Any] = answer["written"]
    sentences = [(one["text"], one["proved"]) for one in written["sentences"]]
    assert sentences == [(SENTENCE, True), (INVENTED, False)]
    return written


def test_programs_get_what_was_written_and_can_do_without(server: Served, model: Model) -> None:
    model.may_go_on.set()
    asked = Asked(QUESTION)
    for answer in (over_v1(server.url, asked), over_mcp(server.url, asked), over_completions(server.url, asked)):
        assert checked(answer)["problem"] is None

    assert len(model.stub.asked) == 3
    status, plain = posted(f"{server.url}/v1/ask", {"question": QUESTION, "llm": False})
    assert (status, "written" in plain, len(model.stub.asked)) == (200, False, 3)


def test_a_stream_brings_the_answer_while_the_model_still_rests(server: Served, model: Model) -> None:
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    request = urllib.request.Request(
        f"{server.url}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    text = ""
    with urllib.request.urlopen(request, timeout=WAITS) as response:
        for line in response:
            text += _content(line)
            if SENTENCE in text and not model.may_go_on.is_set():
                assert text.startswith("东埠区防洪墙全长22.2公里")
                assert text.index("> ") < text.index(SENTENCE)
                model.may_go_on.set()

    assert model.may_go_on.is_set()
    assert INVENTED not in text
    assert "1 句未经证实" in text


def _content(line: bytes) -> str:
    data = line.decode("utf-8").removeprefix("data: ").strip()
    if not data.startswith("{"):
        return ""
    return str(json.loads(data)["choices"][0]["delta"].get("content", ""))


def test_lines_and_json_of_the_command_line_have_what_was_written(
    server: Served, model: Model, settings: dict[str, str]
) -> None:
    model.may_go_on.set()
    store, environment = str(server.store), WITHOUT_MODELS | settings
    rows = "".join(json.dumps({"question": QUESTION, "llm": llm}) + "\n" for llm in (True, False))
    run = wenju(["ask", "--jsonl", "--store", store], typed=rows, settings=environment)
    with_it, without = (json.loads(line) for line in run.stdout.decode("utf-8").splitlines())

    assert [one["number"] for one in checked(with_it)["citations"]] == [2]
    assert ("written" in without, len(model.stub.asked)) == (False, 1)

    printed = wenju(["ask", QUESTION, "--store", store], settings=environment).stdout.decode("utf-8")
    assert f"\n{SENTENCE} [2]\n⟨{INVENTED}⟩ (unproved: a date is not in the quotation)\n" in printed


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
@pytest.mark.parametrize("command", ["ask", "chat"])
def test_a_terminal_shows_the_answer_while_the_model_still_rests(
    command: str, server: Served, model: Model, settings: dict[str, str], tmp_path: Path
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENJU_")}
    environment = {**kept, **WITHOUT_MODELS, **settings, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    environment |= {"TERM": "xterm-256color", "WENJU_STORE": str(server.store)}
    asked = [QUESTION] if command == "ask" else ["--language", "en"]
    terminal = Terminal(["-m", "qa", command, *asked], environment, folder=tmp_path)
    if command == "chat":
        terminal.wait_for("›")
        terminal.line(QUESTION)
    terminal.wait_for("22.2公里，总投资6.35亿元")
    terminal.wait_for(SENTENCE)
    assert not model.may_go_on.is_set()
    model.may_go_on.set()
    terminal.wait_for("(unproved: a date is not in the quotation)")
    if command == "chat":
        terminal.wait_for("›")
        terminal.line(":quit")

    assert terminal.end() == 0
    assert terminal.raw.count(SENTENCE) == 1
