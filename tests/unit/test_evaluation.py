"""Judging answers on the sample corpus with the hashing encoder: the rules, not the level."""

import json
from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant
from qa.errors import SourceError
from qa.evaluation.figures import by_kind, figures
from qa.evaluation.measure import judge_all
from qa.evaluation.questions import Question, read_paragraphs, read_questions
from qa.evaluation.report import write_report
from qa.evaluation.suite import BEGIN, END, insert

TEXT = "霁河防洪墙加固\n\n防洪墙全长22.2公里,总投资6.35亿元,计划明年5月20日前闭合。\n"
RIGHT = Question(
    "q1", "防洪墙全长多少公里?", "number", True, ("防洪墙全长22.2公里",), ("霁河防洪墙加固",), answers=("22.2公里",)
)
WRONG = Question("q2", "防洪墙的设计师是谁?", "who", True, ("设计师是他",), ("别的文章",), answers=("他",))


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "wall.txt").write_text(TEXT, encoding="utf-8")
    opened = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    opened.index(papers)
    return opened


def test_a_right_answer_scores_on_every_measure(assistant: Assistant) -> None:
    """Article, evidence, sentence, span, and a proved citation."""
    (outcome,) = judge_all(assistant, [RIGHT])

    assert (outcome.article_at_1, outcome.evidence_at_1, outcome.evidence_at_5) == (1, 1, 1)
    assert (outcome.answer_in_sentence, outcome.exact, outcome.f1) == (1, 1, 1)
    assert (outcome.citations, outcome.valid_citations) == (1, 1)


def test_a_missed_question_counts_zero_and_stays_in_the_mean(assistant: Assistant) -> None:
    """One of two is right: every mean is a half."""
    total = figures(judge_all(assistant, [RIGHT, WRONG]))

    assert (total.questions, total.answerable) == (2, 2)
    assert (total.article_at_1, total.evidence_at_1, total.exact) == (0.5, 0.5, 0.5)


def test_kinds_come_in_order_and_all_of_them_last(assistant: Assistant) -> None:
    """The table reads as the file does."""
    assert list(by_kind(judge_all(assistant, [WRONG, RIGHT]))) == ["who", "number", "all"]


def test_the_report_lists_the_misses_and_escapes_what_it_shows(assistant: Assistant, tmp_path: Path) -> None:
    """A question with markup in it is shown, not run."""
    hostile = Question("q3", "<script>alert(1)</script>是多少?", "number", True, ("没有",), answers=("没有",))
    outcomes = judge_all(assistant, [RIGHT, hostile])
    write_report(tmp_path / "deep" / "report.html", "set", outcomes)
    page = (tmp_path / "deep" / "report.html").read_text(encoding="utf-8")

    assert "Misses: 1 of 2" in page
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "<rect" in page


def test_question_files_are_read_with_titles_from_beside_them(tmp_path: Path) -> None:
    """`articles.json` gives the titles by which an article may be known."""
    row = {"id": "a", "question": "多少?", "answerable": True, "article_id": "x-1", "evidence": "有", "answer": "3个"}
    (tmp_path / "set.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    catalogue = [{"article_id": "x-1", "title": "短题", "title_full": "引题 短题"}]
    (tmp_path / "articles.json").write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")

    (question,) = read_questions(tmp_path / "set.jsonl")

    assert question.titles == ("短题", "引题 短题")
    assert (question.evidence, question.answers, question.kind) == (("有",), ("3个",), "question")


@pytest.mark.parametrize("text", ["not json", '{"question": "没有编号?"}'])
def test_a_broken_question_file_names_the_line(tmp_path: Path, text: str) -> None:
    """And says what a line needs."""
    path = tmp_path / "set.jsonl"
    path.write_text("\n" + text, encoding="utf-8")

    with pytest.raises(SourceError, match="Line 2"):
        read_questions(path)


def test_a_paragraph_that_occurs_twice_counts_once(tmp_path: Path) -> None:
    """Both questions point at the same row; an answer that several people gave is one."""
    answers = [
        {"text": "一", "answer_start": 1},
        {"text": "一", "answer_start": 1},
        {"text": "同一", "answer_start": 0},
    ]
    paragraph = {"context": "同一段。", "qas": [{"question": "问?", "answers": answers}]}
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"data": [{"title": "题", "paragraphs": [paragraph, paragraph]}]}), encoding="utf-8")

    read = read_paragraphs(path)

    assert (read.paragraphs, read.titles, read.questions) == (("同一段。",), ("题",), (("问?", 0), ("问?", 0)))
    assert read.answers == (("一", "同一"), ("一", "同一"))


def test_the_measured_table_takes_its_place_between_the_marks(tmp_path: Path) -> None:
    """What stands around it stays."""
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")

    insert(readme, "| new |\n")

    assert readme.read_text(encoding="utf-8") == f"before\n{BEGIN}\n| new |\n{END}\nafter\n"


def test_a_readme_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    """There is no place for the table."""
    readme = tmp_path / "README.md"
    readme.write_text("no marks", encoding="utf-8")

    with pytest.raises(ValueError, match="needs the lines"):
        insert(readme, "| new |\n")
    assert readme.read_text(encoding="utf-8") == "no marks"
