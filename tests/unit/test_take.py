"""A question is tried alone and completed, whole and in parts; what finds more is taken."""

from dataclasses import dataclass, field

import pytest
from library_fixtures import ENCODER, one_article

from qa.answer import take as module
from qa.answer.attempt import Attempt, Favour, Tools
from qa.answer.confidence import Confidence
from qa.answer.question import Asked
from qa.answer.read import Reading
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage, StoredSentence
from qa.types import Hit

_, ARTICLE, (PASSAGE,) = one_article("park.txt", "公园", ["公园五月一日开园。"])
STORED = StoredPassage(1, PASSAGE, (StoredSentence(0, 9),))
TOOLS: Tools = None  # type: ignore[assignment] - the fake looks at nothing


def outcome(text: str, score: float, confidence: float) -> Attempt:
    found = Found(Hit(1, score, PASSAGE, ARTICLE), STORED, ENCODER.encode_queries([text])[:, 0])
    reading = Reading(found, 0, 9, 2, 6, Asked.DATE, holds_type=True, score=1.0)
    return Attempt(text, (found,), reading, Confidence(confidence, confidence > 0.5, None), {})


@dataclass
class Fake:
    """Makes attempts whose score is looked up by the text."""

    scores: dict[str, tuple[float, float]]
    asked: list[tuple[str, Favour | None]] = field(default_factory=list)

    def __call__(
        self, tools: Tools, question: str, searched_for: str, *, top_k: int, favour: Favour | None = None
    ) -> Attempt:
        self.asked.append((searched_for, favour))
        return outcome(searched_for, *self.scores.get(searched_for, (1.0, 0.5)))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake({})
    monkeypatch.setattr(module, "attempt", made)
    return made


def test_a_question_that_stands_alone_is_tried_once(fake: Fake) -> None:
    searched_for, attempts = module.take(TOOLS, "东山公园什么时候开园?", ["西河小学有几个班?"], top_k=8)

    assert (searched_for, len(attempts)) == ("东山公园什么时候开园?", 1)
    assert fake.asked == [("东山公园什么时候开园?", None)]


def test_one_that_leans_is_completed_and_the_article_before_is_favoured(fake: Fake) -> None:
    searched_for, _ = module.take(TOOLS, "它什么时候开园?", ["东山公园占地多少亩?"], top_k=8)

    assert "东山公园" in searched_for
    assert fake.asked[-1][0] == searched_for
    assert fake.asked[-1][1] is not None
    assert fake.asked[-1][1].article_id == ARTICLE.id


def test_the_other_way_is_taken_where_it_finds_much_more(fake: Fake) -> None:
    fake.scores["它什么时候开园?"] = (2.5, 0.9)

    searched_for, _ = module.take(TOOLS, "它什么时候开园?", ["东山公园占地多少亩?"], top_k=8)

    assert searched_for == "它什么时候开园?"


def test_two_questions_in_one_are_two_attempts(fake: Fake) -> None:
    searched_for, attempts = module.take(TOOLS, "体育馆总投资多少元，什么时候完工？", [], top_k=8)

    assert searched_for == "体育馆总投资多少元，什么时候完工？"
    assert [item.searched_for for item in attempts] == ["体育馆总投资多少元", "体育馆总投资 什么时候完工？"]
