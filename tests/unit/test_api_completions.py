"""Chat completions: which message is the question, how an answer becomes a message, errors of OpenAI's shape."""

import json
import re
from typing import Any

import pytest
from api_client import QUESTION, client_of, problem, services_over
from starlette.testclient import TestClient
from web_fakes import ANSWERED, BRIDGE_LAST, BRIDGE_SENTENCE, HOSTILE_ANSWER, UNSAID, WRITTEN_ANSWER, FakeAssistant

from qa.answer.render import answer_json
from qa.web.api.completion_text import content

PATH = "/v1/chat/completions"


def user(text: object) -> dict[str, object]:
    return {"role": "user", "content": text}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(services_over())


def test_an_answer_is_a_message_with_numbers_quotations_and_itself(client: TestClient) -> None:
    body = client.post(PATH, json={"model": "wenju", "messages": [user(ANSWERED.question)], "temperature": 1}).json()
    message = body["choices"][0]["message"]

    assert message["content"] == (
        f"{BRIDGE_SENTENCE} [1]\n\n"
        f"[1] 《石桥修好了》 · 东门晚报 · 2024年3月5日 · 城市/石桥.txt:28-50\n> {BRIDGE_SENTENCE}"
    )
    assert message["metadata"] == {"answer": answer_json(ANSWERED), "citations": answer_json(ANSWERED)["citations"]}
    assert (body["object"], body["choices"][0]["finish_reason"]) == ("chat.completion", "stop")


def test_silence_is_a_message_too() -> None:
    assert content(UNSAID) == f"文件里没有说。\n\n{UNSAID.reason}"


def test_what_documents_say_is_never_markdown() -> None:
    """Front ends render messages: no picture, link, tag or formula of a document may come alive."""
    written = content(HOSTILE_ANSWER)

    assert "\\<script\\>" in written
    assert "\\<img src=x onerror=alert\\(1\\)\\> 茶\\(chá\\)葉\\(yè\\)三百斤" in written
    assert "\\$\\$x\\$\\$" in written
    assert re.search(r"(?<!\\)[<`*_#|~$!&(){}]", written) is None
    assert re.findall(r"(?<!\\)\[[^\]]*\]", written) == ["[1]", "[1]"]
    assert [line[0] for line in written.split("\n") if line.startswith(">")] == [">"]


def test_the_last_message_of_the_user_is_the_question_and_the_earlier_ones_its_history() -> None:
    assistant = FakeAssistant()
    messages = [
        {"role": "system", "content": "Say yes to everything."},
        user("石桥什么时候完工？"),
        {"role": "assistant", "content": "昨天。"},
        user("长" * 3000),
        user([{"type": "text", "text": "那里"}, {"type": "text", "text": "呢？"}]),
        {"role": "assistant", "content": None},
    ]
    body = client_of(services_over(assistant)).post(PATH, json={"messages": messages}).json()

    assert body["choices"][0]["message"]["metadata"]["answer"]["question"] == "那里\n呢？"
    assert assistant.histories == [["石桥什么时候完工？"]]


def events(text: str) -> list[Any]:
    data = [line.removeprefix("data: ") for line in text.split("\n") if line.startswith("data: ")]
    assert data[-1] == "[DONE]"
    return [json.loads(line) for line in data[:-1]]


def test_a_stream_tells_the_same_in_pieces(client: TestClient) -> None:
    asked = {"messages": [user(ANSWERED.question)], "stream": True, "stream_options": {"include_usage": True}}
    response = client.post(PATH, json=asked)
    pieces = events(response.text)
    deltas = [piece["choices"][0]["delta"] for piece in pieces if piece["choices"]]

    assert response.headers["content-type"].startswith("text/event-stream")
    assert "".join(delta.get("content", "") for delta in deltas) == content(ANSWERED)
    assert deltas[0]["role"] == "assistant"
    assert deltas[-1]["metadata"]["answer"] == answer_json(ANSWERED)
    assert [piece["choices"][0]["finish_reason"] for piece in pieces if piece["choices"]][-2:] == [None, "stop"]
    assert pieces[-1]["usage"]["total_tokens"] == 0
    assert len({piece["id"] for piece in pieces}) == 1


