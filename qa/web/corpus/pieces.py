"""Small pieces of HTML that the parts of the corpus page share. Every text from outside is escaped here."""

from qa.escape import escape_html
from qa.web.words import Language, word

LONGEST_NAME = 120  # code points that are shown of a name


def name_html(name: str) -> str:
    """Return a name from outside, cut where it is very long; it cannot turn the words around it."""
    shown = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"
    return f"<bdi>{escape_html(shown)}</bdi>"


def number(count: int) -> str:
    """Return a number with its thousands apart."""
    return f"{count:,}"


def card(key: str, language: Language, content: str, *, kind: str = "", aside: str = "") -> str:
    """Return a part of the page under its heading.

    Args:
        key: Of the words `{key}_title`.
        language: To write in.
        content: HTML below the heading.
        kind: Class.
        aside: HTML beside the heading.
    """
    beside = f'<span class="wj-aside">{aside}</span>' if aside else ""
    return (
        f'<section class="wj-figure {kind}" aria-labelledby="wj-f-{key}"><div class="wj-figure-head">'
        f'<h3 id="wj-f-{key}">{word(f"{key}_title", language)}</h3>{beside}</div>{content}</section>'
    )


def size_text(size: int) -> str:
    """Return a number of bytes for people, such as `1.4 MB`."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5 or unit == "GB":
            break
    return f"{amount:.1f} {unit}" if amount < 99.95 else f"{amount:.0f} {unit}"
