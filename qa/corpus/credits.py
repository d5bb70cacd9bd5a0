"""Read who did what for an article, and where that stands, out of by-lines, datelines, captions and imprints.

`qa.corpus.bylines` says which lines are such; here they are taken apart. Looks at repaired text and chooses nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qa.corpus.bylines import closing_byline
from qa.corpus.captions import photographers_at
from qa.corpus.characters import HAN, HAN_CHARACTER
from qa.corpus.datelines import dateline_byline
from qa.corpus.metadata import read_line
from qa.corpus.names import SURNAMES, is_name
from qa.corpus.offices import office_holder
from qa.types import BlockKind


class Work(StrEnum):
    """What somebody did for an article; of an imprint, also the day on which it was done."""

    WRITING = "writing"
    REPORTING = "reporting"
    CORRESPONDING = "corresponding"
    PHOTOGRAPHY = "photography"
    EDITING = "editing"
    CHECKING = "checking"
    PLANNING = "planning"
    PUBLISHING = "publishing"
    PUBLISHING_DAY = "publishing day"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Credit:
    """One name, or day, and what was done.

    Attributes:
        works: One or more; `文/图` are two.
        start, end: The name or day, in the text that was read.
        labelled: Where the label starts that stands right before the name; `start` where none does.
    """

    works: frozenset[Work]
    start: int
    end: int
    labelled: int


_PAPER = rf"[{HAN}]{{2,6}}?(?:日报|晚报|时报|早报|晨报|商报|周报|周刊|报社|新闻网|在线|网)"
_HOUSE = rf"(?:本报|本刊|本网|本台|全媒体|融媒体|首席|见习|实习|特约|驻地|新华社|{_PAPER}){{0,2}}"
# Who somebody is stands before the name, what somebody did before or after it.
_PROFESSIONS: tuple[tuple[str, tuple[Work, ...]], ...] = (
    (rf"{_HOUSE}(?:摄影记者|摄影师)", (Work.PHOTOGRAPHY,)),
    (rf"{_HOUSE}(?:记者|实习生)", (Work.REPORTING,)),
    (rf"{_HOUSE}通讯员", (Work.CORRESPONDING,)),
    (rf"{_HOUSE}(?:撰稿人|评论员)|本?文?作者", (Work.WRITING,)),
    (r"(?:责任|图片|文字|视觉|本版|版面|值班|执行)*(?:编辑|编委|主编)|责编|编审", (Work.EDITING,)),
    (r"(?:责任)?校对|审核|审签|[终初复]审|监制", (Work.CHECKING,)),
    (r"美编", (Work.OTHER,)),
)
_DEEDS: tuple[tuple[str, tuple[Work, ...]], ...] = (
    (r"摄影报道", (Work.PHOTOGRAPHY, Work.WRITING)),
    (r"摄影|供图|图片|照片", (Work.PHOTOGRAPHY,)),
    (r"图文|文图", (Work.WRITING, Work.PHOTOGRAPHY)),
    (r"特约撰稿|撰稿|撰文|采写|文字统筹|文字|执笔|主笔|供稿|报道|整理", (Work.WRITING,)),
    (r"总?策划|统筹", (Work.PLANNING,)),
    (r"制图|图表|视频|设计|翻译|出品|排版|制作|来源|稿源|时间|日期|电话|浏览|阅读|点击", (Work.OTHER,)),
    # Letters of names, too.
    (rf"(?<![{HAN}])文(?![{HAN}])", (Work.WRITING,)),
    (rf"(?<![{HAN}])图(?![{HAN}])|摄(?![{HAN}])", (Work.PHOTOGRAPHY,)),
)
_KINDS = (*_PROFESSIONS, *_DEEDS)
_LABEL = "|".join(f"(?P<k{number}>{pattern})" for number, (pattern, _) in enumerate(_KINDS))
_ANY_LABEL = "|".join(f"(?:{pattern})" for pattern, _ in _KINDS)
_LATIN = r"[A-Z][\w.'’-]*(?: (?:de|van|von|der|la|bin|al|[A-Z][\w.'’-]*))*"
_PIECE = re.compile(
    rf"{_LABEL}|(?P<name>{_LATIN}|[{SURNAMES}][ 　]{{1,2}}[{HAN}](?![{HAN}])|[{HAN}·]+?(?={_ANY_LABEL}|[^{HAN}·]|$))"
)
_COLON = re.compile(r"\s*[:：丨]")
_WITH = re.compile(r"[/／、]*")
_LONGEST_NAME = 4  # Chinese characters, of a name that no surname proves

_LATIN_NAMES = rf"(?P<names>{_LATIN}(?:(?:, {_LATIN})*,? and {_LATIN})?)"
_ENGLISH: tuple[tuple[re.Pattern[str], Work], ...] = (
    (re.compile(rf"\b(?:Photo(?:graph)?s?|Pictures?|Images?)(?: by|:) {_LATIN_NAMES}"), Work.PHOTOGRAPHY),
    (
        re.compile(rf"(?:(?:^|[|·] *)(?:By|BY)|\b(?:Written by|Author:|(?:Words|Text|Story)(?: by|:))) {_LATIN_NAMES}"),
        Work.WRITING,
    ),
    (re.compile(rf"\b(?:Edited by|Editor:) {_LATIN_NAMES}"), Work.EDITING),
)
_LATIN_NAME = re.compile(_LATIN)
_GIVER = re.compile(r"([^\s　()（）,，。:：]{2,16})[ 　]?供图[)）]?$")
_SHOT_BY = re.compile(r"(?:摄影|摄|图片?)[:：/]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A name, or a label with what it says.

    Attributes:
        works: Of a label; empty for a name.
        profession: Whether it says who somebody is, and so stands before the name.
        colon: Whether a colon follows, and so names.
    """

    start: int
    end: int
    works: frozenset[Work] = frozenset()
    profession: bool = False
    colon: bool = False


