"""Only known routes, hosts and sizes reach Gradio, and every response tells the browser to stay here."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.web import visitor as visitors
from qa.web.documents.incoming import MIB, UploadRules
from qa.web.guard import LARGEST_REQUEST, Guard, served_names


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body, then answer with the names of the headers that came through."""
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    names = b",".join(name for name, _ in scope["headers"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": names})


def call(
    path: str,
    *,
    method: str | None = None,
    headers: dict[str, str] | None = None,
    body: list[bytes] | None = None,
    hosts: tuple[str, ...] = (),
    uploads: UploadRules | None = None,
    app: ASGIApp = echo,
) -> tuple[int, bytes, dict[str, str]]:
    sent: list[dict[str, Any]] = []
    parts = body or [b""]
    given = {"host": "127.0.0.1:7860"} | (headers or {})
    incoming = [
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    ]

    async def receive() -> dict[str, Any]:
        return incoming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method or ("GET" if path in ("/", "/documents") else "POST"),
        "path": path,
        "headers": [(k.encode(), v.encode()) for k, v in given.items()],
    }
    asyncio.run(Guard(app, hosts=hosts, uploads=uploads)(scope, receive, send))
    back = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], sent[1]["body"], back


@pytest.mark.parametrize(
    "path",
    ["/", "/documents", "/config", "/theme.css", "/assets/index-1.js", "/static/img/x.svg", "/gradio_api/info",
     "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/call/ask", "/gradio_api/call/ask/12",
     "/gradio_api/call/v2/ask", "/gradio_api/heartbeat/x", "/gradio_api/run/predict", "/gradio_api/mcp/",
     "/v1/ask", "/v1/search", "/v1/feedback", "/v1/documents", "/v1/status", "/v1/articles/a/b c\nd.txt",
     "/v1/chat/completions", "/v1/models", "/v1/models/wenju", "/healthz", "/metrics", "/openapi.json", "/docs",
     "/docs/swagger-ui.css"],
)  # fmt: skip
def test_what_the_page_and_the_api_need_comes_through(path: str) -> None:
    assert call(path)[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/upload_progress",
     "/gradio_api/file=/etc/passwd", "/gradio_api/file=http://127.0.0.1/", "/file=/etc/passwd",
     "/gradio_api/proxy=http://127.0.0.1/", "/gradio_api/run/ask", "/gradio_api/api/ask", "/gradio_api/openapi.json",
     "/redoc", "/docs/a/b", "/v1/", "/v1/articles/", "/v1/files", "/v1/chat", "/healthz/x",
     "/monitoring", "/gradio_api/runs", "/login", "/gradio_api/stream/x", "//", "/x",
     "/gradio_api/vibe-edit/", "/svelte/x", "/gradio_api/component_server", "/gradio_api/queue/status"],
)  # fmt: skip
def test_nothing_else_does(path: str) -> None:
    status, body, _ = call(path)

    assert status == 404
    assert json.loads(body)["error"] == {
        "code": "unknown_route", "message": "There is nothing here.", "remedy": "See /docs for what is.", "status": 404,
    }  # fmt: skip


def test_a_foreign_host_name_is_refused_where_hosts_are_named() -> None:
    """A web page that points its own name at 127.0.0.1 must not read our answers."""
    assert call("/", headers={"host": "evil.example"}, hosts=("127.0.0.1",))[0] == 400
    assert call("/", headers={"host": "127.0.0.1:7860"}, hosts=("127.0.0.1",))[0] == 200
    assert call("/", headers={"host": "[::1]:7860"}, hosts=("[::1]",))[0] == 200
    assert call("/", headers={"host": "any.example"})[0] == 200


@pytest.mark.parametrize(
    ("listening", "allowed", "answered", "refused"),
    [
        ("127.0.0.1", (), ["127.0.0.1", "localhost:7860", "[::1]:80"], ["papers.example.org", "", "localhost.evil"]),
        ("127.0.0.1", ("papers.example.org",), ["Papers.Example.org:443", "localhost"], ["evil.example"]),
        ("10.0.0.5", (), ["10.0.0.5", "any.example"], []),
        ("10.0.0.5", ("papers.example.org",), ["papers.example.org", "10.0.0.5:7860"], ["evil.example", "10.0.0.6"]),
        ("0.0.0.0", ("papers.example.org",), ["papers.example.org"], ["0.0.0.0", "evil.example"]),
        ("fd00::5", ("papers.example.org",), ["[fd00::5]:7860"], ["[fd00::6]"]),
    ],
)  # fmt: skip
def test_only_known_names_are_answered_wherever_they_are_known(
    listening: str, allowed: tuple[str, ...], answered: list[str], refused: list[str]
) -> None:
    names = tuple(served_names(listening, allowed))

    assert [call("/", headers={"host": host}, hosts=names)[0] for host in answered] == [200] * len(answered)
    assert [call("/", headers={"host": host}, hosts=names)[0] for host in refused] == [400] * len(refused)


