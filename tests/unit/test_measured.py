"""Whether a figure is of the dimension that a question asks for."""

import pytest

from qa.answer.measured import measures

ENGLISH = (
    "On a rock 900 metres off the shore stands a tower 34 metres high; the pier, 60 metres long, is 2.5 metres wide."
)
CHINESE = "大桥位于渡口下游800米处,全长1486米,桥面宽33.5米,主塔高148米,两岸有62米长、3.6米宽的栈道。"


@pytest.mark.parametrize(
    ("question", "text", "fitting", "others"),
    [
        ("How long is the pier?", ENGLISH, ["60 metres"], ["900 metres", "34 metres", "2.5 metres"]),
        ("How far away is the rock?", ENGLISH, ["900 metres"], ["34 metres", "60 metres"]),
        ("大桥有多长？", CHINESE, ["1486米", "62米"], ["800米", "33.5米", "148米", "3.6米"]),
        ("橋面有多寬？", CHINESE, ["33.5米", "3.6米"], ["800米", "1486米", "62米"]),
    ],
)
def test_a_figure_fits_by_the_words_beside_it(question: str, text: str, fitting: list[str], others: list[str]) -> None:
    def told(figure: str) -> int:
        return measures(question, text, text.index(figure), text.index(figure) + len(figure))

    assert [told(figure) for figure in fitting] == [1] * len(fitting)
    assert [told(figure) for figure in others] == [-1] * len(others)


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("How many steps are there?", ENGLISH, "34 metres"),
        ("How long did it take?", "It took 17 months and was long awaited.", "17 months"),
        ("How long and how wide is the pier?", ENGLISH, "60 metres"),
        ("主桥有多长？", "主跨520米。", "520米"),
    ],
)
def test_in_doubt_nothing_is_told(question: str, text: str, figure: str) -> None:
    assert measures(question, text, text.index(figure), text.index(figure) + len(figure)) == 0
