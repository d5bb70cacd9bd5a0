"""Find what a question names and the article that was found contradicts: another place, body, office, year or number.

Precision first: a passage that answers is nearly never contradicted, and what cannot be known is not told. Reads rules
only; judges no confidence and writes no answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.answer.guard.compared import CONTRADICTION_KINDS, Compared, Contradiction, ContradictionKind
from qa.answer.guard.numbered import differing_numbers
from qa.answer.guard.offices import differing_offices
from qa.answer.guard.offices_english import differing_english_offices
from qa.answer.guard.persons import differing_persons
from qa.answer.guard.places import differing_places
from qa.answer.guard.romanised import differing_romanised
from qa.answer.guard.times import differing_times
from qa.retrieval.tokens import fold

__all__ = ["CONTRADICTION_KINDS", "Contradiction", "as_features", "contradictions", "described"]

_FEATURES: dict[str, tuple[ContradictionKind, ...]] = {
    "place_differs": ("place",),
    "time_differs": ("year",),
    "role_differs": ("role",),
    "name_differs": ("body", "person"),
    "number_differs": ("number",),
}
# What the nearest article lacks, and what it has instead; (Chinese, English).
_LACKS: dict[ContradictionKind, tuple[str, str]] = {
    "place": ("没有提到{asked}", "does not mention {asked}"),
    "body": ("没有提到{asked}", "does not mention {asked}"),
    "person": ("没有提到{asked}", "does not mention {asked}"),
    "role": ("没有说{asked}是谁", "does not say who the {asked} is"),
    "year": ("没有说到{asked}", "does not speak of {asked}"),
    "number": ("没有提到“{asked}”", "does not mention “{asked}”"),
}
_HAS: dict[ContradictionKind, tuple[str, str]] = {
    "place": ("讲的是{found}", "it is about {found}"),
    "body": ("讲的是{found}", "it is about {found}"),
    "person": ("提到的是{found}", "it names {found}"),
    "role": ("提到的是{found}", "it names the {found}"),
    "year": ("说的是{found}", "it speaks of {found}"),
    "number": ("说的是“{found}”", "it has “{found}”"),
}


def contradictions(
    question: str, *, passage: str, context: str, article: str, written: int | None = None
) -> tuple[Contradiction, ...]:
    """Return what a question names and an article lacks or has otherwise, in the order of CONTRADICTION_KINDS.

    Args:
        question: Completed from the history.
        passage: Repaired text of the passage that was read.
        context: What travels with it (`qa.retrieval.search.context_of`).
        article: Repaired text of everything that is searched of the article.
        written: Year in which the article was written, where known; it tells what 今年 and 去年 are.
    """
    compared, folded = _compared(passage, context, article), fold(question)
    differences = (
        *differing_places(folded, compared),
        *differing_romanised(question, compared),
        *differing_offices(folded, compared),
        *differing_english_offices(folded, compared),
        *differing_persons(folded, compared),
        *differing_times(folded, compared, written=written),
        *differing_numbers(folded, compared),
    )
    known = f"{context}\n{passage}\n{article}"
    told = dict.fromkeys(
        replace(
            difference,
            asked=_as_written(difference.asked, question),
            found=_as_written(difference.found, known) if difference.found else None,
        )
        for difference in differences
    )
    return tuple(sorted(told, key=lambda difference: CONTRADICTION_KINDS.index(difference.kind)))


def as_features(found: Iterable[Contradiction]) -> dict[str, float]:
    """Return, for each group of kinds, whether it is contradicted: 0 or 1."""
    kinds = {contradiction.kind for contradiction in found}
    return {name: float(not kinds.isdisjoint(group)) for name, group in _FEATURES.items()}


def described(found: Sequence[Contradiction], *, title: str, language: str) -> str:
    """Return one sentence that tells the first contradiction; of the nearest article only, for no other was compared.

    Args:
        found: At least one.
        title: Of the nearest article.
        language: `zh` for Chinese; anything else is told in English.

    Raises:
        ValueError: If there is none.
    """
    if not found:
        raise ValueError("there is no contradiction to describe; ask only when there is one")
    first, chinese = found[0], language.startswith("zh")
    lacks, has = (pair[0 if chinese else 1] for pair in (_LACKS[first.kind], _HAS[first.kind]))
    lacking = lacks.format(asked=_spoken(first.asked, first.kind, chinese=chinese))
    having = has.format(found=_spoken(first.found, first.kind, chinese=chinese)) if first.found else None
    if chinese:
        return f"最接近的一篇《{title}》{lacking}" + (f"，{having}。" if having else "。")
    return f"The nearest article, “{title}”, {lacking}" + (f"; {having}." if having else ".")


def _spoken(text: str, kind: ContradictionKind, *, chinese: bool) -> str:
    return f"{text}年" if chinese and kind == "year" and text.isdecimal() else text


def _as_written(folded: str, text: str) -> str:
    """Return a folded piece as a text has it, where capitals are all that folding took; else the folded piece."""
    match = re.search(re.escape(folded), text, re.IGNORECASE)
    return match.group() if match else folded


@lru_cache(maxsize=256)
def _compared(passage: str, context: str, article: str) -> Compared:
    """Return the folded texts; an article that holds its context stays one text, for what is found in it is kept."""
    near, above, whole = fold(passage), fold(context), _folded(article)
    lacking = [part for part in (*above.split(), near) if part not in whole]
    return Compared(near, above, "\n".join([*lacking, whole]))


@lru_cache(maxsize=64)
def _folded(article: str) -> str:
    return fold(article)
