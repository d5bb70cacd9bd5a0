"""Files that people bring are kept beside the store under safe names, whole or not at all, and never over another."""

from pathlib import Path

import pytest

from qa import originals
from qa.errors import SourceError
from qa.originals import checked_folder, find, keep, kept, safe_name, uploads_of


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("河阳日报 5月.txt", "河阳日报 5月.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "upload"),
        ("..", "upload"),
        ("", "upload"),
        (".txt", "upload.txt"),
        (".htaccess", "upload.htaccess"),
        ("a\x00b\nc\x1b.txt", "ab c.txt"),
        ("账\u202etxt.exe", "账txt.exe"),
        ('a<b>:"c|?*.md', "a_b___c___.md"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("name. ", "name"),
        ("Zu\u0308rich.txt", "Zürich.txt"),
        ("\udcff.txt", "_.txt"),
    ],
)
def test_names_are_made_safe_and_keep_their_ending(given: str, safe: str) -> None:
    assert safe_name(given) == safe
    assert safe_name(safe) == safe


def test_a_long_name_is_cut_in_its_middle_so_that_every_file_system_takes_it() -> None:
    name = safe_name("长" * 400 + ".docx")

    assert name == "长" * 58 + ".docx"
    assert len(name.encode("utf-8")) <= originals.LONGEST_NAME


@pytest.mark.parametrize("name", ["a:b", ".hidden", "aux", "x" * 65, "a/b", ""])
def test_a_collection_of_uploads_must_be_able_to_name_a_folder(name: str) -> None:
    with pytest.raises(SourceError):
        checked_folder(name)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return uploads_of(tmp_path / "store")


def brought(folder: Path, content: str) -> Path:
    file = folder / "incoming"
    file.write_text(content, encoding="utf-8")
    return file


def test_a_file_is_moved_beside_the_store_and_found_again(tmp_path: Path, place: Path) -> None:
    original = keep(place, brought(tmp_path, "水"), collection="uploads", name="水.txt")

    assert original.path == tmp_path / "store.uploads" / "uploads" / "水.txt"
    assert original.path.read_text(encoding="utf-8") == "水"
    assert not (tmp_path / "incoming").exists()
    assert kept(place) == [original] == [find(place, collection="uploads", name="水.txt")]
    assert original.path.stat().st_mode & 0o077 == 0  # nobody else's business


def test_another_file_of_the_name_gets_a_number_and_the_same_one_is_kept_once(tmp_path: Path, place: Path) -> None:
    names = [
        keep(place, brought(tmp_path, content), collection="uploads", name="a.txt", taken={"a (2).txt"}).name
        for content in ("甲", "乙", "甲", "丙")
    ]

    assert names == ["a.txt", "a (3).txt", "a.txt", "a (4).txt"]
    assert [one.path.read_text(encoding="utf-8") for one in kept(place)] == ["乙", "丙", "甲"]


def test_a_disk_that_is_full_leaves_nothing_half_written(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(originals.shutil, "copyfileobj", full)

    with pytest.raises(OSError, match="No space left"):
        keep(place, brought(tmp_path, "水"), collection="uploads", name="水.txt")
    assert [path.name for path in place.rglob("*")] == ["uploads"]


def test_a_file_system_without_links_keeps_files_as_well(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("links are not known here")

    monkeypatch.setattr(originals.os, "link", no_links)

    names = [keep(place, brought(tmp_path, text), collection="uploads", name="a.txt").name for text in ("甲", "乙")]
    assert names == ["a.txt", "a (2).txt"]


@pytest.mark.parametrize(("collection", "name"), [("..", "x"), ("uploads", "../x"), ("", "x"), ("uploads", "no.txt")])
def test_nothing_outside_is_found(tmp_path: Path, place: Path, collection: str, name: str) -> None:
    keep(place, brought(tmp_path, "水"), collection="uploads", name="水.txt")
    (tmp_path / "x").write_text("other", encoding="utf-8")

    assert find(place, collection=collection, name=name) is None


def test_a_link_is_no_original(tmp_path: Path, place: Path) -> None:
    (place / "uploads").mkdir(parents=True)
    (place / "uploads" / "x.txt").symlink_to(tmp_path / "secret")

    assert (kept(place), find(place, collection="uploads", name="x.txt")) == ([], None)


def test_the_folder_goes_with_its_last_original(tmp_path: Path, place: Path) -> None:
    original = keep(place, brought(tmp_path, "水"), collection="uploads", name="水.txt")

    originals.remove(original)
    originals.remove(original)

    assert list(place.iterdir()) == []
