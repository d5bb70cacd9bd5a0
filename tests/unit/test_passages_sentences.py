"""Sentences end where a reader takes a breath, and nowhere inside numbers, names or quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("路修好了。大家都来看。", ["路修好了。", "大家都来看。"]),
        ("他问:“修好了吗?”没有人回答!后来呢……", ["他问:“修好了吗?”", "没有人回答!", "后来呢……"]),
        ("“明天见。”她说。", ["“明天见。”", "她说。"]),
        ("增长8.7%;第三产业增长10.5%。", ["增长8.7%;第三产业增长10.5%。"]),
        ("真的吗？！真的。", ["真的吗？！", "真的。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("没有句号", ["没有句号"]),
        ("He paid $3.5 million. She did not.", ["He paid $3.5 million.", "She did not."]),
        (
            "Mr. J. P. Holloway met Dr. Ames at 5 p.m. on Monday.",
            ["Mr. J. P. Holloway met Dr. Ames at 5 p.m. on Monday."],
        ),
        ("They came from the U.S. by ship. It sank.", ["They came from the U.S. by ship.", "It sank."]),
        ("It closed at 9 p.m. Nobody saw him.", ["It closed at 9 p.m.", "Nobody saw him."]),
        ('"Wait!" he said. (It was late.) We left.', ['"Wait!"', "he said.", "(It was late.)", "We left."]),
        ("See example.com for more.", ["See example.com for more."]),
        ("  前后有空白。  ", ["前后有空白。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@given(st.text(alphabet="字a.。！?!…”\"') \n1,;", max_size=60))
def test_sentences_come_in_order_and_lose_only_blanks(text: str) -> None:
    done = 0
    for start, end in split_sentences(text):
        assert done <= start < end <= len(text)
        assert text[done:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        done = end
    assert text[done:].strip() == ""
