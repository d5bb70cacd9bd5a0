"""One answer on every surface (DESIGN, promise 3), MCP as its clients see it, and OpenAI's own client."""

from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version

import pytest
from api_server import Served
from mcp import types
from openai import NotFoundError, OpenAI, UnprocessableEntityError
from surfaces import Asked, Json, differing, posted, surfaces_of, tool_result, tools

from qa.answer.render import answer_json
from qa.assistant import Assistant
from qa.bench.routes import measure, shown
from qa.chat.store import ConversationStore, conversations_path
from qa.filters import read_filters

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")

QUESTION = "12路公交车调整以后末班车是几点？"
QUESTIONS = (
    Asked(QUESTION, top_k=5),
    Asked("那里2025年还要再改造多少个？", ("望河区老街更新三年行动一共改造了多少个老旧小区？",), 3),
    Asked(QUESTION, top_k=2, filters={"publisher": "砚溪", "since": "2023"}),
    Asked(QUESTION, filters={"since": "2030"}),
)


@pytest.fixture(scope="module")
def surfaces(server: Served) -> dict[str, Callable[[Asked], Json]]:
    return surfaces_of(server.url, server.store)


@pytest.mark.parametrize("asked", QUESTIONS, ids=[f"question {number}" for number in range(1, len(QUESTIONS) + 1)])
def test_every_surface_gives_the_answer_of_the_assistant(
    surfaces: dict[str, Callable[[Asked], Json]], assistant: Assistant, asked: Asked
) -> None:
    filters = read_filters(dict(asked.filters))
    expected = answer_json(
        assistant.ask(asked.question, history=asked.history, top_k=asked.top_k, filters=filters)
    )  # fmt: skip

    found = {name: differing(expected, ask(asked)) for name, ask in surfaces.items()}
    assert list(found.values()) == [{}] * 6, found


def test_the_questions_above_are_of_four_kinds(assistant: Assistant) -> None:
    """Answered, completed from the history, narrowed, and not answered; else the test above proves little."""
    answers = [
        assistant.ask(asked.question, history=asked.history, filters=read_filters(dict(asked.filters)))
        for asked in QUESTIONS
    ]

    assert not answers[0].abstained
    assert answers[1].searched_for != QUESTIONS[1].question
    assert {hit.article.document_id for hit in answers[2].hits} == {"yanxi-spring-tea.txt"}
    assert answers[3].abstained


def test_a_difference_is_found_and_named() -> None:
    """The comparison itself can fail."""
    one = {"answer": "5", "hits": [], "timings_ms": {"total": 1.0}}

    assert differing(one, {**one, "timings_ms": {"total": 2.0}}) == {}
    assert differing(one, {**one, "answer": "6"}) == {"answer": ("5", "6")}
    assert set(differing(one, {"answer": "5", "timings_ms": {}})) == {"hits", "timings_ms"}


def test_exactly_four_tools_are_offered_described_with_schemas_of_what_goes_in_and_out(server: Served) -> None:
    introduced, listed = tools(server.url)
    offered = {tool.name: tool for tool in listed}

    assert list(offered) == ["ask", "search", "article", "status"]
    assert all(tool.description and len(tool.description) > 40 for tool in offered.values())
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in offered.values())
    assert offered["ask"].inputSchema["required"] == ["question"]
    assert offered["ask"].inputSchema["properties"]["history"]["description"].startswith("Earlier questions")
    assert "since" in str(offered["search"].inputSchema["properties"]["filters"])
    assert offered["ask"].outputSchema is not None
    assert "citations" in offered["ask"].outputSchema["properties"]
    assert introduced.serverInfo.version == version("wenju")
    assert "do not guess" in (introduced.instructions or "")
    assert "MCP: " in server.printed()


def test_other_tools_answer_too(server: Served) -> None:
    """A hit of the search opens as an article where it stands."""
    found = tool_result(server.url, "search", {"query": "末班车", "top_k": 2}).structuredContent or {}
    hit = found["hits"][0]
    place = {"document_id": hit["source"], "start": hit["start"], "end": hit["end"]}
    opened = tool_result(server.url, "article", place).structuredContent or {}
    status = tool_result(server.url, "status", {}).structuredContent or {}

    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert opened["text"][hit["start"] : hit["end"]] == opened["quote"]
    assert opened["article"]["title"] == hit["title"]
    assert status["articles"] > 0


