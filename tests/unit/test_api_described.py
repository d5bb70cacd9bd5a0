"""OpenAPI describes the routes: every field and every error, with examples that are whole, on a page of its own."""

import pytest
from api_client import client_of, services_over
from starlette.testclient import TestClient

from qa.reference import example
from qa.web.api import examples
from qa.web.api.bodies import AnswerBody
from qa.web.api.problems import CODES


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(services_over())


def test_openapi_describes_every_route_with_a_body_and_its_errors(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]

    assert set(described) == {
        "/v1/ask", "/v1/search", "/v1/feedback", "/v1/articles/{source}", "/v1/documents", "/v1/status", "/healthz",
        "/metrics", "/v1/chat/completions", "/v1/models", "/v1/models/{model}",
    }  # fmt: skip
    ask = described["/v1/ask"]["post"]["responses"]
    assert ask["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/AnswerBody"}
    assert ask["503"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ErrorBody"}
    assert "too_many_waiting" in ask["503"]["description"]


def test_openapi_says_what_every_field_means_and_calls_each_route_by_its_name(client: TestClient) -> None:
    """What a page, a generated client and an agent show; names that are sent only, and no default that is refused."""
    described = client.get("/openapi.json").json()
    ours = {
        name: body for name, body in described["components"]["schemas"].items() if "ValidationError" not in name
    }  # fmt: skip
    unsaid = [
        f"{name}.{field}"
        for name, body in ours.items()
        for field, about in body.get("properties", {}).items()
        if not about.get("description")
    ]
    operations = [one["operationId"] for path in described["paths"].values() for one in path.values()]

    assert unsaid == []
    assert "Filters" not in ours
    assert "default" not in ours["AskRequest"]["properties"]["filters"]
    assert operations == [
        "ask", "search", "feedback", "article", "documents", "status", "health", "metrics", "complete", "models",
        "model",
    ]  # fmt: skip


def test_the_example_of_an_answer_is_the_one_of_the_documentation() -> None:
    """With one of its passages, and times of a quicker machine."""
    kept = example.kept()
    shown = {**examples.ANSWER, "timings_ms": kept["timings_ms"]}

    assert shown == {**kept, "hits": kept["hits"][:1]}
    AnswerBody.model_validate(examples.ANSWER)


def test_the_examples_of_answers_are_whole(client: TestClient) -> None:
    """FastAPI by itself leaves null out of them."""
    paths = client.get("/openapi.json").json()["paths"]
    shown = {
        path: routes["post"]["responses"]["200"]["content"]["application/json"].get("example")
        for path, routes in paths.items()
        if path in examples.RECEIVED
    }

    assert shown == examples.RECEIVED
    assert shown["/v1/ask"]["reason"] is None


def test_every_code_says_when_it_occurs_and_has_a_status_of_an_error() -> None:
    assert all(400 <= code.status < 600 and len(code.when) > 20 for code in CODES.values())


def test_the_page_of_the_api_loads_from_here_only(client: TestClient) -> None:
    page = client.get("/docs").text

    assert "http" not in page.replace("http://www.w3.org", "")
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"/docs/{name}" in page
        assert client.get(f"/docs/{name}").status_code == 200
