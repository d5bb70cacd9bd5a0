"""The text of an article as HTML: its source and its repaired form, every repair marked in both, a quotation marked.

Pure functions from pieces (`qa.web.evidence.pieces`) to HTML; every text from outside goes through `escape_html`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.corpus.align import raw_span
from qa.escape import escape_html
from qa.types import ArticleView, Span
from qa.web.evidence.marking import short_answer
from qa.web.evidence.pieces import LaidOut, Paragraph, Piece, text_range
from qa.web.words import Language, word

TITLE = 80  # code points of what stood elsewhere, in a tooltip

_BREAK = re.compile(r"\r\n?|\n|[\u2028\u2029]")
_BETWEEN_ANSWERS = re.compile("；|; ")  # where a question has several short answers


@dataclass(frozen=True, slots=True)
class Marks:
    """What is highlighted, in the source.

    Attributes:
        quotation: Or None where nothing is marked.
        answers: Short answers inside it.
    """

    quotation: Span | None = None
    answers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece, or a part of one that is marked otherwise than the rest."""

    piece: Piece
    raw: str
    quoted: bool
    strong: bool


def marks_of(view: ArticleView, answer: str | None) -> Marks:
    """Return what to mark in an opened article: the marked range, and a short answer inside it.

    The answer is looked for in the repaired text of the marked range, from which it was cut, and led back to the source
    by its map.
    """
    marked = view.marked
    if marked is None:
        return Marks()
    if not answer:
        return Marks(marked)
    for parts in ([answer], _BETWEEN_ANSWERS.split(answer)):
        found = tuple(span for part in parts if (span := _answer_in(view, marked, part)) is not None)
        if found:
            return Marks(marked, found)
    return Marks(marked)


def _answer_in(view: ArticleView, marked: Span, answer: str) -> Span | None:
    covered = False
    for block in view.article.blocks:
        quoted = text_range(block.content, marked)
        if quoted is None:
            continue
        covered = True
        place = short_answer(block.content.text[quoted.start : quoted.end], answer)
        if place is not None:
            return raw_span(block.content, quoted.start + place.start, quoted.start + place.end)
    if covered:
        return None
    place = short_answer(view.document.text[marked.start : marked.end], answer)
    return Span(marked.start + place.start, marked.start + place.end) if place else None


def source_html(laid_out: LaidOut, marks: Marks, language: Language) -> str:
    """Return the paragraphs as the source has them, with what the repair left out or replaced marked."""
    return _paragraphs(laid_out.paragraphs, [_source_paragraph(one, marks, language) for one in laid_out.paragraphs])


def repaired_html(laid_out: LaidOut, marks: Marks, language: Language) -> str:
    """Return the paragraphs as repaired, with what is new marked."""
    return _paragraphs(laid_out.paragraphs, [_repaired_paragraph(one, marks, language) for one in laid_out.paragraphs])


def _paragraphs(paragraphs: Sequence[Paragraph], bodies: Sequence[str]) -> str:
    return "".join(
        f'<p class="wj-block wj-{paragraph.kind.value}" dir="auto">{body}</p>'
        for paragraph, body in zip(paragraphs, bodies, strict=True)
    )


def _source_paragraph(paragraph: Paragraph, marks: Marks, language: Language) -> str:
    return _marked([(part, _source_part(part, language)) for part in _parts(paragraph, marks)])


def _repaired_paragraph(paragraph: Paragraph, marks: Marks, language: Language) -> str:
    """Neighbouring changes are one: what stood there is told once, and a reading left out goes with its character."""
    shown: list[tuple[_Part, str]] = []
    parts = [part for part in _whole_parts(paragraph, marks) if not part.piece.apart]
    for (changed, _, _), group in groupby(parts, key=lambda part: (part.piece.changed, part.quoted, part.strong)):
        members = list(group)
        text = "".join(part.piece.text for part in members)
        if not changed:
            # A part of an unchanged piece is the same in both.
            shown += [(part, escape_html(part.raw)) for part in members]
            continue
        stood = _visible("".join(part.piece.raw for part in members))
        shown.append((members[0], _new(text, stood, language)))
    return _marked(shown)


def _new(text: str, stood: str, language: Language) -> str:
    if not text:
        title = word("repair_left_out_here", language, text=stood)
        return f'<ins class="wj-gone" title="{title}"></ins>'
    return f'<ins class="wj-new" title="{word("repair_stood", language, text=stood)}">{escape_html(text)}</ins>'


