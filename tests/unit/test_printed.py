"""What stands in the margins of printed pages is told by where it stands and how often, and line ends are undone."""

from collections.abc import Sequence

from qa.corpus import align
from qa.corpus.lines import Line, split_lines
from qa.corpus.printed import paragraphs, without_furniture
from qa.types import Span

TEXTS = (
    "公园的南门在修路，行人走东门。",
    "湖水每周换一次，水深一米二。",
    "荷塘在北岸，七月开花。",
    "停车场有四百个车位。",
    "游船八点开始，五点收船。",
    "图书角每天换新报纸。",
)


def pages(*lines: Sequence[str]) -> tuple[list[Line], list[Span]]:
    """Return the lines of pages of lines, a blank line between any two, and the places of the pages."""
    text = ""
    spans = []
    for page in lines:
        start = len(text)
        text += "".join(f"{line}\n\n" for line in page)
        spans.append(Span(start, len(text)))
    return split_lines(align.whole(text)), spans


def kept(*lines: Sequence[str]) -> list[str]:
    return [line.text for line in without_furniture(*pages(*lines))[0]]


def test_page_numbers_are_told_from_two_pages_on() -> None:
    assert kept([TEXTS[0], "- 7 -"], [TEXTS[1], "- 8 -"]) == list(TEXTS[:2])


def test_numbers_that_do_not_grow_with_the_pages_stay() -> None:
    assert kept([TEXTS[0], "1987"], [TEXTS[1], "2023"]) == [TEXTS[0], "1987", TEXTS[1], "2023"]


def test_a_page_number_beside_the_name_of_the_chapter() -> None:
    """A chapter of two pages is enough, because the pages of the others are numbered the same way."""
    head = [f"{number} 第{'一' if number < 6 else '二'}章" for number in range(4, 8)]

    assert kept(*zip(head, TEXTS, strict=False)) == list(TEXTS[:4])


def test_left_and_right_pages_have_their_own_heads() -> None:
    heads = ("河阳县志", "公园卷") * 3

    assert kept(*zip(heads, TEXTS, strict=True)) == list(TEXTS)


def test_what_begins_two_pages_of_six_is_text() -> None:
    heads = ("通知", "甲", "乙", "通知", "丙", "丁")

    assert kept(*zip(heads, TEXTS, strict=True)) == [line for pair in zip(heads, TEXTS, strict=True) for line in pair]


def test_a_repeated_line_in_the_middle_of_pages_is_text() -> None:
    middle = [(TEXTS[at], "同上。" + TEXTS[at], "同上。", TEXTS[at + 1] + "完。", TEXTS[at + 2]) for at in range(4)]

    assert kept(*middle).count("同上。") == 4


def test_one_page_has_no_furniture_of_its_own() -> None:
    assert kept(["河阳县志", TEXTS[0], "3"]) == ["河阳县志", TEXTS[0], "3"]


def test_a_page_end_parts_no_sentence() -> None:
    """Only where the last line is full, and ends in mid-sentence."""
    text = "公园的南门在修路，行人要\n走东门，再从东门往北边走\n\n三百米就到，路上有指示牌。\n\n游船八点开始。"
    at = text.index("三百米")
    places = [Span(0, at), Span(at, len(text))]

    found, repairs = paragraphs(split_lines(align.whole(text)), places)

    assert [line.text for line in found] == [
        "公园的南门在修路，行人要走东门，再从东门往北边走三百米就到，路上有指示牌。",
        "游船八点开始。",
    ]
    assert [(text[repair.span.start : repair.span.end], repair.after) for repair in repairs] == [
        ("\n", ""),
        ("\n\n", ""),
    ]


def test_a_page_end_between_two_paragraphs_stays() -> None:
    text = "公园的南门在修路，行人要\n走东门。\n\n三百米外有指示牌。"
    at = text.index("三百米")

    found, _ = paragraphs(split_lines(align.whole(text)), [Span(0, at), Span(at, len(text))])

    assert [line.text for line in found] == ["公园的南门在修路，行人要走东门。", "三百米外有指示牌。"]
