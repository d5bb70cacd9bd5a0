"""Find what a question names: years, periods, amounts, ordinals, places, people and other names.

Chinese and English, by patterns; the names in Chinese characters come from `qa.retrieval.history.naming`. Knows no
history and no documents. Mentions serve one purpose, that one of them can take the place of another; what is missed is
plain words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.corpus.characters import HAN
from qa.corpus.traditional import simplify_characters
from qa.retrieval.history.naming import chinese_names


class Kind(StrEnum):
    """What a mention stands for; one of a kind replaces another of the same kind."""

    YEAR = "year"
    PERIOD = "period"  # within a year
    AMOUNT = "amount"
    ORDINAL = "ordinal"
    PLACE = "place"
    PERSON = "person"
    NAME = "name"  # body, building, product, work, and every name in Latin letters


NAMED = frozenset((Kind.PLACE, Kind.PERSON, Kind.NAME))
"""Kinds that can be the subject of a question."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of a question, at [start, end) of its code points; `text` is simplified, of the same length."""

    start: int
    end: int
    kind: Kind
    text: str


_N = "零〇一二三四五六七八九十"
_MONTHS = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_CLASSIFIERS = "个项条名位届期批次轮段层种类点步章节页版代号场集季"
_UNITS = "平方公里|平方米|公里|千米|厘米|毫米|公斤|千克|英寸|小时|分钟|万人|[元人岁米吨亩升瓦户家个名]"
_CAPITALISED = r"[A-Z][\w'’-]*"
# A pattern does not look into what an earlier one has taken.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NAME, re.compile('《[^《》]{1,60}》|「[^「」]{1,60}」|『[^『』]{1,60}』|[“"][^“”"]{1,60}[”"]')),
    (
        Kind.YEAR,
        re.compile(
            r"[今去前明后]年(?![轻龄])|(?<![\d.,])(?:1[5-9]|20)\d{2}(?:年(?![前来内])|(?!\d|[.,]\d| ?[个名元人米]))"
            rf"|[一二][{_N}]{{3}}年|(?<!\d)[012]\d年(?=的|呢|[?？]|$)"
            r"|\b(?:last|this|next) year\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.PERIOD,
        re.compile(
            rf"前(?:\d{{1,2}}|[{_N}两]{{1,2}})个月|[上下]半年|全年|年[初底末](?!终)"
            r"|(?:第?[一二三四1-4]|前[两二三23]|首)个?季度"
            rf"|(?:\d{{1,2}}|[{_N}]{{1,2}})月(?!球)份?(?:[上中下]旬|[底初])?(?:(?:\d{{1,2}}|[{_N}]{{1,3}})[日号])?"
            r"|[上下]个?月|本月|[上下本]周|(?:周|星期)[一二三四五六日天末]|[昨今明]天|[春夏秋冬]季"
            "|春节|国庆节?|元旦|中秋节?|[暑寒]假"
            rf"|\b{_MONTHS}\b(?: \d{{1,2}}\b)?|\b\d{{1,2}} {_MONTHS}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
            r"|\bQ[1-4]\b|\b(?:first|second|third|fourth|last) (?:quarter|half)\b"
            r"|\b(?:last|this|next) (?:month|week|season)\b|\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow)\b"
        ),
    ),
    (
        Kind.AMOUNT,
        re.compile(
            rf"(?=[\d{_N}百千两万亿])(?:\d[\d.,]*|[{_N}百千两])*[十百千万亿]*(?:{_UNITS})?(?:及)?以[上下内]"
            rf"|(?<![\d.,])\d[\d.,]*[十百千万亿]*(?:{_UNITS})"
            r"|\b(?:over|under|above|below|more than|less than|at least|at most) \$?\d[\d.,]*(?: ?[a-z]+)?"
            r"|\b\d[\d.,]* ?(?:km|kg|mm|cm|kw|metres?|meters?|litres?|inch(?:es)?|years? old)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.ORDINAL,
        re.compile(
            rf"第(?:\d+|[{_N}百]+)[{_CLASSIFIERS}]|(?<![{_N}])[一二三四五六]期(?![间待望限货刊权末])"
            r"|\b(?:phase|stage|chapter|section|step|round|part|version|grade|unit|line|room|lot|type)"
            r" (?:one|two|three|four|five|six|\d+(?:\.\d+)*|[IVX]+)\b|\b(?:first|second|third|fourth|fifth|sixth)\b",
            re.IGNORECASE,
        ),
    ),
)
_LATIN = re.compile(rf"\b{_CAPITALISED}(?: (?:(?:of|the|de|van|von|and|&) ){{0,2}}{_CAPITALISED})*(?: \d[\w-]*)?")
_CODE = re.compile(r"(?<![A-Za-z\d])(?=[A-Za-z\d-]*\d)(?=[A-Za-z\d-]*[A-Z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*")
_LATIN_IN_CHINESE = re.compile(r"[A-Za-z][A-Za-z\d.+-]*[A-Za-z\d]")
_HAS_HAN = re.compile(f"[{HAN}]")
# With a capital only because a sentence begins with them.
_OPENERS = frozenset(
    """
    what which who whom whose when where why how is are was were do does did has have had can could will would shall
    should and but so then or also the a an in on at of for to from by with tell please give name list i it its he his
    she her they their this that these those there
    """.split()
)


def mentions(question: str) -> list[Mention]:
    """Return what a question names, in order; mentions do not overlap."""
    plain = simplify_characters(question)
    found: list[Mention] = []
    left = plain
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(left):
            if match.group().strip():
                found.append(Mention(match.start(), match.end(), kind, match.group()))
        left = _without(left, found)
    for start, end in _latin_names(left):
        found.append(Mention(start, end, Kind.NAME, plain[start:end]))
    left = _without(left, found)
    for start, end, name in chinese_names(left):
        found.append(Mention(start, end, Kind(name), plain[start:end]))
    return sorted(found, key=lambda mention: mention.start)


def without_mentions(question: str) -> str:
    """Return the simplified question, of the same length, with a comma for every character of a mention."""
    return _without(simplify_characters(question), mentions(question))


def _without(text: str, found: list[Mention]) -> str:
    """Put commas over what is taken: they join no words and keep positions."""
    characters = list(text)
    for mention in found:
        characters[mention.start : mention.end] = "," * (mention.end - mention.start)
    return "".join(characters)


def _latin_names(text: str) -> list[tuple[int, int]]:
    """Return the names in Latin letters: in Chinese every word, else words with capitals or with digits among them."""
    if _HAS_HAN.search(text):
        return [match.span() for match in _LATIN_IN_CHINESE.finditer(text)]
    found = []
    for match in _LATIN.finditer(text):
        start, end = match.span()
        words = match.group().split(" ")
        while words and words[0].lower() in _OPENERS:
            start += len(words.pop(0)) + 1
        first = not re.search(r"\w", text[:start])
        if not words or (first and len(words) == 1 and not re.search(r"[A-Z\d].*[A-Z\d]|['’]s$", words[0])
                         and re.match(r"\s+[a-z]", text[end:])):  # fmt: skip
            continue  # a word with a capital because it is the first one
        found.append((start, end - len(words[-1]) + len(re.sub(r"['’]s$", "", words[-1]))))
    taken = [range(*span) for span in found]
    found += [match.span() for match in _CODE.finditer(text) if not any(match.start() in span for span in taken)]
    return found
