"""Carry what earlier questions named into a question that leans on them: `新华区 … 项目 + 它有多少个`.

Two ways: an ellipsis (`焦作呢`) takes its place in the earlier question; a question with its own words gets the topic
of the earlier one in front, without its question words and without a figure that is no longer asked for. Decides not
whether a question leans.
"""

import re
from dataclasses import dataclass

from qa.corpus.cutter import cutter
from qa.corpus.traditional import simplify_characters
from qa.retrieval.history.mentions import NAMED, Kind, mentions
from qa.retrieval.history.pointing import pointers, points_at_a_part
from qa.retrieval.history.swap import swapped
from qa.retrieval.history.wording import (
    AUXILIARIES,
    HAS_HAN,
    bare,
    blanked,
    content_words,
    opening,
    question_words,
    tidy,
)

# Asks for a part of what was asked for before, or compares with it: then all of that is needed.
_PART = re.compile(
    r"其中|其他|其它|其余|分别|各自|第[\d一二三四五六七八九十]|[另下上后前]一?[个者项位种]|最[高低大小多少后先]|[它他她]们"
    r"|[这那](?:些|[一两几三四五\d]+)|原因|理由|增长|增加|增幅|下降|减少|提高|上升|同比|相比|比上|占|超过|达到|高于|低于"
    r"|\b(?:they|them|their|these|those|former|latter|first|second|third|last|others?|rest|same|which of|more|less"
    r"|fewer|higher|lower|than|increase|decrease|rise|rose|fall|fell|grow|grew|compared|share"
    r"|percentage)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:总|年|平均|人均|年均|最[高低大小])?"
    r"(?:.{0,6}(?:投资|面积|人数|数量|金额|长度|高度|宽度|深度|时间|日期|地址|预算|产值|收入|营收|利润|规模|比例|成本|票价|电话|年龄"
    r"|身高|体重|功率|重量|速度|温度|产量|销量|学费|造价|售价|房价|总数)|[全总]长|.{0,6}[率额量价费值])"
)
_FIGURES_ENGLISH = re.compile(
    r"\b(?:the )?(?:(?:total|annual|average|yearly|net|gross|overall) )*(?:revenue|cost|price|budget|area|length|height"
    r"|width|weight|size|population|number|amount|rate|value|age|date|address|capacity|speed|power|income|profit|turnover"
    r"|investment|fee|salary|output|attendance)s? of (?:the )?",
    re.IGNORECASE,
)
_NOUN_TAGS = ("n", "l", "j", "vn", "b", "f", "s", "i", "z", "k")
_VAGUE = re.compile(r"(?:打算|计划|准备|一共|总共|目前|现在|已经|还要|还说|还会|分别|大约|将要?)")
LONGEST = 200  # code points of an earlier question that are looked at, and of a topic that is carried


@dataclass(frozen=True, slots=True)
class Context:
    """The last question, as far as it was completed.

    Attributes:
        carried: The topic that was put in front of it; empty where it stood alone or was made by a swap.
        asked: The question, without its opening.
    """

    carried: str
    asked: str

    @property
    def text(self) -> str:
        return f"{self.carried} {self.asked}".strip()


def standing(question: str) -> Context:
    """Return the context that a question makes which stands alone."""
    return Context("", bare(question))


def carry(context: Context, question: str) -> Context:
    """Return the question completed from its context."""
    new = bare(question)
    words = content_words(question)
    known = simplify_characters(context.text).casefold()
    asks = question_words(new.rstrip("?？ 呢"))
    if is_ellipsis(question):
        unsaid = [word for word in words if word not in known]
        if mentions(new) and not unsaid and not points_at_a_part(new):
            replaced = swapped(context.text, new)
            if replaced is not None and replaced != context.text:
                return Context("", replaced)
        if words and not asks:
            return _with_phrase(context, new)
        return Context(_topic(context, keep_all=True), new)
    return Context(_topic(context, question=new), new)


def is_ellipsis(question: str) -> bool:
    """Return whether a question has no predicate of its own: `焦作呢`, `票价呢`, `what about 2018`, `为什么`."""
    start = opening(question)
    left = question[start.length :].strip()
    words = content_words(question)
    if start.about or not words:
        return True
    asks = question_words(left.rstrip("?？ 呢"))
    if HAS_HAN.search(left):
        ends = re.search(r"呢\s*[?？]*\s*$", left) is not None
        return not asks and (ends or len(words) <= 1) and not re.search(r"[吗吧]\s*[?？]*\s*$", left)
    return not asks and not AUXILIARIES.search(left) and (start.joins or len(words) <= 1)


def _with_phrase(context: Context, phrase: str) -> Context:
    """Put a noun phrase in the place of its like in the earlier question, or of the figure or thing asked for there."""
    text = tidy(re.sub(r"的?呢?\s*[?？]*\s*$", "", re.sub(r"^(?:the|a|an|in|on|at|for) ", "", phrase)))
    earlier = context.text
    span = _like(earlier, text) or _asked_span(earlier, text)
    if span is None or not text:
        return Context(_topic(context, question=phrase), text or phrase)
    return Context("", f"{earlier[: span[0]]}{text}{earlier[span[1] :]}")


