"""Choose the answer among the spans that the trained reader proposes, with the sentence answerer's knowledge beside it.

Does not run the network and does not decide whether to speak.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa.answer.decode import ScoredSpan
from qa.answer.ends import holds_several, tidy
from qa.answer.enumeration import asks_for_several, whole_enumeration
from qa.answer.measured import measures
from qa.answer.owners import owned
from qa.answer.question import Asked, asked_for
from qa.answer.read import Reading, SentenceAnswerer
from qa.answer.reader import PassageReader, PassageReading
from qa.answer.spans import candidates
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.rerank import READS
from qa.retrieval.search import Found, passage_of
from qa.retrieval.tokens import fold

# A second article is heard beside the first where it answers nearly as well; only figures, days, names and places can
# contradict each other, for two sentences can both be true.
_RIVAL_MARGIN, _RIVAL_ANSWERABLE = 0.5, 1.0
_OFFICE = 2  # characters of the shortest office
_AROUND = 10  # characters around a name that tell it
_RIVAL_TYPES = frozenset({Asked.NUMBER, Asked.DATE, Asked.PERSON, Asked.PLACE})


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """How much each sign counts when answers from several passages compete.

    Fitted on the validation articles (213 answerable questions, 2026-11-25) by a throw-away script, whose search
    `python -m qa.evaluation.weigh` now does: F1 .714, and between .697 and .726 for 10 to 40, 0 to 1 and 2 to 6 in
    place of the first three; the best span there is would reach .902. Where nothing ranked again, answerability counts
    for itself, so it is not left out.

    Attributes:
        passage: Of the score that ranked the passage.
        answerable: Of the log-probability that the passage answers at all.
        sentence: Of the sentence answerer's score for the sentence.
        wrong_type: Lost by a span without a candidate of the type asked for.
        swallowed: Lost by a span over a pause where one figure, day or name is asked for.
        measured: Won by a length where a length is asked for, lost by a width, a distance or the like; set by hand.
        owned: Won by what stands behind the name asked for, lost by what stands behind its rival; set by hand.
    """

    passage: float = 20.0
    answerable: float = 0.5
    sentence: float = 4.0
    wrong_type: float = 1.0
    swallowed: float = 2.0
    measured: float = 2.0
    owned: float = 4.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a span and against it; `SpanWeights` says how much each counts.

    Attributes:
        passage: Score that ranked the passage.
        answerable: Log-probability that the passage answers at all, 0 or less.
        span: Log-probability of the span within its passage, 0 or less; the unit of the others.
        sentence: The sentence answerer's score for the sentence, without that of the passage.
        wrong_type: Whether the span holds no candidate of the type asked for.
        swallowed: Whether it runs over a pause where one figure, day or name is asked for.
        measured: 1, 0 or -1, see `qa.answer.measured`.
        owned: 1, 0 or -1, see `qa.answer.owners`.
    """

    passage: float
    answerable: float
    span: float
    sentence: float
    wrong_type: bool
    swallowed: bool
    measured: int = 0
    owned: int = 0

    def score(self, weights: SpanWeights) -> float:
        """Return the weighted sum."""
        return (
            weights.passage * self.passage
            + weights.answerable * self.answerable
            + self.span
            + weights.sentence * self.sentence
            - weights.wrong_type * self.wrong_type
            - weights.swallowed * self.swallowed
            + weights.measured * self.measured
            + weights.owned * self.owned
        )


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
        proposed = self.proposals(question, found, keyword, searched_for=searched_for)
        if not proposed:
            return self._sentences.read(question, found, keyword, searched_for=searched_for)
        best = max(proposed, key=lambda reading: reading.score)
        return replace(best, rival=_rival(best, proposed))

    def proposals(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> list[Reading]:
        """Return a reading of every span that the reader proposes in the first passages, in their order."""
        return [reading for reading, _ in self.signed(question, found, keyword, searched_for=searched_for)]

    def signed(
        self, question: str, found: Sequence[Found], keyword: KeywordIndex, *, searched_for: str | None = None
    ) -> list[tuple[Reading, Signs]]:
        """Return the proposals with what speaks for each."""
        near = list(found[:READS])
        read = self._reader.read(searched_for or question, [passage_of(item) for item in near])
        said = {item.stored.number: passage for item, passage in zip(near, read, strict=True)}
        asked, several = asked_for(question), asks_for_several(question)
        return [
            self._reading(question, asked, several, said[sentence.found.stored.number], span, sentence)
            for sentence in self._sentences.readings(question, near, keyword, searched_for=searched_for)
            for span in said[sentence.found.stored.number].spans
            if sentence.start <= span.start < sentence.end
        ]

    def _reading(
        self,
        question: str,
        asked: Asked,
        several: bool,
        passage: PassageReading,
        span: ScoredSpan,
        sentence: Reading,
    ) -> tuple[Reading, Signs]:
        """Return the reading of a span and its signs; grown to its list where several are wanted, its ends trimmed."""
        text = sentence.found.stored.passage.text
        start, end = span.start, span.end
        if several:
            start, end = whole_enumeration(text, *tidy(text, start, end, Asked.OTHER))
        start, end = tidy(text, start, end, Asked.OTHER if several else asked)
        fits = measures(question, text, start, end)
        figures = candidates(text[start:end], Asked.NUMBER) if fits > 0 and not several else []
        if len(figures) > 1:  # 62米长、3.6米宽: the first one fits
            start, end = start + figures[0][0], start + figures[0][1]
        typed = asked is Asked.OTHER or _holds_type(text, start, end, asked, question)
        ranked = sentence.found.hit.score
        signs = Signs(
            passage=ranked,
            answerable=_log_sigmoid(passage.answerable),
            span=span.score,
            sentence=sentence.score - ranked,
            wrong_type=not typed,
            swallowed=not several and holds_several(text[start:end], asked),
            measured=fits,
            owned=0 if several else owned(question, text[sentence.start : sentence.end], start - sentence.start),
        )
        reading = replace(
            sentence,
            start=min(sentence.start, start),
            end=max(sentence.end, end),
            answer_start=start,
            answer_end=end,
            holds_type=typed,
            score=signs.score(self._weights),
            relevance=passage.relevance,
            answerable=passage.answerable,
            chance=span.score,
        )
        return reading, signs


def _holds_type(text: str, start: int, end: int, asked: Asked, question: str) -> bool:
    """Tell whether a span holds a candidate of the type asked for.

    A name is told by the office before it, which stands outside of the span: 馆长林岚 answers who the 馆长 is.
    """
    if candidates(text[start:end], asked):
        return True
    before = fold(text[max(0, start - _OFFICE) : start])
    named = candidates(text[max(0, start - _AROUND) : end + _AROUND], asked) if asked is Asked.PERSON else []
    first = start - max(0, start - _AROUND)
    return len(before) == _OFFICE and before in fold(question) and any(name[0] == first for name in named)


def _rival(best: Reading, proposed: Sequence[Reading]) -> Reading | None:
    """Return the best reading of another article that answers as surely, but differently; None where none does."""
    rivals = [
        reading
        for reading in proposed
        if reading.found.hit.article.id != best.found.hit.article.id
        and reading.holds_type
        and reading.score >= best.score - _RIVAL_MARGIN
        and (reading.answerable or 0.0) > _RIVAL_ANSWERABLE
    ]
    if best.asked not in _RIVAL_TYPES or not rivals:
        return None
    rival = max(rivals, key=lambda reading: reading.score)
    return None if fold(_answer(rival)) == fold(_answer(best)) else rival


def _answer(reading: Reading) -> str:
    return reading.found.stored.passage.text[reading.answer_start : reading.answer_end]


def _log_sigmoid(logit: float) -> float:
    return float(-np.logaddexp(0.0, -logit))
