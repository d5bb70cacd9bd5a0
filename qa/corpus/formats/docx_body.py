"""Take the text out of a Word document's parts, with python-docx for the package and its styles.

Walks the XML itself, without recursion: python-docx's own objects for paragraphs and runs look every style up again and
need 20 seconds for a document of 800,000 paragraphs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile
from zlib import error as ZlibError

from docx import Document as open_docx
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from qa.corpus.formats.archive import open_archive
from qa.corpus.formats.docx import Properties
from qa.corpus.formats.docx_lists import Lists
from qa.corpus.formats.docx_styles import Styles
from qa.corpus.formats.extracted import BULLET, Piece, PieceKind, clean, row
from qa.errors import SourceError

LONG_CELL = 400
"""Characters of a cell with several paragraphs from which a row is taken for layout and read paragraph by paragraph."""

_DAMAGED = (
    BadZipFile,
    ZlibError,
    PackageNotFoundError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    NotImplementedError,
)
_SKIPPED = frozenset(
    qn(name) for name in ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:instrText", "w:rt", "w:delText", "w:sectPr")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXT = frozenset((qn("w:t"), _MATH_TEXT))
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX, _BREAK, _RENDERED = qn("w:txbxContent"), qn("w:br"), qn("w:lastRenderedPageBreak")
_NOTE = frozenset((qn("w:footnoteReference"), qn("w:endnoteReference")))
_CHARACTERS = {qn("w:tab"): " ", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): " "}
_NEW_PAGE = ("nextPage", "evenPage", "oddPage", None)


def read_body(data: bytes) -> tuple[list[Piece], Properties]:
    """Return what stands in the document, in order, and what it says of itself.

    Raises:
        SourceError: It is no Word document, damaged, encrypted, or too large inside.
    """
    open_archive(data, "a Word document", "[Content_Types].xml").close()
    refused = SourceError("This is no Word document, or it is damaged.", "Save or download it again.")
    try:
        opened = open_docx(BytesIO(data))
    except (*_DAMAGED, AttributeError) as problem:  # so it fails where a part is missing
        raise refused from problem
    try:
        pieces = list(_Body(opened).pieces())
        core = opened.core_properties
        return pieces, Properties(core.title, core.author, core.created)
    except _DAMAGED as problem:
        raise refused from problem


@dataclass(slots=True)
class _Written:
    """What a paragraph says.

    Attributes:
        text: Raw.
        breaks: Positions in the text where pages begin.
        notes: Numbers of footnotes and endnotes that it refers to, with the name of their part.
        boxes: Text boxes that are anchored in it.
    """

    text: str = ""
    breaks: list[int] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class _Body:
    """Reads the body of one document; remembers page breaks and notes from one paragraph to the next."""

    def __init__(self, document: DocxDocument) -> None:
        self._document = document
        self._styles = Styles(document.styles.element)
        self._lists = Lists(_numbering(document))
        self._broken = True  # a page has just begun: Word notes what a hard page break does once more
        self._notes: list[tuple[str, str]] = []

    def pieces(self) -> Iterator[Piece]:
        for block in _blocks(self._document.element.body):
            if block.tag == _TABLE:
                yield from self._table(block)
            else:
                yield from self._paragraph(block)
        texts = _notes(self._document) if self._notes else {}
        for note in self._notes:
            yield Piece(texts.pop(note, ""))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Piece]:
        style = self._styles.of(paragraph)
        written = self._written(paragraph, new_page=style.new_page)
        text = "" if style.contents else clean(written.text)
        marker = self._lists.marker(style.list_id, style.list_level) if text and style.list_id else ""
        if style.level is not None:
            marker = marker.removeprefix(BULLET)
        breaks = [len(marker + clean(written.text[:place])) if place else 0 for place in written.breaks]
        text = marker + text
        if style.level is not None and text:
            text = " ".join(text.split("\n"))
            yield Piece(text, PieceKind.HEADING, style.level, tuple(breaks))
        else:
            yield Piece(text, breaks=tuple(min(place, len(text)) for place in breaks))
        if style.ends_section and style.section_end in _NEW_PAGE:
            self._broken = True
            yield Piece("", breaks=(0,))
        for box in written.boxes:
            for block in _blocks(box):
                yield from self._table(block) if block.tag == _TABLE else self._paragraph(block)

    def _written(self, paragraph: etree._Element, *, new_page: bool) -> _Written:
        """Return the text of a paragraph, with the page breaks in it."""
        written = _Written()
        texts: list[str] = []
        length = 0
        if new_page and not self._broken:
            written.breaks.append(0)
        self._broken = self._broken or new_page
        for element in _inside(paragraph, written.boxes):
            added = ""
            if element.tag in _TEXT:
                added = element.text or ""
            elif element.tag in _CHARACTERS:
                added = _CHARACTERS[element.tag]
            elif element.tag in _NOTE:
                self._notes.append((element.tag, element.get(qn("w:id"), "")))
            elif element.tag == _RENDERED:
                if not self._broken:
                    written.breaks.append(length)
                self._broken = True
            elif element.tag == _BREAK and element.get(qn("w:type")) == "page":
                written.breaks.append(length)
                self._broken = True
            elif element.tag == _BREAK:
                added = "\n"
            if added.strip():
                self._broken = False
            texts.append(added)
            length += len(added)
        written.text = "".join(texts)
        return written

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        for line in _children(table, _ROW):
            cells = [[*self._cell(cell)] for cell in _children(line, _CELL)]
            layout = len(cells) == 1 or any(
                len(cell) > 1 and sum(len(piece.text) for piece in cell) > LONG_CELL for cell in cells
            )
            if layout:
                yield from (piece for cell in cells for piece in cell)
                continue
            breaks = sum(len(piece.breaks) for cell in cells for piece in cell)
            text = row(" ".join(piece.text for piece in cell) for cell in cells)
            yield Piece(text, PieceKind.ROW, breaks=(0,) * min(1, breaks))

    def _cell(self, cell: etree._Element) -> Iterator[Piece]:
        for block in _blocks(cell):
            paragraphs = [block] if block.tag == _PARAGRAPH else block.iter(_PARAGRAPH)
            for paragraph in paragraphs:
                yield from self._paragraph(paragraph)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order; content controls and the like are opened, tables are not."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag not in _SKIPPED and element.tag != _FALLBACK:
            waiting += reversed(element)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, content controls opened."""
    waiting = [*reversed(parent)]
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        elif element.tag not in (_TABLE, _PARAGRAPH, *_SKIPPED):
            waiting += reversed(element)


def _inside(paragraph: etree._Element, boxes: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield what stands in a paragraph, in order, and put its text boxes aside."""
    waiting = [*reversed(paragraph)]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag not in _SKIPPED and element.tag != _FALLBACK:
            yield element
            waiting += reversed(element)


def _numbering(document: DocxDocument) -> etree._Element | None:
    return _part(document, "/numbering")


def _part(document: DocxDocument, ending: str) -> etree._Element | None:
    """Return the XML of a part that the body refers to, or None."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(ending):
            return parse_xml(relation.target_part.blob)
    return None


def _notes(document: DocxDocument) -> dict[tuple[str, str], str]:
    """Return the text of every footnote and endnote, by kind of reference and number."""
    found = {}
    for ending, reference in (("/footnotes", "w:footnoteReference"), ("/endnotes", "w:endnoteReference")):
        part = _part(document, ending)
        for note in part if part is not None else ():
            texts = (text for element in note.iter(*_TEXT) if (text := element.text))
            found[qn(reference), note.get(qn("w:id"), "")] = clean("".join(texts))
    return found
