"""Indexing again: what is read, what is encoded, what is removed."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from counting_encoder import CountingEncoder

from qa import indexing, scan
from qa.errors import SourceError, StoreError
from qa.indexing import index_folder
from qa.store.database import DATABASE_NAME
from qa.store.library import Library
from qa.types import IndexReport, Passage

SITE = "副市长韩佩文到施工现场查看了墙体浇筑的进度和质量。"
WALL = f"防洪墙加固\n\n新建的防洪墙全长22.2公里。工程总投资6.35亿元。\n\n{SITE}\n"
BOOKS = "新馆开门\n\n图书馆新馆设阅览座位1860个。\n"
YESTERDAY = time.time() - 86_400


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "store", create=True)
    yield opened
    opened.close()


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two papers; the clock of the stamps stands far enough behind them."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "wall.txt").write_text(WALL, encoding="utf-8")
    (folder / "books.txt").write_text(BOOKS, encoding="utf-8")
    ahead = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("qa.changes.time.time_ns", lambda: ahead)
    return folder


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, in order."""
    read: list[str] = []

    def read_file(root: Path, path: Path) -> object:
        read.append(path.as_posix())
        return plain(root, path)

    plain = scan.read_file
    monkeypatch.setattr(scan, "read_file", read_file)
    return read


def _counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def _vectors(library: Library) -> dict[str, bytes]:
    """Return the stored bytes of every passage's vector, by the passage's text."""
    rows = library._read("select text, vector from passage order by number")
    return {text: vector for text, vector in rows}


def test_an_unchanged_file_is_not_even_read(
    library: Library, encoder: CountingEncoder, papers: Path, files_read: list[str]
) -> None:
    """Its size and times are those of the last run; a touched one is read, and its sha256 says that it is the same."""
    index_folder(library, lambda: encoder, papers)
    files_read.clear()
    again = index_folder(library, lambda: encoder, papers)
    assert (_counts(again), files_read) == ((0, 0, 0, 2), [])

    os.utime(papers / "wall.txt", (YESTERDAY, YESTERDAY))
    touched = index_folder(library, lambda: encoder, papers)
    assert (_counts(touched), files_read) == ((0, 0, 0, 2), ["wall.txt"])
    assert touched.generation == again.generation

    files_read.clear()
    index_folder(library, lambda: encoder, papers)
    assert files_read == []  # the new stamp was kept


