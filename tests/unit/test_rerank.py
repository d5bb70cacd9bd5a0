"""Reranking: how relevance moves the fused ranking, on figures checked by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from qa.corpus.align import whole
from qa.retrieval.rerank import Relevance, RerankWeights, chances, read_again, rerank
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage
from qa.types import Article, BlockKind, Hit, Leg, Passage, Span

ARTICLE = Article("page.txt#1", "page.txt", "防洪墙")


def _found(*scores: float, ids: str = "abcdef") -> list[Found]:
    """Return passages a, b, … with these fused scores, in this order."""
    ranking = []
    for rank, (name, score) in enumerate(zip(ids, scores, strict=False), start=1):
        passage = Passage(name, ARTICLE.id, Span(0, 1), BlockKind.BODY, whole("墙", 0))
        hit = Hit(rank, score, passage, ARTICLE, {"dense": Leg(rank, score)})
        ranking.append(Found(hit, StoredPassage(rank, passage, ()), np.zeros(0, np.float32)))
    return ranking


def _of(*figures: float) -> Relevance:
    return np.array(figures, np.float64)


def _shown(ranking: list[Found]) -> list[tuple[int, str, float]]:
    return [(item.hit.rank, item.hit.passage.id, item.hit.score) for item in ranking]


def test_the_most_relevant_keeps_its_score_and_the_others_lose_by_their_distance() -> None:
    """a: 1.0 + 0.25·(1 − 3) = 0.5; b keeps 0.75; c: 0.5 + 0.25·(2 − 3) = 0.25."""
    ranking = rerank(_found(1.0, 0.75, 0.5), _of(1.0, 3.0, 2.0), weights=[0.25] * 4)

    assert _shown(ranking) == [(1, "b", 0.75), (2, "a", 0.5), (3, "c", 0.25)]


def test_a_clear_lead_of_the_search_outlasts_a_small_difference_of_relevance() -> None:
    """a: 1.0 + 0.25·(−2 − (−1)) = 0.75, still before b with 0.5; logits may be below 0."""
    ranking = rerank(_found(1.0, 0.5), _of(-2.0, -1.0), weights=[0.25] * 4)

    assert _shown(ranking) == [(1, "a", 0.75), (2, "b", 0.5)]


def test_a_passage_in_another_script_can_count_more() -> None:
    """b is foreign and the most relevant: a loses 0.25·2 = 0.5, c 1.0·1 = 1.0."""
    ranking = rerank(_found(1.0, 0.75, 0.5), _of(1.0, 3.0, 2.0), weights=[0.25, 1.0, 1.0])

    assert _shown(ranking) == [(1, "b", 0.75), (2, "a", 0.5), (3, "c", -0.5)]


class Counting:
    """Reranker that gives these logits in turn and notes how many passages it is shown at a time."""

    name = "counting"

    def __init__(self, *logits: float) -> None:
        self._logits = list(logits)
        self.shown: list[int] = []

    def relevance(self, question: str, passages: Sequence[tuple[str, str]]) -> Relevance:
        self.shown.append(len(passages))
        said, self._logits = self._logits[: len(passages)], self._logits[len(passages) :]
        return np.array(said, np.float64)


MANY = "".join(chr(97 + number) for number in range(26))


def test_eight_passages_are_read_where_one_of_them_seems_to_answer() -> None:
    reranker = Counting(*[-9.0] * 7, 9.0)

    ranking = read_again(reranker, "墙多长?", _found(*[1.0] * 26, ids=MANY), weights=RerankWeights(0.5, 0.0))

    assert reranker.shown == [8]
    assert ranking[0].hit.passage.id == "h"


def test_more_are_read_where_none_of_the_first_seems_to_answer() -> None:
    """The twelfth answers; 24 of 26 are read, and no passage twice."""
    reranker = Counting(*[-9.0] * 11, 9.0, *[-9.0] * 12)

    ranking = read_again(reranker, "墙多长?", _found(*[1.0] * 26, ids=MANY), weights=RerankWeights(0.5, 0.0))

    assert reranker.shown == [8, 16]
    assert ranking[0].hit.passage.id == "l"


def test_a_question_in_another_script_gives_the_reading_its_own_weight() -> None:
    """The passages hold 墙; the second is the more relevant by .5 of chance, so the first loses .5 of the weight."""
    found = _found(1.0, 0.9)
    logits = 0.0, 800.0

    assert _shown(read_again(Counting(*logits), "墙多长?", found, weights=RerankWeights(0.0, 0.4))) == [
        (1, "a", 1.0),
        (2, "b", 0.9),
    ]
    assert _shown(read_again(Counting(*logits), "How long?", found, weights=RerankWeights(0.0, 0.4))) == [
        (1, "b", 0.9),
        (2, "a", 0.8),
    ]


def test_what_was_not_read_counts_as_the_least_relevant_of_what_was() -> None:
    """Lowest gap is −2, so c: 0.75 − 0.5 = 0.25 and d: 0.625 − 0.5 = 0.125; neither overtakes by being unread."""
    ranking = rerank(_found(1.0, 0.875, 0.75, 0.625), _of(1.0, 3.0), weights=[0.25] * 4)

    assert _shown(ranking) == [(1, "b", 0.875), (2, "a", 0.5), (3, "c", 0.25), (4, "d", 0.125)]


def test_why_tells_rank_and_relevance_of_what_was_read_and_keeps_the_other_legs() -> None:
    ranking = rerank(_found(1.0, 0.75, 0.5), _of(1.0, 3.0), weights=[1.0] * 4)
    why = {item.hit.passage.id: item.hit.why for item in ranking}

    assert why == {
        "a": {"dense": Leg(1, 1.0), "rerank": Leg(2, 1.0)},
        "b": {"dense": Leg(2, 0.75), "rerank": Leg(1, 3.0)},
        "c": {"dense": Leg(3, 0.5)},
    }


def test_equal_scores_and_equal_relevance_stand_in_the_order_of_their_ids() -> None:
    ranking = rerank(_found(0.5, 0.5, 0.5, ids="cab"), _of(1.0, 1.0, 1.0), weights=[1.0] * 4)

    assert _shown(ranking) == [(1, "a", 0.5), (2, "b", 0.5), (3, "c", 0.5)]
    assert [item.hit.why["rerank"].rank for item in ranking] == [1, 2, 3]


def test_what_the_answerer_needs_travels_with_its_passage() -> None:
    found = _found(1.0, 0.5)
    ranking = rerank(found, _of(0.0, 9.0), weights=[1.0] * 4)

    assert [item.stored.number for item in ranking] == [2, 1]
    assert [item.hit.rank for item in found] == [1, 2]  # the ranking that came in is left as it was


def test_a_weight_of_0_leaves_scores_and_order() -> None:
    assert _shown(rerank(_found(1.0, 0.5), _of(0.0, 9.0), weights=[0.0] * 4)) == [(1, "a", 1.0), (2, "b", 0.5)]


def test_without_any_relevance_the_ranking_is_as_it_was() -> None:
    found = _found(1.0, 0.5)

    assert rerank(found, _of(), weights=[1.0] * 4) == found
    assert rerank([], _of(), weights=[1.0] * 4) == []


@pytest.mark.parametrize("figures", [(1.0, 2.0, 3.0), (1.0, float("nan")), (float("inf"),)])
def test_figures_that_cannot_be_are_refused(figures: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"3 relevances for 2 passages|not a finite number"):
        rerank(_found(1.0, 0.5), _of(*figures), weights=[1.0] * 4)


def test_logits_become_chances_between_0_and_1_in_the_same_order() -> None:
    bounded = chances(np.array([-800.0, -1.0, 0.0, np.log(3.0), 800.0]))

    assert bounded.tolist() == pytest.approx([0.0, 0.268941, 0.5, 0.75, 1.0], abs=1e-6)
