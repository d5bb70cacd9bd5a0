"""English questions over Chinese passages: the dictionary, and names in pinyin."""

import pytest

from qa.retrieval.keyword import KeywordIndex, KeywordMatch
from qa.retrieval.lexicon import EXACT, PARTIAL, alternatives, stem
from qa.retrieval.translate import Translator

TEXTS = ["云泊县图书馆设阅览座位1860个", "东埠段防洪墙的总投资为六亿元", "运动会在晒谷场闭幕"]


def _translator() -> Translator:
    return Translator(KeywordIndex(enumerate(TEXTS)), TEXTS)


def _found(question: str) -> list[KeywordMatch]:
    translator = _translator()
    return translator.search(translator.translations(question), k=3)


def test_a_gloss_that_is_the_word_weighs_more_than_one_that_holds_it() -> None:
    """图书馆 is glossed `library`; 国家图书馆 is `national library`."""
    ((word, chinese),) = alternatives("libraries")

    assert word == "libraries"
    assert chinese["图书馆"] == EXACT
    assert chinese["国家图书馆"] == PARTIAL


@pytest.mark.parametrize(("word", "same"), [("libraries", "library"), ("invested", "invest"), ("planning", "plan")])
def test_endings_are_cut_alike_in_questions_and_glosses(word: str, same: str) -> None:
    """Only the commonest endings; both sides get the same stem."""
    assert stem(word) == stem(same)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How many seats does the library have?", 0),
        ("What is the total investment?", 1),
        ("How many seats are there in Yunbo County?", 0),
    ],
)
def test_the_translated_words_find_their_passage(question: str, first: int) -> None:
    """Yunbo stands in no dictionary: it is found as the pinyin of 云泊."""
    assert _found(question)[0].number == first


def test_a_chinese_question_needs_no_dictionary() -> None:
    """The leg is silent."""
    assert _found("图书馆有多少座位?") == []


def test_the_words_that_matched_can_be_shown() -> None:
    """Longest first, for marking."""
    assert _translator().terms(_translator().translations("seats of the library"), TEXTS[0]) == ("图书馆", "座位")


def test_a_question_is_put_into_the_words_that_the_corpus_uses_most() -> None:
    """`seats` may be 座位, 席位 and more, of which only 座位 is there; 书馆 and 图书馆 are, and the longer counts."""
    translator = _translator()

    assert translator.in_chinese(translator.translations("How many seats does the library have?")) == "座位图书馆"
    assert translator.in_chinese([[("六亿", 0.35), ("运动会", 1.0)], [], [("30", 1.0)]]) == "运动会30"
