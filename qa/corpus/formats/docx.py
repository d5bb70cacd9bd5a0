"""Read a Word document: paragraphs, headings, lists and tables in their order, with pages where Word noted them.

Decides what is an article and what its title, author and date are; what stands in the body is read by
`qa.corpus.formats.docx_body`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.corpus.dates import DATE
from qa.corpus.formats.extracted import Chapter, Piece, PieceKind, clean, compose
from qa.corpus.limits import MAX_BINARY_BYTES
from qa.types import Document

NEAR_THE_TOP = 5
"""Paragraphs among which a title is looked for."""

DATED_LINES = 12
"""Paragraphs at either end of which one may print the date."""

_NOBODY = frozenset(
    (
        "python-docx", "administrator", "admin", "user", "owner", "author", "unknown", "microsoft", "lenovo",
        "microsoft office user", "windows user", "windows 用户", "微软用户", "apache poi", "作者", "用户",
    )
)  # fmt: skip
_NO_TITLES = frozenset(("word document", "document", "microsoft word", "untitled", "title", "文档", "无标题"))
_TEMPLATE_DATE = datetime.datetime(2013, 12, 23, 23, 15)
"""When the template of python-docx was made, which its documents keep."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself."""

    title: str | None = None
    author: str | None = None
    created: datetime.datetime | None = None


class DocxReader:
    """Word documents (.docx). Headings of level 1 begin articles, unless a title stands over all of them."""

    media_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffixes: tuple[str, ...] = (".docx",)
    max_bytes: int = MAX_BINARY_BYTES
    sandboxed: bool = True

    def read(self, document_id: str, data: bytes) -> Document:
        from qa.corpus.formats.docx_body import read_body  # noqa: PLC0415 (python-docx is loaded in the sandbox only)

        pieces, properties = read_body(data)
        chapters = _chapters(pieces, properties)
        return compose(
            document_id,
            data,
            chapters or [Chapter(pieces)],
            media_type=self.media_type,
            sectioned=bool(chapters),
        )


def _chapters(pieces: Sequence[Piece], properties: Properties) -> list[Chapter]:
    """Return the articles that the styles and properties mark; none when there is nothing but paragraphs."""
    name = _real(properties.title, _NO_TITLES)
    author = _real(properties.author, _NOBODY)
    date = _date(pieces, properties)
    headings = [at for at, piece in enumerate(pieces) if piece.kind is PieceKind.HEADING and piece.text]
    tops = [at for at in headings if pieces[at].level == 1]
    title_at = _title_at(pieces, headings, tops, name)
    if title_at is None and len(tops) > 1:
        bounds = [0, *tops, len(pieces)] if tops[0] > 0 else [*tops, len(pieces)]
        return [
            Chapter(
                pieces[start:end],
                title=pieces[start].text if start in tops else name,
                subtitle=name if start in tops else None,
                byline=author,
                date=date,
            )
            for start, end in pairwise(bounds)
        ]
    if title_at is not None:
        title = Piece(pieces[title_at].text, PieceKind.HEADING, 1, pieces[title_at].breaks)
        ordered = [*pieces[:title_at], title, *pieces[title_at + 1 :]]
        return [Chapter(ordered, title=title.text, byline=author, date=date)]
    if name:
        return [Chapter([Piece(name, PieceKind.HEADING, 1), *pieces], title=name, byline=author, date=date)]
    return [Chapter(pieces, byline=author, date=date)] if headings else []


def _title_at(pieces: Sequence[Piece], headings: Sequence[int], tops: Sequence[int], name: str | None) -> int | None:
    """Return which piece is the title of the whole document."""
    titled = next((at for at in headings if pieces[at].level == 0), None)
    if titled is not None:
        return titled
    written = [at for at, piece in enumerate(pieces) if piece.text][:NEAR_THE_TOP]
    same = next((at for at in written if pieces[at].text == name), None)
    if same is not None:
        return same
    return tops[0] if len(tops) == 1 and tops[0] in written else None


def _real(text: str | None, fillers: frozenset[str]) -> str | None:
    """Return a property, unless a program filled it in."""
    value = " ".join(clean(text or "").split())
    if not value or value.lower() in fillers or value.lower().startswith("microsoft word -"):
        return None
    return value


def _date(pieces: Sequence[Piece], properties: Properties) -> str | None:
    """Return the day on which the file was made, unless the document prints a date itself: that one is meant."""
    created = properties.created
    if created is None or created.replace(tzinfo=None) == _TEMPLATE_DATE:
        return None
    written = [piece.text for piece in pieces if piece.text]
    if any(DATE.search(text[:200]) for text in (*written[:DATED_LINES], *written[-DATED_LINES:])):
        return None
    return created.date().isoformat()
