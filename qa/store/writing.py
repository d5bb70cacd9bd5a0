"""Write a document into the store, or rename those of a collection: rows, each with its hash.

Begins and ends no transaction; decides nothing.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Sequence

from qa.corpus.align import pack_runs
from qa.names import document_id, path_of
from qa.store.hashes import row_hash
from qa.store.rows import (
    PassageEntry,
    Source,
    article_blocks,
    article_fields,
    document_hash,
    sections_json,
    vector_blob,
)
from qa.types import Article, Document


def write_document(
    connection: sqlite3.Connection,
    document: Document,
    articles: Sequence[Article],
    entries: Sequence[PassageEntry],
    source: Source,
    *,
    read_at: str = "",
) -> None:
    """Insert a document with all that belongs to it, in place of what stood under its id.

    Args:
        connection: Inside a transaction that writes.
        document: Of which everything else is a part.
        articles: In order.
        entries: Its passages, in order.
        source: Where it was read from.
        read_at: When, in ISO form; empty where that is not to be told.

    Raises:
        KeyError: A passage belongs to none of the articles.
    """
    execute = connection.execute
    fields = (
        document.id, document.sha256, document.encoding, document.media_type,
        json.dumps(document.assumptions, ensure_ascii=False),
        json.dumps([[page.start, page.end] for page in document.pages]),
        document.text, sections_json(document.sections), document.collection,
    )  # fmt: skip
    execute("delete from document where id = ?", (document.id,))
    number = execute(
        "insert into document (id, sha256, encoding, media_type, assumptions, pages, text, sections, collection, "
        "row_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*fields, document_hash(*fields)),
    ).lastrowid
    execute(
        "insert into source (document, stamp, origin, characters, read_at) values (?, ?, ?, ?, ?)",
        (number, source.stamp, source.origin, len(document.text), read_at),
    )
    numbers: dict[str, int | None] = {}
    for article in articles:
        texts = article.id, article_fields(article), article_blocks(article)
        numbers[article.id] = execute(
            "insert into article (document, id, fields, blocks, row_hash) values (?, ?, ?, ?, ?)",
            (number, *texts, row_hash(*texts)),
        ).lastrowid
    for entry in entries:
        _write_passage(connection, entry, number, numbers[entry.passage.article_id])


def rename_documents(
    connection: sqlite3.Connection,
    old: str,
    new: str,
    *,
    moved: tuple[str, str],
    damaged: Callable[[str], Exception],
) -> None:
    """Put all documents of one collection into another one that does not exist yet, with their ids and hashes.

    Args:
        connection: Inside a transaction that writes.
        old: Name of the collection that there is.
        new: Its name from now on.
        moved: Folder of its originals before and after; documents that were read from there are read from the new one.
        damaged: Makes the error of a row that is not what was written: a new hash would make it pass for whole.
    """
    execute = connection.execute
    numbers = [row[0] for row in execute("select number from document where collection = ? order by number", (old,))]
    for number in numbers:
        *fields, stored = execute(
            "select id, sha256, encoding, media_type, assumptions, pages, text, sections, collection, row_hash "
            "from document where number = ?",
            (number,),
        ).fetchone()
        if document_hash(*fields) != stored:
            raise damaged(f"document {fields[0]}")
        name, *others, _ = fields
        renamed = _renamed(name, old, new)
        execute(
            "update document set id = ?, collection = ?, row_hash = ? where number = ?",
            (renamed, new, document_hash(renamed, *others, new), number),
        )
        for table, columns in _NAMED.items():
            rows = execute(f"select number, {', '.join(columns)}, row_hash from {table} where document = ?", (number,))
            for row, name, *others, stored in rows.fetchall():
                if row_hash(name, *others) != stored:
                    raise damaged(f"{table} {name}")
                renamed = _renamed(name, old, new)
                values = renamed, row_hash(renamed, *others), row
                execute(f"update {table} set id = ?, row_hash = ? where number = ?", values)
        before, after = (f"{folder}{os.sep}" for folder in moved)
        execute(
            "update source set origin = ? || substr(origin, ?) where document = ? and substr(origin, 1, ?) = ?",
            (after, len(before) + 1, number, len(before), before),
        )
    execute("delete from setting where name = ?", (f"folder:{new}",))
    execute("update setting set name = ? where name = ?", (f"folder:{new}", f"folder:{old}"))


_NAMED = {
    "article": ("id", "fields", "blocks"),
    "passage": ("id", "kind", "start", "stop", "text", "runs", "heading", "vector"),
}
"""Tables whose ids begin with the document's, and the columns that their hashes are made of."""


def _renamed(name: str, old: str, new: str) -> str:
    return document_id(new, path_of(old, name))


def _write_passage(
    connection: sqlite3.Connection, entry: PassageEntry, document: int | None, article: int | None
) -> None:
    passage = entry.passage
    row = (
        passage.id, passage.kind.value, passage.span.start, passage.span.end, passage.text,
        pack_runs(passage.content), passage.heading, vector_blob(entry.vector),
    )  # fmt: skip
    whole, *parts = entry.hashes
    number = connection.execute(
        "insert into passage (id, kind, start, stop, text, runs, heading, vector, row_hash, text_hash, document, "
        "article) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, row_hash(*row), whole, document, article),
    ).lastrowid
    sentences = [
        (number, start, stop, vector_blob(vector))
        for (start, stop), vector in zip(entry.sentences, entry.sentence_vectors, strict=True)
    ]
    connection.executemany(
        "insert into sentence (passage, start, stop, vector, row_hash, text_hash) values (?, ?, ?, ?, ?, ?)",
        [(*sentence, row_hash(*sentence), part) for sentence, part in zip(sentences, parts, strict=True)],
    )
