"""Every error that Wenju raises on purpose, each with the remedy to type.

RemedyError (embeddings.errors)
├── ModelUnavailableError   the embedding model cannot be opened
├── SourceError             the folder or document to read is not usable
│   ├── DocumentMissingError  no document of the store has this name
│   └── UnreadableError     a file holds nothing that can be read
├── StoreError              the store is missing, foreign, damaged or busy
│   ├── StoreMissingError   there is no store yet
│   ├── StoreBusyError      another process is writing
│   └── ModelMismatchError  the store was made with another model
├── ConversationError       a conversation cannot be read, changed, imported or kept as asked
│   ├── ConversationMissingError  it is not there, or somebody else's
│   ├── ConversationChangedError  another tab was quicker
│   └── ConversationStoreError    the file of conversations is not usable
├── QuestionError           the question cannot be put
│   ├── QuestionEmptyError  there is nothing in it
│   ├── QuestionTooLongError  it is longer than a question
│   └── FilterError         a filter is malformed, names what is not there, or leaves nothing
├── NotAllowedError         the visitor may not do this
├── ReportError             a report cannot be written
└── SettingsError           a setting is unknown or out of range
"""

from embeddings.errors import ModelUnavailableError, RemedyError

__all__ = [
    "ConversationChangedError",
    "ConversationError",
    "ConversationMissingError",
    "ConversationStoreError",
    "DocumentMissingError",
    "FilterError",
    "ModelMismatchError",
    "ModelUnavailableError",
    "NotAllowedError",
    "QuestionEmptyError",
    "QuestionError",
    "QuestionTooLongError",
    "RemedyError",
    "ReportError",
    "SettingsError",
    "SourceError",
    "StoreBusyError",
    "StoreError",
    "StoreMissingError",
    "UnreadableError",
]


class SourceError(RemedyError):
    """The folder or document that was named cannot be used."""


class DocumentMissingError(SourceError):
    """No document of the store has this name, or not any more."""


class UnreadableError(SourceError):
    """A file holds nothing that can be read.

    Attributes:
        reason: Why, one sentence.
    """

    def __init__(self, name: str, reason: str) -> None:
        said = f"{name!r} was not read ({reason.rstrip('.')})."
        super().__init__(said, "See which formats are read, or take another file.")
        self.reason = reason


class StoreError(RemedyError):
    """The store is not usable as it is."""


class StoreMissingError(StoreError):
    """There is no store at this place yet."""


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class ModelMismatchError(StoreError):
    """The store was made with another embedding model."""


class ConversationError(RemedyError):
    """A conversation cannot be read, changed, imported or kept as asked."""


class ConversationMissingError(ConversationError):
    """There is no such conversation, or it is somebody else's: the sentence is the same."""


class ConversationChangedError(ConversationError):
    """The conversation has changed since it was looked at, in another tab, say."""


class ConversationStoreError(ConversationError):
    """The file of conversations is foreign, damaged, of a newer version, full or cannot be written."""


class QuestionError(RemedyError):
    """The question cannot be put."""


class QuestionEmptyError(QuestionError):
    """There is nothing in the question."""


class QuestionTooLongError(QuestionError):
    """The question is longer than one."""


class FilterError(QuestionError):
    """A filter is malformed or names what is not there, or nothing fits them all."""


class NotAllowedError(RemedyError):
    """The visitor may not do this."""


class ReportError(RemedyError):
    """A report cannot be written where it should be."""


class SettingsError(RemedyError):
    """A setting is unknown or out of range."""
