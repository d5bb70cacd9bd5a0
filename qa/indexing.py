"""Bring a store up to date with a folder: read what changed, encode both grains, commit one document at a time.

Knows the order of the steps and reports them; each step itself lives in its own room.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from time import perf_counter

import numpy as np

from embeddings.encoder import Encoder
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.pipeline import articles_of
from qa.corpus.readers import find_files
from qa.corpus.sentences import split_sentences
from qa.errors import SourceError, StoreError
from qa.names import checked_collection, refuse_clash
from qa.originals import uploads_of
from qa.retrieval.search import context_of
from qa.scan import gone_from, look
from qa.store.hashes import text_hash
from qa.store.library import Library
from qa.store.rows import OF_THE_FOLDER, PassageEntry, Source
from qa.types import Article, Document, IndexReport, Passage, Progress, Skipped

# Texts encoded in one go: enough to be sorted by length into even batches, few enough to lose little at a crash.
_TEXTS_AT_ONCE = 2048
_TEXTS_BETWEEN_REPORTS = 64

_WHAT_IS_READ = (
    "Put documents there (.txt, .md, .pdf, .docx, .html, .epub, .csv, .xlsx, .json, .jsonl), or name another folder."
)

ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document cut into articles and passages, ready to be encoded.

    Attributes:
        contexts: What travels with each passage, in the order of `passages`.
        sentences: Ranges in the text of each passage.
        source: Where it was read from.
    """

    document: Document
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    contexts: tuple[str, ...]
    sentences: tuple[tuple[tuple[int, int], ...], ...]
    source: Source = OF_THE_FOLDER

    @property
    def size(self) -> int:
        """How many texts are encoded."""
        return sum(1 + len(ranges) for ranges in self.sentences)

    def texts(self) -> Iterator[str]:
        """Yield what is encoded: for each passage the whole, then its sentences, each after its context."""
        for passage, context, ranges in zip(self.passages, self.contexts, self.sentences, strict=True):
            yield with_context(context, passage.text)
            for start, end in ranges:
                yield with_context(context, passage.text[start:end])


def with_context(context: str, text: str) -> str:
    """Return a text with its context on a line in front."""
    return f"{context}\n{text}" if context else text


def prepare(document: Document, source: Source = OF_THE_FOLDER) -> PreparedDocument:
    """Repair, segment and cut one document; pure."""
    articles, passages, _ = articles_of(document)
    return replace(with_sentences(document, articles, passages), source=source)


def with_sentences(
    document: Document, articles: tuple[Article, ...], passages: tuple[Passage, ...]
) -> PreparedDocument:
    """Add to a document's passages what travels with them and where their sentences stand."""
    by_id = {article.id: article for article in articles}
    return PreparedDocument(
        document=document,
        articles=articles,
        passages=passages,
        contexts=tuple(context_of(by_id[passage.article_id], passage.heading) for passage in passages),
        sentences=tuple(tuple(split_sentences(passage.text)) for passage in passages),
    )


