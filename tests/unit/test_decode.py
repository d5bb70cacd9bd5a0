"""Bytes become text without a character changed, or are refused with a reason."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.decode import Decoded, NotTextError, decode

SIMPLIFIED = (
    "河湾县新建的图书馆上周六开门迎客。三层楼里摆放着十二万册图书，另有两百个座位。"
    "馆长说，孩子们放学以后可以在这里做作业，周末还有讲座和电影。\n开馆第一天，来了一千三百多人。"
)
TRADITIONAL = opencc.OpenCC("s2t").convert(SIMPLIFIED)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_text_is_recognised_in_every_encoding(encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))

    assert (decoded.encoding, decoded.text) == (encoding, SIMPLIFIED)


def test_traditional_text_in_big5_is_recognised() -> None:
    assert decode(TRADITIONAL.encode("big5hkscs")).text == TRADITIONAL


@pytest.mark.parametrize("text", ["今天下雨。", "老师和学生", "本报讯 会议昨天召开"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_a_short_text_is_recognised_too(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"])
def test_the_byte_order_mark_stays_in_the_text(encoding: str) -> None:
    """So that positions in the text are positions in the file."""
    decoded = decode(("\ufeff" + SIMPLIFIED).encode(encoding))

    assert decoded == Decoded("\ufeff" + SIMPLIFIED, encoding)


def test_newlines_are_not_translated() -> None:
    assert decode(b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


def test_a_guess_is_recorded_and_utf8_is_no_guess() -> None:
    assert decode(SIMPLIFIED.encode("utf-8")).assumptions == ()
    assert decode(SIMPLIFIED.encode("gb18030")).assumptions == ("The encoding is not declared; gb18030 fits best.",)


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    data = (SIMPLIFIED * 3).encode("utf-8")
    decoded = decode(data[:-1])

    assert decoded.encoding == "utf-8"
    assert decoded.text[:-1] == (SIMPLIFIED * 3)[:-1]
    assert decoded.assumptions == ("1 characters are not valid UTF-8 and shown as \ufffd.",)


def test_rare_characters_of_gb18030_survive() -> None:
    text = "张㐱和𠮷田住在䶮县，" + SIMPLIFIED

    assert decode(text.encode("gb18030")).text == text


def test_western_text_is_read_with_its_accents() -> None:
    text = "Le café de la gare a fermé. Très tôt, les élèves étaient déjà partis en forêt."

    assert decode(text.encode("cp1252")).text.startswith("Le café de la gare a fermé.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"SQLite format 3\x00\x10\x00", "an SQLite database"),
        (b"plain ASCII with \x00\x00\x00 zeros in the middle of it", "binary data"),
        (bytes(range(1, 9)) * 40, "binary data"),
        (bytes(range(256)) * 20, "binary data"),
    ],
)
def test_what_is_not_text_is_refused_with_its_kind(data: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotTextError as refusal:
        assert refusal.problem.endswith(".")
    else:
        assert "\x00" not in decoded.text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cc", "Cn")), max_size=80))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8")) == Decoded(text, "utf-8")
