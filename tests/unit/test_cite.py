"""A quotation is proof: it is cut from the source, to the letter, or it is not shown."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from library_fixtures import one_article

from qa.answer.cite import Evidence, cite, proved
from qa.corpus.align import substitute, whole
from qa.types import BlockKind, Match, Passage, Span

DOCUMENT, ARTICLE, PASSAGES = one_article("wall.txt", "防洪墙", ["防洪墙全长22.2公里。", "总投资6.35亿元。"])


def test_an_untouched_sentence_is_cited_exactly() -> None:
    """Quotation and repaired text are the same."""
    (citation,), dropped = cite([Evidence(PASSAGES[0], ARTICLE, 3, 11)], {DOCUMENT.id: DOCUMENT})

    assert (citation.number, citation.quote, citation.text) == (1, "全长22.2公里", "全长22.2公里")
    assert (citation.span, citation.match, dropped) == (Span(3, 11), Match.EXACT, 0)


def test_a_repair_in_between_is_said_and_both_are_shown() -> None:
    """Inserted pinyin stands in the quotation and not in the text."""
    source = "發(fā)展規(guī)劃"
    document = replace(DOCUMENT, text=source)
    content = substitute(whole(source), [(1, 5, ""), (7, 12, "")])
    passage = Passage("wall.txt:0-13", ARTICLE.id, Span(0, 13), BlockKind.BODY, content)

    (citation,), _ = cite([Evidence(passage, ARTICLE, 0, 4)], {document.id: document})

    assert (citation.quote, citation.text, citation.match) == ("發(fā)展規(guī)劃", "發展規劃", Match.REPAIRED)


def test_one_place_is_cited_once() -> None:
    """Numbers stay without a gap."""
    evidence = [
        Evidence(PASSAGES[0], ARTICLE, 0, 3),
        Evidence(PASSAGES[0], ARTICLE, 0, 3),
        Evidence(PASSAGES[1], ARTICLE, 0, 3),
    ]

    citations, dropped = cite(evidence, {DOCUMENT.id: DOCUMENT})

    assert [(citation.number, citation.quote) for citation in citations] == [(1, "防洪墙"), (2, "总投资")]
    assert dropped == 0


def test_what_the_source_does_not_hold_is_dropped_and_counted() -> None:
    """The document is gone, or has become shorter."""
    evidence = [Evidence(PASSAGES[1], ARTICLE, 0, 3)]

    assert cite(evidence, {}) == ((), 1)
    assert cite(evidence, {DOCUMENT.id: replace(DOCUMENT, text="防洪墙")}) == ((), 1)


def test_a_changed_source_disproves_a_citation() -> None:
    """One character is enough."""
    (citation,), _ = cite([Evidence(PASSAGES[0], ARTICLE, 0, 11)], {DOCUMENT.id: DOCUMENT})

    assert proved(citation, DOCUMENT)
    assert not proved(citation, replace(DOCUMENT, text=DOCUMENT.text.replace("22.2", "23.2")))


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_citation_that_is_shown_is_a_slice_of_the_source(source: str, data: st.DataObject) -> None:
    """For any text, any deletions and any range."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=6)))
    edits = [(start, end, "") for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    content = substitute(whole(source), edits)
    if not content.text:
        return
    start = data.draw(st.integers(0, len(content.text) - 1))
    end = data.draw(st.integers(start + 1, len(content.text)))
    document = replace(DOCUMENT, text=source)
    passage = Passage("wall.txt:0-1", ARTICLE.id, Span(0, len(source)), BlockKind.BODY, content)

    citations, dropped = cite([Evidence(passage, ARTICLE, start, end)], {document.id: document})

    assert len(citations) + dropped == 1
    for citation in citations:
        assert document.text[citation.span.start : citation.span.end] == citation.quote
        assert citation.text == content.text[start:end]
        assert (citation.match is Match.EXACT) == (citation.quote == citation.text)
