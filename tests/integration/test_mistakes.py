"""What programs get wrong, on every way in: each mistake has its status, code, sentence and remedy; no stack trace."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from api_server import Served
from gradio_client import Client
from gradio_client.exceptions import AppError
from surfaces import Json, tool_result, wenju

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")

QUESTION = "12路公交车调整以后末班车是几点？"
TOO_LARGE = b" " * 1_500_000 + b"{}"
CALL = "/gradio_api/call"


def requested(url: str, method: str, body: bytes | None) -> tuple[int, Any]:
    """Return status and JSON of a response."""
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def as_bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) or value is None else json.dumps(value).encode("utf-8")


ASK, CHAT = "/v1/ask", "/v1/chat/completions"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (ASK, {"question": QUESTION, "history": "石桥？"}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "history": [1, 2]}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "history": {"role": "user"}}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "history": ["x"] * 101}, 422, "out_of_range"),
        (ASK, {"question": 7}, 422, "wrong_type"),
        (ASK, {"question": "\ud800"}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "top_k": "many"}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "top_k": 0}, 422, "out_of_range"),
        (ASK, {"question": QUESTION, "filters": ["砚溪"]}, 422, "filter_invalid"),
        (ASK, {"question": QUESTION, "filters": {"publishers": "砚溪"}}, 422, "filter_invalid"),
        (ASK, {}, 422, "missing_field"),
        (ASK, {"question": QUESTION, "tone": "kind"}, 422, "unknown_field"),
        (ASK, [], 422, "wrong_type"),
        (ASK, b"{", 400, "not_json"),
        (ASK, TOO_LARGE, 413, "body_too_large"),
        ("/v1/search", {"query": None}, 422, "wrong_type"),
        ("/v1/answer", {}, 404, "unknown_route"),
        (ASK, {"question": QUESTION, "filters": {"source": "\ud800"}}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "filters": {"\ud800": "x"}}, 422, "wrong_type"),
        (ASK, {"question": QUESTION, "\ud800": "x"}, 422, "wrong_type"),
        (CHAT, {"messages": "x"}, 422, "wrong_type"),
        (CHAT, {"messages": []}, 422, "out_of_range"),
        (CHAT, {"messages": [{"role": "user", "content": 5}]}, 422, "wrong_type"),
        (CHAT, {"messages": [{"role": "assistant", "content": "x"}]}, 422, "question_empty"),
        (CHAT, {"messages": [{"role": "user", "content": "长" * 2001}], "stream": True}, 422, "question_too_long"),
        (
            CHAT,
            {"messages": [{"role": "user", "content": "x"}], "filters": {"since": "2024-13"}},
            422,
            "filter_invalid",
        ),
        (CHAT, {"messages": [{"role": "user", "content": "x"}], "model": "another"}, 404, "model_missing"),
        (CHAT, {"messages": [{"role": "user", "content": "x"}], "n": 2}, 400, "unsupported"),
        (CHAT, {}, 422, "missing_field"),
        (CHAT, b"\xff", 400, "not_json"),
        (CHAT, TOO_LARGE, 413, "body_too_large"),
        (f"{CALL}/ask", {}, 422, "missing_field"),
        (f"{CALL}/ask", {"data": QUESTION}, 422, "wrong_type"),
        (f"{CALL}/ask", [QUESTION], 422, "wrong_type"),
        (f"{CALL}/ask", b"{", 400, "not_json"),
        (f"{CALL}/ask", TOO_LARGE, 413, "body_too_large"),
        (f"{CALL}/answer", {"data": []}, 404, "unknown_route"),
        (f"{CALL}/", {"data": []}, 404, "unknown_route"),
        (f"{CALL}/v2/ask", {"question": QUESTION, "tone": "kind"}, 422, "unknown_field"),
        (f"{CALL}/v2/ask", {"history": []}, 422, "missing_field"),
        (f"{CALL}/v2/ask", {"question": QUESTION, "\ud800": []}, 422, "wrong_type"),
        (f"{CALL}/v2/answer", {}, 404, "unknown_route"),
        ("/gradio_api/run/predict", {"fn_index": 9999, "data": []}, 404, "unknown_route"),
        ("/gradio_api/queue/join", {"fn_index": "ask", "data": []}, 404, "unknown_route"),
        ("/gradio_api/mcp/", TOO_LARGE, 413, "body_too_large"),
        ("/gradio_api/mcp/", b"\xff", 400, "not_json"),
        ("/gradio_api/mcp/", b"[" * 100_000, 400, "not_json"),
        ("/nowhere", {}, 404, "unknown_route"),
        ("/", {}, 405, "wrong_method"),
    ],
)
def test_a_mistake_over_http_has_its_status_code_sentence_and_remedy(
    server: Served, path: str, body: object, status: int, code: str
) -> None:
    got, reply = requested(f"{server.url}{path}", "POST", as_bytes(body))
    error = reply["error"]

    assert (got, error["code"], error["status"]) == (status, code, status)
    assert error["message"].rstrip().endswith((".", "。", "?", "？"))
    assert len(error["remedy"]) > 5
    assert "Traceback" not in json.dumps(reply)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/articles/gone.txt", 404, "document_missing"),
        ("GET", "/v1/articles/linxi-daily-page.txt?start=5", 422, "span_invalid"),
        ("GET", "/v1/articles/linxi-daily-page.txt?start=5&end=99999999", 422, "span_invalid"),
        ("GET", "/v1/documents?limit=0", 422, "out_of_range"),
        ("GET", "/v1/documents?collection=gone", 404, "collection_missing"),
        ("GET", "/v1/models/another", 404, "model_missing"),
        ("DELETE", "/v1/ask", 405, "wrong_method"),
        ("GET", "/gradio_api/call/ask/gone", 404, "unknown_route"),
    ],
)
def test_what_is_gone_or_not_served_is_said(server: Served, method: str, path: str, status: int, code: str) -> None:
    got, reply = requested(f"{server.url}{path}", method, None)

    assert (got, reply["error"]["code"]) == (status, code)
    assert reply["error"]["remedy"]


SHARED = (
    ({"question": QUESTION, "history": "石桥？"}, "wrong_type", "history must be a list of earlier questions"),
    ({"question": QUESTION, "history": [None]}, "wrong_type", "history must be a list of earlier questions"),
    ({"question": ["x"]}, "wrong_type", "question must be text, got a list."),
    ({"question": QUESTION, "top_k": 8.5}, "wrong_type", "top_k must be a whole number"),
    ({"question": QUESTION, "top_k": 101}, "out_of_range", "top_k must be a whole number from 1 to 100."),
    ({"question": QUESTION, "filters": "砚溪"}, "filter_invalid", "filters must be an object."),
    ({"question": QUESTION, "filters": {"since": [2024]}}, "filter_invalid", ""),
)


@pytest.mark.parametrize(("fields", "code", "sentence"), SHARED)
def test_wrong_values_get_the_same_error_from_gradio_mcp_and_the_plain_route(
    server: Served, client: Client, fields: Json, code: str, sentence: str
) -> None:
    _, plain = requested(f"{server.url}/v1/ask", "POST", as_bytes(fields))
    expected = (code, f"{plain['error']['message']} {plain['error']['remedy']}")
    with pytest.raises(AppError) as raised:
        client.predict(**fields, api_name="/ask")
    error = (tool_result(server.url, "ask", fields).structuredContent or {})["error"]

    assert (raised.value.title, str(raised.value)) == expected
    assert (error["code"], f"{error['message']} {error['remedy']}") == expected
    assert expected[1].startswith(sentence)


def test_an_article_that_is_gone_gets_the_same_error_everywhere(server: Served, client: Client) -> None:
    """The command line tells the sentence and the remedy, and exits with 2."""
    _, plain = requested(f"{server.url}/v1/articles/gone.txt", "GET", None)
    sentence = f"{plain['error']['message']} {plain['error']['remedy']}"
    with pytest.raises(AppError) as raised:
        client.predict("gone.txt", api_name="/article")
    tool = tool_result(server.url, "article", {"document_id": "gone.txt"}).structuredContent or {}
    shown = wenju(["show", "gone.txt", "--json", "--store", str(server.store)])

    assert (raised.value.title, str(raised.value)) == ("document_missing", sentence)
    assert tool["error"] == plain["error"]
    assert (shown.returncode, shown.stdout) == (2, b"")
    assert " ".join(shown.stderr.decode("utf-8").split()).endswith(sentence)


LINES = (
    ('{"question": "x", "history": "y"}', "wrong_type", "history must be a list of earlier questions"),
    ('{"question": 5}', "wrong_type", "question must be text, got a number."),
    ("[]", "wrong_type", "This line is not a JSON object."),
    ('{"question": ""}', "question_empty", "The question is empty."),
    ('{"question": "x", "filters": {"since": "2024-13"}}', "filter_invalid", "“2024-13” is not a date for since."),
    ('{"question": "x", "filters": 5}', "filter_invalid", "filters must be an object."),
)


def test_a_line_of_questions_that_is_wrong_is_told_in_its_place(server: Served) -> None:
    typed = "".join(f"{line}\n" for line, *_ in LINES)
    run = wenju(["ask", "--jsonl", "--store", str(server.store)], typed=typed)
    told = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]

    assert [(row["line"], row["error"]["code"]) for row in told] == [
        (at, code) for at, (_, code, _) in enumerate(LINES, start=1)
    ]
    for row, (line, _, sentence) in zip(told, LINES, strict=True):
        assert row["error"]["message"].startswith(sentence)
        if line != "[]":  # of which the API speaks as a body
            assert row["error"] == requested(f"{server.url}{ASK}", "POST", line.encode("utf-8"))[1]["error"]
    assert (run.returncode, b"Traceback" in run.stderr) == (2, False)


def test_the_log_of_the_server_holds_no_stack_trace_of_all_this(server: Served) -> None:
    assert "Traceback" not in server.printed()
