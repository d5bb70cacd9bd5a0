"""Read plain text and Markdown: decode the bytes, change nothing."""

import hashlib

from qa.corpus.decode import decode
from qa.corpus.limits import MAX_TEXT_BYTES
from qa.types import Document


class TextReader:
    """Plain text in any of the encodings that `decode` knows."""

    media_type: str = "text/plain"
    suffixes: tuple[str, ...] = (".txt", ".text")
    max_bytes: int = MAX_TEXT_BYTES
    sandboxed: bool = False

    def read(self, document_id: str, data: bytes) -> Document:
        decoded = decode(data)
        return Document(
            id=document_id,
            sha256=hashlib.sha256(data).hexdigest(),
            encoding=decoded.encoding,
            text=decoded.text,
            media_type=self.media_type,
            assumptions=decoded.assumptions,
        )


class MarkdownReader(TextReader):
    """Markdown; the document's text keeps its marks, which `qa.corpus.markdown` takes off for searching."""

    media_type: str = "text/markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
