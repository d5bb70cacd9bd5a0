"""One document at a time: from standard input, from a file, and taken out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from counting_encoder import CountingEncoder

from qa.adding import add_bytes, add_file
from qa.errors import SourceError
from qa.indexing import index_folder
from qa.store.library import Library
from qa.store.rows import Source

NOTICE = "停水通知\n\n东埠区明天上午停水三小时,请居民提前蓄水。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "store", create=True)
    yield opened
    opened.close()


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def papers(tmp_path: Path, library: Library, encoder: CountingEncoder) -> Path:
    """A folder of one paper in a subfolder, indexed."""
    (tmp_path / "papers" / "sub").mkdir(parents=True)
    (tmp_path / "papers" / "sub" / "gate.txt").write_text("闸门检修\n\n闸门检修需要五天。\n", encoding="utf-8")
    index_folder(library, lambda: encoder, tmp_path / "papers")
    encoder.taken()
    return tmp_path / "papers"


def test_bytes_become_a_document_and_the_others_stay(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """Any encoding that a file may have; its name tells the format."""
    report = add_bytes(library, lambda: encoder, NOTICE.encode("gb18030"), name="notices/water.txt")

    assert (report.added, report.removed, report.documents) == (1, 0, 2)
    document = library.document("notices/water.txt")
    assert document is not None and (document.text, document.encoding) == (NOTICE, "gb18030")
    assert library.held()["notices/water.txt"].source == Source(origin="-")


def test_bytes_under_the_same_name_replace_the_document_if_they_differ(
    library: Library, encoder: CountingEncoder
) -> None:
    """The same bytes again change nothing, not even the generation."""
    add_bytes(library, lambda: encoder, NOTICE.encode(), name="water.txt")
    same = add_bytes(library, lambda: encoder, NOTICE.encode(), name="water.txt")
    other = add_bytes(library, lambda: encoder, NOTICE.replace("三", "五").encode(), name="water.txt")

    assert (same.unchanged, same.generation) == (1, 1)
    assert (other.changed, other.generation, other.documents) == (1, 2, 1)


def test_what_was_added_by_itself_stays_when_the_folder_is_indexed_again(
    library: Library, encoder: CountingEncoder, papers: Path
) -> None:
    """It was never in the folder, so it is not gone from it; what really is gone goes."""
    add_bytes(library, lambda: encoder, NOTICE.encode(), name="water.txt")
    (papers / "sub" / "gate.txt").rename(papers / "gate.txt")
    report = index_folder(library, lambda: encoder, papers)

    assert (report.added, report.removed) == (1, 1)
    assert list(library.held()) == ["gate.txt", "water.txt"]


def test_a_file_of_the_folder_keeps_its_path_there(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """It replaces the very document that the folder's run would replace, and goes when the file goes."""
    file = papers / "sub" / "gate.txt"
    file.write_text("闸门检修\n\n闸门检修需要九天。\n", encoding="utf-8")
    report = add_file(library, lambda: encoder, file)

    assert (report.changed, list(library.held())) == (1, ["sub/gate.txt"])
    assert index_folder(library, lambda: encoder, papers).unchanged == 1
    (papers / "other.txt").write_text(NOTICE, encoding="utf-8")
    file.unlink()
    assert index_folder(library, lambda: encoder, papers).removed == 1


def test_any_other_file_is_named_as_it_is_and_stays(
    library: Library, encoder: CountingEncoder, papers: Path, tmp_path: Path
) -> None:
    """Also in a collection with a name; once the folder holds one of that name, it is the folder's."""
    file = tmp_path / "water.txt"
    file.write_text(NOTICE, encoding="utf-8")
    add_file(library, lambda: encoder, file)
    add_file(library, lambda: encoder, file, collection="news")

    assert list(library.held()) == ["news/water.txt", "sub/gate.txt", "water.txt"]
    assert library.held()["water.txt"].source.origin == str(file)
    assert index_folder(library, lambda: encoder, papers).removed == 0

    (papers / "water.txt").write_text(NOTICE, encoding="utf-8")
    index_folder(library, lambda: encoder, papers)
    assert library.held()["water.txt"].source.origin == ""
    (papers / "water.txt").unlink()
    assert index_folder(library, lambda: encoder, papers).removed == 1


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "a.txt", "The file is empty"),
        (b"\x7fELF" + bytes(500), "a.txt", "program"),
        (NOTICE.encode(), "a.xyz", "format is not read"),
        (NOTICE.encode(), "../a.txt", "cannot name a document"),
        (NOTICE.encode(), "sub", "format is not read"),
    ],
)
def test_what_cannot_be_read_or_named_is_refused_and_nothing_is_stored(
    data: bytes, name: str, problem: str, library: Library, encoder: CountingEncoder
) -> None:
    """With the reason; the encoder is not even opened."""
    with pytest.raises(SourceError, match=problem):
        add_bytes(library, lambda: pytest.fail("opened"), data, name=name)
    assert library.counts() == (0, 0, 0)


def test_a_name_of_another_collection_is_refused(library: Library, encoder: CountingEncoder) -> None:
    """`news/a.txt` would be two documents."""
    add_bytes(library, lambda: encoder, NOTICE.encode(), name="a.txt", collection="news")
    with pytest.raises(SourceError, match="collection news"):
        add_bytes(library, lambda: encoder, NOTICE.encode(), name="news/b.txt")


def test_a_removed_document_can_be_added_again(library: Library, encoder: CountingEncoder, papers: Path) -> None:
    """With all that belongs to it; its texts are encoded anew, for their vectors went with it."""
    library.remove_documents(["sub/gate.txt"])
    assert library.counts() == (0, 0, 0)

    assert index_folder(library, lambda: encoder, papers).added == 1
    assert encoder.taken() == ["闸门检修\n闸门检修需要五天。"]
