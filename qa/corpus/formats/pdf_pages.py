"""Take the characters of a PDF's pages out with pypdfium2, and make lines and paragraphs of them.

PDFium gives characters with their places, in the order in which the file draws them, and says where lines end; which
lines are a paragraph is decided in `qa.corpus.formats.pdf_lines`.
"""

from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, replace
from itertools import groupby, islice

from pypdfium2 import PdfDocument, PdfiumError, PdfTextPage
from pypdfium2.raw import (
    FPDF_ERR_PASSWORD,
    FPDF_ERR_SECURITY,
    FPDF_PAGEOBJ_IMAGE,
    FPDFText_GetCharOrigin,
    FPDFText_GetUnicode,
    FPDFText_IsHyphen,
)

from qa.corpus.formats import radicals
from qa.corpus.formats.extracted import Piece, PieceKind, clean, row
from qa.corpus.formats.pdf_lines import CELL_GAP, LONGEST_SPREAD, PrintedLine, paragraphs
from qa.errors import SourceError

MAX_BOOKMARKS = 5000
DEEPEST_BOOKMARK = 4

_HYPHENS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen that breaks a word at the end of a line; it gives no newline there."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What stands on a page.

    Attributes:
        pieces: Paragraphs and rows of tables in reading order; the lines of a paragraph are parted by newlines.
        pictures: It has some; looked for only where there is no text.
        broken: PDFium cannot read it.
    """

    pieces: tuple[Piece, ...] = ()
    pictures: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline: its title, the page that it leads to (from 0), and how deep it is (from 0)."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class PdfContent:
    """What is read of a PDF; the title is that of its metadata, empty where there is none."""

    pages: tuple[PdfPage, ...]
    outline: tuple[Bookmark, ...]
    title: str


def read_content(data: bytes) -> PdfContent:
    """Return the pages of a PDF in order, and its outline.

    Raises:
        SourceError: It is encrypted, damaged beyond repair, or no PDF.
    """
    try:
        opened = PdfDocument(data)
    except PdfiumError as problem:
        raise _refused(problem.err_code) from problem
    with opened:
        pages = tuple(_page(opened, number) for number in range(len(opened)))
        outline = tuple(_outline(opened))
        title = clean(opened.get_metadata_value("Title"))
    if all(page.broken for page in pages):
        raise _refused(None)
    return PdfContent(pages, outline, title)


def _outline(opened: PdfDocument) -> Iterator[Bookmark]:
    """Yield the bookmarks in order, those that lead to a page."""
    for bookmark in islice(opened.get_toc(max_depth=DEEPEST_BOOKMARK), MAX_BOOKMARKS):
        place = bookmark.get_dest()
        page = place.get_index() if place is not None else None
        title = " ".join(clean(bookmark.get_title()).split())
        if page is not None and title:
            yield Bookmark(title, page, bookmark.level)


def _page(opened: PdfDocument, number: int) -> PdfPage:
    try:
        page = opened[number]
        try:
            text_page = page.get_textpage()
            lines = list(_lines(text_page))
            text_page.close()
            pictures = not lines and next(iter(page.get_objects([FPDF_PAGEOBJ_IMAGE])), None) is not None
        finally:
            page.close()
    except PdfiumError:
        return PdfPage(broken=True)
    return PdfPage(tuple(_piece(group) for group in paragraphs(lines)), pictures)


def _piece(lines: Sequence[PrintedLine]) -> Piece:
    if lines[0].cells:
        return Piece(row(cell.text for cell in lines[0].cells), PieceKind.ROW)
    return Piece("\n".join(line.text for line in lines))


def _lines(page: PdfTextPage) -> Iterator[PrintedLine]:
    """Yield the lines of a page in the order in which PDFium gives them."""
    codes: list[tuple[int, int]] = []
    for at in range(page.count_chars()):
        code = FPDFText_GetUnicode(page.raw, at)
        if code in _HYPHENS and FPDFText_IsHyphen(page.raw, at) == 1:
            yield from _line(page, [*codes, (ord("-"), at)], broken=True)
            codes = []
        elif code == ord("\n"):
            yield from _line(page, codes)
            codes = []
        elif code:
            codes.append((code, at))
    yield from _line(page, codes)


def _line(page: PdfTextPage, codes: Sequence[tuple[int, int]], *, broken: bool = False) -> Iterator[PrintedLine]:
    """Yield one line, unless it is empty.

    Args:
        page: Where it stands.
        codes: Its characters, each with its number on the page.
        broken: It ends in the hyphen of a broken word.
    """
    words = [list(group) for blank, group in groupby(codes, key=lambda code: _is_blank(code[0])) if not blank]
    boxes = [_box(page, word[0][1], word[-1][1]) for word in words]
    cells: list[PrintedLine] = []
    start = 0
    for at in range(1, len(words) + 1):
        wide = at < len(words) and boxes[at].left - boxes[at - 1].right > CELL_GAP * boxes[at].size
        if at == len(words) or wide:
            text = clean(" ".join(_text(word) for word in words[start:at]))
            box = boxes[start]
            size = max(part.size for part in boxes[start:at])
            if text:
                cells.append(PrintedLine(text, box.left, boxes[at - 1].right, box.baseline, size))
            start = at
    if any(len(cell.text) > LONGEST_SPREAD for cell in cells[1:]):
        text = " ".join(cell.text for cell in cells)
        size = max(cell.size for cell in cells)
        yield PrintedLine(text, cells[0].left, cells[-1].right, cells[0].baseline, size, broken, tuple(cells))
    elif cells:
        text = " ".join(cell.text for cell in cells)
        yield replace(cells[0], text=text, right=cells[-1].right, broken=broken)


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a word stands; see `PrintedLine`."""

    left: float
    right: float
    baseline: float
    size: float


def _box(page: PdfTextPage, first: int, last: int) -> _Box:
    left, bottom, right, top = page.get_charbox(first, loose=True)
    if last != first:
        right = max(right, page.get_charbox(last, loose=True)[2])
    x, y = c_double(), c_double()
    baseline = y.value if FPDFText_GetCharOrigin(page.raw, first, x, y) else bottom
    return _Box(left, right, baseline, max(top - bottom, 0.1))


def _is_blank(code: int) -> bool:
    return code <= ord(" ") or code in (0xA0, 0x3000)


def _text(codes: Sequence[tuple[int, int]]) -> str:
    """Return the characters, radicals as characters; PDFium gives those beyond 16 bits in two halves."""
    units = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code, _ in codes)
    return (
        units.encode("utf-16-le", errors="surrogatepass")
        .decode("utf-16-le", errors="replace")
        .translate(radicals.CHARACTERS)
    )


def _refused(code: int | None) -> SourceError:
    if code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
        return SourceError("The PDF is encrypted: it opens with a password only.", "Save it without a password.")
    return SourceError("This is no PDF file, or it is damaged beyond repair.", "Save or download it again.")
