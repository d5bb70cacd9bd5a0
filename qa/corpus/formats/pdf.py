"""Read a PDF: its text layer as paragraphs, page by page. Pictures are not read: a PDF without text is refused.

The pages are read by `qa.corpus.formats.pdf_pages`, in the sandbox, because PDFium is native code. Where the file has
an outline, its chapters are articles; else they are told from the text, as on a newspaper page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.corpus.formats.extracted import Chapter, Piece, compose
from qa.corpus.formats.pdf_outline import chapters_of, with_headings
from qa.corpus.limits import MAX_BINARY_BYTES
from qa.errors import SourceError
from qa.types import Document

_MOST_NAMED = 10
_OBJECT = re.compile(rb"\s*(?:xref|\d{1,10}\s+\d{1,5}\s+obj)")


class PdfReader:
    """PDF with a text layer; `Document.pages` has the place of every page, empty ones included."""

    media_type: str = "application/pdf"
    suffixes: tuple[str, ...] = (".pdf",)
    max_bytes: int = MAX_BINARY_BYTES
    sandboxed: bool = True

    def read(self, document_id: str, data: bytes) -> Document:
        from qa.corpus.formats.pdf_pages import read_content  # noqa: PLC0415 (PDFium is loaded in the sandbox only)

        content = read_content(data)
        pages = [page.pieces for page in content.pages]
        if not any(character.isalnum() for pieces in pages for piece in pieces for character in piece.text):
            raise SourceError(
                "No text layer: the pages are pictures, or empty.",
                "Run text recognition (OCR) over it, and index that.",
            )
        broken = [number for number, page in enumerate(content.pages, start=1) if page.broken]
        pictures = [number for number, page in enumerate(content.pages, start=1) if page.pictures and not page.pieces]
        damaged = () if _has_xref(data) else ("The file is damaged; what could be found of its text was read.",)
        titles = [(bookmark.title, bookmark.page, bookmark.level) for bookmark in content.outline]
        pieces = list(_with_breaks(with_headings(pages, titles)))
        chapters = chapters_of(pieces, len(titles), content.title)
        return compose(
            document_id,
            data,
            chapters or [Chapter(pieces)],
            media_type=self.media_type,
            assumptions=(*_named("cannot be read", broken), *_named("have no text layer", pictures), *damaged),
            sectioned=bool(chapters),
            paged=True,
        )


def _with_breaks(pages: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    """Yield the pieces of all pages, with a page break before every page but the first."""
    for number, pieces in enumerate(pages):
        yield replace(pieces[0] if pieces else Piece(""), breaks=(0,) if number else ())
        yield from pieces[1:]


def _named(what: str, numbers: list[int]) -> tuple[str, ...]:
    """Return one sentence that names the pages, or none when there are none."""
    if not numbers:
        return ()
    named = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return (f"Pages that {what}: {named}{more}.",)


def _has_xref(data: bytes) -> bool:
    """Return whether the file ends by saying where its cross-reference table is, and it is there."""
    start = max(0, data.find(b"%PDF-", 0, 1024))
    found = re.findall(rb"startxref\s+(\d{1,12})", data[-2048:])
    if not found:
        return False
    at = int(found[-1])
    return any(_OBJECT.match(data, place) is not None for place in (at, at + start))
