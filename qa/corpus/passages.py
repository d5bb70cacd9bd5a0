"""Cut the blocks of an article into passages: a paragraph each, long ones in even pieces, very short ones joined.

Does not read or repair anything; every passage maps back to the source through its block.
"""

from collections.abc import Iterator, Sequence

from qa.corpus import align
from qa.corpus.characters import is_longer, units
from qa.corpus.sentences import split_sentences
from qa.types import AlignedText, Article, BlockKind, Document, Passage

MAX_UNITS = 400
"""Chinese characters; three letters of other scripts count as one. Longer paragraphs are cut at sentence ends."""

MIN_UNITS = 20
"""Shorter body paragraphs join their neighbour in the same section, with a newline between."""

_SCAN = 1200
"""Characters without a sentence end after which a cut is made anyway, three letters a unit."""


def cut_passages(document: Document, article: Article) -> tuple[Passage, ...]:
    """Return the passages of an article in order of the source."""
    passages = []
    seen: set[tuple[int, int]] = set()
    for kind, heading, content in _paragraphs(article):
        for piece in _cut(content) if kind is BlockKind.BODY else (content,):
            span = align.raw_span(piece, 0, len(piece.text))
            if (span.start, span.end) in seen:
                continue
            seen.add((span.start, span.end))
            passages.append(
                Passage(
                    id=f"{document.id}:{span.start}-{span.end}",
                    article_id=article.id,
                    span=span,
                    kind=kind,
                    content=piece,
                    heading=heading,
                )
            )
    return tuple(passages)


def _paragraphs(article: Article) -> Iterator[tuple[BlockKind, str | None, AlignedText]]:
    """Yield (kind, heading above, text), short body paragraphs joined with a neighbour of their section."""
    heading: str | None = None
    section: list[AlignedText] = []
    for block in article.blocks:
        if block.kind is BlockKind.BODY:
            section.append(block.content)
            continue
        yield from ((BlockKind.BODY, heading, content) for content in _merge_short(section))
        section = []
        if block.kind is BlockKind.HEADING:
            heading = block.content.text
        else:
            yield block.kind, None, block.content
    yield from ((BlockKind.BODY, heading, content) for content in _merge_short(section))


def _merge_short(section: Sequence[AlignedText]) -> list[AlignedText]:
    """Join a short paragraph with the next one, the last with the one before."""
    merged: list[AlignedText] = []
    waiting: list[AlignedText] = []
    size = 0.0
    for content in section:
        waiting.append(content)
        size += units(content.text[: 4 * MIN_UNITS])
        if size >= MIN_UNITS:
            merged.append(_joined(waiting))
            waiting, size = [], 0.0
    if waiting and merged:
        merged[-1] = _joined([merged[-1], *waiting])
    elif waiting:
        merged.append(_joined(waiting))
    return merged


def _joined(parts: Sequence[AlignedText]) -> AlignedText:
    if len(parts) == 1:
        return parts[0]
    return align.join(parts, "\n")


def _cut(content: AlignedText) -> Iterator[AlignedText]:
    """Yield a paragraph whole, or in pieces of about the same size that end where sentences end."""
    text = content.text
    if not is_longer(text, MAX_UNITS):
        yield content
        return
    pieces = list(_sentence_pieces(text))
    total = sum(size for _, _, size in pieces)
    count = -(-total // MAX_UNITS)
    target = total / count
    start, size, done = pieces[0][0], 0.0, 0
    end = start
    for piece_start, piece_end, piece_size in pieces:
        # Cut where it comes nearest to the even size.
        if size and size + piece_size / 2 > target and done < count:
            yield align.cut(content, start, end)
            start, size, done = piece_start, 0.0, done + 1
        size += piece_size
        end = piece_end
    yield align.cut(content, start, end)


def _sentence_pieces(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, units) of sentences, those that are too long for a passage in pieces."""
    for sentence_start, end in split_sentences(text):
        start = sentence_start
        while end - start > _SCAN or units(text[start:end]) > MAX_UNITS:
            cut = _cut_position(text, start, end)
            yield start, cut, units(text[start:cut])
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end, units(text[start:end])


def _cut_position(text: str, start: int, end: int) -> int:
    """Return where to cut a sentence that is longer than a passage: after a clause, at a blank, or anywhere."""
    limit = start
    room = float(MAX_UNITS)
    while limit < end and room > 0:
        room -= 1.0 if text[limit] >= "\u2e80" else 1 / 3
        limit += 1
    at = max(text.rfind(mark, start + (limit - start) // 2, limit) for mark in ";；,，、 ")
    if at < 0:
        return limit
    return at if text[at].isspace() else at + 1
