"""Questions that lean on the one before, and questions that do not."""

import pytest

from qa.retrieval.followup import complete, leans

FIRST = "东埠段防洪墙的总投资是多少?"


@pytest.mark.parametrize(
    "question", ["那它什么时候完工?", "望河段的呢?", "其中有多少是今年的?", "and when will it open?", "And the second?"]
)
def test_a_leaning_question_is_completed_from_the_one_before(question: str) -> None:
    """The subject comes from the last question that stands alone."""
    assert complete(question, [FIRST]) == f"{FIRST} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "市图书馆新馆一共设了多少个阅览座位?",
        "镇长是谁?",
        "Who is the director of the city library?",
        "Which bridge was rebuilt by the county museum in 1987?",
    ],
)
def test_a_new_topic_is_not_dragged_back(question: str) -> None:
    """What names its own subject is searched as typed."""
    assert not leans(question)
    assert complete(question, [FIRST]) == question


def test_history_reaches_back_to_the_last_question_that_stands_alone() -> None:
    """Two leaning questions in a row keep the subject; older topics are left behind."""
    history = ["云泊县运动会有多少人参加?", FIRST, "那它什么时候完工?"]

    assert complete("由谁负责它?", history) == f"{FIRST} 那它什么时候完工? 由谁负责它?"


def test_without_history_nothing_is_added() -> None:
    """There is nothing to lean on."""
    assert complete("那它呢?", []) == "那它呢?"
