"""Folding and cutting for the keyword leg."""

import pytest

from qa.retrieval.tokens import STOP_WORDS, fold, pairs, shared_words, tokenize


def test_width_case_script_and_inserted_pinyin_are_folded() -> None:
    """Four spellings of the same words come out as one."""
    assert fold("ＧＤＰ增長(zhǎng)") == fold("gdp增长")


def test_a_real_parenthesis_stays() -> None:
    """Only lower-case readings behind a Han character are taken for inserted pinyin."""
    assert fold("老旧小区(城中村)") == "老旧小区(城中村)"


def test_words_and_pairs_both_become_tokens() -> None:
    """Jieba's words find what is a word; pairs find what jieba cuts otherwise."""
    tokens = tokenize("防洪墙加固工程")

    assert {"防洪", "洪墙", "墙加", "加固", "固工", "工程"} <= set(tokens)


def test_words_that_only_ask_are_left_out() -> None:
    """A question's 多少 says nothing about where the answer stands."""
    assert "多少" not in set(tokenize("总投资多少")) - set(pairs("总投资多少"))
    assert "the" not in tokenize("the bridge") and "the" in STOP_WORDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25.5%", ["25.5%"]),
        ("PM2.5", ["pm", "2.5"]),
        ("1,200 readers", ["1,200", "reader"]),
        ("libraries", ["library"]),
    ],
)
def test_numbers_stay_whole_and_english_plurals_are_cut(text: str, expected: list[str]) -> None:
    """A decimal point is part of its number."""
    assert tokenize(text) == expected


def test_scripts_without_blanks_are_cut_into_pairs() -> None:
    """Japanese, Korean and Thai are found without a dictionary of their own."""
    assert "図书" in tokenize("図書館")
    assert tokenize("도서관")[-2:] == ["도서", "서관"]
    assert len(tokenize("ห้องสมุด")) > 1


def test_a_single_character_stands_for_itself() -> None:
    """Nothing is lost when there is no neighbour to pair with."""
    assert pairs("桥") == ["桥"]


@pytest.mark.parametrize(
    ("query", "text", "shared"),
    [
        ("防洪墙的总投资是多少?", "防洪墙全长22公里,总投资6亿元", ("防洪墙", "总投资")),
        ("防洪墙有多少公里?", "防洪設施多少有些老舊", ("防洪",)),
        ("How many libraries are there?", "The library is open", ("libraries",)),
        ("云泊县", "临溪市", ()),
    ],
)
def test_what_query_and_text_share_is_shown_in_whole_words(query: str, text: str, shared: tuple[str, ...]) -> None:
    """Not the pairs that the index is made of, and not the words that only ask."""
    assert shared_words(query, text) == shared
