"""The store: what was acknowledged is there, what is not ours or not whole is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from library_fixtures import ENCODER, filled, one_article, put

from qa.errors import ModelMismatchError, StoreBusyError, StoreError, StoreMissingError
from qa.store.database import DATABASE_NAME
from qa.store.library import Library
from qa.store.rows import Held, Source
from qa.types import Document, Section, Span


def test_what_was_stored_comes_back_as_it_was(tmp_path: Path) -> None:
    """Text, article, passages with their map, sentences and vectors, in another connection."""
    filled(tmp_path / "store").close()
    with closing(Library.open(tmp_path / "store")) as library:
        document, article, passages = one_article(
            "wall.txt", "防洪墙加固", ["防洪墙全长22.2公里。总投资6.35亿元。", "副市长韩佩文到现场查看。"]
        )
        contents = library.contents()

        assert library.document("wall.txt") == document
        assert library.articles("wall.txt") == (article,)
        assert tuple(stored.passage for stored in contents.passages[:2]) == passages
        assert [(s.start, s.end) for s in contents.passages[0].sentences] == [(0, 12), (12, 22)]
        assert contents.vectors.shape == (3, ENCODER.dimension)
        assert contents.sentence_vectors.shape == (4, ENCODER.dimension)
        assert np.allclose(np.linalg.norm(contents.vectors, axis=1), 1, atol=1e-6)


def test_every_commit_makes_a_new_generation(tmp_path: Path) -> None:
    """Two documents put, one removed."""
    with closing(filled(tmp_path / "store")) as library:
        assert library.generation() == 2
        library.remove_documents(["wall.txt"])
        assert library.generation() == 3
        assert library.counts() == (1, 1, 1)


def test_a_document_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Nothing of the older version is left."""
    with closing(filled(tmp_path / "store")) as library:
        put(library, "wall.txt", "防洪墙完工", ["防洪墙完工。"])

        assert library.counts() == (2, 2, 2)
        assert library.articles("wall.txt")[0].title == "防洪墙完工"


def test_a_failure_in_mid_document_leaves_no_trace(tmp_path: Path) -> None:
    """A passage without its article cannot be stored; the document that stood there stays."""
    with closing(filled(tmp_path / "store")) as library:
        document, _, _ = one_article("wall.txt", "新", ["新。"])
        from qa.indexing import with_sentences
        from qa.store.rows import PassageEntry

        _, article, passages = one_article("wall.txt", "新", ["新。"])
        prepared = with_sentences(document, (article,), passages)
        entry = PassageEntry(
            passages[0], ENCODER.encode_passages(["新"])[0], prepared.sentences[0], np.zeros((1, 64)), (b"", b"")
        )

        with pytest.raises(KeyError):
            library.put_document(document, (), [entry])

        assert library.articles("wall.txt")[0].title == "防洪墙加固"
        assert library.generation() == 2


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    """The second writer is told at once, the first goes on."""
    with closing(filled(tmp_path / "store")) as library, closing(Library.open(tmp_path / "store")) as other:
        with library.writing(), pytest.raises(StoreBusyError, match="Wait until it has finished"), other.writing():
            pytest.fail("two writers at once")
        with other.writing():
            pass


def test_a_reader_sees_the_old_contents_until_the_commit(tmp_path: Path) -> None:
    """Readers are not blocked by a writer."""
    with closing(filled(tmp_path / "store")) as library, closing(Library.open(tmp_path / "store")) as reader:
        before = reader.contents()
        put(library, "third.txt", "三", ["第三份文件。"])

        assert len(before.passages) == 3
        assert len(reader.contents().passages) == 4


def test_another_model_is_refused_with_both_names(tmp_path: Path) -> None:
    """Vectors of two models are never mixed."""
    with closing(filled(tmp_path / "store")) as library:
        with pytest.raises(ModelMismatchError, match=r"hashing-64 .*BAAI/bge-m3"):
            library.set_model("BAAI/bge-m3", 1024)
        assert library.model() == ("hashing-64", 64)


def test_a_missing_store_names_the_command_that_makes_it(tmp_path: Path) -> None:
    """Nothing is created by looking."""
    with pytest.raises(StoreMissingError, match="wenju index FOLDER"):
        Library.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("foreign", ["database", "text", "other files"])
