"""What every Answerer must do, over a library of three passages."""

from contextlib import closing
from pathlib import Path

import pytest
from library_fixtures import ENCODER, filled

from qa.answer.read import Answerer, NearestSentenceAnswerer, SentenceAnswerer
from qa.retrieval.search import Search
from qa.store.library import Library


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    folder: Path = tmp_path_factory.mktemp("answerers") / "store"
    filled(folder).close()
    with closing(Library.open(folder)) as library:
        return Search(library.contents(), ENCODER)


@pytest.mark.parametrize("answerer", [SentenceAnswerer(), NearestSentenceAnswerer()], ids=lambda a: a.name)
class TestAnswerer:
    """The same promises for each."""

    def test_the_answer_stands_in_its_sentence_and_that_in_its_passage(
        self, answerer: Answerer, search: Search
    ) -> None:
        """All four positions are of the passage's repaired text."""
        reading = answerer.read("防洪墙全长多少公里?", search.search("防洪墙全长多少公里?", k=3), search.keyword)

        assert reading is not None
        text = reading.found.stored.passage.text
        assert 0 <= reading.start <= reading.answer_start < reading.answer_end <= reading.end <= len(text)
        assert "22.2公里" in text[reading.start : reading.end]

    def test_the_same_passages_give_the_same_reading(self, answerer: Answerer, search: Search) -> None:
        """No chance, no clock."""
        found = search.search("谁到现场查看?", k=3)

        first, second = (answerer.read("谁到现场查看?", found, search.keyword) for _ in range(2))

        assert first is not None and second is not None
        assert (first.start, first.end, first.answer_start, first.answer_end, first.score) == (
            second.start, second.end, second.answer_start, second.answer_end, second.score
        )  # fmt: skip

    def test_nothing_found_gives_nothing_to_read(self, answerer: Answerer, search: Search) -> None:
        """None, not an error."""
        assert answerer.read("谁?", [], search.keyword) is None
