"""What the pages work with, joined in one value."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.chat.store import ConversationStore
from qa.web.answering import Answering
from qa.web.metrics import Metrics

if TYPE_CHECKING:
    from pathlib import Path

    from qa.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Services:
    """What the pages work with.

    Attributes:
        assistant: Answers.
        docs: The folder that was indexed at the start; None where a store is served as it is.
        conversations: Kept; in memory, until the server stops, where their file cannot be used.
        answering: Where all questions wait.
        metrics: Counts what was asked and what came of it.
        upload_mb: Megabytes of the largest file that may be brought.
    """

    assistant: "Assistant"
    docs: "Path | None" = None
    conversations: ConversationStore = field(default_factory=ConversationStore.in_memory)
    answering: Answering = field(default_factory=Answering)
    metrics: Metrics = field(default_factory=Metrics)
    upload_mb: int = 50
