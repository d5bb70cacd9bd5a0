"""The head of the page, with what is loaded and which model answers, and the words of the empty chat."""

from qa.types import Status
from qa.web.escape import escape_html
from qa.web.words import Language, counted, word


def header_html(status: Status, language: Language) -> str:
    """Return the name of the product and one line that says what is loaded and which model answers."""
    loaded = word(
        "loaded_llm" if status.llm else "loaded",
        language,
        articles=counted("articles", language, status.articles),
        passages=counted("passages", language, status.passages),
        model=escape_html(status.model),
        llm=escape_html(status.llm),
    )
    return (
        f'<header class="wj-header"><h1>{word("name", language)}</h1>'
        f'<p class="wj-tagline">{word("tagline", language)}</p><p class="wj-loaded">{loaded}</p></header>'
    )


def welcome_html(status: Status, language: Language) -> str:
    """Return what the chat shows before the first question; the examples stand below it."""
    try_asking = f"<p>{word('examples', language)}</p>" if status.examples else ""
    return f'<div class="wj-welcome">{word("welcome", language)}{try_asking}</div>'
