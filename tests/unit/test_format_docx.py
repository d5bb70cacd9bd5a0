"""A Word document gives its paragraphs, headings, lists and tables in order, and says what it is."""

import datetime
import struct
import zipfile
from io import BytesIO

import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from format_files import BUS, HOURS, PARK, archive, docx, park_docx

from qa.corpus.formats.archive import open_archive
from qa.corpus.formats.docx import DocxReader
from qa.corpus.formats.docx_lists import _chinese, _roman, _written
from qa.corpus.pipeline import articles_of
from qa.errors import SourceError
from qa.types import BlockKind, Document, Section, Span

DAY = datetime.datetime(2024, 4, 30, 8)


def read(data: bytes) -> Document:
    return DocxReader().read("a.docx", data)


def run(document: DocxDocument, *parts: str) -> None:
    """Add a paragraph: `|` is a page break that Word noted, `/` one that somebody typed, everything else text."""
    added = document.add_paragraph().add_run()
    for part in parts:
        if part == "|":
            added._r.append(OxmlElement("w:lastRenderedPageBreak"))
        elif part == "/":
            added.add_break(WD_BREAK.PAGE)
        else:
            added.add_text(part)


def page_texts(document: Document) -> list[str]:
    return [document.text[page.start : page.end].strip() for page in document.pages]


def test_everything_stands_in_its_order_with_the_title_first() -> None:
    document = read(park_docx())

    assert document.text.split("\n\n") == [
        "湖心公园五月一日开放",
        PARK,
        "开放时间",
        HOURS,
        "• 带好证件",
        "1. 先登记",
        "2. 再入园",
        "车站 | 间隔\n南门 | 十二分钟",
        "交通",
        BUS,
    ]


def test_the_section_has_title_author_date_and_headings() -> None:
    document = read(park_docx())
    (section,) = document.sections

    assert section.span == Span(0, len(document.text))
    assert (section.title, section.byline, section.date) == ("湖心公园五月一日开放", "袁立冬", "2024-04-30")
    headings = [document.text[heading.start : heading.end] for heading in section.headings]
    assert headings == ["湖心公园五月一日开放", "开放时间", "交通"]


def test_headings_head_the_passages_below_them() -> None:
    articles, passages, repairs = articles_of(read(park_docx()))

    assert [(article.title, article.byline, article.date_iso) for article in articles] == [
        ("湖心公园五月一日开放", "袁立冬", "2024-04-30")
    ]
    assert articles[0].title_span == Span(0, 10)
    assert [(passage.heading, passage.text.split("\n")[0]) for passage in passages] == [
        (None, PARK),
        ("开放时间", HOURS),
        ("开放时间", "• 带好证件"),
        ("交通", BUS),
    ]
    assert repairs == ()


def test_rows_of_a_table_are_searched_together_and_joined_with_nothing() -> None:
    _, passages, _ = articles_of(read(park_docx()))

    assert passages[2].text == "• 带好证件\n1. 先登记\n2. 再入园\n车站 | 间隔\n南门 | 十二分钟"


def test_pages_are_those_that_word_noted() -> None:
    """A break inside a paragraph parts it; what a typed break does, Word notes once more."""

    def fill(document: DocxDocument) -> None:
        run(document, PARK[:20], "|", PARK[20:])
        run(document, HOURS, "/")
        run(document, "|", BUS)

    document = read(docx(fill))

    assert page_texts(document) == [PARK[:20], f"{PARK[20:]}\n\n{HOURS}", BUS]
    assert PARK in document.text


def test_an_empty_page_is_counted() -> None:
    def fill(document: DocxDocument) -> None:
        run(document, PARK, "/")
        run(document, "|", "/")
        run(document, "|", BUS)

    assert page_texts(read(docx(fill))) == [PARK, "", BUS]


def test_without_a_break_pages_are_not_known() -> None:
    assert read(docx(lambda document: run(document, PARK))).pages == ()


def test_several_headings_of_the_first_level_are_articles() -> None:
    def fill(document: DocxDocument) -> None:
        document.add_paragraph(PARK)
        document.add_heading("开放时间", 1)
        document.add_paragraph(HOURS)
        document.add_heading("交通", 1)
        document.add_paragraph(BUS)

    document = read(docx(fill, title="公园手册"))

    assert [(section.title, section.subtitle) for section in document.sections] == [
        ("公园手册", None),
        ("开放时间", "公园手册"),
        ("交通", "公园手册"),
    ]
    titles = [article.title for article in articles_of(document)[0]]
    assert titles == ["公园手册", "开放时间", "交通"]


