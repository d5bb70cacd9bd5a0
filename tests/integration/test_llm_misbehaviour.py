"""An assistant with a language model that behaves well, and in every way badly that we could think of.

Whatever it does, the answer from the documents stands, no unproved sentence is shown as proved, the key and the
documents go to the configured host alone, and nobody waits beyond the limit.
"""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from llm_corpus import HURRIED, PATIENT, QUESTION, assistant_with_llm
from llm_stub import KEY, Asked, Reply, Stub, event, only_to, said, stub

from qa.answer.render import answer_json
from qa.assistant import Assistant
from qa.config_llm import LlmSettings
from qa.errors import SettingsError
from qa.llm.problems import stopped_while_written
from qa.llm.proof import Draft, Source, prove
from qa.types import Answer, Stage, Unproved, Written
from qa.types import WritingProblemCode as Code

SENTENCE, QUOTE = "东埠区防洪墙的全长为22.2公里。", "东埠区防洪墙全长22.2公里"
WAITS = HURRIED["total_seconds"] + 1.5  # seconds: the limit, and what else an answer takes on a busy machine


@pytest.fixture(scope="module")
def served() -> Iterator[Stub]:
    with stub() as running:
        yield running


@pytest.fixture(scope="module")
def assistant(served: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = assistant_with_llm(tmp_path_factory.mktemp("llm"), served.url)
    opened.warm()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hurried(served: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = assistant_with_llm(tmp_path_factory.mktemp("llm"), served.url, **HURRIED)
    opened.warm()
    yield opened
    opened.close()


@pytest.fixture
def model(served: Stub) -> Stub:
    served.asked.clear()
    return served


def ask(assistant: Assistant, model: Stub, *, within: float = PATIENT["total_seconds"]) -> tuple[Answer, Written]:
    """Ask the one question; check what holds for every behaviour."""
    started = perf_counter()
    with only_to(model.port) as tried:
        answer = assistant.ask(QUESTION)
    assert perf_counter() - started < within
    assert (answer.answer, tried) == ("22.2公里", [])
    assert answer.written is not None
    shown = json.dumps(answer_json(answer), ensure_ascii=False) + repr(answer)
    assert KEY not in shown
    assert "Traceback" not in shown
    for citation in answer.all_citations:
        document = assistant.article(citation.document_id).document
        assert document.text[citation.span.start : citation.span.end] == citation.quote
    return answer, answer.written


def number_of(asked: Asked, quote: str) -> int:
    """Return the number under which a passage was given that holds a quotation."""
    return next(int(passage["passage"]) for passage in asked.passages if quote in passage["text"])


def answers(make: Callable[[Asked], str]) -> Callable[[Reply, Asked], None]:
    return lambda reply, asked: reply.stream([make(asked)])


def test_a_model_that_behaves_is_proved_and_cited(assistant: Assistant, model: Stub) -> None:
    """The first quotation is a part of the answer's own sentence and gets a number of its own; so does the second."""
    other = "东埠区图书馆新馆设阅览座位1860个"
    model.answer = answers(
        lambda asked: said(SENTENCE, (number_of(asked, QUOTE), QUOTE)) + said(other, (number_of(asked, other), other))
    )

    answer, written = ask(assistant, model)

    assert [(sentence.text, sentence.proved, sentence.citations) for sentence in written.sentences] == [
        (SENTENCE, True, (2,)), (other, True, (3,)),
    ]  # fmt: skip
    assert [(citation.number, citation.quote) for citation in written.citations] == [(2, QUOTE), (3, other)]
    assert (written.unproved, written.problem, len(answer.citations)) == (0, None, 1)
    request = model.asked[0]
    assert (request.path, request.headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert (request.body["stream"], request.body["model"], request.question) == (True, "stub-model", QUESTION)
    assert KEY not in json.dumps(request.body)


def test_a_quotation_that_the_answer_has_keeps_its_number(assistant: Assistant, model: Stub) -> None:
    whole = "东埠区防洪墙全长22.2公里，总投资6.35亿元。"
    model.answer = answers(lambda asked: said(SENTENCE, (number_of(asked, whole), whole)))

    _, written = ask(assistant, model)

    assert (written.sentences[0].citations, written.citations) == ((1,), ())


INVENTED = {
    "an invented quotation": (SENTENCE, "东埠区防洪墙全长22.2公里长", Unproved.NOT_IN_SOURCE),
    "a quotation with one character altered": (SENTENCE, "东埠区防洪墙全长22.3公里", Unproved.NOT_IN_SOURCE),
    "a wrong number": ("东埠区防洪墙全长32.2公里。", QUOTE, Unproved.NUMBER),
    "a wrong unit of number": ("东埠区防洪墙全长22.2万公里。", QUOTE, Unproved.NUMBER),
    "a wrong name": ("东埠区防洪墙由赵国强建设，全长22.2公里。", QUOTE, Unproved.NAME),
    "a wrong place": ("南京市防洪墙全长22.2公里。", QUOTE, Unproved.NAME),
    "a wrong date": (
        "副市长韩佩文表示，东埠区防洪墙于2021年9月4日开始修建。",
        "副市长韩佩文表示，东埠区防洪墙于2021年9月3日开始修建",
        Unproved.DATE,
    ),
    "a negation taken out": ("东埠区防洪墙包括西段。", "东埠区防洪墙不包括西段。", Unproved.NEGATION),
    "a negation put in": ("东埠区防洪墙全长不是22.2公里。", QUOTE, Unproved.NEGATION),
    "a comparison turned round": ("投入工人不足三百名。", "投入工人超过三百名。", Unproved.NEGATION),
    "a claim added": ("东埠区防洪墙全长22.2公里，全国最长。", QUOTE, Unproved.WORDS),
    "words added": ("东埠区防洪墙全长22.2公里，质量堪忧。", QUOTE, Unproved.WORDS),
    "markup": ("<script>alert(1)</script>东埠区防洪墙全长22.2公里。", QUOTE, Unproved.NUMBER),
    "a link": ("[东埠区防洪墙](http://evil.example)全长22.2公里。", QUOTE, Unproved.WORDS),
    "a said thing as a fact": (
        "东埠区防洪墙于2021年9月3日开始修建。",
        "东埠区防洪墙于2021年9月3日开始修建",
        Unproved.SCOPE,
    ),
    "whom it holds of left out": ("总投资6.35亿元。", "总投资6.35亿元", Unproved.SUBJECT),
    "half a number": ("东埠区防洪墙全长2公里。", "东埠区防洪墙全长22", Unproved.CUT),
    "a question": ("东埠区防洪墙全长22.2公里？", QUOTE, Unproved.FORM),
}


@pytest.mark.parametrize("kind", INVENTED)
def test_a_sentence_that_its_quotation_does_not_prove_is_told_apart(
    kind: str, assistant: Assistant, model: Stub
) -> None:
    text, quote, reason = INVENTED[kind]
    model.answer = answers(
        lambda asked: (
            said(text, (next((int(p["passage"]) for p in asked.passages if quote in p["text"]), 1), quote))
            + said(SENTENCE, (number_of(asked, QUOTE), QUOTE))
        )
    )

    _, written = ask(assistant, model)

    assert [(sentence.proved, sentence.reason) for sentence in written.sentences] == [(False, reason), (True, None)]
    assert (written.sentences[0].citations, written.unproved) == ((), 1)


def test_a_quotation_of_another_article_proves_nothing(assistant: Assistant, model: Stub) -> None:
    model.answer = answers(lambda asked: said(SENTENCE, (number_of(asked, "1860"), QUOTE)))

    assert [sentence.reason for sentence in ask(assistant, model)[1].sentences] == [Unproved.OTHER_PASSAGE]


def test_sentences_without_quotations_or_in_prose_are_unproved(assistant: Assistant, model: Stub) -> None:
    model.says(said(SENTENCE))
    assert [sentence.reason for sentence in ask(assistant, model)[1].sentences] == [Unproved.NO_QUOTATION]

    model.says("东埠区防洪墙全长22.2公里[1]。", "这是事实。")
    assert [sentence.reason for sentence in ask(assistant, model)[1].sentences] == [Unproved.NO_QUOTATION] * 2


def _slowly(reply: Reply, asked: Asked) -> None:
    reply.head()
    reply.event(said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))
    for _ in range(100):
        reply.event(" ")
        time.sleep(0.1)


def _silent(reply: Reply, asked: Asked) -> None:
    del reply, asked
    time.sleep(4)


def _silent_after_the_head(reply: Reply, asked: Asked) -> None:
    del asked
    reply.head()
    time.sleep(4)


def _endlessly(reply: Reply, asked: Asked) -> None:
    reply.head()
    reply.event(said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))
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
    reply.event(said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))


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
    kind: str, assistant: Assistant, hurried: Assistant, model: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    model.answer, code, status = BROKEN[kind]
    caplog.set_level(logging.DEBUG)

    _, written = ask(hurried, model, within=WAITS) if code is Code.SLOW else ask(assistant, model)

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
    assistant: Assistant, model: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.evil.example:3128")
    model.answer = answers(lambda asked: said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))

    assert ask(assistant, model)[1].proved == 1


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(
    tmp_path: Path, assistant: Assistant, model: Stub
) -> None:
    """The stub speaks no TLS at all: the handshake fails before a key is sent."""
    del assistant
    opened = assistant_with_llm(tmp_path, model.url.replace("http:", "https:"))

    answer = opened.ask(QUESTION)

    assert answer.written is not None
    assert answer.written.problem is not None
    assert (answer.written.problem.code, model.asked) == (Code.UNREACHABLE, [])
    opened.close()


