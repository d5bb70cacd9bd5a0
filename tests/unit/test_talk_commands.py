"""What a typed line of a conversation means, and how its mistakes are told in both languages."""

from pathlib import Path

import pytest

from qa.cli.talk.commands import ARGUMENTS, Command, Question, number_of, read_line
from qa.cli.talk.filtering import typed_filters
from qa.cli.talk.pager import pager_command
from qa.cli.talk.wording import WORDS, language_of, mistake
from qa.errors import QuestionError, RemedyError
from qa.filters import EVERYTHING, Filters


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("  谁？ ", Question("谁？")),
        (" \n", None),
        (":open 1", Command("open", "1")),
        ("：open　２", Command("open", "２")),
        (":q", Command("quit", "")),
        (":ex  a b.md ", Command("export", "a b.md")),
        (":ALONE 谁？", Command("alone", "谁？")),
    ],
)
def test_a_line_is_a_question_or_a_command_behind_a_colon(line: str, meant: Command | Question | None) -> None:
    """The colon of a Chinese keyboard counts; a command may be shortened as long as it is clear."""
    assert read_line(line) == meant


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":opne 1", "There is no command “:opne”. Did you mean :open?"),
        (":", "There is no command “:”. See them all with :help"),
        (":xyzzy", "There is no command “:xyzzy”. See them all with :help"),
    ],
)
def test_an_unknown_command_gets_the_nearest_one(line: str, said: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read_line(line)
    assert str(refused.value) == said


@pytest.mark.parametrize(("typed", "number"), [("", 1), ("2", 2), ("[3]", 3), ("２", 2)])
def test_a_source_is_named_by_its_number_and_the_first_where_none_is(typed: str, number: int) -> None:
    assert number_of(typed, most=3) == number


@pytest.mark.parametrize("typed", ["0", "4", "-1", "one", "²", "9" * 5000])
def test_a_number_that_is_not_there_is_refused(typed: str) -> None:
    with pytest.raises(QuestionError, match="is no source of the last answer"):
        number_of(typed, most=3)


def test_filters_are_typed_with_names_and_values() -> None:
    """Several values of a name, quotation marks and the signs of a Chinese keyboard."""
    typed = "publisher=甲报 publisher＝“乙 报” since=2021-09 source=2021/"

    assert typed_filters(typed) == Filters(sources=("2021/",), publishers=("甲报", "乙 报"), since="2021-09-01")
    assert typed_filters("OFF") == EVERYTHING


def test_every_mistake_of_a_conversation_is_told_in_chinese(tmp_path: Path) -> None:
    """No English is left in it but the names of commands and filters."""
    from qa.chat.turns import Conversation
    from qa.cli.talk.exporting import write_export

    (tmp_path / "there.md").touch()
    nothing = Conversation("", "", "", "", "")
    makers = [
        lambda: read_line(":opne"),
        lambda: read_line(":x"),
        lambda: number_of("9", most=1),
        lambda: number_of("", most=0),
        lambda: typed_filters("publisher"),
        lambda: typed_filters("publsher=甲"),
        lambda: typed_filters("colour=红"),
        lambda: typed_filters("since=2021 since=2022"),
        lambda: typed_filters("author='甲"),
        lambda: typed_filters("since=昨天"),
        lambda: write_export(nothing, "", language="zh"),
        lambda: write_export(nothing, "talk.pdf", language="zh"),
        lambda: write_export(nothing, str(tmp_path / "there.md"), language="zh"),
        lambda: write_export(nothing, str(tmp_path / "none" / "a.md"), language="zh"),
    ]
    for make in makers:
        with pytest.raises(RemedyError) as refused:
            make()
        english = str(refused.value)
        assert mistake(english, "zh") != english, english
        assert mistake(english, "en") == english


def test_both_languages_have_the_same_words_and_every_command_is_explained() -> None:
    assert set(WORDS["zh"]) == set(WORDS["en"])
    assert {f"help_{name}" for name in ARGUMENTS} <= set(WORDS["en"])


@pytest.mark.parametrize(
    ("named", "variables", "language"),
    [
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {}, "en"),
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_system_unless_named(
    named: str | None, variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)

    assert language_of(named) == language


def test_less_begins_above_the_line_that_matters_and_other_pagers_at_the_top() -> None:
    assert pager_command(20, "less -S") == ["less", "-S", "+18"]
    assert pager_command(2, "/usr/bin/less") == ["/usr/bin/less"]
    assert pager_command(20, "most") == ["most"]
