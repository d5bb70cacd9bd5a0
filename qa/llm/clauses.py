"""Cut a text into sentences, clauses and units: figures by value, Latin words, single Han characters with their word.

Folds first, so width, case and script do not matter. Compares nothing; `qa.llm.matching` does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.corpus.characters import HAN
from qa.corpus.cutter import cutter
from qa.corpus.sentences import split_sentences
from qa.llm.figures import Figure, figures_in
from qa.retrieval.tokens import fold, holds_han

ATTRIBUTES = frozenset(
    """
    全长 总长 全程 长度 长 宽 高 高度 宽度 深度 重量 面积 总面积 建筑面积 占地 占地面积 用地面积 投资 总投资 造价 总造价
    产值 总产值 产量 总产量 人口 总人口 容量 库容 总库容 总量 单价 工期 平均 最高 最低 同比 环比 累计
    总计 总额 规模 总规模
    """.split()
)
"""Words for what something has; a clause that begins with one speaks of what was named before it."""

_LATIN = r"[a-z\u00c0-\u024f]+(?:['’][a-z]+)?"
# Everything but blanks and what only parts or adorns is a sign that must stand in the source, too: %, ≥, <.
_PIECE = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<latin>{_LATIN})|(?P<break>[,;:!?。—\n]|\.(?=\s|$))"
    r"|(?P<sign>[^\W_]|[^\w\s.…、“”‘’\"'()《》〈〉「」『』【】\[\]{}·•\-–*`#/|\\])"
)
# In English a comma parts what belongs together more often than not.
_ENGLISH_BREAK = re.compile(r";|,(?= (?:and|but|while|whereas)\b)")
# What only tells when, where or for whom the next clause holds is a part of it, and so is what names its subject.
_LEANS = re.compile(
    "^(?:截至|截止|到|至|自|从|在|当|据|按|按照|对|对于|随着|除|除了|由于|因|因为|为|为了|经|经过|关于|根据|通过|如|如果|若|只要|只有|一旦)"
    "|(?:时|时候|后|之后|以后|前|之前|以前|期间|以来|[年月周天日]来|[年月日号]起|之际|同时|方面|来看|的话)$"
)
_PREDICATE = re.compile("^(?:v(?!n)|a$|d$|i$|l$)")
_OF_TIME = frozenset("年月天日周时分届")  # after a number: when or how long, and so no statement of its own
_STRONG = ";"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a sentence is matched by.

    Attributes:
        key: Key of a figure, a Latin word, a sign, or one Han character.
        start, end: In the folded sentence.
        word: The word of the cutter that it belongs to; for others the key.
        tag: Of that word, `m` for figures, `eng` for Latin words, empty for signs.
        first, last: Whether it begins and ends its word.
        aside: Whether it stands in brackets that hold no figure.
    """

    key: str
    start: int
    end: int
    word: str
    tag: str
    first: bool = True
    last: bool = True
    aside: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, a date or a time."""
        return self.tag == "m"


@dataclass(frozen=True, slots=True)
class Clause:
    """Units between two breaks, together with what leans on them.

    Attributes:
        units: In order; at least one.
        text: Folded, as far as it stands in one piece.
        heads: Whether it begins its sentence, or follows a semicolon.
        follower: The sign after it, where there is one.
        main: Number of the unit where it begins after what leans on it: 防洪墙 in 截至10月底，防洪墙完成一半.
    """

    units: tuple[Unit, ...]
    text: str
    heads: bool
    follower: str = ""
    main: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text.

    Attributes:
        start, end: In the text, not folded.
        text: Folded.
        clauses: In order.
        asks: Whether it is a question.
    """

    start: int
    end: int
    text: str
    clauses: tuple[Clause, ...]
    asks: bool


@lru_cache(maxsize=512)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order."""
    found = []
    for start, end in split_sentences(text):
        folded = fold(text[start:end])
        asks = re.search(r"\?|吗[。!]?$|是否", folded) is not None
        found.append(Sentence(start, end, folded, tuple(_clauses(folded)), asks))
    return tuple(found)


def units_of(text: str) -> tuple[Unit, ...]:
    """Return the units of a folded text, breaks left out."""
    return tuple(unit for unit in _pieces(text) if isinstance(unit, Unit))


def _clauses(text: str) -> Iterator[Clause]:
    """Yield the clauses of a folded sentence."""
    chinese = holds_han(text)
    units: list[Unit] = []
    start, heads, main = 0, True, 0
    breaks = {match.start() for match in _ENGLISH_BREAK.finditer(text)}
    for piece in [*_pieces(text), len(text)]:
        if isinstance(piece, Unit):
            units.append(piece)
            continue
        if not units or (not chinese and piece not in breaks and piece < len(text)):
            continue
        if piece < len(text) and chinese and _leans(units, text[start:piece]):
            main = len(units)
            continue
        follower = text[piece : piece + 1]
        main = main if main < len(units) else 0
        yield Clause(tuple(units), text[start:piece].strip(" ,;:"), heads, follower, main)
        heads = follower == _STRONG
        units, start, main = [], piece + 1, 0


def _leans(units: list[Unit], text: str) -> bool:
    """Tell whether what was read since the last clause says nothing on its own: 2021年, 在东埠区, 完工后."""
    last = text.rpartition(",")[2].strip(" :")
    if _LEANS.search(last):
        return True
    own = units_of(last)
    return not any(
        _PREDICATE.search(unit.tag) or (unit.key.startswith(("#", "%")) and follower not in _OF_TIME)
        for unit, follower in zip(own, [*(unit.key for unit in own[1:]), ""], strict=True)
    )


def _pieces(text: str) -> Iterator[Unit | int]:
    """Yield units, and where breaks stand."""
    figures = figures_in(text)
    asides = _asides(text)
    at = 0
    for figure in [*figures, Figure((), len(text), len(text))]:
        for match in _PIECE.finditer(text, at, figure.start):
            if match["break"]:
                yield match.start()
            else:
                for unit in _units(match):
                    yield _aside(unit, asides)
        for key in figure.keys:
            last = key is figure.keys[-1]
            yield _aside(Unit(key, figure.start, figure.end, key, "m", key is figure.keys[0], last), asides)
        at = figure.end


def _units(match: re.Match[str]) -> Iterator[Unit]:
    if not match["han"]:
        yield Unit(match.group(), match.start(), match.end(), match.group(), "eng" if match["latin"] else "")
        return
    at = match.start()
    for word, tag in cutter().tag(match["han"]):
        for place, character in enumerate(word):
            start = at + place
            yield Unit(character, start, start + 1, word, tag, place == 0, place == len(word) - 1)
        at += len(word)


def _asides(text: str) -> list[tuple[int, int]]:
    """Return where brackets stand that hold no figure."""
    found = [match.span() for match in re.finditer(r"\([^()]{1,40}\)", text)]
    return [(start, end) for start, end in found if not figures_in(text[start:end])]


def _aside(unit: Unit, asides: list[tuple[int, int]]) -> Unit:
    inside = any(start < unit.start and unit.end < end for start, end in asides)
    return replace(unit, aside=True) if inside else unit
