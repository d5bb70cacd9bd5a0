"""A PDF gives its text in reading order, page by page, or says in one sentence why it does not."""

from io import BytesIO

import pytest
from format_files import BUS, HOURS, PARK, Draw, lines, pdf, report, scan, together, unicode_pdf, wrapped
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from qa.answer.cite import Evidence, cite
from qa.corpus.formats.pdf import PdfReader
from qa.corpus.pipeline import articles_of
from qa.corpus.repairs import RepairKind
from qa.errors import SourceError
from qa.types import Document, Span

HEAD = "河阳县园林处工作简报"


def read(data: bytes) -> Document:
    return PdfReader().read("a.pdf", data)


def passages(document: Document) -> list[str]:
    return [passage.text for passage in articles_of(document)[1]]


def page_texts(document: Document) -> list[str]:
    return [document.text[page.start : page.end].strip() for page in document.pages]


def test_lines_stay_as_printed_and_a_blank_line_parts_paragraphs() -> None:
    document = read(report([PARK, HOURS], foot=False))
    printed = ["\n".join(line.strip("　") for line in wrapped(text)) for text in (PARK, HOURS)]

    assert document.text == "\n\n".join(printed)
    assert (document.encoding, document.assumptions, document.sections) == ("utf-8", (), ())


def test_the_repair_undoes_the_line_ends_of_the_print() -> None:
    document = read(report([PARK, HOURS], foot=False))

    assert passages(document) == [PARK, HOURS]


def test_a_sentence_is_cited_with_the_page_that_it_starts_on() -> None:
    """The second sentence runs over a line's end and the page's end; quotation and repaired text are both shown."""
    document = read(report([PARK, BUS + HOURS[:15]], ["…" + HOURS[15:], BUS]))
    articles, found, _ = articles_of(document)

    evidence = [
        Evidence(passage, articles[0], passage.text.index(sentence), passage.text.index(sentence) + len(sentence))
        for passage in found
        for sentence in (PARK, HOURS, BUS)
        if sentence in passage.text
    ]
    citations, dropped = cite(evidence, {document.id: document})

    assert [(citation.text, citation.page) for citation in citations] == [(PARK, 1), (HOURS, 1), (BUS, 1), (BUS, 2)]
    assert all(document.text[citation.span.start : citation.span.end] == citation.quote for citation in citations)
    assert dropped == 0


def test_every_page_has_a_place_even_an_empty_one() -> None:
    document = read(pdf(lines(PARK), lambda canvas: None, lambda canvas: None, lines(BUS), lambda canvas: None))

    assert page_texts(document) == [PARK, "", "", BUS, ""]
    assert all(page.end - page.start >= 1 for page in document.pages)


def test_a_pdf_of_one_page_has_one() -> None:
    document = read(pdf(lines(PARK)))

    assert document.pages == (Span(0, len(PARK)),)


def test_columns_are_read_one_after_the_other_however_they_are_drawn() -> None:
    """Two columns of running text: drawn column by column, and line by line from left to right."""
    left, right = wrapped(PARK + HOURS, width=16), wrapped(HOURS + BUS, width=16)
    by_column = pdf(together(lines(*left), lines(*right, left=320)))
    by_line = pdf(
        together(
            *(
                part
                for at in range(max(len(left), len(right)))
                for part in (
                    lines(*left[at : at + 1], top=760 - 18 * at),
                    lines(*right[at : at + 1], top=760 - 18 * at, left=320),
                )
            )
        )
    )

    for data in (by_column, by_line):
        text = "".join(read(data).text.split())
        assert text == PARK + HOURS + HOURS + BUS


def test_cells_of_a_table_are_a_row_and_no_columns() -> None:
    rows = [("车站", "间隔"), ("南门", "十二分钟"), ("北门", "二十分钟"), ("东门", "半小时"), ("西门", "半小时")]
    drawn = [
        part
        for at, (first, second) in enumerate(rows)
        for part in (lines(first, top=700 - 18 * at), lines(second, top=700 - 18 * at, left=300))
    ]
    document = read(pdf(together(lines(PARK, top=760), *drawn)))

    assert document.text == PARK + "\n\n" + "\n".join(" | ".join(row) for row in rows)


def test_a_headline_whose_characters_are_set_apart_is_no_table() -> None:
    document = read(pdf(together(*(lines(text, left=100 + 80 * at) for at, text in enumerate("通知书")))))

    assert document.text == "通 知 书"


def test_broken_words_become_whole_and_compounds_keep_their_hyphen() -> None:
    printed = (
        "The council said that the infor-",
        "mation about the well-",
        "known bridge on the river-",
        "side was sent.",
    )
    more = ("The riverside is open again.",)
    document = read(pdf(together(lines(*printed, font="Helvetica"), lines(*more, top=600, font="Helvetica"))))

    assert document.text.startswith("\n".join(printed))
    assert passages(document)[0] == (
        "The council said that the information about the well-known bridge on the riverside was sent.\n"
        "The riverside is open again."
    )


def test_running_heads_and_page_numbers_stay_in_the_text_and_out_of_the_passages() -> None:
    last = [PARK.replace("五月", "六月"), BUS.replace("三路", "九路")]
    document = read(report([PARK, HOURS + BUS[:12]], ["…" + BUS[12:], *last], [HOURS], [BUS], head=HEAD))
    articles, found, repairs = articles_of(document)

    assert document.text.count(HEAD) == 4
    assert [passage.text for passage in found] == [PARK, HOURS + BUS, *last, HOURS, BUS]
    left_out = [repair.before for repair in repairs if repair.kind is RepairKind.FURNITURE]
    assert sorted(left_out) == sorted([HEAD] * 4 + [f"— {number} —" for number in range(1, 5)])
    assert len(articles) == 1