def test_what_is_not_ours_is_left_as_it_is(tmp_path: Path, foreign: str) -> None:
    """A database of another program, a file that is none, a folder with other things."""
    store = tmp_path / "store"
    store.mkdir()
    path = store / ("letter.txt" if foreign == "other files" else DATABASE_NAME)
    if foreign == "database":
        with closing(sqlite3.connect(path)) as database:
            database.execute("create table accounts (id)")
    else:
        path.write_text("liebe Grüße, das ist kein Index", encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(StoreError):
        Library.open(store, create=True)
    assert path.read_bytes() == before


def test_sections_pages_and_collection_come_back_as_they_were(tmp_path: Path) -> None:
    """A table of one row in a collection with a name."""
    row = Section(Span(0, 4), title="雨", byline="李", date="2024年5月1日", headings=(Span(0, 1),))
    table = Document("news/a.csv", "00", "utf-8", "雨天停课", "text/csv", (), (Span(0, 4),), (row,), "news")
    with closing(Library.open(tmp_path / "store", create=True)) as library:
        library.put_document(table, (), ())

        assert library.document("news/a.csv") == table


_BACK_TO = {
    3: "alter table source drop column read_at; alter table source drop column repairs",
    2: "drop index document_of_collection; drop table source; drop index passage_of_text; drop index sentence_of_text; "
    "alter table passage drop column text_hash; alter table sentence drop column text_hash; "
    "alter table sentence drop column row_hash; alter table article drop column row_hash",
    1: "alter table document drop column sections; alter table document drop column collection",
}


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_of_an_older_version_is_brought_up_to_date_when_it_is_opened(tmp_path: Path, version: int) -> None:
    """Before documents had collections (1), rows of articles hashes (2), and times of reading (3): all is kept."""
    filled(tmp_path / "store").close()
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE_NAME)) as database:
        for older in (3, 2, 1)[: 4 - version]:
            database.executescript(f"{_BACK_TO[older]}; pragma user_version = {older}")

    with closing(Library.open(tmp_path / "store")) as library:
        assert library.damaged_rows() == []
        assert len(library.contents().sentence_vectors) == 4
        assert library.held() == {
            name: Held(digest, Source()) for name, digest in sorted(library.fingerprints().items())
        }
        assert [(one.id, one.characters) for one in library.documents()] == [("books.txt", 16), ("wall.txt", 35)]
        assert (
            library.document("wall.txt")
            == one_article(
                "wall.txt", "防洪墙加固", ["防洪墙全长22.2公里。总投资6.35亿元。", "副市长韩佩文到现场查看。"]
            )[0]
        )


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Its version is named, and nothing is written."""
    filled(tmp_path / "store").close()
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE_NAME)) as database:
        database.execute("pragma user_version = 99")

    with pytest.raises(StoreError, match="version 99"):
        Library.open(tmp_path / "store")


@pytest.mark.parametrize(("table", "column"), [("passage", "text"), ("passage", "vector")])
def test_a_row_that_changed_on_disk_is_never_searched(tmp_path: Path, table: str, column: str) -> None:
    """SQLite itself does not notice a flipped bit; the hash of the row does."""
    filled(tmp_path / "store").close()
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE_NAME)) as database:
        value = database.execute(f"select {column} from {table} where number = 1").fetchone()[0]
        changed = value.replace("22", "23") if isinstance(value, str) else bytes([value[0] ^ 1]) + value[1:]
        database.execute(f"update {table} set {column} = ? where number = 1", (changed,))
        database.commit()
    with closing(Library.open(tmp_path / "store")) as library, pytest.raises(StoreError, match="damaged"):
        library.contents()


def test_a_document_that_changed_on_disk_is_never_cited(tmp_path: Path) -> None:
    """The quotation would prove nothing."""
    filled(tmp_path / "store").close()
    with closing(sqlite3.connect(tmp_path / "store" / DATABASE_NAME)) as database:
        database.execute("update document set text = replace(text, '22.2', '32.2')")
        database.commit()
    with closing(Library.open(tmp_path / "store")) as library, pytest.raises(StoreError, match="damaged"):
        library.document("wall.txt")


def test_an_unknown_document_is_no_error(tmp_path: Path) -> None:
    """There is simply none."""
    with closing(filled(tmp_path / "store")) as library:
        found: Document | None = library.document("nothing.txt")
        assert found is None
