"""An article is shown as its source has it and as repaired; what differs is marked in both, and nothing is lost."""

import html
import re
from dataclasses import replace

import pytest

from qa.corpus import align
from qa.types import AlignedText, Article, ArticleView, Block, BlockKind, Document, Span
from qa.web.evidence.bodies import Marks, legend_html, marks_of, repaired_html, source_html
from qa.web.evidence.pieces import Piece, lay_out, text_range

SOURCE = "茶葉(yè)好,\n三百斤。圖一 茶山。又賣了五百斤。\n"
END = len(SOURCE) - 1


def tea() -> AlignedText:
    """Return the paragraph repaired: reading and line end left out, two letters replaced, a caption inside it apart."""
    text = align.cut(align.whole(SOURCE), 0, END)
    changes = (("(yè)", ""), ("\n", ""), ("圖一 茶山。", ""))
    edits = [(SOURCE.index(old), SOURCE.index(old) + len(old), new) for old, new in changes]
    return align.translate(align.substitute(text, edits), {ord("葉"): "叶", ord("賣"): "卖"})


def view(marked: Span | None, *blocks: Block, source: str = SOURCE, title: Span | None = None) -> ArticleView:
    article = Article("a.txt#1", "a.txt", "茶", blocks=blocks, title_span=title)
    return ArticleView(Document("a.txt", "0" * 64, "utf-8", source), article, marked)


CAPTION = SOURCE.index("圖一")
BLOCKS = (
    Block(BlockKind.BODY, tea()),
    Block(BlockKind.CAPTION, align.translate(align.cut(align.whole(SOURCE), CAPTION, CAPTION + 6), {ord("圖"): "图"})),
)


