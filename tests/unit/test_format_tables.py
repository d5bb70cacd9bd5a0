"""Rows of CSV and Excel tables are articles: their columns are found, nothing is lost, and pages are row numbers."""

import datetime
import random

import pytest
from format_files import BUS, HOURS, PARK, xlsx

from qa.corpus.formats.columns import Columns
from qa.corpus.formats.delimited import CsvReader
from qa.corpus.formats.xlsx import XlsxReader
from qa.corpus.pipeline import articles_of
from qa.corpus.readers import READERS, document_of
from qa.corpus.tables import SUFFIXES, is_table
from qa.errors import SourceError
from qa.types import Article, Document, Skipped

HEAD = "标题,内容,发布日期,作者,来源"
ROW = f"公园开放,{PARK},2024年4月8日,李小禾,河阳晚报"


def csv(text: str, *, columns: Columns | None = None) -> Document:
    return CsvReader(columns or Columns()).read("a.csv", text.encode())


def articles(document: Document) -> tuple[Article, ...]:
    return articles_of(document)[0]


def bodies(article: Article) -> list[str]:
    return [block.content.text for block in article.blocks]


def pages(document: Document) -> list[str]:
    return [document.text[page.start : page.end].strip() for page in document.pages]


def test_a_row_is_an_article_with_its_fields() -> None:
    (article,) = articles(csv(f"{HEAD}\n{ROW}\n"))

    assert (article.title, article.byline, article.publisher) == ("公园开放", "李小禾", "河阳晚报")
    assert (article.date, article.date_iso) == ("2024年4月8日", "2024-04-08")
    assert bodies(article) == ["发布日期：2024年4月8日 | 作者：李小禾 | 来源：河阳晚报", PARK]


def test_a_page_is_a_row_of_the_file_heads_and_empty_rows_among_them() -> None:
    document = csv(f"标题,内容\n一,{PARK}\n,\n\n二,{BUS}\n")

    assert pages(document) == ["", f"一\n\n{PARK}", "", "", f"二\n\n{BUS}"]


def test_a_text_of_several_paragraphs_keeps_them() -> None:
    (article,) = articles(csv(f'标题,内容\n公园,"{PARK}\n\n{HOURS}\r\n\r\n{BUS}"\n'))

    assert bodies(article) == [PARK, HOURS, BUS]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_delimiter_and_the_encoding_are_found(delimiter: str, encoding: str) -> None:
    text = f"{HEAD}\n{ROW}\n".replace(",", delimiter)
    (article,) = articles(CsvReader().read("a.csv", text.encode(encoding)))

    assert (article.title, article.publisher) == ("公园开放", "河阳晚报")


def test_quotes_hold_delimiters_newlines_and_quotes() -> None:
    (article,) = articles(csv(f'title,text\nA park,"{PARK} He said ""yes"", then\nleft."\n'))

    assert bodies(article)[0].startswith(f'{PARK} He said "yes", then')


def test_quotes_may_be_escaped_with_a_backslash() -> None:
    (article,) = articles(csv(f'title,text\nA park,"{PARK} \\"yes\\", he said."\n'))

    assert bodies(article) == [f'{PARK} "yes", he said.']


def test_ragged_rows_are_kept_and_counted() -> None:
    document = csv(f"{HEAD}\n{ROW}\n短行\n{ROW},多出来的\n")

    assert "多出来的" in document.text
    assert "短行" in document.text
    assert "2 rows have more or fewer cells than the others, first row 3; all are kept." in document.assumptions


def test_a_cell_may_be_longer_than_the_limit_of_the_library() -> None:
    text = PARK * 5000
    document = csv(f"标题,内容\n长,{text}\n")

    assert text in document.text


def test_zero_bytes_are_left_out_and_counted() -> None:
    document = CsvReader().read("a.csv", f"{HEAD}\n{ROW}\n".encode().replace(b"\xef\xbc\x8c", b"\x00\xef\xbc\x8c", 1))

    assert PARK in document.text
    assert document.assumptions[0] == "1 zero bytes were left out."


def test_an_open_quote_does_not_swallow_the_rows_below() -> None:
    document = csv("名称,说明\n" + '一号,"没有关的引号\n' + "二号,好好的\n" * 9)

    assert len(document.sections) == 10
    assert "A quotation mark is not closed; all of them were taken for characters." in document.assumptions


def test_a_table_of_figures_becomes_lines_that_can_be_searched_and_cited() -> None:
    document = csv("粮食产量统计,,\n地区,面积,产量\n东埠,12,30\n西关,8,\n")
    caption, first, second = articles(document)

    assert bodies(caption) == ["粮食产量统计"]
    assert (first.title, bodies(first)) == ("粮食产量统计", ["地区：东埠 | 面积：12 | 产量：30"])
    assert bodies(second) == ["地区：西关 | 面积：8"]
    assert pages(document)[2] == "地区：东埠 | 面积：12 | 产量：30"


def test_without_a_head_every_row_is_one_of_the_table() -> None:
    document = csv(f"2024-01-01,3,{PARK}\n2024-01-02,5,{HOURS}\n")

    assert len(document.sections) == 2
    assert [section.date for section in document.sections] == ["2024-01-01", "2024-01-02"]
    assert "Columns were taken so: number 1 as the date, number 3 as the text." in document.assumptions


