"""The command line over a fake Assistant: what is printed, where, and with which exit code."""

import ast
import io
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
import typer
from cli_fakes import ANSWER, BODY, SILENCE, TEXT, FakeAssistant

from qa.cli import app as cli
from qa.config_llm import LlmSettings
from qa.corpus.formats.columns import Columns
from qa.filters import Filters

NARROWING = ["--source", "--publisher", "--author", "--since", "--until", "--collection"]


@pytest.fixture(autouse=True)
def _fake_assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)
    module = ModuleType("qa.assistant")
    monkeypatch.setattr(module, "Assistant", FakeAssistant, raising=False)
    monkeypatch.setitem(sys.modules, "qa.assistant", module)
    monkeypatch.setattr(FakeAssistant, "answer", ANSWER)


@pytest.fixture(autouse=True)
def _nothing_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, "")


def _typed(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))


def test_the_answer_is_printed_with_its_proof_and_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "公园何时开放?"]) == 0
    assert "⟦五月一日⟧" in capsys.readouterr().out


def test_when_the_documents_do_not_say_the_exit_code_is_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeAssistant, "answer", SILENCE)

    assert cli.main(["ask", "公园何时开放?"]) == 1
    assert capsys.readouterr().out.startswith("No answer. No passage names a price.\n")


def test_json_is_one_object_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "公园何时开放?", "--json"]) == 0
    printed = capsys.readouterr()

    value = json.loads(printed.out)
    assert (value["answer"], value["citations"][0]["quote"], value["generation"]) == ("五月一日", TEXT[5:23], 3)
    assert '"answer": "五月一日"' in printed.out
    assert printed.err == ""


def test_history_and_top_k_reach_the_assistant_and_the_store_is_closed() -> None:
    cli.main(["ask", "它呢?", "--history", "一", "--history", "二", "--top-k", "3"])

    assert FakeAssistant.calls == [("ask", "它呢?", ("一", "二"), 3), "closed"]


FLAGS = [
    "--source", "2021/*", "--publisher", "甲报", "--publisher", "乙报", "--author", "林晚", "--since", "2021-09",
    "--until", "2021", "--collection", "notes",
]  # fmt: skip
FILTERS = Filters(("2021/*",), ("甲报", "乙报"), ("林晚",), "2021-09-01", "2021-12-31", ("notes",))


def test_filters_reach_the_assistant_from_ask_search_and_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line's own filters go before those that were typed."""
    cli.main(["ask", "公园何时开放?", *FLAGS])
    assert FakeAssistant.calls[0] == ("ask", "公园何时开放?", (), 8, FILTERS)
    assert capsys.readouterr().out.startswith(
        "Searched only: source 2021/*; publisher 甲报 or 乙报; author 林晚; collection notes; from 2021-09-01; until "
        "2021-12-31\n河阳县"
    )

    cli.main(["search", "公园", *FLAGS])
    assert FakeAssistant.calls[0] == ("search", "公园", 8, FILTERS)

    _typed(monkeypatch, '{"question": "一"}\n{"question": "二", "filters": {"since": "2022"}}\n')
    cli.main(["ask", "--jsonl", "--publisher", "甲报"])
    assert [call[-1] for call in FakeAssistant.calls[:2]] == [
        Filters(publishers=("甲报",)), Filters(since="2022-01-01"),
    ]  # fmt: skip


def test_the_help_text_of_each_flag_stands_once_in_the_code() -> None:
    """Commands that have a flag in common have it from one place, so that they cannot come to differ."""
    told: list[str] = []
    for file in sorted(Path(cli.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("typer.Option", "typer.Argument"):
                told += [ast.unparse(given.value) for given in call.keywords if given.arg == "help"]

    assert len(told) > 30
    assert sorted(told) == sorted(set(told))


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"wenju {version('wenju')}\n"


def test_what_can_be_asked_can_be_narrowed_by_the_same_flags_in_the_same_words() -> None:
    flags = {
        name: [(given.opts, given.help, given.metavar) for given in command.params if given.opts[0] in NARROWING]
        for name, command in typer.main.get_command(cli.app).commands.items()  # type: ignore[attr-defined]
        if name in ("ask", "search", "chat")
    }

    assert [opts[0] for opts, *_ in flags["ask"]] == NARROWING
    assert flags["ask"] == flags["search"] == flags["chat"]


def test_a_dash_reads_the_question_from_standard_input_as_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, "公园何时开放?\n")
    cli.main(["ask", "-"])

    assert FakeAssistant.calls[0] == ("ask", "公园何时开放?", (), 8)


def test_standard_input_that_is_not_utf8_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _typed(monkeypatch, "公园".encode("gb18030"))

    assert cli.main(["ask", "-"]) == 2
    assert capsys.readouterr().err == "The question on standard input is not UTF-8. Convert it to UTF-8 first.\n"


def test_a_typed_question_that_is_not_utf8_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "\udcff"]) == 2
    assert capsys.readouterr().err == "The question is not valid UTF-8. Type it in a UTF-8 terminal.\n"


