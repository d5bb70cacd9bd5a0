"""Read who made an article, or when and where it appeared, out of its by-line, dateline, captions or imprint, by rule.

The trained reader was never shown by-lines, and names whoever the article speaks of. Finds no passages.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answer.confidence import ASSURED
from qa.answer.credited import credits_of
from qa.answer.question import Asked
from qa.answer.read import Reading
from qa.corpus.credits import Credit, Work
from qa.retrieval.authorship import Inquiry, inquiry_in
from qa.retrieval.search import Found
from qa.retrieval.titles import holds
from qa.retrieval.tokens import holds_han
from qa.types import BlockKind

_ORDER = (BlockKind.BYLINE, BlockKind.IMPRINT, BlockKind.BODY)
_PHOTOGRAPHY = frozenset({Work.PHOTOGRAPHY})
_CAPTIONS_FIRST = (BlockKind.CAPTION, *_ORDER)
SURE = 0.95
"""Confidence where the question names the article: who wrote it stands there in print."""

# Without a title the article is the one that fits the topic best, and what tells right from wrong is its fused score
# with its lead over the next one; between languages scores are lower. Of 70 such questions about 35 articles, half in
# Chinese and half in English, 46 are answered rightly so and 2 wrongly, and of 30 about what no article is about none
# (2026-11-25, by a throw-away script).
_HALF, _HALF_FOREIGN, _SLOPE = 1.0, 0.85, 8.0
_COSINE_RANGE = 0.3  # that tells as much as all words of a question, as in `qa.retrieval.fuse`
_USUAL_LEAD = 0.25  # where there is no other article to lead
_MAKING = re.compile(
    r"[写著撰编摄拍画绘译]|作者|作品|记者|创作|出自|执笔|供图|提供|文[/:：]|图[/:：]"
    r"|\b(?:wr(?:ote|itten|iter)|author|by|penn?ed|reporter|journalist|correspondent|edit(?:ed|or)|photo\w*|pictures?"
    r"|shot|took|taken)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The article that a question about its maker means.

    Attributes:
        article_id: Of the best one.
        named: Whether the question names it.
        chance: That it is the one, 0 to 1.
    """

    article_id: str
    named: bool
    chance: float


def meant_article(inquiry: Inquiry, found: Sequence[Found], text_of: Callable[[str], str]) -> Meant:
    """Return the article that a question about its maker means.

    Args:
        inquiry: What the question wants.
        found: Passages, best first, searched with the topic of the question; at least one.
        text_of: Returns all that is searched of an article.
    """
    article = found[0].hit.article.id
    if any(_is_named(item) for item in found):
        return Meant(article, named=True, chance=SURE)
    if not all(holds(text_of(article), quoted) for quoted in inquiry.quoted):
        return Meant(article, named=False, chance=0.0)
    other = [item.hit.score for item in found if item.hit.article.id != article]
    lead = found[0].hit.score - max(other) if other else _USUAL_LEAD
    half = _HALF if holds_han(inquiry.topic) == holds_han(found[0].hit.passage.text) else _HALF_FOREIGN
    chance = 1 / (1 + math.exp(-_SLOPE * (found[0].hit.score + lead - half)))
    return Meant(article, named=False, chance=min(chance, SURE))


def read_credit(inquiry: Inquiry, found: Sequence[Found], meant: Meant) -> Reading | None:
    """Return who made the article that is meant, all of them when several stand together.

    Args:
        inquiry: What the question wants.
        found: Passages, best first, searched with the topic of the question.
        meant: What `meant_article` says of them.

    Returns:
        None where the article prints nobody for what is asked.
    """
    pool = [item for item in found if (_is_named(item) if meant.named else item.hit.article.id == meant.article_id)]
    for works in inquiry.works:
        for kind in _CAPTIONS_FIRST if works == _PHOTOGRAPHY else _ORDER:
            credited = [
                (item, held) for item in pool if item.hit.passage.kind is kind and (held := credits_of(item, works))
            ]
            if credited and kind is BlockKind.CAPTION:
                return _reading(*max(credited, key=lambda one: _own_score(one[0])), meant.chance)
            if credited:
                article = credited[0][0].hit.article.id
                same = [one for one in credited if one[0].hit.article.id == article]
                return _reading(*min(same, key=lambda one: one[0].hit.passage.span), meant.chance)
    return None


def may_stand(question: str, reading: Reading, article: str, meant: Meant | None) -> bool:
    """Tell whether a reading may answer who made something.

    What a credit says may, and what the article says of a work that it speaks of. A name out of the text of the article
    whose own maker is asked for may only where its sentence speaks of making.

    Args:
        question: Completed from the history; one that asks for something else passes.
        reading: By whatever answerer.
        article: All that is searched of the article that was read.
        meant: The article whose maker is asked for; None where it is a book or the like.
    """
    asked = inquiry_in(question)
    if asked is None or asked.of_publication or reading.assured is not None:
        return True
    if not all(holds(article, quoted) for quoted in asked.quoted if quoted.is_title or meant is not None):
        return False
    if meant is None:
        return True
    sentence = reading.found.stored.passage.text[reading.start : reading.end]
    here = meant.named or reading.found.hit.article.id == meant.article_id
    return here and meant.chance >= ASSURED and _MAKING.search(sentence) is not None


def _is_named(item: Found) -> bool:
    return "title" in item.hit.why


def _own_score(item: Found) -> float:
    """Return how well a caption fits the question by its legs; its fused score is that of its article."""
    shares = [item.hit.why[leg].score for leg in ("keyword", "dictionary") if leg in item.hit.why]
    return float(item.sentence_cosines.max(initial=0.0)) / _COSINE_RANGE + sum(shares)


def _reading(item: Found, held: Sequence[Credit], assured: float) -> Reading:
    """Return the reading of the names that are credited in one passage, from the first to the last.

    Where labels stand between the names, the first one's own label comes along. The whole passage is cited, of a body
    paragraph the sentence.
    """
    passage, first, last = item.hit.passage, held[0], held[-1]
    labels_between = any(credit.labelled < credit.start for credit in held[1:])
    start = first.labelled if labels_between else first.start
    whole = (0, len(passage.text))
    if passage.kind is BlockKind.BODY:
        holding = [one for one in item.stored.sentences if one.start <= start < one.end]
        whole = (holding[0].start, max(holding[0].end, last.end)) if holding else whole
    return Reading(
        found=item,
        start=whole[0],
        end=whole[1],
        answer_start=start,
        answer_end=last.end,
        asked=Asked.PERSON,
        holds_type=True,
        score=item.hit.score,
        assured=assured,
    )
