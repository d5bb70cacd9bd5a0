"""Find the words of a question that point back: pronouns, demonstratives, `the second one`; and whether at itself.

Chinese and English; knows no history.
"""

import re
from dataclasses import dataclass

from qa.corpus.traditional import simplify_characters
from qa.retrieval.history.mentions import NAMED, Kind, mentions, without_mentions
from qa.retrieval.history.wording import content_words

_PRONOUN = re.compile(
    r"(?<![吉排利其])[它他她牠](?![人乡国处])们?|(?<![尤极与莫耳])其(?![他它余实中次间])"
    r"|\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers)\b",
    re.IGNORECASE,
)
# 该 before anything else may be the verb: 该缴的钱.
_HEADS = (
    "项|公司|企业|单位|工程|活动|计划|行动|报告|政策|制度|规定|系统|设备|技术|方案|产品|产业|品牌"
    "|[校院馆厂店局队桥站园书机药镇乡村区县市省国路街湖港线案条法片剧歌曲节奖赛会社团组系部处所厅委台楼段型款类物种人地集]"
)
_DEMONSTRATIVE = re.compile(
    r"这(?![几两]年|个?[周月季学]|一?年)(?:[些里儿边样]|[一两几三四]?[个位种次座条家所项场届篇款台]|(?=[^\W\d]))"
    rf"|那(?:[些里儿边样年时天]|[一两几三四]?[个位种次座条家所项场届篇款台])|该(?={_HEADS})"
    r"|(?<![因如彼])此(?![外])|上述|当[时年天日](?![夜])|[同次]年|[前后两二]者|双方"
    r"|\b(?:this|these)\b(?! (?:year|week|month|morning|season|time))|\bthose\b|\bthat\b|\bthere\b"
    r"|\b(?:which|another|the \w+) ones?\b|\bthe (?:former|latter|others?|rest|same)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"其中|(?<!除)(?<!外)(?<!外的)其[他它余]|另[一外]个|另外[一两几那这]|[下上]一[个项条位届期]"
    r"|\b(?:of (?:them|these|those)|else)\b",
    re.IGNORECASE,
)
_MANY_WORDS = 3
_PERSON = re.compile(r"[他她]|\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
# Behind these, a pronoun does not stand for a noun of its own clause; only a new clause makes that possible.
_NEW_CLAUSE = re.compile(
    r"[说称，,;；]|认为|表示|介绍|提到|指出|透露|希望|\b(?:and|but|that|when|if|because|before|after|while|say|says|said|think"
    r"|announce[sd]?|promise[sd]?|claim(?:s|ed)?|expect(?:s|ed)?|hope[sd]?)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:say|says|said|announce[sd]?|report(?:s|ed)?|think|thinks|thought|know|knows|knew|believe[sd]?|claim(?:s|ed)?"
    r"|show[ns]?|found|promise[sd]?|so|such|sure) $",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:the|an?|which|what|any|some|every|all)(?: [\w-]+){1,3} $", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|has|have|had|can|could|should|may|might) $", re.IGNORECASE
)
_EXPLETIVE_FOLLOWS = re.compile(r" (?:is|are|was|were|be|been|will|would|has|have|had)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points back.

    Attributes:
        span: Its range of code points.
        inside: Whether the question itself holds a name that it can stand for.
        doubtful: Whether it holds a common noun that it can stand for.
    """

    span: tuple[int, int]
    inside: bool
    doubtful: bool


def pointers(question: str) -> list[Pointer]:
    """Return the words that point back, in order; what is quoted or a name holds none."""
    plain = without_mentions(question)
    found = [_pronoun(question, match.span()) for match in _PRONOUN.finditer(plain)]
    found += [
        _demonstrative(question, match.span())
        for pattern in (_DEMONSTRATIVE, _PART)
        for match in pattern.finditer(plain)
        if not _joins_a_clause(plain, match)
    ]
    return sorted(found, key=lambda pointer: pointer.span)


def points_at_a_part(question: str) -> bool:
    """Return whether a question is about a part of what came before: 其中, `of them`."""
    return _PART.search(simplify_characters(question)) is not None


def _pronoun(question: str, span: tuple[int, int]) -> Pointer:
    before = question[: span[0]]
    inside = _name_before(question, span[0], any_kind=_PERSON.match(question, span[0]) is None)
    doubtful = any(content_words(before[: clause.start()]) for clause in _NEW_CLAUSE.finditer(before))
    return Pointer(span, inside=inside, doubtful=(doubtful or _says_much(before)) and not inside)


def _demonstrative(question: str, span: tuple[int, int]) -> Pointer:
    inside = _name_before(question, span[0], any_kind=True)
    return Pointer(span, inside=inside, doubtful=_says_much(question[: span[0]]) and not inside)


def _says_much(before: str) -> bool:
    """Tell whether what stands before a pointer is enough to point at."""
    return len(content_words(before)) >= _MANY_WORDS


def _name_before(question: str, position: int, *, any_kind: bool) -> bool:
    """Tell whether a name stands before a position; for 他 and `she` no place will do."""
    return any(
        mention.kind in NAMED and (any_kind or mention.kind is not Kind.PLACE)
        for mention in mentions(question)
        if mention.end <= position
    )


def _joins_a_clause(plain: str, match: re.Match[str]) -> bool:
    """Tell whether `that` begins a clause and `there` only fills a place: `said that`, `are there`."""
    before, word = plain[: match.start()], match.group().lower()
    if word == "that":
        return _SAYING.search(before) is not None or _RELATIVE.search(before) is not None
    return word == "there" and (
        _EXPLETIVE.search(before) is not None or _EXPLETIVE_FOLLOWS.match(plain, match.end()) is not None
    )