def credits_in(text: str, kind: BlockKind, *, title: str = "") -> tuple[Credit, ...]:
    """Return the credits of a passage, in order; of a body paragraph, those of its dateline and of its last brackets.

    Args:
        text: Repaired text of the passage.
        kind: Of the passage.
        title: Of its article, which may stand above a by-line or imprint.
    """
    found: list[Credit] = []
    for start, end in _regions(text, kind, title):
        line, signed = text[start:end], kind is BlockKind.BYLINE
        read = _chinese(line, signed=signed) if HAN_CHARACTER.search(line) else _english(line, signed=signed)
        if kind is BlockKind.IMPRINT:
            read += _published(line)
        found += [
            replace(one, start=one.start + start, end=one.end + start, labelled=one.labelled + start) for one in read
        ]
    return tuple(found)


def _regions(text: str, kind: BlockKind, title: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges that hold nothing but names and what they did."""
    signed = kind in (BlockKind.BYLINE, BlockKind.IMPRINT)
    start = len(title) + 1 if signed and text.startswith(f"{title}\n") else 0
    for line in text[start:].split("\n"):
        if signed:
            yield start, start + len(line)
        elif kind is BlockKind.CAPTION:
            at = _credit_of_caption(line)
            if at is not None:
                yield start + at, start + len(line)
        else:
            opening, closing = dateline_byline(line), closing_byline(line)
            if opening:
                yield start + line.find(opening), start + line.find(opening) + len(opening)
            if closing:
                yield start + line.rfind(closing), start + line.rfind(closing) + len(closing)
        start += len(line) + 1


def _credit_of_caption(line: str) -> int | None:
    """Return where a caption stops to say what it shows and says who took the picture."""
    at = photographers_at(line)
    if at is None:
        found = _SHOT_BY.search(line) or _GIVER.search(line) or _ENGLISH[0][0].search(line)
        at = found.start() if found else None
    return at


def _chinese(line: str, *, signed: bool) -> list[Credit]:
    """Return the credits of one line; names without a label count where the line is signed."""
    holder = office_holder(line) if signed else None
    if holder:
        return [Credit(frozenset({Work.WRITING}), *holder, holder[0])]
    pieces = _pieces(line)
    behind = _stand_behind(pieces)
    found = _labels_behind(pieces) if behind else _labels_before(pieces)
    if signed and not found:
        works = frozenset[Work]().union(*(piece.works for piece in pieces)) & {Work.WRITING, Work.REPORTING}
        return [Credit(works, 0, len(line), 0)] if works else []
    return [
        credit if credit.works else replace(credit, works=frozenset({Work.WRITING}))
        for credit in found
        if (credit.works or signed) and credit.works != {Work.OTHER}
        # Pictures are given by offices and firms, too.
        if _is_person(line[credit.start : credit.end]) or (behind and credit.works == {Work.PHOTOGRAPHY})
    ]


def _pieces(line: str) -> list[_Piece]:
    """Return labels and names in order; labels that belong together are one."""
    pieces: list[_Piece] = []
    for found in _PIECE.finditer(line):
        if found["name"]:
            pieces.append(_Piece(*found.span()))
            continue
        number = next(number for number in range(len(_KINDS)) if found[f"k{number}"])
        label = _Piece(
            *found.span(),
            works=frozenset(_KINDS[number][1]),
            profession=number < len(_PROFESSIONS),
            colon=_COLON.match(line, found.end()) is not None,
        )
        above = pieces[-1] if pieces else None
        if above is not None and above.works and _WITH.fullmatch(line[above.end : label.start]):
            label = replace(
                label,
                start=above.start,
                works=above.works | label.works,
                profession=above.profession and label.profession,
            )
            del pieces[-1]
        pieces.append(label)
    return pieces


def _stand_behind(pieces: Sequence[_Piece]) -> bool:
    """Tell whether what somebody did stands behind the names, as in `某某 文 某某 图`."""
    return bool(pieces) and bool(pieces[-1].works) and not any(piece.colon for piece in pieces)


def _labels_before(pieces: Sequence[_Piece]) -> list[Credit]:
    """Return every name with the label before it, be it some names before."""
    found: list[Credit] = []
    label: _Piece | None = None
    for above, piece in zip([None, *pieces], pieces, strict=False):
        if piece.works:
            label = piece
        else:
            near = above is not None and above is label
            works = label.works if label else frozenset[Work]()
            found.append(Credit(works, piece.start, piece.end, above.start if near and above else piece.start))
    return found


def _labels_behind(pieces: Sequence[_Piece]) -> list[Credit]:
    """Return every name with the label behind it, and the profession before it."""
    found: list[Credit] = []
    waiting: list[_Piece] = []
    for piece in pieces:
        if piece.profession or not piece.works:
            waiting.append(piece)
            continue
        for credit in _labels_before(waiting):
            # Who took the picture did not write, reporter or not.
            works = piece.works if piece.works == {Work.PHOTOGRAPHY} else credit.works | piece.works
            found.append(replace(credit, works=works))
        waiting = []
    return found


def _is_person(name: str) -> bool:
    return len(name) <= _LONGEST_NAME or is_name(name) or "·" in name or not HAN_CHARACTER.search(name)


def _published(line: str) -> list[Credit]:
    """Return who published, and on which day, as a line of metadata says it."""
    fields = read_line(line)
    told = [(fields.source, Work.PUBLISHING), (fields.date, Work.PUBLISHING_DAY)] if fields is not None else []
    places = [(line.find(value), len(value), work) for value, work in told if value]
    return [Credit(frozenset({work}), start, start + size, start) for start, size, work in places]


def _english(line: str, *, signed: bool) -> list[Credit]:
    """Return the credits of a line without Chinese; a signed line without a label starts with a name."""
    found = []
    for pattern, work in _ENGLISH:
        for names in pattern.finditer(line):
            for name in _LATIN_NAME.finditer(line, *names.span("names")):
                first = name.start() == names.start("names")
                label = names.start() if first else name.start()
                found.append(Credit(frozenset({work}), name.start(), name.end(), label))
    alone = _LATIN_NAME.match(line) if signed and not found else None
    if alone:
        found = [Credit(frozenset({Work.WRITING}), *alone.span(), alone.start())]
    return sorted(found, key=lambda credit: credit.start)
