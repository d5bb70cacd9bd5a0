"""Prove again what a language model wrote in a conversation from elsewhere: a file can claim any sentence as proved.

Every sentence is held against its quotations as it was when it was written (`qa.llm.proof`). Opens nothing: quotations
and passages have been taken from the documents here before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.corpus.align import raw_span
from qa.llm.problems import problem
from qa.llm.proof import Draft, Source, prove
from qa.types import Answer, Citation, Unproved, Written, WrittenSentence


def with_written_again(answer: Answer, written: Written, found: Mapping[int, Citation]) -> Answer:
    """Return the answer with what was written, as far as it is proved here; the rest is marked as unproved.

    A quotation that proves no sentence any more is left out. A problem gets our own words again.

    Args:
        answer: Proved again, with the passages that are here.
        written: As the file has it.
        found: What its numbers stand for, without the quotations that are gone; those of the answer as it has them now.
    """
    sources = [Source(number, hit.passage, hit.article) for number, hit in enumerate(answer.hits, start=1)]
    known, sentences = list(answer.citations), []
    for sentence in written.sentences:
        cited = [found[number] for number in sentence.citations if number in found]
        if not sentence.proved:
            sentences.append(sentence)
            continue
        reason: Unproved | None = Unproved.NOT_IN_SOURCE
        if len(cited) == len(sentence.citations):
            reason = _reason(sentence.text, cited, sources)
        if reason is not None:
            sentences.append(WrittenSentence(sentence.text, False, (), reason))
            continue
        sentences.append(replace(sentence, citations=tuple(dict.fromkeys(_number(one, known) for one in cited))))
    told = written.problem
    again = replace(
        written,
        sentences=tuple(sentences),
        citations=tuple(known[len(answer.citations) :]),
        problem=None if told is None else problem(told.code, told.status),
    )
    return replace(answer, written=again)


def _reason(text: str, cited: Sequence[Citation], sources: Sequence[Source]) -> Unproved | None:
    """Return why quotations do not prove a sentence; None where they do."""
    quotations = []
    for citation in cited:
        source = next((source for source in sources if _holds(source, citation)), None)
        if source is None:
            return Unproved.NOT_IN_SOURCE
        quotations.append((source.number, citation.text))
    proof = prove(Draft(text, tuple(quotations)), sources)
    if proof.reason is not None:
        return proof.reason
    places = {raw_span(item.passage.content, item.start, item.end) for item in proof.evidence}
    return None if places == {citation.span for citation in cited} else Unproved.NOT_IN_SOURCE


def _holds(source: Source, citation: Citation) -> bool:
    span, cited = source.passage.span, citation.span
    return source.article.document_id == citation.document_id and span.start <= cited.start and cited.end <= span.end


def _number(citation: Citation, known: list[Citation]) -> int:
    """Return the number of a quotation, a new one where it has none yet."""
    for one in known:
        if (one.document_id, one.span) == (citation.document_id, citation.span):
            return one.number
    known.append(replace(citation, number=len(known) + 1))
    return len(known)
