"""Choose the answer among the spans that the trained reader proposes, with the sentence answerer's knowledge beside it.

Does not run the network and does not decide whether to speak.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa.answer.decode import ScoredSpan
from qa.answer.enumeration import asks_for_several, whole_enumeration
from qa.answer.question import Asked, asked_for
from qa.answer.read import Reading, SentenceAnswerer
from qa.answer.reader import READS, PassageReader, PassageReading
from qa.answer.spans import candidates
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.search import Found, passage_of

_TRIMMED = " \t\n，,、。；;：:！？!?的"


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """How much each sign counts when answers from several passages compete; see docs/log.md for the fit.

    Attributes:
        passage: Of the score that ranked the passage.
        answerable: Of the log-probability that the passage answers at all.
        sentence: Of the sentence answerer's score for the sentence.
        wrong_type: Lost by a span without a candidate of the type asked for.
    """

    passage: float = 1.0
    answerable: float = 0.5
    sentence: float = 1.0
    wrong_type: float = 2.0


class ReaderAnswerer:
    """Answers with the best span of the trained reader; the sentence around it is what is cited.

    Args:
        reader: The trained reader.
        weights: Of the signs.
    """

    name = "reader"

    def __init__(self, reader: PassageReader, weights: SpanWeights | None = None) -> None:
        self._reader = reader
        self._weights = weights or SpanWeights()
        self._sentences = SentenceAnswerer()

    def read(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> Reading | None:
        """Return the best reading of the first passages, or the sentence answerer's where no span is proposed."""
        near = list(found[:READS])
        passages = [passage_of(item) for item in near]
        said = self._reader.read(searched_for or question, passages)
        asked = asked_for(question)
        best: tuple[float, Reading] | None = None
        for item, passage in zip(near, said, strict=True):
            for sentence in self._sentences.readings(question, [item], keyword, searched_for=searched_for):
                for span in passage.spans:
                    if not sentence.start <= span.start < sentence.end:
                        continue
                    score = self._score(item, passage, span, sentence)
                    if best is None or score > best[0]:
                        best = score, _as_reading(question, asked, item, passage, span, sentence, score)
        if best is None:
            return self._sentences.read(question, found, keyword, searched_for=searched_for)
        return best[1]

    def _score(self, found: Found, passage: PassageReading, span: ScoredSpan, sentence: Reading) -> float:
        weights = self._weights
        text = found.stored.passage.text[span.start : span.end]
        typed = sentence.asked is Asked.OTHER or bool(candidates(text, sentence.asked))
        return (
            weights.passage * found.hit.score
            + weights.answerable * _log_sigmoid(passage.answerable)
            + span.score
            + weights.sentence * (sentence.score - found.hit.score)
            - weights.wrong_type * (not typed)
        )


def _as_reading(
    question: str,
    asked: Asked,
    found: Found,
    passage: PassageReading,
    span: ScoredSpan,
    sentence: Reading,
    score: float,
) -> Reading:
    """Return the reading of a span: grown to its whole list where several things are asked for, its ends trimmed."""
    text = found.stored.passage.text
    start, end = span.start, span.end
    if asks_for_several(question):
        start, end = whole_enumeration(text, start, end)
    while start < end - 1 and text[start] in _TRIMMED:
        start += 1
    while end > start + 1 and text[end - 1] in _TRIMMED:
        end -= 1
    typed = asked is Asked.OTHER or bool(candidates(text[start:end], asked))
    return replace(
        sentence,
        found=found,
        start=min(sentence.start, start),
        end=max(sentence.end, end),
        answer_start=start,
        answer_end=end,
        holds_type=typed,
        score=score,
        relevance=passage.relevance,
        answerable=passage.answerable,
        chance=span.score,
    )


def _log_sigmoid(logit: float) -> float:
    return float(-np.logaddexp(0.0, -logit))
