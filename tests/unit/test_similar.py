"""Nearly the same texts are found, and texts that only share phrases are not."""

import pytest

from qa.corpus.similar import SHORTEST, Similar, runs_of, similar_texts

BRIDGE = (
    "东门石桥的修缮工程昨天完工，工匠一共换了287块石料，其余全部用回旧石。桥面下个月恢复通行，行人优先，货车须从城南绕行过河。"
    "石桥建于清代，是县级文物，上一次大修在三十年前，当时换下的旧石如今还存放在河边的库房里，供学生参观。"
)
FERRY = (
    "河阳渡口的候船室上周翻新，新添了80个座位和两台饮水机。渡船每天从早上六点开到晚上九点，赶集的日子加开两班，"
    "老人和孩子免票。船工说，冬天水浅的时候要停航半个月，停航的日期会提前贴在码头的公告栏里，请旅客留意。"
)


def test_a_later_version_with_a_few_other_words_is_found() -> None:
    """Of 108 and 111 runs of five characters, 99 are in both."""
    later = BRIDGE.replace("287块", "291块").replace("供学生参观", "供学生和游客参观")
    first, second = set(runs_of(BRIDGE).tolist()), set(runs_of(later).tolist())

    (pair,) = similar_texts([("b", later), ("a", BRIDGE), ("c", FERRY)])

    assert (pair.first, pair.second) == ("a", "b")
    assert (len(first), len(second), len(first & second)) == (108, 111, 99)
    assert pair.share == pytest.approx(99 / (108 + 111 - 99))


def test_what_shares_less_than_is_asked_for_is_left_out() -> None:
    half = BRIDGE[: len(BRIDGE) // 2] + FERRY[len(FERRY) // 2 :]

    assert similar_texts([("a", BRIDGE), ("b", half), ("c", FERRY)]) == []


def test_the_same_text_is_wholly_alike_and_every_pair_comes_once() -> None:
    names = ["c", "a", "b"]

    assert similar_texts([(name, BRIDGE) for name in names]) == [
        Similar("a", "b", 1.0), Similar("a", "c", 1.0), Similar("b", "c", 1.0),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "短", "短短短短", BRIDGE[: SHORTEST + 3]])
def test_short_texts_tell_nothing(text: str) -> None:
    assert similar_texts([("a", text), ("b", text)]) == []


def test_a_run_counts_once_however_often_it_comes() -> None:
    assert len(runs_of("啊" * 100)) == 1
    assert len(runs_of("一二三四五六")) == 2