def test_a_question_in_utf8_is_understood_where_the_locale_cannot_read_it() -> None:
    """In a C locale, Python hands on each byte of 公园 as half a character."""
    typed = "公园".encode().decode("ascii", errors="surrogateescape")
    cli.main(["ask", typed, "--history", typed])
    asked = FakeAssistant.calls[0]
    cli.main(["search", typed])

    assert asked == ("ask", "公园", ("公园",), 8)
    assert FakeAssistant.calls[0] == ("search", "公园", 8)


def test_lines_are_answered_in_order_and_a_bad_one_makes_the_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _typed(monkeypatch, '{"id": 7, "question": "一"}\n{"question": "\\ud800"}\n{"question": "三"}\n')

    assert cli.main(["ask", "--jsonl"]) == 2
    printed = capsys.readouterr()
    rows = [json.loads(line) for line in printed.out.splitlines()]
    assert [row.get("question") for row in rows] == ["一", None, "三"]
    assert (rows[0]["id"], rows[1]["line"]) == (7, 2)
    assert printed.err == "1 of the lines could not be answered. See the lines with “error” in the output.\n"


def test_lines_that_are_all_good_make_the_exit_code_0_answered_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAssistant, "answer", SILENCE)
    _typed(monkeypatch, '{"question": "一"}\n')

    assert cli.main(["ask", "--jsonl"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], 'There is no question. Type one: wenju ask "QUESTION".'),
        (["ask", "何时?", "--jsonl"], "Remove QUESTION and --history, or --jsonl."),
        (["ask", "何时?", "--store", "missing"], "There is no store in missing. Make one: wenju index FOLDER."),
        (["ask", "何时?", "--top-k", "0"], "The setting “top_k” in the flag --top-k does not fit"),
        (["ask", "何时?", "--answerer", "llm"], "flag --answerer does not fit: input should be 'reader' or 'sentence'"),
        (["eval", "a.jsonl", "--reranker", ""], "The setting “reranker” in the flag --reranker does not fit"),
        (["ask", "何时?", "--since", "2021-13-01"], "“2021-13-01” is not a date for since. Write YYYY-MM-DD"),
        (["search", "公园", "--since", "2022", "--until", "2021"], "since 2022-01-01 is after until 2021-12-31."),
        (["search", "公园", "--author", "\udcff"], "The filter is not valid UTF-8."),
        (["show", "page.txt", "--span", "9:2"], "“9:2” is not a span. Write it as START:END"),
        (["show", "page.txt", "--span", "3"], "“3” is not a span."),
        (["show", "other.txt"], "There is no such document. See: wenju search WORDS."),
        (["eval"], "There are no questions. Name a file: wenju eval FILE.jsonl"),
    ],
)
def test_a_mistake_is_one_line_on_standard_error_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert (printed.out, printed.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("arguments", [["ask", "--colour"], ["asks"], ["search"], ["ask", "何时?", "--top-k", "many"]])
def test_a_word_that_is_not_a_command_or_flag_is_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert "Error: " in printed.err
    assert "Traceback" not in printed.err


def test_an_interrupted_command_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeAssistant, "ask", interrupted)

    assert cli.main(["ask", "何时?"]) == 130
    assert FakeAssistant.calls == ["closed"]


