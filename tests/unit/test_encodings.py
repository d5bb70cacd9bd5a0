"""The encoding of 99 of 100 short files is found; what is mixed or broken is read all the same, and said to be."""

from collections.abc import Callable

import pytest

from qa.corpus.decode import Decoded, decode
from qa.corpus.scripts import central, cyrillic, east_asian, western
from qa.evaluation.encodings import FILES, KINDS, LENGTH, Kind, count, made_up, sentences

CHINESE = "河湾县的渡口清晨六点开船。摆渡人姓骆，撑了三十年的篙。" * 12
BROKEN = "characters are not valid UTF-8 and shown as \ufffd."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("held_out", [False, True])
def test_the_encoding_of_99_of_100_files_is_found(kind: Kind, held_out: bool) -> None:
    assert count(kind, held_out=held_out).right >= 0.99 * FILES


def test_made_up_files_differ_and_are_long_enough() -> None:
    texts = [made_up(KINDS[0], number, held_out=True) for number in range(FILES)]

    assert min(map(len, texts)) >= LENGTH
    assert len(set(texts)) == FILES


def test_no_sentence_is_in_both_halves() -> None:
    for language in {language for kind in KINDS for language in kind.languages}:
        assert not set(sentences(language, held_out=False)) & set(sentences(language, held_out=True))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("He said “it’s late” and went to the café – alone.", "cp1252"),  # few signs among plain letters
        ("The server runs 微信 and 数据 tools in every office.", "gb18030"),
        ("王静,36,上海\n李强,41,北京\n赵敏,29,广州\n", "gb18030"),
        ("会議の資料を明日までに提出してください。", "euc_jp"),
        ("ﾖｺﾊﾏ支店 ｶﾌﾞ 山田商店 ﾄｳｷﾖｳ 本店営業部の口座", "cp932"),
        ("Zażółcona książka leży na półce, a źródło wciąż bije.", "cp1250"),
        ("Η βάρκα έφυγε πριν από τη βροχή και γύρισε το βράδυ.", "cp1253"),
    ],
)
def test_other_files_that_people_have_are_read_too(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_file_with_bad_bytes_in_it_is_read_around_them() -> None:
    data = bytearray(CHINESE.encode("gb18030"))
    data[200], data[400] = 0xFF, 0xFF
    decoded = decode(bytes(data))

    assert decoded.encoding == "gb18030"
    assert decoded.text[:100] == CHINESE[:100]
    assert decoded.text[-100:] == CHINESE[-100:]
    assert decoded.text.count("\ufffd") == 2
    assert decoded.assumptions[1].endswith("characters are broken and shown as \ufffd.")


def test_a_long_head_of_plain_ascii_does_not_hide_the_encoding() -> None:
    text = "id;town;harbour\n" * 5000 + "Là-bas, l'été à Orléans fut très frais.\n" * 3

    assert decode(text.encode("latin-1")).text == text


def test_a_paragraph_in_another_encoding_does_not_spoil_the_others() -> None:
    above, below = CHINESE[:200] + "\n", "\n" + CHINESE[:200]
    decoded = decode(above.encode() + CHINESE[:60].encode("gb18030") + below.encode())

    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(above)
    assert decoded.text.endswith(below)
    assert decoded.assumptions == (f"{decoded.text.count(chr(0xFFFD))} {BROKEN}",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "euc_jp"])
def test_a_file_that_ends_inside_a_character_is_read_up_to_it(encoding: str) -> None:
    text = (
        "水路の夜は静かだ。今日も船が二つ、ゆっくり渡る。" if encoding == "euc_jp" else "渡口今天很安静，只有船夫在等人"
    )
    text = text.replace("渡る。", "渡る") if encoding != "big5" else "渡口今天很安靜，只有船夫在等人"
    decoded = decode(text.encode(encoding)[:-1])

    assert decoded.text == text[:-1] + "\ufffd"
    assert decoded.assumptions[-1].startswith("1 characters are")


def test_plain_utf8_is_never_guessed() -> None:
    assert decode("Ã© is how é looks.".encode()) == Decoded("Ã© is how é looks.", "utf-8")


@pytest.mark.parametrize(
    ("judge", "right", "wrong"),
    [
        (east_asian, "船夫今天休息", "ŽsŽ÷¤é"),
        (western, "déjà vu à la crèche", "ÄãºÃÊÀ½ç"),
        (central, "leży na półce książka", "ÄãşĂĘŔ˝ç"),
        (cyrillic, "Паром пришёл утром", "оЮПНЛ ОПХЬ╦К СРПНЛ"),
    ],
)
def test_a_text_of_the_script_scores_higher_than_bytes_misread(
    judge: Callable[[str], float], right: str, wrong: str
) -> None:
    assert judge(right) >= 0.8
    assert judge(wrong) <= 0.3
