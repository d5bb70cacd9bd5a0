"""What the pages work with, joined in one value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from qa.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Services:
    """What the pages work with.

    Attributes:
        assistant: Answers.
        docs: The folder that was indexed at the start; None where a store is served as it is.
        upload_mb: Megabytes of the largest file that may be brought.
    """

    assistant: "Assistant"
    docs: "Path | None" = None
    upload_mb: int = 50
