"""Take the chapters out of an e-book: find its contents, read its pages in order, and give each its title.

`zipfile` and lxml do the work: the library for e-books on PyPI, EbookLib, is under the AGPL.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from qa.corpus.formats.archive import open_archive
from qa.corpus.formats.extracted import Chapter, Piece, PieceKind, clean
from qa.corpus.formats.html import decode_page
from qa.corpus.formats.html_article import titled
from qa.corpus.formats.html_blocks import pieces_of
from qa.corpus.formats.html_tree import as_html, parse
from qa.errors import SourceError

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"

TOP_LEVELS = 2
"""Headings of these levels begin a chapter where the contents do not name the page."""

_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of encryption that hide fonts, not text."""

_DAMAGED = (BadZipFile, ZlibError, KeyError, ValueError, NotImplementedError, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package of a book says.

    Attributes:
        pages: Paths of its pages in reading order.
        labels: For a page, the entries that the contents have for it, in order.
        title, authors, publisher, date: Of the whole book.
    """

    pages: tuple[str, ...]
    labels: dict[str, list[str]]
    title: str | None
    authors: str | None
    publisher: str | None
    date: str | None


def read_book(data: bytes) -> tuple[list[Chapter], int]:
    """Return the chapters in order, and how many pages are missing or cannot be read.

    Raises:
        SourceError: It is no e-book, damaged, protected, or too large inside.
    """
    with open_archive(data, "an e-book", CONTAINER) as archive:
        try:
            _refuse_protected(archive)
            book = _read_package(archive)
        except _DAMAGED as problem:
            raise SourceError("This is no e-book, or it is damaged.", "Save or download it again.") from problem
        chapters: list[Chapter] = []
        missing = 0
        for path in book.pages:
            try:
                pieces = _page(archive.read(path))
            except (*_DAMAGED, SourceError):
                missing += 1
                continue
            _append(chapters, book, path, pieces)
    return chapters, missing


def _refuse_protected(archive: ZipFile) -> None:
    if ENCRYPTION not in archive.namelist():
        return
    methods = _xml(archive.read(ENCRYPTION)).iter("{*}EncryptionMethod")
    if any(method.get("Algorithm") not in _FONTS_ONLY for method in methods):
        raise SourceError(
            "The e-book is encrypted: its copy protection lets only some readers open it.", "Leave it out."
        )


def _read_package(archive: ZipFile) -> _Book:
    root = next(_xml(archive.read(CONTAINER)).iter("{*}rootfile"), None)
    path = "" if root is None else root.get("full-path", "")
    package = _xml(archive.read(path))
    items = {item.get("id"): item for item in package.iter("{*}item")}
    places = {name: _resolved(path, item.get("href", "")) for name, item in items.items()}
    contents = [name for name, item in items.items() if "nav" in item.get("properties", "").split()]
    left_out = {places[name] for name in contents}
    left_out |= {
        _resolved(path, reference.get("href", ""))
        for reference in package.iter("{*}reference")
        if reference.get("type") == "toc"
    }
    spine = [item.get("idref") for item in package.iter("{*}itemref") if item.get("linear") != "no"]
    pages = [places[name] for name in spine if name in places]
    old_contents = [name for name, item in items.items() if item.get("media-type") == "application/x-dtbncx+xml"]
    labels: dict[str, list[str]] = {}
    for name in (contents or old_contents)[:1]:
        for place, label in _entries(_xml(archive.read(places[name])), places[name]):
            labels.setdefault(place, []).append(label)
    return _Book(
        pages=tuple(page for page in dict.fromkeys(pages) if page not in left_out),
        labels=labels,
        title=_said(package, "title", first=True),
        authors=_said(package, "creator"),
        publisher=_said(package, "publisher", first=True),
        date=_said(package, "date", first=True),
    )


def _said(package: etree._Element, name: str, *, first: bool = False) -> str | None:
    """Return what the package says under a name of the Dublin Core."""
    values = [
        text
        for element in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        if (text := " ".join(clean("".join(element.itertext())).split()))
    ]
    if first:
        value = values[0] if values else None
        return value[:10] if value and name == "date" and re.match(r"\d{4}-\d\d-\d\dT", value) else value
    return ", ".join(dict.fromkeys(values)) or None


def _entries(contents: etree._Element, path: str) -> Iterator[tuple[str, str]]:
    """Yield (page, title) of every entry of a table of contents, new or old."""
    for point in contents.iter("{*}navPoint"):
        text, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if text is not None and content is not None:
            yield _resolved(path, content.get("src", "")), " ".join((text.text or "").split())
    for nav in contents.iter("{*}nav"):
        if nav.get("{http://www.idpf.org/2007/ops}type", "toc") == "toc":
            for link in nav.iter("{*}a"):
                yield _resolved(path, link.get("href", "")), " ".join("".join(link.itertext()).split())


def _resolved(base: str, href: str) -> str:
    """Return the path inside the archive that a link points to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href.partition("#")[0])))


def _xml(data: bytes) -> etree._Element:
    """Parse a part, mending small mistakes, without entities, network, or more than libxml2 allows by default.

    Raises:
        KeyError: There is nothing to be read in it.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise KeyError("the part holds no XML")
    return root


def _page(data: bytes) -> list[Piece]:
    """Return what stands on a page of a book."""
    return pieces_of(parse(as_html(decode_page(data).text)).elements[0])


def _append(chapters: list[Chapter], book: _Book, path: str, pieces: Sequence[Piece]) -> None:
    """Add a page: as a chapter, as several, or to the chapter before that it goes on with."""
    if not any(piece.text for piece in pieces):
        return
    labels = [label for label in book.labels.get(path, ()) if label]
    heads = pieces[0].kind is PieceKind.HEADING and pieces[0].level <= TOP_LEVELS
    if not labels and not heads and chapters:
        chapters[-1] = replace(chapters[-1], pieces=(*chapters[-1].pieces, *pieces))
        return
    for title, part in _parts(pieces, labels):
        chapters.append(
            Chapter(
                titled(part, title),
                title=title,
                subtitle=book.title if book.title != title else None,
                byline=book.authors,
                publisher=book.publisher,
                date=book.date,
            )
        )


def _parts(pieces: Sequence[Piece], labels: Sequence[str]) -> Iterator[tuple[str | None, Sequence[Piece]]]:
    """Yield title and pieces of each chapter that stands on one page."""
    wanted = {"".join(label.split()) for label in labels}
    starts = [
        at
        for at, piece in enumerate(pieces)
        if piece.kind is PieceKind.HEADING and "".join(piece.text.split()) in wanted
    ]
    if len(starts) < 2:
        first = next((piece.text for piece in pieces[:1] if piece.kind is PieceKind.HEADING), None)
        yield (labels[0] if labels else first), pieces
        return
    if starts[0] > 0:
        yield None, pieces[: starts[0]]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        yield pieces[start].text, pieces[start:end]
