"""Read the body of a request: JSON in UTF-8 that says that it is JSON, or a problem with its code.

What Python's own reader lets through, NaN and two bodies in one, say, is refused here. Knows no field.
"""

import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from qa.web.api.problems import Problem

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class JsonRoute(APIRoute):
    """A route whose body, where it takes one, is read strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def handle_strictly(request: Request) -> Response:
            strict = _StrictRequest(request.scope, request.receive)
            await strict.json()
            return await handle(strict)

        return handle_strictly


class _StrictRequest(Request):
    """A request that is read once, and strictly."""

    _value: Any

    async def json(self) -> Any:  # noqa: ANN401 (any JSON value)
        """Return the value of the body.

        Raises:
            Problem: It is not JSON, or does not say so.
        """
        if not hasattr(self, "_value"):
            kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json":
                raise Problem(
                    "wrong_content_type",
                    "The body is not sent as JSON.",
                    "Send the header Content-Type: application/json.",
                )
            self._value = parsed(await self.body())
        return self._value


def parsed(body: bytes) -> Any:  # noqa: ANN401 (any JSON value)
    """Return the value of a JSON text in UTF-8.

    Raises:
        Problem: It is none, or it spells half of a character, which UTF-8 cannot hold.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # a wrong byte and a number of 5000 digits are ValueErrors, too
        raise Problem(
            "not_json", "The body is not JSON in UTF-8.", 'Send an object, such as {"question": "…"}.'
        ) from error
    if _SURROGATE.search(body) and not _is_whole(value):
        raise Problem("wrong_type", "The body holds half of a character.", "Send Unicode text without lone surrogates.")
    return value


def _is_whole(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
