"""What a language model wrote, in JSON, terminal, pipe and page; nothing unproved is shown as proved."""

import io
from dataclasses import replace

import pytest
from cli_fakes import ANSWER, BODY, CITATION, FakeAssistant
from conversation_fakes import turn
from rich.console import Console
from rich.text import Text
from web_fakes import FakeAssistant as WebAssistant

from qa.answer.render import answer_json
from qa.chat.wording_written import WRITTEN as WORDS_OF_WRITTEN
from qa.cli import show
from qa.cli.growing import Growing
from qa.cli.show_written import sentence_lines
from qa.llm.problems import problem
from qa.types import Citation, Match, Span, Unproved, WritingProblemCode, Written, WrittenSentence
from qa.web.chat.bubble import turn_bubble
from qa.web.chat.written import written_html
from qa.web.heading import header_html
from qa.web.words import LANGUAGES

SECOND = Citation(2, "page.txt", CITATION.article, Span(0, 4), "湖边新园", "湖边新园", Match.EXACT)
WRITTEN = Written(
    "small <b>model</b>",
    (
        WrittenSentence(BODY.text, True, (1, 2)),
        WrittenSentence(
            "公园\x1b[31m免费<img src=x onerror=alert(1)>![a](http://e.example)。", False, (), Unproved.WORDS
        ),
    ),
    (SECOND,),
)
ONLY_UNPROVED = Written("m", (WrittenSentence("公园免费。", False, (), Unproved.NUMBER),))
BROKEN = Written("m", problem=problem(WritingProblemCode.QUOTA, 429))


def printed(written: Written, capsys: pytest.CaptureFixture[str]) -> str:
    show.show_answer(replace(ANSWER, written=written))
    return capsys.readouterr().out


def test_the_json_has_what_was_written_with_its_own_citations() -> None:
    value = answer_json(replace(ANSWER, written=WRITTEN))["written"]

    assert value["model"] == "small <b>model</b>"
    assert [(row["proved"], row["citations"], row["reason"]) for row in value["sentences"]] == [
        (True, [1, 2], None), (False, [], "words"),
    ]  # fmt: skip
    assert (value["unproved"], value["problem"]) == (1, None)
    assert [(row["number"], row["quote"]) for row in value["citations"]] == [(2, "湖边新园")]


def test_the_json_tells_a_problem_with_code_status_sentence_and_remedy() -> None:
    assert answer_json(replace(ANSWER, written=BROKEN))["written"] == {
        "model": "m",
        "sentences": [],
        "unproved": 0,
        "citations": [],
        "problem": {
            "code": "quota",
            "status": 429,
            "sentence": "The language model answers no more questions now: too many were asked, or the quota is used "
            "up.",
            "remedy": "Wait, or look into the account.",
        },
    }


def test_an_answer_without_a_model_has_no_such_key() -> None:
    assert "written" not in answer_json(ANSWER)


def test_a_pipe_gets_proved_sentences_with_numbers_and_the_rest_between_brackets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(WRITTEN, capsys).splitlines()

    at = lines.index("Written by small <b>model</b>, each sentence held against the sources:")
    assert lines[at + 1] == f"{BODY.text} [1] [2]"
    assert lines[at + 2].startswith("⟨公园␛[31m免费<img")
    assert lines[at + 2].endswith("⟩ (unproved: it adds words)")
    assert lines[at + 3] == "1 sentence of the language model could not be proved."
    assert [line for line in lines if line.startswith("[")] == [
        "[1] 湖边新园 — 市民的新去处",
        "[2] 湖边新园 — 市民的新去处",
    ]


def test_a_terminal_strikes_through_what_is_not_proved() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=200)
    for line in sentence_lines(WRITTEN.sentences, styled=True, language="en"):
        console.print(line)

    assert "\x1b[2;9m公园␛[31m免费" in out.getvalue()
    assert f"\x1b[0m{BODY.text}" not in out.getvalue()
    assert out.getvalue().startswith(BODY.text)


def test_where_nothing_is_proved_the_answer_stands_alone_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = printed(ONLY_UNPROVED, capsys)

    assert "⟦五月一日⟧" in out
    assert "公园免费" not in out
    assert "1 sentence of the language model could not be proved." in out
    assert "公园免费" not in written_html(ONLY_UNPROVED, "zh", turn=1)
    assert "模型有 1 句未经证实。" in written_html(ONLY_UNPROVED, "zh", turn=1)


