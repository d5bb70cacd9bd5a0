"""A language model of our own: a real HTTP server on 127.0.0.1 that answers as well or as badly as a test wants.

It records all that it is asked. `only_to` refuses every other connection of this process and records the attempts.
"""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-stub-0123456789-secret"


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """What the user's message holds."""
        return str(self.body["messages"][-1]["content"])

    @property
    def passages(self) -> list[dict[str, Any]]:
        """The passages between the two lines of the fence."""
        fence = re.search(r"^BEGIN (\w+)$", self.text, re.MULTILINE)
        assert fence is not None
        block = self.text.split(f"BEGIN {fence[1]}\n")[1].split(f"\nEND {fence[1]}")[0]
        return [json.loads(line) for line in block.split("\n")]

    @property
    def question(self) -> str:
        """The question."""
        return str(json.loads(self.text.split("The question, as JSON: ")[1].split("\n")[0]))

    def number_of(self, text: str) -> int:
        """Return the number under which a passage was given that holds a text."""
        return next(int(passage["passage"]) for passage in self.passages if text in passage["text"])

    def sentence(self, text: str, quote: str) -> str:
        """Return a sentence in the form that is asked for, with a quotation under its right number."""
        return said(text, (self.number_of(quote), quote))


Answer = Callable[["Reply", Asked], None]


class Reply:
    """What a behaviour answers with."""

    def __init__(self, handler: BaseHTTPRequestHandler, ending: threading.Event) -> None:
        self.handler = handler
        self.ending = ending

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def raw(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def event(self, content: str) -> None:
        self.raw(event(content))

    def rest(self) -> None:
        """Say nothing until the stub stops."""
        self.ending.wait()

    def stream(self, pieces: Iterable[str], *, done: bool = True) -> None:
        """Send a whole answer in pieces."""
        self.head()
        for piece in pieces:
            self.event(piece)
        if done:
            self.raw(b"data: [DONE]\n\n")


def event(content: str) -> bytes:
    """Return one event of a stream."""
    chunk = {"choices": [{"index": 0, "delta": {"content": content}}]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def said(text: str, *quotes: tuple[int, str]) -> str:
    """Return a sentence in the form that is asked for."""
    quoted = [{"passage": number, "quote": quote} for number, quote in quotes]
    return json.dumps({"text": text, "quotes": quoted}, ensure_ascii=False) + "\n"


@dataclass
class Stub:
    """The server while it runs.

    Attributes:
        answer: What it does with the next request.
        asked: All that it was asked, in order.
        ending: Set when it stops, so that slow behaviours can end.
    """

    url: str
    port: int
    answer: Answer
    asked: list[Asked] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def says(self, *sentences: str) -> None:
        """Stream these texts from now on."""
        self.answer = lambda reply, asked: reply.stream(sentences)

    def writes(self, make: Callable[[Asked], str]) -> None:
        """Stream what is made of a request from now on."""
        self.answer = lambda reply, asked: reply.stream([make(asked)])


@contextmanager
def stub() -> Iterator[Stub]:
    """Run a stub on a free port; it says nothing until it is told to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # the end of the answer is the end of the connection

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            running.asked.append(Asked(self.path, dict(self.headers.items()), json.loads(body)))
            try:
                running.answer(Reply(self, running.ending), running.asked[-1])
            except OSError:
                return  # it was hung up on

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    port = server.server_address[1]
    running = Stub(f"http://127.0.0.1:{port}/v1", port, lambda reply, asked: reply.stream([]))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def only_to(port: int) -> Iterator[list[object]]:
    """Refuse every connection but those to 127.0.0.1 at this port, and yield the list of what was tried."""
    tried: list[object] = []
    real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

    def connect(self: socket.socket, address: object) -> None:
        if not isinstance(address, tuple) or address[:2] != ("127.0.0.1", port):
            tried.append(address)
            raise ConnectionRefusedError(f"the test allows no connection to {address}")
        real_connect(self, address)

    def lookup(host: object, *rest: object, **more: object) -> object:
        if host not in ("127.0.0.1", b"127.0.0.1"):
            tried.append(host)
            raise socket.gaierror(f"the test allows no look-up of {host}")
        return real_lookup(host, *rest, **more)  # type: ignore[arg-type]

    socket.socket.connect, socket.getaddrinfo = connect, lookup  # type: ignore[method-assign]
    try:
        yield tried
    finally:
        socket.socket.connect, socket.getaddrinfo = real_connect, real_lookup  # type: ignore[method-assign]
