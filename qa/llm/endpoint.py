"""Ask an endpoint in OpenAI's shape and read its answer as it streams, within every limit and never beyond.

Speaks to the configured host alone: no redirects, no proxies of the environment, TLS always verified. A thread reads,
so that neither a name server nor a silent socket can hold up whoever asks. Nothing of what the endpoint says gets into
a problem, for it may repeat the key.
"""

import json
import logging
import queue
import socket
import ssl
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import httpx

from qa.config_llm import LlmSettings
from qa.llm.events import Failed, Garbled, Text, text_of_body, text_of_events
from qa.llm.problems import WritingStopped, stopped, stopped_by_status
from qa.types import WritingProblemCode as Code

_BEAT = 0.25  # seconds in which whoever waits hears of nothing new, so as to be able to hang up
_LONGEST_WAIT = 5.0  # seconds in which a reader that is no longer wanted notices it, at the latest
_QUIET = ("httpx", "httpcore")  # their logs name addresses at INFO, and headers at DEBUG

Message = dict[str, str]


class _Exchange:
    """One question and its answer, read by a thread of its own."""

    def __init__(self, settings: LlmSettings, messages: Sequence[Message]) -> None:
        self._settings, self._messages = settings, messages
        self._pieces: queue.SimpleQueue[str | WritingStopped | None] = queue.SimpleQueue()
        self._unwanted = threading.Event()
        self._socket: socket.socket | None = None
        self._started = monotonic()
        self._thread = threading.Thread(target=self._run, name="wenju-llm", daemon=True)

    def pieces(self) -> Generator[str]:
        """Yield text as it arrives, and an empty text at every beat without any.

        Raises:
            WritingStopped: It ended before its time, with the reason.
        """
        self._thread.start()
        limit, first = self._started + self._settings.first_seconds, True
        whole = self._started + self._settings.total_seconds
        try:
            while True:
                until = min(limit, whole) if first else whole
                try:
                    piece = self._pieces.get(timeout=max(0.0, min(_BEAT, until - monotonic())))
                except queue.Empty:
                    if monotonic() >= until:
                        raise stopped(Code.SLOW) from None
                    yield ""
                    continue
                if isinstance(piece, WritingStopped):
                    raise piece
                if piece is None:
                    return
                first = False
                yield piece
                if monotonic() >= whole:
                    raise stopped(Code.SLOW)
        finally:
            self._abandon()

    def _abandon(self) -> None:
        """Tell the thread to stop, and wake it where it waits for the network."""
        self._unwanted.set()
        if self._socket is not None:
            with suppress(OSError):  # closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _run(self) -> None:
        try:
            for piece in self._exchanged():
                if self._unwanted.is_set():
                    return
                if piece:
                    self._pieces.put(piece)
            self._pieces.put(None)
        except WritingStopped as reason:
            self._pieces.put(reason)
        except httpx.TimeoutException:
            self._pieces.put(stopped(Code.SLOW))
        except (httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol):
            self._pieces.put(stopped(Code.UNREACHABLE))
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError):
            self._pieces.put(stopped(Code.BROKEN_OFF))

    def _exchanged(self) -> Iterator[str]:
        settings = self._settings
        wait = min(settings.first_seconds, settings.total_seconds) + _LONGEST_WAIT
        limits = httpx.Timeout(wait, connect=min(settings.connect_seconds, settings.first_seconds))
        with (
            httpx.Client(
                timeout=limits,
                follow_redirects=False,
                trust_env=False,
                verify=_certificates(settings),
                proxy=settings.proxy,
            ) as client,
            client.stream(
                "POST", f"{settings.base_url}/chat/completions", headers=_headers(settings), content=self._body()
            ) as response,
        ):
            stream = response.extensions.get("network_stream")
            self._socket = stream.get_extra_info("socket") if stream is not None else None
            if response.status_code != httpx.codes.OK:
                raise stopped_by_status(response.status_code)
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            pieces = self._limited(response)
            if kind == "application/json":
                yield _text(text_of_body(b"".join(pieces)))
                return
            if kind != "text/event-stream":
                raise stopped(Code.NOT_UNDERSTOOD, response.status_code)
            for part in text_of_events(pieces):
                yield _text(part)

    def _limited(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the body as it comes, as long as it is wanted and not too long; packed bodies are not unpacked."""
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise stopped(Code.NOT_UNDERSTOOD, response.status_code)
        read = 0
        for piece in response.iter_raw():
            if self._unwanted.is_set():
                return
            read += len(piece)
            if read > self._settings.max_bytes:
                raise stopped(Code.TOO_LONG)
            yield piece

    def _body(self) -> bytes:
        asked: dict[str, Any] = {
            "model": self._settings.model,
            "messages": list(self._messages),
            "max_tokens": self._settings.max_tokens,
            "temperature": 0,
            "stream": True,
        }
        return json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")


def text_from(settings: LlmSettings, messages: Sequence[Message]) -> Generator[str]:
    """Yield what the model writes, as it arrives, and empty texts while it does not; closing the iterator hangs up.

    Raises:
        WritingStopped: It cannot be asked, or ended before its time.
    """
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    return _Exchange(settings, messages).pieces()


def _text(part: str | Text | Failed | Garbled) -> str:
    if isinstance(part, Text):
        return part.text
    raise stopped(Code.SERVER_ERROR if isinstance(part, Failed) else Code.NOT_UNDERSTOOD)


def _headers(settings: LlmSettings) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "wenju"}
    if settings.api_key is not None:
        headers["Authorization"] = f"Bearer {settings.api_key.get_secret_value()}"
    return headers


def _certificates(settings: LlmSettings) -> ssl.SSLContext | bool:
    """Return what proves the host: the usual authorities, and those of a file where one is named."""
    if settings.ca_file is None:
        return True
    trusted = httpx.create_ssl_context(trust_env=False)
    trusted.load_verify_locations(settings.ca_file)
    return trusted
