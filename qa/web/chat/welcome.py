"""What the chat shows before the first question."""

from qa.types import Status
from qa.web.words import Language, word


def welcome_html(status: Status, language: Language) -> str:
    """Return what the chat shows before the first question; the examples stand below it."""
    try_asking = f"<p>{word('examples', language)}</p>" if status.examples else ""
    return f'<div class="wj-welcome">{word("welcome", language)}{try_asking}</div>'