def test_lines_of_prose_are_rows_of_one_cell() -> None:
    lines = [
        "One, two and three went home.",
        "Four stayed, and five, being late, missed it.",
        "Six did not, alas, come.",
    ]
    document = csv("\n".join(lines))

    assert [page.removesuffix("\n") for page in pages(document)] == lines


@pytest.mark.parametrize(
    ("head", "title", "text"),
    [
        ("headline,body", "headline", "body"),
        ("Article Title,Full_Text", "Article Title", "Full_Text"),
        ("题目,正文", "题目", "正文"),
        ("甲,乙", "甲", "乙"),  # nothing but what stands below tells them
    ],
)
def test_columns_are_found_by_name_else_by_content(head: str, title: str, text: str) -> None:
    document = csv(f"{head}\n公园明日开放,{PARK}\n公交新增站点,{BUS}\n公园几点开门,{HOURS}\n")

    assert [section.title for section in document.sections] == ["公园明日开放", "公交新增站点", "公园几点开门"]
    assert document.assumptions == (f"Columns were taken so: “{title}” as the title, “{text}” as the text.",)


def test_columns_can_be_told_by_name_or_number() -> None:
    text = f"题,甲,乙\n短题,{PARK},{BUS}\n"
    told = csv(text, columns=Columns(text="3", title="题"))
    (article,) = articles(told)

    assert (article.title, bodies(article)) == ("短题", [f"甲：{PARK}", BUS])


def test_a_told_column_that_is_not_there_is_guessed_and_said() -> None:
    document = csv(f"{HEAD}\n{ROW}\n", columns=Columns(title="题名"))

    assert document.sections[0].title == "公园开放"
    assert "There is no column “题名”; it was guessed." in document.assumptions


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf \r\n,,\n", b",\n,\n"])
def test_an_empty_table_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="The table is empty"):
        CsvReader().read("a.csv", data)


def test_any_rows_are_read_with_nothing_lost() -> None:
    """Seeded rows of odd cells: every cell that is not blank stands in the text of its page."""
    pieces = ["", " ", "一", '"', '""', ",", ";", "\n", "\r\n", "2024-01-01", "3.5%", PARK, "a|b", "'", "\\", "=1+1"]
    chance = random.Random(7)
    for _ in range(300):
        rows = [["".join(chance.choices(pieces, k=2)) for _ in range(3)] for _ in range(4)]
        quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
        document = csv("甲甲,乙乙,丙丙\n" + "\n".join(quoted) + "\n末,末,末\n")
        for row, page in zip(rows, pages(document)[1:], strict=False):
            for cell in row:
                assert "".join(cell.split()) in "".join(page.split())


def test_sheets_of_a_workbook_are_tables_counted_on() -> None:
    data = xlsx(
        {
            "通报": [["标题", "内容", "日期"], ["公园", PARK, datetime.date(2024, 5, 1)], [None], ["公交", BUS, None]],
            "空的": [],
            "数字": [["地区", "占比"], ["东埠", 0.255]],
        }
    )
    document = XlsxReader().read("a.xlsx", data)

    assert [section.title for section in document.sections] == ["公园", "公交", "数字"]
    assert document.sections[0].date == "2024-05-01"
    assert pages(document)[3].startswith("公交")
    assert pages(document)[5] == "地区：东埠 | 占比：0.255"
    assert "Rows are counted on from sheet to sheet." in document.assumptions


def test_cells_read_as_they_are_shown() -> None:
    values = [3.0, 2.5, 0.255, True, datetime.datetime(2024, 5, 1, 8, 30), datetime.time(9, 5), 12345678901]
    data = xlsx({"a": [list("甲乙丙丁戊己庚"), values]}, formats={"C2": "0.0%"})

    assert XlsxReader().read("a.xlsx", data).text.strip() == (
        "甲：3 | 乙：2.5 | 丙：25.5% | 丁：TRUE | 戊：2024-05-01 08:30 | 己：09:05:00 | 庚：12345678901"
    )


def test_the_sandbox_reads_a_workbook_by_told_columns() -> None:
    data = xlsx({"a": [["甲", "乙"], [PARK, BUS]]})
    document = document_of("a.xlsx", data, columns=Columns(title="甲", text="2"))

    assert isinstance(document, Document)
    assert document.sections[0].title == PARK


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[: len(data) // 2], "not an Excel workbook, or it is damaged"),
        (lambda data: data.replace(b"xl/workbook.xml", b"xl/workbooq.xml"), "a ZIP archive, not an Excel workbook"),
        (lambda _: b"a,b\n1,2\n", "not an Excel workbook"),
    ],
)
def test_a_damaged_workbook_is_skipped_with_its_reason(damage, reason: str) -> None:  # noqa: ANN001
    skipped = document_of("a.xlsx", damage(xlsx({"a": [["甲"], ["乙"]]})))

    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


def test_the_files_called_tables_are_those_that_readers_of_tables_read() -> None:
    assert {suffix for reader in READERS if hasattr(reader, "columns") for suffix in reader.suffixes} == SUFFIXES


def test_tables_are_told_from_other_documents() -> None:
    assert [is_table(name) for name in ("a.csv", "b/c.XLSX", "d.jsonl", "e.json", "f.pdf", "g.txt", "h")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip
