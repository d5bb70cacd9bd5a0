"""What a question is worded with: its opening, its question words, and the words that say what it is about.

Chinese and English. Positions are those of the question as typed, for simplifying characters keeps the length.
"""

import re
from dataclasses import dataclass

from qa.corpus.characters import HAN
from qa.corpus.cutter import cutter
from qa.corpus.traditional import simplify_characters
from qa.retrieval.history.mentions import without_mentions
from qa.retrieval.tokens import STOP_WORDS

HAS_HAN = re.compile(f"[{HAN}]")
_POLITE = r"(?:请问|我想(?:知道|问一?下?)|想问一?下?|顺便问?(?:一下)?|对了|好的?|嗯|哦)[,，、\s]*"
_OPENING = re.compile(
    rf"\s*(?:{_POLITE})?(?:那么|那(?=[,，])|而(?!且)|然后|接着|后来|还有|另外(?![一两几那这])|此外|再有|所以|但是?|不过|可是)"
    rf"[,，:：、\s]*(?:{_POLITE})?"
    r"|\s*(?P<about>(?:(?:and|but|so|then|ok|okay)\b,?\s*)?(?:what|how) about\b|what of\b)\s*"
    r"|\s*(?:and|but|so|then|also)\b,?\s*",
    re.IGNORECASE,
)
_POINTS_WITH = re.compile("[一两几三]?[个些位种样次时天年家座条场所支本项届期块片篇间]|呢")
_ONLY_POLITE = re.compile(rf"\s*{_POLITE}")
_COUNTED = (
    "人次|平方米|平方公里|平米|公里|公顷|公斤|百分点|分钟|小时|万元|亿元|[个家处名位项座棵亩人次户条所间台辆元米吨件批天月届岁本场分块只斤度份种类级层钱支张段号]"
    "|年(?!级)"
)
_QUESTION = re.compile(
    r"(?:分别|一共|总共|共|大约|大概)?(?:是|有|为|在|叫|达到?|了){0,2}(?:"
    r"什么是|几比几|什么时[候间]|什么(?:名字|样|地方|日子|意思)?|何[时处人]|几时|哪一?[年天月日]|几[月点]"
    rf"|多[久长大高宽深远重快](?:时间)?|(?:多少|第?几)(?:万|亿)?(?:{_COUNTED})?|百分之几"
    r"|谁|哪(?:[一几两些]?[位个家座条所项种类支届]|里|儿|些)|怎么(?:样|办|回事)?|怎样|如何|为什么|为何"
    r"|是否|有没有|是不是|能不能|可不可以|会不会|要不要|可以吗)"
    r"|[吗呢吧啊呀](?=\s*[?？。!！]*\s*$)"
    r"|\bhow (?:many|much|long|often|far|old|big|large|high|tall|deep|wide|fast|soon|about)\b"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.IGNORECASE,
)
AUXILIARIES = re.compile(
    r"\b(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|be|been|I|we|you|my|our|your)\b",
    re.IGNORECASE,
)
_NAMES_NOTHING = STOP_WORDS | frozenset(
    """
    有 要 会 能 可以 可能 应该 需要 打算 计划 准备 还 还要 还有 还会 还说 再 又 也 都 就 才 已经 已 目前 现在 一共 总共
    共 大约 大概 具体 主要 进行 其中 上 下 里 中 后 前 之前 之后 以后 以前 时 时候 得 着 过 去 来 到 最 很 更 请 说 吧
    么 呀 其 该 此 的话 方面 情况 那么 怎么样 那个 这个 那里 这里 那儿 这儿 那些 这些 那边 这边 那次 这次 当时 后者 前者
    另 另一个 其他 其它 其余 是不是 多 少 她们 本 各 没 没有 不 个 名 位 项 家 条 座 年 月 日 人
    will would can could should may might shall he she him his her hers theirs them about also then so or please tell me
    you i we any some all one ones other others same am as if than but let s t re
    """.split()
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The words before a question proper.

    Attributes:
        length: Of these words, in code points, with the blanks behind them.
        joins: Whether they join the question to the one before: `and`, 那么, 还有.
        about: Whether they say `what about`, so that no predicate follows.
    """

    length: int
    joins: bool
    about: bool


def opening(question: str) -> Opening:
    """Return the words that open a question.

    那 opens a question where it is no part of a name (那曲) and does not point (那个, 那座桥).
    """
    plain = simplify_characters(question)
    match = _OPENING.match(plain)
    if match and re.search(r"\w", plain[match.end() :]):
        return Opening(match.end(), joins=True, about=match["about"] is not None)
    polite = _ONLY_POLITE.match(plain)
    start = polite.end() if polite else len(plain) - len(plain.lstrip())
    words = cutter().cut(plain[start : start + 20], False)  # known words only: else 那云泊 is cut as 那云, 泊
    if len(words) > 1 and words[0] == "那" and not _POINTS_WITH.fullmatch(words[1]):
        return Opening(start + 1, joins=True, about=False)
    return Opening(start, joins=False, about=False)


def bare(question: str) -> str:
    """Return a question without the words that open it."""
    return question[opening(question).length :].strip()


def question_words(question: str) -> list[tuple[int, int]]:
    """Return the ranges of the words that make it a question, and of the copulas in front of them."""
    return [match.span() for match in _QUESTION.finditer(simplify_characters(question))]


def content_words(question: str) -> list[str]:
    """Return the words that say what is asked, simplified: no mentions, no question words, none that names nothing."""
    asked = bare(question)
    words = cutter().cut(blanked(without_mentions(asked), question_words(asked)).lower())
    return [word for word in words if re.search(r"\w", word) and word not in _NAMES_NOTHING and not word.isdigit()]


def blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    """Return the text with spaces in these ranges."""
    characters = list(text)
    for start, end in ranges:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def tidy(text: str) -> str:
    """Return what is left of a question as words: no closing signs, no particles at the seams, single spaces."""
    text = re.sub(r"[?？。!！]", " ", text)
    text = re.sub(r"(?:(?<=\s)|^)[的了,，、;；:：]+|[的了,，、;；:：]+(?=\s|$)", " ", text)
    return " ".join(text.split())
