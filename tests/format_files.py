"""Small PDF, DOCX and EPUB files, made when a test needs them; always the same bytes for the same arguments."""

import datetime
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import openpyxl
from docx import Document as new_docx
from docx.document import Document as DocxDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
LEFT, TOP, LEADING, SIZE = 72.0, 760.0, 18.0, 12.0
LINE = 28
"""Characters in a full line of `wrapped`."""

PARK = "河阳县的湖心公园将在五月一日向市民开放，全园免收门票，园内修了三公里步道。"
HOURS = "公园占地二十公顷，去年三月动工，由河阳县园林处管理，每天早上六点开门，晚上九点关门。"
BUS = "三路和十一路公交车在公园南门设站，间隔十二分钟，南门外的停车场有四百个车位。"

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, password: str | None = None, owner: str | None = None) -> bytes:
    """Return a PDF whose pages are drawn by these functions; a password to open it, or only one of its owner."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    encryption = StandardEncryption(password or "", ownerPassword=owner or "owner") if password or owner else None
    written = BytesIO()
    canvas = Canvas(written, invariant=1, encrypt=encryption)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def lines(*texts: str, top: float = TOP, left: float = LEFT, size: float = SIZE, font: str = FONT) -> Draw:
    """Return a function that draws lines under each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, text in enumerate(texts):
            canvas.drawString(left, top - number * LEADING, text)

    return draw


def together(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def wrapped(text: str, *, width: int = LINE, indent: str = "　　") -> list[str]:
    """Return a paragraph in lines as Chinese is printed: two blanks in front, no mark at the start of a line."""
    text = indent + text
    found = []
    while text:
        end = width
        while end < len(text) and text[end] in "，。、；：？！”）":
            end += 1
        found.append(text[:end])
        text = text[end:]
    return found


def report(*pages: Sequence[str], head: str = "", foot: bool = True) -> bytes:
    """Return a PDF of pages of paragraphs, with a running head and page numbers; `…` begins one that goes on."""

    def page(number: int, paragraphs: Sequence[str]) -> Draw:
        body = [
            line
            for paragraph in paragraphs
            for line in wrapped(paragraph.removeprefix("…"), indent="" if paragraph.startswith("…") else "　　")
        ]
        parts = [lines(head, top=800, size=9)] if head else []
        parts += [lines(f"— {number} —", top=40, left=280, size=9)] if foot else []
        return together(*parts, lines(*body))

    return pdf(*(page(number, paragraphs) for number, paragraphs in enumerate(pages, start=1)))


def scan() -> bytes:
    """Return a PDF with a picture and no text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    return pdf(lambda canvas: canvas.drawImage(ImageReader(Image.new("L", (40, 40), 120)), 72, 500, 300, 200))


def unicode_pdf(hexadecimal: str) -> bytes:
    """Return a PDF that shows one glyph, whose font says that it stands for these UTF-16 units."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <61> <{hexadecimal}> endbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    drawing = "BT /F1 24 Tf 72 700 Td <61> Tj ET"
    glyph = "1000 0 0 0 750 750 d1 0 0 750 750 re f"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>\nstream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 6 0 R>>"
        "/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]/Resources<<>>"
        "/ToUnicode 7 0 R>>",
        f"<</Length {len(glyph)}>>\nstream\n{glyph}\nendstream",
        f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
    ]
    body = "%PDF-1.5\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(parts) + 1
    trailer = f"trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def docx(fill: Callable[[DocxDocument], None], **properties: object) -> bytes:
    """Return a Word document that a function fills; properties such as title, author and created."""
    document = new_docx()
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    fill(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def park_docx() -> bytes:
    """Return a Word document with every kind of part that is read."""

    def fill(document: DocxDocument) -> None:
        document.add_heading("湖心公园五月一日开放", 0)
        document.add_paragraph(PARK)
        document.add_heading("开放时间", 1)
        document.add_paragraph(HOURS)
        document.add_paragraph("带好证件", style="List Bullet")
        document.add_paragraph("先登记", style="List Number")
        document.add_paragraph("再入园", style="List Number")
        table = document.add_table(rows=2, cols=2)
        for at, text in enumerate(("车站", "间隔", "南门", "十二分钟")):
            table.cell(at // 2, at % 2).text = text
        document.add_page_break()
        document.add_heading("交通", 2)
        document.add_paragraph(BUS)

    return docx(fill, title="公告", author="袁立冬", created=datetime.datetime(2024, 4, 30, 8))


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these parts, as ever made on the same day."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def epub(pages: Mapping[str, str], *, contents: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None,
         old: bool = False) -> bytes:  # fmt: skip
    """Return an e-book.

    Args:
        pages: Bodies of its pages by name, in reading order.
        contents: Titles by page; by default it has no table of contents.
        more: Other parts.
        old: Of the table of contents: as in version 2.
    """
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    manifest = "".join(
        f'<item id="p{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="p{at}"/>' for at in range(len(pages)))
    parts: dict[str, str] = {"mimetype": "application/epub+zip"}
    links = (contents or {}).items()
    if contents and old:
        manifest += '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        points = "".join(
            f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{name}"/></navPoint>'
            for name, title in links
        )
        ncx = f'{head}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
        parts["OEBPS/toc.ncx"] = ncx
    elif contents:
        manifest += '<item id="toc" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        points = "".join(f'<li><a href="{name}">{title}</a></li>' for name, title in links)
        parts["OEBPS/nav.xhtml"] = (
            f'{head}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><ol>{points}</ol></nav></body></html>'
        )
    parts["META-INF/container.xml"] = (
        f'{head}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    parts["OEBPS/content.opf"] = (
        f'{head}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>临溪旧事</dc:title><dc:creator>岑翀</dc:creator>'
        "<dc:creator>贺喆</dc:creator><dc:publisher>望河出版社</dc:publisher><dc:date>2019-06-01T00:00:00Z</dc:date></metadata>"
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    for name, body in pages.items():
        parts[f"OEBPS/{name}"] = (
            f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>'
        )
    return archive({**parts, **(more or {})})


Cell = str | int | float | bool | datetime.date | datetime.time | None


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, formats: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook of these sheets; `formats` are number formats of cells of the first one, such as B2."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        book.worksheets[0][cell].number_format = number_format
    book.properties.created = book.properties.modified = datetime.datetime(2024, 5, 1)
    written = BytesIO()
    book.save(written)
    return written.getvalue()
