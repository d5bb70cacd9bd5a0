"""The pairs of questions in tests/golden/twins: one that its article answers, and one like it that none does.

Measure them with: python -m qa eval tests/golden/twins/questions.jsonl --docs tests/golden/twins/articles
"""

from pathlib import Path

from qa.evaluation.questions import read_questions

TWINS = Path(__file__).parents[1] / "golden" / "twins"


def test_every_second_question_is_answered_nowhere_and_the_others_by_their_evidence() -> None:
    questions = read_questions(TWINS / "questions.jsonl")
    wrong = [
        first.id
        for first, second in zip(questions[::2], questions[1::2], strict=True)
        if not first.answerable
        or second.answerable
        or second.id != f"{first.id}-not"
        or first.evidence[0] not in (TWINS / "articles" / str(first.source)).read_text(encoding="utf-8")
    ]

    assert wrong == []
