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
from qa.retrieval.keyword import KeywordIndex
from qa.retrieval.search import Found, context_of
from qa.retrieval.tokens import fold, tokenize

_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|\b)")


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


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Return the weights that ship with this version."""
    stored = json.loads((files("qa.answer") / "calibration.json").read_text(encoding="utf-8"))
    return Calibration(stored["intercept"], stored["weights"], stored["threshold"])


def features(question: str, found: Sequence[Found], reading: Reading | None, keyword: KeywordIndex) -> dict[str, float]:
    """Return what is known about a question and its best reading, each about 0 to 1.

    score: fused score of the passage that was read. margin: its lead over the first passage of another article.
    sentence: cosine of question and sentence. covered: share of the question's words, by rarity, that passage and
    title hold. rarest: whether they hold its rarest word. unknown: share of the question's words that no passage
    holds. no_type: whether no candidate of the type asked for was found. other_year: whether the question names a year
    that the article does not.
    """
    if reading is None:
        return {}
    hit = reading.found.hit
    others = [item.hit.score for item in found if item.hit.article.id != hit.article.id]
    words = {token: keyword.idf(token) for token in tokenize(question)}
    read = f"{context_of(hit.article, hit.passage.heading)}\n{hit.passage.text}"
    held = set(tokenize(read))
    total = sum(words.values()) or 1.0
    sentences = reading.found.sentence_cosines
    unseen = keyword.unseen_idf()
    years = set(_YEAR.findall(fold(question)))
    return {
        "score": hit.score,
        "margin": hit.score - max(others, default=0.0),
        "sentence": float(sentences.max()) if sentences.size else 0.0,
        "covered": sum(idf for word, idf in words.items() if word in held) / total,
        "rarest": float(bool(words) and max(words, key=lambda word: (words[word], word)) in held),
        "unknown": sum(idf for idf in words.values() if idf >= unseen - 1e-9) / total,
        "no_type": float(not reading.holds_type),
        "other_year": float(bool(years - set(_YEAR.findall(fold(read))))),
    }


def judge(question: str, found: Sequence[Found], reading: Reading | None, keyword: KeywordIndex) -> Confidence:
    """Return the calibrated confidence in a reading and whether it suffices."""
    if reading is None:
        return Confidence(0.0, False, "No passage was found.")
    known, fit = features(question, found, reading, keyword), calibration()
    value = 1 / (1 + math.exp(-(fit.intercept + sum(fit.weights[name] * known[name] for name in fit.weights))))
    if value >= fit.threshold:
        return Confidence(value, True, None)
    return Confidence(value, False, _reason(known, reading))


def _reason(known: Mapping[str, float], reading: Reading) -> str:
    title = reading.found.hit.article.title
    if known["other_year"]:
        return f"The documents do not say this for the year asked; the nearest article is “{title}”."
    if known["no_type"] and reading.asked is not Asked.OTHER:
        return f"The nearest article, “{title}”, names no {reading.asked.value} that would answer this."
    return f"The documents do not say; the nearest article is “{title}”."
