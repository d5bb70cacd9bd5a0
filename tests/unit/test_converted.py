"""Files that are made once and kept: what makes them be made again, and what a crash leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from qa.answer.converted import MANIFEST, kept_folder


class Maker:
    """Writes two small files and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        (folder / "graph.xml").write_text("<graph/>", encoding="utf-8")
        sleep(0.05)  # long enough for another one to look
        (folder / "graph.bin").write_bytes(b"weights")


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    maker = Maker()

    first = kept_folder(tmp_path / "graphs" / "a", maker)
    second = kept_folder(tmp_path / "graphs" / "a", maker)

    assert first == second == tmp_path / "graphs" / "a"
    assert maker.times == 1
    assert sorted(path.name for path in first.iterdir()) == ["graph.bin", "graph.xml", MANIFEST]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.bin", b"weighty"),  # as long as before
        ("graph.bin", b"weigh"),
        ("graph.xml", b""),
        (MANIFEST, b"{}"),
        (MANIFEST, b"[]"),
        (MANIFEST, b"not JSON"),
        (MANIFEST, b"\xff"),
        ("graph.bin", None),
        (MANIFEST, None),
    ],
)
def test_whatever_is_wrong_with_a_file_it_is_made_again(tmp_path: Path, name: str, content: bytes | None) -> None:
    maker = Maker()
    folder = kept_folder(tmp_path / "a", maker)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)

    kept_folder(folder, maker)

    assert maker.times == 2
    assert (folder / "graph.bin").read_bytes() == b"weights"
    kept_folder(folder, maker)
    assert maker.times == 2


def test_a_failure_half_way_leaves_nothing_and_the_next_one_makes_it(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "graph.xml").write_text("<gra", encoding="utf-8")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        kept_folder(tmp_path / "a", fail)

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
    assert (kept_folder(tmp_path / "a", Maker()) / "graph.bin").read_bytes() == b"weights"


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "a.tmp-12ab"
    left.mkdir()
    (left / "graph.xml").write_text("<gra", encoding="utf-8")

    kept_folder(tmp_path / "a", Maker())

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["a"]


def test_of_several_at_once_one_makes_it_and_the_others_wait(tmp_path: Path) -> None:
    maker = Maker()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: kept_folder(tmp_path / "a", maker), range(4)))

    assert maker.times == 1
