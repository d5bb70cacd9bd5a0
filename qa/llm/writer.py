"""Let a language model write about an answer, and keep of it what it proves: asks, reads, proves, numbers.

Never raises for anything that the model or its endpoint does; what went wrong is told in `Written.problem`.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace

from qa.answer.cite import Documents, cite
from qa.answer.guard.contradiction import contradictions
from qa.config_llm import LlmSettings
from qa.llm.drafts import DraftReader
from qa.llm.endpoint import text_from
from qa.llm.problems import WritingStopped, problem
from qa.llm.prompt import messages_for
from qa.llm.proof import Draft, Source, prove
from qa.retrieval.search import context_of
from qa.types import Citation, Hit, Unproved, Written, WrittenSentence
from qa.types import WritingProblemCode as Code

Told = Callable[[Written], None]


def _tell_nobody(written: Written) -> None:
    """Drop the news of what was written."""


def sources_for(
    question: str, hits: Sequence[Hit], article_text: Callable[[str], str], *, most: int
) -> tuple[Source, ...]:
    """Return the passages that a model is given: the best ones, but for those that the guard would not let answer.

    A passage of an article that names another place, person, office, year or number than the question would let a
    model say what is true of something else.

    Args:
        question: Completed from the history.
        hits: Best first.
        article_text: Gives all that is searched of an article, by its id.
        most: How many.
    """
    fitting: list[Source] = []
    for hit in hits:
        if len(fitting) == most:
            break
        article = hit.article
        differs = contradictions(
            question,
            passage=hit.passage.text,
            context=context_of(article, hit.passage.heading),
            article=article_text(article.id),
            written=int(article.date_iso[:4]) if article.date_iso else None,
        )
        if not differs:
            fitting.append(Source(len(fitting) + 1, hit.passage, article, hit.also_in))
    return tuple(fitting)


class Writer:
    """A language model behind an endpoint; safe to share between threads, for it keeps nothing."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self.name = settings.name
        self.most_passages = settings.passages

    def write(
        self,
        question: str,
        sources: Sequence[Source],
        citations: Sequence[Citation],
        documents: Documents,
        *,
        told: Told = _tell_nobody,
    ) -> Written:
        """Return what the model wrote, each sentence proved or not.

        Args:
            question: Completed from the history.
            sources: What it may quote.
            citations: Of the answer; what they quote keeps their numbers.
            documents: Gives the documents that evidence stands in.
            told: Called with all that was written so far: at first, after each sentence and while the next one is
                waited for; what it raises hangs up and passes through.
        """
        written = Written(self._settings.model)
        told(written)
        if not sources:
            return written
        reader = DraftReader()
        try:
            with closing(text_from(self._settings, messages_for(question, sources))) as pieces:
                for piece in pieces:
                    told(written)
                    for draft in reader.read(piece):
                        written = _with_sentence(written, self._without_key(draft), sources, citations, documents)
                        told(written)
        except WritingStopped as reason:
            written = replace(written, problem=reason.problem)
        for draft in reader.finish():
            written = _with_sentence(written, self._without_key(draft), sources, citations, documents)
        if not written.sentences and written.problem is None:
            written = replace(written, problem=problem(Code.NOTHING_WRITTEN))
        return written

    def _without_key(self, draft: Draft) -> Draft:
        """Return the sentence without our key, which an endpoint knows and readers must not see.

        What stands instead is in no source, so such a sentence is not proved.
        """
        key = self._settings.api_key
        return draft if key is None else replace(draft, text=draft.text.replace(key.get_secret_value(), "█████"))


def _with_sentence(
    written: Written, draft: Draft, sources: Sequence[Source], citations: Sequence[Citation], documents: Documents
) -> Written:
    """Return what was written with one more sentence, and the citations that prove it."""
    proof = prove(draft, sources)
    numbers: list[int] = []
    known = [*citations, *written.citations]
    reason = proof.reason
    if reason is None:
        found, dropped = cite(proof.evidence, documents(proof.evidence))
        if dropped or not found:
            reason = Unproved.NOT_IN_SOURCE
        for citation in found if reason is None else ():
            same = next((one for one in known if _same_place(one, citation)), None)
            if same is None:
                same = replace(citation, number=len(known) + 1)
                known.append(same)
            numbers.append(same.number)
    sentence = WrittenSentence(draft.text, reason is None, tuple(dict.fromkeys(numbers)), reason)
    return replace(written, sentences=(*written.sentences, sentence), citations=tuple(known[len(citations) :]))


def _same_place(one: Citation, other: Citation) -> bool:
    return one.document_id == other.document_id and one.span == other.span
