"""An endpoint of a language model that is broken, slow, not there, or leads elsewhere.

The answer from the documents stands, what is wrong is said, the key and the documents go to the configured host alone,
and nobody waits beyond the limit.
"""

import json
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from llm_asking import QUOTE, SENTENCE, WAITS, ask
from llm_corpus import HURRIED, QUESTION, assistant_with_llm
from llm_stub import KEY, Asked, Reply, Stub, event

from qa.assistant import Assistant
from qa.types import WritingProblemCode as Code


def _slowly(reply: Reply, asked: Asked) -> None:
    reply.head()
    reply.event(asked.sentence(SENTENCE, QUOTE))
    while not reply.ending.wait(0.1):
        reply.event(" ")


def _silent(reply: Reply, asked: Asked) -> None:
    del asked
    reply.rest()


def _silent_after_the_head(reply: Reply, asked: Asked) -> None:
    del asked
    reply.head()
    reply.rest()


def _endlessly(reply: Reply, asked: Asked) -> None:
    reply.head()
    reply.event(asked.sentence(SENTENCE, QUOTE))
    while True:
        reply.event("a" * 1000)


def _endless_line(reply: Reply, asked: Asked) -> None:
    del asked
    reply.head()
    while True:
        reply.raw(b"data: " + b"a" * 1000)


def _endless_head(reply: Reply, asked: Asked) -> None:
    del asked
    reply.handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    while True:
        reply.raw(b"X-Long: " + b"a" * 1000 + b"\r\n")


def _breaks_off(reply: Reply, asked: Asked) -> None:
    reply.head(Content_Length="100000")
    reply.event(asked.sentence(SENTENCE, QUOTE))


def _hangs_up(reply: Reply, asked: Asked) -> None:
    del asked
    reply.handler.connection.shutdown(socket.SHUT_RDWR)


def _not_http(reply: Reply, asked: Asked) -> None:
    del asked
    reply.raw(b"\x00\x01 this is no HTTP\r\n\r\n")


def _status(status: int, kind: str = "application/json", **headers: str) -> Callable[[Reply, Asked], None]:
    def answer(reply: Reply, asked: Asked) -> None:
        reply.head(status, kind, **headers)
        # As some do: the key that was sent stands in the error.
        reply.raw(json.dumps({"error": {"message": f"bad key {asked.headers.get('Authorization')}"}}).encode())

    return answer


def _body(body: bytes, kind: str = "application/json", **headers: str) -> Callable[[Reply, Asked], None]:
    def answer(reply: Reply, asked: Asked) -> None:
        del asked
        reply.head(200, kind, **headers)
        reply.raw(body)

    return answer


