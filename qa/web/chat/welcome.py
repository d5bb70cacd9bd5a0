"""What the chat shows before the first question."""

from qa.types import Status
from qa.web.words import Language, word


def welcome_html(status: Status, language: Language, *, may_bring: bool = False) -> str:
    """Return what the chat shows before the first question; the examples stand below it.

    Args:
        status: What there is to ask about.
        language: To write in.
        may_bring: Whether the reader may add files.
    """
    said = word("welcome" if status.documents else "welcome_empty", language)
    bring = f"<p>{word('welcome_bring', language)}</p>" if may_bring else ""
    try_asking = f"<p>{word('examples', language)}</p>" if status.examples else ""
    return f'<div class="wj-welcome">{said}{bring}{try_asking}</div>'
