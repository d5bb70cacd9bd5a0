"""Read a PDF: its text layer as paragraphs, page by page. Pictures are not read: a PDF without text is refused.

The pages are read by `qa.corpus.formats.pdf_pages`, in the sandbox, because PDFium is native code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.corpus.formats.extracted import Chapter, Piece, compose
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
        from qa.corpus.formats.pdf_pages import read_pages  # noqa: PLC0415 (PDFium is loaded in the sandbox only)

        pages = list(read_pages(data))
        if not any(character.isalnum() for page in pages for piece in page.pieces for character in piece.text):
            raise SourceError(
                "No text layer: the pages are pictures, or empty.",
                "Run text recognition (OCR) over it, and index that.",
            )
        broken = [number for number, page in enumerate(pages, start=1) if page.broken]
        pictures = [number for number, page in enumerate(pages, start=1) if page.pictures and not page.pieces]
        damaged = () if _has_xref(data) else ("The file is damaged; what could be found of its text was read.",)
        return compose(
            document_id,
            data,
            [Chapter([piece for page in pages for piece in _pieces(page.pieces, first=page is pages[0])])],
            media_type=self.media_type,
            assumptions=(*_named("cannot be read", broken), *_named("have no text layer", pictures), *damaged),
            sectioned=False,
            paged=True,
        )


def _pieces(pieces: Sequence[Piece], *, first: bool) -> Iterator[Piece]:
    """Yield the pieces of a page, with a page break before every page but the first."""
    yield replace(pieces[0] if pieces else Piece(""), breaks=() if first else (0,))
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
