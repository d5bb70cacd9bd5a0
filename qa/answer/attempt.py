"""One attempt at a question: search, rank again, read, judge. Completes nothing from the history and cites nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from qa.answer.authors import may_stand, meant_article, read_credit
from qa.answer.confidence import Confidence, judge
from qa.answer.credited import credits_first
from qa.answer.read import Answerer, Reading
from qa.corpus.credits import Work
from qa.retrieval.history.choice import with_bonus
from qa.retrieval.history.followup import Leaning
from qa.retrieval.rerank import NO_WEIGHT, READS, READS_MOST, Reranker, RerankWeights, read_again
from qa.retrieval.search import Found, Search
from qa.types import Stage


def _tell_nobody(stage: Stage) -> None:
    """Drop the news of a stage."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What an attempt is made with.

    Attributes:
        search: Over one generation of the store.
        answerer: Reads the answer.
        reranker: Ranks the first passages again; None leaves the order of the search.
        rerank_weights: How much that counts against the search.
        among: Numbers of the passages to search; None for all.
        told: Called when a stage begins; what it raises ends the attempt.
    """

    search: Search
    answerer: Answerer
    reranker: Reranker | None = None
    rerank_weights: RerankWeights = NO_WEIGHT
    among: frozenset[int] | None = None
    told: Callable[[Stage], None] = _tell_nobody


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it.

    Attributes:
        searched_for: The question as it was searched for.
        found: Passages, best first.
        reading: The best reading of them, or None where nothing was found.
        verdict: Whether to speak.
        timings_ms: By step.
    """

    searched_for: str
    found: tuple[Found, ...]
    reading: Reading | None
    verdict: Confidence
    timings_ms: dict[str, float]


class Clock:
    """Milliseconds from one lap to the next."""

    def __init__(self, now: Callable[[], float] = perf_counter) -> None:
        self._now = now
        self._last = now()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Add the time since the last lap."""
        moment = self._now()
        self.laps[name] = self.laps.get(name, 0.0) + (moment - self._last) * 1000
        self._last = moment


@dataclass(frozen=True, slots=True)
class Favour:
    """An article whose passages are ranked a little higher, for it was cited just before."""

    article_id: str
    leaning: Leaning


def find(
    tools: Tools,
    query: str,
    *,
    k: int,
    clock: Clock | None = None,
    favour: Favour | None = None,
    by_credit: bool = True,
) -> list[Found]:
    """Return the best passages as the search ranks them and, where there is one, the reranker after it.

    Args:
        tools: To find them with.
        query: Words or a question.
        k: Passages wanted; where a reranker reads, `READS_MOST` are looked at, so that it has more to go on with.
        clock: To note the time of each step.
        favour: The article cited last, where the question leans on it.
        by_credit: For a question about who made an article, search with its topic and put by-lines first.
    """
    clock = clock or Clock()
    tools.told(Stage.SEARCHING)
    inquiry = tools.search.inquiry(query) if by_credit else None
    searched = inquiry.topic if inquiry is not None else query
    vector = tools.search.encode(searched)
    clock.lap("encode")
    most = max(k, READS if tools.reranker is None else READS_MOST)
    credited = inquiry.any_work if inquiry is not None else frozenset[Work]()
    found = tools.search.search(searched, k=most, vector=vector, among=tools.among, credited=credited)
    if favour is not None:
        found = _favoured(found, favour)
    clock.lap("search")
    if tools.reranker is not None and found:
        tools.told(Stage.READING)
        found = read_again(tools.reranker, query, found, weights=tools.rerank_weights)
        clock.lap("rerank")
    if inquiry is not None:
        found = credits_first(inquiry, found)
    return found


def _favoured(found: list[Found], favour: Favour) -> list[Found]:
    """Return the ranking with the favoured article's passages a little higher."""
    scores = with_bonus(
        [item.hit.score for item in found],
        [item.hit.article.id for item in found],
        favour.article_id,
        favour.leaning,
    )
    raised = [replace(item, hit=replace(item.hit, score=score)) for item, score in zip(found, scores, strict=True)]
    raised.sort(key=lambda item: (-item.hit.score, item.hit.passage.id))
    return [replace(item, hit=replace(item.hit, rank=rank)) for rank, item in enumerate(raised, start=1)]


def attempt(tools: Tools, question: str, searched_for: str, *, top_k: int, favour: Favour | None = None) -> Attempt:
    """Make one attempt.

    Args:
        tools: To make it with.
        question: As asked; it says what type of thing is wanted.
        searched_for: The same, or completed from the history.
        top_k: Passages wanted at least.
        favour: The article cited last, where the question leans on it.
    """
    clock, most = Clock(), max(top_k, READS)
    inquiry = tools.search.inquiry(searched_for)
    found = find(tools, searched_for, k=most, clock=clock, favour=favour)
    meant = meant_article(inquiry, found, tools.search.article_text) if inquiry is not None and found else None
    reading = read_credit(inquiry, found, meant) if inquiry is not None and meant is not None else None
    if reading is None:
        if inquiry is not None:
            found = find(tools, searched_for, k=most, clock=clock, favour=favour, by_credit=False)
        tools.told(Stage.READING)
        reading = tools.answerer.read(question, found, tools.search.keyword, searched_for=searched_for)
    article_text = tools.search.article_text(reading.found.hit.article.id) if reading else ""
    if reading is not None and not may_stand(searched_for, reading, article_text, meant):
        reading = replace(reading, assured=0.0)
    verdict = judge(searched_for, found, reading, article_text, model=tools.search.model)
    clock.lap("read")
    return Attempt(searched_for, tuple(found), reading, verdict, clock.laps)
