"""A visitor of the chat page without a browser: loads the page and asks on it, by the requests that a browser makes.

Gradio's own client cannot reach the events of a page, which are no endpoints. Measures seconds; judges nothing.
"""

import http.client
import json
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any

SECONDS = 300  # to wait for any answer of the server

QUESTION, CHAT = "wj-question", "wj-chat"
_ASSETS = re.compile(rb'(?:src|href)="(?:\./|/)?(assets/[^"]+|theme\.css[^"]*)"')


class RefusedError(Exception):
    """The server gave no answer, or one that tells of a mistake."""


class Visitor:
    """Somebody in a browser of their own, with a cookie and a session; not for several threads at once."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie = ""
        self._session = ""
        self._config: dict[str, Any] = {}
        self._values: dict[int, Any] = {}

    def load(self) -> float:
        """Open the page anew, for a new conversation, and return the seconds until a question could be asked.

        The page, its scripts and styles one after the other, and what the server fills it with. What a browser takes
        to run the scripts is not in it.
        """
        began = time.perf_counter()
        page = self._get("/")
        for asset in dict.fromkeys(_ASSETS.findall(page)):
            self._get(f"/{asset.decode('ascii')}")
        self._config = json.loads(self._get("/config"))
        self._session = secrets.token_hex(6)
        self._values = {one["id"]: one["props"].get("value") for one in self._config["components"]}
        loads = self._event("load", fills=CHAT)
        self._keep(loads, self._predict(loads))
        return time.perf_counter() - began

    def ask(self, question: str) -> float:
        """Ask, and return the seconds until the answer stands in the chat; then do what the page does after it.

        Raises:
            RefusedError: There is no answer.
        """
        box, asks = self._id(QUESTION), self._event("submit", fills=CHAT)
        self._values[box] = question
        began = time.perf_counter()
        data = self._run(asks, trigger=box)
        took = time.perf_counter() - began
        self._keep(asks, data)
        bubbles = str(self._values[self._id(CHAT)])
        if "wj-error" in bubbles or "wj-answer" not in bubbles or question not in bubbles:
            raise RefusedError(f"no answer to {question!r}")
        for after in self._config["dependencies"]:
            if after.get("trigger_after") == asks["id"] and after["backend_fn"]:
                self._keep(after, self._run(after) if after["queue"] else self._predict(after))
        return took

    # -- what the page knows

    def _id(self, name: str) -> int:
        return next(int(one["id"]) for one in self._config["components"] if one["props"].get("elem_id") == name)

    def _event(self, name: str, *, fills: str) -> dict[str, Any]:
        wanted = self._id(fills)
        found: dict[str, Any] = next(
            one for one in self._config["dependencies"]
            if wanted in one["outputs"] and any(event == name for _, event in one["targets"])
        )  # fmt: skip
        return found

    def _keep(self, event: dict[str, Any], data: list[Any]) -> None:
        """Take over the values that an event has set."""
        for component, value in zip(event["outputs"], data, strict=True):
            if not (isinstance(value, dict) and value.get("__type__") == "update"):
                self._values[component] = value
            elif "value" in value:
                self._values[component] = value["value"]

    # -- requests

    def _run(self, event: dict[str, Any], *, trigger: int | None = None) -> list[Any]:
        """Queue an event and return its last data."""
        joined = json.loads(self._post("/gradio_api/queue/join", self._body(event) | {"trigger_id": trigger}))
        for message in self._messages():
            if message.get("event_id") == joined["event_id"] and message["msg"] == "process_completed":
                if not message["success"]:
                    raise RefusedError(f"the event failed: {str(message.get('output'))[:200]}")
                data: list[Any] = message["output"]["data"]
                return data
        raise RefusedError("the stream of events ended early")

    def _predict(self, event: dict[str, Any]) -> list[Any]:
        data: list[Any] = json.loads(self._post("/gradio_api/run/predict", self._body(event)))["data"]
        return data

    def _body(self, event: dict[str, Any]) -> dict[str, Any]:
        values = [self._values[component] for component in event["inputs"]]
        return {"data": values, "fn_index": event["id"], "session_hash": self._session, "event_data": None}

    def _messages(self) -> Iterator[dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            connection.request("GET", f"/gradio_api/queue/data?session_hash={self._session}", headers=self._headers())
            response = connection.getresponse()
            if response.status != http.client.OK:
                raise RefusedError(f"{response.status} for the stream of events")
            for line in response:
                if line.startswith(b"data:"):
                    message = json.loads(line[5:])
                    yield message
                    if message["msg"] == "close_stream":
                        return
        finally:
            connection.close()

    def _get(self, path: str) -> bytes:
        return self._fetch("GET", path, None)

    def _post(self, path: str, value: object) -> bytes:
        return self._fetch("POST", path, json.dumps(value).encode("utf-8"))

    def _fetch(self, method: str, path: str, body: bytes | None) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            connection.request(method, path, body, self._headers())
            response = connection.getresponse()
            content = response.read()
            if given := response.getheader("set-cookie"):
                self._cookie = given.partition(";")[0]
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise RefusedError(f"{response.status} for {path}: {content[:200]!r}")
        return content

    def _headers(self) -> dict[str, str]:
        cookie = {"cookie": self._cookie} if self._cookie else {}
        return cookie | {"content-type": "application/json", "accept-language": "zh-CN"}
