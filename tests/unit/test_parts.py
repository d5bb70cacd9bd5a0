"""Questions of two parts are taken apart, and no others."""

import pytest

from qa.answer.parts import split_question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("体育馆总投资多少元，什么时候完工？", ("体育馆总投资多少元", "体育馆总投资 什么时候完工？")),
        (
            "《这道弯，为什么不改直？》的作者是谁?登在哪家报纸?",
            ("《这道弯，为什么不改直？》的作者是谁?", "《这道弯，为什么不改直？》的作者 登在哪家报纸?"),
        ),
        ("校长是谁?他什么时候上任的?", ("校长是谁?", "校长 他什么时候上任的?")),
        ("Who is the mayor and when was he elected?", ("Who is the mayor", "the mayor when was he elected?")),
    ],
)
def test_two_questions_become_two(question: str, parts: tuple[str, ...]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "体育馆总投资多少元？",
        "哪三个区分别获得多少分?",
        "工业和农业的产值是多少?",
        "为什么要建公园?",
        "Who built the bridge and the tower?",
        "听说要建公园。什么时候开工?",
        "《这道弯，为什么不改直？》的作者是谁?",
        "Who wrote “How much is a teaspoon? Town divided”?",
        "",
    ],
)
def test_one_question_stays_whole(question: str) -> None:
    assert split_question(question) == (question,)
