"""What the command line prints of an answer: each sentence marked and numbered, each quotation below."""

import sys
from dataclasses import replace

import pytest
from cli_fakes import ANSWER, SILENCE, TWO_ANSWERS
from rich.console import Console

from qa.cli import show
from qa.types import Answer, Progress


def _printed(answer: Answer, capsys: pytest.CaptureFixture[str]) -> list[str]:
    show.show_answer(answer)
    return capsys.readouterr().out.splitlines()


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, *, color: bool) -> None:
    def console(**_: bool) -> Console:
        return Console(
            file=sys.stdout,
            force_terminal=True,
            color_system="standard",
            no_color=not color,
            highlight=False,
            markup=False,
        )

    monkeypatch.setattr(show, "open_console", console)


def test_the_answer_is_marked_in_its_sentence_and_proved_below(capsys: pytest.CaptureFixture[str]) -> None:
    """A repaired quotation says so and shows both forms; source line breaks are shown, not obeyed."""
    assert _printed(ANSWER, capsys) == [
        "河阳县的湖心公园将在⟦五月一日⟧开放。 [1]",
        "",
        "[1] 湖边新园 — 市民的新去处",
        "    河阳日报 · 记者 甲乙 · 4月2日",
        "    page.txt:5-23",
        "    “河阳县的湖心公␊园将在五月一日开放。”",
        "    repaired, reads: “河阳县的湖心公园将在五月一日开放。”",
    ]


@pytest.mark.parametrize(("name", "place"), [("a.pdf", "a.pdf:5-23, page 4"), ("a.csv", "a.csv:5-23, row 4")])
def test_the_page_is_named_and_of_a_table_the_row(capsys: pytest.CaptureFixture[str], name: str, place: str) -> None:
    cited = replace(ANSWER.citations[0], document_id=name, page=4)

    assert _printed(replace(ANSWER, citations=(cited,)), capsys)[4] == f"    {place}"


def test_the_other_documents_that_print_an_article_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Under the place, for citations and for hits; a name is shown, not obeyed."""
    also = ("copies/page.txt", "b\x1b.txt")
    cited = replace(ANSWER.citations[0], also_in=also)

    assert _printed(replace(ANSWER, citations=(cited,)), capsys)[5] == "    also in copies/page.txt, b␛.txt"
    show.show_hits([replace(ANSWER.hits[0], also_in=also)])
    assert capsys.readouterr().out.splitlines()[2] == "   also in copies/page.txt, b␛.txt"


def test_two_articles_that_answer_differently_are_numbered_and_shown_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Each sentence has its own number; each article its own block, with the date to judge them by."""
    assert _printed(TWO_ANSWERS, capsys) == [
        "河阳县的湖心公园将在⟦五月一日⟧开放。 [1]",
        "湖心公园定于⟦六月一日⟧开放。 [2]",
        "",
        "[1] 湖边新园 — 市民的新去处",
        "    河阳日报 · 记者 甲乙 · 4月2日",
        "    page.txt:5-23",
        "    “河阳县的湖心公␊园将在五月一日开放。”",
        "    repaired, reads: “河阳县的湖心公园将在五月一日开放。”",
        "",
        "[2] 开放推迟",
        "    5月3日",
        "    later.txt:0-13",
        "    “湖心公园定于六月一日开放。”",
    ]


@pytest.mark.parametrize(
    ("short", "sentences", "lines"),
    [
        ("甲；乙", "甲和乙来了。", ["⟦甲⟧和⟦乙⟧来了。 [1] [2]"]),
        ("甲; 乙", "乙，然后是甲。", ["⟦乙⟧，然后是⟦甲⟧。 [1] [2]"]),
        ("甲；乙", "甲来了。\n乙来了。", ["⟦甲⟧来了。", "⟦乙⟧来了。 [1] [2]"]),
        ("甲；乙", "有甲；乙两人。", ["有⟦甲；乙⟧两人。 [1] [2]"]),
        ("甲乙；乙", "甲乙丙。", ["⟦甲乙⟧丙。 [1] [2]"]),
        ("五日", "下月初。", ["⟦五日⟧  下月初。 [1] [2]"]),
        ("五日；六日", "下月初。", ["⟦五日⟧  ⟦六日⟧  下月初。 [1] [2]"]),
        ("五日；六日", "下月初。\n六日。", ["⟦五日⟧  下月初。", "⟦六日⟧。 [1] [2]"]),
    ],
)
def test_every_short_answer_is_marked_where_it_stands(
    short: str, sentences: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A quotation that is none of these sentences has its number behind the last one."""
    printed = _printed(replace(TWO_ANSWERS, answer=short, sentence=sentences), capsys)

    assert printed[: printed.index("")] == lines


def test_an_answer_to_one_part_only_says_why_the_other_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed(replace(ANSWER, reason="No passage names a price."), capsys)[:2] == [
        "河阳县的湖心公园将在⟦五月一日⟧开放。 [1]",
        "Not answered in full. No passage names a price.",
    ]


def test_when_the_documents_do_not_say_the_reason_and_the_nearest_article_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _printed(SILENCE, capsys) == [
        "No answer. No passage names a price.",
        "Nearest articles:",
        "  湖边新园 — 市民的新去处  page.txt:5-23",
    ]


def test_a_completed_question_says_what_was_searched_for_and_how_to_ask_it_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    completed = replace(ANSWER, question="何时开放?", searched_for="湖心公园\n何时开放?")

    assert _printed(completed, capsys)[:3] == [
        "Searched for: 湖心公园␊何时开放?",
        "To ask “何时开放?” alone, leave out --history.",
        "河阳县的湖心公园将在⟦五月一日⟧开放。 [1]",
    ]


def test_blanks_around_a_question_are_no_completion(capsys: pytest.CaptureFixture[str]) -> None:
    assert _printed(replace(ANSWER, question=" 公园何时开放? "), capsys)[0].startswith("河阳县")


def test_quotations_that_could_not_be_proved_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _printed(replace(ANSWER, dropped_citations=2), capsys)

    assert printed[-2:] == ["", "2 quotations could not be proved and are not shown."]


def test_on_a_terminal_the_short_answer_is_bold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _on_a_terminal(monkeypatch, color=True)

    assert "将在\x1b[1;4m五月一日\x1b[0m开放。" in _printed(ANSWER, capsys)[0]


def test_without_colour_bold_stays_and_colour_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _on_a_terminal(monkeypatch, color=False)
    printed = "\n".join(_printed(ANSWER, capsys))

    assert "\x1b[1;4m五月一日" in printed
    assert "\x1b[33m" not in printed


def test_plain_progress_never_writes_more_than_twenty_lines(capsys: pytest.CaptureFixture[str]) -> None:
    progress = show.PlainProgress()
    for unit in range(50):
        progress.show(Progress(1, 1, f"unit {unit}"))

    assert len(capsys.readouterr().err.splitlines()) == 20
