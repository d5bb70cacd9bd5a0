"""What happens to files that are taken in: one state for each, told as it changes."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DEFAULT_COLLECTION = "uploads"


class State(StrEnum):
    """How far a file has come."""

    QUEUED = "queued"
    READING = "reading"
    DONE = "done"
    KNOWN = "known"  # the collection holds the same bytes already
    KEPT = "kept"  # the original is kept, and will be read when somebody asks for it: the store was busy
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came over the network.

    Attributes:
        path: Where it lies for now; removed when it was taken in or refused.
        name: As the visitor calls it; never used as a path. Empty takes the name of the file at `path`.
    """

    path: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What became of one file so far.

    Attributes:
        name: As the visitor calls it.
        document_id: In the store; empty while it is not there.
        done, total: Texts encoded of those to encode, while it is read; none are known at first.
        articles, passages, repairs: Of a document that was read.
        assumptions: Made while reading, English sentences.
        reason, remedy: Why it is kept or skipped, and what to do where that is known: English sentences of ours.
    """

    name: str
    state: State = State.QUEUED
    document_id: str = ""
    done: int = 0
    total: int = 0
    articles: int = 0
    passages: int = 0
    repairs: int = 0
    assumptions: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        return self.state not in (State.QUEUED, State.READING)


@dataclass(frozen=True, slots=True)
class UploadReport:
    """All files that were given together, in their order."""

    collection: str
    files: tuple[TakenFile, ...]

    @property
    def finished(self) -> bool:
        return all(file.ended for file in self.files)
