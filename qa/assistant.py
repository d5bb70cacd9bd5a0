"""Assistant: the three verbs, index · search · ask, and what the shells need to show the results."""

from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.encoder import Encoder
from qa.types import Answer, ArticleView, Hit, IndexReport, Progress, Status


class Assistant:
    """One store, opened with one encoder. Safe to share between threads; one process writes at a time.

    `Assistant.open(store)` opens or makes a store; the encoder is loaded when first needed.
    """

    @classmethod
    def open(cls, store: Path, *, model: str = "bundled", encoder: Encoder | None = None, create: bool = False) -> "Assistant":
        """Open the store in this folder.

        Args:
            store: Folder of the store.
            model: Passed to `embeddings.encoder.open_encoder` when the encoder is first needed.
            encoder: Instead of `model`, an encoder that is open already (tests).
            create: Make the store where there is none.

        Raises:
            StoreMissingError: There is no store and `create` is False.
            StoreError: What is there is not a Wenju store.
            ModelMismatchError: The store was made with another model.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Release the store; the assistant cannot be used afterwards."""

    def warm(self) -> None:
        """Load model and indexes now, so that the first question is as fast as the next."""

    def index(self, folder: Path, *, progress: Callable[[Progress], None] | None = None) -> IndexReport:
        """Read, repair, segment, embed and store every readable file under `folder`; forget what is gone.

        Raises:
            SourceError: The folder is missing, unreadable or holds no readable file; the store is left as it was.
            StoreBusyError: Another process is writing.
        """
        raise NotImplementedError

    def search(self, query: str, *, top_k: int = 8) -> tuple[Hit, ...]:
        """Return ranked passages only. Raises QuestionError for an empty or too long query."""
        raise NotImplementedError

    def ask(self, question: str, *, history: Sequence[str] = (), top_k: int = 8) -> Answer:
        """Answer from the documents, or say with a reason that they do not answer.

        Args:
            history: Earlier questions of the conversation, oldest first.
            top_k: How many passages to return with the answer.

        Raises:
            QuestionError: The question is empty or too long.
        """
        raise NotImplementedError

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        """Open a document at a span. Raises SourceError when it is not in the store or the span is outside it."""
        raise NotImplementedError

    def status(self) -> Status:
        """Say what is loaded; quick, loads no model."""
        raise NotImplementedError
