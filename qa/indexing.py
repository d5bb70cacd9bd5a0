"""Bring a store up to date with a folder: read what changed, encode both grains, commit one document at a time.

Knows the order of the steps and reports them; each step itself lives in its own room.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from embeddings.encoder import Encoder, Vectors
from qa.corpus.pipeline import articles_of
from qa.corpus.readers import find_files, read_document
from qa.corpus.sentences import split_sentences
from qa.errors import SourceError
from qa.library import Library
from qa.retrieval.search import context_of
from qa.rows import PassageEntry
from qa.types import Article, Document, IndexReport, Passage, Progress, Skipped

# Texts encoded in one go: enough to be sorted by length into even batches, few enough to lose little at a crash.
_TEXTS_AT_ONCE = 2048
_TEXTS_BETWEEN_REPORTS = 64

_WHAT_IS_READ = "Put .txt or .md files there, or name another folder."

ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document cut into articles and passages, ready to be encoded.

    Attributes:
        contexts: What travels with each passage, in the order of `passages`.
        sentences: Ranges in the text of each passage.
    """

    document: Document
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    contexts: tuple[str, ...]
    sentences: tuple[tuple[tuple[int, int], ...], ...]

    def texts(self) -> Iterator[str]:
        """Yield what is encoded: for each passage the whole, then its sentences, each after its context."""
        for passage, context, ranges in zip(self.passages, self.contexts, self.sentences, strict=True):
            yield with_context(context, passage.text)
            for start, end in ranges:
                yield with_context(context, passage.text[start:end])


def with_context(context: str, text: str) -> str:
    """Return a text with its context on a line in front."""
    return f"{context}\n{text}" if context else text


def prepare(document: Document) -> PreparedDocument:
    """Repair, segment and cut one document; pure."""
    articles, passages, _ = articles_of(document)
    return with_sentences(document, articles, passages)


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

    Args:
        library: Open for writing.
        encoder: Of the library's model.
        prepared: Documents to store.
        tell: Told how many of how many texts are encoded.
    """
    # Longest first: batches of like length waste no padding, and the time that is left is never underestimated.
    texts = sorted(
        dict.fromkeys(text for document in prepared for text in document.texts()), key=lambda text: (-len(text), text)
    )
    vectors = np.zeros((len(texts), encoder.dimension), np.float32)
    for start in range(0, len(texts), _TEXTS_BETWEEN_REPORTS):
        batch = texts[start : start + _TEXTS_BETWEEN_REPORTS]
        vectors[start : start + len(batch)] = encoder.encode_passages(batch)
        tell(start + len(batch), len(texts))
    row_of = {text: row for row, text in enumerate(texts)}
    for document in prepared:
        rows = iter([row_of[text] for text in document.texts()])
        entries = [
            _entry(passage, ranges, vectors, rows)
            for passage, ranges in zip(document.passages, document.sentences, strict=True)
        ]
        library.put_document(document.document, document.articles, entries)


def _entry(
    passage: Passage, ranges: tuple[tuple[int, int], ...], vectors: Vectors, rows: Iterator[int]
) -> PassageEntry:
    whole = vectors[next(rows)]
    sentence_rows = [next(rows) for _ in ranges]
    return PassageEntry(passage, whole, ranges, vectors[sentence_rows])


def index_folder(
    library: Library, encoder: Callable[[], Encoder], folder: Path, *, progress: ProgressListener | None = None
) -> IndexReport:
    """Make the store hold exactly the readable files of a folder; what has not changed is left as it is.

    Args:
        library: Open store.
        encoder: Opens the encoder; called only when there is something to encode.
        folder: What to read.
        progress: Told after each document.

    Raises:
        SourceError: The folder is missing, unreadable or holds no readable file; the store is left as it was.
        StoreBusyError: Another process is writing.
    """
    started = perf_counter()
    tell = progress or (lambda _: None)
    candidates, skipped = find_files(folder)
    with library.writing():
        before = library.fingerprints()
        seen: set[str] = set()
        added = changed = 0
        waiting: list[PreparedDocument] = []

        def flush() -> None:
            if not waiting:
                return
            open_encoder = encoder()
            library.set_model(open_encoder.name, open_encoder.dimension)
            encode_and_store(
                library,
                open_encoder,
                waiting,
                tell=lambda done, total: tell(Progress(done, total, "texts encoded")),
            )
            waiting.clear()

        for done, path in enumerate(candidates):
            document = read_document(folder, path)
            if isinstance(document, Skipped):
                skipped = [*skipped, document]
                continue
            tell(Progress(done, len(candidates), "files", document.id))
            seen.add(document.id)
            if before.get(document.id) == document.sha256:
                continue
            added += document.id not in before
            changed += document.id in before
            waiting.append(prepare(document))
            if sum(len(list(prepared.texts())) for prepared in waiting) >= _TEXTS_AT_ONCE:
                flush()
        if not seen:
            raise SourceError(f"There is nothing to read in {folder}{_why(skipped)}.", _WHAT_IS_READ)
        flush()
        gone = sorted(set(before) - seen - {item.path for item in skipped})  # what cannot be read now stays
        library.remove_documents(gone)
        tell(Progress(len(candidates), len(candidates), "files"))
    documents, articles, passages = library.counts()
    return IndexReport(
        documents=documents,
        articles=articles,
        passages=passages,
        added=added,
        changed=changed,
        removed=len(gone),
        unchanged=len(seen) - added - changed,
        skipped=tuple(skipped),
        seconds=perf_counter() - started,
        generation=library.generation(),
    )


def _why(skipped: Sequence[Skipped]) -> str:
    """Say how many files were skipped, and why the first one."""
    if not skipped:
        return ""
    files = "1 file was skipped" if len(skipped) == 1 else f"{len(skipped)} files were skipped"
    return f": {files}, first {skipped[0].path} ({skipped[0].reason.rstrip('.')})"
