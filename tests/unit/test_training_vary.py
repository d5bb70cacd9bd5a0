"""Varied questions: what is changed, what stays, and that a swapped name or number is nowhere in the paragraph."""

import gzip
import random
from pathlib import Path

import pytest

from qa.training import vary
from qa.training.vary import Swapper, code_switched, to_traditional

TEXT = "东港市水渠全长12公里,2010年开通,投资15亿元。"


@pytest.fixture
def glosses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary of three words in place of CC-CEDICT."""
    words = {"水渠": ("canal",), "投资": ("investment", "invest"), "多少": ()}
    monkeypatch.setattr(vary, "_glosses", lambda: words)


@pytest.mark.usefixtures("glosses")
def test_words_of_the_dictionary_turn_into_english_and_all_else_stays() -> None:
    """Numbers, Latin letters, words without a gloss, and words that the dictionary lacks."""
    switched = code_switched("NBA在2010年的水渠有多少?", random.Random(1), share=1.0)

    assert switched == "NBA在2010年的 canal 有多少?"


@pytest.mark.usefixtures("glosses")
def test_the_share_says_how_many_words_are_switched() -> None:
    """Of 400 words about 100 at a share of a quarter, none at 0."""
    question = "水渠投资" * 200

    switched = code_switched(question, random.Random(1), share=0.25)

    assert 70 < sum(switched.count(word) for word in ("canal", "invest")) < 130
    assert code_switched(question, random.Random(1), share=0.0) == question


def test_the_dictionary_gives_short_glosses_of_the_first_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """“to” is cut off; what has brackets is left out."""
    folder = tmp_path / "data"
    folder.mkdir()
    lines = "# CC-CEDICT\n投資 投资 [tou2 zi1] /investment; to invest; money (put in)/other sense/\n"
    (folder / "cedict_1_0_ts_utf-8_mdbg.txt.gz").write_bytes(gzip.compress(lines.encode()))
    monkeypatch.setattr(vary, "files", lambda _: tmp_path)

    assert vary._glosses.__wrapped__() == {"投资": ("investment", "invest")}


def test_a_question_in_traditional_characters_is_the_same_question() -> None:
    assert to_traditional("谁修了这条水渠?") == "誰修了這條水渠?"


def test_a_swapped_name_is_of_the_same_kind_and_not_in_the_text() -> None:
    """Of the same length and with the same last character; 东港市 itself and what the text holds are not taken."""
    swapper = Swapper(["东港市在哪里?", "西陵市有多大?", "北原县有多大?"])

    changed = {swapper.swapped("东港市水渠多长?", TEXT, random.Random(seed)) for seed in range(20)}

    assert changed == {"西陵市水渠多长?"}
    assert swapper.swapped("东港市水渠多长?", TEXT + "西陵市", random.Random(1)) is None


def test_a_swapped_number_is_near_and_not_in_the_text() -> None:
    """A year moves by at most ten; a number that stands in the text, if only within another, makes no question."""
    swapper = Swapper([])
    years = {swapper.swapped("2010年谁修了水渠?", TEXT, random.Random(seed)) for seed in range(60)}
    lengths = {swapper.swapped("哪条渠长12公里?", TEXT, random.Random(seed)) for seed in range(60)}

    assert years == {f"{year}年谁修了水渠?" for year in (2007, 2008, 2009, 2011, 2012, 2013, 2020)}
    assert lengths == {f"哪条渠长{number}公里?" for number in (11, 13, 14, 17)} | {None}  # 10 stands in 2010


def test_a_question_with_nothing_to_swap_is_left_alone() -> None:
    """It holds no number and no name, or none that the text holds."""
    swapper = Swapper(["西陵市在哪里?"])

    assert swapper.swapped("水渠多长?", TEXT, random.Random(1)) is None
    assert swapper.swapped("西陵市1999年的水渠多长?", TEXT, random.Random(1)) is None


def test_the_same_random_stream_gives_the_same_question() -> None:
    swapper = Swapper(["西陵市在哪里?", "南浦市在哪里?"])
    twice = [[swapper.swapped("东港市水渠多长?", TEXT, random.Random(seed)) for seed in range(9)] for _ in range(2)]

    assert twice[0] == twice[1]
    assert len(set(twice[0])) == 2
