"""Lay the repaired text of an article beside its source, piece by piece: what stands, what was replaced or left out.

Follows the map that the repair left (`qa.corpus.align`); searches nothing and makes no HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.corpus.align import cut, raw_end, raw_span, whole
from qa.types import AlignedText, ArticleView, Block, BlockKind, Span

MOST = 4000  # code points of an article shown around a quotation; the whole is one click away
WHOLE = 60_000  # shown of an article that is opened alone
ASIDE = 60  # longest range, in code points, that a repair leaves out of a paragraph; a longer one is other text


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source and what became of it.

    Attributes:
        start: Where it starts in the source.
        raw: What stands there.
        text: What the repaired text has for it; empty where it was left out.
        apart: Left out because it belongs to something else on the page, such as a caption inside a paragraph.
    """

    start: int
    raw: str
    text: str
    apart: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    @property
    def changed(self) -> bool:
        return self.raw != self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article, in pieces."""

    kind: BlockKind
    pieces: tuple[Piece, ...]

    @property
    def repaired(self) -> bool:
        """Whether anything was repaired in it."""
        return any(piece.changed and not piece.apart for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An article, or what stands around a quotation in a long one.

    Attributes:
        paragraphs: In order of the source.
        before, after: Whether the article goes on beyond them.
    """

    paragraphs: tuple[Paragraph, ...]
    before: bool
    after: bool

    @property
    def repaired(self) -> bool:
        """Whether anything was repaired in what is shown."""
        return any(paragraph.repaired for paragraph in self.paragraphs)


def lay_out(view: ArticleView, *, most: int = MOST) -> LaidOut:
    """Return the article of a view in pieces, cut around what is marked where it is long.

    Imprints are left out unless they are marked: what they say stands at the head of the card. Where the marked text
    stands in no block, as a title does, its lines are shown.

    Args:
        view: Of an article.
        most: Code points of the source that are shown, about.
    """
    article, marked, source = view.article, view.marked, view.document.text
    blocks = [
        block
        for block in article.blocks
        if block.content.text and (block.kind is not BlockKind.IMPRINT or _touches(block, marked))
    ]
    if marked is not None and not any(_touches(block, marked) for block in blocks):
        loose = Block(BlockKind.BODY, _lines(source, marked))
        title = article.title_span
        belongs = title is not None and title.start < marked.end and marked.start < title.end
        blocks = sorted([loose, *(blocks if belongs else [])], key=lambda block: block.content.runs[0].raw_start)
    shown, before, after = _around(blocks, marked, most)
    places = [(block.content.runs[0].raw_start, raw_end(block.content)) for block in blocks]
    paragraphs = tuple(Paragraph(block.kind, tuple(_pieces(block.content, source, places))) for block in shown)
    return LaidOut(paragraphs, before, after)


def text_range(content: AlignedText, span: Span) -> Span | None:
    """Return the range of a block's text that stands for a range of the source, or None where it holds none of it."""
    start = end = None
    for run in content.runs:
        length = run.length if run.raw_length is None else run.raw_length
        low, high = max(span.start, run.raw_start), min(span.end, run.raw_start + length)
        if low >= high:
            continue
        one_for_one = run.raw_length is None
        if start is None:
            start = run.start + (low - run.raw_start if one_for_one else 0)
        end = run.start + (high - run.raw_start if one_for_one else run.length)
    return None if start is None or end is None else Span(start, end)


def _touches(block: Block, span: Span | None) -> bool:
    return span is not None and text_range(block.content, span) is not None


def _lines(source: str, span: Span) -> AlignedText:
    """Return the lines that a range touches, at most `MOST` code points around it, as they stand."""
    start = max(source.rfind("\n", 0, span.start) + 1, span.start - MOST // 2)
    line_end = source.find("\n", span.end)
    end = min(len(source) if line_end < 0 else line_end, span.end + MOST // 2)
    return whole(source[start:end], start)


def _around(blocks: Sequence[Block], marked: Span | None, most: int) -> tuple[list[Block], bool, bool]:
    """Return the blocks around the marked ones, up to `most` code points, and whether any before or after are cut."""
    if not blocks:
        return [], False, False
    first = last = 0
    if marked is not None:
        touched = [place for place, block in enumerate(blocks) if _touches(block, marked)]
        first, last = touched[0], touched[-1]
    shown = [_shortened(block, marked, most) for block in blocks[first : last + 1]]
    left = most - sum(len(block.content.text) for block in shown)
    cut_before = shown[0].content.runs[0].raw_start > blocks[first].content.runs[0].raw_start
    cut_after = raw_end(shown[-1].content) < raw_end(blocks[last].content)
    fits = True
    while fits:  # one above and one below, as long as there is room for either
        fits = False
        if not cut_before and first > 0 and len(blocks[first - 1].content.text) <= left:
            first -= 1
            shown.insert(0, blocks[first])
            left -= len(blocks[first].content.text)
            fits = True
        if not cut_after and last + 1 < len(blocks) and len(blocks[last + 1].content.text) <= left:
            last += 1
            shown.append(blocks[last])
            left -= len(blocks[last].content.text)
            fits = True
    return shown, cut_before or first > 0, cut_after or last + 1 < len(blocks)


def _shortened(block: Block, marked: Span | None, most: int) -> Block:
    """Return a block that is far too long cut around what is marked in it, which stays whole."""
    length = len(block.content.text)
    if length <= most:
        return block
    held = (text_range(block.content, marked) if marked else None) or Span(0, 1)
    room = max(0, most - (held.end - held.start)) // 2
    return Block(block.kind, cut(block.content, max(0, held.start - room), min(length, held.end + room)))


def _pieces(content: AlignedText, source: str, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the pieces of a block in order; they cover the source from its first to its last character."""
    end = content.runs[0].raw_start
    for run in content.runs:
        if run.raw_start > end:
            left_out = source[end : run.raw_start]
            other = any(end <= start < run.raw_start for start, _ in places)
            yield Piece(end, left_out, "", apart=other or len(left_out.strip()) > ASIDE)
        text = content.text[run.start : run.start + run.length]
        span = raw_span(content, run.start, run.start + run.length)
        raw = source[span.start : span.end]
        if run.raw_length is None:
            yield from _one_for_one(span.start, raw, text)
        else:
            yield Piece(span.start, raw, text)
        end = span.end


def _one_for_one(start: int, raw: str, text: str) -> Iterator[Piece]:
    """Yield pieces of two texts of one length: what is the same in both, and what differs."""
    if raw == text:
        yield Piece(start, raw, text)
        return
    at = 0
    for _, group in groupby(range(len(raw)), key=lambda place: raw[place] == text[place]):
        length = len(list(group))
        yield Piece(start + at, raw[at : at + length], text[at : at + length])
        at += length