def test_index_says_what_it_did_and_names_what_it_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3 tells a program that some files were skipped."""
    assert cli.main(["index", "papers", "--store", "here"]) == 3

    assert capsys.readouterr().out.splitlines() == [
        "skipped a␛[2J␊.pdf: Not text yet.",
        "2 new, 1 changed, 0 removed, 3 unchanged",
        "5 files, 15 articles, 161 passages, 1 skipped; 12.3 s",
    ]
    assert FakeAssistant.calls == [("index", Path("papers")), "closed"]
    assert FakeAssistant.opened == {
        "store": Path("here"), "model": "bundled", "reranker": "bundled", "answerer": "reader", "engine": "auto",
        "columns": Columns(), "llm": LlmSettings(), "create": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ([], ("bundled", "reader")),
        (["--reranker", "none"], ("none", "reader")),
        (["--reranker", "some/reranker", "--answerer", "sentence"], ("some/reranker", "sentence")),
    ],
)
def test_reranker_and_answerer_reach_the_assistant(typed: list[str], opened: tuple[str, str]) -> None:
    cli.main(["ask", "何时?", *typed])

    assert (FakeAssistant.opened["reranker"], FakeAssistant.opened["answerer"]) == opened


def test_the_environment_names_them_too_and_a_flag_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_RERANKER", "none")
    monkeypatch.setenv("WENJU_ANSWERER", "sentence")
    cli.main(["search", "公园", "--reranker", "bundled"])

    assert (FakeAssistant.opened["reranker"], FakeAssistant.opened["answerer"]) == ("bundled", "sentence")


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        ([], {"reranker": "bundled", "answerer": "reader"}),
        (["--reranker", "none", "--answerer", "sentence"], {"reranker": "none", "answerer": "sentence"}),
    ],
)
def test_the_evaluation_gets_them_as_well(
    typed: list[str], passed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}

    def run_evaluation(**settings: object) -> int:
        given.update(settings)
        return 0

    module = ModuleType("qa.evaluation.run")
    monkeypatch.setattr(module, "run_evaluation", run_evaluation, raising=False)
    monkeypatch.setitem(sys.modules, "qa.evaluation.run", module)

    assert cli.main(["eval", "questions.jsonl", *typed]) == 0
    assert {name: given[name] for name in passed} == passed


def test_the_chat_gets_what_was_typed_and_finds_the_rest_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("qa.web.serve.serve", lambda **settings: given.update(settings))

    assert cli.main(["serve", "--reranker", "none"]) == 0
    assert (given["reranker"], given["answerer"]) == ("none", None)


def test_progress_without_a_terminal_is_a_few_plain_lines_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli.main(["index", "papers"])

    assert capsys.readouterr().err.splitlines() == [
        f"{done}/100 files  {done}␊.txt" for done in (0, 20, 40, 60, 80, 100)
    ]


def test_search_lists_passages_with_place_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "公园 开放"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "1. 湖边新园  0.900",
        "   page.txt:5-23  (dense 1; keyword 2: 公园 开放)",
        "   河阳县的湖心公园将在五月一日开放。",
    ]


def test_search_as_json_is_a_list_of_hits(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "公园", "--json", "--top-k", "2"]) == 0

    assert [hit["text"] for hit in json.loads(capsys.readouterr().out)] == [BODY.text]
    assert FakeAssistant.calls[0] == ("search", "公园", 2)


def test_a_search_that_finds_nothing_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "none"]) == 1
    assert capsys.readouterr().out == "Nothing was found.\n"


def test_show_marks_the_span_in_its_article_and_leaves_other_articles_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "page.txt", "--span", "15:19"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "湖边新园 — 市民的新去处",
        "    河阳日报 · 记者 甲乙 · 4月2日",
        "page.txt:15-19",
        "",
        "湖边新园",
        "",
        "河阳县的湖心公",
        f"园将⟦{TEXT[15:19]}⟧{TEXT[19:23]}",
    ]


def test_show_without_a_span_prints_the_document_and_what_was_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "page.txt"]) == 0

    assert capsys.readouterr().out == f"page.txt\nRead as GB18030.\n\n{TEXT}\n"


def test_a_span_outside_every_block_is_shown_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["show", "page.txt", "--span", "24:29"])

    assert capsys.readouterr().out.endswith("\n\n⟦别的文章。⟧\n")


def test_status_says_what_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 file, 1 article, 1 passage; generation 3",
        "model: hashing-256",
        "answers by: reader, reranker bundled",
        "store: /s",
    ]

    cli.main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["answerer"] == "reader, reranker bundled"


def test_help_imports_nothing_heavy() -> None:
    """What takes long to import is imported by the command that needs it."""
    check = (
        "import sys; from qa.cli.app import main; code = main(['--help']); "
        "heavy = {'torch', 'gradio', 'pydantic', 'numpy', 'faiss', 'rich', 'sentence_transformers', 'tantivy'}; "
        "sys.exit(code or ', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, encoding="utf-8", timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: wenju" in done.stdout


def test_output_is_utf8_even_where_the_locale_is_not() -> None:
    """A Latin-1 locale must not turn Chinese into an error."""
    check = "import sys; from qa.terminal import speak_utf8; speak_utf8(); sys.stdout.write('\\u95ee\\u636e')"
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, env=environment, timeout=60, check=True)

    assert done.stdout.decode("utf-8") == "问据"
