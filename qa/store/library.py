"""Library: the SQLite store of documents, articles, passages and their vectors, one transaction a document.

The indexes that are searched are derived from it (`qa.retrieval`); it ranks nothing and loads no model.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from embeddings.encoder import Vectors
from qa.corpus.align import unpack_runs
from qa.errors import ModelMismatchError, StoreBusyError, StoreError, StoreMissingError
from qa.store import catalogue
from qa.store.database import DATABASE_NAME, damaged, trouble
from qa.store.hashes import row_hash
from qa.store.rows import (
    OF_THE_FOLDER,
    Contents,
    Held,
    Holding,
    Outline,
    PassageEntry,
    Source,
    StoredPassage,
    StoredSentence,
    document_hash,
    read_article,
    read_sections,
    vector_matrix,
)
from qa.store.standing import StoreFile
from qa.store.transactions import transaction
from qa.store.writing import rename_documents, write_document
from qa.types import Article, BlockKind, Document, DocumentSummary, Passage, Span

_Value = TypeVar("_Value")


class Library:
    """One store folder. Readers may be many; one process writes at a time, under a file lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = StoreFile(folder)
        self._mutex = threading.RLock()

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> "Library":
        """Open the store in `folder`, making it first where `create` allows.

        Raises:
            StoreMissingError: There is no store and `create` is False.
            StoreError: What stands there is not a Wenju store, is of a newer version, or is damaged.
        """
        if not create and not (folder / DATABASE_NAME).exists() and not folder.is_file():
            raise StoreMissingError(f"There is no index in {folder}.", "Build one: wenju index FOLDER")
        return cls(folder)

    def close(self) -> None:
        """Close the connection; the library cannot be used afterwards."""
        with self._mutex:
            self._file.connection.close()

    # -- reading

    @property
    def opened(self) -> int:
        """How many files have stood in the place of the store so far; the generations of two have nothing in common."""
        return self._file.opened

    def generation(self) -> int:
        """Return how many transactions have changed the contents; another number means other contents."""
        return int(self._setting("generation") or 0)

    def model(self) -> tuple[str, int] | None:
        """Return name and dimension of the encoder that made the vectors, or None while there are none."""
        name = self._setting("model")
        return (name, int(self._setting("dimension") or 0)) if name else None

    def check_model(self, name: str, dimension: int) -> None:
        """Raise ModelMismatchError unless the vectors were made by this encoder (or there are none yet)."""
        stored = self.model()
        if stored is not None and stored != (name, dimension):
            raise ModelMismatchError(
                f"The index in {self.folder} was made with the model {stored[0]} ({stored[1]} dimensions), "
                f"not with {name} ({dimension}).",
                "Set that model again, or index into another store: wenju index FOLDER --store DIR",
            )

    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of documents, articles and passages."""
        row = self._read_one(
            "select (select count(*) from document), (select count(*) from article), (select count(*) from passage)"
        )
        return int(row[0]), int(row[1]), int(row[2])

    def fingerprints(self) -> dict[str, str]:
        """Return the sha256 of the bytes of every document, by document id."""
        return dict(self._read("select id, sha256 from document order by id"))

    def held(self, collection: str | None = None) -> dict[str, Held]:
        """Return what is known of every document, or of those of one collection, by id; reads no text."""
        return self._asked(lambda: catalogue.held(self._file.connection, collection))

    def collections(self) -> dict[str, int]:
        """Return the number of documents by collection; the one without a name is the empty text."""
        return self._asked(lambda: catalogue.collections(self._file.connection))

    def documents(self, collection: str | None = None) -> list[DocumentSummary]:
        """Return every document, or those of one collection, in order of collection and id; reads no text."""
        return self._asked(lambda: catalogue.documents(self._file.connection, collection))

    def holdings(self, collection: str | None = None) -> list[Holding]:
        """Return the same with where each comes from and when it was read."""
        return self._asked(lambda: catalogue.holdings(self._file.connection, collection))

    def outlines(self) -> list[Outline]:
        """Return every article without its blocks, in order; reads no text."""
        return self._asked(lambda: catalogue.outlines(self._file.connection))

    def stored_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors of texts that are in the store already, by text hash, exactly as stored."""
        return self._asked(lambda: catalogue.stored_vectors(self._file.connection, hashes))

    def damaged_rows(self) -> list[tuple[str, str]]:
        """Return document id and kind of every row that is not what was written; reads the whole store."""
        return self._asked(lambda: catalogue.damaged_rows(self._file.connection))

    def folder_of(self, collection: str) -> Path | None:
        """Return the folder that a collection was last indexed from, or None where that was never recorded."""
        path = self._setting(f"folder:{collection}")
        return Path(json.loads(path)) if path else None

    def document(self, document_id: str) -> Document | None:
        """Return one document, checked against its stored hash, or None.

        Raises:
            StoreError: The stored row was damaged on disk.
        """
        rows = self._read(
            "select id, sha256, encoding, media_type, assumptions, pages, text, sections, collection, row_hash "
            "from document where id = ?",
            (document_id,),
        )
        if not rows:
            return None
        *fields, stored_hash = rows[0]
        if document_hash(*fields) != stored_hash:
            raise self._damaged(f"document {document_id}")
        name, digest, encoding, media_type, assumptions, pages, text, sections, collection = fields
        return Document(
            id=name,
            sha256=digest,
            encoding=encoding,
            text=text,
            media_type=media_type,
            assumptions=tuple(json.loads(assumptions)),
            pages=tuple(Span(start, end) for start, end in json.loads(pages)),
            sections=read_sections(sections),
            collection=collection,
        )

    def articles(self, document_id: str) -> tuple[Article, ...]:
        """Return the articles of one document with their blocks, in order.

        Raises:
            StoreError: A stored row was damaged on disk.
        """
        rows = self._read(
            "select a.id, a.fields, a.blocks, a.row_hash from article a join document d on d.number = a.document "
            "where d.id = ? order by a.number",
            (document_id,),
        )
        for name, fields, blocks, stored_hash in rows:
            if row_hash(name, fields, blocks) != stored_hash:
                raise self._damaged(f"article {name}")
        return tuple(read_article(name, document_id, fields, blocks) for name, fields, blocks, _ in rows)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of one document, in order; their hashes are not looked at."""
        return self._asked(lambda: catalogue.passages(self._file.connection, document_id))

    def facts(self, *, most: int = 400) -> list[tuple[str, str | None, str]]:
        """Return article id, place and repaired text of the first passages, in order."""
        return self._asked(lambda: catalogue.facts(self._file.connection, most))

    def contents(self) -> Contents:
        """Read everything that is searched, in one read transaction; articles come without their blocks."""
        with self._mutex, self._transaction("deferred"):
            generation = self.generation()
            stored = self.model()
            dimension = stored[1] if stored else 0
            articles: dict[str, Article] = {}
            names: dict[int, str] = {}
            collections: dict[str, str] = {}
            for number, name, document_id, collection, fields in self._read(
                "select a.number, a.id, d.id, d.collection, a.fields from article a "
                "join document d on d.number = a.document order by a.number"
            ):
                if collection:
                    collections[document_id] = collection
                articles[name] = read_article(name, document_id, fields)
                names[number] = name
            sentences: dict[int, list[StoredSentence]] = {}
            sentence_blobs: list[bytes] = []
            for passage, start, stop, blob, stored_hash in self._read(
                "select passage, start, stop, vector, row_hash from sentence order by passage, number"
            ):
                if row_hash(passage, start, stop, blob) != stored_hash:
                    raise self._damaged(f"a sentence of passage {passage}")
                sentences.setdefault(passage, []).append(StoredSentence(start, stop))
                sentence_blobs.append(blob)
            passages: list[StoredPassage] = []
            blobs: list[bytes] = []
            for number, article, name, kind, start, stop, text, runs, heading, vector, stored_hash in self._read(
                "select number, article, id, kind, start, stop, text, runs, heading, vector, row_hash "
                "from passage order by number"
            ):
                if row_hash(name, kind, start, stop, text, runs, heading, vector) != stored_hash:
                    raise self._damaged(f"passage {name}")
                passage = Passage(
                    id=name,
                    article_id=names[article],
                    span=Span(start, stop),
                    kind=BlockKind(kind),
                    content=unpack_runs(text, runs),
                    heading=heading,
                )
                passages.append(StoredPassage(number, passage, tuple(sentences.get(number, ()))))
                blobs.append(vector)
        return Contents(
            generation=generation,
            articles=articles,
            passages=tuple(passages),
            vectors=vector_matrix(blobs, dimension),
            sentence_vectors=vector_matrix(sentence_blobs, dimension),
            collections=collections,
        )

    # -- writing

    @contextmanager
    def writing(self, *, wait: float = 0.0) -> Iterator[None]:
        """Hold the writer's lock.

        Args:
            wait: Seconds to wait for another writer.

        Raises:
            StoreBusyError: Another writer holds it.
            StoreError: The folder of the store cannot be written.
        """
        lock = FileLock(self.folder / "write.lock", thread_local=False)
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise StoreBusyError(
                f"Another process is writing to the store {self.folder}.", "Wait until it has finished and try again."
            ) from error
        except OSError as error:
            raise StoreError(
                f"The store {self.folder} cannot be written ({error.strerror}).",
                "Check its permissions and the free space, or choose another: --store DIR",
            ) from error
        try:
            yield
        finally:
            lock.release()

    def set_model(self, name: str, dimension: int) -> None:
        """Record the encoder, once; raises ModelMismatchError when another one is recorded."""
        self.check_model(name, dimension)
        if self.model() is not None:
            return
        with self._mutex, self._transaction("immediate"):
            self._put_setting("model", name)
            self._put_setting("dimension", str(dimension))

    def put_document(
        self,
        document: Document,
        articles: Sequence[Article],
        entries: Sequence[PassageEntry],
        source: Source = OF_THE_FOLDER,
    ) -> None:
        """Store one document with all that belongs to it, replacing what stood under its id; all or nothing."""
        with self._mutex, self._transaction("immediate"):
            now = datetime.now(UTC).isoformat(timespec="seconds")
            write_document(self._file.connection, document, articles, entries, source, read_at=now)
            self._put_setting("generation", str(self.generation() + 1))

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        """Forget these documents and all that belongs to them, in one transaction."""
        if not document_ids:
            return
        with self._mutex, self._transaction("immediate"):
            self._file.connection.executemany("delete from document where id = ?", [(name,) for name in document_ids])
            self._put_setting("generation", str(self.generation() + 1))

    def rename_collection(self, old: str, new: str, *, moved: tuple[str, str]) -> None:
        """Give a collection another name, that of none, in one transaction; see `qa.renaming`, which checks it.

        Args:
            old: Its name.
            new: From now on.
            moved: Folder of its originals before and after.
        """
        with self._mutex, self._transaction("immediate"):
            rename_documents(self._file.connection, old, new, moved=moved, damaged=self._damaged)
            self._put_setting("generation", str(self.generation() + 1))

    def set_sources(self, sources: Mapping[str, Source]) -> None:
        """Note where documents were read from, by document id; their contents, and the generation, stay."""
        if not sources:
            return
        with self._mutex, self._transaction("immediate"):
            self._file.connection.executemany(
                "update source set stamp = ?, origin = ? where document = (select number from document where id = ?)",
                [(source.stamp, source.origin, name) for name, source in sources.items()],
            )

    def set_repairs(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Note how many changes were made to documents, by document id and sha256; what is another by now is left."""
        if not counts:
            return
        with self._mutex, self._transaction("immediate"):
            self._file.connection.executemany(
                "update source set repairs = ? where document = "
                "(select number from document where id = ? and sha256 = ?)",
                [(count, name, digest) for (name, digest), count in counts.items()],
            )

    def set_folder(self, collection: str, folder: Path) -> None:
        """Note which folder a collection is indexed from."""
        if self.folder_of(collection) != folder:
            with self._mutex, self._transaction("immediate"):
                self._put_setting(f"folder:{collection}", json.dumps(str(folder)))  # a path may be no UTF-8, JSON is

    # -- inside

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        """Run the block as one transaction; what SQLite cannot do is a StoreError with its remedy."""
        try:
            with transaction(self._file.look(), kind):
                yield
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def _trouble(self, error: sqlite3.Error) -> StoreError:
        said = trouble(self.folder / DATABASE_NAME, error)
        if not isinstance(said, StoreBusyError):
            self._file.doubt()
        return said

    def _damaged(self, what: str) -> StoreError:
        self._file.doubt()
        return damaged(self.folder / DATABASE_NAME, what)

    def _asked(self, question: Callable[[], _Value]) -> _Value:
        """Return what a reading function finds; what SQLite cannot read is a StoreError."""
        with self._mutex:
            try:
                self._file.look()
                return question()
            except sqlite3.Error as error:
                raise self._trouble(error) from error

    def _read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._asked(lambda: self._file.connection.execute(statement, values).fetchall())

    def _read_one(self, statement: str) -> tuple[Any, ...]:
        return self._read(statement)[0]

    def _setting(self, name: str) -> str | None:
        rows = self._read("select value from setting where name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def _put_setting(self, name: str, value: str) -> None:
        self._file.connection.execute("insert or replace into setting values (?, ?)", (name, value))
