"""Read a saved web page: its article, with title, author, date and publisher, without menus, comments and footers.

The page is parsed by `qa.corpus.formats.html_article`, in the sandbox; here its bytes become text.
"""

import codecs
import re

from qa.corpus.decode import Decoded, decode
from qa.corpus.formats.extracted import compose
from qa.corpus.limits import MAX_EXTRACTED_BYTES
from qa.errors import SourceError
from qa.types import Document

SNIFFED_BYTES = 4096
"""So much of a page is searched for the name of its encoding; browsers look at 1024 bytes."""

_DECLARED = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})",
    re.IGNORECASE,
)
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
    "ascii": "cp1252", "iso8859-1": "cp1252", "euc_kr": "cp949",
}  # fmt: skip
"""What is meant by the names that pages use, as browsers know."""


class HtmlReader:
    """Saved web pages."""

    media_type: str = "text/html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")
    max_bytes: int = MAX_EXTRACTED_BYTES
    sandboxed: bool = True

    def read(self, document_id: str, data: bytes) -> Document:
        from qa.corpus.formats.html_article import read_article  # noqa: PLC0415 (the parser belongs into the sandbox)

        decoded = decode_page(data)
        chapter = read_article(decoded.text)
        if not any(character.isalnum() for piece in chapter.pieces for character in piece.text):
            raise SourceError("The page holds no text; a script may fill it when it is shown.", "Save it as shown.")
        return compose(
            document_id,
            data,
            [chapter],
            media_type=self.media_type,
            encoding=decoded.encoding,
            assumptions=decoded.assumptions,
        )


def decode_page(data: bytes) -> Decoded:
    """Decode a page: as UTF-8 when it is, else as it says itself where that fits, else as any text.

    Raises:
        NotTextError: It is not text.
    """
    declared = _declared(data)
    if declared is not None and not _is_utf8(data):
        try:
            text = data.decode(declared)
        except UnicodeDecodeError:
            return decode(data)
        if "\x00" not in text:
            return Decoded(text, declared)
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    """Return Python's name of the encoding that a page says it has, None when it says none that is known."""
    found = _DECLARED.search(data, 0, SNIFFED_BYTES)
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except LookupError:
        return None
    return None if name.startswith(("utf-16", "utf-32")) else _WIDER.get(name, name)