def test_paragraphs_without_styles_are_segmented_like_a_page() -> None:
    def fill(document: DocxDocument) -> None:
        for text in ("湖心公园五月一日开放", f"本报讯（记者 袁立冬）{PARK}", HOURS):
            document.add_paragraph(text)

    document = read(docx(fill))
    articles, _, _ = articles_of(document)

    assert document.sections == ()
    assert [(article.title, article.byline) for article in articles] == [("湖心公园五月一日开放", "记者 袁立冬")]


def test_a_title_that_stands_in_the_properties_only_comes_first() -> None:
    document = read(docx(lambda document: run(document, PARK), title="公园公告", author="袁立冬"))

    assert document.text == f"公园公告\n\n{PARK}"
    assert document.sections == (
        Section(Span(0, len(document.text)), title="公园公告", byline="袁立冬", headings=(Span(0, 4),)),
    )


def test_what_programs_fill_in_is_no_title_author_or_date() -> None:
    document = read(docx(lambda document: document.add_heading("交通", 2), title="Word Document"))

    assert document.sections == (Section(Span(0, 2), headings=(Span(0, 2),)),)


def test_a_date_that_is_printed_is_the_one() -> None:
    def fill(document: DocxDocument) -> None:
        document.add_heading("开放公告", 0)
        document.add_paragraph(PARK)
        document.add_paragraph("2023年4月2日")

    articles, _, _ = articles_of(read(docx(fill, created=DAY)))

    assert articles[0].date_iso == "2023-04-02"