def text_of(page: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", page))


def test_the_pieces_of_a_block_cover_its_source_and_its_text() -> None:
    """In order, without gap: what stands, what was replaced, what was left out, what belongs to another block."""
    (paragraph, _) = lay_out(view(None, *BLOCKS)).paragraphs

    assert "".join(piece.raw for piece in paragraph.pieces) == SOURCE[:END]
    assert "".join(piece.text for piece in paragraph.pieces) == "茶叶好,三百斤。又卖了五百斤。"
    assert [piece for piece in paragraph.pieces if piece.changed] == [
        Piece(1, "葉", "叶"),
        Piece(2, "(yè)", ""),
        Piece(8, "\n", ""),
        Piece(CAPTION, "圖一 茶山。", "", apart=True),
        Piece(CAPTION + 7, "賣", "卖"),
    ]


def test_both_views_mark_every_repair_and_say_what_stood_there() -> None:
    laid_out = lay_out(view(None, *BLOCKS))
    source, repaired = source_html(laid_out, Marks(), "zh"), repaired_html(laid_out, Marks(), "zh")

    assert '<del class="wj-old" title="修复为：叶">葉</del><del class="wj-cut" title="修复时去掉">(yè)</del>' in source
    assert '<del class="wj-break" title="修复时接成一行">\n</del>' in source
    assert 'class="wj-apart" title="这里另有文字，不属于这一段：圖一 茶山。"></span>' in source
    assert '<ins class="wj-new" title="原文：葉(yè)">叶</ins>' in repaired
    assert '<ins class="wj-gone" title="原文此处还有：↵"></ins>' in repaired
    assert text_of(repaired) == "茶叶好,三百斤。又卖了五百斤。图一 茶山。"


def test_a_quotation_is_one_mark_and_stands_to_the_letter() -> None:
    """Also where a caption stands inside of it: the proof leaves nothing out."""
    marked = Span(SOURCE.index("三百斤"), END)
    laid_out = lay_out(view(marked, *BLOCKS))
    marks = marks_of(view(marked, *BLOCKS), "五百斤")

    (quoted, *others) = re.findall("<mark>(.*?)</mark>", source_html(laid_out, marks, "zh"), re.DOTALL)
    assert text_of(quoted) == SOURCE[marked.start : marked.end]
    assert [text_of(one) for one in others] == ["圖一 茶山。"]  # as its own block it is marked again
    assert re.findall("<strong>(.*?)</strong>", source_html(laid_out, marks, "zh")) == ["五百斤"]
    (repaired, _) = re.findall("<mark>(.*?)</mark>", repaired_html(laid_out, marks, "zh"), re.DOTALL)
    assert text_of(repaired) == "三百斤。又卖了五百斤。"


def test_a_short_answer_is_found_by_the_map_where_the_source_is_damaged() -> None:
    marked = Span(0, 6)
    damaged = view(marked, *BLOCKS)

    assert SOURCE[1:6] == "葉(yè)"
    assert marks_of(view(Span(0, 8), *BLOCKS), "茶叶").answers == (Span(0, 2),)
    assert marks_of(damaged, "没有").answers == ()


def test_a_mark_may_begin_in_the_middle_of_what_was_replaced() -> None:
    """One for one, so each half is known."""
    source = "縣長說"
    content = align.replace_text(align.whole(source), "县长说")
    opened = view(Span(1, 3), Block(BlockKind.BODY, content), source=source)
    laid_out, marks = lay_out(opened), marks_of(opened, None)

    assert text_of(re.findall("<mark>.*</mark>", source_html(laid_out, marks, "zh"))[0]) == "長說"
    assert text_of(re.findall("<mark>.*</mark>", repaired_html(laid_out, marks, "zh"))[0]) == "长说"


def test_the_legend_names_only_what_is_there() -> None:
    assert "修复时接成一行" in legend_html(lay_out(view(None, *BLOCKS)), "zh")
    source = "縣"
    only = view(None, Block(BlockKind.BODY, align.replace_text(align.whole(source), "县")), source=source)
    assert text_of(legend_html(lay_out(only), "zh")) == "修复时替换修复后的字"


def test_a_long_article_is_cut_around_its_quotation() -> None:
    source = "\n".join(f"第{number:03}段" + "字" * 95 for number in range(100))
    blocks = [
        Block(BlockKind.BODY, align.cut(align.whole(source), number * 101, number * 101 + 100)) for number in range(100)
    ]
    middle = lay_out(view(Span(50 * 101, 50 * 101 + 5), *blocks, source=source), most=1000)
    first = lay_out(view(Span(0, 5), *blocks, source=source), most=1000)

    assert [one.pieces[0].raw[:5] for one in middle.paragraphs] == [f"第{number:03}段" for number in range(45, 55)]
    assert (middle.before, middle.after) == (True, True)
    assert (first.before, first.after, len(first.paragraphs)) == (False, True, 10)


def test_one_endless_paragraph_is_cut_and_its_quotation_stays_whole() -> None:
    source = "甲" * 9000 + "乙" * 50 + "丙" * 9000
    laid_out = lay_out(view(Span(9000, 9050), Block(BlockKind.BODY, align.whole(source)), source=source), most=1000)
    (piece,) = laid_out.paragraphs[0].pieces

    assert len(piece.raw) == 1000
    assert "乙" * 50 in piece.raw
    assert (laid_out.before, laid_out.after) == (True, True)


def test_what_stands_in_no_block_is_shown_in_its_lines() -> None:
    """A title together with its article; any other place alone, never with an article that does not hold it."""
    source = "茶山的题目\n茶好。\n别的一行\n"
    body = Block(BlockKind.BODY, align.cut(align.whole(source), 6, 9))
    title = lay_out(view(Span(0, 2), body, source=source, title=Span(0, 5)))
    other = lay_out(view(Span(10, 12), body, source=source, title=Span(0, 5)))

    assert [one.pieces[0].raw for one in title.paragraphs] == ["茶山的题目", "茶好。"]
    assert [one.pieces[0].raw for one in other.paragraphs] == ["别的一行"]


def test_an_imprint_is_left_to_the_head_of_the_card_unless_it_is_quoted() -> None:
    source = "来源:东门晚报\n茶好。"
    imprint = Block(BlockKind.IMPRINT, align.cut(align.whole(source), 0, 7))
    body = Block(BlockKind.BODY, align.cut(align.whole(source), 8, 11))

    assert len(lay_out(view(None, imprint, body, source=source)).paragraphs) == 1
    assert len(lay_out(view(Span(3, 7), imprint, body, source=source)).paragraphs) == 2


@pytest.mark.parametrize(
    ("span", "expected"),
    [(Span(0, 1), Span(0, 1)), (Span(2, 6), None), (Span(1, 7), Span(1, 3)), (Span(0, END), Span(0, 15))],
)
def test_a_range_of_the_source_is_led_into_the_repaired_text(span: Span, expected: Span | None) -> None:
    assert text_range(tea(), span) == expected


def test_an_article_without_any_text_is_an_empty_card() -> None:
    laid_out = lay_out(replace(view(None), marked=None))

    assert (laid_out.paragraphs, laid_out.before, laid_out.after, laid_out.repaired) == ((), False, False, False)
