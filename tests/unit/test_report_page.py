"""The page of `wenju index --report`: what it shows of each file, what it leaves out, and where it may not stand."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from accounting import document

from qa.cli.app import MISTAKE, main
from qa.corpus.account import account_of
from qa.errors import ReportError
from qa.reports import page
from qa.reports.cells import MAX_ROW, row_html
from qa.reports.page import check_place, write_report
from qa.reports.rows import rows_of
from qa.reports.section import section_of
from qa.types import Document, IndexReport, Skipped

FIRST = "村里的老人说,修路这件事大家盼了整整十二年。"
DAMAGED = f"山路通车\n\n{FIRST}\n\n縣里茶農(nóng)增產(chǎn),茶業(yè)?zhǔn)備發(fā)展。\n\n{FIRST}\n"
CLEAN = f"湖边新园\n来源:山乡新报\n{FIRST}\n"
REPORT = IndexReport(2, 2, 3, 1, 0, 0, 1, (Skipped("scan<1>.pdf", "no text layer"),), 0.1, 1)


class _Balanced(HTMLParser):
    """Finds tags that do not close what was opened last, and everything that would load or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag in ("script", "link", "img", "iframe") or {name for name, _ in attrs} & {"src", "href", "onload"}:
            self.faults.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _parsed(html: str) -> _Balanced:
    parser = _Balanced()
    parser.feed(html)
    parser.close()
    return parser


def _rows(text: str, media_type: str = "text/plain") -> list[str]:
    account = account_of(document(text, media_type))
    return [row_html(row, text, languages=("", "")) for row in rows_of(account)]


def _written(tmp_path: Path, *documents: Document) -> str:
    target = tmp_path / "report.html"
    write_report(target, tmp_path / "papers", REPORT, map(account_of, documents))
    return target.read_text(encoding="utf-8")


def test_each_side_shows_its_own_text_with_the_kind_as_tooltip() -> None:
    assert _rows("縣里茶農(nóng)說好\n")[0] == (
        '<div class="row">'
        '<div class="source" dir="auto">'
        '<del class="traditional" title="Traditional characters simplified">縣</del>里茶'
        '<del class="traditional" title="Traditional characters simplified">農</del>'
        '<del class="pinyin" title="inserted pinyin removed">(nóng)</del>'
        '<del class="traditional" title="Traditional characters simplified">說</del>好</div>'
        '<div class="repaired" dir="auto">'
        '<ins class="traditional" title="Traditional characters simplified">县</ins>里茶'
        '<ins class="traditional" title="Traditional characters simplified">农</ins>'
        '<ins class="traditional" title="Traditional characters simplified">说</ins>好</div></div>\n'
    )


def test_damage_that_stays_is_marked_on_both_sides() -> None:
    flag = '<mark title="destroyed characters left as they are">'
    row = _rows(DAMAGED)[2]

    assert f'{flag}?</mark>{flag}<del class="pinyin" title="inserted pinyin removed">zhǔn)</del></mark>' in row
    assert f"</ins>{flag}?</mark><ins" in row


def test_a_joined_line_shows_the_break_on_one_side_and_the_joint_on_the_other() -> None:
    cut = "施工队白天黑夜轮着干,终于赶在雨季到来之前把路面全部铺"
    row = _rows(f"山路通车\n\n{FIRST}\n\n{cut}\n\n好了,孩子们上学少走一个钟头。\n")[2]

    assert f'{cut}<del class="joined" title="broken lines joined">↵↵<br></del>好了' in row
    assert f'{cut}<ins class="joined" title="broken lines joined"></ins>好了' in row


def test_an_unchanged_paragraph_stands_once_over_both_columns_and_a_dropped_one_on_the_left_only() -> None:
    rows = _rows(DAMAGED)

    assert rows[1] == f'<div class="row same"><div dir="auto">{FIRST}</div></div>\n'
    assert rows[3] == (
        f'<div class="row"><div class="source" dir="auto"><del class="repeated" title="repeated line dropped">{FIRST}'
        '</del></div><div class="repaired" dir="auto"></div></div>\n'
    )


