"""Choose between a question alone and a question completed from the history, by what the search found for each.

Pure arithmetic on scores that others made; completes nothing and searches nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.retrieval.history.followup import Completion, Leaning

# What the likelier way may be worse and is still taken, in units of score plus confidence (0 to about 3). Set by hand:
# naming the topic again lifts the score of a completed question by 0.2 to 0.4 wherever the topic is in the documents,
# so a question that may lean needs more than that and some confidence to be completed.
MARGINS: Mapping[Leaning, float] = {Leaning.CERTAIN: 0.3, Leaning.POSSIBLE: 0.4, Leaning.NONE: 0.0}
# Added to the fused score of a passage; no more than the handicap of a caption.
BONUSES: Mapping[Leaning, float] = {Leaning.CERTAIN: 0.1, Leaning.POSSIBLE: 0.05, Leaning.NONE: 0.0}


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one way to take a question.

    Attributes:
        completion: The way.
        score: Fused score of the best passage, 0 to about 2; 0 where nothing was found.
        confidence: Calibrated, 0 to 1.
    """

    completion: Completion
    score: float
    confidence: float


def choose(tried: Sequence[Tried]) -> int:
    """Return the position of the way to take.

    Args:
        tried: In the order of `completions`, so that the likeliest comes first.

    Returns:
        0, unless another way is better by more than the margin: the question alone where leaning is certain, the
        completed one where it is only possible. Of equals the earlier one.

    Raises:
        ValueError: Nothing was tried.
    """
    if not tried:
        raise ValueError("nothing was tried; try at least the question alone")
    values = [way.score + way.confidence for way in tried]
    best = max(range(len(tried)), key=lambda position: (values[position], -position))
    return best if values[best] > values[0] + MARGINS[tried[0].completion.leaning] else 0


def with_bonus(
    scores: Sequence[float], articles: Sequence[str], last_article: str | None, leaning: Leaning
) -> list[float]:
    """Return the scores of passages, those of the article cited last a little higher.

    For the passages of the way that was chosen, and only of a completed one: a bonus before the choice would favour the
    old topic.

    Args:
        scores: Fused scores, one a passage.
        articles: Article id of each passage.
        last_article: Of the last answer; None where it is not known.
        leaning: Of the question.

    Raises:
        ValueError: There are not as many articles as scores.
    """
    bonus = BONUSES[leaning]
    return [score + bonus * (article == last_article) for score, article in zip(scores, articles, strict=True)]
