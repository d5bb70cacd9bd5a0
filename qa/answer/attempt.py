"""One attempt at a question: search, rank again, read, judge. Completes nothing from the history and cites nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from qa.answer.confidence import Confidence, judge
from qa.answer.read import Answerer, Reading
from qa.retrieval.history.choice import with_bonus
from qa.retrieval.history.followup import Leaning
from qa.retrieval.rerank import NO_WEIGHT, READS, READS_MOST, Reranker, RerankWeights, read_again
from qa.retrieval.search import Found, Search


@dataclass(frozen=True, slots=True)
class Tools:
    """What an attempt is made with.

    Attributes:
        search: Over one generation of the store.
        answerer: Reads the answer.
        reranker: Ranks the first passages again; None leaves the order of the search.
        rerank_weights: How much that counts against the search.
        among: Numbers of the passages to search; None for all.
    """

    search: Search
    answerer: Answerer
    reranker: Reranker | None = None
    rerank_weights: RerankWeights = NO_WEIGHT
    among: frozenset[int] | None = None


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
        """Note the time since the last lap."""
        moment = self._now()
        self.laps[name] = (moment - self._last) * 1000
        self._last = moment


@dataclass(frozen=True, slots=True)
class Favour:
    """An article whose passages are ranked a little higher, for it was cited just before."""

    article_id: str
    leaning: Leaning


def find(tools: Tools, query: str, *, k: int, clock: Clock | None = None, favour: Favour | None = None) -> list[Found]:
    """Return the best passages as the search ranks them and, where there is one, the reranker after it.

    Args:
        tools: To find them with.
        query: Words or a question.
        k: Passages wanted; where a reranker reads, `READS_MOST` are looked at, so that it has more to go on with.
        clock: To note the time of each step.
        favour: The article cited last, where the question leans on it.
    """
    clock = clock or Clock()
    vector = tools.search.encode(query)
    clock.lap("encode")
    most = max(k, READS if tools.reranker is None else READS_MOST)
    found = tools.search.search(query, k=most, vector=vector, among=tools.among)
    if favour is not None:
        found = _favoured(found, favour)
    clock.lap("search")
    if tools.reranker is not None and found:
        found = read_again(tools.reranker, query, found, weights=tools.rerank_weights)
        clock.lap("rerank")
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
    clock = Clock()
    found = find(tools, searched_for, k=max(top_k, READS), clock=clock, favour=favour)
    reading = tools.answerer.read(question, found, tools.search.keyword, searched_for=searched_for)
    article_text = tools.search.article_text(reading.found.hit.article.id) if reading else ""
    verdict = judge(searched_for, found, reading, article_text, model=tools.search.model)
    clock.lap("read")
    return Attempt(searched_for, tuple(found), reading, verdict, clock.laps)
