"""What makes Wenju doubt, and the shape of what it stored about that."""

from dataclasses import replace
from pathlib import Path

import pytest
from library_fixtures import ENCODER, filled

from qa.answer import confidence
from qa.answer.confidence import Confidence, calibration, differing, features, judge, names
from qa.answer.read import SentenceAnswerer
from qa.filters import Filters
from qa.retrieval.search import Search


@pytest.mark.parametrize("model", ["multilingual-e5-small-q4", "BAAI/bge-m3"])
def test_the_weights_point_the_right_way(model: str) -> None:
    """A number or a name that the passage lacks makes doubt, whatever the model."""
    weights = calibration(model).weights

    assert weights["number_missing"] < 0 and weights["name_missing"] < 0


def test_cosines_count_only_for_the_model_that_they_were_fitted_to() -> None:
    """0.85 is a stranger's cosine with one model and a twin's with another."""
    assert calibration("multilingual-e5-small-q4").weights["sentence"] > 0
    assert "sentence" not in calibration("BAAI/bge-m3").weights


def test_the_threshold_leaves_room_on_both_sides() -> None:
    """A threshold of 0 would always speak, one of 1 never."""
    assert 0.1 < calibration("multilingual-e5-small-q4").threshold < 0.9


@pytest.mark.parametrize(
    ("question", "found"),
    [("郑州市的人口是多少?", "郑州市"), ("什么是“三张牌”?", "三张牌"), ("谁写了《渡船》?", "渡船")],
)
def test_names_and_what_stands_in_quotes_are_looked_for(question: str, found: str) -> None:
    """Places by jieba's tags, the rest by its quotation marks."""
    assert found in names(question)


def test_where_there_is_one_article_only_its_lead_tells_nothing(tmp_path: Path) -> None:
    """A filter may leave one; with the highest lead, which speaks against an answer, it would fall silent."""
    question = "防洪墙总投资多少元?"
    library = filled(tmp_path / "store")
    search = Search(library.contents(), ENCODER)
    library.close()

    def lead(filters: Filters) -> float:
        found = search.search(question, k=8, among=search.selector.select(filters).numbers)
        reading = SentenceAnswerer().read(question, found, search.keyword)
        assert reading is not None
        return features(question, found, reading, search.article_text(reading.found.hit.article.id))["alone"]

    assert lead(Filters(sources=("wall.txt",))) == 0.5
    assert lead(Filters()) != 0.5


def test_what_the_article_contradicts_is_looked_for_once_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article has a 副市长; figures and reason rest on the one comparison."""
    question = "副省长是谁?"
    library = filled(tmp_path / "store")
    search = Search(library.contents(), ENCODER)
    library.close()
    found = search.search(question, k=8)
    reading = SentenceAnswerer().read(question, found, search.keyword, searched_for=question)
    assert reading is not None
    article = search.article_text(reading.found.hit.article.id)
    asked = []

    def noting(*arguments: object) -> tuple[object, ...]:
        asked.append(arguments)
        return differing(*arguments)

    monkeypatch.setattr(confidence, "differing", noting)
    verdict = judge(question, found, reading, article, model=ENCODER.name)

    assert asked == [(question, reading, article)]
    assert not verdict.speaks
    assert verdict.reason == "最接近的一篇《防洪墙加固》没有说副省长是谁，提到的是副市长。"
    assert features(question, found, reading, article)["role_differs"] == 1.0


def test_the_lead_that_a_title_gives_is_not_counted(tmp_path: Path) -> None:
    """The weights were fitted to questions that name no article."""
    library = filled(tmp_path / "store")
    search = Search(library.contents(), ENCODER)
    library.close()
    question = "《新馆开门》说设多少个座位?"
    found = search.search(question, k=8)
    reading = SentenceAnswerer().read(question, found, search.keyword)
    assert reading is not None
    article = search.article_text(reading.found.hit.article.id)

    lead = features(question, found, reading, article)["alone"]

    assert reading.found.hit.article.title == "新馆开门"
    assert lead == pytest.approx(found[0].hit.score - 1.0 - found[1].hit.score)


def by_rule(tmp_path: Path, question: str, assured: float) -> Confidence:
    """Return the verdict over a reading that a rule is so sure of."""
    library = filled(tmp_path / "store")
    search = Search(library.contents(), ENCODER)
    library.close()
    found = search.search(question, k=8)
    reading = SentenceAnswerer().read(question, found, search.keyword)
    assert reading is not None
    article = search.article_text(reading.found.hit.article.id)
    return judge(question, found, replace(reading, assured=assured), article, model=ENCODER.name)


@pytest.mark.parametrize(
    ("question", "assured", "verdict"),
    [
        ("《新馆开门》是谁写的?", 0.95, Confidence(0.95, True, None)),
        ("《新馆开门》是谁写的?", 0.0, Confidence(0.0, False, "《新馆开门》没有写明是谁。")),
        ("Who wrote “新馆开门”?", 0.0, Confidence(0.0, False, "“新馆开门” does not print who.")),
        ("防洪墙加固是谁写的?", 0.6, Confidence(0.6, True, None)),
        (
            "副省长是谁?",
            0.6,
            Confidence(0.0, False, "最接近的一篇《防洪墙加固》没有说副省长是谁，提到的是副市长。"),
        ),
    ],
)
def test_a_rule_brings_its_own_confidence(tmp_path: Path, question: str, assured: float, verdict: Confidence) -> None:
    """Unless the article contradicts a question that does not name it."""
    got = by_rule(tmp_path, question, assured)

    assert (got.value, got.speaks, got.reason) == (verdict.value, verdict.speaks, verdict.reason)
