"""`wenju feedback`: what readers said about answers, for people and as evaluation questions.

Judges nothing; the questions are made in `qa.chat.evaluation`. Imports nothing heavy before the command runs.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.stores import Store, settings_of, store_to_read
from qa.terminal import json_text, one_line

if TYPE_CHECKING:
    from qa.chat.turns import Feedback

SIGNS = {1: "+1", 0: " 0", -1: "-1"}
MOST_SHOWN = 200  # characters of a question, an answer or a note; --jsonl has all of them

AsLines = Annotated[bool, typer.Option("--jsonl", help="Print evaluation questions, as wenju eval FILE.jsonl reads.")]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only: each rating with its answer.")]


def add_command(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command()(feedback)


def feedback(*, jsonl: AsLines = False, as_json: AsJson = False, store: Store = None) -> None:
    """Show what readers of the chat said about answers.

    With --jsonl, each answer becomes a question for wenju eval: one with a thumb up is what must be found again, any
    other is marked “review”, with the reader's note, and left out by wenju eval until the mark is taken away.
    """
    from qa.chat.evaluation import feedback_questions
    from qa.chat.store import ConversationStore, conversations_path
    from qa.errors import StoreMissingError

    place = store_to_read(settings_of(store=store))
    path = conversations_path(place)
    if not path.exists():
        if not place.exists():
            raise StoreMissingError(f"There is no index in {place}.", "Build one: wenju index FOLDER")
        if as_json:
            print("[]")
        elif not jsonl:
            print("No answer has been rated yet.")
        return
    with closing(ConversationStore.open(path)) as conversations:
        if jsonl:
            for row in feedback_questions(conversations.feedback()):
                print(json_text(row))
            return
        if as_json:
            print(json_text([feedback_json(one) for one in conversations.feedback()], indent=2))
            return
        for line in lines_of(conversations.feedback()):
            print(line)


def feedback_json(one: "Feedback") -> dict[str, object]:
    """Return what a reader said as plain JSON values, with the answer that it was said of."""
    from qa.answer.render import answer_json

    turn = one.turn
    return {
        "conversation": one.conversation,
        "question": turn.question,
        "history": list(one.history),
        "asked_at": turn.asked_at,
        "rating": turn.rating,
        "note": turn.note,
        "problem": turn.problem,
        "answer": None if turn.answer is None else answer_json(turn.answer),
    }


def lines_of(said: "Iterable[Feedback]") -> Iterator[str]:
    """Yield a block for each answer that was rated or written about: rating and question, answer, note; then sums."""
    counts = dict.fromkeys(SIGNS, 0)
    for one in said:
        turn = one.turn
        counts[turn.rating] += 1
        yield f"{SIGNS[turn.rating]}  {_short(turn.question)}"
        answer = turn.problem if turn.answer is None else turn.answer.answer
        yield f"    answer  {_short(answer or 'The documents do not say.')}"
        if turn.note:
            yield f"    note    {_short(turn.note)}"
    if any(counts.values()):
        yield f"{counts[1]} good, {counts[-1]} not good, {counts[0]} with a note only"
    else:
        yield "No answer has been rated yet."


def _short(text: str) -> str:
    line = one_line(" ".join(text.split()))
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"