BROKEN: dict[str, tuple[Callable[[Reply, Asked], None], Code, int | None]] = {
    "slow": (_slowly, Code.SLOW, None),
    "silent": (_silent, Code.SLOW, None),
    "silent after the head": (_silent_after_the_head, Code.SLOW, None),
    "endless": (_endlessly, Code.TOO_LONG, None),
    "an endless line": (_endless_line, Code.TOO_LONG, None),
    "an endless head": (_endless_head, Code.BROKEN_OFF, None),
    "breaks off": (_breaks_off, Code.BROKEN_OFF, None),
    "hangs up": (_hangs_up, Code.BROKEN_OFF, None),
    "no HTTP": (_not_http, Code.BROKEN_OFF, None),
    "400": (_status(400), Code.REFUSED, 400),
    "401": (_status(401), Code.UNAUTHORISED, 401),
    "403": (_status(403), Code.UNAUTHORISED, 403),
    "404": (_status(404), Code.NOT_FOUND, 404),
    "429": (_status(429, Retry_After="3600"), Code.QUOTA, 429),
    "500": (_status(500), Code.SERVER_ERROR, 500),
    "503": (_status(503), Code.SERVER_ERROR, 503),
    "204": (_status(204), Code.NOT_UNDERSTOOD, 204),
    "a redirect to another host": (
        _status(307, Location="http://evil.example/v1/chat/completions"), Code.REDIRECTED, 307,
    ),
    "a redirect to a file": (_status(302, Location="file:///etc/passwd"), Code.REDIRECTED, 302),
    "an error inside of the stream": (
        _body(b'data: {"error": {"message": "x"}}\n\n', "text/event-stream"), Code.SERVER_ERROR, None,
    ),
    "another API": (_body(b'{"output": [{"type": "message", "content": "x"}]}'), Code.NOT_UNDERSTOOD, None),
    "a page": (_body(b"<html><script>alert(1)</script></html>", "text/html"), Code.NOT_UNDERSTOOD, 200),
    "no JSON": (_body(b"data: not json\n\n", "text/event-stream"), Code.NOT_UNDERSTOOD, None),
    "a packed body": (
        _body(b"\x1f\x8b\x08" + b"\0" * 99, "text/event-stream", Content_Encoding="gzip"),
        Code.NOT_UNDERSTOOD, 200,
    ),
    "nothing": (_body(b"data: [DONE]\n\n", "text/event-stream"), Code.NOTHING_WRITTEN, None),
    "empty texts": (
        _body(event("") + event("  ") + b"data: [DONE]\n\n", "text/event-stream"), Code.NOTHING_WRITTEN, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_endpoint_leaves_the_answer_and_says_what_is_wrong(
    kind: str, writing: Assistant, hurried: Assistant, model: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    model.answer, code, status = BROKEN[kind]
    caplog.set_level(logging.DEBUG)

    _, written = ask(hurried, model, within=WAITS) if code is Code.SLOW else ask(writing, model)

    assert written.problem is not None
    assert (written.problem.code, written.problem.status) == (code, status)
    assert written.problem.problem.endswith(".")
    assert written.problem.remedy.endswith(".")
    assert KEY not in caplog.text
    kept = [sentence.proved for sentence in written.sentences]
    assert kept == ([True] if kind in ("slow", "endless", "breaks off") else [])


def test_what_was_written_before_the_end_of_time_is_kept(hurried: Assistant, model: Stub) -> None:
    model.answer = _slowly
    started = perf_counter()

    _, written = ask(hurried, model, within=WAITS)

    assert HURRIED["total_seconds"] <= perf_counter() - started < WAITS
    assert [sentence.text for sentence in written.sentences] == [SENTENCE]


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    opened = assistant_with_llm(tmp_path, f"http://127.0.0.1:{port}/v1")

    answer = opened.ask(QUESTION)

    assert answer.written is not None
    assert answer.written.problem is not None
    assert (answer.answer, answer.written.problem.code) == ("22.2公里", Code.UNREACHABLE)
    opened.close()


def test_a_host_that_is_there_but_accepts_nothing_is_waited_for_no_longer_than_the_limit(tmp_path: Path) -> None:
    """The queue of its listener is full: the system lets new connections wait."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(address)
            waiting.append(one)
        opened = assistant_with_llm(tmp_path, f"http://127.0.0.1:{address[1]}/v1", **HURRIED)
        opened.warm()
        started = perf_counter()
        answer = opened.ask(QUESTION)
        assert perf_counter() - started < WAITS
        assert answer.written is not None
        assert answer.written.problem is not None
        assert answer.written.problem.code == Code.SLOW
        opened.close()
        for one in waiting:
            one.close()


def test_proxies_of_the_environment_are_not_used(
    writing: Assistant, model: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.evil.example:3128")
    model.writes(lambda asked: asked.sentence(SENTENCE, QUOTE))

    assert ask(writing, model)[1].proved == 1


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(tmp_path: Path, model: Stub) -> None:
    """The stub speaks no TLS at all: the handshake fails before a key is sent."""
    opened = assistant_with_llm(tmp_path, model.url.replace("http:", "https:"))

    answer = opened.ask(QUESTION)

    assert answer.written is not None
    assert answer.written.problem is not None
    assert (answer.written.problem.code, model.asked) == (Code.UNREACHABLE, [])
    opened.close()


def test_an_endpoint_that_does_not_stream_is_read_too(writing: Assistant, model: Stub) -> None:
    def whole(reply: Reply, asked: Asked) -> None:
        reply.head(kind="application/json; charset=utf-8")
        content = asked.sentence(SENTENCE, QUOTE)
        reply.raw(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    model.answer = whole

    assert ask(writing, model)[1].proved == 1
