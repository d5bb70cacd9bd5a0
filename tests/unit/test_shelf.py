"""Documents are looked after one by one: taken in, read again, removed, with their originals beside the store."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from counting_encoder import CountingEncoder
from filelock import FileLock

from qa import shelf as shelves
from qa.adding import add_bytes, add_file
from qa.errors import SourceError, StoreBusyError, UnreadableError
from qa.indexing import index_folder
from qa.originals import Original, uploads_of
from qa.shelf import Facts, Shelf
from qa.store.library import Library

NOTICE = "停水通知\n\n东埠区明天上午停水三小时，请居民提前蓄水。\n"
GATE = "闸门检修\n\n闸门检修需要五天，由城南水务所负责。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "store", create=True)
    yield opened
    opened.close()


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return Shelf(library, CountingEncoder)


def brought(tmp_path: Path, content: str | bytes = NOTICE) -> Path:
    file = tmp_path / "incoming"
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return file


def taken(shelf: Shelf, tmp_path: Path, name: str = "水.txt", content: str | bytes = NOTICE) -> Original:
    original = shelf.keep(brought(tmp_path, content), name=name, collection="uploads").original
    assert original is not None
    shelf.read(original, wait=0)
    return original


def test_a_file_is_kept_then_read_and_its_facts_are_known(tmp_path: Path, shelf: Shelf, library: Library) -> None:
    original = taken(shelf, tmp_path)

    (holding,) = shelf.holdings()
    assert (holding.summary.id, holding.summary.collection) == ("uploads/水.txt", "uploads")
    assert holding.source.origin == str(original.path.resolve())
    assert shelf.facts("uploads/水.txt") == Facts(1, 1, 0, ())
    assert shelf.holding("uploads/水.txt").repairs == 0
    assert holding.read_at.startswith("20") and holding.read_at.endswith("+00:00")
    assert shelf.waiting() == []


def test_the_same_bytes_are_taken_in_once(tmp_path: Path, shelf: Shelf) -> None:
    taken(shelf, tmp_path)

    again = shelf.keep(brought(tmp_path), name="另一个名字.txt", collection="uploads")

    assert (again.original, again.known_as) == (None, "uploads/水.txt")
    assert not (tmp_path / "incoming").exists()


def test_other_bytes_of_a_name_stand_beside_the_first(tmp_path: Path, shelf: Shelf) -> None:
    taken(shelf, tmp_path)
    taken(shelf, tmp_path, content=GATE)

    assert [one.summary.id for one in shelf.holdings()] == ["uploads/水 (2).txt", "uploads/水.txt"]


def test_indexing_the_folder_of_the_unnamed_collection_leaves_uploads(
    tmp_path: Path, shelf: Shelf, library: Library
) -> None:
    """Also where the folder holds the store, and the uploads beside it."""
    (tmp_path / "gate.txt").write_text(GATE, encoding="utf-8")
    taken(shelf, tmp_path)

    for _ in range(2):
        report = index_folder(library, CountingEncoder, tmp_path)
        assert [one.summary.id for one in shelf.holdings()] == ["gate.txt", "uploads/水.txt"]
        assert report.removed == 0
    assert not [item for item in report.skipped if "uploads" in item.path]


def test_a_collection_with_a_folder_keeps_what_was_brought_to_it(
    tmp_path: Path, shelf: Shelf, library: Library
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "gate.txt").write_text(GATE, encoding="utf-8")
    taken(shelf, tmp_path)

    index_folder(library, CountingEncoder, papers, collection="uploads")

    assert [one.summary.id for one in shelf.holdings()] == ["uploads/gate.txt", "uploads/水.txt"]


def test_removing_an_upload_removes_its_original(tmp_path: Path, shelf: Shelf) -> None:
    original = taken(shelf, tmp_path)

    shelf.remove("uploads/水.txt", wait=0)

    assert (shelf.holdings(), original.path.exists()) == ([], False)


def test_removing_what_was_added_from_a_file_leaves_that_file(tmp_path: Path, shelf: Shelf, library: Library) -> None:
    file = tmp_path / "gate.txt"
    file.write_text(GATE, encoding="utf-8")
    add_file(library, CountingEncoder, file)

    shelf.remove("gate.txt", wait=0)

    assert (shelf.holdings(), file.read_text(encoding="utf-8")) == ([], GATE)


def test_a_file_of_a_folder_is_read_again_and_not_removed(tmp_path: Path, shelf: Shelf, library: Library) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "gate.txt").write_text(GATE, encoding="utf-8")
    index_folder(library, CountingEncoder, papers)
    (papers / "gate.txt").write_text(GATE.replace("五天", "六天"), encoding="utf-8")

    with pytest.raises(SourceError, match=r"gate\.txt comes from a folder"):
        shelf.remove("gate.txt", wait=0)
    shelf.read_again("gate.txt", wait=0)

    document = library.document("gate.txt")
    assert document is not None and "六天" in document.text
    assert shelf.holding("gate.txt").source.origin == ""
    assert shelf.file_of(shelf.holding("gate.txt")) == papers / "gate.txt"


def test_what_is_read_again_is_stored_anew_though_its_bytes_are_the_same(
    tmp_path: Path, shelf: Shelf, library: Library
) -> None:
    taken(shelf, tmp_path)
    before = library.generation()

    report = shelf.read_again("uploads/水.txt", wait=0)

    assert (report.changed, library.generation()) == (1, before + 1)


def test_a_document_whose_file_is_gone_stays_when_it_should_be_read_again(
    tmp_path: Path, shelf: Shelf, library: Library
) -> None:
    original = taken(shelf, tmp_path)
    add_bytes(library, CountingEncoder, GATE.encode(), name="gate.txt")
    original.path.unlink()

    for name in ("uploads/水.txt", "gate.txt"):
        with pytest.raises(SourceError, match="is gone"):
            shelf.read_again(name, wait=0)
    assert len(shelf.holdings()) == 2


def test_an_original_that_was_not_read_waits_and_can_be_read_or_removed_later(tmp_path: Path, shelf: Shelf) -> None:
    """As after a power cut between keeping and reading, and while another process writes."""
    first = shelf.keep(brought(tmp_path), name="水.txt", collection="uploads").original
    second = shelf.keep(brought(tmp_path, GATE), name="闸.txt", collection="uploads").original
    assert shelf.waiting() == [first, second]

    shelf.read_again("uploads/水.txt", wait=0)
    shelf.remove("uploads/闸.txt", wait=0)

    assert [one.summary.id for one in shelf.holdings()] == ["uploads/水.txt"]
    assert shelf.waiting() == []


def test_a_store_that_another_process_writes_to_is_waited_for_and_then_busy(tmp_path: Path, shelf: Shelf) -> None:
    original = shelf.keep(brought(tmp_path), name="水.txt", collection="uploads").original
    assert original is not None

    with FileLock(tmp_path / "store" / "write.lock", thread_local=False):
        with pytest.raises(StoreBusyError, match="Another process is writing"):
            shelf.read(original, wait=0.1)
        with pytest.raises(StoreBusyError):
            shelf.remove("uploads/水.txt", wait=0.1)
    assert shelf.waiting() == [original]


def test_a_document_cannot_be_removed_while_another_one_is_read(tmp_path: Path, shelf: Shelf) -> None:
    taken(shelf, tmp_path)
    with shelves._TURN:
        problems: list[str] = []

        def remove() -> None:
            try:
                shelf.remove("uploads/水.txt", wait=0.1)
            except StoreBusyError as error:
                problems.append(error.problem)

        other = threading.Thread(target=remove)
        other.start()
        other.join()
    assert problems == ["Another document is being read."]
    assert len(shelf.holdings()) == 1


def test_what_was_removed_before_its_turn_is_said_so(tmp_path: Path, shelf: Shelf) -> None:
    original = shelf.keep(brought(tmp_path), name="水.txt", collection="uploads").original
    assert original is not None
    shelf.remove("uploads/水.txt", wait=0)

    with pytest.raises(SourceError, match="It was removed before it was read"):
        shelf.read(original, wait=0)


def test_an_original_that_cannot_be_read_is_forgotten_only_if_nothing_is_stored_of_it(
    tmp_path: Path, shelf: Shelf
) -> None:
    broken = shelf.keep(brought(tmp_path, b"MZ\0\0" * 99), name="改名.txt", collection="uploads").original
    assert broken is not None
    with pytest.raises(UnreadableError) as raised:
        shelf.read(broken, wait=0)
    good = taken(shelf, tmp_path)

    shelf.forget(broken)
    shelf.forget(good)

    assert raised.value.reason == "This is binary data, not text."
    assert (broken.path.exists(), good.path.exists()) == (False, True)


def test_a_collection_is_removed_with_all_that_was_brought_to_it(tmp_path: Path, shelf: Shelf) -> None:
    taken(shelf, tmp_path)
    shelf.keep(brought(tmp_path, GATE), name="闸.txt", collection="uploads")

    assert shelf.remove_collection("uploads", wait=0) == 2
    assert (shelf.holdings(), shelf.waiting(), list(uploads_of(tmp_path / "store").iterdir())) == ([], [], [])
    with pytest.raises(SourceError):
        shelf.remove_collection("uploads", wait=0)


def test_repairs_are_counted_when_somebody_looks_and_kept(tmp_path: Path, shelf: Shelf, library: Library) -> None:
    marked = "今年的**茶叶**收了三百斤，比去年多了一成。\n"
    add_bytes(library, CountingEncoder, marked.encode(), name="tea.md")
    (uncounted,) = shelf.holdings()

    assert uncounted.repairs is None
    assert [one.repairs for one in shelf.counted([uncounted], seconds=0)] == [None]
    assert [one.repairs for one in shelf.counted([uncounted], seconds=9)] == [2]
    assert shelf.holding("tea.md").repairs == 2


def test_originals_are_found_where_the_store_was_moved(tmp_path: Path, library: Library, shelf: Shelf) -> None:
    taken(shelf, tmp_path)
    library.close()
    (tmp_path / "else").mkdir()
    (tmp_path / "store").rename(tmp_path / "else" / "store")
    (tmp_path / "store.uploads").rename(tmp_path / "else" / "store.uploads")

    moved = Library.open(tmp_path / "else" / "store")
    again = Shelf(moved, CountingEncoder)
    file = again.file_of(again.holding("uploads/水.txt"))
    moved.close()

    assert file == tmp_path / "else" / "store.uploads" / "uploads" / "水.txt"
