"""Write one document into the store: its rows, each with its hash. Begins and ends no transaction; decides nothing."""

import json
import sqlite3
from collections.abc import Sequence

from qa.corpus.align import pack_runs
from qa.hashes import row_hash
from qa.rows import (
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
