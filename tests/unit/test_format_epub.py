"""An e-book gives its chapters in reading order, each with the book that it is from."""

import pytest
from format_files import BUS, HOURS, PARK, archive, epub

from qa.corpus.formats.epub import EpubReader
from qa.corpus.pipeline import articles_of
from qa.errors import SourceError
from qa.types import Document

PAGES = {
    "c1.xhtml": f"<h1>第一章 公园</h1><p>{PARK}</p><h3>时间</h3><p>{HOURS}</p>",
    "c2.xhtml": f'<h1>第二章 交通</h1><a id="x"/><p>{BUS}</p>',
}


def read(data: bytes) -> Document:
    return EpubReader().read("a.epub", data)


def test_chapters_are_sections_that_know_their_book() -> None:
    document = read(epub(PAGES))

    assert document.text == f"第一章 公园\n\n{PARK}\n\n时间\n\n{HOURS}\n\n第二章 交通\n\n{BUS}"
    first, second = document.sections
    assert (first.title, first.subtitle, first.byline) == ("第一章 公园", "临溪旧事", "岑翀, 贺喆")
    assert (first.publisher, first.date) == ("望河出版社", "2019-06-01")
    assert [document.text[heading.start : heading.end] for heading in first.headings] == ["第一章 公园", "时间"]
    assert document.text[second.span.start : second.span.end] == f"第二章 交通\n\n{BUS}"


def test_a_chapter_is_an_article() -> None:
    articles, passages, _ = articles_of(read(epub(PAGES)))

    assert [(article.title, article.subtitle, article.date_iso) for article in articles] == [
        ("第一章 公园", "临溪旧事", "2019-06-01"),
        ("第二章 交通", "临溪旧事", "2019-06-01"),
    ]
    assert [(passage.article_id, passage.heading, passage.text) for passage in passages] == [
        ("a.epub#1", None, PARK),
        ("a.epub#1", "时间", HOURS),
        ("a.epub#2", None, BUS),
    ]


@pytest.mark.parametrize("old", [False, True])
def test_the_table_of_contents_gives_titles_and_is_no_chapter(old: bool) -> None:
    pages = {"a.xhtml": f"<p>{PARK}</p>", "b%20c.xhtml": f"<p>{BUS}</p>"}
    pages = {name.replace("%20", " "): body for name, body in pages.items()}
    document = read(epub(pages, contents={"a.xhtml": "公园", "b%20c.xhtml#start": "交通"}, old=old))

    assert [section.title for section in document.sections] == ["公园", "交通"]
    assert document.text == f"公园\n\n{PARK}\n\n交通\n\n{BUS}"


def test_a_page_without_title_goes_on_with_the_chapter_before() -> None:
    document = read(epub({"a.xhtml": f"<h1>公园</h1><p>{PARK}</p>", "b.xhtml": f"<p>{HOURS}</p>"}))

    assert [section.title for section in document.sections] == ["公园"]
    assert document.text == f"公园\n\n{PARK}\n\n{HOURS}"


def test_several_chapters_on_one_page_are_told_by_the_contents() -> None:
    body = f"<p>前言。</p><h2>公园</h2><p>{PARK}</p><h2>交通</h2><p>{BUS}</p>"
    more = {
        "OEBPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><a href="a.xhtml#1">公园</a>'
        '<a href="a.xhtml#2">交通</a></nav></body></html>'
    }
    document = read(epub({"a.xhtml": body}, contents={"a.xhtml": "x"}, more=more))

    assert [section.title for section in document.sections] == [None, "公园", "交通"]


def test_missing_pages_are_told() -> None:
    data = epub(PAGES, more={"OEBPS/c2.xhtml": b"\x89PNG\r\n\x1a\n".decode("latin-1")})
    document = read(data)

    assert [section.title for section in document.sections] == ["第一章 公园"]


def test_protected_books_are_refused_and_hidden_fonts_are_not() -> None:
    method = '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{}"/></encryption>'
    fonts = epub(PAGES, more={"META-INF/encryption.xml": method.format("http://www.idpf.org/2008/embedding")})
    locked = epub(PAGES, more={"META-INF/encryption.xml": method.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")})

    assert len(read(fonts).sections) == 2
    with pytest.raises(SourceError, match="copy protection"):
        read(locked)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (archive({"readme.txt": "hello"}), "This is a ZIP archive, not an e-book."),
        (archive({"META-INF/container.xml": "nothing"}), "This is no e-book, or it is damaged."),
        (
            archive({"META-INF/container.xml": '<c><rootfile full-path="x.opf"/></c>'}),
            "This is no e-book, or it is damaged.",
        ),
        (epub({"a.xhtml": "<img src='scan.png'/>"}), "No text layer: the book holds no text."),
        (epub(PAGES)[:-30], "This is not an e-book, or it is damaged."),
    ],
)
def test_what_is_no_readable_book_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(data)

    assert raised.value.problem == problem


def test_entities_of_a_part_are_not_expanded() -> None:
    """Ten entities of ten each, nine deep: a thousand million times "lol"."""
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    opf = f'<!DOCTYPE p [<!ENTITY l0 "lol">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&l9;&x;</p>'

    with pytest.raises(SourceError):
        read(epub(PAGES, more={"OEBPS/content.opf": opf}))