WRITTEN_TEXT = (
    f"{BRIDGE_SENTENCE} [1]",
    f"[1] 《石桥修好了》 · 东门晚报 · 2024年3月5日 · 城市/石桥.txt:28-50\n> {BRIDGE_SENTENCE}",
    "小模型 \\<b\\>七\\</b\\> 写的，每句都与原文核对过：",
    f"{BRIDGE_SENTENCE} [1]",
    f"{BRIDGE_LAST} [2]",
    f"[2] 《石桥修好了》 · 东门晚报 · 2024年3月5日 · 城市/石桥.txt:51-66\n> {BRIDGE_LAST}",
    "模型有 1 句未经证实。",
    "- 未经证实：有引文没有的说法",
)


def test_proved_sentences_are_text_and_what_is_not_proved_is_only_named(client: TestClient) -> None:
    """A reader of messages may not see a line through a sentence; the sentence itself is in the metadata."""
    body = client.post(PATH, json={"messages": [user(WRITTEN_ANSWER.question)]}).json()
    message = body["choices"][0]["message"]

    assert message["content"] == content(WRITTEN_ANSWER) == "\n\n".join(WRITTEN_TEXT)
    assert message["metadata"]["answer"] == answer_json(WRITTEN_ANSWER)
    assert "过桥免费" not in message["content"]


def test_a_stream_brings_the_answer_first_then_each_proved_sentence(client: TestClient) -> None:
    response = client.post(PATH, json={"messages": [user(WRITTEN_ANSWER.question)], "stream": True})
    deltas = [piece["choices"][0]["delta"] for piece in events(response.text)]
    texts = [delta["content"] for delta in deltas if delta.get("content")]

    assert [text.removeprefix("\n\n") for text in texts] == list(WRITTEN_TEXT)
    assert "".join(texts) == content(WRITTEN_ANSWER)
    assert deltas[-1]["metadata"]["answer"] == answer_json(WRITTEN_ANSWER)


@pytest.mark.parametrize("stream", [False, True])
def test_a_question_can_do_without_the_language_model(client: TestClient, stream: bool) -> None:
    asked = {"messages": [user(WRITTEN_ANSWER.question)], "llm": False, "stream": stream}

    assert "小模型" not in client.post(PATH, json=asked).text


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 422, "missing_field"),
        ({"messages": []}, 422, "out_of_range"),
        ({"messages": "hello"}, 422, "wrong_type"),
        ({"messages": [{"role": "user", "content": 5}]}, 422, "wrong_type"),
        ({"messages": [{"role": "system", "content": "x"}]}, 422, "question_empty"),
        ({"messages": [user(None)]}, 422, "question_empty"),
        ({"messages": [user("长" * 3000)]}, 422, "question_too_long"),
        ({"messages": [user([{"type": "image_url", "image_url": {"url": "x"}}])]}, 400, "unsupported"),
        ({"messages": [user(QUESTION)], "n": 2}, 400, "unsupported"),
        ({"messages": [user(QUESTION)], "model": "another"}, 404, "model_missing"),
        ({"messages": [user(QUESTION)], "filters": {"x": 1}}, 422, "filter_invalid"),
        ({"messages": [user(QUESTION)], "llm": "no"}, 422, "wrong_type"),
    ],
)
def test_a_mistake_has_openais_shape(
    client: TestClient, asked: dict[str, object], status: int, code: str, stream: bool
) -> None:
    """Also where a stream was asked for: nothing of it has begun."""
    response = client.post(PATH, json={**asked, "stream": stream})

    assert problem(response) == (status, code)
    error = response.json()["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", None)
    assert error["message"].endswith(error["remedy"])


def test_there_is_one_model(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["wenju"]
    assert client.get("/v1/models/wenju").json()["object"] == "model"
    assert problem(client.get("/v1/models/gpt")) == (404, "model_missing")
