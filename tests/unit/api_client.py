"""A client of the plain routes over the fake assistant, behind the guard, without a network."""

import json
from typing import Any

from starlette.testclient import TestClient
from web_fakes import FakeAssistant

from qa.web.answering import Answering
from qa.web.api.application import api_application
from qa.web.guard import Guard
from qa.web.services import Services

QUESTION = "换了多少块石料？"


def services_over(assistant: object = None, **parts: Any) -> Services:  # noqa: ANN401
    return Services(assistant or FakeAssistant(), **parts)  # type: ignore[arg-type]


def client_of(services: Services) -> TestClient:
    guarded = Guard(api_application(services), hosts=("127.0.0.1",))
    return TestClient(guarded, base_url="http://127.0.0.1", raise_server_exceptions=False)


def problem(response: Any) -> tuple[int, str]:  # noqa: ANN401
    """Return status and code of a response, after checking that it is an error as every error is."""
    body = response.json()
    assert list(body) == ["error"], body
    error = body["error"]
    assert {"code", "message", "remedy", "status"} <= set(error)
    assert error["status"] == response.status_code
    assert response.headers["content-type"] == "application/json"
    assert error["message"].endswith((".", "。")), error
    assert error["remedy"], error
    assert "Traceback" not in json.dumps(body)
    return response.status_code, error["code"]


__all__ = ["QUESTION", "Answering", "client_of", "problem", "services_over"]
