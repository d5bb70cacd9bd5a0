"""Questions of two parts: take them apart, so that each is answered by itself. Rules on question words; no model."""

import re
from collections.abc import Mapping
from itertools import pairwise

from qa.retrieval.titles import QUOTATION

# What asks, with the measure word that belongs to it.
_ASKS = re.compile(
    r"什么时[候间]|什么地方|为什么|为何|何时|何地|在?哪[里儿]|哪一?[年天月日位个家]|谁|第几[名位届个]?|多少[个家人名元%]?|百分之几"
    r"|几[个家处名位项座棵亩人次户条所间台月号点]|多[大长高宽深远重久]|怎么样?|怎样|如何|什么"
)
_ENDS = re.compile(r"(?<=[?？；;])")
_PAUSE = re.compile(
    r"[，,]\s*(?:以及|并且?|同时|而且|又|还有)?|[、；;]|以及|并且|[和及与](?=什么|何|哪|谁|多|几|在哪|怎|如何|为)"
)
_ENGLISH_PARTS = re.compile(r",? and (?=(?:who|what|when|where|which|why|how)\b)", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STANDS_FOR = 0xE000  # first of the characters without meaning that stand for quotations while a question is split
MOST = 3


def split_question(question: str) -> tuple[str, ...]:
    """Return the parts of a question, each understandable without the others; the question itself where it has one.

    A later part gets in front what the first one is about. Nothing is split where a part would ask nothing, nor inside
    of quotation marks, for titles and sayings ask, too.
    """
    asking = [found[0] for found in QUOTATION.finditer(question) if _ENDS.search(found[0]) or _ASKS.search(found[0])]
    hidden = {chr(_STANDS_FOR + number): quotation for number, quotation in enumerate(dict.fromkeys(asking))}
    for sign, quotation in hidden.items():
        question = question.replace(quotation, sign)
    return tuple(_shown(part, hidden) for part in _split(question))


def _shown(part: str, hidden: Mapping[str, str]) -> str:
    return "".join(hidden.get(character, character) for character in part)


def _split(question: str) -> tuple[str, ...]:
    sentences = [part.strip() for part in _ENDS.split(question) if part.strip()]
    if len(sentences) == 1:
        parts = _within(sentences[0])
    elif all(_asks(sentence) for sentence in sentences):
        parts = [part for sentence in sentences for part in _within(sentence)]
    else:
        parts = [question]
    if not 1 < len(parts) <= MOST:
        return (question,)
    subject = _subject(parts[0])
    return (parts[0], *(_joined(subject, part) for part in parts[1:]))


def _within(sentence: str) -> list[str]:
    if not _HAN.search(sentence):
        return _ENGLISH_PARTS.split(sentence)
    asking = list(_ASKS.finditer(sentence))
    cuts = []
    for before, after in pairwise(asking):
        pause = _PAUSE.search(sentence, before.end(), after.start() + 1)
        if pause and pause.end() <= after.start():
            cuts.append((pause.start(), pause.end()))
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(sentence)]
    return [sentence[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _asks(sentence: str) -> bool:
    return bool(
        _ASKS.search(sentence) or re.match(r"\s*(?:who|what|when|where|which|why|how)\b", sentence, re.IGNORECASE)
    )


def _subject(first: str) -> str:
    """Return the first part without what asks: what both parts are about."""
    if not _HAN.search(first):
        return re.sub(
            r"^\s*(?:who|what|when|where|which|why|how(?: many| much)?)\b(?: (?:is|was|are|were|did|does|do)\b)?|[?]",
            "",
            first,
            flags=re.IGNORECASE,
        )
    return re.sub(r"(?:分别)?(?:是|有|为|在|于)?$", "", _ASKS.split(first, maxsplit=1)[0].strip(" ，,、?？"))


def _joined(subject: str, part: str) -> str:
    return f"{subject.strip()} {part}".strip()
