"""Who visits the pages, or calls the API, is not told where files lie on the server; the sentence stays whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qa.chat import database as conversations
from qa.chat.store import ConversationStore
from qa.errors import ModelUnavailableError, RemedyError, SourceError, UnreadableError
from qa.store.database import DATABASE_NAME, trouble
from qa.store.library import Library
from qa.web.api.problems import problem_of
from qa.web.documents.sentences import mistake_in
from qa.web.telling import for_visitor, without_places

PLACE = "a b. c"  # blanks and stops do not end a path


def mistakes(folder: Path) -> Iterator[RemedyError]:
    """Yield mistakes that really happen in a folder, each with its path in it."""
    store = folder / PLACE / "store"
    with pytest.raises(RemedyError) as missing:
        Library.open(store)
    yield missing.value
    with closing(Library.open(store, create=True)) as library:
        library.set_model("one", 4)
        with pytest.raises(RemedyError) as other_model:
            library.check_model("two", 4)
        yield other_model.value
        with library.writing(), pytest.raises(RemedyError) as busy, library.writing():
            raise AssertionError("two writers")
        yield busy.value
        (store / DATABASE_NAME).rename(store / "away")
        with pytest.raises(RemedyError) as gone:
            library.counts()
        yield gone.value
    file = store / DATABASE_NAME
    with closing(sqlite3.connect(file)) as foreign:
        foreign.execute("create table other (number)")
    with pytest.raises(RemedyError) as not_ours:
        Library.open(store)
    yield not_ours.value
    with pytest.raises(RemedyError) as not_conversations:
        ConversationStore.open(file)
    yield not_conversations.value
    for name in ("FULL", "CANTOPEN", "BUSY", "IOERR", "CORRUPT"):
        error = sqlite3.OperationalError("what SQLite says")
        error.sqlite_errorname = f"SQLITE_{name}"
        yield trouble(file, error)
        yield conversations.trouble(file, error)
    yield conversations.trouble(file, sqlite3.ProgrammingError("closed"))


def test_no_mistake_tells_a_visitor_a_path(tmp_path: Path) -> None:
    """In either language, on the pages and in the API, and as the Chinese is found without the path, too."""
    told = list(mistakes(tmp_path))
    assert all(PLACE in str(error) for error in told)

    for error in told:
        chinese, english, sent = for_visitor(error, "zh"), for_visitor(error, "en"), problem_of(error).body()
        for shown in (chinese, english, str(sent), mistake_in(error, "zh"), mistake_in(error, "en")):
            assert PLACE not in shown and str(tmp_path) not in shown
        assert chinese != english
    assert len(told) == 17


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "There is no index in /srv/a/store. Build one: wenju index FOLDER",
            "There is no index. Build one: wenju index FOLDER",
        ),
        ("/srv/c.sqlite is not a file of conversations; it was left as it is. Move it away.",
         "The file is not a file of conversations; it was left as it is. Move it away."),
        ("The reader's weights are not in /usr/lib/python3/qa/model.", "The reader's weights are not in model."),
        ("“/a/b/c” is not a date for since. Write 2021.", "“/a/b/c” is not a date for since. Write 2021."),
        ("See http://host/a/b or a/b/c.", "See http://host/a/b or a/b/c."),
    ],
)  # fmt: skip
def test_the_rest_of_a_sentence_stays(sentence: str, shown: str) -> None:
    assert without_places(sentence) == shown


def test_a_file_that_cannot_be_read_again_is_told_without_its_folder() -> None:
    error = UnreadableError("/srv/news/a.txt", "The file is empty.")

    assert mistake_in(error, "en") == "The file is empty. Bring the file that you meant."
    assert for_visitor(SourceError("The path '/srv/a/b.txt' cannot be kept.", "Rename it."), "en") == (
        "The path 'b.txt' cannot be kept. Rename it."
    )
    assert "cache" not in for_visitor(ModelUnavailableError("It is not in /home/u/.cache/m.", "Fetch it."), "en")