def test_a_line_that_two_pages_of_many_begin_with_is_no_running_head() -> None:
    document = read(report([PARK], ["关于车辆的规定。" + BUS], [HOURS], ["关于车辆的规定。" + HOURS], foot=False))

    assert sum("关于车辆的规定。" in text for text in passages(document)) == 2


def test_chapters_of_an_outline_are_articles_with_their_pages() -> None:
    """One entry leads nowhere, one heading has a number in front, one stands below another."""

    def page(*parts: Draw, bookmarks: tuple[tuple[str, int], ...]) -> Draw:
        def draw(canvas: Canvas) -> None:
            for title, level in bookmarks:
                canvas.bookmarkPage(title)
                canvas.addOutlineEntry(title, title, level)
            together(*parts)(canvas)

        return draw

    document = read(
        pdf(
            lines("公园手册", *wrapped(PARK)),
            page(lines("第一章 开放", size=18), lines(*wrapped(HOURS), top=700), bookmarks=(("开放", 0),)),
            page(
                lines("交通", size=18),
                lines("公交", top=720, size=15),
                lines(*wrapped(BUS), top=680),
                bookmarks=(("交通", 0), ("公交", 1), ("停车", 1)),
            ),
        )
    )
    articles, found, _ = articles_of(document)

    assert [article.title for article in articles] == ["公园手册", "第一章 开放", "交通"]
    assert [(passage.article_id, passage.heading, passage.text) for passage in found] == [
        ("a.pdf#1", None, PARK),
        ("a.pdf#2", None, HOURS),
        ("a.pdf#3", "公交", BUS),
    ]
    assert [document.text[page.start : page.end].split()[0] for page in document.pages] == [
        "公园手册",
        "第一章",
        "交通",
    ]


def test_an_outline_that_does_not_fit_is_not_used() -> None:
    def draw(canvas: Canvas) -> None:
        for title in ("Slide 1", "Slide 2", "公园"):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title)
        lines("公园", *wrapped(PARK))(canvas)

    assert read(pdf(draw)).sections == ()


def test_a_table_of_contents_with_leaders_stays_out_of_the_passages() -> None:
    contents = ["开放时间 . . . . . . . . . . . . 1", "交通 ................ 12", "停车…………………… iv"]
    document = read(pdf(together(lines(*contents), lines(*wrapped(PARK), top=500))))

    assert all(line in document.text for line in contents)
    assert passages(document) == [PARK]


def test_items_of_a_list_are_paragraphs() -> None:
    bullets = ["• " + PARK[:24], "• " + BUS[:24], "• " + HOURS[:24]]
    numbered = ["1. " + PARK[:22] + "。", "2. " + BUS[:22] + "。"]

    assert read(pdf(lines(*bullets))).text.split("\n\n") == bullets
    assert read(pdf(lines(*numbered))).text.split("\n\n") == numbered


def test_han_characters_are_those_that_people_type() -> None:
    """Many fonts say that their glyphs stand for Kangxi radicals: U+2F08 for 人, U+2EA0 for 民, U+2EDA for 页."""
    assert [read(unicode_pdf(code)).text for code in ("2F08", "2F42", "2FA0")] == ["人", "文", "辰"]
    assert [read(unicode_pdf(code)).text for code in ("4EBA", "D842DFB7")] == ["人", "𠮷"]


def test_a_scan_is_refused_for_its_missing_text() -> None:
    with pytest.raises(SourceError, match=r"No text layer: the pages are pictures, or empty\."):
        read(scan())


def test_a_page_of_pictures_among_others_is_named() -> None:
    whole = PdfDocument(report([PARK], foot=False))
    whole.import_pages(PdfDocument(scan()))
    written = BytesIO()
    whole.save(written)

    assert read(written.getvalue()).assumptions == ("Pages that have no text layer: 2.",)


def test_a_password_to_open_it_is_named() -> None:
    with pytest.raises(SourceError, match="encrypted: it opens with a password only"):
        read(pdf(lines(PARK), password="geheim"))


def test_a_password_of_the_owner_only_does_not_matter() -> None:
    assert read(pdf(lines(PARK), owner="geheim")).text == PARK


def test_a_broken_cross_reference_is_mended_and_told() -> None:
    whole = report([PARK, HOURS], foot=False)
    at = whole.rindex(b"startxref")
    broken = whole[:at] + b"startxref\n99\n%%EOF\n"

    document = read(broken)

    assert document.text == read(whole).text
    assert document.assumptions == ("The file is damaged; what could be found of its text was read.",)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(200), b"no PDF at all", b"PK\x03\x04" + bytes(99)]
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="no PDF file, or it is damaged beyond repair"):
        read(data)


def test_a_pdf_that_is_cut_short_is_read_or_refused() -> None:
    """At any length; nothing else happens."""
    whole = report([PARK], [BUS])
    outcomes = set()
    for length in range(0, len(whole), 97):
        try:
            outcomes.add(read(whole[:length]).assumptions)
        except SourceError as problem:
            outcomes.add(problem.problem)

    told = {("The file is damaged; what could be found of its text was read.",), ()}
    refused = {
        "This is no PDF file, or it is damaged beyond repair.",
        "No text layer: the pages are pictures, or empty.",
    }
    assert outcomes <= told | refused | {("Pages that cannot be read: 2.", *t) for t in told}
    assert outcomes & refused
