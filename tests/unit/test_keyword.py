"""BM25 coverage over a corpus small enough to count by hand."""

import math

import pytest

from qa.retrieval.keyword import KeywordIndex

PASSAGES = [(7, "防洪墙总投资六亿元"), (8, "图书馆新馆开放"), (9, "防洪墙与图书馆")]


def test_idf_is_that_of_robertson() -> None:
    """图书 stands in two of three passages: ln(1 + 1.5 / 2.5)."""
    index = KeywordIndex(PASSAGES)

    assert index.idf("图书") == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert index.unseen_idf() == pytest.approx(math.log(1 + 3.5 / 0.5))


def test_the_passage_with_more_of_the_question_comes_first() -> None:
    """投资 stands in one passage only."""
    assert [match.number for match in KeywordIndex(PASSAGES).search("防洪墙投资", k=3)] == [7, 9]


def test_strange_words_lower_the_coverage_of_every_passage() -> None:
    """Coverage is a share of what the whole question could score."""
    index = KeywordIndex(PASSAGES)

    plain, strange = index.search("图书馆", k=1)[0], index.search("图书馆的火星探测器", k=1)[0]

    assert strange.coverage < plain.coverage / 2


def test_equal_passages_come_in_the_order_of_their_numbers() -> None:
    """Ties are settled by number."""
    index = KeywordIndex([(3, "同一句话"), (1, "同一句话"), (2, "同一句话")])

    assert [match.number for match in index.search("同一句话", k=3)] == [1, 2, 3]


def test_alternatives_count_as_one_word_as_rare_as_all_of_them() -> None:
    """图书馆 stands in two passages, 防洪墙 or 图书馆 in all three; who holds both is not counted twice."""
    index = KeywordIndex(PASSAGES)

    matches = index.search_alternatives([[("图书馆", 1.0), ("防洪墙", 0.5)]], k=3)

    strong, weak = math.log(1 + 1.5 / 2.5), 0.5 * math.log(1 + 0.5 / 3.5)
    assert [match.number for match in matches] == [8, 9, 7]
    assert [match.coverage for match in matches] == pytest.approx([strong, strong, weak])


@pytest.mark.parametrize("query", ["", "的", "？！"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    """No words, no coverage, no error."""
    assert KeywordIndex(PASSAGES).search(query, k=3) == []


def test_an_empty_corpus_finds_nothing() -> None:
    """Nothing is divided by zero."""
    assert KeywordIndex([]).search("图书馆", k=3) == []
