"""Bad input through the command line: one sentence that says what to do, exit code 2, and nothing stored is lost.

Where a folder holds good files besides, these are read and the exit code is 3. Bad stores are in test_bad_store.py.

Runs with the hashing encoder; the real model is in test_cli_real.py.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import BRIDGE, PARK, QUESTION, Wenju, answer_of, assert_refused


def _folder(tmp_path: Path, **files: bytes) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.txt").write_bytes(data)
    return folder


# Folders and files


def test_an_empty_folder_is_refused_and_the_store_still_answers(wenju: Wenju, store: Path, tmp_path: Path) -> None:
    before = answer_of(wenju)

    assert_refused(wenju("index", _folder(tmp_path)), "nothing to read", str(tmp_path / "given"), ".txt, .md")
    assert answer_of(wenju) == before


def test_a_folder_that_is_not_there_is_refused_and_the_store_still_answers(
    wenju: Wenju, store: Path, tmp_path: Path
) -> None:
    before = answer_of(wenju)

    assert_refused(wenju("index", tmp_path / "gone"), str(tmp_path / "gone"))
    assert answer_of(wenju) == before


def test_a_bad_file_named_by_itself_is_refused_and_the_store_still_answers(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    before = answer_of(wenju)
    (papers / "park.txt").write_bytes(b"\x7fELF" + bytes(500))
    (papers / "park.xyz").write_text(PARK, encoding="utf-8")

    assert_refused(wenju("index", papers / "park.txt"), "park.txt", "program")
    assert_refused(wenju("index", papers / "park.xyz"), "park.xyz", "format")
    assert answer_of(wenju) == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, "program"),
        (bytes(range(256)) * 40, "not text"),
        (b"", "empty"),
    ],
)
def test_a_folder_with_nothing_but_a_bad_file_is_refused_with_the_reason(
    data: bytes, reason: str, wenju: Wenju, store: Path, tmp_path: Path
) -> None:
    before = answer_of(wenju)

    assert_refused(wenju("index", _folder(tmp_path, bad=data)), "bad.txt", reason)
    assert answer_of(wenju) == before


def test_bad_files_among_good_ones_are_named_and_counted_and_the_good_ones_answer(wenju: Wenju, papers: Path) -> None:
    (papers / "program.txt").write_bytes(b"\x7fELF" + bytes(500))
    (papers / "empty.txt").write_bytes(b"")
    (papers / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (papers / "folder.txt").mkdir()

    ran = wenju("index", papers)

    assert ran.code == 3
    assert sorted(line.partition(":")[0] for line in ran.out.splitlines() if line.startswith("skipped ")) == [
        "skipped empty.txt",
        "skipped picture.png",
        "skipped program.txt",
    ]
    assert "2 files, 2 articles, " in ran.out.splitlines()[-1]
    assert ", 3 skipped; " in ran.out.splitlines()[-1]
    assert answer_of(wenju)["citations"] is not None


def test_a_file_that_became_bad_keeps_what_was_read_of_it_before(wenju: Wenju, store: Path, papers: Path) -> None:
    before = answer_of(wenju)
    (papers / "park.txt").write_bytes(b"\x7fELF" + bytes(500))

    assert wenju("index", papers).code == 3
    assert answer_of(wenju)["hits"] == before["hits"]


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Be nobody for a while where we are root, who may read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_without_permission_is_named_and_the_rest_is_read(wenju: Wenju, papers: Path) -> None:
    wenju("index", papers)  # so that everything is imported before privileges are given up
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to others
        Path(place).chmod(0o777)
        folder = Path(shutil.copytree(papers, Path(place) / "papers"))
        (folder / "secret.txt").write_text(PARK, encoding="utf-8")
        (folder / "secret.txt").chmod(0)

        with _without_privileges():
            ran = wenju("index", folder, "--store", Path(place) / "store")

    assert (ran.code, ran.err.count("Traceback")) == (3, 0)
    assert "skipped secret.txt: The file cannot be read (permission denied)." in ran.out
    assert "2 files, " in ran.out


def test_a_folder_without_permission_is_refused(wenju: Wenju, papers: Path) -> None:
    wenju("index", papers)
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        folder = Path(shutil.copytree(papers, Path(place) / "papers"))
        folder.chmod(0)

        with _without_privileges():
            ran = wenju("index", folder, "--store", Path(place) / "store")
        folder.chmod(0o700)

    assert_refused(ran, str(folder))


@pytest.mark.parametrize("exists", [True, False])
def test_a_store_in_a_folder_without_permission_to_write_is_refused(
    exists: bool, wenju: Wenju, papers: Path, tmp_path: Path
) -> None:
    wenju("index", papers)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(papers, Path(place) / "papers"))
        if exists:
            shutil.copytree(tmp_path / "store", Path(place) / "store")
            (folder / "new.txt").write_text(BRIDGE, encoding="utf-8")
        for entry in (Path(place), *Path(place).rglob("*")):
            entry.chmod(0o555 if entry.is_dir() else 0o444)

        with _without_privileges():
            ran = wenju("index", folder, "--store", Path(place) / "store")

    assert_refused(ran, str(Path(place) / "store"), "--store DIR")


def test_a_pipe_named_txt_does_not_hang_the_index(wenju: Wenju, papers: Path) -> None:
    os.mkfifo(papers / "pipe.txt")

    ran = wenju("index", papers)

    assert ran.code == 3
    assert "skipped pipe.txt: This is not a regular file" in ran.out


@pytest.mark.parametrize("sentence", ["河阳县的桥已经修好，今天通车。", "河阳县的桥已经修好今天通车"])
def test_a_line_of_two_megabytes_is_read_and_found(sentence: str, wenju: Wenju, papers: Path) -> None:
    """With and without anything to cut it at."""
    (papers / "long.txt").write_text(sentence * (2_000_000 // len(sentence.encode())), encoding="utf-8")

    ran = wenju("index", papers)

    assert (ran.code, ran.out.count("skipped ")) == (0, 0)
    assert json.loads(wenju("search", sentence, "--json").out)[0]["source"] == "long.txt"


def test_a_name_with_a_newline_is_named_on_one_line_and_the_rest_is_read(wenju: Wenju, papers: Path) -> None:
    (papers / "two\nlines.txt").write_text(PARK, encoding="utf-8")

    ran = wenju("index", papers)

    assert ran.code == 3
    (named,) = [line for line in ran.out.splitlines() if line.startswith("skipped ")]
    assert "two" in named
    assert "lines.txt: The file name holds a newline" in named


def test_a_name_with_a_newline_alone_is_refused_on_one_line(wenju: Wenju, tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "two\nlines.txt").write_text(PARK, encoding="utf-8")

    ran = wenju("index", folder)

    assert_refused(ran, "two", "lines.txt", "rename the file")


# Questions


@pytest.mark.parametrize(("question", "word"), [("", "empty"), (" 　\n", "empty"), ("问" * 20_000, "20000")])
def test_an_empty_or_endless_question_is_refused(question: str, word: str, wenju: Wenju, store: Path) -> None:
    before = answer_of(wenju)

    assert_refused(wenju("ask", question), "question", word)
    assert_refused(wenju("search", question), word)
    assert answer_of(wenju) == before


def test_a_document_or_span_that_is_not_there_is_refused(wenju: Wenju, store: Path) -> None:
    assert_refused(wenju("show", "gone.txt"), "gone.txt")
    assert_refused(wenju("show", "park.txt", "--span", "5:999999"), "5:999999")
    assert_refused(wenju("show", "../papers/park.txt"), "../papers/park.txt")


# Models


def test_a_store_made_with_another_model_is_refused_by_name_and_stays_as_it_is(
    wenju: Wenju, store: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answer_of(wenju)
    (papers / "new.txt").write_text(BRIDGE.replace("柳渡", "竹溪"), encoding="utf-8")

    monkeypatch.setenv("WENJU_MODEL", "hashing:64")
    for arguments in (("ask", QUESTION), ("search", QUESTION), ("index", papers)):
        assert_refused(wenju(*arguments), "hashing-256", "hashing-64", "wenju index FOLDER --store DIR")
    monkeypatch.setenv("WENJU_MODEL", "hashing")

    assert answer_of(wenju) == before


def test_a_model_that_does_not_exist_is_refused(wenju: Wenju, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_MODEL", "hashing:none")

    assert_refused(wenju("ask", QUESTION), "hashing:none")
