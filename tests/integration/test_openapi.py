"""The plain routes against their own description: schemathesis makes requests of `/openapi.json`, good and bad ones."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_fixtures import ENCODER, WITHOUT_READER, filled
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from qa.assistant import Assistant
from qa.web.api.application import api_application
from qa.web.guard import Guard
from qa.web.services import Services

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def application() -> Iterator[Guard]:
    """The routes over two documents in a real store, with the hashing encoder, behind the guard."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "store").close()
        with closing(Assistant.open(Path(folder) / "store", encoder=ENCODER, **WITHOUT_READER)) as assistant:
            assistant.warm()
            yield Guard(api_application(Services(assistant)))


WITH_FIELDS = (
    "POST /v1/ask", "POST /v1/search", "POST /v1/feedback", "GET /v1/articles/{source}", "GET /v1/documents",
    "POST /v1/chat/completions",
)  # fmt: skip
WITHOUT = ("GET /v1/status", "GET /healthz", "GET /metrics", "GET /v1/models", "GET /v1/models/{model}")


@pytest.fixture(scope="module")
def operations(application: Guard) -> dict[str, schemathesis.APIOperation]:
    schema = schemathesis.openapi.from_asgi("/openapi.json", application)
    return {result.ok().label: result.ok() for result in schema.get_all_operations()}


def test_every_route_is_tried(operations: dict[str, schemathesis.APIOperation]) -> None:
    assert set(operations) == {*WITH_FIELDS, *WITHOUT}


def try_route(operation: schemathesis.APIOperation, mode: schemathesis.GenerationMode, checks: list[Any]) -> None:
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=checks)

    try_one()


@pytest.mark.parametrize("route", (*WITH_FIELDS, *WITHOUT))
def test_what_is_sent_as_described_is_answered_as_described(
    operations: dict[str, schemathesis.APIOperation], route: str
) -> None:
    """Never by a 5xx, and by a status, a type and a body of the description."""
    try_route(operations[route], schemathesis.GenerationMode.POSITIVE, CHECKS)


@pytest.mark.parametrize("route", WITH_FIELDS)
def test_what_is_sent_otherwise_is_refused_as_described(
    operations: dict[str, schemathesis.APIOperation], route: str
) -> None:
    """Never by a 5xx, and never taken for what it is not."""
    refused = [] if "completions" in route else [negative_data_rejection]  # that route lets OpenAI's own fields stand
    try_route(operations[route], schemathesis.GenerationMode.NEGATIVE, CHECKS + refused)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["question", "query", "history", "top_k", "filters", "messages", "model", "stream", "rating", "note", "answer"]
)


@BOUNDED
@given(
    route=st.sampled_from(["ask", "search", "feedback", "chat/completions"]),
    body=st.dictionaries(FIELDS, ANY_JSON, max_size=6) | ANY_JSON,
)
def test_any_json_is_answered_or_refused_in_the_one_shape(application: Guard, route: str, body: object) -> None:
    """NaN, half characters and NUL among it."""
    client = TestClient(application, raise_server_exceptions=False)
    response = client.post(
        f"/v1/{route}", content=_encoded(body), headers={"content-type": "application/json"}
    )  # fmt: skip

    assert response.status_code in (200, 400, 422), response.text
    if response.status_code != 200:
        error = response.json()["error"]
        assert error["status"] == response.status_code
        assert error["message"] and error["remedy"]


def _encoded(body: object) -> bytes:
    return json.dumps(body).encode("utf-8")


@pytest.mark.parametrize(
    "question", ["\x00", "a\x00b石", "石" * 2000, "\u202e石桥", "𠮷" * 50, '"', "'; drop table passage; --"]
)
def test_odd_questions_are_questions(application: Guard, question: str) -> None:
    client = TestClient(application, raise_server_exceptions=False)
    for route, name in (("ask", "question"), ("search", "query")):
        assert client.post(f"/v1/{route}", json={name: question}).status_code == 200
