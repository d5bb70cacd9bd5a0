"""A passage is a paragraph: long ones are cut in even pieces, short ones join, and all map into the source."""

from qa.corpus import align
from qa.corpus.passages import MAX_UNITS, cut_passages
from qa.corpus.pipeline import articles_of
from qa.types import AlignedText, Article, Block, BlockKind, Document, Passage

SENTENCE = "今年全县新修农村公路八十公里,改造危桥十二座,惠及沿线群众三万余人。"


def passages_of(text: str, media_type: str = "text/plain") -> tuple[Passage, ...]:
    return articles_of(Document("p.txt", "0", "utf-8", text, media_type))[1]


def article_of(*blocks: tuple[BlockKind, AlignedText]) -> Article:
    return Article("p.txt#1", "p.txt", "题目", blocks=tuple(Block(kind, content) for kind, content in blocks))


def test_a_paragraph_is_a_passage_with_its_place_for_an_id() -> None:
    (passage,) = passages_of(SENTENCE + "\n")

    assert (passage.id, passage.text) == (f"p.txt:0-{len(SENTENCE)}", SENTENCE)
    assert (passage.article_id, passage.kind, passage.heading) == ("p.txt#1", BlockKind.BODY, None)


def test_a_long_paragraph_is_cut_at_sentence_ends_into_even_pieces() -> None:
    text = SENTENCE * 30

    pieces = passages_of(text)

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text.endswith("。") for piece in pieces)
    assert [len(piece.text) // len(SENTENCE) for piece in pieces] == [10, 10, 10]


def test_a_paragraph_at_the_limit_stays_whole() -> None:
    assert len(passages_of("字" * (MAX_UNITS - 1) + "。")) == 1


def test_latin_text_may_have_three_times_as_many_letters() -> None:
    sentence = "The council met on Tuesday and agreed on the new school. "

    assert len(passages_of((sentence * 20).strip())) == 1
    pieces = passages_of((sentence * 40).strip())
    assert [len(piece.text) for piece in pieces] == [20 * len(sentence) - 1, 20 * len(sentence) - 1]


def test_a_text_without_any_end_is_cut_anyway() -> None:
    pieces = passages_of("字" * 1000)

    assert "".join(piece.text for piece in pieces) == "字" * 1000
    assert all(len(piece.text) <= MAX_UNITS for piece in pieces)


def test_a_short_paragraph_joins_the_next_one_of_its_section() -> None:
    text = f"守住安全底线。\n\n{SENTENCE}\n\n{SENTENCE[:-1]}以上。\n\n特此通知。"

    pieces = passages_of(text)

    assert [piece.text for piece in pieces] == [f"守住安全底线。\n{SENTENCE}", f"{SENTENCE[:-1]}以上。\n特此通知。"]
    assert text[pieces[0].span.start : pieces[0].span.end] == f"守住安全底线。\n\n{SENTENCE}"


def test_a_short_paragraph_does_not_join_over_a_heading_or_a_caption() -> None:
    source = "甲甲。乙乙。标题丙丙。"
    whole = align.whole(source)
    cuts = [align.cut(whole, a, b) for a, b in ((0, 3), (3, 6), (6, 8), (8, 11))]
    article = article_of(
        (BlockKind.BODY, cuts[0]), (BlockKind.CAPTION, cuts[1]), (BlockKind.HEADING, cuts[2]), (BlockKind.BODY, cuts[3])
    )

    pieces = cut_passages(Document("p.txt", "0", "utf-8", source), article)

    assert [(piece.kind, piece.heading, piece.text) for piece in pieces] == [
        (BlockKind.BODY, None, "甲甲。"),
        (BlockKind.CAPTION, None, "乙乙。"),
        (BlockKind.BODY, "标题", "丙丙。"),
    ]


def test_headings_are_no_passages() -> None:
    article = article_of((BlockKind.HEADING, align.whole("只有标题")))

    assert cut_passages(Document("p.txt", "0", "utf-8", "只有标题"), article) == ()


def test_a_long_caption_stays_whole() -> None:
    caption = align.whole(SENTENCE * 20)

    (passage,) = cut_passages(Document("p.txt", "0", "utf-8", caption.text), article_of((BlockKind.CAPTION, caption)))

    assert passage.kind is BlockKind.CAPTION
    assert passage.text == caption.text


def test_a_passage_with_a_repair_maps_to_the_damaged_source() -> None:
    source = "縣(xiàn)里開(kāi)了會(huì),大家都說(shuō)這(zhè)條(tiáo)路該(gāi)修了,于是有人出錢(qián)有人出力。"

    (passage,) = passages_of(source)

    assert passage.text == "县里开了会,大家都说这条路该修了,于是有人出钱有人出力。"
    assert (passage.span.start, passage.span.end) == (0, len(source))