def test_sentences_are_told_as_they_arrive_in_pieces_that_cut_characters(assistant: Assistant, model: Stub) -> None:
    def bytewise(reply: Reply, asked: Asked) -> None:
        reply.head()
        first = event(said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))
        for at in range(0, len(first), 5):
            reply.raw(first[at : at + 5])
        came.wait(5)
        reply.event(said("编造的一句。", (1, "编造")))

    came = threading.Event()
    so_far: list[tuple[int, int]] = []
    stages: list[Stage] = []
    model.answer = bytewise

    def note(answer: Answer) -> None:
        assert (answer.answer, answer.citations[0].number, answer.written is None) == ("22.2公里", 1, False)
        written = answer.written or Written("")
        if (written.proved, written.unproved) not in so_far:
            so_far.append((written.proved, written.unproved))
        if written.proved:
            came.set()

    answer = assistant.ask(QUESTION, told=stages.append, so_far=note)

    assert so_far == [(0, 0), (1, 0), (1, 1)]
    assert stages == [Stage.SEARCHING, Stage.READING, Stage.PROVING, Stage.WRITING]
    assert answer.timings_ms["total"] >= answer.timings_ms["write"] > 0


def test_whoever_is_told_can_stop_it_and_the_endpoint_is_hung_up_on(assistant: Assistant, model: Stub) -> None:
    class Stopped(BaseException):
        """Somebody pressed stop."""

    gone = threading.Event()

    def goes_on(reply: Reply, asked: Asked) -> None:
        try:
            reply.head()
            reply.event(said(SENTENCE, (number_of(asked, QUOTE), QUOTE)))
            for _ in range(200):
                time.sleep(0.02)
                reply.event(" ")
        except OSError:
            gone.set()

    def stop(answer: Answer) -> None:
        if answer.written is not None and answer.written.sentences:
            raise Stopped

    model.answer = goes_on
    with pytest.raises(Stopped):
        assistant.ask(QUESTION, so_far=stop)
    assert gone.wait(3)


