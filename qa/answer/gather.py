"""Gather what the attempts at the parts of a question found into one answer with numbered evidence. Pure; no files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer.attempt import Attempt
from qa.answer.cite import Evidence
from qa.answer.read import Reading
from qa.retrieval.tokens import fold
from qa.types import Citation

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Readings that are spoken, each once, in the order of the question's parts.

    Attributes:
        readings: Those that answer; a second article that answers differently follows the first.
        reason: Why a part stays unanswered, or None.
        confidence: The least of those spoken; of all where none is.
    """

    readings: tuple[Reading, ...]
    reason: str | None
    confidence: float


def gather(attempts: Sequence[Attempt]) -> Gathered:
    """Join the attempts at the parts of one question."""
    spoken = [attempt for attempt in attempts if attempt.verdict.speaks and attempt.reading is not None]
    silent = [attempt for attempt in attempts if not (attempt.verdict.speaks and attempt.reading is not None)]
    readings: list[Reading] = []
    for attempt in spoken:
        first = attempt.reading
        assert first is not None
        readings += [first, *([first.rival] if first.rival is not None else [])]
    confidences = [attempt.verdict.value for attempt in spoken or silent]
    return Gathered(_once(readings), silent[0].verdict.reason if silent else None, min(confidences))


def _once(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings without those whose very place was read before, be it in a re-print."""
    places: dict[tuple[int, int, int], Reading] = {}
    for reading in readings:
        if not any(_reprinted(reading, earlier) for earlier in places.values()):
            places.setdefault((reading.found.stored.number, reading.answer_start, reading.answer_end), reading)
    return tuple(places.values())


def _reprinted(reading: Reading, earlier: Reading) -> bool:
    """Tell whether a reading says what an earlier one said in another copy of its article."""
    copies = earlier.found.hit.also_in
    return reading.found.hit.article.document_id in copies and sentence_text([reading]) == sentence_text([earlier])


def answer_text(readings: Sequence[Reading]) -> str:
    """Return the short answers, each once, joined as the language of the first one joins them."""
    answers: dict[str, str] = {}
    for reading in readings:
        text = reading.found.stored.passage.text[reading.answer_start : reading.answer_end]
        answers.setdefault(fold(text), text)
    texts = list(answers.values())
    return ("；" if _HAN.search(texts[0]) else "; ").join(texts)


def sentence_text(readings: Sequence[Reading]) -> str:
    """Return the sentences around the answers, each once, one a line."""
    sentences = [reading.found.stored.passage.text[reading.start : reading.end] for reading in readings]
    return "\n".join(dict.fromkeys(sentences))


def shown(readings: Sequence[Reading], citations: Sequence[Citation]) -> tuple[Reading, ...]:
    """Return the readings whose sentence is among the proved citations."""
    proved = {(citation.document_id, citation.text) for citation in citations}
    return tuple(
        reading for reading in readings if (reading.found.hit.article.document_id, sentence_text([reading])) in proved
    )


def evidence_of(readings: Sequence[Reading]) -> list[Evidence]:
    """Return what is to be cited, each sentence once."""
    evidence = [
        Evidence(hit.passage, hit.article, reading.start, reading.end, hit.also_in)
        for reading in readings
        for hit in [reading.found.hit]
    ]
    return [item for number, item in enumerate(evidence) if item not in evidence[:number]]


def summed_timings(attempts: Sequence[Attempt]) -> dict[str, float]:
    """Return the milliseconds of each step over all attempts."""
    names = dict.fromkeys(name for item in attempts for name in item.timings_ms)
    return {name: sum(item.timings_ms.get(name, 0.0) for item in attempts) for name in names}
