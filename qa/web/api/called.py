"""Check what a program sends to Gradio's own routes, before Gradio does: what is called, and whether it can be read.

Gradio answers an unknown endpoint or field with status 500 and a stack trace in the log. Here each gets its code,
sentence and remedy, as on the plain routes. What the values mean is checked by the endpoints themselves.
"""

import inspect
import json
import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.web.api.problems import Problem
from qa.web.api.strict import parsed

_CALL = re.compile(r"/gradio_api/call/(?P<named>v2/)?(?P<name>[^/]*)/?")
_FETCH = re.compile(r"/gradio_api/call/[^/]+/(?P<event>[^/]+)/?")
_MCP = re.compile(r"/gradio_api/mcp/?")
_EVENTS = re.compile(r"/gradio_api/(?:run/predict|queue/join)/?")
_CALL_AGAIN = "Send the question again, and fetch its answer once."


class CallLayer:
    """ASGI application around Gradio's.

    Args:
        app: Gradio's.
        endpoints: What may be called by name; a parameter without a default is needed.
        events: Returns the numbers of all that can be called, the events of the pages among them.
        begun: Returns the names of calls whose answers were not fetched yet.
    """

    def __init__(
        self,
        app: ASGIApp,
        endpoints: Iterable[Callable[..., Any]],
        events: Callable[[], Collection[int]],
        begun: Callable[[], Container[str]],
    ) -> None:
        self._app = app
        self._endpoints = {one.__name__: inspect.signature(one).parameters for one in endpoints}
        self._events = events
        self._begun = begun

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        fetch = _FETCH.fullmatch(path)
        if fetch is not None and scope["method"] == "GET" and fetch["event"] not in self._begun():
            await _refuse(
                send, Problem("unknown_route", "There is no such call, or its answer was fetched.", _CALL_AGAIN)
            )
            return
        call, event, mcp = _CALL.fullmatch(path), _EVENTS.fullmatch(path), _MCP.fullmatch(path)
        if scope["type"] != "http" or scope["method"] != "POST" or not (call or event or mcp):
            await self._app(scope, receive, send)
            return
        body, last = await _whole(receive)
        try:
            if last["type"] == "http.request":
                if call is not None:
                    self._check_call(call["name"], body, named=call["named"] is not None)
                elif event is not None:
                    self._check_event(body)
                else:
                    parsed(body)
        except Problem as problem:
            await _refuse(send, problem)
            return
        await self._app(scope, _again(body, last, receive), send)

    def _check_call(self, name: str, body: bytes, *, named: bool) -> None:
        parameters = self._endpoints.get(name)
        if parameters is None:
            raise _unknown(self._endpoints)
        fields = _object(body)
        if not named:
            _check_data(fields)
            return
        for field in fields:
            if field not in parameters:
                raise Problem("unknown_field", f"There is no field “{field[:100]}”.", "Leave it out, or correct it.")
        for field, parameter in parameters.items():
            if parameter.default is parameter.empty and field not in fields:
                raise Problem("missing_field", f"{field} is missing.", f"Send {field}, too.")

    def _check_event(self, body: bytes) -> None:
        fields = _object(body)
        _check_data(fields)
        number = fields.get("fn_index")
        if not isinstance(number, int) or number not in self._events():
            raise _unknown(self._endpoints)


def _unknown(names: Iterable[str]) -> Problem:
    return Problem("unknown_route", "There is no such endpoint.", f"These are: {', '.join(names)}.")


def _object(body: bytes) -> Mapping[str, Any]:
    value = parsed(body)
    if not isinstance(value, dict):
        raise Problem("wrong_type", "The body is not a JSON object.", 'Send an object, such as {"data": ["…"]}.')
    return value


def _check_data(fields: Mapping[str, Any]) -> None:
    if "data" not in fields:
        raise Problem("missing_field", "data is missing.", "Send the values of the parameters as a list, data.")
    if not isinstance(fields["data"], list):
        raise Problem("wrong_type", "data must be a list.", "Send the values of the parameters as a JSON list.")


async def _whole(receive: Receive) -> tuple[bytes, Message]:
    """Return the body, and the message that ended it: its last part, or that the client has gone."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return b"".join(parts), message


def _again(body: bytes, last: Message, receive: Receive) -> Receive:
    """Return what gives the body once more, and then what comes after it."""
    first = [last if last["type"] != "http.request" else {"type": "http.request", "body": body, "more_body": False}]

    async def once_more() -> Message:
        return first.pop() if first else await receive()

    return once_more


async def _refuse(send: Send, problem: Problem) -> None:
    body = json.dumps(problem.body(), ensure_ascii=False).encode("utf-8")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
