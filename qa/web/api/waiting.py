"""Wait for an answer on behalf of a client, as long as the client waits. Answers nothing itself."""

import asyncio
from typing import Any, TypeVar

from fastapi import Request

from qa.web.answering import Pending
from qa.web.api.problems import Problem

Result = TypeVar("Result")


async def outcome(request: Request, pending: Pending[Result]) -> Result:
    """Return what comes of a question; a client that goes away ends it.

    The body of the request has been read.

    Raises:
        Problem: The client has gone.
        RemedyError: The question could not be answered.
    """
    finished = asyncio.wrap_future(pending.future)
    gone = asyncio.ensure_future(left(request))
    either: set[asyncio.Future[Any]] = {finished, gone}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if finished.done():
            return finished.result()
    finally:
        gone.cancel()
        if not finished.done():
            pending.leave()
    raise Problem("client_gone", "The client has closed the connection.", "Ask again.")


async def left(request: Request) -> None:
    """Return when the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