def test_who_is_refused_by_name_learns_how_a_proxy_is_allowed() -> None:
    error = json.loads(call("/", headers={"host": "papers.example.org"}, hosts=("127.0.0.1",))[1])["error"]

    assert error["code"] == "foreign_host"
    assert "--allowed-hosts NAME or WENJU_ALLOWED_HOSTS" in error["remedy"]


def test_a_body_of_the_limit_passes_and_one_byte_more_does_not() -> None:
    exact = [b"x" * (LARGEST_REQUEST - 1), b"x"]
    too_much = [b"x" * LARGEST_REQUEST, b"x"]

    assert call("/gradio_api/call/ask", body=exact)[0] == 200
    assert call("/gradio_api/call/ask", body=too_much)[0] == 413
    assert call("/gradio_api/call/ask", headers={"content-length": str(LARGEST_REQUEST + 1)})[0] == 413
    assert call("/gradio_api/call/ask", headers={"content-length": "-5"})[0] == 413


class _Waiting:
    """A request over a wire: its pieces come one by one, and then nothing."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces)
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        if not self._pieces:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": self._pieces.pop(0), "more_body": True}

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("limit", ["SECONDS_TO_WAIT", "SECONDS_OF_A_BODY"])
def test_a_body_that_does_not_end_is_refused_in_time(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be it silence or one byte now and then; else a few such clients would hold every connection."""
    monkeypatch.setattr(f"qa.web.guard.{limit}", 0.05)
    wire = _Waiting(b"{", b'"')
    scope = {"type": "http", "method": "POST", "path": "/v1/ask", "headers": [(b"host", b"127.0.0.1")]}
    asyncio.run(Guard(echo)(scope, wire.receive, wire.send))

    assert [message["type"] for message in wire.sent] == ["http.response.start", "http.response.body"]
    assert json.loads(wire.sent[1]["body"])["error"]["code"] == "body_too_slow"
    assert wire.sent[0]["status"] == 408


def test_a_body_in_pieces_that_is_too_large_is_told_whatever_the_application_makes_of_it() -> None:
    """FastAPI calls everything that goes wrong while it reads a mistake of its own."""

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await echo(scope, receive, send)
        finally:
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b"Internal Server Error"})

    status, body, _ = call("/v1/ask", body=[b" " * LARGEST_REQUEST, b" "], app=failing)

    assert (status, json.loads(body)["error"]["code"]) == (413, "body_too_large")


def test_head_is_get_without_a_body_and_pages_take_nothing_else() -> None:
    async def method(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["method"].encode("ascii")})

    assert call("/healthz", method="HEAD", app=method)[:2] == (200, b"GET")
    assert call("/gradio_api/queue/data", method="HEAD", app=method)[:2] == (200, b"HEAD")  # it would stream
    for path in ("/", "/documents", "/corpus"):
        status, body, headers = call(path, method="DELETE")
        assert (status, json.loads(body)["error"]["code"], headers["allow"]) == (405, "wrong_method", "GET, HEAD")


def test_forwarded_names_do_not_reach_gradio() -> None:
    _, seen, _ = call("/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=x", "accept": "*/*"})

    assert seen == b"host,accept"


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_response_keeps_the_browser_from_loading_elsewhere(path: str) -> None:
    _, _, headers = call(path)

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:3000"},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:7860"}],
)  # fmt: skip
def test_a_web_page_of_another_origin_can_send_nothing(headers: dict[str, str]) -> None:
    """Not even one on another port of this machine; reading is left to the browser, which lets it read nothing."""
    status, body, _ = call("/v1/ask", headers=headers)

    assert (status, json.loads(body)["error"]["code"]) == (403, "foreign_origin")
    assert call("/gradio_api/queue/join", headers=headers)[0] == 403
    assert call("/v1/status", method="GET", headers=headers)[0] == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:7860"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"},
     {"sec-fetch-site": "same-origin", "origin": "https://behind.a.proxy"}],
)  # fmt: skip
def test_our_own_pages_and_programs_can(headers: dict[str, str]) -> None:
    assert call("/v1/ask", headers=headers)[0] == 200