def _like(earlier: str, text: str) -> tuple[int, int] | None:
    """Return where the earlier question has something with the same end: 男生 for 女生, petrol car for diesel car."""
    plain = simplify_characters(earlier)
    if not HAS_HAN.search(text):
        words = text.split()
        match = re.search(rf"\b[\w-]+ {re.escape(words[-1])}\b", earlier, re.IGNORECASE) if len(words) > 1 else None
        return match.span() if match else None
    last = simplify_characters(text)[-1]
    for mention in mentions(earlier):
        if mention.kind in NAMED and mention.text[-1] == last and len(text) <= len(mention.text) + 2:
            return mention.start, mention.end
    start = 0
    for word, tag in cutter().tag(plain):
        if len(word) > 1 and word[-1] == last and tag.startswith(_NOUN_TAGS) and abs(len(word) - len(text)) <= 1:
            return start, start + len(word)
        start += len(word)
    return None


def _asked_span(earlier: str, text: str) -> tuple[int, int] | None:
    """Return the figure that the earlier question asks for, when the phrase is one too, or the thing that it counts."""
    if _FIGURE.fullmatch(simplify_characters(text)):
        return _figure(earlier)
    asks = question_words(earlier.rstrip("?？ "))
    if not asks or not HAS_HAN.search(text):
        match = re.match(r"\s*how many ([\w-]+)", earlier, re.IGNORECASE)
        return match.span(1) if match and len(text.split()) == 1 and not mentions(text) else None
    start = asks[-1][1]
    counted = simplify_characters(earlier[start:]).rstrip("?？ ")
    nouns = counted and all(tag.startswith(_NOUN_TAGS) for _, tag in cutter().tag(counted))
    counting = re.search(r"[多几]", earlier[slice(*asks[-1])]) is not None
    return (start, start + len(counted)) if counting and nouns and not mentions(text) else None


def _figure(question: str) -> tuple[int, int] | None:
    """Return the figure that stands before 是多少, or before `of` in English: the last word, with one that it needs."""
    if not HAS_HAN.search(question):
        match = _FIGURES_ENGLISH.search(question)
        return match.span() if match else None
    asks = question_words(question.rstrip("?？ "))
    if not asks:
        return None
    before = simplify_characters(question[: asks[-1][0]]).rstrip()
    words = cutter().cut(before)
    figures = ["".join(words[-count:]) for count in (1, 2)]
    figure = next((figure for figure in figures if len(figure) > 1 and _FIGURE.fullmatch(figure)), None)
    if figure is None or "的" in figure:
        return None
    start = len(before) - len(figure)
    measure = re.search(r"(?:总|年|平均|人均|年均|最[高低大小])$", before[:start])
    return (measure.start() if measure else start), len(before)


def _topic(context: Context, *, question: str = "", keep_all: bool = False) -> str:
    """Return what the context is about, for a question that has words of its own.

    Times, and places or names where nothing points back, give way to those of the question; so does a figure.
    """
    keep_all = keep_all or _PART.search(simplify_characters(question)) is not None
    kinds = {mention.kind for mention in mentions(question)}
    pointing = bool(pointers(question))
    gives_way = kinds & ({Kind.YEAR, Kind.PERIOD, Kind.ORDINAL} | (frozenset() if pointing else NAMED))
    if Kind.YEAR in kinds:
        gives_way |= {Kind.PERIOD}
    asked = context.asked
    figure = None if keep_all else _figure(asked)
    carried = _without(context.carried, gives_way)
    middle = context.carried and not keep_all
    topic = tidy(f"{carried} {_head(asked, figure) if middle else _without(asked, gives_way, figure)}")
    names = any(mention.kind in NAMED for mention in mentions(topic))
    return topic[:LONGEST] if names or content_words(topic) else ""


def _head(asked: str, figure: tuple[int, int] | None) -> str:
    """Return what a question in the middle adds to the topic: names and, in Chinese, what stands before 多少."""
    if not HAS_HAN.search(asked):
        return " ".join(mention.text for mention in mentions(asked) if mention.kind in NAMED)
    asks = question_words(asked.rstrip("?？ "))
    end = figure[0] if figure else asks[0][0] if asks else len(asked)
    return _VAGUE.sub(" ", blanked(asked[:end], [pointer.span for pointer in pointers(asked[:end])]))


def _without(text: str, kinds: set[Kind] | frozenset[Kind], figure: tuple[int, int] | None = None) -> str:
    """Return a text without its question words, mentions of these kinds and the figure."""
    ranges = [*question_words(text), *([figure] if figure else [])]
    for mention in mentions(text):
        if mention.kind in kinds:
            before = re.search(r"\b(?:in|on|at|during|for|since)\s$", text[: mention.start], re.IGNORECASE)
            ranges.append((before.start() if before else mention.start, mention.end))
    left = blanked(text, ranges)
    return left if HAS_HAN.search(left) else AUXILIARIES.sub(" ", left)
