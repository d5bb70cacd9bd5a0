"""Codes: the one word by which a program tells a mistake apart, the same over HTTP and on the lines of `--jsonl`.

`qa.web.api.problems` says what each code means and adds those of the network. Knows classes of errors, raises none.
"""

from embeddings.errors import RemedyError
from qa.errors import (
    ConversationError,
    DocumentMissingError,
    FilterError,
    ModelMismatchError,
    ModelUnavailableError,
    QuestionEmptyError,
    QuestionError,
    QuestionTooLongError,
    SourceError,
    StoreBusyError,
    StoreError,
)

# The first class that fits names the code.
_CODES_OF: tuple[tuple[type[RemedyError], str], ...] = (
    (QuestionEmptyError, "question_empty"),
    (QuestionTooLongError, "question_too_long"),
    (FilterError, "filter_invalid"),
    (QuestionError, "question_invalid"),
    (DocumentMissingError, "document_missing"),
    (SourceError, "span_invalid"),
    (StoreBusyError, "store_busy"),
    (ModelMismatchError, "store_unusable"),
    (StoreError, "store_unusable"),
    (ModelUnavailableError, "model_unavailable"),
    (ConversationError, "not_kept"),
)


def code_of(error: RemedyError) -> str | None:
    """Return the code of a mistake; None for one that nobody foresaw."""
    return next((code for kind, code in _CODES_OF if isinstance(error, kind)), None)
