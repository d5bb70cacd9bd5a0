"""What a store holds, document by document; and whether every row is still what was written.

Functions over an open connection, for `qa.store.library`, which holds the lock of the process around them. Writes
nothing.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from embeddings.encoder import Vectors
from qa.corpus.align import unpack_runs
from qa.store.hashes import row_hash
from qa.store.rows import Held, Holding, Outline, Source, document_hash, read_article, stored_vector
from qa.types import BlockKind, DocumentSummary, Passage, Span


def held(connection: sqlite3.Connection, collection: str | None = None) -> dict[str, Held]:
    """Return what is known of every document, or of those of one collection, by document id in order."""
    where, values = ("where d.collection = ?", (collection,)) if collection is not None else ("", ())
    rows = connection.execute(
        "select d.id, d.sha256, s.stamp, s.origin from document d left join source s on s.document = d.number "
        f"{where} order by d.id",
        values,
    )
    return {name: Held(digest, Source(stamp or "", origin or "")) for name, digest, stamp, origin in rows}


def collections(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of documents by collection, in order of name."""
    return dict(connection.execute("select collection, count(*) from document group by collection order by collection"))


def documents(connection: sqlite3.Connection, collection: str | None = None) -> list[DocumentSummary]:
    """Return every document, or those of one collection, in order of collection and id."""
    return [holding.summary for holding in holdings(connection, collection)]


def holdings(connection: sqlite3.Connection, collection: str | None = None) -> list[Holding]:
    """Return every document, or those of one collection, with where it comes from, in order of collection and id."""
    # One collection at a time, so that SQLite never has to go through a text to the column that stands behind it.
    names = list(collections(connection)) if collection is None else [collection]
    return [
        Holding(
            DocumentSummary(document_id, name, digest, encoding, media_type, characters, articles),
            Source(stamp, origin),
            read_at,
            repairs,
        )
        for name in names
        for document_id, digest, encoding, media_type, characters, stamp, origin, read_at, repairs, articles in (
            connection.execute(_HOLDINGS, (name,))
        )
    ]


_HOLDINGS = (
    "select d.id, d.sha256, d.encoding, d.media_type, s.characters, s.stamp, s.origin, s.read_at, s.repairs, "
    "(select count(*) from article a where a.document = d.number) "
    "from document d join source s on s.document = d.number where d.collection = ? order by d.id"
)


def outlines(connection: sqlite3.Connection) -> list[Outline]:
    """Return every article without its blocks, in order; reads no text."""
    rows = connection.execute(
        "select a.id, d.id, a.fields, (select count(*) from passage p where p.article = a.number) from article a "
        "join document d on d.number = a.document order by a.number"
    )
    return [Outline(read_article(name, document_id, facts), passages) for name, document_id, facts, passages in rows]


def passages(connection: sqlite3.Connection, document_id: str) -> tuple[Passage, ...]:
    """Return the passages of one document, in order; their hashes are not looked at."""
    rows = connection.execute(
        "select p.id, a.id, p.start, p.stop, p.kind, p.text, p.runs, p.heading from passage p "
        "join article a on a.number = p.article join document d on d.number = p.document "
        "where d.id = ? order by p.number",
        (document_id,),
    )
    return tuple(
        Passage(name, article, Span(start, stop), BlockKind(kind), unpack_runs(text, runs), heading)
        for name, article, start, stop, kind, text, runs, heading in rows
    )


def facts(connection: sqlite3.Connection, most: int) -> list[tuple[str, str | None, str]]:
    """Return article id, place and repaired text of the first passages, in order."""
    rows = connection.execute(
        "select a.id, a.fields, p.text from passage p join article a on a.number = p.article order by p.number limit ?",
        (most,),
    )
    return [(name, json.loads(fields)["place"], text) for name, fields, text in rows]


def stored_vectors(connection: sqlite3.Connection, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
    """Return the vectors of texts that were encoded before, by text hash, exactly as stored.

    Of several, the first row's is taken. A row that is not what was written is left out.
    """
    found: dict[bytes, Vectors] = {}
    for text_hash in hashes:
        blob = _passage_vector(connection, text_hash) or _sentence_vector(connection, text_hash)
        if blob is not None:
            found[text_hash] = stored_vector(blob)
    return found


def _passage_vector(connection: sqlite3.Connection, text_hash: bytes) -> bytes | None:
    row = connection.execute(
        "select id, kind, start, stop, text, runs, heading, vector, row_hash from passage where text_hash = ? "
        "order by number limit 1",
        (text_hash,),
    ).fetchone()
    return _checked_vector(row)


def _sentence_vector(connection: sqlite3.Connection, text_hash: bytes) -> bytes | None:
    row = connection.execute(
        "select passage, start, stop, vector, row_hash from sentence where text_hash = ? order by number limit 1",
        (text_hash,),
    ).fetchone()
    return _checked_vector(row)


def _checked_vector(row: Sequence[str | bytes | int | None] | None) -> bytes | None:
    """Return the last value before the hash, or None where there is no row or its hash does not fit."""
    if row is None or row_hash(*row[:-1]) != row[-1]:
        return None
    vector = row[-2]
    return vector if isinstance(vector, bytes) else None


def damaged_rows(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return document id and kind of every row that is not what was written, in order; reads the whole store."""
    as_before = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "replace")  # a broken text is found by its hash as well
    try:
        found = [
            (str(fields[0]), "document")
            for *fields, stored in connection.execute(
                "select id, sha256, encoding, media_type, assumptions, pages, text, sections, collection, row_hash "
                "from document"
            )
            if document_hash(*fields) != stored
        ]
        for kind, statement in _ROWS_OF_DOCUMENTS.items():
            for document_id, *values, stored in connection.execute(statement):
                if row_hash(*values) != stored:
                    found.append((str(document_id), kind))
    finally:
        connection.text_factory = as_before
    return sorted(found)


_ROWS_OF_DOCUMENTS = {
    "article": "select d.id, a.id, a.fields, a.blocks, a.row_hash from article a "
    "join document d on d.number = a.document",
    "passage": "select d.id, p.id, p.kind, p.start, p.stop, p.text, p.runs, p.heading, p.vector, p.row_hash "
    "from passage p join document d on d.number = p.document",
    "sentence": "select d.id, s.passage, s.start, s.stop, s.vector, s.row_hash from sentence s "
    "join passage p on p.number = s.passage join document d on d.number = p.document",
}