def encode_and_store(
    library: Library,
    encoder: Encoder,
    prepared: Sequence[PreparedDocument],
    *,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Encode every text once, however often it occurs, then commit the documents one by one.

    A text that the store holds already, in whatever document, is not encoded again: its vector is taken over, to the
    last bit.

    Args:
        library: Open for writing.
        encoder: Of the library's model.
        prepared: Documents to store.
        tell: Told how many of how many texts are encoded.
    """
    hash_of = {text: text_hash(text) for document in prepared for text in document.texts()}
    vector_of = library.stored_vectors(hash_of.values())
    # Longest first: batches of like length waste no padding, and the time that is left is never underestimated.
    new = sorted((text for text, name in hash_of.items() if name not in vector_of), key=lambda text: (-len(text), text))
    for start in range(0, len(new), _TEXTS_BETWEEN_REPORTS):
        batch = new[start : start + _TEXTS_BETWEEN_REPORTS]
        vector_of.update(zip((hash_of[text] for text in batch), encoder.encode_passages(batch), strict=True))
        tell(start + len(batch), len(new))
    for document in prepared:
        hashes = iter([hash_of[text] for text in document.texts()])
        entries = []
        for passage, ranges in zip(document.passages, document.sentences, strict=True):
            own = tuple(islice(hashes, 1 + len(ranges)))
            whole, *parts = [vector_of[name] for name in own]
            sentences = np.array(parts, np.float32).reshape(len(parts), encoder.dimension)
            entries.append(PassageEntry(passage, whole, ranges, sentences, own))
        library.put_document(document.document, document.articles, entries, document.source)


def index_folder(
    library: Library,
    encoder: Callable[[], Encoder],
    folder: Path,
    *,
    collection: str = "",
    thorough: bool = False,
    columns: Columns = GUESSED,
    progress: ProgressListener | None = None,
) -> IndexReport:
    """Make a collection hold exactly the readable files of a folder; what has not changed is left as it is.

    Other collections, and documents that were added by themselves, are not touched.

    Args:
        library: Open store.
        encoder: Opens the encoder; called only when there is something to encode.
        folder: What to read.
        collection: Empty for the collection without a name.
        thorough: Read, repair and cut every file again, also those that look unchanged, and store what differs.
        columns: Of tables, as far as they were told.
        progress: Told after each document.

    Raises:
        SourceError: The folder is missing, unreadable or holds no readable file, the collection cannot have that name,
            or its documents would be mistaken for another one's; the store is left as it was.
        StoreBusyError: Another process is writing.
        StoreError: The store cannot be written.
    """
    started = perf_counter()
    tell = progress or (lambda _: None)
    if collection:
        checked_collection(collection)
    candidates, skipped = find_files(folder)
    root, uploads = folder.resolve(), uploads_of(library.folder.resolve())
    if uploads.is_relative_to(root):  # what people brought is in collections of its own
        candidates = [path for path in candidates if not (root / path).is_relative_to(uploads)]
        skipped = [item for item in skipped if not (root / item.path).is_relative_to(uploads)]
    with library.writing():
        paths = [path.as_posix() for path in candidates]
        unnamed = library.held("") if collection else ()
        refuse_clash(collection, paths, collections=library.collections(), unnamed=unnamed)
        before = library.held(collection)
        counts: Counter[str] = Counter()
        seen: set[str] = set()
        sources: dict[str, Source] = {}
        waiting: list[PreparedDocument] = []
        size = 0
        files = look(folder, paths, before, collection=collection, thorough=thorough, columns=columns)
        for done, file in enumerate(files):
            if file.skipped is not None:
                skipped.append(file.skipped)
                continue
            tell(Progress(done, len(paths), "files", file.id))
            seen.add(file.id)
            prepared = prepare(file.document, file.source) if file.document is not None else None
            if prepared is None or (thorough and file.id in before and _stands(library, prepared)):
                counts["unchanged"] += 1
                if before[file.id].source != file.source:
                    sources[file.id] = file.source
                continue
            counts["changed" if file.id in before else "added"] += 1
            waiting.append(prepared)
            size += prepared.size
            if size >= _TEXTS_AT_ONCE:
                store_all(library, encoder, waiting, tell)
                waiting, size = [], 0
        if not seen:
            raise SourceError(f"There is nothing to read in {folder}{_why(skipped)}.", _WHAT_IS_READ)
        store_all(library, encoder, waiting, tell)
        gone = [
            name
            for name in gone_from(folder, before, seen, skipped, collection=collection)
            if not before[name].source.origin  # what was added by itself was never in the folder
        ]
        library.remove_documents(gone)
        library.set_sources(sources)
        library.set_folder(collection, folder.resolve())
        tell(Progress(len(paths), len(paths), "files"))
    return report_of(library, started, counts, removed=len(gone), skipped=skipped)


def store_all(
    library: Library,
    encoder: Callable[[], Encoder],
    prepared: Sequence[PreparedDocument],
    tell: ProgressListener,
) -> None:
    """Encode and store these documents; the encoder is opened only where there are any."""
    if not prepared:
        return
    opened = encoder()
    library.set_model(opened.name, opened.dimension)
    encode_and_store(library, opened, prepared, tell=lambda done, total: tell(Progress(done, total, "texts encoded")))


def report_of(
    library: Library, started: float, counts: Mapping[str, int], *, removed: int = 0, skipped: Sequence[Skipped] = ()
) -> IndexReport:
    """Return what a run did and what the store holds now.

    Args:
        library: Afterwards.
        started: By `perf_counter`.
        counts: Of documents by `added`, `changed` and `unchanged`.
        removed: Documents that are gone.
        skipped: Files that were not read.
    """
    documents, articles, passages = library.counts()
    return IndexReport(
        documents=documents,
        articles=articles,
        passages=passages,
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        removed=removed,
        unchanged=counts.get("unchanged", 0),
        skipped=tuple(skipped),
        seconds=perf_counter() - started,
        generation=library.generation(),
    )


def _stands(library: Library, prepared: PreparedDocument) -> bool:
    """Tell whether the store holds a document just as it is read and cut now; a damaged one it does not hold."""
    name = prepared.document.id
    try:
        return (
            library.document(name) == prepared.document
            and library.articles(name) == prepared.articles
            and library.passages(name) == prepared.passages
        )
    except StoreError:
        return False


def _why(skipped: Sequence[Skipped]) -> str:
    """Say how many files were skipped, and why the first one."""
    if not skipped:
        return ""
    files = "1 file was skipped" if len(skipped) == 1 else f"{len(skipped)} files were skipped"
    return f": {files}, first {skipped[0].path} ({skipped[0].reason.rstrip('.')})"
