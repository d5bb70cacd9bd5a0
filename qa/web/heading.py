"""The head of the page: the name of the product, and one line that says what is loaded and which model answers."""

from qa.types import Status
from qa.web.escape import escape_html
from qa.web.words import Language, counted, word


def header_html(status: Status, language: Language) -> str:
    """Return the name of the product and one line that says what is loaded and which model answers."""
    loaded = word(
        "loaded",
        language,
        articles=counted("articles", language, status.articles),
        passages=counted("passages", language, status.passages),
        model=escape_html(status.model),
    )
    return (
        f'<header class="wj-header"><h1>{word("name", language)}</h1>'
        f'<p class="wj-tagline">{word("tagline", language)}</p><p class="wj-loaded">{loaded}</p></header>'
    )
