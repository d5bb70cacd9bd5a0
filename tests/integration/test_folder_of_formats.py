"""A folder with documents of every format and all that can be wrong with one: the good is indexed, the bad is named."""

import os
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from format_files import BUS, HOURS, PARK, archive, epub, lines, park_docx, pdf, report, scan

from embeddings.hashing import HashingEncoder
from qa.corpus import folder as corpus_folder
from qa.indexing import index_folder
from qa.store.library import Library
from qa.types import IndexReport
from qa.verify import verify

MIB = 1024 * 1024
PAGE = f"<title>公园</title><nav><a href=/>首页</a></nav><h1>公园</h1><p>{PARK}<p>{HOURS}".encode()

GOOD = {
    "book.epub": epub({"a.xhtml": f"<h1>第一章</h1><p>{PARK}</p>", "b.xhtml": f"<h1>第二章</h1><p>{BUS}</p>"}),
    "locked-by-owner.pdf": pdf(lines(PARK), owner="geheim"),
    "mended.pdf": report([PARK, HOURS]).replace(b"startxref\n", b"startxref\n9"),
    "note.txt": PARK.encode("gb18030"),
    "page.html": PAGE,
    "paper.docx": park_docx(),
    "report.pdf": report([PARK, HOURS], [BUS], [PARK]),
    "sub/deep.htm": PAGE,
    "zh-notes.md": f"# 公园\n\n{PARK}\n".encode(),
}
DAMAGED = "This is no PDF file, or it is damaged beyond repair."
BAD = {
    "bomb.docx": (
        archive({"[Content_Types].xml": "<Types/>", "word/document.xml": b"<w>" + b" " * (30 * MIB)}),
        "A part grows 1028 times when it is unpacked, as in a zip bomb.",
    ),
    "cut.docx": (park_docx()[:2000], "This is not a Word document, or it is damaged."),
    "empty.pdf": (b"", "The file is empty."),
    "encrypted.pdf": (pdf(lines(PARK), password="geheim"), "The PDF is encrypted: it opens with a password only."),
    "fake.pdf": (b"hello", DAMAGED),
    "gone-on.html": (b"<div>" * 300_000 + PAGE, "The elements of the page are nested too deep."),
    "huge.html": (PAGE + b" " * (20 * MIB), "The file has 20 MB, more than the limit of 20 MB; split it."),
    "laughs.docx": (
        archive(
            {
                "[Content_Types].xml": "<!DOCTYPE t [<!ENTITY a 'ha'>"
                + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 9}'>" for n in range(12))
                + "]><Types>&m;</Types>"
            }
        ),
        "This is no Word document, or it is damaged.",
    ),
    "letter.doc": (b"\xd0\xcf\x11\xe0", ".doc: this format is not read yet."),
    "many.epub": (
        archive({f"{number}": b"" for number in range(10_001)}),
        "The file holds 10001 parts, more than the limit of 10000.",
    ),
    "renamed.docx": (archive({"readme.txt": "hello"}), "This is a ZIP archive, not a Word document."),
    "scan.pdf": (scan(), "No text layer: the pages are pictures, or empty."),
    "script.html": (b"<script>draw()</script>", "The page holds no text; a script may fill it when it is shown."),
    "table.docx": (archive({"[Content_Types].xml": "<a/>", "x": "y"}), "This is no Word document, or it is damaged."),
}  # fmt: skip


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "sub").mkdir(parents=True)
    for name, data in GOOD.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "store", create=True)
    yield opened
    opened.close()


def index(library: Library, papers: Path) -> IndexReport:
    return index_folder(library, HashingEncoder, papers)


def reasons(report: IndexReport) -> dict[str, str]:
    return {skipped.path: skipped.reason for skipped in report.skipped}


def test_the_good_is_indexed_and_the_bad_is_named(papers: Path, library: Library, tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("秘密", encoding="utf-8")
    expected = {name: reason for name, (_, reason) in BAD.items()}
    if sys.platform == "linux":
        (papers / "link.pdf").symlink_to(outside)
        os.mkfifo(papers / "pipe.docx")
        (papers / os.fsdecode(b"\xc4\xe3.html")).write_bytes(PAGE)
        expected |= {
            "link.pdf": "Symbolic links are not followed.",
            "pipe.docx": "This is not a regular file (a pipe, socket or device).",
            "\\udcc4\\udce3.html": "The file name is not valid UTF-8; rename the file.",
        }
    report = index(library, papers)
    indexed = sorted(library.held(""))
    texts = {name: "".join(passage.text for passage in library.passages(name)) for name in indexed}
    assumptions = library.document("mended.pdf").assumptions

    assert indexed == sorted(GOOD)
    assert reasons(report) == expected
    assert (report.added, report.documents) == (len(GOOD), len(GOOD))
    assert all(PARK in text for text in texts.values())
    assert assumptions == ("The file is damaged; what could be found of its text was read.",)


def test_indexing_again_parses_nothing_and_the_store_is_verified(
    papers: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in BAD:
        (papers / name).unlink()
    index(library, papers)
    with monkeypatch.context() as patched:
        patched.setattr("qa.corpus.sandbox._start", lambda limits: pytest.fail("a parser was started"))
        again = index(library, papers)
    verified = verify(library)

    assert (again.added, again.changed, again.unchanged, again.skipped) == (0, 0, len(GOOD), ())
    assert (verified.compared, verified.differences) == (len(GOOD), ())


def test_a_file_that_changes_while_it_is_read_is_skipped_and_indexed_the_next_time(
    papers: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody adds a line after the file was opened and looked at."""
    really_open, really_look = corpus_folder._open_beneath, os.fstat
    growing: set[int] = set()

    def open_and_note(root: Path, path: Path) -> int:
        descriptor = really_open(root, path)
        if path.name == "report.pdf":
            growing.add(descriptor)
        return descriptor

    def look_and_write(descriptor: int) -> os.stat_result:
        status = really_look(descriptor)
        if descriptor in growing:
            growing.clear()
            (papers / "report.pdf").write_bytes(GOOD["report.pdf"] + b"\n")
        return status

    with monkeypatch.context() as patched:
        patched.setattr(corpus_folder, "_open_beneath", open_and_note)
        patched.setattr(os, "fstat", look_and_write)
        first = index(library, papers)
    second = index(library, papers)

    assert reasons(first)["report.pdf"] == "The file changed while it was read."
    assert second.added == 1


def test_an_archive_in_an_archive_is_not_opened(library: Library, tmp_path: Path) -> None:
    inner = archive({"a": b"0" * MIB})
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as outer:
        outer.writestr("META-INF/container.xml", '<c><rootfile full-path="x.zip"/></c>')
        outer.writestr("x.zip", inner)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "nested.epub").write_bytes(written.getvalue())
    (tmp_path / "papers" / "note.txt").write_text(PARK, encoding="utf-8")

    report = index(library, tmp_path / "papers")

    assert reasons(report) == {"nested.epub": "This is no e-book, or it is damaged."}
