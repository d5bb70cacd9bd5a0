"""Bad input through the command line: one sentence that says what to do, exit code 2, and nothing stored is lost.

Where a folder holds good files besides, these are read and the exit code is 3.

Runs with the hashing encoder; the real model is in test_cli_real.py.
"""

import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from qa.cli import main

PARK = """湖心公园五月一日开放

本报讯（记者 甲乙）河阳县的湖心公园将在五月一日向市民开放，全园免收门票，园内修了三公里步道。

公园占地二十公顷，去年三月动工，由河阳县园林处管理，每天早上六点开门，晚上九点关门。
"""
BRIDGE = """柳渡大桥修好通车

本报讯（记者 丙丁）柳渡大桥经过八个月的修补，昨天恢复通车，货车限重三十吨。
"""
QUESTION = "湖心公园什么时候开放？"


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str


Wenju = Callable[..., Ran]


@pytest.fixture
def wenju(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenju:
    """Return a function that runs a command in an empty folder with the hashing encoder and a store of its own."""
    for variable in [name for name in os.environ if name.upper().startswith("WENJU_")]:
        monkeypatch.delenv(variable)
    for name, value in (("MODEL", "hashing"), ("RERANKER", "none"), ("ANSWERER", "sentence"), ("STORE", "store")):
        monkeypatch.setenv(f"WENJU_{name}", str(tmp_path / value) if name == "STORE" else value)
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "park.txt").write_text(PARK, encoding="utf-8")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return folder


@pytest.fixture
def store(wenju: Wenju, papers: Path, tmp_path: Path) -> Path:
    """Return the folder of a good store, the default one of `wenju`."""
    assert wenju("index", papers).code == 0
    return tmp_path / "store"


def _answer(wenju: Wenju) -> dict[str, Any]:
    """Return the served answer without its timings; the exit code says whether it is one."""
    ran = wenju("ask", QUESTION, "--json")
    value: dict[str, Any] = json.loads(ran.out)
    assert ran.code == (1 if value["abstained"] else 0)
    assert value["hits"][0]["source"] == "park.txt"
    del value["timings_ms"]
    return value


def _refused(ran: Ran, *words: str) -> None:
    """Check for exit code 2 and a last line that holds these words; nothing on standard output, no traceback."""
    said = ran.err.splitlines()[-1]
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert [word for word in words if word not in said] == []
    assert re.search(r"[.。] [“A-Z0-9]", said), "a problem, then its remedy"


def _folder(tmp_path: Path, **files: bytes) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def _database(store: Path) -> Path:
    """Return the SQLite file of a store."""
    (found,) = [file for file in store.iterdir() if file.is_file() and file.read_bytes()[:15] == b"SQLite format 3"]
    return found


# Folders and files


def test_an_empty_folder_is_refused_and_the_store_still_answers(wenju: Wenju, store: Path, tmp_path: Path) -> None:
    before = _answer(wenju)

    _refused(wenju("index", _folder(tmp_path)), "nothing to read", str(tmp_path / "given"), ".txt, .md")
    assert _answer(wenju) == before


def test_a_folder_that_is_not_there_is_refused_and_the_store_still_answers(
    wenju: Wenju, store: Path, tmp_path: Path
) -> None:
    before = _answer(wenju)

    _refused(wenju("index", tmp_path / "gone"), str(tmp_path / "gone"))
    assert _answer(wenju) == before


