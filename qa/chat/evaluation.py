"""What readers said about answers as evaluation questions, in the form that `wenju eval FILE.jsonl` reads. Pure.

A thumb up makes the answer and its quotations the ones to be found again. Anything else is marked `review`: somebody
must say what is right and take the mark away; until then `wenju eval` leaves it out and says how many it left out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from qa.chat.json import filters_json
from qa.chat.turns import Feedback
from qa.types import Answer

KIND = "feedback"
_JOIN = re.compile("；|; ")  # between the short answers to a question of several parts


def feedback_questions(feedback: Iterable[Feedback]) -> Iterator[dict[str, Any]]:
    """Yield one question for each answer that was rated or written about, as plain JSON values, in the same order.

    Beside what is measured, each has what the reader said (`rating`, `note`), and of the answer `asked_at`,
    `confidence` and the `generation` of the index.
    """
    for one in feedback:
        turn = one.turn
        answer = turn.answer
        row: dict[str, Any] = {
            "id": f"{KIND}-{one.conversation}-{turn.number}",
            "question": turn.question,
            "kind": KIND,
            "answerable": answer is not None and not answer.abstained,
            "history": list(one.history),
            "filters": filters_json(turn.filters),
            "rating": turn.rating,
            "note": turn.note,
            "asked_at": turn.asked_at,
        }
        if answer is not None:
            row |= {**_gold(answer), "confidence": round(answer.confidence, 4), "generation": answer.generation}
        if turn.problem is not None:
            row["problem"] = turn.problem
        if turn.rating != 1 or answer is None:
            row["review"] = True
        yield row


def _gold(answer: Answer) -> dict[str, Any]:
    """Return the answer and what it was proved with; nothing for silence, which has neither."""
    if answer.answer is None:
        return {"reason": answer.reason}
    parts = [part for part in _JOIN.split(answer.answer) if part]
    gold: dict[str, Any] = {"answer": answer.answer, "answer_variants": parts if len(parts) > 1 else []}
    if answer.citations:
        first = answer.citations[0]
        gold |= {
            "file": first.document_id,
            "article_title": first.article.title,
            "evidence": first.text,
            "evidence_by_article": {f"{one.document_id} [{one.number}]": one.text for one in answer.citations[1:]},
        }
    return gold