def test_a_model_that_says_nothing_can_be_stopped_at_once(assistant: Assistant, model: Stub) -> None:
    """Whoever waits is asked at every beat whether it still wants to; the answer was there before."""

    class Stopped(BaseException):
        """Somebody pressed stop."""

    told: list[Answer] = []

    def stop_later(answer: Answer) -> None:
        told.append(answer)
        if len(told) == 3:
            raise Stopped

    model.answer = lambda reply, asked: model.ending.wait(PATIENT["total_seconds"]) and None
    started = perf_counter()
    with pytest.raises(Stopped):
        assistant.ask(QUESTION, so_far=stop_later)

    assert perf_counter() - started < PATIENT["first_seconds"] / 2
    assert told[0] is told[1] is told[2]
    kept = stopped_while_written(told[2])
    assert kept.written is not None
    assert kept.written.problem is not None
    assert (kept.answer, kept.written.sentences, kept.written.problem.code) == ("22.2公里", (), Code.STOPPED)


def test_where_the_documents_do_not_say_the_model_is_not_asked(assistant: Assistant, model: Stub) -> None:
    """Neither where nothing fits nor where the guard found another name: a model must not talk over a silence."""
    model.says(said(SENTENCE, (1, QUOTE)))

    for question in ("西宁区动物园的熊猫叫什么名字?", "西宁区防洪墙全长多少公里?"):
        answer = assistant.ask(question)
        assert (answer.abstained, answer.written) == (True, None)
    assert model.asked == []


