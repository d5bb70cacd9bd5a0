"""Better questions come from the nearest articles, and each was asked and answered from its own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from library_fixtures import WITHOUT_READER
from web_fakes import ANSWERED, UNSAID, FakeAssistant

from embeddings.hashing import HashingEncoder
from qa.answer.suggest import TRIES, better_questions
from qa.assistant import Assistant
from qa.errors import SourceError
from qa.filters import EVERYTHING, Filters, make_filters
from qa.types import Answer, ArticleView

PAPERS = {
    "wall.txt": "霁河防洪墙加固\n\n霁河防洪墙全长22.2公里,计划明年5月20日前闭合。墙体浇筑进度为61.3%,明年完工。\n",
    "books.txt": "图书馆新馆开门迎客\n\n图书馆新馆设阅览座位1860个,藏书42万册。图书馆馆长唐书语说,周一闭馆。\n",
    "ferry.txt": "The last ferry on the river\n\nThe ferry, 12 metres long, cost 40,000 yuan. The deck was dry.\n",
}


class Counting:
    """Counts what is asked of an assistant, and makes a document unknown."""

    def __init__(self, inner: Assistant, *, gone: str = "") -> None:
        self.asked: list[str] = []
        self._inner = inner
        self._gone = gone

    def ask(self, question: str, *, filters: Filters = EVERYTHING) -> Answer:
        self.asked.append(question)
        return self._inner.ask(question, filters=filters)

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        if document_id == self._gone:
            raise SourceError("It is gone.", "Index it again.")
        return self._inner.article(document_id, start, end)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("suggest")
    papers = folder / "papers"
    papers.mkdir()
    for name, text in PAPERS.items():
        (papers / name).write_text(text, encoding="utf-8")
    opened = Assistant.open(folder / "store", encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    opened.index(papers)
    yield opened
    opened.close()


def unanswered(assistant: Assistant, question: str) -> Answer:
    """Return what the assistant finds for a question, as if it had fallen silent over it."""
    return replace(assistant.ask(question), answer=None, sentence=None, citations=())


def test_every_suggestion_is_answered_from_the_article_that_it_was_made_from(assistant: Assistant) -> None:
    """The nearest to the asked words first."""
    questions = better_questions(assistant, unanswered(assistant, "图书馆新馆一共有多少名馆员?"))

    assert len(questions) == 2
    assert "图书馆" in questions[0]
    for question in questions:
        answer = assistant.ask(question)
        assert not answer.abstained
        assert answer.citations[0].document_id in PAPERS


def test_the_question_itself_is_never_suggested(assistant: Assistant) -> None:
    """However its marks are written."""
    asked = "霁河防洪墙全长多少公里？"

    assert "霁河防洪墙全长多少公里?" in better_questions(assistant, unanswered(assistant, "霁河防洪墙多高?"))
    assert "霁河防洪墙全长多少公里?" not in better_questions(assistant, unanswered(assistant, asked), most=8)


def test_an_english_article_makes_english_questions(assistant: Assistant) -> None:
    questions = better_questions(assistant, unanswered(assistant, "How fast was the ferry?"), most=1)

    assert questions[0] in ("How much did the ferry cost?", "How long is the ferry?")


def test_no_more_is_asked_than_the_limit(assistant: Assistant) -> None:
    counting = Counting(assistant)
    better_questions(counting, unanswered(assistant, "图书馆有几层?"), most=50)

    assert 0 < len(counting.asked) <= TRIES


def test_an_article_that_is_gone_is_passed_over(assistant: Assistant) -> None:
    silent = unanswered(assistant, "图书馆新馆有几层?")
    questions = better_questions(Counting(assistant, gone="books.txt"), silent)

    assert questions
    assert not any("图书馆" in question for question in questions)


def test_filters_hold_for_suggestions_too(assistant: Assistant) -> None:
    """What is answered only outside of them is not offered."""
    silent = unanswered(assistant, "图书馆新馆有几层?")

    assert all(
        "图书馆" not in question
        for question in better_questions(assistant, silent, filters=make_filters(sources=["wall.txt"]))
    )


def test_where_there_is_an_answer_nothing_is_suggested() -> None:
    assert better_questions(FakeAssistant(), ANSWERED) == ()


def test_an_answer_from_another_place_does_not_count() -> None:
    """The fake answers everything with one sentence, so who wrote the article is not answered."""
    assert better_questions(FakeAssistant(), UNSAID) == ()
