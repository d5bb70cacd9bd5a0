"""What holds for every text: nothing raises, every passage maps into its source, clean pages stay as they are."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.corpus import align
from qa.corpus.pipeline import articles_of
from qa.corpus.repair import repair
from qa.corpus.repairs import RepairKind
from qa.types import Document

PIECES = st.sampled_from(
    [
        "本报讯(记者王一)", "8月18日,", "\n", "\n\n", "\n\n\n", "会议强调,要抓好落实", "。", "秋收忙 粮满仓",
        "王一鸣 摄", "县农业局局长 李二", "来源:某报", "2020-05-13", "——侧记", "一、", "责任编辑:某某", "# ",
        "## ", "**粗**", "- ", "```\n", "|a|b|\n", "發(fā)", "?qǐng)?bào)", "發(fā)展", "\ue848", "——", "“",
        "”", "?", "By John Smith\n", "Mr. Smith went. ", "the quick brown fox, ", "\r\n", "\u3000",
        "重点工作稳步推进、", "各村各组都要早作打算,抓紧备好种子", "编者按:", "(记者 王一)", "图为会场。",
        "版权所有", "\ufeff", "\u200b", "\x0c", "\u2028", "é", "𠮷", "한", "か",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)
MEDIA_TYPES = st.sampled_from(["text/plain", "text/markdown"])
INSERTED = re.compile(r"[發養專]\(([a-zāáǎàēéěè]+)\)")


def document(text: str, media_type: str = "text/plain") -> Document:
    return Document("d/p.txt", "0", "utf-8", text, media_type)


@settings(deadline=None)  # the first example loads dictionaries
@given(PAGES, MEDIA_TYPES)
def test_every_passage_maps_into_its_source(text: str, media_type: str) -> None:
    articles, passages, repairs = articles_of(document(text, media_type))

    ids = {article.id for article in articles}
    assert len(ids) == len(articles)
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.article_id in ids
        assert passage.text == passage.text.strip() != ""
        assert passage.span == align.raw_span(passage.content, 0, len(passage.text))
        assert passage.span.end <= len(text)
        assert align.unpack_runs(passage.text, align.pack_runs(passage.content)) == passage.content
    for repaired in repairs:
        assert repaired.span.end <= len(text)


@settings(deadline=None)  # the first example loads dictionaries
@given(PAGES, MEDIA_TYPES)
def test_where_no_repair_touched_a_passage_the_source_reads_the_same(text: str, media_type: str) -> None:
    _, passages, repairs = articles_of(document(text, media_type))

    misread = [repaired.span.start for repaired in repairs if repaired.kind is RepairKind.MOJIBAKE]
    for passage in passages:
        if any(passage.span.start <= at < passage.span.end for at in misread):
            continue
        if len(passage.content.runs) == 1 and passage.content.runs[0].raw_length is None:
            source = text[passage.span.start : passage.span.end]
            assert len(source) == len(passage.text)
            changed = [(a, b) for a, b in zip(source, passage.text, strict=True) if a != b]
            # Only Traditional characters change in place, and a line break between two joined lines.
            assert all(a >= "\u3400" or (a.isspace() and b in " \n") for a, b in changed)


@settings(deadline=None)  # the first example loads dictionaries
@given(PAGES)
def test_no_passage_of_a_page_holds_inserted_pinyin(text: str) -> None:
    _, passages, _ = articles_of(document(text))

    assert not any(INSERTED.search(passage.text) for passage in passages)


@settings(deadline=None)  # the first example loads dictionaries
@given(PAGES, MEDIA_TYPES)
def test_the_same_text_gives_the_same_articles(text: str, media_type: str) -> None:
    assert articles_of(document(text, media_type)) == articles_of(document(text, media_type))


@settings(deadline=None)  # the first example loads dictionaries
@given(
    st.lists(
        st.text(alphabet="山水田园风光好村里新建学校,、0123456789%", min_size=12, max_size=60), min_size=1, max_size=6
    )
)
def test_a_clean_page_is_not_changed(paragraphs: list[str]) -> None:
    """Paragraphs that end in full stops and differ from each other need no repair."""
    page = "\n\n".join(f"第{number}件事{paragraph}。" for number, paragraph in enumerate(paragraphs, start=1))
    result = repair(document(page))

    assert result.repairs == ()
    assert "\n\n".join(line.text for line in result.lines) == page
