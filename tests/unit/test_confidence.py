"""What makes Wenju doubt, and the shape of what it stored about that."""

from pathlib import Path

import pytest
from library_fixtures import ENCODER, filled

from qa.answer import confidence
from qa.answer.confidence import calibration, differing, features, judge, names
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
