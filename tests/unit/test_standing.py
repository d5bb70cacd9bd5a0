"""A store whose file is replaced, lost or damaged while it is open: noticed, and used again when it is back."""

import shutil
from pathlib import Path

import pytest
from counting_encoder import CountingEncoder

from qa.adding import add_bytes
from qa.errors import StoreError, StoreMissingError
from qa.overview.kept import Overviews
from qa.searching import Searching
from qa.store.database import DATABASE_NAME
from qa.store.library import Library

GATE, WATER = "闸门检修需要五天。\n", "停水三小时，请居民蓄水。\n"


def made(folder: Path, name: str, text: str) -> Library:
    library = Library.open(folder, create=True)
    add_bytes(library, CountingEncoder, text.encode(), name=name)
    return library


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A store with another document, and the same generation."""
    made(tmp_path / "other", "water.txt", WATER).close()
    return tmp_path / "other"


def test_a_folder_in_its_place_is_read_at_once_and_searched(tmp_path: Path, other: Path) -> None:
    library = made(tmp_path / "store", "gate.txt", GATE)
    searching = Searching(library, CountingEncoder)
    before = searching.current()
    (tmp_path / "store").rename(tmp_path / "old")
    other.rename(tmp_path / "store")

    assert [one.id for one in library.documents()] == ["water.txt"]
    assert searching.current().contents.generation == before.contents.generation
    assert [one.passage.text for one in searching.current().contents.passages] == [WATER.strip()]
    assert library.opened == 2
    library.close()


def test_a_lost_file_is_missed_and_what_is_put_back_is_read(tmp_path: Path) -> None:
    library = made(tmp_path / "store", "gate.txt", GATE)
    (tmp_path / "store").rename(tmp_path / "away")

    for _ in range(2):
        with pytest.raises(StoreMissingError, match=r"The index in .* is gone\. Put it back, or build it again"):
            library.documents()
    with pytest.raises(StoreMissingError):
        library.remove_documents(["gate.txt"])
    assert not (tmp_path / "store").exists()

    (tmp_path / "away").rename(tmp_path / "store")
    assert [one.id for one in library.documents()] == ["gate.txt"]
    library.close()


@pytest.mark.parametrize("contents", [b"", b"no store at all " * 1000], ids=["empty", "foreign"])
def test_a_damaged_file_is_refused_and_a_good_one_taken_again(tmp_path: Path, contents: bytes) -> None:
    library = made(tmp_path / "store", "gate.txt", GATE)
    file = tmp_path / "store" / DATABASE_NAME
    library.close()
    shutil.copy(file, tmp_path / "copy")
    library = Library.open(tmp_path / "store")
    (tmp_path / "bad").write_bytes(contents)
    (tmp_path / "bad").replace(file)

    for _ in range(2):
        with pytest.raises(StoreError, match="is damaged"):
            library.documents()
    assert file.read_bytes() == contents  # left as it is

    (tmp_path / "copy").replace(file)
    assert [one.id for one in library.documents()] == ["gate.txt"]
    library.close()


def test_figures_of_another_store_of_the_same_generation_are_counted_anew(tmp_path: Path, other: Path) -> None:
    made(tmp_path / "store", "gate.txt", GATE * 3).close()
    overviews = Overviews(tmp_path / "store")
    first = overviews.figures(1)
    shutil.rmtree(tmp_path / "store")
    other.rename(tmp_path / "store")

    assert overviews.figures(1).generation == first.generation
    assert overviews.figures(1) != first
