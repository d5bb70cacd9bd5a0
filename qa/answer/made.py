"""Make the answer of what was read: prove each quotation against its source, and say only what is proved."""

from collections.abc import Sequence
from time import perf_counter

from qa.answer.attempt import Attempt, Tools
from qa.answer.cite import Documents, cite
from qa.answer.gather import answer_text, evidence_of, gather, sentence_text, shown, summed_timings
from qa.answer.narrowed import with_left_out
from qa.retrieval.selection import Selection
from qa.types import Answer, Citation, Stage

UNPROVED = "The quotation could not be proved against its source."


def made(
    question: str,
    searched_for: str,
    attempts: Sequence[Attempt],
    tools: Tools,
    documents: Documents,
    *,
    selection: Selection | None,
    top_k: int,
    started: float,
) -> Answer:
    """Return the answer.

    Args:
        question: As asked.
        searched_for: The same, or completed from the history.
        attempts: At the parts of the question; at least one.
        tools: That they were made with.
        documents: Gives the documents that evidence stands in.
        selection: What the filters left, or None without filters.
        top_k: Passages to return with it.
        started: When the question came, as `perf_counter` tells it.
    """
    gathered = gather(attempts)
    citations: tuple[Citation, ...] = ()
    dropped = 0
    confidence, reason = gathered.confidence, gathered.reason
    answer = sentence = None
    if gathered.readings:
        tools.told(Stage.PROVING)
        evidence = evidence_of(gathered.readings)
        citations, dropped = cite(evidence, documents(evidence))
        readings = shown(gathered.readings, citations)
        if readings:
            sentence, answer = sentence_text(readings), answer_text(readings)
        else:
            confidence, reason = 0.0, UNPROVED
    return Answer(
        question=question,
        searched_for=searched_for,
        answer=answer,
        sentence=sentence,
        confidence=confidence,
        reason=reason if answer else with_left_out(question, reason, selection),
        citations=citations,
        hits=tuple(item.hit for item in attempts[0].found[:top_k]),
        timings_ms={**summed_timings(attempts), "total": (perf_counter() - started) * 1000},
        generation=tools.search.contents.generation,
        dropped_citations=dropped,
    )