def test_a_file_that_was_changed_just_before_it_was_read_is_read_again(
    library: Library, encoder: CountingEncoder, papers: Path, files_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second change in the same instant would leave the same size and times."""
    written = max((papers / "wall.txt").stat().st_mtime_ns, (papers / "wall.txt").stat().st_ctime_ns)
    monkeypatch.setattr("qa.changes.time.time_ns", lambda: written + 1_000_000_000)
    index_folder(library, lambda: encoder, papers)
    files_read.clear()
    index_folder(library, lambda: encoder, papers)

    assert files_read == ["books.txt", "wall.txt"]


def test_another_text_of_the_same_length_is_noticed(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """Even with the time of the last modification set back to what it was."""
    index_folder(library, lambda: encoder, papers)
    before = (papers / "wall.txt").stat()
    time.sleep(0.02)
    (papers / "wall.txt").write_text(WALL.replace("6.35", "7.10"), encoding="utf-8")
    os.utime(papers / "wall.txt", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert _counts(index_folder(library, lambda: encoder, papers)) == (0, 1, 0, 1)


def test_a_thorough_run_reads_everything_and_stores_nothing_anew(
    library: Library, encoder: CountingEncoder, papers: Path, files_read: list[str]
) -> None:
    """Where text, articles and passages are as they were."""
    first = index_folder(library, lambda: encoder, papers)
    files_read.clear()
    encoder.taken()
    report = index_folder(library, lambda: encoder, papers, thorough=True)

    assert (_counts(report), files_read) == ((0, 0, 0, 2), ["books.txt", "wall.txt"])
    assert (report.generation, encoder.taken()) == (first.generation, [])


def test_a_thorough_run_stores_what_this_version_cuts_otherwise(
    library: Library, encoder: CountingEncoder, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is the same, the passages are not; a plain run leaves them, and no vector is made again."""
    index_folder(library, lambda: encoder, papers)
    encoder.taken()
    whole = indexing.articles_of

    def without_the_last(document: object) -> tuple[object, tuple[Passage, ...], object]:
        articles, passages, repairs = whole(document)  # type: ignore[arg-type]
        return articles, passages[:1], repairs

    monkeypatch.setattr(indexing, "articles_of", without_the_last)
    plain = index_folder(library, lambda: encoder, papers)
    thorough = index_folder(library, lambda: encoder, papers, thorough=True)

    assert (_counts(plain), plain.passages) == ((0, 0, 0, 2), 3)
    assert (_counts(thorough), thorough.passages) == ((0, 1, 0, 1), 2)
    assert encoder.taken() == []


def test_a_changed_document_encodes_only_its_changed_passages_and_sentences(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """One figure changed: the passage and the sentence that hold it, each after its title."""
    index_folder(library, lambda: encoder, papers)
    before = _vectors(library)
    assert len(encoder.taken()) == 5  # three passages and the two sentences of one; a lone sentence is its passage

    (papers / "wall.txt").write_text(WALL.replace("6.35", "7.10"), encoding="utf-8")
    index_folder(library, lambda: encoder, papers)

    assert encoder.taken() == [
        "防洪墙加固\n工程总投资7.10亿元。",
        "防洪墙加固\n新建的防洪墙全长22.2公里。工程总投资7.10亿元。",
    ]
    after = _vectors(library)
    assert after[SITE] == before[SITE]


def test_a_vector_that_is_taken_over_is_the_same_to_the_last_bit(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """After ten changes of the document its untouched passage still has the bytes of the first run."""
    index_folder(library, lambda: encoder, papers)
    first = _vectors(library)[SITE]
    for number in range(10):
        (papers / "wall.txt").write_text(WALL.replace("6.35", f"8.{number}"), encoding="utf-8")
        index_folder(library, lambda: encoder, papers)

    assert _vectors(library)[SITE] == first
    assert np.frombuffer(first, "<f2").any()


def test_a_file_that_was_renamed_and_one_that_was_copied_encode_nothing(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """The texts are in the store already, whatever document they belong to."""
    index_folder(library, lambda: encoder, papers)
    encoder.taken()
    (papers / "sub").mkdir()
    (papers / "wall.txt").rename(papers / "sub" / "wall 2.txt")
    (papers / "copy.txt").write_text(BOOKS, encoding="utf-8")
    report = index_folder(library, lambda: encoder, papers)

    assert (_counts(report), encoder.taken()) == ((2, 0, 1, 1), [])


def test_the_same_content_at_two_paths_is_two_documents(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """Each is found, cited and removed by its own name; the texts are encoded once."""
    (papers / "copy.txt").write_text(BOOKS, encoding="utf-8")
    index_folder(library, lambda: encoder, papers)
    assert len(encoder.taken()) == 5

    passages = [stored.passage for stored in library.contents().passages if "1860" in stored.passage.text]
    assert [passage.id.partition(":")[0] for passage in passages] == ["books.txt", "copy.txt"]
    assert library.document("books.txt") != library.document("copy.txt")

    (papers / "copy.txt").unlink()
    assert _counts(index_folder(library, lambda: encoder, papers)) == (0, 0, 1, 2)
    assert list(library.held()) == ["books.txt", "wall.txt"]


def test_a_damaged_vector_is_not_taken_over(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """The row's hash does not fit any more; the text is encoded again."""
    index_folder(library, lambda: encoder, papers)
    encoder.taken()
    library._file.connection.execute("update passage set vector = zeroblob(128) where text like '副市长%'")
    library._file.connection.execute("update sentence set vector = zeroblob(128)")
    (papers / "wall.txt").write_text(WALL.replace("6.35", "7.10"), encoding="utf-8")
    index_folder(library, lambda: encoder, papers)

    assert f"防洪墙加固\n{SITE}" in encoder.taken()
    assert np.frombuffer(_vectors(library)[SITE], "<f2").any()


def test_a_thorough_run_mends_a_damaged_document(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """Its file is still there to be read."""
    index_folder(library, lambda: encoder, papers)
    library._file.connection.execute("update document set text = replace(text, '22.2', '32.2') where id = 'wall.txt'")
    with pytest.raises(StoreError, match="damaged"):
        library.document("wall.txt")

    assert _counts(index_folder(library, lambda: encoder, papers, thorough=True)) == (0, 1, 0, 1)
    document = library.document("wall.txt")
    assert document is not None and document.text == WALL


def test_removals_concern_only_the_collection_that_is_indexed(
    library: Library, encoder: CountingEncoder, papers: Path, tmp_path: Path
) -> None:
    """Two collections of one store, each from a folder of its own; names say which is which."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "wall.txt").write_text(BOOKS, encoding="utf-8")
    index_folder(library, lambda: encoder, papers)
    added = index_folder(library, lambda: encoder, other, collection="archive")

    assert (_counts(added), list(library.held())) == ((1, 0, 0, 0), ["archive/wall.txt", "books.txt", "wall.txt"])
    document = library.document("archive/wall.txt")
    assert document is not None and (document.collection, document.text) == ("archive", BOOKS)
    assert library.articles("archive/wall.txt")[0].title == "新馆开门"

    (papers / "wall.txt").unlink()
    assert _counts(index_folder(library, lambda: encoder, papers)) == (0, 0, 1, 1)
    (other / "wall.txt").rename(other / "gate.txt")
    assert _counts(index_folder(library, lambda: encoder, other, collection="archive")) == (1, 0, 1, 0)
    assert list(library.held()) == ["archive/gate.txt", "books.txt"]
    assert library.collections() == {"": 1, "archive": 1}
    assert (library.folder_of(""), library.folder_of("archive")) == (papers, other)


def test_a_collection_that_would_hide_a_folder_is_refused_and_nothing_is_stored(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """And a folder that would hide a collection; a bad name as well."""
    (papers / "news").mkdir()
    (papers / "books.txt").rename(papers / "news" / "books.txt")
    index_folder(library, lambda: encoder, papers)
    for name, problem in (("news", "collection news"), ("a/b", "holds a slash")):
        with pytest.raises(SourceError, match=problem):
            index_folder(library, lambda: encoder, papers, collection=name)

    assert library.collections() == {"": 2}


def test_what_cannot_be_listed_now_stays_and_what_is_gone_goes(
    library: Library, encoder: CountingEncoder, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subfolder without permission is not an empty one."""
    for name in ("closed", "open"):
        (papers / name).mkdir()
        (papers / name / "a.txt").write_text(f"{name}\n\n这里是{name}的正文。\n", encoding="utf-8")
    index_folder(library, lambda: encoder, papers)
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    (papers / "open" / "a.txt").unlink()
    report = index_folder(library, lambda: encoder, papers)

    assert (_counts(report), [one.path for one in report.skipped]) == ((0, 0, 1, 2), ["closed"])
    assert list(library.held()) == ["books.txt", "closed/a.txt", "wall.txt"]


def test_a_full_disk_is_told_and_what_was_stored_stays(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """SQLite itself says that it is full; the next run, with room again, stores the rest."""
    index_folder(library, lambda: encoder, papers)
    pages = library._file.connection.execute("pragma page_count").fetchone()[0]
    library._file.connection.execute(f"pragma max_page_count = {pages}")
    (papers / "long.txt").write_text("长文\n\n" + "\n\n".join(f"这是第{n}段的正文。" for n in range(300)), "utf-8")
    with pytest.raises(StoreError, match=r"disk .* is full; what was reported as done is kept\. Make room"):
        index_folder(library, lambda: encoder, papers)
    assert list(library.held()) == ["books.txt", "wall.txt"]

    library._file.connection.execute("pragma max_page_count = 100000")
    assert _counts(index_folder(library, lambda: encoder, papers)) == (1, 0, 0, 2)


def test_a_store_that_cannot_be_written_is_told(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """As on a disk that is mounted for reading."""
    library._file.connection.execute("pragma query_only = on")
    with pytest.raises(StoreError, match=rf"{DATABASE_NAME} cannot be opened or written here .* --store DIR"):
        index_folder(library, lambda: encoder, papers)
