"""Thirty questions to the real model on every surface: each gives the same answer, field by field (DESIGN, promise 3).

The answers of `POST /v1/ask` are what the others are held against. A table is added to the sample corpus, so that the
row of a table is among what is cited. `tests/integration/test_surfaces.py` holds that route against the Assistant.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from api_server import ARTICLES, ROOT, Served, app, served
from gradio_client import Client
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
)

pytestmark = pytest.mark.filterwarnings("ignore::EncodingWarning:huggingface_hub.*")

TABLE = """站名,所在街道,候车亭数量,启用年份
柳浦南站,柳浦街道,6,2019
石埠口站,东埠街道,11,2022
"""
BUS = "12路公交车调整以后末班车是几点？"
OF_OUR_OWN = (
    Asked("石埠口站的候车亭数量是多少？"),
    Asked(BUS, filters={"publisher": "砚溪", "since": "2023"}),
    Asked(BUS, filters={"source": "linxi-daily-page.txt"}),
    Asked("How long is the footbridge that replaced the last cable ferry?"),
    Asked("《一片叶子的新算盘》是谁写的？"),
    Asked("哪两篇文章说到了水利局局长和图书馆新馆的地址？"),
)
FITS_NOTHING = Asked(BUS, filters={"since": "2030"})
WITH_MODELS: dict[str, str] = {}


def golden() -> list[Asked]:
    """Return the 23 first questions of the sample corpus, the follow-ups with their histories."""
    lines = (ROOT / "tests" / "golden" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Asked(row["question"], tuple(row.get("history") or ())) for row in rows[:23]]


QUESTIONS = (*golden(), *OF_OUR_OWN, FITS_NOTHING)


@dataclass(frozen=True)
class Answered:
    """A server over the corpus, and what it answered."""

    server: Served
    answers: list[Json]


@pytest.fixture(scope="module")
def answered() -> Iterator[Answered]:
    """Serve the sample corpus and a table with the real model, and ask `/v1/ask` everything."""
    with tempfile.TemporaryDirectory() as folder:
        docs, store = Path(folder) / "docs", Path(folder) / "store"
        shutil.copytree(ARTICLES, docs)
        (docs / "bus-stops.csv").write_text(TABLE, encoding="utf-8")
        with served(app("--mcp", store=store, docs=docs, model="bundled"), store=store) as server:
            yield Answered(server, [over_v1(server.url, asked) for asked in QUESTIONS])


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
    assert {hit["source"] for hit in answers[24]["hits"]} == {"yanxi-spring-tea.txt"}
    assert (answers[29]["abstained"], answers[29]["hits"]) == (True, [])


def test_gradio_gives_these_answers(answered: Answered) -> None:
    client = Client(answered.server.url, verbose=False)

    assert differences(answered.answers, [over_gradio(client, asked) for asked in QUESTIONS]) == {}


def test_mcp_gives_these_answers(answered: Answered) -> None:
    assert differences(answered.answers, [over_mcp(answered.server.url, asked) for asked in QUESTIONS]) == {}


@pytest.mark.parametrize("stream", [False, True])
def test_chat_completions_give_these_answers(answered: Answered, stream: bool) -> None:
    got = [over_completions(answered.server.url, asked, stream=stream) for asked in QUESTIONS]

    assert differences(answered.answers, got) == {}


def test_the_command_line_gives_these_answers_line_by_line(answered: Answered) -> None:
    got = over_lines(answered.server.store, QUESTIONS, settings=WITH_MODELS)

    assert differences(answered.answers, got) == {}


def test_the_command_line_gives_these_answers_one_by_one(answered: Answered) -> None:
    """A follow-up and filters; each takes a process that loads the model."""
    got = [over_command_line(answered.server.store, QUESTIONS[at], settings=WITH_MODELS) for at in (15, 24)]

    assert [differing(answered.answers[at], one) for at, one in zip((15, 24), got, strict=True)] == [{}, {}]


def test_a_conversation_in_the_terminal_exports_these_answers(answered: Answered, tmp_path: Path) -> None:
    got = over_talk(answered.server.store, QUESTIONS, tmp_path, settings=WITH_MODELS)

    assert differences(answered.answers, got) == {}
