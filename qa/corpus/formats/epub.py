"""Read an e-book: its chapters in reading order, each an article that knows the book it is from.

The parts are read by `qa.corpus.formats.epub_book`, in the sandbox.
"""

from qa.corpus.formats.extracted import compose
from qa.corpus.limits import MAX_BINARY_BYTES
from qa.errors import SourceError
from qa.types import Document


class EpubReader:
    """E-books (.epub) without copy protection."""

    media_type: str = "application/epub+zip"
    suffixes: tuple[str, ...] = (".epub",)
    max_bytes: int = MAX_BINARY_BYTES
    sandboxed: bool = True

    def read(self, document_id: str, data: bytes) -> Document:
        from qa.corpus.formats.epub_book import read_book  # noqa: PLC0415 (the parsers belong into the sandbox)

        chapters, missing = read_book(data)
        if not any(piece.text for chapter in chapters for piece in chapter.pieces):
            raise SourceError("No text layer: the book holds no text.", "Index a version with text.")
        return compose(
            document_id,
            data,
            chapters,
            media_type=self.media_type,
            assumptions=(f"{missing} chapters are missing in the file or cannot be read.",) if missing else (),
        )
