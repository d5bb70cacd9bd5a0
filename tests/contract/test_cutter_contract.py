"""rjieba and jieba must cut alike, for one takes the place of the other."""

import pytest

from qa.corpus.cutter import Cutter, Jieba, cutter

SENTENCES = [
    "全市城区防洪墙加固工程现场推进会在霁河东岸召开",
    "图书馆新馆设阅览座位1900个",
    "镇长施月娥说,奖品从来没有超过两百元",
]


@pytest.mark.parametrize("chosen", [cutter(), Jieba()], ids=["rjieba", "jieba"])
class TestCutter:
    """The same promises for each."""

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_nothing_is_lost(self, chosen: Cutter, sentence: str) -> None:
        """Words and tagged words put together are the text."""
        assert "".join(chosen.cut(sentence)) == sentence
        assert "".join(word for word, _ in chosen.tag(sentence)) == sentence

    def test_long_words_are_found_by_their_parts(self, chosen: Cutter) -> None:
        """Search mode gives both."""
        assert {"图书", "图书馆"} <= set(chosen.cut_for_search("图书馆"))

    def test_the_word_list_can_be_asked(self, chosen: Cutter) -> None:
        """A word stands in it or not."""
        assert chosen.has_word("图书馆") and not chosen.has_word("书馆新")

    def test_places_are_tagged(self, chosen: Cutter) -> None:
        """Ns, as in jieba's list."""
        assert ("郑州市", "ns") in chosen.tag("郑州市")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_both_cut_alike(sentence: str) -> None:
    """Word by word."""
    assert cutter().cut_for_search(sentence) == Jieba().cut_for_search(sentence)
