"""Behind a reverse proxy on the same machine: its name is answered, others are not, and answers stream through it."""

import http.client
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from api_server import Served, app, served

NAME = "papers.example.org"
QUESTION = "12路公交车调整以后末班车是几点？"
FORWARDED = {
    "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9",
    "x-forwarded-prefix": "/evil", "forwarded": "host=evil.example;proto=https",
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serve the sample corpus on a loopback address, for a proxy of this name."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with served(app("--allowed-hosts", NAME, store=store), store=store) as running:
            yield running


@contextmanager
def proxy(target: str, host: str) -> Iterator[str]:
    """Hand requests on as nginx does with `proxy_set_header Host`, response piece by piece; return its address."""

    class Handler(BaseHTTPRequestHandler):
        def _hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            behind = http.client.HTTPConnection(target, timeout=30)
            with closing(behind):
                behind.request(self.command, self.path, body, {**kept, "Host": host, **FORWARDED})
                response = behind.getresponse()
                self.send_response(response.status)
                for name, value in response.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.end_headers()
                while piece := response.read1(65536):
                    self.wfile.write(piece)
                    self.wfile.flush()
            self.close_connection = True

        do_GET = do_POST = _hand_on

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{listening.server_port}"
        listening.shutdown()


def asked(place: str, path: str, value: object = None, **headers: str) -> tuple[int, str]:
    """Return status and text of a response."""
    with closing(http.client.HTTPConnection(place, timeout=30)) as connection:
        body = None if value is None else json.dumps(value).encode("utf-8")
        given = {"content-type": "application/json", **headers}
        connection.request("GET" if value is None else "POST", path, body, given)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8")


def last_event(stream: str) -> Any:  # noqa: ANN401
    """Return the data of the last event but the end of the stream."""
    return json.loads([line for line in stream.splitlines() if line.startswith("data: ")][-1].removeprefix("data: "))


def test_the_name_of_the_proxy_is_answered_page_queue_and_plain_routes(server: Served) -> None:
    with proxy(urlsplit(server.url).netloc, NAME) as place:
        status, page = asked(place, "/", **{"sec-fetch-site": "same-origin"})
        _, config = asked(place, "/config")
        _, begun = asked(place, "/gradio_api/call/ask", {"data": [QUESTION]}, origin=f"http://{NAME}")
        _, events = asked(place, f"/gradio_api/call/ask/{json.loads(begun)['event_id']}")
        plain = asked(place, "/v1/ask", {"question": QUESTION}, origin=f"http://{NAME}")

    assert (status, "evil.example" in page + config) == (200, False)
    assert last_event(events)[0]["answer"] == json.loads(plain[1])["answer"] == "20时"


def test_an_answer_streams_through_the_proxy(server: Served) -> None:
    asking = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    with proxy(urlsplit(server.url).netloc, NAME) as place:
        status, stream = asked(place, "/v1/chat/completions", asking)

    assert (status, stream.rstrip().endswith("data: [DONE]")) == (200, True)
    assert "20时" in stream


@pytest.mark.parametrize("host", ["evil.example", f"evil.{NAME}", f"{NAME}.evil.example", "10.0.0.5"])
def test_another_name_is_refused_whatever_is_forwarded(server: Served, host: str) -> None:
    """A page that points its own name at this server reads nothing; nor does it help to forward the right name."""
    status, said = asked(urlsplit(server.url).netloc, "/v1/status", host=host, **{"x-forwarded-host": NAME})

    assert (status, json.loads(said)["error"]["code"]) == (400, "foreign_host")


def test_forwarded_headers_are_not_believed(server: Served) -> None:
    """Their host stands in no page and opens no door; the origin is compared with the Host that was really sent."""
    place = urlsplit(server.url).netloc
    _, config = asked(place, "/config", host=NAME, **FORWARDED)
    status, said = asked(
        place, "/v1/ask", {"question": QUESTION}, host=NAME, origin="https://evil.example", **FORWARDED
    )

    assert "evil" not in config
    assert (status, json.loads(said)["error"]["code"]) == (403, "foreign_origin")
