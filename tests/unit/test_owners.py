"""Whose a figure is, where a sentence sets one name or year beside another."""

import pytest

from qa.answer.owners import owned

PIPES = "西埠区换管网37公里、阀门19个,同期南河区换管网21公里。"


@pytest.mark.parametrize(
    ("question", "sentence", "signs"),
    [
        ("南河区换了多少公里管网?", PIPES, {"37": -1, "19": -1, "21": 1}),
        ("西埠区换了多少公里管网?", PIPES, {"37": 1, "19": 1, "21": -1}),
        ("北山区换了多少公里管网?", PIPES, {"37": 0, "21": 0}),
        ("换了多少公里管网?", PIPES, {"37": 0, "21": 0}),
        ("去年收了多少吨?", "去年收稻谷30吨,今年收45吨。", {"30": 1, "45": -1}),
        ("2023年收了多少吨?", "2022年收稻谷30吨,2023年收45吨。", {"30吨": -1, "45": 1}),
        ("2023年几月收稻谷?", "2022年9月收稻谷,2023年10月才收。", {"9月": 0, "10月": 0}),
        ("青河镇捐了多少?", "青河镇、白石镇分别捐款3万元、5万元。", {"3万": 0, "5万": 0}),
        ("青河镇收了多少吨?", "青河镇比白石镇多收5吨。", {"5吨": 0}),
        ("青河镇收了多少吨?", "收30吨的是青河镇,收45吨的是白石镇。", {"30": 0, "45": 0}),
    ],
)  # fmt: skip
def test_a_figure_belongs_to_the_name_before_it(question: str, sentence: str, signs: dict[str, int]) -> None:
    assert {figure: owned(question, sentence, sentence.index(figure)) for figure in signs} == signs
