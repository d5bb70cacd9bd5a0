"""Decide whether to speak: one calibrated figure from what search and reading found, and a reason for silence.

The weights stand in calibration.json with the figures that they reached; `python -m qa.evaluation.calibrate` fits them.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from qa.answer import silence
from qa.answer.guard.contradiction import Contradiction, as_features, contradictions
from qa.answer.guard.elsewhere import elsewhere
from qa.answer.read import Reading
from qa.corpus.cutter import cutter
from qa.retrieval.search import Found, context_of
from qa.retrieval.tokens import fold, holds_han, tokenize
from qa.types import Hit

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile("[“‘「『《]([^“”‘’「」『』《》]{2,12})[”’」』》]")
# A place at the head of a question, as most questions about places begin; `该区` and `全县` name none.
_PLACE = re.compile(r"^(?![该全我本各每这那哪])(?:[\u4e00-\u9fff]{2,3}[省市县区镇乡村])")
# Where a filter, or the store, leaves one article, its lead over the next one tells nothing, and the usual lead is
# taken: the median over the 80 development questions is about .5. Of the 66 that are answered, 10 fell silent when they
# were put to their own file alone and the lead counted as 1; with .5 it is one (2026-11-25, by a throw-away script).
_USUAL_LEAD = 0.5
_NAME_TAGS = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})  # people, places, bodies, other names, in jieba's tags


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the answer is.

    Attributes:
        value: 0 to 1.
        speaks: Whether it is enough to answer.
        reason: Why not, one sentence; None when it speaks.
    """

    value: float
    speaks: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights over `features`, and the confidence from which Wenju speaks."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float


ASSURED = 0.5
"""Confidence from which a reading by rule speaks; no calibration was fitted to such."""

OTHER_MODELS = "other"
WITH_READER = "reader"


@lru_cache
def calibration(model: str, *, with_reader: bool = False) -> Calibration:
    """Return the weights fitted to a way of answering.

    Args:
        model: Name of the encoder, which may start with one that was fitted; else the weights use no cosines.
        with_reader: Whether the trained reader read, whatever the encoder.
    """
    stored = json.loads((files("qa.answer") / "calibration.json").read_text(encoding="utf-8"))
    known = next((name for name in stored if model.startswith(name)), OTHER_MODELS)
    fit = stored[WITH_READER if with_reader else known]
    return Calibration(fit["intercept"], fit["weights"], fit["threshold"])


def features(
    question: str,
    found: Sequence[Found],
    reading: Reading,
    article_text: str,
    *,
    differences: Sequence[Contradiction] | None = None,
) -> dict[str, float]:
    """Return what is known about a question and its best reading.

    sentence: cosine of the question with the nearest sentence of the passage that was read. covered: share of the
    question's words, by their length, that the passage or its context holds. foreign: whether question and passage are
    in different scripts, for cosines are lower then. no_type: whether no candidate of the type asked for was found.
    number_missing: whether the question holds a number that neither the passage nor its context holds. name_missing: a
    name that the whole article does not hold. alone: by how much the passage's score leads the next article's; the
    usual lead where there is no other article. relevance, answerable, chance: what the reader says of the passage and
    of its answer; 0 where it did not read. likeliest: the highest chance, 0 to 1, that the reranker gives a passage; 0
    where none ranked. elsewhere: see the module of that name. Those that end in `differs`: what the
    article contradicts, see `qa.answer.guard.contradiction`.

    Args:
        question: Completed from the history.
        found: What the search found.
        reading: The best reading of it.
        article_text: All of the article that was read.
        differences: What `differing` returns, where it is known already; None lets this function ask.
    """
    if differences is None:
        differences = differing(question, reading, article_text)
    hit, sentences = reading.found.hit, reading.found.sentence_cosines
    folded, article = fold(question), fold(article_text)
    context = context_of(hit.article, hit.passage.heading)
    read = fold(f"{context}\n{hit.article.byline or ''}\n{hit.passage.text}")
    words = set(tokenize(question))
    other = [_unfavoured(item.hit) for item in found if item.hit.article.id != hit.article.id]
    return {
        "sentence": float(sentences.max()) if sentences.size else 0.0,
        "covered": sum(len(word) for word in words if word in read) / (sum(map(len, words)) or 1),
        "foreign": float(holds_han(folded) != holds_han(hit.passage.text)),
        "no_type": float(not reading.holds_type),
        "number_missing": float(any(number not in read for number in _NUMBER.findall(folded))),
        "name_missing": float(any(name not in article for name in names(folded))),
        "alone": min(1.0, max(-1.0, _unfavoured(hit) - max(other))) if other else _USUAL_LEAD,
        "relevance": reading.relevance or 0.0,
        "answerable": reading.answerable or 0.0,
        "chance": reading.chance or 0.0,
        "likeliest": max((item.hit.why["rerank"].score for item in found if "rerank" in item.hit.why), default=0.0),
        "elsewhere": elsewhere(question, article_text, hit.article.id, found),
        **as_features(differences),
    }


def _unfavoured(hit: Hit) -> float:
    """Return the score of a passage without what it has for its title, which the weights were not fitted to."""
    return hit.score - (hit.why["title"].score if "title" in hit.why else 0.0)


def differing(question: str, reading: Reading, article_text: str) -> tuple[Contradiction, ...]:
    """Return what the article that was read contradicts in a question."""
    article, passage = reading.found.hit.article, reading.found.hit.passage
    return contradictions(
        question,
        passage=passage.text,
        context=context_of(article, passage.heading),
        article=article_text,
        written=int(article.date_iso[:4]) if article.date_iso else None,
    )


def names(folded: str) -> list[str]:
    """Return the Chinese names of places, bodies and people in a folded question, and what it puts in quotes."""
    tagged = [word for word, tag in cutter().tag(folded) if tag in _NAME_TAGS and len(word) > 1 and not word.isascii()]
    return tagged + _PLACE.findall(folded) + _QUOTED.findall(folded)


def judge(
    question: str, found: Sequence[Found], reading: Reading | None, article_text: str, *, model: str
) -> Confidence:
    """Return the calibrated confidence in a reading and whether it suffices; `model` is the encoder's name."""
    if reading is None:
        return Confidence(0.0, False, silence.reason(question, None, known={}))
    differences = differing(question, reading, article_text)
    known = features(question, found, reading, article_text, differences=differences)
    named = "title" in reading.found.hit.why
    if reading.assured is not None:
        value = reading.assured if named or not differences else 0.0
        threshold = ASSURED
    else:
        fit = calibration(model, with_reader=reading.answerable is not None)
        value = 1 / (1 + math.exp(-(fit.intercept + sum(fit.weights[name] * known[name] for name in fit.weights))))
        threshold = fit.threshold
    if value >= threshold:
        return Confidence(value, True, None)
    if reading.assured is not None and named:
        return Confidence(value, False, silence.unsigned(question, reading.found.hit.article))
    because = silence.reason(question, reading.found.hit.article, known=known, asked=reading.asked, found=differences)
    return Confidence(value, False, because)
