"""A collection gets another name: every id, hash and original follows, nothing is encoded again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from counting_encoder import CountingEncoder

from qa.adding import add_bytes
from qa.errors import SourceError, StoreError
from qa.indexing import index_folder
from qa.originals import uploads_of
from qa.renaming import rename_collection
from qa.shelf import Shelf
from qa.store.library import Library
from qa.verify import verify

NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"
GATE = "闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "闸.txt").write_text(GATE, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, papers: Path) -> Iterator[Library]:
    """Return a store with “news” of a folder and of a brought file, and “other” from standard input."""
    opened = Library.open(tmp_path / "store", create=True)
    index_folder(opened, CountingEncoder, papers, collection="news")
    shelf = Shelf(opened, CountingEncoder)
    (tmp_path / "in").write_text(NOTICE, encoding="utf-8")
    kept = shelf.keep(tmp_path / "in", name="水.txt", collection="news").original
    assert kept is not None
    shelf.read(kept, wait=0)
    add_bytes(opened, CountingEncoder, GATE.encode("utf-8"), name="a.txt", collection="other")
    yield opened
    opened.close()


def test_all_of_a_collection_follows_its_name(tmp_path: Path, papers: Path, library: Library) -> None:
    generation, contents = library.generation(), library.contents()

    assert rename_collection(library, "news", "新闻") == 2

    renamed = library.contents()
    assert library.collections() == {"other": 1, "新闻": 2}
    assert renamed.generation == generation + 1
    assert [one.passage.id for one in renamed.passages] == [
        one.passage.id.replace("news/", "新闻/") for one in contents.passages
    ]
    assert [article.document_id for article in renamed.articles.values()] == [
        "新闻/deep/闸.txt", "新闻/水.txt", "other/a.txt"
    ]  # fmt: skip
    assert (renamed.vectors == contents.vectors).all()
    assert library.damaged_rows() == []
    assert (library.folder_of("news"), library.folder_of("新闻")) == (None, papers)
    assert uploads_of(library.folder).joinpath("新闻", "水.txt").read_text(encoding="utf-8") == NOTICE
    assert not uploads_of(library.folder).joinpath("news").exists()


def test_afterwards_it_is_read_verified_and_indexed_as_if_it_had_always_been_called_so(
    papers: Path, library: Library
) -> None:
    rename_collection(library, "news", "新闻")
    encoder = CountingEncoder()
    shelf = Shelf(library, lambda: encoder)

    report = index_folder(library, lambda: encoder, papers, collection="新闻")

    assert (report.unchanged, report.added, report.removed) == (1, 0, 0)
    assert verify(library, collection="新闻").differences == ()
    assert shelf.is_upload(shelf.holding("新闻/水.txt"))
    assert shelf.read_again("新闻/水.txt", wait=0).changed == 1
    shelf.remove("新闻/水.txt", wait=0)
    assert encoder.encoded == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("news", "", "The name of the collection is empty."),
        ("news", "other", "There is a collection other already."),
        ("news", "a/b", "cannot name a collection: it holds a slash"),
        ("news", "con", "cannot name a collection of uploads"),
        ("news", "folder", "The store holds folder/x.txt, which would be taken for"),
        ("gone", "x", "The store holds no collection gone."),
        ("", "x", "The store holds no document without a collection."),
    ],
)
def test_a_name_that_cannot_be_is_told_and_nothing_changes(library: Library, old: str, new: str, sentence: str) -> None:
    add_bytes(library, CountingEncoder, NOTICE.encode("utf-8"), name="folder/x.txt")
    before = library.generation(), library.held()

    with pytest.raises(SourceError, match=sentence):
        rename_collection(library, old, new)

    assert (library.generation(), library.held()) == before
    assert uploads_of(library.folder).joinpath("news", "水.txt").is_file()


def test_a_damaged_row_is_not_made_whole_by_a_new_hash_and_originals_go_back(library: Library) -> None:
    library._file.connection.execute("update passage set text = 'x' where id like 'news/deep%'")

    with pytest.raises(StoreError, match="is damaged"):
        rename_collection(library, "news", "新闻")

    assert sorted(library.collections()) == ["news", "other"]
    assert uploads_of(library.folder).joinpath("news", "水.txt").is_file()


def test_what_a_power_cut_left_half_done_is_completed_by_the_same_call(library: Library) -> None:
    uploads = uploads_of(library.folder)
    uploads.joinpath("news").rename(uploads / "新闻")

    assert rename_collection(library, "news", "新闻") == 2

    shelf = Shelf(library, CountingEncoder)
    assert shelf.waiting() == [] and shelf.is_upload(shelf.holding("新闻/水.txt"))
