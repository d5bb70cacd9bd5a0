"""Between a question alone and a completed one, the scores decide, with a margin for the likelier way."""

import pytest

from qa.retrieval.history.choice import BONUSES, MARGINS, Tried, choose, with_bonus
from qa.retrieval.history.followup import Completion, Leaning


def tried(leaning: Leaning, first: tuple[float, float], second: tuple[float, float]) -> list[Tried]:
    """Return two ways with (score, confidence) of each, in the order of `completions`."""
    alone, completed = Completion("它呢", leaning, ""), Completion("桥 它呢", leaning, "桥")
    ways = (completed, alone) if leaning is Leaning.CERTAIN else (alone, completed)
    return [Tried(way, *values) for way, values in zip(ways, (first, second), strict=True)]


@pytest.mark.parametrize("leaning", [Leaning.CERTAIN, Leaning.POSSIBLE])
def test_the_likelier_way_wins_within_the_margin_and_loses_beyond_it(leaning: Leaning) -> None:
    margin = MARGINS[leaning]

    assert choose(tried(leaning, (1.0, 0.5), (1.0 + margin, 0.5))) == 0
    assert choose(tried(leaning, (1.0, 0.5), (1.0 + margin + 0.01, 0.5))) == 1
    assert choose(tried(leaning, (1.0, 0.5), (0.9 + margin, 0.7))) == 1


def test_confidence_counts_as_much_as_the_score() -> None:
    """A topic that is in the documents lifts the score; only an answer lifts the confidence."""
    assert choose(tried(Leaning.POSSIBLE, (0.9, 0.8), (1.1, 0.2))) == 0
    assert choose(tried(Leaning.POSSIBLE, (0.8, 0.1), (1.1, 0.8))) == 1


def test_one_way_is_taken_and_none_is_a_mistake() -> None:
    assert choose([Tried(Completion("桥在哪里", Leaning.NONE, ""), 0.0, 0.0)]) == 0
    with pytest.raises(ValueError, match="nothing was tried"):
        choose([])


def test_passages_of_the_article_cited_last_rise_a_little() -> None:
    """None where the question stands alone or the article is not known."""
    scores, articles = [1.0, 0.95, 0.5], ["a", "b", "b"]

    assert with_bonus(scores, articles, "b", Leaning.CERTAIN) == [1.0, 0.95 + BONUSES[Leaning.CERTAIN], 0.6]
    assert with_bonus(scores, articles, "b", Leaning.POSSIBLE) == [1.0, 1.0, 0.55]
    assert with_bonus(scores, articles, "b", Leaning.NONE) == scores
    assert with_bonus(scores, articles, None, Leaning.CERTAIN) == scores
    with pytest.raises(ValueError, match="zip"):
        with_bonus(scores, ["a"], "a", Leaning.CERTAIN)
