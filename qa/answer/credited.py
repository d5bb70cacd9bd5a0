"""Order passages for a question about who made an article: those that name somebody lead their article.

An article that somebody in another office signed steps back. Finds no passages and reads no answer.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa.answer.guard.contradiction import contradictions
from qa.corpus.credits import Credit, Work, credits_in
from qa.retrieval.authorship import Inquiry
from qa.retrieval.search import ABOVE, Found
from qa.retrieval.tokens import holds_han

_OTHER_OFFICE = 1.0  # fused score, that of a sure find


def credits_of(item: Found, works: frozenset[Work]) -> list[Credit]:
    """Return whom a passage names for one of these works, in order."""
    passage = item.hit.passage
    return [one for one in credits_in(passage.text, passage.kind, title=item.hit.article.title) if one.works & works]


def credits_first(inquiry: Inquiry, found: Sequence[Found]) -> list[Found]:
    """Return the ranking with every passage that answers the inquiry just above the best one of its article.

    Args:
        inquiry: What the question wants.
        found: Passages, best first, after they were ranked again, which may have parted a by-line from its article.
    """
    others = _signed_in_another_office(inquiry, found)
    scores = [item.hit.score - _OTHER_OFFICE * (item.hit.article.id in others) for item in found]
    best: dict[str, float] = {}
    for item, score in zip(found, scores, strict=True):
        best[item.hit.article.id] = max(score, best.get(item.hit.article.id, score))
    raised = [
        replace(item, hit=replace(item.hit, score=_raised(item, score, best[item.hit.article.id], inquiry)))
        for item, score in zip(found, scores, strict=True)
    ]
    raised.sort(key=lambda item: (-item.hit.score, item.hit.passage.id))
    return [replace(item, hit=replace(item.hit, rank=rank)) for rank, item in enumerate(raised, start=1)]


def _raised(item: Found, score: float, best: float, inquiry: Inquiry) -> float:
    """Return the score of a passage; of two that name somebody the better one stays the better one."""
    return best + ABOVE / (1 + best - score) if credits_of(item, inquiry.any_work) else score


def _signed_in_another_office(inquiry: Inquiry, found: Sequence[Found]) -> set[str]:
    """Return the articles that somebody in another office than the one asked for signed; none where all are such."""
    if not inquiry.office:
        return set()
    asked = f"{inquiry.office}是谁?" if holds_han(inquiry.office) else f"Who is the {inquiry.office}?"
    signed = {item.hit.article.id: item.hit.article.byline or "" for item in found}
    others = {
        name
        for name, byline in signed.items()
        if any(one.kind == "role" for one in contradictions(asked, passage=byline, context="", article=byline))
    }
    return others if len(others) < len(signed) else set()
