"""Thirty questions to the real model on every surface: each gives the same answer, field by field (DESIGN, promise 3).

The answers of `POST /v1/ask` are what the others are held against. A table is added to the sample corpus, so that the
row of a table is among what is cited. `tests/integration/test_surfaces.py` holds that route against the Assistant.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from api_server import ARTICLES, ROOT, Served, app, served
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import Page, expect
from surfaces import (
    Asked,
    Json,
    differing,
    over_command_line,
    over_completions,
    over_gradio,
    over_lines,
    over_mcp,
    over_talk,
    over_v1,
    posted,
    tool_result,
    wenju,
)
from visiting import Visits

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")

TABLE = """站名,所在街道,候车亭数量,启用年份
柳浦南站,柳浦街道,6,2019
石埠口站,东埠街道,11,2022
"""
BUS = "12路公交车调整以后末班车是几点？"
OF_OUR_OWN = (
    Asked("石埠口站的候车亭数量是多少？"),
    Asked(BUS, filters={"publisher": "砚溪", "since": "2023"}),
    Asked(BUS, filters={"since": "2024-01", "until": "2024"}),
    Asked("How long is the footbridge that replaced the last cable ferry?"),
    Asked("《一片叶子的新算盘》是谁写的？"),
    Asked("新开放的市图书馆在什么地方,有多少个座位?"),
)
FITS_NOTHING = Asked(BUS, filters={"since": "2030"})
WITH_MODELS: dict[str, str] = {}


def golden() -> list[Asked]:
    """Return the 23 first questions of the sample corpus, the follow-ups with their histories."""
    lines = (ROOT / "tests" / "golden" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Asked(row["question"], tuple(row.get("history") or ())) for row in rows[:23]]


QUESTIONS = (*golden(), *OF_OUR_OWN, FITS_NOTHING)
NARROWED = QUESTIONS.index(OF_OUR_OWN[1])


@dataclass(frozen=True)
class Answered:
    """A server over the corpus, and what each of its surfaces answered."""

    server: Served
    answers: list[Json]
    others: dict[str, list[Json]]


@pytest.fixture(scope="module")
def server(real_store: Path) -> Iterator[Served]:
    """Serve the sample corpus and a table with the real model."""
    with tempfile.TemporaryDirectory() as folder:
        docs, store = Path(folder) / "docs", Path(folder) / "store"
        shutil.copytree(ARTICLES, docs)
        shutil.copytree(real_store, store)
        (docs / "bus-stops.csv").write_text(TABLE, encoding="utf-8")
        with served(app("--mcp", store=store, docs=docs, model="bundled"), store=store) as running:
            yield running


@pytest.fixture(scope="module")
def answered(server: Served) -> Answered:
    """Ask every surface of the server one question after the other: what it has read it remembers for the next one."""
    url, client = server.url, Client(server.url, verbose=False)
    surfaces = {
        "Gradio": lambda asked: over_gradio(client, asked),
        "MCP": lambda asked: over_mcp(url, asked),
        "chat completions": lambda asked: over_completions(url, asked),
        "chat completions, streamed": lambda asked: over_completions(url, asked, stream=True),
    }
    answers: list[Json] = []
    others: dict[str, list[Json]] = {name: [] for name in surfaces}
    for asked in QUESTIONS:
        answers.append(over_v1(url, asked))
        for name, ask in surfaces.items():
            others[name].append(ask(asked))
    return Answered(server, answers, others)


def differences(expected: list[Json], got: list[Json]) -> dict[str, object]:
    """Return the fields that differ, by question."""
    pairs = zip(QUESTIONS, expected, got, strict=True)
    found = {asked.question: differing(wanted, came) for asked, wanted, came in pairs}
    return {question: fields for question, fields in found.items() if fields}


def test_the_questions_are_of_all_kinds(answered: Answered) -> None:
    """Else the tests below prove little."""
    answers = answered.answers
    citations = [cited for answer in answers for cited in answer["citations"]]

    assert len(QUESTIONS) == 30
    assert sum(answer["abstained"] for answer in answers) >= 3
    assert sum(answer["searched_for"] != answer["question"] for answer in answers) >= 2
    assert any(len(answer["citations"]) > 1 for answer in answers)
    assert {cited["match"] for cited in citations} == {"exact", "repaired"}
    paged = {cited["source"] for cited in citations if cited["page"] is not None}
    assert {"tangxi-newspaper.pdf", "bus-stops.csv"} <= paged
    assert {hit["source"] for hit in answers[NARROWED]["hits"]} == {"yanxi-spring-tea.txt"}
    assert (answers[-1]["abstained"], answers[-1]["hits"]) == (True, [])


@pytest.mark.parametrize("surface", ["Gradio", "MCP", "chat completions", "chat completions, streamed"])
def test_a_surface_of_the_server_gives_these_answers(answered: Answered, surface: str) -> None:
    assert differences(answered.answers, answered.others[surface]) == {}


def test_the_command_line_gives_these_answers_line_by_line(answered: Answered) -> None:
    got = over_lines(answered.server.store, QUESTIONS, settings=WITH_MODELS)

    assert differences(answered.answers, got) == {}


def test_the_command_line_gives_one_of_these_answers_by_itself(answered: Answered) -> None:
    """Only one of them here, with filters: each takes a process that loads the model."""
    got = over_command_line(answered.server.store, QUESTIONS[NARROWED], settings=WITH_MODELS)

    assert differing(answered.answers[NARROWED], got) == {}


def test_a_conversation_in_the_terminal_exports_these_answers(answered: Answered, tmp_path: Path) -> None:
    store = answered.server.store
    got = over_talk(store, QUESTIONS[:-1], tmp_path, settings=WITH_MODELS)
    (tmp_path / "0.json").unlink()
    got += over_talk(store, QUESTIONS[-1:], tmp_path, flags=("--since", "2030"), settings=WITH_MODELS)

    assert differences(answered.answers, got) == {}


MISTAKES = (
    (Asked(" "), "question_empty", "The question is empty.", "Type a question about the documents."),
    (Asked("长" * 2001), "question_too_long", "The question has 2001 characters; 2000 is the most.", "Ask one thing"),
    (
        Asked(BUS, filters={"publisher": "没有的报"}),
        "filter_invalid",
        "No article has a publisher like “没有的报”.",
        "",
    ),
    (Asked(BUS, filters={"since": "2024-13"}), "filter_invalid", "“2024-13” is not a date for since.", "Write"),
    (
        Asked(BUS, filters={"since": "2024", "until": "2020"}),
        "filter_invalid",
        "since 2024-01-01 is after until",
        "",
    ),
)


def told_by_the_server(url: str, client: Client, asked: Asked) -> dict[str, tuple[str, str]]:
    """Return what each surface says of a mistake: its code, and the sentence with the remedy behind it."""
    _, plain = posted(f"{url}/v1/ask", asked.fields())
    message = {"messages": [{"role": "user", "content": asked.question}], "filters": dict(asked.filters)}
    _, completion = posted(f"{url}/v1/chat/completions", message)
    tool = tool_result(url, "ask", asked.fields()).structuredContent or {}
    with pytest.raises(AppError) as raised:
        over_gradio(client, asked)
    errors = {"v1": plain["error"], "MCP": tool["error"]}
    told = {name: (error["code"], f"{error['message']} {error['remedy']}") for name, error in errors.items()}
    told["chat completions"] = (completion["error"]["code"], completion["error"]["message"])
    told["Gradio"] = (raised.value.title, str(raised.value))
    return told


def test_a_mistake_has_one_code_one_sentence_and_one_remedy_on_every_surface(server: Served) -> None:
    client = Client(server.url, verbose=False)
    lines = over_lines(server.store, [asked for asked, *_ in MISTAKES], settings=WITH_MODELS)
    for (asked, code, sentence, remedy), line in zip(MISTAKES, lines, strict=True):
        error = line["error"]
        told = told_by_the_server(server.url, client, asked) | {
            "jsonl": (error["code"], f"{error['message']} {error['remedy']}")
        }

        assert set(told.values()) == {told["v1"]}, told
        assert told["v1"][0] == code
        assert told["v1"][1].startswith(f"{sentence} {remedy}")


def test_a_mistake_is_told_in_these_words_in_the_terminal(server: Served) -> None:
    """By `wenju chat` and by `wenju ask --json`, on the standard error; nothing else is printed."""
    typed = [f"{MISTAKES[1][0].question}\n"]
    typed += [
        f":filter {' '.join(f'{name}={value}' for name, value in asked.filters.items())}\n"
        for asked, *_ in MISTAKES[3:]
    ]
    talk = wenju(
        ["chat", "--language", "en", "--store", str(server.store)], typed="".join(typed), settings=WITH_MODELS
    )  # fmt: skip
    ask = wenju(["ask", MISTAKES[1][0].question, "--json", "--store", str(server.store)], settings=WITH_MODELS)

    told = " ".join(talk.stderr.decode("utf-8").split())
    assert [row[2] for row in (MISTAKES[1], *MISTAKES[3:]) if row[2] not in told] == []
    assert (talk.returncode, ask.returncode, ask.stdout) == (2, 2, b"")
    assert f"{MISTAKES[1][2]} {MISTAKES[1][3]}" in " ".join(ask.stderr.decode("utf-8").split())


IN_THE_CHAT = (0, 15, 17, 20, NARROWED + 1)  # answered, a follow-up, silent, a repaired page of a PDF, between two days


@pytest.mark.browser
@pytest.mark.parametrize("at", IN_THE_CHAT)
def test_the_chat_shows_and_keeps_these_answers(visit: Visits, answered: Answered, at: int) -> None:
    asked, expected = QUESTIONS[at], answered.answers[at]
    with visit(answered.server, locale="en-GB") as visited:
        page = visited.page
        if asked.filters:
            page.locator("#wj-filters > button").click()
        for name, value in asked.filters.items():
            box = page.locator(f"#wj-{name} input, #wj-{name} textarea")
            box.fill(value)
            box.blur()
        for question in (*asked.history, asked.question):
            visited.ask(question)
        page.wait_for_url("**/?c=*")
        turn = visited.kept(answered.server)[-1]

        assert differing(expected, turn["answer"]) == {}
        assert (turn["question"], turn["problem"], turn["dropped_citations"]) == (asked.question, None, 0)
        expect(visited.evidence.locator(".wj-citation")).to_have_count(len(expected["citations"]))
        assert shown(page) == as_shown(expected)


_WITHOUT_NUMBERS = """all => all.map(one => [...one.childNodes]
    .filter(node => node.className !== 'wj-ref').map(node => node.textContent).join(''))"""


def shown(page: Page) -> Json:
    """Return what the last bubble says of an answer."""
    bubble = page.locator(".wj-answer").last
    marked = "".join(bubble.locator("mark").all_inner_texts())
    sentence = bubble.locator(".wj-sentence").evaluate_all(_WITHOUT_NUMBERS)
    return {
        "answer": marked or None,
        "sentence": "".join(sentence) or None,
        "reason": bubble.locator(".wj-silence > p:not([class])").all_inner_texts(),
        "searched_for": bubble.locator(".wj-searched bdi").all_inner_texts(),
        "titles": [re.sub(r"^\d+", "", text) for text in bubble.locator(".wj-sources li").all_inner_texts()],
    }


def source_as_shown(cited: Json) -> str:
    about = [text for text in (cited["publisher"], cited["date"]) if text]
    return f"{cited['title']} {' · '.join(about)}".strip()


def as_shown(answer: Json) -> Json:
    """Return the same of the answer's JSON."""
    return {
        "answer": answer["answer"],
        "sentence": answer["sentence"],
        "reason": [answer["reason"]] if answer["reason"] else [],
        "searched_for": [answer["searched_for"]] if answer["searched_for"] != answer["question"] else [],
        "titles": [source_as_shown(cited) for cited in answer["citations"]],
    }


@pytest.mark.browser
@pytest.mark.parametrize(
    ("locale", "told"), [("en-GB", MISTAKES[1][2]), ("zh-CN", "问题有 2001 个字符，最多 2000 个。")]
)
def test_the_chat_tells_a_mistake_in_the_language_of_the_visitor(
    visit: Visits, server: Served, locale: str, told: str
) -> None:
    with visit(server, locale=locale) as visited:
        visited.refuse(MISTAKES[1][0].question, told)