def test_an_answer_is_printed_at_once_and_each_sentence_as_it_comes_and_nothing_twice() -> None:
    """Sentences that are not proved wait for the first one that is."""
    printed: list[list[str]] = []
    growing = Growing(
        lambda lines: printed.append([line.plain for line in lines]),
        lambda answer: [Text(answer.answer or "")],
        lambda answer: [Text(f"{len(answer.all_citations)} quotations")],
        styled=True,
        language="zh",
    )
    proved, unproved = WRITTEN.sentences
    steps = [
        replace(ANSWER, written=replace(WRITTEN, sentences=sentences, citations=()))
        for sentences in ((), (unproved,), (unproved, proved))
    ]
    for step in (steps[0], steps[0], *steps):
        growing.so_far(step)
    growing.end(replace(ANSWER, written=replace(WRITTEN, sentences=(unproved, proved))))

    struck = "公园␛[31m免费<img src=x onerror=alert(1)>![a](http://e.example)。 （未经证实：有引文没有的说法）"
    assert printed == [
        ["五月一日"],
        ["", "small <b>model</b> 写的，每句都与原文核对过：", struck, f"{BODY.text} [1] [2]"],
        ["模型有 1 句未经证实。", "2 quotations"],
    ]


def test_a_problem_is_told_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the quota is used up. Wait, or look into the account." in printed(BROKEN, capsys)
    assert "额度用完了" in written_html(BROKEN, "zh", turn=1)


def test_the_page_escapes_everything_and_marks_what_is_not_proved() -> None:
    page = written_html(WRITTEN, "zh", turn=3)

    assert "\n" not in page
    assert page.count("<s ") == page.count('<s class="wj-unproved">') == 1
    assert "<img" not in page
    assert "<b>" not in page
    assert "未经证实：有引文没有的说法" in page
    assert 'href="#wj-3-1"' in page
    assert 'href="#wj-3-2"' in page
    before, _, struck = page.partition("<s ")
    assert BODY.text in before
    assert "公园" not in before.replace(BODY.text, "")
    assert "免费" in struck


def test_nothing_to_tell_is_no_html() -> None:
    assert written_html(Written("m"), "en", turn=1) == ""


def test_the_bubble_holds_the_answer_first() -> None:
    bubble = turn_bubble(turn(replace(ANSWER, written=WRITTEN), number=1), language="en")

    assert bubble.index("wj-sentence") < bubble.index("wj-written")
    assert "unproved: it adds words" in bubble


def test_every_reason_and_problem_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        for reason in Unproved:
            assert WORDS_OF_WRITTEN[language][f"unproved_{reason.value}"]
        for code in WritingProblemCode:
            assert WORDS_OF_WRITTEN[language][f"writing_{code.value}"]
            assert problem(code).problem.endswith(".")


def test_status_and_header_name_the_model_only_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    plain = WebAssistant().status()
    with_llm = replace(plain, llm="qwen at 127.0.0.1:8080")
    show.show_status(with_llm)

    assert "language model: qwen at 127.0.0.1:8080\n" in capsys.readouterr().out
    assert "无大模型" in header_html(plain, "zh")
    assert "无大模型" not in header_html(with_llm, "zh")
    assert "qwen at 127.0.0.1:8080" in header_html(with_llm, "en")
    show.show_status(plain)
    assert "language model" not in capsys.readouterr().out


def test_the_fake_of_the_command_line_is_asked_without_a_model_where_it_is_switched_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`--no-llm` reaches the assistant."""
    import sys
    from types import ModuleType

    from qa.cli import app as cli

    module = ModuleType("qa.assistant")
    monkeypatch.setattr(module, "Assistant", FakeAssistant, raising=False)
    monkeypatch.setitem(sys.modules, "qa.assistant", module)

    assert cli.main(["ask", "公园何时开放?", "--no-llm"]) == 0
    assert FakeAssistant.calls[0] == ("ask", "公园何时开放?", (), 8, "no llm")
    assert cli.main(["ask", "公园何时开放?"]) == 0
    assert FakeAssistant.calls[0] == ("ask", "公园何时开放?", (), 8)