def test_a_bad_file_named_by_itself_is_refused_and_the_store_still_answers(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    before = _answer(wenju)
    (papers / "park.txt").write_bytes(b"\x7fELF" + bytes(500))
    (papers / "park.xyz").write_text(PARK, encoding="utf-8")

    _refused(wenju("index", papers / "park.txt"), "park.txt", "program")
    _refused(wenju("index", papers / "park.xyz"), "park.xyz", "format")
    assert _answer(wenju) == before


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
    before = _answer(wenju)

    _refused(wenju("index", _folder(tmp_path, bad=data)), "bad.txt", reason)
    assert _answer(wenju) == before


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
    assert _answer(wenju)["citations"] is not None


def test_a_file_that_became_bad_keeps_what_was_read_of_it_before(wenju: Wenju, store: Path, papers: Path) -> None:
    before = _answer(wenju)
    (papers / "park.txt").write_bytes(b"\x7fELF" + bytes(500))

    assert wenju("index", papers).code == 3
    assert _answer(wenju)["hits"] == before["hits"]


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

    _refused(ran, str(folder))


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

    _refused(ran, str(Path(place) / "store"), "--store DIR")


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

    _refused(ran, "two", "lines.txt", "rename the file")


# Questions


@pytest.mark.parametrize(("question", "word"), [("", "empty"), (" 　\n", "empty"), ("问" * 20_000, "20000")])
def test_an_empty_or_endless_question_is_refused(question: str, word: str, wenju: Wenju, store: Path) -> None:
    before = _answer(wenju)

    _refused(wenju("ask", question), "question", word)
    _refused(wenju("search", question), word)
    assert _answer(wenju) == before


def test_a_document_or_span_that_is_not_there_is_refused(wenju: Wenju, store: Path) -> None:
    _refused(wenju("show", "gone.txt"), "gone.txt")
    _refused(wenju("show", "park.txt", "--span", "5:999999"), "5:999999")
    _refused(wenju("show", "../papers/park.txt"), "../papers/park.txt")


# Models


def test_a_store_made_with_another_model_is_refused_by_name_and_stays_as_it_is(
    wenju: Wenju, store: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _answer(wenju)
    (papers / "new.txt").write_text(BRIDGE.replace("柳渡", "竹溪"), encoding="utf-8")

    monkeypatch.setenv("WENJU_MODEL", "hashing:64")
    for arguments in (("ask", QUESTION), ("search", QUESTION), ("index", papers)):
        _refused(wenju(*arguments), "hashing-256", "hashing-64", "wenju index FOLDER --store DIR")
    monkeypatch.setenv("WENJU_MODEL", "hashing")

    assert _answer(wenju) == before


def test_a_model_that_does_not_exist_is_refused(wenju: Wenju, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_MODEL", "hashing:none")

    _refused(wenju("ask", QUESTION), "hashing:none")


# Stores


def test_asking_before_indexing_says_how_to_index(wenju: Wenju) -> None:
    for arguments in (("ask", QUESTION), ("search", "公园"), ("show", "park.txt"), ("status",)):
        _refused(wenju(*arguments), "wenju index FOLDER")


def test_looking_for_a_store_does_not_make_one(wenju: Wenju, tmp_path: Path) -> None:
    wenju("ask", QUESTION)

    assert not (tmp_path / "store").exists()


def test_a_foreign_database_is_refused_and_not_touched(wenju: Wenju, store: Path, papers: Path) -> None:
    database = _database(store)
    shutil.rmtree(store)
    store.mkdir()
    connection = sqlite3.connect(database)
    connection.executescript("create table recipe (name text); insert into recipe values ('soup');")
    connection.close()
    before = database.read_bytes()

    for arguments in (("ask", QUESTION), ("status",), ("index", papers)):
        _refused(wenju(*arguments), str(store))
    assert database.read_bytes() == before


def test_a_text_file_in_the_place_of_the_database_is_refused_and_not_touched(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    database = _database(store)
    shutil.rmtree(store)
    store.mkdir()
    database.write_text("买菜：豆腐、白菜。\n" * 500, encoding="utf-8")
    before = database.read_bytes()

    for arguments in (("ask", QUESTION), ("index", papers)):
        _refused(wenju(*arguments), str(store))
    assert database.read_bytes() == before


def test_a_file_in_the_place_of_the_store_folder_is_refused_and_not_touched(
    wenju: Wenju, papers: Path, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    file.write_text("豆腐", encoding="utf-8")

    _refused(wenju("ask", QUESTION, "--store", file), str(file))
    _refused(wenju("index", papers, "--store", file), str(file))
    _refused(wenju("index", papers, "--store", file / "inside"), str(file))
    assert file.read_text(encoding="utf-8") == "豆腐"


@pytest.mark.parametrize("damage", ["cut in half", "overwritten in the middle", "overwritten at the start"])
def test_a_damaged_store_is_refused_and_indexing_into_another_one_goes_on(
    damage: str, wenju: Wenju, store: Path, papers: Path, tmp_path: Path
) -> None:
    database = _database(store)
    data = bytearray(database.read_bytes())
    third = len(data) // 3
    if damage == "cut in half":
        del data[len(data) // 2 :]
    else:
        start = 100 if damage.endswith("start") else third
        data[start : start + third] = b"\xa5" * third
    database.write_bytes(data)

    _refused(wenju("ask", QUESTION), str(store))
    assert database.read_bytes()[:100] == data[:100]
    assert wenju("index", papers, "--store", tmp_path / "other").code == 0
    assert wenju("ask", QUESTION, "--store", tmp_path / "other", "--json").code in (0, 1)


def test_a_changed_character_in_a_stored_passage_is_noticed(wenju: Wenju, store: Path) -> None:
    """Damage that leaves the file a valid database would else be served as an answer."""
    connection = sqlite3.connect(_database(store))
    changed = connection.execute("update passage set text = replace(text, '五月', '六月')").rowcount
    connection.commit()
    connection.close()

    assert changed > 0
    _refused(wenju("ask", QUESTION), str(store))


def test_a_store_that_another_process_writes_to_is_refused_for_writing_and_still_answers(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    before = _answer(wenju)

    with FileLock(store / "write.lock"):
        _refused(wenju("index", papers), "Another process is writing", "try again")
        assert _answer(wenju) == before
