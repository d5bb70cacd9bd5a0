"""Complete a question that leans on the ones before it: the ways to take it, the likeliest first. No model.

Which way is taken is decided by what the search finds for each of them: `qa.retrieval.history.choice`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.corpus.cutter import cutter
from qa.corpus.traditional import simplify_characters
from qa.retrieval.history.carry import LONGEST, Context, carry, is_ellipsis, standing
from qa.retrieval.history.mentions import NAMED, Kind, mentions
from qa.retrieval.history.pointing import pointers
from qa.retrieval.history.wording import HAS_HAN, bare, content_words, opening, question_words

_TURNS = 10  # earlier questions that are looked at
# A question without a name and with no more words than these may lean. Of 1,000 questions of CMRC 2018 and DRCD dev,
# each put after one about something else, 12 are then taken to lean for certain (most do: 该, 这首歌), 110 as may
# (2026-11-23).
_FEW_WORDS = 3
_OF_A_LIST = re.compile(r"第[\d一二三四五六七八九十]+[个项条名位点种](?!月)")
# Counts, and does not say what: 临河区建了几处.
_COUNTS_NOTHING = re.compile(r"(?:多少|几)[个处家所座项名条]?\s*[?？]*\s*$")
_NOUN_TAGS = ("n", "l", "j", "vn", "i", "z", "b", "k", "eng", "x")

_NOUN_ENDING = re.compile("(?:(?<![增成延生])长|[员者师率价额量费])$")  # also where the word list calls it a verb
_COPULA = re.compile("是(?:谁|什么|哪)|(?:谁|什么|哪.?个)是")


class Leaning(StrEnum):
    """How surely a question needs the ones before it to be understood."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to take a question.

    Attributes:
        text: What to search for and to read with: a question that says everything, also what type of thing is wanted.
        leaning: How surely the question leans on the ones before; the same for all its completions.
        topic: The question before, itself completed, that `text` was completed from; empty for the question alone.
    """

    text: str
    leaning: Leaning
    topic: str


def completions(question: str, history: Sequence[str]) -> tuple[Completion, ...]:
    """Return the ways to take a question, the likeliest first: completed from the history, and alone.

    Args:
        question: As asked.
        history: Earlier questions, oldest first; the chain goes back to the last one that stands alone.

    Returns:
        One completion, the question alone, when there is nothing to lean on or the question names its own subject;
        else two. The question alone comes first unless leaning is certain.
    """
    context = _context(history)
    degree = Leaning.NONE if context is None else _leaning(question, context)
    alone = Completion(question, degree, topic="")
    if context is None or degree is Leaning.NONE:
        return (alone,)
    completed = Completion(carry(context, question).text, degree, topic=context.text)
    if completed.text in {question, bare(question)}:
        return (alone,)
    return (completed, alone) if degree is Leaning.CERTAIN else (alone, completed)


def complete(question: str, history: Sequence[str]) -> str:
    """Return the likeliest way to take a question, judged by its words alone."""
    return completions(question, history)[0].text


def leaning(question: str) -> Leaning:
    """Return how surely a question leans on others, judged by its own words."""
    named = _is_named(question)
    if is_ellipsis(question):
        return _of_ellipsis(question, named=named)
    pointing = [pointer for pointer in pointers(bare(question)) if not pointer.inside]
    if pointing:
        return Leaning.POSSIBLE if all(pointer.doubtful for pointer in pointing) else Leaning.CERTAIN
    if opening(question).joins:
        return Leaning.POSSIBLE if named else Leaning.CERTAIN
    if named:
        return Leaning.POSSIBLE if _counts_nothing(question) else Leaning.NONE
    return _of_unnamed(question)


def _is_named(question: str) -> bool:
    return any(mention.kind in NAMED for mention in mentions(bare(question)))


def _of_unnamed(question: str) -> Leaning:
    """Judge a question with words of its own and no name: one about 第二项, or with a verb alone, needs a subject."""
    words = content_words(question)
    lacks_subject = _lacks_subject(question)
    if _OF_A_LIST.search(simplify_characters(question)) and len(words) <= _FEW_WORDS:
        return Leaning.CERTAIN
    if len(words) <= 1 and not _COPULA.search(simplify_characters(question)) and not _holds_noun(" ".join(words)):
        return Leaning.CERTAIN
    ordinal = any(mention.kind is Kind.ORDINAL for mention in mentions(question))
    return Leaning.POSSIBLE if lacks_subject or ordinal or len(words) <= _FEW_WORDS else Leaning.NONE


def _of_ellipsis(question: str, *, named: bool) -> Leaning:
    """A name and nothing else may be a search for that name; `呢` and `what about` leave no doubt."""
    opens = opening(question)
    marked = opens.joins or re.search(r"呢\s*[?？]*\s*$", question) is not None
    words = content_words(question)
    if named and (len(words) > 1 or not marked):
        return Leaning.POSSIBLE
    return Leaning.CERTAIN


def _leaning(question: str, context: Context) -> Leaning:
    """Judge by the question before, too: a short form of what that one named points back at it."""
    degree = leaning(question)
    if degree is Leaning.CERTAIN or _is_named(question):
        return degree
    if not _names_in_short(question, context.text):
        return degree
    return Leaning.CERTAIN if degree is Leaning.POSSIBLE else Leaning.POSSIBLE


def _leans(question: str, context: Context) -> bool:
    """Tell whether an earlier question is taken to lean; in doubt, one with a name of its own stands alone."""
    degree = _leaning(question, context)
    return degree is Leaning.CERTAIN or (degree is Leaning.POSSIBLE and not _is_named(question))


def _names_in_short(question: str, earlier: str) -> bool:
    """Tell whether the first noun of a question stands with more in the one before: 大桥 for 东湖大桥, `the bridge`."""
    plain = simplify_characters(earlier).casefold()
    if not HAS_HAN.search(question):
        short = re.search(r"\bthe (\w{3,})\b", question, re.IGNORECASE)
        return short is not None and re.search(rf"\b{re.escape(short[1].casefold())}\b", plain) is not None
    words = cutter().tag(simplify_characters(bare(question)))
    noun = words[0][0] if words and words[0][1].startswith(_NOUN_TAGS) else ""
    return len(noun) > 1 and re.search(rf"\w{re.escape(noun)}", plain) is not None


def _lacks_subject(question: str) -> bool:
    """Tell whether nothing that a question could be about stands before its question word; Chinese only."""
    left = simplify_characters(bare(question))
    asks = question_words(left.rstrip("?？ "))
    if not HAS_HAN.search(left) or not asks or re.match("谁|哪|何人|什么是", left[asks[0][0] :]):
        return False
    before = left[: asks[0][0]]
    return not (before and left[asks[0][0]] == "是") and not _holds_noun(before)


def _holds_noun(text: str) -> bool:
    return any(tag.startswith(_NOUN_TAGS) or _NOUN_ENDING.search(word) for word, tag in cutter().tag(text))


def _counts_nothing(question: str) -> bool:
    """Tell whether a question with a name has no noun for what it counts."""
    return _COUNTS_NOTHING.search(simplify_characters(question)) is not None and len(content_words(question)) <= 1


def _context(history: Sequence[str]) -> Context | None:
    """Complete the earlier questions one from the other, from the last one that stands alone."""
    context: Context | None = None
    for said in history[-_TURNS:]:
        earlier = said.strip()[-LONGEST:]  # its end is what was asked
        if not earlier:
            continue
        context = carry(context, earlier) if context is not None and _leans(earlier, context) else standing(earlier)
    return context
