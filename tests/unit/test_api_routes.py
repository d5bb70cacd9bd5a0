"""The plain routes: bodies as OpenAPI says, one shape for every error, counts without a word of anybody."""

import asyncio
import json
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from api_client import QUESTION, Answering, client_of, problem, services_over
from starlette.testclient import TestClient
from web_fakes import ANSWERED, BRIDGE_HITS, BRIDGE_SENTENCE, PLAIN, UNSAID, WRITTEN_ANSWER, FakeAssistant

from qa.answer.render import answer_json, hit_json
from qa.errors import StoreError
from qa.types import Status
from qa.web.answering import GoneError, Told
from qa.web.api.application import api_application
from qa.web.api.bodies import AnswerBody, ArticleBody, DocumentsBody, HealthBody, HitsBody, StatusBody
from qa.web.api.calls import submit_question
from qa.web.api.requests import AskRequest

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(services_over())


def test_the_body_of_an_answer_is_the_public_json(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": ANSWERED.question})

    assert (response.status_code, response.json()) == (200, answer_json(ANSWERED))
    AnswerBody.model_validate(response.json(), strict=True)


def test_what_a_language_model_wrote_is_there_only_where_one_was_asked(client: TestClient) -> None:
    asked = {"question": WRITTEN_ANSWER.question}
    written = client.post("/v1/ask", json=asked).json()
    without = client.post("/v1/ask", json={**asked, "llm": False}).json()

    assert written == answer_json(WRITTEN_ANSWER)
    AnswerBody.model_validate(written, strict=True)
    assert without == answer_json(replace(WRITTEN_ANSWER, written=None))
    assert problem(client.post("/v1/ask", json={**asked, "llm": 1})) == (422, "wrong_type")


def test_the_field_of_a_language_model_is_described_as_one_that_may_be_missing_and_is_never_null(
    client: TestClient,
) -> None:
    described = client.get("/openapi.json").json()["components"]["schemas"]["AnswerBody"]

    assert "written" not in described["required"]
    assert described["properties"]["written"]["$ref"] == "#/components/schemas/WrittenBody"
    assert {"anyOf", "default"} & set(described["properties"]["written"]) == set()


def test_a_rated_answer_keeps_what_a_language_model_wrote() -> None:
    services = services_over()
    client, rated = client_of(services), answer_json(WRITTEN_ANSWER)
    sent = {"question": WRITTEN_ANSWER.question, "rating": 1, "answer": rated}

    assert client.post("/v1/feedback", json=sent).status_code == 200
    (kept,) = services.conversations.feedback()
    assert kept.turn.answer is not None
    assert answer_json(kept.turn.answer) == rated
    assert problem(client.post("/v1/feedback", json={**sent, "answer": {**rated, "written": None}}))[0] == 422


def test_silence_is_an_answer(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": UNSAID.question, "top_k": 1}).json()

    assert (body["abstained"], body["answer"], body["reason"], len(body["hits"])) == (True, None, UNSAID.reason, 1)
    AnswerBody.model_validate(body, strict=True)


def test_history_and_filters_reach_the_assistant() -> None:
    assistant = FakeAssistant()
    asked = {"question": "那桥呢？", "history": ["石桥？"], "filters": {"publisher": "晚报", "since": "2021"}}
    body = client_of(services_over(assistant)).post("/v1/ask", json=asked).json()

    assert (body["searched_for"], assistant.histories) == ("石桥？ 那桥呢？", [["石桥？"]])
    assert (assistant.filters[0].publishers, assistant.filters[0].since) == (("晚报",), "2021-01-01")


def test_of_a_long_document_what_stands_around_a_place_can_be_had(client: TestClient) -> None:
    place = {"start": 28, "end": 50, "around": 5}
    near = client.get(f"/v1/articles/{PLAIN.id}", params=place).json()
    from_the_beginning = client.get(f"/v1/articles/{PLAIN.id}", params={"around": 7}).json()

    assert (near["text"], near["text_start"], near["characters"]) == (PLAIN.text[23:55], 23, len(PLAIN.text))
    assert near["text"][28 - 23 : 50 - 23] == near["quote"] == BRIDGE_SENTENCE
    assert (from_the_beginning["text"], from_the_beginning["text_start"]) == (PLAIN.text[:7], 0)


def test_the_other_bodies_are_as_they_are_described(client: TestClient) -> None:
    found = client.post("/v1/search", json={"query": "石料", "top_k": 2}).json()
    opened = client.get(f"/v1/articles/{PLAIN.id}", params={"start": 28, "end": 50}).json()
    listed = client.get("/v1/documents", params={"offset": 1, "limit": 5}).json()
    status = client.get("/v1/status").json()

    HitsBody.model_validate(found, strict=True)
    assert found == {"query": "石料", "hits": [hit_json(hit) for hit in BRIDGE_HITS]}
    ArticleBody.model_validate(opened, strict=True)
    assert (opened["quote"], opened["text"], opened["text_start"]) == (BRIDGE_SENTENCE, PLAIN.text, 0)
    DocumentsBody.model_validate(listed, strict=True)
    assert (listed["total"], [one["source"] for one in listed["documents"]]) == (2, ["<b>恶意</b>&.txt"])
    StatusBody.model_validate(status, strict=True)
    assert "/somewhere" not in json.dumps(status), "no folder of this machine goes over the network"


BAD_BODIES: list[tuple[bytes | str, int, str]] = [
    ("", 400, "not_json"),
    ("{", 400, "not_json"),
    (b"\xff\xfe", 400, "not_json"),
    ('{"question": NaN}', 400, "not_json"),
    ('{"question": "x", "top_k": Infinity}', 400, "not_json"),
    ("[" * 100_000, 400, "not_json"),
    ('{"top_k": ' + "9" * 5000 + "}", 400, "not_json"),
    ("null", 422, "wrong_type"),
    ("[]", 422, "wrong_type"),
    ('"question"', 422, "wrong_type"),
    ("{}", 422, "missing_field"),
    ('{"question": null}', 422, "wrong_type"),
    ('{"question": ["x"]}', 422, "wrong_type"),
    ('{"question": "\\ud800"}', 422, "wrong_type"),
    ('{"question": " \\n"}', 422, "question_empty"),
    (json.dumps({"question": "长" * 20_000}), 422, "question_too_long"),
    ('{"question": "x", "questions": []}', 422, "unknown_field"),
    ('{"question": "x", "history": "earlier"}', 422, "wrong_type"),
    ('{"question": "x", "history": [1]}', 422, "wrong_type"),
    (json.dumps({"question": "x", "history": ["y"] * 101}), 422, "out_of_range"),
    ('{"question": "x", "top_k": 0}', 422, "out_of_range"),
    ('{"question": "x", "top_k": 101}', 422, "out_of_range"),
    ('{"question": "x", "top_k": 2.5}', 422, "wrong_type"),
    ('{"question": "x", "top_k": 1e999}', 422, "wrong_type"),
    ('{"question": "x", "top_k": true}', 422, "wrong_type"),
    ('{"question": "x", "top_k": "8"}', 422, "wrong_type"),
    ('{"question": "x", "filters": []}', 422, "filter_invalid"),
    ('{"question": "x", "filters": {"publishers": "y"}}', 422, "filter_invalid"),
    ('{"question": "x", "filters": {"since": "2021-13"}}', 422, "filter_invalid"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_BODIES)
def test_a_bad_body_gets_its_code(client: TestClient, body: bytes | str, status: int, code: str) -> None:
    assert problem(client.post("/v1/ask", content=body, headers=JSON)) == (status, code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_foreign_page_could_send_without_asking_is_refused(client: TestClient, kind: str) -> None:
    """Browsers send these across origins without a preflight."""
    response = client.post("/v1/ask", content=json.dumps({"question": QUESTION}), headers={"content-type": kind})

    assert problem(response) == (415, "wrong_content_type")


BAD_CALLS: list[tuple[str, str, int, str]] = [
    ("GET", "/v1/ask", 405, "wrong_method"),
    ("DELETE", "/v1/articles/x", 405, "wrong_method"),
    ("GET", "/v1/nothing", 404, "unknown_route"),
    ("GET", "/docs/other.js", 404, "unknown_route"),
    ("GET", "/v1/articles/nowhere.txt", 404, "document_missing"),
    ("GET", "/v1/articles/..%2F..%2Fetc%2Fpasswd", 404, "document_missing"),
    ("GET", "/v1/articles/x?start=5", 422, "span_invalid"),
    ("GET", "/v1/articles/x?start=-1&end=5", 422, "out_of_range"),
    ("GET", "/v1/articles/x?start=a&end=b", 422, "wrong_type"),
    ("GET", "/v1/articles/x?from=1", 422, "unknown_field"),
    ("GET", "/v1/documents?limit=0", 422, "out_of_range"),
    ("GET", "/v1/documents?limit=1001", 422, "out_of_range"),
    ("GET", "/v1/documents?offset=" + "9" * 5000, 422, "wrong_type"),
    ("GET", "/v1/documents?collection=none", 404, "collection_missing"),
    ("GET", "/v1/documents?page=2", 422, "unknown_field"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), BAD_CALLS)
def test_a_bad_call_gets_its_code(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    assert problem(client.request(method, path)) == (status, code)


def test_a_wrong_method_names_the_right_one_and_a_large_body_is_refused_unread(client: TestClient) -> None:
    assert client.put("/v1/ask").headers["allow"] == "POST"
    assert problem(client.post("/v1/ask", content=b" " * 1_000_001, headers=JSON)) == (413, "body_too_large")


def test_every_response_keeps_the_posture_of_the_guard(client: TestClient) -> None:
    """Also an error's, and also when a foreign page asks."""
    for response in (
        client.get("/v1/status", headers={"origin": "https://evil.example"}),
        client.get("/v1/nothing"),
        client.post("/v1/ask", content="{", headers=JSON),
        client.options("/v1/ask", headers={"origin": "https://evil.example", "access-control-request-method": "POST"}),
    ):
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert not [name for name in response.headers if name.startswith("access-control")]


class _Broken(FakeAssistant):
    """Fails as no assistant should, and has no store."""

    def ask(self, *_: object, **__: object) -> Any:  # noqa: ANN401
        raise ZeroDivisionError("a secret of the inside")

    def status(self) -> Status:
        raise StoreError("The store is gone.", "Index a folder first.")


def test_a_mistake_of_ours_is_said_without_its_story() -> None:
    response = client_of(services_over(_Broken())).post("/v1/ask", json={"question": QUESTION})

    assert problem(response) == (500, "internal")
    assert "secret" not in response.text


def test_health_tells_a_store_that_is_gone_and_metrics_go_on() -> None:
    well, ill = client_of(services_over()), client_of(services_over(_Broken()))

    HealthBody.model_validate(well.get("/healthz").json(), strict=True)
    assert well.get("/healthz").json()["generation"] == 3
    assert problem(ill.get("/healthz")) == (503, "store_unusable")
    assert "wenju_store_readable 0.0" in ill.get("/metrics").text


def test_metrics_count_requests_answers_and_the_store_and_repeat_nobody() -> None:
    client = client_of(services_over())
    for question in (QUESTION, "桥上的猫叫什么？", " ", "长" * 3000):
        client.post("/v1/ask", json={"question": question})
    client.get(f"/v1/articles/{PLAIN.id}")
    client.request("BREW", "/v1/ask")
    text = client.get("/metrics").text

    assert 'wenju_http_requests_total{method="POST",route="/v1/ask",status="200"} 2.0' in text
    assert 'wenju_http_requests_total{method="POST",route="/v1/ask",status="422"} 2.0' in text
    assert 'wenju_http_requests_total{method="GET",route="/v1/articles/{source:path}",status="200"} 1.0' in text
    assert 'method="other"' in text
    assert 'wenju_answers_total{outcome="answered",surface="v1"} 1.0' in text
    assert 'wenju_answers_total{outcome="abstained",surface="v1"} 1.0' in text
    assert 'wenju_answers_total{outcome="question_too_long",surface="v1"} 1.0' in text
    assert 'wenju_stage_seconds_count{stage="total"} 2.0' in text
    assert 'wenju_store{what="passages"} 4.0' in text
    assert not any(word in text for word in ("石", "猫", ".txt", "BREW"))


class _Waits(FakeAssistant):
    """Answers when it is let go on, and tells a stage before."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def ask(self, question: str, *, told: Told | None = None, **rest: Any) -> Any:  # noqa: ANN401
        self.go_on.wait(10)
        return super().ask(question, told=told, **rest)


def test_one_too_many_is_told_to_come_back() -> None:
    assistant = _Waits()
    services = services_over(assistant, answering=Answering(at_once=1, waiting=1))
    before = [submit_question(services, AskRequest(question=QUESTION), surface="v1") for _ in range(2)]
    turned_away = client_of(services).post("/v1/ask", json={"question": QUESTION})
    assistant.go_on.set()

    assert problem(turned_away) == (503, "too_many_waiting")
    assert int(turned_away.headers["retry-after"]) > 0
    assert [pending.future.result().answer for pending in before] == ["287块", "287块"]
    assert client_of(services).post("/v1/ask", json={"question": QUESTION}).status_code == 200


def test_a_client_that_goes_away_ends_its_question() -> None:
    """The one under way at its next stage, the one that waits at once."""
    assistant = _Waits()
    services = services_over(assistant, answering=Answering(at_once=1, waiting=5))
    under_way, waits = (submit_question(services, AskRequest(question=QUESTION), surface="v1") for _ in range(2))
    while not under_way.future.running():
        time.sleep(0.01)
    under_way.leave()
    waits.leave()
    assistant.go_on.set()

    with pytest.raises(GoneError):
        under_way.future.result(10)
    assert waits.future.cancelled()
    assert services.answering.unfinished == 0


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/chat/completions"])
def test_a_closed_connection_ends_the_question_that_it_asked(path: str) -> None:
    """Over ASGI, as a server tells it: the answer is never finished, and nobody waits any more."""
    assistant = _Waits()
    services = services_over(assistant, answering=Answering(at_once=1, waiting=0))
    body = json.dumps({"question": QUESTION} if path == "/v1/ask" else {"messages": [{"role": "user", "content": "?"}]})
    incoming = [{"type": "http.request", "body": body.encode("utf-8")}, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return incoming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    sent: list[dict[str, Any]] = []
    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b""}
    asyncio.run(api_application(services)(scope, receive, send))
    assistant.go_on.set()
    services.answering.close()

    assert sent[0]["status"] == 499
    assert b"client_gone" in sent[1]["body"]
    surface = "v1" if path == "/v1/ask" else "completions"
    for _ in range(100):
        if services.answering.unfinished == 0:
            break
        time.sleep(0.02)
    counted = services.metrics.text(assistant, services.answering).decode("utf-8")
    assert f'wenju_answers_total{{outcome="client_gone",surface="{surface}"}} 1.0' in counted


def test_feedback_is_kept_with_the_answer_just_as_it_was_received() -> None:
    services = services_over()
    client = client_of(services)
    answer = client.post("/v1/ask", json={"question": QUESTION, "history": ["石桥？"]}).json()
    given = {"question": QUESTION, "history": ["石桥？"], "answer": answer, "rating": -1, "note": "不对。"}
    reply = client.post("/v1/feedback", json=given)

    assert reply.json()["kept"] is True
    (kept,) = services.conversations.feedback()
    assert (kept.history, kept.turn.question, kept.turn.rating, kept.turn.note) == (("石桥？",), QUESTION, -1, "不对。")
    assert kept.turn.answer is not None
    assert answer_json(kept.turn.answer) == answer


def test_feedback_with_the_generation_alone_keeps_the_same_answer() -> None:
    services = services_over()
    client_of(services).post("/v1/feedback", json={"question": ANSWERED.question, "generation": 3, "rating": 1})

    (kept,) = services.conversations.feedback()
    assert kept.turn.answer is not None
    assert answer_json(kept.turn.answer) == answer_json(ANSWERED)
    assert kept.history == ()


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"rating": 2, "generation": 3}, 422, "out_of_range"),
        ({"rating": "1", "generation": 3}, 422, "wrong_type"),
        ({"rating": 1}, 422, "missing_field"),
        ({"generation": 3}, 422, "missing_field"),
        ({"rating": 1, "generation": 2}, 409, "answer_changed"),
        ({"rating": 1, "generation": 3, "note": "x" * 2001}, 422, "out_of_range"),
        ({"rating": 1, "answer": {"question": "x"}}, 422, "missing_field"),
        ({"rating": 1, "answer": answer_json(UNSAID)}, 422, "out_of_range"),
        ({"rating": 1, "answer": {**answer_json(ANSWERED), "confidence": 2}}, 422, "out_of_range"),
        ({"rating": 1, "answer": {**answer_json(ANSWERED), "question": QUESTION, "answer": None}}, 422, "out_of_range"),
    ],
)
def test_feedback_on_nothing_is_refused(client: TestClient, given: dict[str, Any], status: int, code: str) -> None:
    assert problem(client.post("/v1/feedback", json={"question": QUESTION, **given})) == (status, code)
