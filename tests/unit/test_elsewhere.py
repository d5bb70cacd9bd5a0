"""What a question names that another article is about."""

import pytest
from library_fixtures import ENCODER, one_article

from qa.answer.guard.elsewhere import elsewhere
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage
from qa.types import Hit


def found(rank: int, title: str, text: str) -> Found:
    _, article, (passage,) = one_article(f"{rank}.txt", title, [text])
    return Found(
        Hit(rank, 1.0, passage, article), StoredPassage(rank, passage, ()), ENCODER.encode_queries(["x"])[:, 0]
    )


STREET = found(1, "老街新貌", "老街新增停车位2160个。")
LIBRARY = found(2, "图书馆开门", "这里有座位1900个。")
FERRY = found(3, "The last ferry", "A footbridge is ready.")


@pytest.mark.parametrize(
    ("question", "read", "share"),
    [
        ("图书馆有多少个停车位?", STREET, 0.5),
        ("圖書館有多少個停車位?", STREET, 0.5),
        ("老街有多少个停车位?", STREET, 0.0),
        ("老街有多少个座位?", STREET, 0.0),
        ("体育馆有多少个停车位?", STREET, 0.0),
        ("How many places to park has the library?", LIBRARY, 0.0),
        ("Who built the ferry?", STREET, 0.5),
        ("图书馆有多少个停车位?", FERRY, 0.0),
    ],
)
def test_what_another_title_holds_and_the_article_lacks(question: str, read: Found, share: float) -> None:
    """The library stands in a title; 座位 in a text only, 体育馆 nowhere; Chinese words are not put into English."""
    text = f"{read.hit.article.title}\n{read.hit.passage.text}"

    told = elsewhere(question, text, read.hit.article.id, [STREET, LIBRARY, FERRY])

    assert told == pytest.approx(share, abs=0.1)
