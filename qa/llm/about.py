"""Add to an answer what a language model writes about it; the answer itself stays as it is."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from qa.answer.attempt import Tools
from qa.answer.cite import Documents
from qa.llm.writer import Writer, sources_for
from qa.types import Answer, Stage, Written

SoFar = Callable[[Answer], None]


def with_written(writer: Writer, answer: Answer, tools: Tools, documents: Documents, so_far: SoFar | None) -> Answer:
    """Return the answer with what was written.

    Where the documents do not say, the model is not asked: a proof shows that a sentence stands in a document, not that
    it answers the question, so a model would talk over the silence.

    Args:
        writer: Who is asked.
        answer: As it was read from the documents.
        tools: That it was made with.
        documents: Gives the documents that evidence stands in.
        so_far: Told the answer with all that was written so far, the same value again where nothing was added; what it
            raises hangs up and passes through.
    """
    if answer.abstained:
        return answer
    tools.told(Stage.WRITING)
    started, last = perf_counter(), answer

    def tell(written: Written) -> None:
        nonlocal last
        if so_far is not None:
            last = last if written is last.written else replace(answer, written=written)
            so_far(last)

    sources = sources_for(answer.searched_for, answer.hits, tools.search.article_text, most=writer.most_passages)
    written = writer.write(answer.searched_for, sources, answer.citations, documents, told=tell)
    spent = (perf_counter() - started) * 1000
    timings = {**answer.timings_ms, "write": spent, "total": answer.timings_ms.get("total", 0.0) + spent}
    return replace(answer, written=written, timings_ms=timings)
