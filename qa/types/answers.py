"""Answers, and what is under way while they are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qa.types.found import Citation, Hit
from qa.types.written import Written


class Stage(StrEnum):
    """What is under way while a question is answered, in this order; a question taken in two ways passes twice."""

    SEARCHING = "searching"
    READING = "reading"
    PROVING = "proving"
    WRITING = "writing"  # by a language model, where one is configured


@dataclass(frozen=True, slots=True)
class Answer:
    """What every surface serves.

    Attributes:
        question: As asked.
        searched_for: What was searched, after completion from the history.
        answer: Short, cut verbatim from `sentence`, several joined by a semicolon; None when the documents do not say.
        sentence: The sentence that holds the answer, several one a line; None when the documents do not say.
        confidence: 0 to 1.
        reason: Why nothing was said, or not to every part of the question, one sentence; else None.
        citations: Every one proved against the source when the answer was made.
        dropped_citations: How many could not be proved and are not shown.
        generation: Of the store that answered.
        written: What a language model wrote besides; None where none was asked.
    """

    question: str
    searched_for: str
    answer: str | None
    sentence: str | None
    confidence: float
    reason: str | None
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float]
    generation: int
    dropped_citations: int = 0
    written: Written | None = None

    @property
    def abstained(self) -> bool:
        return self.answer is None

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """Those of the answer and those of what was written, in the order of their numbers."""
        return self.citations + (self.written.citations if self.written is not None else ())