def test_without_a_model_or_switched_off_for_a_question_nothing_is_asked_and_the_json_has_no_key(
    tmp_path: Path, assistant: Assistant, model: Stub
) -> None:
    plain = answer_json(assistant.ask(QUESTION, llm=False))
    assert ("written" in plain, model.asked) == (False, [])

    with_none = Assistant.open(tmp_path / "store", create=True, llm=LlmSettings())
    assert (with_none.status().llm, assistant.status().llm) == ("", f"stub-model at 127.0.0.1:{model.port}")
    with_none.close()


def test_an_endpoint_that_does_not_stream_is_read_too(assistant: Assistant, model: Stub) -> None:
    def whole(reply: Reply, asked: Asked) -> None:
        reply.head(kind="application/json; charset=utf-8")
        content = said(SENTENCE, (number_of(asked, QUOTE), QUOTE))
        reply.raw(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    model.answer = whole

    assert ask(assistant, model)[1].proved == 1


def test_certificates_that_are_not_there_are_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no file .*missing.pem.* Correct llm.ca_file"):
        assistant_with_llm(tmp_path, "https://127.0.0.1:1/v1", ca_file=tmp_path / "missing.pem")


def test_the_key_stands_in_no_repr() -> None:
    settings = LlmSettings(base_url="https://a.example/v1", model="m", api_key=KEY)  # type: ignore[arg-type]

    assert KEY not in repr(settings) + str(settings) + str(settings.model_dump()) + settings.model_dump_json()


def test_passages_that_the_guard_would_not_let_answer_are_not_given(tmp_path: Path, model: Stub) -> None:
    """The wall of another district is found as well, but what it has is true of that district."""
    papers = {
        "east.txt": "东埠区防洪墙加固\n\n东埠区防洪墙全长22.2公里。\n",
        "west.txt": "西林区防洪墙加固\n\n西林区防洪墙全长18公里。\n",
    }
    opened = assistant_with_llm(tmp_path, model.url, papers=papers)
    model.says("")

    answer = opened.ask(QUESTION)

    assert {hit.article.document_id for hit in answer.hits} == {"east.txt", "west.txt"}
    assert [passage["text"] for passage in model.asked[0].passages] == ["东埠区防洪墙全长22.2公里。"]
    opened.close()


def test_proof_is_a_function_of_what_it_is_given(assistant: Assistant) -> None:
    """The same sentence and passages give the same proof, twice and with the passages in another order."""
    hits = assistant.search(QUESTION)
    sources = [Source(number, hit.passage, hit.article) for number, hit in enumerate(hits, start=1)]
    number = next(source.number for source in sources if QUOTE in source.passage.text)
    draft = Draft(SENTENCE, ((number, QUOTE),))

    first = prove(draft, sources)

    assert first.reason is None
    assert first == prove(draft, sources) == prove(draft, sources[::-1])
