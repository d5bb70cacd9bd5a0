"""`python -m qa.training.guard`: how often the guard contradicts questions, with and without a reason.

On the questions written for training the reader: answerable ones held against their own passage, which must not be
contradicted; traps, by kind; and answerable ones held against the next passage of the file, which does not answer them.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from qa.answer.guard.contradiction import contradictions
from qa.training.data import WRITTEN

_OTHER = "answerable, next passage"


@dataclass(frozen=True, slots=True)
class Held:
    """A question and the passage that it is held against; `group` is a row of the table."""

    group: str
    question: str
    title: str
    text: str


def main() -> None:
    """Print one table for each file that is named, or for all that were written as news."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="JSON lines of title, text, questions; default: the news")
    parser.add_argument("--show", action="store_true", help="print every question that is contradicted")
    arguments = parser.parse_args()
    for path in arguments.files or sorted(WRITTEN.glob("news*.jsonl")):
        held, flagged = Counter[str](), Counter[str]()
        for item in _read(path):
            found = contradictions(
                item.question, passage=item.text, context=item.title, article=f"{item.title}\n{item.text}"
            )
            held[item.group] += 1
            flagged[item.group] += bool(found)
            if arguments.show and found:
                sys.stdout.write(f"{item.group}: {item.question} {[(one.asked, one.found) for one in found]}\n")
        sys.stdout.write(f"\n{path.name}\n" + table(held, flagged))


def table(held: Counter[str], flagged: Counter[str]) -> str:
    """Return the rows: what was held against what, how many, how many contradicted, and the share."""
    rows = ["| questions | number | contradicted | share |", "|---|---|---|---|"]
    rows += [
        f"| {group} | {number} | {flagged[group]} | {flagged[group] / number:.1%} |"
        for group, number in sorted(held.items())
    ]
    return "\n".join(rows) + "\n"


def _read(path: Path) -> Iterator[Held]:
    passages = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    for passage in passages:
        for question in passage["questions"]:
            group = question.get("trap") or "answerable"
            yield Held(group, question["question"], passage["title"], passage["text"])
    yield from _held_against_the_next(passages)


def _held_against_the_next(passages: Sequence[dict[str, object]]) -> Iterator[Held]:
    for passage, other in pairwise(passages):
        questions = passage["questions"]
        assert isinstance(questions, list)
        for question in questions:
            if question["range"]:
                yield Held(_OTHER, question["question"], str(other["title"]), str(other["text"]))


if __name__ == "__main__":
    main()
