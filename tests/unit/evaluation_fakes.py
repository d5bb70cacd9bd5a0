"""Judged answers made by hand, for tests of what is computed from them."""

from qa.evaluation.measure import Outcome
from qa.evaluation.questions import Question
from qa.types import Answer


def outcome(
    *,
    right: bool = True,
    answerable: bool = True,
    silent: bool = False,
    confidence: float = 0.9,
    kind: str = "number",
    trap: str | None = None,
) -> Outcome:
    """One question whose every judgement is 1 where it is right, and 0 where it is not."""
    question = Question("q", "多少?", kind, answerable, trap=trap)
    said = None if silent else "三"
    reason = "The documents do not say." if silent else None
    score = float(right and answerable and not silent)
    return Outcome(
        question=question,
        answer=Answer(question.text, question.text, said, said, confidence, reason, (), (), {"total": 20.0}, 1),
        article_at_1=score,
        evidence_at_1=score,
        evidence_at_5=score,
        answer_in_sentence=score,
        exact=score,
        f1=score,
        citations=0 if silent else 1,
        valid_citations=0 if silent else 1,
    )
