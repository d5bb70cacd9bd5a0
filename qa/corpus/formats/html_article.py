"""Put the article of a page together: its title, then what stands in it.

What the title and the facts are is read by `html_facts`, where the article stands by `html_main`, what it says by
`html_blocks`.
"""

from collections.abc import Sequence

from qa.corpus.formats.extracted import Chapter, Piece, PieceKind
from qa.corpus.formats.html_blocks import pieces_of
from qa.corpus.formats.html_facts import read_facts
from qa.corpus.formats.html_main import find_article
from qa.corpus.formats.html_tree import as_html, parse

NEAR_THE_TOP = 3
"""Pieces among which the title is looked for, when it stands in the article itself."""


def read_article(text: str) -> Chapter:
    """Return the article of a decoded page, its title first.

    Raises:
        SourceError: The page is nested as none is.
    """
    page = parse(as_html(text) if text.lstrip("\ufeff \n\r\t").startswith("<?xml") else text)
    facts = read_facts(page)
    article = find_article(page)
    pieces = pieces_of(article.root, article.away)
    return Chapter(
        titled(pieces, facts.title),
        title=facts.title,
        byline=facts.byline,
        publisher=facts.publisher,
        date=facts.date,
    )


def titled(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    """Return the pieces with the title in front, once."""
    if title is None:
        return list(pieces)
    at = next((at for at, piece in enumerate(pieces[:NEAR_THE_TOP]) if _same(piece.text, title)), None)
    rest = [piece for number, piece in enumerate(pieces) if number != at]
    while rest and rest[-1].kind is PieceKind.HEADING:
        rest.pop()  # what stood under it was left out
    return [Piece(title, PieceKind.HEADING, 1), *rest]


def _same(text: str, title: str) -> bool:
    return "".join(text.split()) == "".join(title.split())
