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

from qa.answer.question import Asked
from qa.answer.read import Reading
from qa.corpus.cutter import cutter
from qa.retrieval.search import Found, context_of
from qa.retrieval.tokens import fold, tokenize

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile("[“‘「『《]([^“”‘’「」『』《》]{2,12})[”’」』》]")
# A place at the head of a question, as most questions about places begin; `该区` and `全县` name none.
_PLACE = re.compile(r"^(?![该全我本各每这那哪])(?:[\u4e00-\u9fff]{2,3}[省市县区镇乡村])")
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


OTHER_MODELS = "other"


@lru_cache
def calibration(model: str) -> Calibration:
    """Return the weights fitted to an encoder, by the start of its name; those without cosines for one not fitted."""
    stored = json.loads((files("qa.answer") / "calibration.json").read_text(encoding="utf-8"))
    fit = stored[next((name for name in stored if model.startswith(name)), OTHER_MODELS)]
    return Calibration(fit["intercept"], fit["weights"], fit["threshold"])


def features(question: str, found: Sequence[Found], reading: Reading, article_text: str) -> dict[str, float]:
    """Return what is known about a question and its best reading.

    sentence: cosine of the question with the nearest sentence of the passage that was read. covered: share of the
    question's words, by their length, that the passage or its context holds. foreign: whether the question had to be
    translated, for cosines are lower then. no_type: whether no candidate of the type asked for was found.
    number_missing: whether the question holds a number that neither the passage nor its context holds. name_missing: a
    name that the whole article does not hold.

    Args:
        question: Completed from the history.
        found: What the search found.
        reading: The best reading of it.
        article_text: All of the article that was read, folded.
    """
    hit, sentences = reading.found.hit, reading.found.sentence_cosines
    folded = fold(question)
    read = fold(f"{context_of(hit.article, hit.passage.heading)}\n{hit.article.byline or ''}\n{hit.passage.text}")
    words = set(tokenize(question))
    return {
        "sentence": float(sentences.max()) if sentences.size else 0.0,
        "covered": sum(len(word) for word in words if word in read) / (sum(map(len, words)) or 1),
        "foreign": float(any("dictionary" in item.hit.why for item in found)),
        "no_type": float(not reading.holds_type),
        "number_missing": float(any(number not in read for number in _NUMBER.findall(folded))),
        "name_missing": float(any(name not in article_text for name in names(folded))),
    }


def names(folded: str) -> list[str]:
    """Return the Chinese names of places, bodies and people in a folded question, and what it puts in quotes."""
    tagged = [word for word, tag in cutter().tag(folded) if tag in _NAME_TAGS and len(word) > 1 and not word.isascii()]
    return tagged + _PLACE.findall(folded) + _QUOTED.findall(folded)


def judge(
    question: str, found: Sequence[Found], reading: Reading | None, article_text: str, *, model: str
) -> Confidence:
    """Return the calibrated confidence in a reading and whether it suffices; `model` is the encoder's name."""
    if reading is None:
        return Confidence(0.0, False, "No passage was found.")
    known, fit = features(question, found, reading, article_text), calibration(model)
    value = 1 / (1 + math.exp(-(fit.intercept + sum(fit.weights[name] * known[name] for name in fit.weights))))
    if value >= fit.threshold:
        return Confidence(value, True, None)
    return Confidence(value, False, _reason(known, reading))


def _reason(known: Mapping[str, float], reading: Reading) -> str:
    title = reading.found.hit.article.title
    if known["number_missing"] or known["name_missing"]:
        return f"The documents do not say; the nearest article, “{title}”, is about something else by name or number."
    if known["no_type"] and reading.asked is not Asked.OTHER:
        return f"The nearest article, “{title}”, names no {reading.asked.value} that would answer this."
    return f"The documents do not say; the nearest article is “{title}”."