@pytest.mark.parametrize(
    ("tool", "arguments", "code", "sentence"),
    [
        ("ask", {"question": ""}, "question_empty", "The question is empty. Type a question"),
        ("ask", {"question": "长" * 20_000}, "question_too_long", "The question has 20000 characters"),
        ("ask", {}, "missing_field", "question is missing. Send question, too."),
        ("ask", {"question": "x", "tone": "kind"}, "unknown_field", "There is no field “tone”."),
        ("ask", {"question": "x", "top_k": "many"}, "wrong_type", "top_k must be a whole number"),
        ("article", {"document_id": "nowhere.txt"}, "document_missing", "There is no document nowhere.txt"),
        ("delete", {}, "unknown_route", "There is no such tool. These are: ask"),
    ],
)
def test_a_mistake_is_an_error_with_its_sentence_its_remedy_and_its_code(
    server: Served, tool: str, arguments: Json, code: str, sentence: str
) -> None:
    result = tool_result(server.url, tool, arguments)

    assert result.isError
    assert isinstance(result.content[0], types.TextContent)
    assert result.content[0].text.startswith(sentence)
    assert (result.structuredContent or {})["error"]["code"] == code


def test_openais_client_asks_and_reads_streams_and_errors(server: Served) -> None:
    with OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0) as client:
        assert [model.id for model in client.models.list()] == ["wenju"]
        messages = [{"role": "user", "content": QUESTION}]
        whole = client.chat.completions.create(model="wenju", messages=messages)  # type: ignore[arg-type]
        streamed = list(client.chat.completions.create(model="wenju", messages=messages, stream=True))  # type: ignore[arg-type]
        with pytest.raises(UnprocessableEntityError) as refused:
            client.chat.completions.create(model="wenju", messages=[{"role": "user", "content": " "}])
        with pytest.raises(NotFoundError):
            client.chat.completions.create(model="another", messages=messages)  # type: ignore[arg-type]

    pieces = [chunk.choices[0].delta for chunk in streamed]
    assert "[1]" in (whole.choices[0].message.content or "")
    assert "".join(piece.content or "" for piece in pieces) == whole.choices[0].message.content
    assert differing(whole.choices[0].message.metadata["answer"], pieces[-1].metadata["answer"]) == {}  # type: ignore[attr-defined]
    assert (refused.value.code, refused.value.type) == ("question_empty", "invalid_request_error")


def test_feedback_of_a_program_is_kept_beside_the_store(server: Served) -> None:
    answer = posted(f"{server.url}/v1/ask", {"question": QUESTION})[1]
    said = {"question": QUESTION, "answer": answer, "rating": 1, "note": "该留在旁边"}
    status, reply = posted(f"{server.url}/v1/feedback", said)

    assert (status, reply["kept"], reply["generation"]) == (200, True, answer["generation"])
    with closing(ConversationStore.open(conversations_path(server.store))) as kept:
        (one,) = (given for given in kept.feedback() if given.turn.note == said["note"])
    assert (one.turn.question, one.turn.rating) == (QUESTION, 1)
    assert one.turn.answer is not None
    assert answer_json(one.turn.answer) == answer


def test_a_foreign_page_can_ask_nothing(server: Served) -> None:
    status, reply = posted(f"{server.url}/v1/ask", {"question": QUESTION}, origin="https://evil.example")

    assert (status, reply["error"]["code"]) == (403, "foreign_origin")
    assert posted(f"{server.url}/v1/ask", {"question": QUESTION}, host="evil.example")[0] == 400
    assert "Traceback" not in server.printed()


def test_the_benchmark_of_the_routes_asks_both_ways_and_compares_their_answers(server: Served) -> None:
    found = measure(int(server.url.rpartition(":")[2]), users=2, seconds=0.3, rounds=1)

    assert found["same_answers"]
    assert all(way["requests"] >= 2 for way in found["ways"].values())
    assert found["ratio"] == found["ways"]["plain"]["per_second"] / found["ways"]["gradio"]["per_second"]
    assert f"ratio {found['ratio']:.1f} (target ≥ 5" in shown(found)