UPLOAD = "/gradio_api/upload"


@pytest.fixture
def rules(tmp_path: Path) -> UploadRules:
    return UploadRules(tmp_path, 1 * MIB)


def test_uploads_come_through_by_their_rules_and_nothing_uploaded_comes_back(rules: UploadRules) -> None:
    """They may be larger than other requests, which keep their limit."""
    size = {"content-length": str(3 * MIB)}

    assert call(UPLOAD, uploads=rules, headers=size, body=[b"x" * 3 * MIB])[0] == 200
    assert call("/gradio_api/upload_progress", uploads=rules)[0] == 200
    assert call("/gradio_api/upload_progress", uploads=rules, headers=size)[0] == 413
    assert call("/gradio_api/call/ask", uploads=rules, headers=size)[0] == 413
    for path in (f"/gradio_api/file={rules.folder}/x", f"/file={rules.folder}/x", UPLOAD + "/", UPLOAD + "/x"):
        assert call(path, uploads=rules)[0] == 404


@pytest.mark.parametrize("declared", [True, False])
def test_an_upload_that_is_too_large_is_refused_early_and_while_it_is_read(rules: UploadRules, declared: bool) -> None:
    """In the visitor's language; what a browser has to send first is read and dropped."""
    body = [b"x" * MIB] * 6
    given = {"content-length": str(6 * MIB)} if declared else {}

    status, said, _ = call(UPLOAD, uploads=rules, headers=given | {"accept-language": "en"}, body=body)
    assert (status, said) == (413, b"The file is too large: each may have 1 MB. Split it, or save it as text.")
    status, said, _ = call(UPLOAD, uploads=rules, headers=given | {"accept-language": "zh-CN"}, body=body)
    assert (status, said.decode()) == (413, "文件太大：每个文件不超过 1 MB。请拆成几个，或者另存为文本。")


def test_the_limit_of_gradio_is_told_in_the_visitors_language(rules: UploadRules) -> None:
    async def gradio(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 413, "headers": []})
        await send({"type": "http.response.body", "body": b"File size exceeded maximum allowed size of 5 bytes."})

    status, said, _ = call(UPLOAD, uploads=rules, headers={"accept-language": "zh"}, app=gradio)

    assert (status, said.decode()[:4]) == (413, "文件太大")


def test_only_pages_of_this_site_upload(rules: UploadRules) -> None:
    here = {"origin": "http://127.0.0.1:7860"}
    assert call(UPLOAD, uploads=rules, headers=here)[0] == 200
    for origin in ("http://evil.example", "null", "http://127.0.0.1:9999"):
        assert call(UPLOAD, uploads=rules, headers={"origin": origin})[0] == 403


def test_who_may_not_change_documents_brings_a_conversation_and_leaves_room_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "may_change_documents", lambda _: False)
    rules = UploadRules(tmp_path, 50 * MIB)

    def upload(megabytes: int) -> tuple[int, str]:
        given = {"content-length": str(megabytes * MIB), "accept-language": "zh-CN"}
        status, said, _ = call(UPLOAD, uploads=rules, headers=given, body=[b"x"])
        return status, said.decode()

    assert upload(21)[0] == 200
    assert upload(22) == (413, "文件有 22 MB，一段对话最多 20 MB。请选择由问据导出的 JSON 文件。")
    with (tmp_path / "lies.txt").open("wb") as lies:
        lies.truncate(60 * MIB)
    assert upload(21)[0] == 503
    monkeypatch.undo()
    assert upload(21)[0] == 200


def test_uploads_that_nobody_takes_in_are_swept_after_an_hour_and_fill_no_disk(
    rules: UploadRules, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for place in (old, new):
        place.mkdir()
        (place / "x.txt").write_bytes(b"x" * 15 * MIB)
    os.utime(old, (1, 1))

    assert call(UPLOAD, uploads=rules, headers={"content-length": str(MIB)}, body=[b"x"])[0] == 200
    assert (old.exists(), new.exists()) == (False, True)
    (new / "y.txt").write_bytes(b"x" * 5 * MIB)
    assert call(UPLOAD, uploads=rules, headers={"content-length": str(MIB)}, body=[b"x"])[0] == 503
