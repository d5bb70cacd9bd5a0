"""The endpoints of Gradio as clients use them: gradio_client, and plain HTTP."""

import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest
from api_server import ROOT, Served, environment
from gradio_client import Client
from gradio_client.exceptions import AppError

from qa.answer.render import answer_json, hit_json
from qa.assistant import Assistant
from qa.filters import make_filters
from qa.web.api.examples import CALLS

WITHOUT_MODELS = {"WENJU_MODEL": "hashing", "WENJU_RERANKER": "none", "WENJU_ANSWERER": "sentence"}

# huggingface_hub reads a file without saying its encoding when a client is made.
pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")

PAGE = "linxi-daily-page.txt"
QUESTION = "12路公交车调整以后末班车是几点？"


def post(url: str, value: object, **headers: str) -> dict[str, Any]:
    request = urllib.request.Request(url, json.dumps(value).encode(), {"content-type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as response:
        answered: dict[str, Any] = json.load(response)
        return answered


def called(server: Served, path: str, value: object) -> tuple[str, Any]:
    """Do what two lines of curl do: post, then read the event; return its name and its data."""
    event_id = post(f"{server.url}/gradio_api/call/{path}", value)["event_id"]
    name = path.removeprefix("v2/")
    with urllib.request.urlopen(f"{server.url}/gradio_api/call/{name}/{event_id}", timeout=30) as response:
        event, data = response.read().decode("utf-8").strip().split("\n")[:2]
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


def test_the_call_in_the_readme_works(server: Served) -> None:
    """The first Python block of README.md that uses gradio_client has five lines and prints an answer or a reason."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    code = next((block for block in blocks if "gradio_client" in block), None)
    assert code is not None, "README.md shows no gradio_client call"
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    run = subprocess.run(
        [sys.executable, "-c", code.replace("http://127.0.0.1:7860", server.url)],
        check=False, capture_output=True, timeout=120, env=environment(),
    )  # fmt: skip

    assert run.returncode == 0, run.stderr.decode("utf-8")
    assert run.stdout.decode("utf-8").strip()


def test_exactly_the_six_endpoints_are_listed(client: Client) -> None:
    listed = client.view_api(return_format="dict")

    assert list(listed["named_endpoints"]) == ["/ask", "/search", "/article", "/documents", "/status", "/feedback"]
    assert listed["unnamed_endpoints"] == {}
    parameters = {
        name: [(given["parameter_name"], given["python_type"]["type"]) for given in endpoint["parameters"]]
        for name, endpoint in listed["named_endpoints"].items()
    }
    assert parameters == {
        "/ask": [
            ("question", "str"),
            ("history", "None | list[str]"),
            ("top_k", "int"),
            ("filters", "None | dict(str, Any)"),
            ("llm", "bool"),
        ],
        "/search": [("query", "str"), ("top_k", "int"), ("filters", "None | dict(str, Any)")],
        "/article": [("document_id", "str"), ("start", "None | int"), ("end", "None | int"), ("around", "None | int")],
        "/documents": [("collection", "None | str"), ("offset", "int"), ("limit", "int")],
        "/status": [],
        "/feedback": [
            ("question", "str"),
            ("rating", "int"),
            ("note", "str"),
            ("history", "None | list[str]"),
            ("answer", "None | dict(str, Any)"),
            ("generation", "None | int"),
        ],
    }


def test_each_endpoint_is_described_with_an_example_of_each_value(client: Client) -> None:
    listed = client.view_api(return_format="dict")["named_endpoints"]

    assert all(len(endpoint["description"]) > 40 for endpoint in listed.values())
    assert listed["/ask"]["parameters"][0]["example_input"] == "建筑面积呢？"
    assert listed["/ask"]["parameters"][3]["example_input"] == {"source": "linxi-*"}
    shown = [given["example_input"] for endpoint in listed.values() for given in endpoint["parameters"]]
    assert "..." not in shown


def test_the_examples_of_the_endpoints_can_be_called_as_they_are_shown(client: Client) -> None:
    """Over the sample corpus; the generation of the feedback is that of its first index."""
    came = {name: client.predict(**values, api_name=f"/{name}") for name, values in CALLS.items()}

    assert came["ask"]["searched_for"].endswith("建筑面积")
    assert {hit["source"] for hit in (*came["ask"]["hits"], *came["search"])} == {PAGE}
    assert "阅览座位1900个" in came["article"]["quote"]
    assert len(came["documents"]["documents"]) == came["documents"]["total"] == 9
    assert came["feedback"]["kept"] is True


def test_the_examples_of_the_plain_routes_can_be_sent_as_they_are_shown(server: Served) -> None:
    """What the page /docs offers to try: each comes back with status 200."""
    with urllib.request.urlopen(f"{server.url}/openapi.json", timeout=30) as response:
        described = json.load(response)
    schemas = described["components"]["schemas"]
    sent = {
        path: schemas[routes["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]]
        for path, routes in described["paths"].items()
        if "post" in routes
    }
    came = {path: post(f"{server.url}{path}", body["examples"][0]) for path, body in sent.items()}

    assert set(came) == {"/v1/ask", "/v1/search", "/v1/feedback", "/v1/chat/completions"}
    assert came["/v1/ask"]["question"] == "图书馆新馆有多少个阅览座位？"


def test_api_assistant_and_command_line_give_one_answer(
    server: Served, client: Client, assistant: Assistant
) -> None:  # fmt: skip
    """DESIGN, promise 3; only the timings differ."""
    expected = untimed(answer_json(assistant.ask(QUESTION, top_k=5)))
    run = subprocess.run(
        [sys.executable, "-m", "qa", "ask", QUESTION, "--json", "--top-k", "5", "--store", str(server.store)],
        check=False, capture_output=True, timeout=120, cwd=ROOT, env=environment(WITHOUT_MODELS),
    )  # fmt: skip

    assert untimed(client.predict(QUESTION, None, 5, api_name="/ask")) == expected
    assert untimed(json.loads(run.stdout)) == expected


def test_search_gives_the_hits_of_the_assistant(client: Client, assistant: Assistant) -> None:
    found = client.predict("公交车 末班车", 3, api_name="/search")

    assert found == [hit_json(hit) for hit in assistant.search("公交车 末班车", top_k=3)]
    assert [hit["rank"] for hit in found] == [1, 2, 3]


def test_filters_narrow_an_answer_and_a_search_alike_on_every_surface(
    server: Served, client: Client, assistant: Assistant
) -> None:  # fmt: skip
    """By publisher and day; the flags of the command line have the same names."""
    given, filters = {"publisher": "砚溪", "since": "2023"}, make_filters(publishers=["砚溪"], since="2023")
    expected = untimed(answer_json(assistant.ask(QUESTION, top_k=5, filters=filters)))
    run = subprocess.run(
        [sys.executable, "-m", "qa", "ask", QUESTION, "--json", "--top-k", "5", "--store", str(server.store),
         "--publisher", "砚溪", "--since", "2023"],
        check=False, capture_output=True, timeout=120, cwd=ROOT, env=environment(WITHOUT_MODELS),
    )  # fmt: skip

    assert untimed(client.predict(QUESTION, None, 5, given, api_name="/ask")) == expected
    assert untimed(json.loads(run.stdout)) == expected
    assert {hit["source"] for hit in expected["hits"]} == {"yanxi-spring-tea.txt"}
    found = client.predict("公交车 末班车", 3, given, api_name="/search")
    assert found == [hit_json(hit) for hit in assistant.search("公交车 末班车", top_k=3, filters=filters)]
    assert (
        called(server, "v2/search", {"query": "末班车", "filters": given})[1][0][0]["source"] == "yanxi-spring-tea.txt"
    )


def test_a_filter_that_leaves_nothing_is_a_reason_of_the_answer_and_a_mistake_of_the_search(client: Client) -> None:
    answer = client.predict(QUESTION, None, 5, {"since": "2030"}, api_name="/ask")

    assert (answer["abstained"], answer["hits"]) == (True, [])
    assert answer["reason"].startswith(
        "没有符合筛选条件（2030-01-01 起）的文章。有日期的文章从2023-04-21到2025-03-18。"
    )
    with pytest.raises(AppError, match=r"No article fits the filters \(from 2030-01-01\)"):
        client.predict("末班车", 5, {"since": "2030"}, api_name="/search")


def test_a_hit_opens_where_it_stands(client: Client) -> None:
    """The text of /article, cut at start and end, is the quotation."""
    hit = client.predict("公交车 末班车", 1, api_name="/search")[0]
    opened = client.predict(hit["source"], hit["start"], hit["end"], api_name="/article")

    assert opened["source"] == hit["source"]
    assert opened["text"][hit["start"] : hit["end"]] == opened["quote"]
    assert opened["article"]["title"] == hit["title"]
    assert client.predict(hit["source"], api_name="/article")["quote"] is None


def test_status_says_what_is_loaded(client: Client, assistant: Assistant, server: Served) -> None:
    status = client.predict(api_name="/status")

    assert (status["articles"], status["passages"]) == (assistant.status().articles, assistant.status().passages)
    assert status["model"] == assistant.status().model
    assert str(server.store) not in json.dumps(status), "no folder of this machine goes over the network"


def test_documents_are_listed_page_by_page(client: Client, assistant: Assistant) -> None:
    names = [document.id for document in assistant.documents()]
    page = client.predict(None, 1, 2, api_name="/documents")

    assert [document["source"] for document in page["documents"]] == names[1:3]
    assert page["total"] == len(names)
    assert page["documents"][0]["articles"] > 0
    assert client.predict("", api_name="/documents")["total"] == len(names)
    with pytest.raises(AppError, match="There is no such collection"):
        client.predict("archive", api_name="/documents")


def test_feedback_is_kept_or_refused_with_a_sentence(client: Client) -> None:
    answer = client.predict(QUESTION, api_name="/ask")
    kept = client.predict(QUESTION, -1, "末班车不对。", [], answer, api_name="/feedback")

    assert (kept["kept"], kept["generation"]) == (True, answer["generation"])
    with pytest.raises(AppError, match="rating must be -1, 0 or 1"):
        client.predict(QUESTION, 5, api_name="/feedback")
    with pytest.raises(AppError, match="The documents have changed since generation 99"):
        client.predict(QUESTION, 1, "", None, None, 99, api_name="/feedback")


def test_a_follow_up_is_completed_from_the_history(client: Client) -> None:
    history = ["望河区老街更新三年行动一共改造了多少个老旧小区？"]

    assert client.predict("那里2025年还要再改造多少个？", history, 3, api_name="/ask")["searched_for"] != (
        "那里2025年还要再改造多少个？"
    )


def test_two_lines_of_curl_are_enough(server: Served) -> None:
    """Values in order, those left out take their defaults; or values by name."""
    for path, value in (("ask", {"data": [QUESTION]}), ("v2/ask", {"question": QUESTION})):
        event, data = called(server, path, value)
        assert event == "complete"
        assert data[0]["question"] == QUESTION
        assert len(data[0]["hits"]) == 8


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((" ",), "The question is empty."),
        (("长" * 20_000,), "The question has 20000 characters; 2000 is the most."),
        ((5,), "question must be text, got a number."),
        ((None,), "question must be text, got nothing."),
        ((["a"],), "question must be text, got a list."),
        (({"a": 1},), "question must be text, got an object."),
        ((QUESTION, "earlier"), "history must be a list of earlier questions, each of them text."),
        ((QUESTION, [1]), "history must be a list of earlier questions, each of them text."),
        ((QUESTION, ["x"] * 101), "history holds 101 questions; at most 100 are read."),
        ((QUESTION, [], 0), "top_k must be a whole number from 1 to 100."),
        ((QUESTION, [], 101), "top_k must be a whole number from 1 to 100."),
        ((QUESTION, [], 2.5), "top_k must be a whole number from 1 to 100."),
        ((QUESTION, [], True), "top_k must be a whole number from 1 to 100."),
        ((QUESTION, [], "8"), "top_k must be a whole number from 1 to 100."),
        ((QUESTION, [], 8, "砚溪新报"), "filters must be an object."),
        ((QUESTION, [], 8, {"publishers": "砚溪新报"}), "There is no filter “publishers”."),
        ((QUESTION, [], 8, {"since": "2021-13-01"}), "“2021-13-01” is not a date for since."),
        ((QUESTION, [], 8, {"publisher": "砚溪晚报"}), "No article has a publisher like “砚溪晚报”. Nearest: 砚溪新报"),
    ],
)
def test_a_mistake_gets_one_sentence_and_a_remedy(
    server: Served, client: Client, values: tuple[object, ...], sentence: str
) -> None:
    with pytest.raises(AppError) as raised:
        client.predict(*values, api_name="/ask")

    assert str(raised.value).startswith(sentence)
    assert len(str(raised.value)) > len(sentence) + 5, "a remedy follows"
    assert "\n" not in str(raised.value)
    assert called(server, "ask", {"data": list(values)})[1]["error"] == str(raised.value)


@pytest.mark.parametrize(
    "values",
    [("nowhere.txt",), ("../../etc/passwd",), (7,), (PAGE, 5), (PAGE, 5, 10**9), (PAGE, -1, 5), (PAGE, 9, 9),
     (PAGE, "a", "b")],
)  # fmt: skip
def test_a_document_or_place_that_is_not_there_gets_a_sentence(client: Client, values: tuple[object, ...]) -> None:
    with pytest.raises(AppError) as raised:
        client.predict(*values, api_name="/article")

    assert re.fullmatch(r"[^\n]+\. [^\n]+", str(raised.value))


@pytest.mark.parametrize(
    ("path", "status"),
    [("run/ask", 404), ("api/ask", 404), ("run/search", 404), ("openapi.json", 404), ("file=/etc/hostname", 404),
     ("upload", 400)],  # takes files of a form only
)  # fmt: skip
def test_no_way_leads_around_the_queue_or_into_the_file_system(server: Served, path: str, status: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as raised:
        post(f"{server.url}/gradio_api/{path}", {"data": [QUESTION, None, 8]})

    assert raised.value.code == status


def test_other_web_pages_cannot_read_answers(server: Served) -> None:
    """No foreign origin is let in, and no foreign host name is answered."""
    request = urllib.request.Request(f"{server.url}/config", headers={"origin": "https://evil.example"})
    with urllib.request.urlopen(request, timeout=30) as response:
        assert "access-control-allow-origin" not in response.headers
        assert "default-src 'none'" in response.headers["content-security-policy"]
    with pytest.raises(urllib.error.HTTPError) as raised:
        post(f"{server.url}/gradio_api/call/ask", {"data": [QUESTION]}, host="evil.example")
    assert raised.value.code == 400


def test_several_clients_at_once_each_get_their_own_answer(server: Served) -> None:
    questions = [f"{QUESTION} {number}" for number in range(8)]
    got: dict[str, str] = {}

    def ask(question: str) -> None:
        got[question] = called(server, "ask", {"data": [question]})[1][0]["question"]

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert got == {question: question for question in questions}


def test_the_log_holds_no_stack_trace(server: Served, client: Client) -> None:
    """Not even after every mistake above."""
    with pytest.raises(AppError):
        client.predict("", api_name="/ask")

    assert "Traceback" not in server.printed()