def _source_part(part: _Part, language: Language) -> str:
    piece, shown = part.piece, escape_html(part.raw)
    if not piece.changed:
        return shown
    if piece.apart and not part.quoted:
        title = word("repair_apart", language, text=_visible(part.raw))
        return f'<span class="wj-apart" title="{title}"></span>'
    if piece.text:
        return f'<del class="wj-old" title="{word("repair_became", language, text=_visible(piece.text))}">{shown}</del>'
    if not part.raw.strip():
        return f'<del class="wj-break" title="{word("piece_joined", language)}">{shown}</del>'
    return f'<del class="wj-cut" title="{word("piece_left_out", language)}">{shown}</del>'


def _parts(paragraph: Paragraph, marks: Marks) -> Iterator[_Part]:
    """Yield the pieces of a paragraph, cut where the marks begin and end."""
    spans = [span for span in (marks.quotation, *marks.answers) if span is not None]
    for piece in paragraph.pieces:
        edges = sorted({at for span in spans for at in (span.start, span.end) if piece.start < at < piece.end})
        for start, end in zip([piece.start, *edges], [*edges, piece.end], strict=True):
            raw = piece.raw[start - piece.start : end - piece.start]
            quoted = marks.quotation is not None and _inside(start, end, marks.quotation)
            strong = quoted and any(_inside(start, end, answer) for answer in marks.answers)
            cut = piece
            if edges and len(piece.raw) == len(piece.text):  # one for one, so its parts are known
                cut = Piece(start, raw, piece.text[start - piece.start : end - piece.start])
            yield _Part(cut, raw, quoted, strong)


def _whole_parts(paragraph: Paragraph, marks: Marks) -> Iterator[_Part]:
    """Yield the same with changed pieces whole, for a part of what was replaced has no text of its own."""
    last: Piece | None = None
    for part in _parts(paragraph, marks):
        if not part.piece.changed or part.piece is not last:
            yield part
        last = part.piece


def _inside(start: int, end: int, span: Span) -> bool:
    return span.start <= start and end <= span.end


def _marked(shown: Sequence[tuple[_Part, str]]) -> str:
    """Join pieces of HTML, with the quotation in one mark and short answers in it strong."""
    bodies = []
    for quoted, group in groupby(shown, key=lambda pair: pair[0].quoted):
        inner = []
        for strong, pairs in groupby(group, key=lambda pair: pair[0].strong):
            body = "".join(html for _, html in pairs)
            inner.append(f"<strong>{body}</strong>" if strong else body)
        bodies.append(f"<mark>{''.join(inner)}</mark>" if quoted else "".join(inner))
    return "".join(bodies)


def _visible(text: str) -> str:
    """Return text for a tooltip, escaped and shortened, with line ends and blanks to be seen."""
    shown = _BREAK.sub("↵", text)
    if not shown.strip():
        shown = shown.replace(" ", "␣").replace("\u3000", "␣").replace("\t", "⇥")
    return escape_html(shown if len(shown) <= TITLE else shown[:TITLE] + "…")


def plain_html(text: str, answer: str | None) -> str:
    """Return a quotation whose article cannot be opened: marked, with a short answer in it strong."""
    place = short_answer(text, answer)
    if place is None:
        return f"<mark>{escape_html(text)}</mark>"
    before, inside, after = text[: place.start], text[place.start : place.end], text[place.end :]
    return f"<mark>{escape_html(before)}<strong>{escape_html(inside)}</strong>{escape_html(after)}</mark>"


def legend_html(laid_out: LaidOut, language: Language) -> str:
    """Return what the marks of repairs mean: one line for the source, one for the repaired text."""
    pieces = [piece for paragraph in laid_out.paragraphs for piece in paragraph.pieces if piece.changed]
    replaced = any(piece.text for piece in pieces)
    left_out = any(not piece.text and not piece.apart and piece.raw.strip() for piece in pieces)
    joined = any(not piece.text and not piece.raw.strip() for piece in pieces)
    of_source = [
        *([f'<del class="wj-old">{word("legend_old", language)}</del>'] if replaced else []),
        *([f'<del class="wj-cut">{word("legend_cut", language)}</del>'] if left_out else []),
        *([f'<del class="wj-break"></del> {word("legend_break", language)}'] if joined else []),
    ]
    of_repaired = [
        *([f'<ins class="wj-new">{word("legend_new", language)}</ins>'] if replaced else []),
        *([f'<ins class="wj-gone"></ins> {word("legend_gone", language)}'] if left_out or joined else []),
    ]
    return (
        f'<p class="wj-legend" data-of="source">{" · ".join(of_source)}</p>'
        f'<p class="wj-legend" data-of="repaired" hidden>{" · ".join(of_repaired)}</p>'
    )
