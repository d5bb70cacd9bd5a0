"""`verify`: every difference between the store and its files, and between a row and its hash, is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa import verify as verifying
from qa.adding import add_bytes, add_file
from qa.errors import SourceError
from qa.indexing import index_folder
from qa.store.library import Library
from qa.types import Document, Skipped
from qa.verify import Verified, verify

NOTICE = "停水通知\n\n东埠区明天上午停水三小时,请居民提前蓄水。\n"
ENCODER = HashingEncoder(64)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("gate", "wall", "water"):
        (folder / f"{name}.txt").write_text(f"{name}\n\n{NOTICE}", encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, papers: Path) -> Iterator[Library]:
    """A folder of three papers, one from standard input, and a file of its own in a collection with a name."""
    (tmp_path / "lone.txt").write_text(NOTICE, encoding="utf-8")
    opened = Library.open(tmp_path / "store", create=True)
    index_folder(opened, lambda: ENCODER, papers)
    add_bytes(opened, lambda: ENCODER, NOTICE.encode(), name="stdin.txt")
    add_file(opened, lambda: ENCODER, tmp_path / "lone.txt", collection="news")
    yield opened
    opened.close()


def _said(found: Verified) -> list[tuple[str, str]]:
    return [(difference.document_id, difference.what) for difference in found.differences]


def test_a_store_that_agrees_with_its_files_has_no_differences(library: Library) -> None:
    """What came from standard input has no file to be compared with."""
    found = verify(library)

    assert (found.documents, found.compared, found.differences) == (5, 4, ())


def test_a_changed_a_lost_and_a_new_file_are_told(library: Library, papers: Path, tmp_path: Path) -> None:
    """In order of name; nothing is stored."""
    (papers / "gate.txt").write_text("gate\n", encoding="utf-8")
    (papers / "wall.txt").unlink()
    (papers / "zoo.txt").write_text(NOTICE, encoding="utf-8")
    (papers / "water.txt").write_bytes(b"\x7fELF" + bytes(500))
    (tmp_path / "lone.txt").unlink()
    generation = library.generation()

    assert _said(verify(library)) == [
        ("gate.txt", "The file has changed since it was indexed."),
        ("news/lone.txt", "The file is gone."),
        ("wall.txt", "The file is gone."),
        ("water.txt", "The file has changed since it was indexed."),
        ("zoo.txt", "The file is not in the store."),
    ]
    assert library.generation() == generation


def test_a_text_that_is_read_otherwise_now_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an update of Wenju: the bytes are the same, what is taken out of them is not."""
    read = verifying.document_of

    def otherwise(name: str, data: bytes, **_: object) -> Document | Skipped:
        if name == "wall.txt":
            return read(name, data.replace("三".encode(), "五".encode()))
        return Skipped(name, "It is read no more.") if name == "gate.txt" else read(name, data)

    monkeypatch.setattr(verifying, "document_of", otherwise)

    assert _said(verify(library)) == [
        ("gate.txt", "The same bytes cannot be read any more. It is read no more."),
        ("wall.txt", "The same bytes are read otherwise than when they were indexed."),
    ]


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("document", "update document set text = replace(text, '三', '五') where id = 'wall.txt'"),
        ("document", "update document set text = cast(x'ff' as text) where id = 'wall.txt'"),
        ("article", "update article set blocks = replace(blocks, '三', '五') where id like 'wall.txt#%'"),
        ("passage", "update passage set text = replace(text, '三', '五') where id like 'wall.txt:%'"),
        ("passage", "update passage set vector = zeroblob(128) where id like 'wall.txt:%'"),
        (
            "sentence",
            "update sentence set stop = stop - 1 where passage in (select number from passage "
            "where id like 'wall.txt:%')",
        ),
    ],
)
def test_every_row_that_is_not_what_was_written_is_told(library: Library, kind: str, damage: str) -> None:
    """SQLite itself does not notice; the name of the document is given."""
    library._file.connection.execute(damage)

    assert set(_said(verify(library))) == {("wall.txt", f"The stored {kind} is damaged: it is not what was written.")}


def test_a_folder_that_moved_can_be_named(library: Library, papers: Path, tmp_path: Path) -> None:
    """Until then it is said that its files were not compared; rows and other collections are, all the same."""
    papers.rename(tmp_path / "moved")

    found = verify(library)
    assert (found.documents, found.compared) == (5, 1)
    assert _said(found) == [("", f"The files of the documents were not compared. There is no folder {papers}.")]
    assert verify(library, folder=tmp_path / "moved").differences == ()


def test_an_older_store_does_not_know_its_folder(library: Library, papers: Path) -> None:
    """The command that names it is told."""
    library._file.connection.execute("delete from setting where name = 'folder:'")

    assert _said(verify(library)) == [
        ("", "The store does not say which folder the documents came from; name it: wenju verify FOLDER")
    ]
    assert verify(library, folder=papers).compared == 3


def test_one_collection_can_be_looked_at_alone(library: Library, papers: Path) -> None:
    """An unknown one, and a folder that is not there, are mistakes."""
    (papers / "gate.txt").unlink()

    found = verify(library, collection="news")
    assert (found.documents, found.compared, found.differences) == (1, 1, ())
    with pytest.raises(SourceError, match=r"no collection nwes\. Did you mean news\?"):
        verify(library, collection="nwes")
    with pytest.raises(SourceError, match="There is no folder"):
        verify(library, folder=papers / "nowhere")
