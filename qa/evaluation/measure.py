"""Ask a question set and judge every answer. Aggregates nothing: that is `qa.evaluation.figures`. Prints nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.assistant import Assistant
from qa.evaluation.metrics import character_f1, exact_match, holds
from qa.evaluation.questions import Question
from qa.types import Answer, Hit

_RIGHT_F1 = 0.5  # over characters; from here a short answer is right whatever its sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, its answer, and how it was judged; each judgement is 0 or 1 except f1."""

    question: Question
    answer: Answer
    article_at_1: float
    evidence_at_1: float
    evidence_at_5: float
    answer_in_sentence: float
    exact: float
    f1: float
    citations: int
    valid_citations: int

    @property
    def right(self) -> bool:
        """Whether what was said answers the question; silence never does, and nothing answers an unanswerable one."""
        return self.question.answerable and (self.answer_in_sentence == 1 or self.f1 >= _RIGHT_F1)


def judge_all(
    assistant: Assistant, questions: Sequence[Question], *, tell: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """Ask every question with its history and judge the answers, in order."""
    outcomes = []
    for number, question in enumerate(questions, start=1):
        answer = assistant.ask(question.text, history=question.history, filters=question.filters)
        outcomes.append(judge_one(assistant, question, answer))
        if tell:
            tell(number, len(questions))
    return outcomes


def judge_one(assistant: Assistant, question: Question, answer: Answer) -> Outcome:
    """Judge one answer; what needs evidence or an answer is 0 for an unanswerable question."""
    accepted = (*question.answers, *question.answers_exact)
    wanted = question.evidence
    valid = sum(
        assistant.article(citation.document_id).document.text[citation.span.start : citation.span.end] == citation.quote
        for citation in answer.citations
    )
    return Outcome(
        question=question,
        answer=answer,
        article_at_1=float(bool(answer.hits) and _is_article(answer.hits[0], question)),
        evidence_at_1=float(any(holds(hit.passage.text, wanted) for hit in answer.hits[:1])),
        evidence_at_5=float(any(holds(hit.passage.text, wanted) for hit in answer.hits[:5])),
        answer_in_sentence=float(holds(answer.sentence, question.answers)),
        exact=exact_match(answer.answer, accepted),
        f1=character_f1(answer.answer, accepted),
        citations=len(answer.citations),
        valid_citations=valid,
    )


def _is_article(hit: Hit, question: Question) -> bool:
    """Tell whether a hit's article is the wanted one, by its title, or by its file where no title is known."""
    if not question.titles:
        return question.source == hit.article.document_id
    title = hit.article.title
    full = f"{hit.article.subtitle or ''}{title}", f"{title}{hit.article.subtitle or ''}"
    same_file = question.source in (None, hit.article.document_id)
    return same_file and any(exact_match(shown, question.titles) for shown in (title, *full))
