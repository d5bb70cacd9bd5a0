"""A store that is missing, foreign, damaged or busy: one sentence that says what to do, and nothing is touched.

Runs with the hashing encoder.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest
from commands import QUESTION, Wenju, answer_of, assert_refused, database_of
from filelock import FileLock


def test_asking_before_indexing_says_how_to_index(wenju: Wenju) -> None:
    for arguments in (("ask", QUESTION), ("search", "公园"), ("show", "park.txt"), ("status",)):
        assert_refused(wenju(*arguments), "wenju index FOLDER")


def test_looking_for_a_store_does_not_make_one(wenju: Wenju, tmp_path: Path) -> None:
    wenju("ask", QUESTION)

    assert not (tmp_path / "store").exists()


def test_a_foreign_database_is_refused_and_not_touched(wenju: Wenju, store: Path, papers: Path) -> None:
    database = database_of(store)
    shutil.rmtree(store)
    store.mkdir()
    connection = sqlite3.connect(database)
    connection.executescript("create table recipe (name text); insert into recipe values ('soup');")
    connection.close()
    before = database.read_bytes()

    for arguments in (("ask", QUESTION), ("status",), ("index", papers)):
        assert_refused(wenju(*arguments), str(store))
    assert database.read_bytes() == before


def test_a_text_file_in_the_place_of_the_database_is_refused_and_not_touched(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    database = database_of(store)
    shutil.rmtree(store)
    store.mkdir()
    database.write_text("买菜：豆腐、白菜。\n" * 500, encoding="utf-8")
    before = database.read_bytes()

    for arguments in (("ask", QUESTION), ("index", papers)):
        assert_refused(wenju(*arguments), str(store))
    assert database.read_bytes() == before


def test_a_file_in_the_place_of_the_store_folder_is_refused_and_not_touched(
    wenju: Wenju, papers: Path, tmp_path: Path
) -> None:
    file = tmp_path / "notes"
    file.write_text("豆腐", encoding="utf-8")

    assert_refused(wenju("ask", QUESTION, "--store", file), str(file))
    assert_refused(wenju("index", papers, "--store", file), str(file))
    assert_refused(wenju("index", papers, "--store", file / "inside"), str(file))
    assert file.read_text(encoding="utf-8") == "豆腐"


@pytest.mark.parametrize("damage", ["cut in half", "overwritten in the middle", "overwritten at the start"])
def test_a_damaged_store_is_refused_and_indexing_into_another_one_goes_on(
    damage: str, wenju: Wenju, store: Path, papers: Path, tmp_path: Path
) -> None:
    database = database_of(store)
    data = bytearray(database.read_bytes())
    third = len(data) // 3
    if damage == "cut in half":
        del data[len(data) // 2 :]
    else:
        start = 100 if damage.endswith("start") else third
        data[start : start + third] = b"\xa5" * third
    database.write_bytes(data)

    assert_refused(wenju("ask", QUESTION), str(store))
    assert database.read_bytes()[:100] == data[:100]
    assert wenju("index", papers, "--store", tmp_path / "other").code == 0
    assert wenju("ask", QUESTION, "--store", tmp_path / "other", "--json").code in (0, 1)


def test_a_changed_character_in_a_stored_passage_is_noticed(wenju: Wenju, store: Path) -> None:
    """Damage that leaves the file a valid database would else be served as an answer."""
    connection = sqlite3.connect(database_of(store))
    changed = connection.execute("update passage set text = replace(text, '五月', '六月')").rowcount
    connection.commit()
    connection.close()

    assert changed > 0
    assert_refused(wenju("ask", QUESTION), str(store))


def test_a_store_that_another_process_writes_to_is_refused_for_writing_and_still_answers(
    wenju: Wenju, store: Path, papers: Path
) -> None:
    before = answer_of(wenju)

    with FileLock(store / "write.lock"):
        assert_refused(wenju("index", papers), "Another process is writing", "try again")
        assert answer_of(wenju) == before
