"""Take a question with its history: alone or completed, whole or in parts, whatever finds more. Words no answer."""

from collections.abc import Sequence

from qa.answer.attempt import Attempt, Favour, Tools, attempt
from qa.answer.parts import split_question
from qa.retrieval.history.choice import Tried, choose
from qa.retrieval.history.followup import Completion, completions


def take(tools: Tools, question: str, history: Sequence[str], *, top_k: int) -> tuple[str, list[Attempt]]:
    """Return what was searched for, and one attempt for each part of it.

    A question that may lean on the history is tried alone and completed; where the completed one is taken, the article
    that answered the question before is favoured a little.

    Args:
        tools: To try with.
        question: As asked.
        history: Earlier questions, oldest first.
        top_k: Passages wanted at least.
    """
    ways = completions(question, history)
    tried = [_parts(tools, way.text, top_k=top_k) for way in ways]
    chosen = choose([_tried(way, attempts) for way, attempts in zip(ways, tried, strict=True)]) if len(ways) > 1 else 0
    way, attempts = ways[chosen], tried[chosen]
    if way.topic:
        before = attempt(tools, way.topic, way.topic, top_k=1)
        if before.reading is not None:
            favour = Favour(before.reading.found.hit.article.id, way.leaning)
            attempts = _parts(tools, way.text, top_k=top_k, favour=favour)
    return way.text, attempts


def _parts(tools: Tools, question: str, *, top_k: int, favour: Favour | None = None) -> list[Attempt]:
    return [attempt(tools, part, part, top_k=top_k, favour=favour) for part in split_question(question)]


def _tried(way: Completion, attempts: Sequence[Attempt]) -> Tried:
    """Return what came of one way: its best passage, and the least of its parts' confidences."""
    scores = [item.found[0].hit.score for item in attempts if item.found]
    return Tried(way, max(scores, default=0.0), min(item.verdict.value for item in attempts))
