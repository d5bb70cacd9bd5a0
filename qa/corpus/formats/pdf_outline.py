"""Find the headings of a PDF by its outline, and cut it into chapters where that works out.

An outline names titles and pages, not places: a heading is the paragraph of that page that says what the title says. An
outline that does not fit the text is not used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.corpus.formats.extracted import Chapter, Piece, PieceKind
from qa.corpus.lines import separator

LONGER = 12
"""Characters that a heading may have in front of the title: "Chapter 12" or "第十二章"."""

MIN_HEADINGS = 2
MIN_FOUND = 0.5
"""Share of an outline whose headings must be found."""


def with_headings(pages: Sequence[Sequence[Piece]], outline: Iterable[tuple[str, int, int]]) -> list[list[Piece]]:
    """Return the pages with their headings marked.

    Args:
        pages: Pieces of each page.
        outline: Title, page (from 0) and depth (from 0) of each entry, in order.
    """
    marked = [list(pieces) for pieces in pages]
    for title, page, level in outline:
        pieces = marked[page] if page < len(marked) else []
        wanted = _bare(title)
        for at, piece in enumerate(pieces):
            said = _bare(piece.text) if piece.kind is PieceKind.PARAGRAPH else ""
            if wanted and said.endswith(wanted) and len(said) <= len(wanted) + LONGER:
                pieces[at] = replace(piece, text=_one_line(piece.text), kind=PieceKind.HEADING, level=level + 1)
                break
    return marked


def chapters_of(pieces: Sequence[Piece], entries: int, title: str) -> list[Chapter]:
    """Return the chapters that begin with headings of the highest level; none where the outline does not fit.

    Args:
        pieces: Of the whole document, headings marked.
        entries: Of the outline.
        title: Of the file's metadata; used where the text has it, too.
    """
    headings = [at for at, piece in enumerate(pieces) if piece.kind is PieceKind.HEADING]
    if len(headings) < max(MIN_HEADINGS, MIN_FOUND * entries):
        return []
    highest = min(pieces[at].level for at in headings)
    tops = [at for at in headings if pieces[at].level == highest]
    printed = next((piece.text for piece in pieces[: tops[0]] if title and _bare(piece.text) == _bare(title)), None)
    if len(tops) == 1:
        return [Chapter(pieces, title=pieces[tops[0]].text if tops[0] == 0 else printed)]
    starts = [0, *tops] if tops[0] > 0 else tops
    return [
        Chapter(
            pieces[start:end],
            title=pieces[start].text if start in tops else printed,
            subtitle=title if printed and start in tops else None,
        )
        for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True)
    ]


def _one_line(text: str) -> str:
    first, *rest = text.split("\n")
    for line in rest:
        first += separator(first, line) + line
    return first


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