def test_marks_before_and_behind_a_paragraph_stand_in_its_row() -> None:
    (row,) = _rows("- **好路**\n", "text/markdown")
    mark = '<del class="markup" title="Markdown marks removed">'

    assert f"{mark}-</del> {mark}**</del>好路{mark}**</del></div>" in row
    assert '<div class="repaired" dir="auto"> 好路</div>' in row


def test_the_page_is_whole_needs_no_network_and_obeys_nothing_from_a_document(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>&lt;\n\n縣里茶農(nóng)\"'<b>\n\n版权所有<img src=x>\n"
    html = _written(tmp_path, document(DAMAGED), document(evil), document(CLEAN))
    parsed = _parsed(html)

    assert (parsed.faults, parsed.open) == ([], [])
    assert "<script>alert(1)</script>&lt;" in parsed.texts
    assert not re.search(r"https?://|@import|url\(", html)


def test_sums_skipped_files_and_articles_are_told(tmp_path: Path) -> None:
    body = _written(tmp_path, document(DAMAGED), document(CLEAN)).partition("<body>")[2]
    said = " ".join(" ".join(_parsed(body).texts).split())

    assert "files 2 skipped 1 articles 2 passages 3 repairs 11 flagged 1" in said
    assert "scan<1>.pdf no text layer" in said
    assert "inserted pinyin removed: 5" in said
    assert "1 山路通车 – – – 2" in said  # number, title, no by-line, publisher or date, paragraphs


def test_a_file_without_a_change_has_one_line(tmp_path: Path) -> None:
    """Its source line is the publisher and a passage: nothing is lost."""
    html = _written(tmp_path, document(CLEAN))

    assert "<details" not in html
    assert '<li class="same"><b><bdi>page.txt</bdi></b> <span class="faint">1 article · 2 passages · no repairs' in html


def test_what_does_not_fit_is_summed_up_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first file fills the page; of the second only its sums are told."""
    monkeypatch.setattr(page, "ROOM", 1200)
    html = _written(tmp_path, document(DAMAGED), document(DAMAGED))

    assert html.count("<details") == 1
    assert "The rest of this file is not shown: the page is full." in html
    assert "wenju show page.txt --repairs" in html
    assert "1 flagged · not shown: the page is full" in html
    assert "2 of the files are not shown, or not whole: the page is full." in html
    assert _parsed(html).faults == []


def test_a_book_on_one_line_is_cut() -> None:
    text = "縣" * (3 * MAX_ROW)
    section = section_of(account_of(document(text)), 10**9)

    assert section.body is not None
    assert section.body.count("縣") == section.body.count("县") == MAX_ROW
    assert section.body.count("40,000 more characters") == 2


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert main(["index", "papers", "--store", "store", "--report", "file/report.html"]) == MISTAKE
    said = capsys.readouterr().err
    assert re.fullmatch(
        r"The report file/report\.html cannot be written \([a-z ]+\)\. Name another place: --report FILE\.html\n", said
    )
    assert not (tmp_path / "store").exists()


def test_the_page_may_not_stand_among_the_documents(tmp_path: Path) -> None:
    """The next run would read it as one."""
    with pytest.raises(ReportError, match=r"would stand among the documents"):
        check_place(tmp_path / "sub" / "report.html", tmp_path)
    with pytest.raises(ReportError, match=r"is a folder"):
        check_place(tmp_path, tmp_path / "papers")


def test_looking_for_a_place_leaves_nothing_behind_and_keeps_what_is_there(tmp_path: Path) -> None:
    old = tmp_path / "old.html"
    old.write_text("old", encoding="utf-8")
    check_place(tmp_path / "new.html", tmp_path / "papers")
    check_place(old, tmp_path / "papers")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.html"]
    assert old.read_text(encoding="utf-8") == "old"


def test_the_command_covers_files_that_did_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run reads nothing anew, and its page shows all the same."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WENJU_MODEL", "hashing")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text(DAMAGED, encoding="utf-8")
    command = ["index", "papers", "--store", "store", "--report", "out/report.html"]
    pages = []
    for _ in range(2):
        assert main(command) == 0
        pages.append((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))

    assert capsys.readouterr().out.endswith("report: out/report.html\n")
    assert "1 new, 0 changed" in pages[0]
    assert pages[1] == pages[0].replace("1 new", "0 new").replace("0 unchanged", "1 unchanged")