def test_numbers_that_word_only_counts_are_written_out() -> None:
    """An article of a law is asked for by its number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate((("chineseCountingThousand", "第%1条"), ("decimal", "（%2）")))
    )

    def fill(document: DocxDocument) -> None:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        texts = ((0, "为了保护公园。"), (0, "下列行为禁止："), (1, "垂钓；"), (1, "露营。"), (0, "自公布之日起施行。"))
        for depth, text in texts:
            properties = document.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
            )

    assert read(docx(fill)).text.split("\n\n") == [
        "第一条为了保护公园。",
        "第二条下列行为禁止：",
        "（1）垂钓；",
        "（2）露营。",
        "第三条自公布之日起施行。",
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1004, "一千零四")],
)
def test_chinese_numbers(number: int, expected: str) -> None:
    assert _chinese(number) == expected


def test_other_numbers() -> None:
    assert [_roman(number) for number in (4, 9, 44)] == ["iv", "ix", "xliv"]
    written = [_written(2, kind) for kind in ("upperLetter", "lowerRoman", "decimalEnclosedCircle", "decimal")]
    assert written == ["B", "ii", "②", "2"]


def test_deleted_text_and_readings_are_left_out_and_text_boxes_and_notes_are_kept() -> None:
    def fill(document: DocxDocument) -> None:
        paragraph = document.add_paragraph("公园")._p
        w = nsdecls("w")
        paragraph.append(parse_xml(f"<w:del {w}><w:r><w:delText>不</w:delText></w:r></w:del>"))
        paragraph.append(
            parse_xml(
                f"<w:r {w}><w:ruby><w:rt><w:r><w:t>kāi</w:t></w:r></w:rt>"
                "<w:rubyBase><w:r><w:t>开</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            )
        )
        paragraph.append(parse_xml(f"<w:ins {w}><w:r><w:t>放了。</w:t></w:r></w:ins>"))
        box = "<w:txbxContent><w:p><w:r><w:t>免费入园</w:t></w:r></w:p></w:txbxContent>"
        paragraph.append(parse_xml(f"<w:r {w}><w:pict>{box}</w:pict></w:r>"))

    assert read(docx(fill)).text == "公园开放了。\n\n免费入园"


def test_a_table_that_only_places_text_is_read_as_paragraphs() -> None:
    def fill(document: DocxDocument) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = PARK
        cell.add_paragraph(HOURS)

    assert read(docx(fill)).text == f"{PARK}\n\n{HOURS}"


def test_a_table_of_contents_is_left_out() -> None:
    def fill(document: DocxDocument) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("开放时间\t3", style="toc 1")
        document.add_heading("开放时间", 1)
        document.add_paragraph(HOURS)

    assert read(docx(fill)).text == f"开放时间\n\n{HOURS}"


def test_many_paragraphs_are_quick() -> None:
    """None is lost; 20 microseconds each."""
    part = zipfile.ZipFile(BytesIO(docx(lambda document: None)))
    parts = {name: part.read(name) for name in part.namelist()}
    body = parts["word/document.xml"].decode("utf-8")
    many = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 40_000
    parts["word/document.xml"] = body.replace("<w:body>", f"<w:body>{many}").encode()

    assert read(archive(parts)).text.count("a") == 40_000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (archive({"readme.txt": "hello"}), "This is a ZIP archive, not a Word document."),
        (archive({"[Content_Types].xml": "<Types"}), "This is no Word document, or it is damaged."),
        (b"PK\x03\x04" + bytes(100), "This is not a Word document, or it is damaged."),
        (park_docx()[:-200], "This is not a Word document, or it is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an old office document, not a Word document."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
            "The file is encrypted: it opens with a password only.",
        ),
    ],
)
def test_what_is_no_word_document_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(data)

    assert raised.value.problem == problem


def test_a_part_that_is_damaged_inside_is_refused() -> None:
    """One byte of the packed document.xml is changed: its checksum does not fit any more."""
    data = bytearray(park_docx())
    at = zipfile.ZipFile(BytesIO(bytes(data))).getinfo("word/document.xml").header_offset
    data[at + 200] ^= 0xFF

    with pytest.raises(SourceError, match="no Word document, or it is damaged"):
        read(bytes(data))


class TestArchiveLimits:
    """Each limit at its figure and one above, told by what the archive says of itself."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("ENTRIES", 3), ("UNPACKED_BYTES", 3000), ("PART_BYTES", 2000), ("RATIO", 20)):
            monkeypatch.setattr(f"qa.corpus.formats.archive.MAX_{name}", value)
        monkeypatch.setattr("qa.corpus.formats.archive.FREE_RATIO_BYTES", 500)

    @staticmethod
    def opened(parts: dict[str, bytes]) -> bool:
        with open_archive(archive({"x": b"", **parts}), "a thing", "x") as opened:
            return opened.namelist()[0] == "x"

    @pytest.mark.parametrize(
        ("fits", "exceeds", "problem"),
        [
            ({"a": b"", "b": b""}, {"a": b"", "b": b"", "c": b""}, "holds 4 parts"),
            ({"a": bytes(range(250)) * 12}, {"a": bytes(range(250)) * 12, "b": b"1"}, "unpacked, more than the limit"),
            ({"a.xml": bytes(range(250)) * 8}, {"a.xml": bytes(range(250)) * 8 + b"1"}, "A part is"),
            ({"a": bytes(500)}, {"a": bytes(501)}, "as in a zip bomb"),
        ],
    )
    def test_limit(self, fits: dict[str, bytes], exceeds: dict[str, bytes], problem: str) -> None:
        assert self.opened(fits)
        with pytest.raises(SourceError, match=problem):
            self.opened(exceeds)

    def test_an_encrypted_part(self) -> None:
        data = bytearray(archive({"x": b"secret"}))
        directory = data.index(b"PK\x01\x02")
        flags = struct.unpack_from("<H", data, directory + 8)[0]
        struct.pack_into("<H", data, directory + 8, flags | 1)

        with pytest.raises(SourceError, match="encrypted"):
            open_archive(bytes(data), "a thing", "x")


def test_a_caption_and_a_by_line_keep_their_kind() -> None:
    def fill(document: DocxDocument) -> None:
        document.add_heading("湖心公园五月一日开放", 0)
        document.add_paragraph("湖心公园的新栈桥。冯小满 摄")
        document.add_paragraph(PARK)

    articles, _, _ = articles_of(read(docx(fill)))

    assert [block.kind for block in articles[0].blocks] == [BlockKind.CAPTION, BlockKind.BODY]


def test_a_heading_that_goes_over_two_lines_is_one() -> None:
    def fill(document: DocxDocument) -> None:
        document.add_heading("湖心公园\n五月一日开放", 0)

    assert read(docx(fill)).text == "湖心公园 五月一日开放"
