"""What a question is compared with, and what a difference between the two is.

Finds nothing: the rules stand in `places`, `romanised`, `offices`, `offices_english`, `persons`, `times`, `numbered`.
"""

from dataclasses import dataclass
from typing import Literal, get_args

ContradictionKind = Literal["place", "body", "role", "person", "year", "number"]
CONTRADICTION_KINDS: tuple[ContradictionKind, ...] = get_args(ContradictionKind)
"""In the order in which they are told: a wrong place says more than a wrong number."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that a question names and that the article lacks.

    Attributes:
        kind: What is named; `body` is anything that bears a name and is neither a place of the map nor a person, `year`
            any stretch of time, `number` a count or the number that something bears.
        asked: As the question has it, folded; an English name as written.
        found: What the article has in the same role, or None when it has nothing of the kind.
    """

    kind: ContradictionKind
    asked: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The texts that a question is held against, folded (`qa.retrieval.tokens.fold`).

    Attributes:
        passage: The one that was read.
        context: What travels with it: title, place, publisher, section heading.
        article: All that is known of the article, passage and context included.
    """

    passage: str
    context: str
    article: str
