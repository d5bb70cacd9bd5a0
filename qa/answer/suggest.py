"""Better questions for one that the documents do not answer: what its nearest articles do say, and every one tried.

Makes no question of its own (`qa.answer.facts`), and offers none that is not answered from the article that it was
made from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from qa.answer.facts import Fact, facts_in
from qa.errors import SourceError
from qa.filters import EVERYTHING, Filters
from qa.retrieval.tokens import fold, holds_han, tokenize
from qa.types import Answer, ArticleView

ARTICLES = 3  # nearest ones that questions are made from
TRIES = 8  # questions that are asked; each takes as long as any other
MOST_FACTS = 200  # of one article
IMPRINT = 0.25  # share of its nearness that a question keeps which asks who wrote an article or when it appeared

_SEVERAL = re.compile("[；;、,，] ?")
_MARKS = re.compile(r"[\W_]+")


class _Asks(Protocol):
    """What of the assistant is needed; it stands above this room, so it is not imported."""

    def ask(self, question: str, *, filters: Filters = EVERYTHING) -> Answer: ...

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView: ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question about an article, and how much of the asked question's words it has, 0 to 1."""

    fact: Fact
    article_id: str
    title: str
    near: float

    @property
    def questions(self) -> tuple[str, ...]:
        """The question alone, and with its article named where it does not name it itself."""
        asked = self.fact.question
        if self.fact.of_imprint:
            return (asked,)
        within = (
            f"《{self.title}》中,{asked}" if holds_han(asked) else f"In “{self.title}”, {asked[0].lower()}{asked[1:]}"
        )
        return asked, within


def better_questions(
    assistant: _Asks, answer: Answer, *, most: int = 2, filters: Filters = EVERYTHING
) -> tuple[str, ...]:
    """Return questions that are answered from the articles nearest to one that was not, nearest first.

    Args:
        assistant: Opens the articles and is asked every question that is returned.
        answer: That abstained.
        most: How many are wanted.
        filters: That were on; the questions are asked with them.

    Returns:
        None twice, and never the question itself; empty where nothing is found within `TRIES`.
    """
    if not answer.abstained:
        return ()
    kept: list[str] = []
    for candidate, question in islice(_in_turn(_candidates(assistant, answer), kept, most), TRIES):
        if _is_answered(assistant.ask(question, filters=filters), candidate):
            kept.append(question)
    return tuple(kept)


def _in_turn(candidates: Sequence[_Candidate], kept: list[str], most: int) -> Iterator[tuple[_Candidate, str]]:
    """Yield what to ask next until enough is kept: each question alone, and, where that fails, with the article named.

    A subject such as 新馆 is clear inside its article only.
    """
    for candidate in candidates:
        before = len(kept)
        for question in candidate.questions:
            if len(kept) == most:
                return
            if len(kept) == before:
                yield candidate, question


def _candidates(assistant: _Asks, answer: Answer) -> list[_Candidate]:
    """Return what could be asked instead, nearest first; of those equally near, in the order of the articles."""
    asked = answer.searched_for
    seen = {_key(asked), _key(answer.question)}
    words = set(tokenize(asked))
    most = sum(map(len, words)) or 1
    candidates: list[_Candidate] = []
    for view in _nearest(assistant, answer):
        for fact in islice(facts_in(view.article, chinese=holds_han(asked)), MOST_FACTS):
            key = _key(fact.question)
            if key in seen:
                continue
            seen.add(key)
            near = sum(len(word) for word in words & set(tokenize(fact.question))) / most
            candidates.append(
                _Candidate(fact, view.article.id, view.article.title, near * (IMPRINT if fact.of_imprint else 1.0))
            )
    chinese = holds_han(asked)
    return sorted(candidates, key=lambda one: (-one.near, holds_han(one.fact.question) != chinese))


def _nearest(assistant: _Asks, answer: Answer) -> Iterator[ArticleView]:
    """Yield the articles of the best hits as the store holds them now; one that is gone is passed over."""
    seen: set[tuple[str, str]] = set()
    for hit in answer.hits:
        key = (hit.article.document_id, hit.article.title)
        if key in seen or len(seen) == ARTICLES:
            continue
        seen.add(key)
        span = hit.passage.span
        try:
            yield assistant.article(hit.article.document_id, span.start, span.end)
        except SourceError:
            continue


def _is_answered(answer: Answer, candidate: _Candidate) -> bool:
    """Tell whether a question is answered from its own article, with what it was made from."""
    if answer.abstained or all(citation.article.id != candidate.article_id for citation in answer.citations):
        return False
    expected, said = fold(candidate.fact.answer), fold(answer.answer or "")
    if candidate.fact.of_imprint:
        return all(one in expected for one in _SEVERAL.split(said))  # a name of the by-line, or all of them
    return expected in fold(answer.sentence or "")


def _key(question: str) -> str:
    return _MARKS.sub("", fold(question))
