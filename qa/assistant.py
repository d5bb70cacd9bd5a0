"""Assistant: the three verbs, index · search · ask, and what the shells need to show the results.

Joins the rooms of the house; each step itself lives in its own.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from embeddings.encoder import Encoder, open_encoder
from qa.answer.attempt import Tools, attempt, find
from qa.answer.checked import checked
from qa.answer.cite import Evidence, article_at
from qa.answer.examples import example_questions
from qa.answer.made import made
from qa.answer.narrowed import nothing_left, unanswered
from qa.answer.open import NONE, Readers, open_readers
from qa.answer.take import take
from qa.corpus.formats.columns import GUESSED, Columns
from qa.errors import DocumentMissingError, FilterError, SourceError, StoreError
from qa.filters import EVERYTHING, Filters
from qa.llm.open import open_writer
from qa.retrieval.fuse import FusionWeights
from qa.retrieval.selection import FilterValues, Selection
from qa.searching import Searching
from qa.store.library import Library
from qa.types import (
    Answer,
    ArticleView,
    Document,
    Hit,
    IndexReport,
    Progress,
    Span,
    Stage,
    Status,
)

if TYPE_CHECKING:
    from qa.config_llm import LlmSettings
    from qa.corpus.account import Account
    from qa.llm.writer import Writer
    from qa.shelf import Shelf
    from qa.types import DocumentSummary


class Assistant:
    """One store, opened with one encoder. Safe to share between threads; one process writes at a time.

    The encoder is loaded when first needed, the indexes are made anew when the store has changed (`searching`).
    """

    def __init__(
        self,
        library: Library,
        open_model: Callable[[], Encoder],
        open_readers: Callable[[], Readers],
        weights: FusionWeights | None = None,
        *,
        answers_by: str = "",
        columns: Columns = GUESSED,
        writer: "Writer | None" = None,
    ) -> None:
        self._library = library
        self._open_model = open_model
        self._open_readers = open_readers
        self._answers_by = answers_by
        self._columns = columns
        self._writer = writer
        self._readers: Readers | None = None
        self._encoder: Encoder | None = None
        self._mutex = threading.Lock()
        self.searching = Searching(library, self._open_encoder, weights)

    @classmethod
    def open(
        cls,
        store: Path,
        *,
        model: str = "bundled",
        encoder: Encoder | None = None,
        create: bool = False,
        weights: FusionWeights | None = None,
        reranker: str = "bundled",
        answerer: str = "reader",
        engine: str = "auto",
        columns: Columns = GUESSED,
        llm: "LlmSettings | None" = None,
    ) -> "Assistant":
        """Open the store in this folder.

        Args:
            store: Folder of the store.
            model: Passed to `embeddings.encoder.open_encoder` when the encoder is first needed.
            encoder: Instead of `model`, an encoder that is open already (tests, benchmarks).
            create: Make the store where there is none.
            weights: Instead of those fitted to the encoder (experiments).
            reranker: `none`, `bundled` or a CrossEncoder by hub id or folder; opened when first needed.
            answerer: `reader` or `sentence`.
            engine: What runs the trained reader: `auto`, `torch` or `openvino`.
            columns: Of tables that are indexed, as far as they were told.
            llm: The language model that writes about answers, where one is configured.

        Raises:
            StoreMissingError: There is no store and `create` is False.
            StoreError: What is there is not a Wenju store.
            SettingsError: A language model is configured that cannot be asked.
        """
        writer = open_writer(llm)
        library = Library.open(store, create=create)
        return cls(
            library,
            lambda: encoder or open_encoder(model),
            lambda: open_readers(reranker, answerer, engine),
            weights,
            answers_by=answerer if reranker == NONE else f"{answerer}, reranker {reranker}",
            columns=columns,
            writer=writer,
        )

    def close(self) -> None:
        """Release the store; the assistant cannot be used afterwards."""
        self._library.close()

    def warm(self) -> None:
        """Load model and indexes now, so that the first question is as fast as the next.

        Raises:
            ModelMismatchError: The store was made with another model.
        """
        tools = self._tools()
        if tools.search.contents.passages:
            # Both scripts, so that the dictionary loads too.
            attempt(tools, "预热 warming the library", "预热 warming the library", top_k=1)

    def index(
        self,
        folder: Path,
        *,
        collection: str = "",
        thorough: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        """Read, repair, segment, embed and store every readable file under `folder`; forget what is gone.

        Args:
            folder: What the collection is to hold.
            collection: Of the store; the others stay as they are.
            thorough: Read every file again and store what is read or cut otherwise now, not only what has changed.
            progress: Told how far the run has come.

        Raises:
            SourceError: The folder is missing, unreadable or holds no readable file, or the collection cannot have that
                name; the store is left as it was.
            StoreBusyError: Another process is writing.
            ModelMismatchError: The store was made with another model.
        """
        from qa.indexing import index_folder  # noqa: PLC0415 (reading loads dictionaries that asking does not need)

        return index_folder(
            self._library,
            self._open_encoder,
            folder,
            collection=collection,
            thorough=thorough,
            columns=self._columns,
            progress=progress,
        )

    def add(
        self,
        source: Path | bytes,
        *,
        name: str = "",
        collection: str = "",
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        """Add one document, or replace what stands under its name; the others stay.

        Args:
            source: A file, or the bytes of one that needs a `name`.
            name: Path inside the collection, with the ending that tells the format; of bytes only.
            collection: Of the store.
            progress: Told how far the run has come.

        Raises:
            SourceError: It cannot be read, or cannot have this name.
            StoreBusyError: Another process is writing.
            ModelMismatchError: The store was made with another model.
        """
        from qa.adding import add_bytes, add_file  # noqa: PLC0415 (as above)

        if isinstance(source, bytes):
            return add_bytes(
                self._library,
                self._open_encoder,
                source,
                name=name,
                collection=collection,
                columns=self._columns,
                progress=progress,
            )
        return add_file(
            self._library,
            self._open_encoder,
            source,
            collection=collection,
            columns=self._columns,
            progress=progress,
        )

    @property
    def shelf(self) -> "Shelf":
        """What looks after the documents of the store one by one."""
        from qa.shelf import Shelf  # noqa: PLC0415 (as above)

        return Shelf(self._library, self._open_encoder, self._columns)

    def search(self, query: str, *, top_k: int = 8, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        """Return ranked passages only.

        Raises:
            QuestionError: The query is empty or too long, a filter names what is not there, or nothing fits them all.
        """
        wanted = checked(query, top_k)
        tools, selection = self._narrowed(filters)
        if selection is not None and not selection.numbers:
            raise FilterError(nothing_left("", selection), "Widen the filters or leave one out.")
        return tuple(item.hit for item in find(tools, wanted, k=top_k)[:top_k])

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top_k: int = 8,
        filters: Filters = EVERYTHING,
        told: Callable[[Stage], None] | None = None,
        llm: bool = True,
        so_far: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Answer from the documents, or say with a reason that they do not answer.

        Args:
            question: In any language that the model knows.
            history: Earlier questions of the conversation, oldest first.
            top_k: How many passages to return with the answer.
            filters: Which documents to look into.
            told: Called when a stage begins; what it raises ends the question and passes through.
            llm: Whether the language model may write about the answer, where one is configured.
            so_far: Told the proved answer before that model writes, then with what it has written after each sentence
                and, unchanged, at least every half second; what it raises ends the question and passes through.

        Raises:
            QuestionError: The question is empty or too long, or a filter names what is not there.
            StoreError: The store is empty or damaged.
        """
        started = perf_counter()
        asked = checked(question, top_k)
        if not self.searching.current().contents.passages:
            raise StoreError("The store holds no documents yet.", "Index a folder first: wenju index FOLDER")
        tools, selection = self._narrowed(filters)
        if selection is not None and not selection.numbers:
            return unanswered(
                question, nothing_left(asked, selection), tools.search.contents.generation, perf_counter() - started
            )
        if told is not None:
            tools = replace(tools, told=told)
        searched_for, attempts = take(tools, asked, history, top_k=top_k)
        answer = made(
            question,
            searched_for,
            attempts,
            tools,
            self._sources,
            selection=selection,
            top_k=top_k,
            started=started,
        )
        if self._writer is None or not llm:
            return answer
        from qa.llm.about import with_written  # noqa: PLC0415 (only where a model is configured)

        return with_written(self._writer, answer, tools, self._sources, so_far)

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        """Open a document at a span, or at its beginning.

        Raises:
            SourceError: The document is not in the store, or the span is outside it.
        """
        document = self._document(document_id)
        articles = self._library.articles(document_id)
        if not articles:
            raise SourceError(f"{document_id} holds no text.", "Look into the file itself.")
        if start is None or end is None:
            return ArticleView(document, articles[0], None)
        if not 0 <= start < end <= len(document.text):
            raise SourceError(
                f"{start}:{end} is not a range of {document_id}, which has {len(document.text)} characters.",
                "Give START:END with 0 <= START < END.",
            )
        return ArticleView(document, article_at(articles, start), Span(start, end))

    def documents(self, collection: str | None = None) -> "list[DocumentSummary]":
        """Return every document, or those of one collection, in order of collection and id; reads no text."""
        return self._library.documents(collection)

    @property
    def loaded(self) -> bool:
        """Whether model and indexes are in memory, so that the next question does not wait for them."""
        return self.searching.loaded and self._readers is not None

    def filter_values(self) -> FilterValues:
        """Return the publishers, authors and collections that questions can be narrowed to."""
        return self.searching.current().selector.values()

    def fitting(self, filters: Filters) -> int:
        """Return how many articles these filters leave.

        Raises:
            FilterError: A name in them fits nothing in the whole store.
        """
        return self.searching.current().selector.select(filters).articles

    def account(self, document_id: str) -> "Account":
        """Say what became of every part of a document: its paragraphs, repairs, and what stays damaged.

        Raises:
            SourceError: The document is not in the store.
        """
        from qa.corpus.account import account_of  # noqa: PLC0415 (loads dictionaries that asking does not need)

        return account_of(self._document(document_id))

    def accounts(self, collection: str = "") -> Iterator["Account"]:
        """Yield the account of every document of a collection, in order of id; one is in memory at a time."""
        from qa.corpus.account import account_of  # noqa: PLC0415 (loads dictionaries that asking does not need)

        for document_id in self._library.held(collection):
            yield account_of(self._document(document_id))

    def status(self) -> Status:
        """Say what is loaded; quick, loads no model."""
        documents, articles, passages = self._library.counts()
        model = self._library.model()
        return Status(
            documents=documents,
            articles=articles,
            passages=passages,
            generation=self._library.generation(),
            model=model[0] if model else "",
            answerer=self._answers_by,
            store=str(self._library.folder),
            examples=example_questions(self._library.facts()),
            collections=self._library.collections(),
            llm=self._writer.name if self._writer is not None else "",
        )

    def _document(self, document_id: str) -> Document:
        document = self._library.document(document_id)
        if document is None:
            raise DocumentMissingError(
                f"There is no document {document_id} in the store.", "Find its name with: wenju search WORDS"
            )
        return document

    def _open_encoder(self) -> Encoder:
        with self._mutex:
            if self._encoder is None:
                self._encoder = self._open_model()
            return self._encoder

    def _tools(self) -> Tools:
        search = self.searching.current()
        with self._mutex:
            if self._readers is None:
                self._readers = self._open_readers()
            readers = self._readers
        return Tools(search, readers.answerer, readers.reranker, readers.rerank_weights)

    def _narrowed(self, filters: Filters) -> tuple[Tools, Selection | None]:
        """Return the tools for what the filters leave, and that; None where there are no filters."""
        tools = self._tools()
        if not filters:
            return tools, None
        selection = tools.search.selector.select(filters)
        return replace(tools, among=selection.numbers), selection

    def _sources(self, evidence: Sequence[Evidence]) -> dict[str, Document]:
        names = {item.article.document_id for item in evidence}
        documents = {name: self._library.document(name) for name in sorted(names)}
        return {name: document for name, document in documents.items() if document is not None}
