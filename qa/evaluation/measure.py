"""Ask a question set and judge every answer; aggregate per kind. Prints nothing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from qa.assistant import Assistant
from qa.evaluation.metrics import auroc, character_f1, exact_match, holds, mean, percentile
from qa.evaluation.questions import Question
from qa.types import Answer, Hit


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


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a group of questions; a figure that the group cannot have is None.

    Retrieval and answers are judged over answerable questions, abstention over all of them. Precision and recall of
    abstention take "the documents do not say" as what is to be found. Latency is in milliseconds.
    """

    questions: int
    answerable: int
    article_at_1: float | None
    evidence_at_1: float | None
    evidence_at_5: float | None
    answer_in_sentence: float | None
    exact: float | None
    f1: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    auroc: float | None
    citation_validity: float | None
    latency_p50: float
    latency_p95: float

    def as_dict(self) -> dict[str, float | int | None]:
        """Return the figures by name, rounded to four decimals."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def judge_all(
    assistant: Assistant, questions: Sequence[Question], *, tell: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """Ask every question with its history and judge the answers, in order."""
    outcomes = []
    for number, question in enumerate(questions, start=1):
        answer = assistant.ask(question.text, history=question.history)
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


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Aggregate outcomes."""
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    silent = [outcome for outcome in outcomes if outcome.answer.abstained]
    unanswerable = [outcome for outcome in outcomes if not outcome.question.answerable]
    rightly_silent = [outcome for outcome in silent if not outcome.question.answerable]
    latencies = [outcome.answer.timings_ms["total"] for outcome in outcomes]
    citations = sum(outcome.citations for outcome in outcomes)
    return Figures(
        questions=len(outcomes),
        answerable=len(answerable),
        article_at_1=mean([outcome.article_at_1 for outcome in answerable]),
        evidence_at_1=mean([outcome.evidence_at_1 for outcome in answerable]),
        evidence_at_5=mean([outcome.evidence_at_5 for outcome in answerable]),
        answer_in_sentence=mean([outcome.answer_in_sentence for outcome in answerable]),
        exact=mean([outcome.exact for outcome in answerable]),
        f1=mean([outcome.f1 for outcome in answerable]),
        abstention_precision=len(rightly_silent) / len(silent) if silent else None,
        abstention_recall=len(rightly_silent) / len(unanswerable) if unanswerable else None,
        auroc=auroc(
            [outcome.answer.confidence for outcome in outcomes], [outcome.question.answerable for outcome in outcomes]
        ),
        citation_validity=sum(outcome.valid_citations for outcome in outcomes) / citations if citations else None,
        latency_p50=percentile(latencies, 0.5) if latencies else 0.0,
        latency_p95=percentile(latencies, 0.95) if latencies else 0.0,
    )


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Return the figures of each kind of question in the order of first appearance, and of all as `all`."""
    kinds = dict.fromkeys(outcome.question.kind for outcome in outcomes)
    groups = {kind: figures([outcome for outcome in outcomes if outcome.question.kind == kind]) for kind in kinds}
    return {**groups, "all": figures(outcomes)}
