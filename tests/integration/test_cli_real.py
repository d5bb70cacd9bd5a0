"""The command line with the real model, each command in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.answer.render import answer_json
from qa.types import Answer

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "docs" / "articles"
FIELDS = list(answer_json(Answer("", "", None, None, 0.0, None, (), (), {}, 0)))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    """Return the store of the sample corpus and what indexing it printed."""
    store = tmp_path_factory.mktemp("real") / "store"
    return store, _wenju("index", str(ARTICLES), "--store", str(store))


def _wenju(*arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command as at home: no settings of the tests' own, no warnings about the code of others."""
    ours = {"PYTHONWARNDEFAULTENCODING", *(name for name in os.environ if name.startswith("WENJU_"))}
    environment = {name: value for name, value in os.environ.items() if name not in ours - {"WENJU_CACHE"}}
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=ROOT,
        timeout=600,
        check=False,
    )


def _sample_questions() -> list[dict[str, object]]:
    lines = (ROOT / "tests" / "golden" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def test_index_ends_with_what_it_did(indexed: tuple[Path, "subprocess.CompletedProcess[str]"]) -> None:
    _, ran = indexed
    files = len([file for file in ARTICLES.iterdir() if file.suffix in {".txt", ".md", ".html", ".pdf"}])

    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    assert f"{files} new, 0 changed, 0 removed, 0 unchanged" in ran.stdout
    assert f"{files} files, " in ran.stdout.splitlines()[-1]
    assert ", 0 skipped; " in ran.stdout.splitlines()[-1]
    assert len(ran.stderr.splitlines()) <= 20


def test_questions_on_lines_get_one_proved_answer_each_in_order(
    indexed: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    """One process, all sample questions, their ids passed through; every quotation stands in its file."""
    store, _ = indexed
    asked = _sample_questions()

    ran = _wenju(
        "ask", "--jsonl", "--store", str(store), typed="".join(json.dumps(question) + "\n" for question in asked)
    )

    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [row["id"] for row in rows] == [question["id"] for question in asked]
    assert [list(row) for row in rows] == [["id", *FIELDS]] * len(asked)
    assert any(row["citations"] for row in rows)
    for row in rows:
        assert row["abstained"] == (not row["citations"])
        for citation in row["citations"]:
            shown = _wenju_show(store, citation["source"])
            assert shown[citation["start"] : citation["end"]] == citation["quote"]


def _wenju_show(store: Path, document: str) -> str:
    """Return the stored text of a document, through the Assistant: `show` prints it for people."""
    from qa.assistant import Assistant

    assistant = Assistant.open(store)
    try:
        return assistant.article(document).document.text
    finally:
        assistant.close()


def test_a_question_is_answered_with_exit_code_0_and_an_unanswerable_one_with_1(
    indexed: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    store, _ = indexed
    asked = _sample_questions()
    answerable = next(question for question in asked if question["answerable"] and not question.get("history"))

    answered = _wenju("ask", str(answerable["question"]), "--store", str(store))
    silent = _wenju("ask", "火星上的第一座天文台是哪一年落成的？", "--store", str(store))

    assert (answered.returncode, silent.returncode) == (0, 1)
    assert "⟦" in answered.stdout.splitlines()[0]
    assert "\n[1] " in answered.stdout
    assert silent.stdout.startswith("No answer. ")


def test_a_second_index_does_nothing_and_needs_no_model(
    indexed: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    store, first = indexed

    ran = _wenju("index", str(ARTICLES), "--store", str(store))

    files = first.stdout.splitlines()[-1].partition(" ")[0]
    assert ran.returncode == 0
    assert f"0 new, 0 changed, 0 removed, {files} unchanged" in ran.stdout
    assert float(ran.stdout.rpartition("; ")[2].removesuffix(" s\n")) < 5


def test_a_mistake_is_exit_code_2_without_a_traceback(tmp_path: Path) -> None:
    ran = _wenju("ask", "谁？", "--store", str(tmp_path / "none"))

    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "wenju index FOLDER" in ran.stderr
