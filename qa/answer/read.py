"""Read an answer out of the passages that were found, without a language model: best sentence, then shortest span.

Does not decide whether to speak; it reports what `qa.answer.confidence` needs for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answer.question import Asked, asked_for, asked_unit, units_of
from qa.answer.spans import candidates, shortest_span
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.search import Found
from qa.retrieval.tokens import tokenize

_PASSAGES_READ = 5
# Weights of a sentence's score, in units of the fused passage score. Fitted so that, in the right paragraph, the right
# sentence comes first: CMRC 2018 dev .72, DRCD dev .86 (2026-11-22); with the cosine alone .67 and .84.
_SENTENCE_MEANING = 3.0  # on the cosine of sentence and question
_SENTENCE_WORDS = 0.6  # on the share of the question's words, by idf
# Lost by a sentence that holds no candidate of the type asked for; places are recognised too badly to count.
_WRONG_TYPE = {Asked.DATE: 0.25, Asked.NUMBER: 0.1, Asked.PERSON: 0.1}
_OF_HISTORY = 0.3  # a word of an earlier question counts this much of one of the question itself


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answerer found.

    Attributes:
        found: The passage that was read.
        start, end: The sentence, in the passage's repaired text.
        answer_start, answer_end: The short answer inside the same text.
        asked: The type of answer that the question wants.
        holds_type: Whether the sentence holds a candidate of that type; True when the type is OTHER.
        score: Of the sentence, comparable within one question.
        relevance, answerable: What the trained reader says of the passage (logits); None where it did not read.
        chance: Logarithm of the chance that it gives the answer within the passage.
        rival: The best reading of another article that answers as surely, but differently; None where there is none.
        assured: Confidence of a reading by rule, 0 to 1; None where it is to be judged by what is known.
    """

    found: Found
    start: int
    end: int
    answer_start: int
    answer_end: int
    asked: Asked
    holds_type: bool
    score: float
    relevance: float | None = None
    answerable: float | None = None
    chance: float | None = None
    rival: "Reading | None" = None
    assured: float | None = None


class Answerer(Protocol):
    """Reads an answer from ranked passages.

    Attributes:
        name: Shown to users beside the encoder's name.
    """

    name: str

    def read(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> Reading | None:
        """Return the best reading, or None where there is nothing to read.

        Args:
            question: As asked; it says what type of thing is wanted.
            found: Ranked passages.
            keyword: Knows how rare words are.
            searched_for: The question completed from the history, where it was.
        """


class NearestSentenceAnswerer:
    """Takes the sentence nearest in meaning, whole: the simplest answerer, and the one that others are held against."""

    name = "nearest sentence"

    def read(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> Reading | None:
        """Return the nearest sentence of the first passage."""
        if not found or not found[0].stored.sentences:
            return None
        first = found[0]
        index = int(first.sentence_cosines.argmax())
        start, end = first.stored.sentences[index].start, first.stored.sentences[index].end
        cosine = float(first.sentence_cosines[index])
        return Reading(first, start, end, start, end, asked_for(question), holds_type=True, score=cosine)


class SentenceAnswerer:
    """Chooses the sentence by meaning, by the question's words and by type; needs nothing but the indexes."""

    name = "extractive"

    def read(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> Reading | None:
        """Return the best reading of the first passages."""
        readings = self.readings(question, found[:_PASSAGES_READ], keyword, searched_for=searched_for)
        return max(readings, key=lambda reading: reading.score, default=None)

    def readings(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> list[Reading]:
        """Return a reading of every sentence of these passages, in order."""
        words = {token: _OF_HISTORY * keyword.idf(token) for token in tokenize(searched_for or question)}
        words |= {token: keyword.idf(token) for token in tokenize(question)}
        wanted = _Wanted(
            question=question,
            asked=asked_for(question),
            unit=asked_unit(question),
            units=units_of(question),
            named=searched_for or "",
            words=words,
        )
        return [_reading(wanted, passage, index) for passage in found for index in range(len(passage.stored.sentences))]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question tells about its answer, found out once for all sentences.

    Attributes:
        named: The question with those before it; what they name is no answer.
        words: Their words, each with its idf.
    """

    question: str
    asked: Asked
    unit: str | None
    units: frozenset[str]
    named: str
    words: dict[str, float]


def _reading(wanted: _Wanted, found: Found, index: int) -> Reading:
    """Read one sentence of a passage."""
    sentence = found.stored.sentences[index]
    text = found.stored.passage.text[sentence.start : sentence.end]
    asked, words = wanted.asked, wanted.words
    held = set(tokenize(text))
    coverage = sum(idf for word, idf in words.items() if word in held) / (sum(words.values()) or 1.0)
    holds_type = asked is Asked.OTHER or bool(candidates(text, asked, units=wanted.units))
    span = shortest_span(wanted.question, text, asked, unit=wanted.unit, units=wanted.units, named=wanted.named) or (
        0,
        len(text),
    )
    return Reading(
        found=found,
        start=sentence.start,
        end=sentence.end,
        answer_start=sentence.start + span[0],
        answer_end=sentence.start + span[1],
        asked=asked,
        holds_type=holds_type,
        score=found.hit.score
        + _SENTENCE_MEANING * float(found.sentence_cosines[index])
        + _SENTENCE_WORDS * coverage
        - _WRONG_TYPE.get(asked, 0.0) * (not holds_type),
    )
