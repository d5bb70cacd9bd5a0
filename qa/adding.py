"""Add one document to a collection, from a file or from standard input, without looking at the others.

How it is cut, encoded and stored is in `qa.indexing`.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from embeddings.encoder import Encoder
from qa.changes import stamp_of
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.readers import document_of, read_file
from qa.errors import SourceError, UnreadableError
from qa.indexing import ProgressListener, prepare, report_of, store_all
from qa.names import checked_collection, checked_path, document_id, refuse_clash
from qa.store.library import Library
from qa.store.rows import Source
from qa.types import IndexReport, Skipped

STANDARD_INPUT = "-"  # as the origin of a document
FROM_STANDARD_INPUT = Source(origin=STANDARD_INPUT)


def add_file(
    library: Library,
    encoder: Callable[[], Encoder],
    file: Path,
    *,
    collection: str = "",
    columns: Columns = GUESSED,
    thorough: bool = False,
    wait: float = 0.0,
    progress: ProgressListener | None = None,
) -> IndexReport:
    """Add one file, or replace what stands under its name.

    A file of the folder that the collection was indexed from keeps its path there as its name. Any other is named as
    the file is, and stays when the folder is indexed again, until it is removed.

    Args:
        library: Open store.
        encoder: Opens the encoder; called only when there is something to encode.
        file: To read; a link is followed, for it was named.
        collection: Empty for the collection without a name.
        columns: Of a table, as far as they were told.
        thorough: Read and cut it as this version does, also where the store holds the same bytes.
        wait: Seconds to wait for another writer.
        progress: Told how many texts are encoded.

    Raises:
        SourceError: The file cannot be read (UnreadableError), or cannot be a document's name.
        StoreBusyError: Another process is writing.
        StoreError: The store cannot be written.
    """
    absolute = file.resolve()
    if not str(absolute).isprintable():
        raise SourceError(f"The path {str(absolute)!r} cannot be kept.", "Rename the file or its folder.")
    path, source = absolute.name, Source(stamp_of(absolute), origin=str(absolute))
    folder = library.folder_of(collection)
    if folder is not None and absolute.is_relative_to(folder):
        inside = absolute.relative_to(folder)
        if not any(part.startswith(".") for part in inside.parts):  # hidden ones are not part of it
            path, source = inside.as_posix(), Source(source.stamp)
    data = read_file(absolute.parent, Path(absolute.name))
    if isinstance(data, Skipped):
        raise UnreadableError(str(file), data.reason)
    return add_bytes(
        library,
        encoder,
        data,
        name=path,
        collection=collection,
        source=source,
        columns=columns,
        thorough=thorough,
        wait=wait,
        progress=progress,
    )


def add_bytes(
    library: Library,
    encoder: Callable[[], Encoder],
    data: bytes,
    *,
    name: str,
    collection: str = "",
    source: Source = FROM_STANDARD_INPUT,
    columns: Columns = GUESSED,
    thorough: bool = False,
    wait: float = 0.0,
    progress: ProgressListener | None = None,
) -> IndexReport:
    """Add the document that these bytes are, or replace what stands under its name.

    Args:
        library: Open store.
        encoder: Opens the encoder; called only when there is something to encode.
        data: As they would stand in a file.
        name: Path inside the collection; its ending tells the format.
        collection: Empty for the collection without a name.
        source: Where the bytes come from.
        columns: Of a table, as far as they were told.
        thorough: Read and cut it as this version does, also where the store holds the same bytes.
        wait: Seconds to wait for another writer.
        progress: Told how many texts are encoded.

    Raises:
        SourceError: The bytes cannot be read (UnreadableError), or the document cannot have this name.
        StoreBusyError: Another process is writing.
        StoreError: The store cannot be written.
    """
    started = perf_counter()
    if collection:
        checked_collection(collection)
    path = checked_path(name)
    full = document_id(collection, path)
    with library.writing(wait=wait):
        unnamed = library.held("") if collection else ()
        refuse_clash(collection, [path], collections=library.collections(), unnamed=unnamed)
        before = library.held(collection).get(full)
        if not thorough and before is not None and before.sha256 == sha256(data).hexdigest():
            library.set_sources({full: source})
            return report_of(library, started, {"unchanged": 1})
        document = document_of(path, data, columns=columns)
        if isinstance(document, Skipped):
            raise UnreadableError(path, document.reason)
        prepared = prepare(replace(document, id=full, collection=collection), source)
        store_all(library, encoder, [prepared], progress or (lambda _: None))
        return report_of(library, started, {"added" if before is None else "changed": 1})
