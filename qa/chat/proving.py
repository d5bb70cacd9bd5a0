"""Prove a conversation from elsewhere against the documents that are here: what they do not hold is not shown.

Everything that an answer says of the documents is taken from them again: quotation, repaired text, title, by-line,
page. Opens no store; the caller hands over what opens an article.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answer.cite import page_of, proved
from qa.chat.turns import Conversation, Turn
from qa.corpus.align import cut, raw_span
from qa.errors import SourceError
from qa.types import Answer, Article, ArticleView, Block, Citation, Document, Hit, Match, Span

OpenArticle = Callable[[str, int, int], ArticleView]
"""As `Assistant.article`: the article that holds this range of a document; raises SourceError where there is none."""

MOST_OPENED = 2_000  # articles for one conversation; opening one takes a millisecond, of a large document many
UNPROVED = "The quotation could not be proved against its source."  # as `qa.answer.made` says it
_Placed = tuple[Span, Article, Block]
_JOINS = ("；", "; ")


def proved_again(conversation: Conversation, sources: OpenArticle) -> Conversation:
    """Return the conversation with nothing in its answers that the documents here do not hold.

    A quotation that does not stand in its source, or whose document is not here, is dropped and counted
    (`Answer.dropped_citations`). An answer stays as far as its parts stand in what is left; one of which nothing stays
    becomes silence with that reason. What a language model wrote is held against its quotations again. Passages that
    were found but are not here are left out, and so are other prints of the same article, which are not looked for.
    """
    shelf = _Shelf(sources)
    return replace(conversation, turns=tuple(_proved_turn(turn, shelf) for turn in conversation.turns))


class _Shelf:
    """Opens articles and remembers them, so that many quotations from one article open it once."""

    def __init__(self, sources: OpenArticle) -> None:
        self._sources = sources
        self._seen: dict[str, tuple[Document, list[_Placed]]] = {}
        self._left = MOST_OPENED

    def holding(self, document_id: str, span: Span) -> tuple[Document, Article, Block] | None:
        """Return the document, the article and the block that hold a range of the source, or None."""
        if document_id in self._seen:
            document, placed = self._seen[document_id]
            found = _block(placed, span)
            if found is not None:
                return (document, *found)
        if self._left <= 0:
            return None
        self._left -= 1
        try:
            view = self._sources(document_id, span.start, span.end)
        except SourceError:
            return None
        document, placed = self._seen.setdefault(document_id, (view.document, []))
        if all(view.article.id != article.id for _, article, _ in placed):
            placed += _placed(view.article)
        found = _block(placed, span)
        return None if found is None else (document, *found)


def _placed(article: Article) -> list[_Placed]:
    """Return the blocks of an article with their places in the source."""
    return [
        (raw_span(block.content, 0, len(block.content.text)), article, block)
        for block in article.blocks
        if block.content.text
    ]


def _block(placed: Sequence[_Placed], span: Span) -> tuple[Article, Block] | None:
    for raw, article, block in placed:
        if raw.start <= span.start and span.end <= raw.end:
            return article, block
    return None


def _proved_turn(turn: Turn, shelf: _Shelf) -> Turn:
    return turn if turn.answer is None else replace(turn, answer=_proved_answer(turn.answer, shelf))


def _proved_answer(answer: Answer, shelf: _Shelf) -> Answer:
    found = _found(answer.citations, shelf)
    citations = tuple(replace(one, number=number) for number, one in enumerate((one for _, one in found), start=1))
    kept = replace(
        answer,
        citations=citations,
        hits=tuple(hit for hit in (_proved_hit(hit, shelf) for hit in answer.hits) if hit is not None),
        dropped_citations=answer.dropped_citations + len(answer.citations) - len(citations),
        written=None,
    )
    if answer.answer is None:
        return replace(kept, sentence=None)
    texts = tuple(dict.fromkeys(citation.text for citation in citations))
    said = _said(answer.answer, texts)
    if said is None:
        return replace(kept, answer=None, sentence=None, confidence=0.0, reason=UNPROVED)
    kept = replace(kept, answer=said, sentence="\n".join(texts))
    if answer.written is None:
        return kept
    from qa.chat.proving_written import with_written_again  # noqa: PLC0415 (loads a dictionary that others do not need)

    more = _found(answer.written.citations, shelf)
    dropped = kept.dropped_citations + len(answer.written.citations) - len(more)
    now = [(number, one) for (number, _), one in zip(found, citations, strict=True)]
    return with_written_again(replace(kept, dropped_citations=dropped), answer.written, dict([*now, *more]))


def _found(citations: Sequence[Citation], shelf: _Shelf) -> list[tuple[int, Citation]]:
    """Return the quotations that stand in their sources, each behind the number that it had."""
    again = [(citation.number, _proved_citation(citation, shelf)) for citation in citations]
    return [(number, citation) for number, citation in again if citation is not None]


def _said(answer: str, texts: Sequence[str]) -> str | None:
    """Return the parts of a short answer that stand in one of the texts, or None where none does."""
    if any(answer in text for text in texts):
        return answer
    for join in _JOINS:
        parts = [part for part in answer.split(join) if part and any(part in text for text in texts)]
        if parts:
            return join.join(parts)
    return None


def _proved_citation(citation: Citation, shelf: _Shelf) -> Citation | None:
    held = shelf.holding(citation.document_id, citation.span)
    if held is None:
        return None
    document, article, block = held
    if not proved(citation, document):
        return None
    place = _place(block, citation.text, citation.span)
    text = citation.quote if place is None else citation.text
    return replace(
        citation,
        article=replace(article, blocks=()),
        text=text,
        match=Match.EXACT if text == citation.quote else Match.REPAIRED,
        page=page_of(document, citation.span),
        also_in=(),
    )


def _proved_hit(hit: Hit, shelf: _Shelf) -> Hit | None:
    held = shelf.holding(hit.article.document_id, hit.passage.span)
    if held is None:
        return None
    _, article, block = held
    place = _place(block, hit.passage.text, hit.passage.span)
    if place is None:
        return None
    passage = replace(
        hit.passage, article_id=article.id, kind=block.kind, content=cut(block.content, place.start, place.end)
    )
    return replace(hit, passage=passage, article=replace(article, blocks=()), also_in=())


def _place(block: Block, text: str, span: Span) -> Span | None:
    """Return where a text stands in a block such that it comes from this very range of the source, or None."""
    at = block.content.text.find(text) if text else -1
    while at >= 0:
        if raw_span(block.content, at, at + len(text)) == span:
            return Span(at, at + len(text))
        at = block.content.text.find(text, at + 1)
    return None
