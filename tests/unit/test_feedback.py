"""What readers said becomes evaluation questions, and a list for people."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from cli_fakes import TWO_ANSWERS
from conversation_fakes import turn
from web_fakes import ANSWERED, BRIDGE_SENTENCE, HOSTILE_ANSWER, UNSAID

from qa.chat.evaluation import feedback_questions
from qa.chat.store import ConversationStore, conversations_path
from qa.chat.turns import Feedback, Turn
from qa.cli.app import main
from qa.errors import SourceError
from qa.evaluation import sets
from qa.evaluation.questions import Question, read_questions, waiting
from qa.filters import make_filters

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def wenju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    monkeypatch.setenv("WENJU_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def keep(folder: Path, *turns: Turn) -> str:
    with closing(ConversationStore.open(conversations_path(folder / "store"))) as kept:
        name = kept.begin("me").id
        for one in turns:
            kept.add("me", name, one)
    return name


def questions_of(folder: Path, *turns: Turn) -> list[Question]:
    """Return what `wenju eval` reads of these turns."""
    said = [Feedback("c", (), one) for one in turns]
    path = folder / "said.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in feedback_questions(said)), encoding="utf-8")
    return read_questions(path)


def test_a_thumb_up_makes_answer_and_quotation_what_must_be_found_again(tmp_path: Path) -> None:
    narrowed = turn(number=3, rating=1, filters=make_filters(publishers=["晚报"]))
    (question,) = questions_of(tmp_path, narrowed)

    assert question == Question(
        id="feedback-c-3",
        text="换了多少块石料？",
        kind="feedback",
        answerable=True,
        evidence=(BRIDGE_SENTENCE,),
        titles=("石桥修好了",),
        source="城市/石桥.txt",
        answers=("287块",),
        filters=make_filters(publishers=["晚报"]),
    )


def test_every_part_of_an_answer_counts_and_every_quotation(tmp_path: Path) -> None:
    (question,) = questions_of(tmp_path, turn(TWO_ANSWERS, number=1, rating=1))

    assert question.answers == ("五月一日；六月一日", "五月一日", "六月一日")
    assert question.evidence == ("河阳县的湖心公园将在五月一日开放。", "湖心公园定于六月一日开放。")


def test_silence_with_a_thumb_up_is_a_question_that_must_stay_unanswered(tmp_path: Path) -> None:
    (question,) = questions_of(tmp_path, turn(UNSAID, number=1, rating=1))

    assert (question.answerable, question.evidence, question.answers) == (False, (), ())


def test_what_was_not_found_good_waits_for_review_with_its_note(tmp_path: Path) -> None:
    """A thumb down, a note alone, and a mistake that somebody liked."""
    turns = (
        turn(number=1, rating=-1, note="是288块"),
        turn(number=2, note="为什么？"),
        turn(None, number=3, rating=1),
        turn(number=4, rating=1),
    )
    rows = list(feedback_questions([Feedback("c", ("先问",), one) for one in turns]))

    assert [row.get("review", False) for row in rows] == [True, True, True, False]
    assert [row["note"] for row in rows] == ["是288块", "为什么？", "", ""]
    assert [row["rating"] for row in rows] == [-1, 0, 1, 1]
    assert [row["history"] for row in rows] == [["先问"]] * 4
    assert [row.get("generation") for row in rows] == [3, 3, None, 3]
    assert [one.id for one in questions_of(tmp_path, *turns)] == ["feedback-c-4"]
    assert waiting(tmp_path / "said.jsonl") == 3


def test_eval_says_how_many_wait_and_refuses_a_file_of_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions_of(tmp_path, turn(number=1, rating=-1), turn(number=2, rating=-1))

    with pytest.raises(SourceError, match="holds no other question"):
        sets.measure_set(tmp_path / "said.jsonl")

    assert capsys.readouterr().err == "2 marked “review” left out: say what is right, and take the mark away.\n"


def test_the_command_writes_lines_that_eval_reads(wenju: Ran, tmp_path: Path) -> None:
    """With the questions before; hostile text stays inside its line."""
    hostile = replace(HOSTILE_ANSWER, question="敌\u2028\x9b")
    name = keep(tmp_path, turn(question="先问"), turn(rating=1), turn(hostile, rating=1, note="\x1b[2J\n"))

    code, out, _ = wenju("feedback", "--jsonl")
    (tmp_path / "said.jsonl").write_text(out, encoding="utf-8")

    assert code == 0
    assert [(one.id, one.text, one.history) for one in read_questions(tmp_path / "said.jsonl")] == [
        (f"feedback-{name}-2", "换了多少块石料？", ("先问",)),
        (f"feedback-{name}-3", "敌\u2028\x9b", ("先问", "换了多少块石料？")),
    ]
    assert "\x1b" not in out
    assert "\x9b" not in out


def test_the_command_shows_rating_question_answer_and_note(wenju: Ran, tmp_path: Path) -> None:
    keep(
        tmp_path,
        turn(rating=1),
        turn(UNSAID, rating=-1, note="文件里有\n\x1b[2J"),
        turn(question="没有评价"),
        turn(question="长" * 300, note="只留言"),
    )

    code, out, _ = wenju("feedback")

    assert code == 0
    assert out.splitlines() == [
        "+1  换了多少块石料？",
        "    answer  287块",
        "-1  桥上的猫叫什么？",
        "    answer  The documents do not say.",
        "    note    文件里有 ␛[2J",
        f" 0  {'长' * 199}…",
        "    answer  287块",
        "    note    只留言",
        "1 good, 1 not good, 1 with a note only",
    ]


def test_where_nothing_was_rated_the_command_says_so_and_makes_no_file(wenju: Ran, tmp_path: Path) -> None:
    assert wenju("feedback")[0] == 2
    (tmp_path / "store").mkdir()
    assert wenju("feedback")[:2] == (0, "No answer has been rated yet.\n")
    assert wenju("feedback", "--jsonl")[:2] == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    keep(tmp_path, turn())
    assert wenju("feedback")[:2] == (0, "No answer has been rated yet.\n")


def test_a_file_of_conversations_that_is_none_is_a_mistake(wenju: Ran, tmp_path: Path) -> None:
    conversations_path(tmp_path / "store").write_text("x" * 5000, encoding="utf-8")

    code, out, err = wenju("feedback", "--store", str(tmp_path / "store"))

    assert (code, out) == (2, "")
    assert "is not a file of conversations; it was left as it is." in err


def test_a_question_keeps_its_history_only_since_it_was_last_asked_alone(tmp_path: Path) -> None:
    with closing(ConversationStore.open(tmp_path / "c.sqlite")) as kept:
        for one in (turn(question="一"), turn(question="二", alone=True), turn(ANSWERED, "三", rating=1)):
            kept.add("me", "k" * 22, one)
        (row,) = feedback_questions(kept.feedback())

    assert row["history"] == ["二"]
