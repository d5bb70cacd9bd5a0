"""Recognise who wrote: by-lines of all forms, signatures under a text, credits.

Looks at one repaired line at a time; what it means in its place on the page is decided by `qa.corpus.classify`. Offices
are the business of `qa.corpus.offices`, photographers of `qa.corpus.captions`.
"""

import re
from collections.abc import Sequence

from qa.corpus.characters import HAN
from qa.corpus.names import are_names, is_name
from qa.corpus.words import is_common_word

MAX_BYLINE = 120
MAX_SIGNATURE = 40
MAX_WORKED = 60
MAX_NAMES = 12
"""Characters."""

NAME = rf"[{HAN}·]{{2,4}}?"
_NAMES = rf"{NAME}(?:[ 　、,，]+{NAME}){{0,4}}"
PAPER = r"[一-鿿]{2,6}(?:日报|晚报|时报|早报|晨报|商报|周报|报社|新闻网|在线|网)"
_TITLES = "摄影记者|记者|通讯员|摄影师|特约撰稿人?|评论员|实习生|报道员|特派员|撰稿人"
_HOUSE = rf"本报|本刊|本网|本台|本社|本站|新华社|中新社|{PAPER}"
_ROLE = rf"(?:{_HOUSE}|全媒体|融媒体?|首席|见习|实习|特约|驻[{HAN}]{{1,4}}){{0,2}}(?:{_TITLES})"
ROLES = re.compile(_ROLE)
_PARTS = re.compile(rf"{_ROLE}|(?<=[ 　])(?:摄影|制图|编译|整理)(?=[ 　:：/][{HAN}])")
_ROLE_WORDS = tuple(title.removesuffix("人?") for title in _TITLES.split("|"))
"""Every role holds one of them; to look for them is quicker than to look for a role."""

WRITERS = rf"{_ROLE}[ 　:：]*{_NAMES}(?:[ 　,，]*{_ROLE}[ 　:：]*{_NAMES}){{0,3}}"
"""Roles and names, as they stand in brackets; the source of a regular expression."""

_CLOSING_BYLINE = re.compile(
    rf"[(（]((?:{WRITERS}|作者(?:[:：系为是]|单位)|整理[:：]|据?(?:新华社|中新社|央视新闻|人民日报))"
    r"[^()（）]{0,40})[)）]$"
)
_CLOSING_NAMES = re.compile(rf"(?<=[。！？!?”…])\s*[(（]([{HAN}·]{{2,4}}(?:[ 　、,，]+[{HAN}·]{{2,4}}){{0,3}})[)）]$")
_IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】。]{2,40})[)）\]】]")
_AFTER_DASH = re.compile(rf"(?:—{{1,2}}|–|--?)\s*([{HAN}·]{{2,4}}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){{1,3}})")

_BRACKETED = re.compile(rf"^[(（\[【]\s*((?:{_ROLE}|作者|撰稿|文/|文[:：])[^()（）。]{{1,60}})[)）\]】]$")
_NOTE = re.compile(r"作者(?:系|为|是|单位)|(?:Our |Staff |Special |Senior )")
_EDITORIAL = re.compile(r"^(?:本报|本刊|本网|新华社|人民日报)?(?:特约)?评论员$")
_SIGN = re.compile(r"^[□■◎○●◇◆★☆*]\s*")
_WORK = re.compile(
    r"[ 　]*[/／]?(?:文[/／、 ]?图|图[/／、 ]?文|文[/／、 ]?摄|摄影报道|报道|采写|整理|撰文|编译|编写|文)$"
)
_PEN_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{2,6}}·[{HAN}]{{2,8}}")
_DONE_BY = (
    "(?:文字?[/／、 ]?(?:图片?|摄影?)|图[/／、 ]?文|摄影报道|文字|摄影|图片|撰文|采写|整理|编译|制图|绘图|漫画"
    "|文|图|摄)"
)
_WORK_WORDS = ("文", "图", "摄", "采写", "整理", "编译", "漫画")
_ONE_WORKED = rf"{_NAMES}[ 　]*[/／ 　][ 　]*{_DONE_BY}(?![{HAN}])[ 　,，;；]*"
_WORKED = re.compile(rf"(?:{_ONE_WORKED}){{1,4}}")
_WORKERS = re.compile(
    rf"(?:(?:文字?|图片?|摄影|撰文|插图|绘图|整理)[ 　]+[{HAN}·]{{2,4}}(?:[ 　、][{HAN}·]{{2,4}}(?=[ 　]|$))?"
    r"(?:[ 　]+|$)){1,4}"
)
_ENGLISH = re.compile(
    r"^(?:(?:(?:Words|Text)(?: and (?:pictures|photos))?|Story|Report|Reporting|Written)(?:: | by )|By |BY )"
    r"((?:[A-Z][\w.'’-]+|[Oo]ur)(?: (?:and|AND|&|[A-Z][\w.'’-]*\.?|de|van|von|der|la|bin|al)){0,8}"
    r"(?:,? (?:(?:own )?correspondent|and agencies)|(?:,| \||| [–—-]) [^.]{1,60})?)$"
)
_ENGLISH_POST = re.compile(
    r"^(?:(?:By )?(?:Our|Staff|Special|Senior|Chief|Associate|Contributing|From our|By our)(?: [A-Za-z]+){0,3} ?"
    r"(?:[Rr]eporters?|[Ww]riters?|[Cc]orrespondents?|[Ee]ditor|[Pp]hotographer)"
    r"|(?:From )?[Ss]taff (?:and wire )?[Rr]eports?|Contributed(?: report)?)$"
)
_LABELS = (
    "策划|文字统筹|统筹|文字|摄影|撰稿|撰文|采写|图片|制图|视频|设计|文|图|供稿|主笔|翻译|出品|总策划|作者|记者|通讯员"
)
_BYLINE_STARTS = frozenset(("", *"([（【□■◎○●◇◆★☆*BWTSRFOCA 　;；|", *(label[0] for label in _LABELS.split("|"))))
"""First characters of by-lines that name no role; most lines can be told by theirs to be none."""

_CREDIT = re.compile(rf"(?:^|[ 　;；|]+)(?:{_LABELS})(?:/(?:{_LABELS})){{0,3}}\s?[:：/|｜丨]\s*(?=[^\s:：/])")
_LABEL = re.compile(rf"(?:{_LABELS})\s?[:：/|｜丨]")
_CREDITED = re.compile(rf"(?:(?![请吗呢怎么是的了])[{HAN}A-Za-z·、/（）() 　.]){{1,30}}")  # no speech after `记者:`


def byline(text: str) -> str | None:
    """Return who wrote, when that is all that the line says; brackets taken off."""
    if len(text) > MAX_BYLINE or "。" in text:
        return None
    if text[:1] in _BYLINE_STARTS or any(map(text.__contains__, _ROLE_WORDS)):
        for pattern in (_BRACKETED, _ENGLISH):
            found = pattern.match(text)
            if found:
                return found[1].strip()
        if _EDITORIAL.match(text) or _ENGLISH_POST.match(text) or _is_credits(text):
            return text
        found_signature = signed(text)
        if found_signature is not None:
            return found_signature
    return text if is_worked(text) else None


def is_worked(text: str) -> bool:
    """Return whether a line is names, each with what its bearer did, such as `某某/文 某某/图`."""
    if len(text) > MAX_WORKED or not any(map(text.__contains__, _WORK_WORDS)):
        return False
    if not (_WORKED.fullmatch(text) or _WORKERS.fullmatch(text)):
        return False
    names = [word for word in re.split("[ 　、,，;；/／]+", text) if word and not re.fullmatch(_DONE_BY, word)]
    shared = "/" in text or "／" in text or len(names) > 1
    return bool(names) and all(is_name(name) or (shared and not is_common_word(name)) for name in names)


def signed(text: str) -> str | None:
    """Return roles and names that make up a whole line, such as `□ 记者 某某 通讯员 某某 文/图`."""
    bare = _SIGN.sub("", text)
    if not any(map(bare.__contains__, _ROLE_WORDS)):
        return bare if bare != text and are_names(bare) else None
    roles = [role[0] for role in _PARTS.finditer(bare)]
    pieces = _PARTS.split(_WORK.sub("", bare))
    names = [piece.strip(" 　:：,，、") for piece in pieces[1:]]
    if pieces[0].strip() or not names:
        return bare if bare != text and are_names(bare) else None
    return bare if all(map(_are_writers, roles, pieces[1:], names)) else None


def _are_writers(role: str, printed: str, names: str) -> bool:
    """Return whether names follow a role: known surnames, or any name set apart from the role by a blank or colon."""
    if are_names(names):
        return True
    if printed[:1] not in (" ", "　", ":", "："):
        return False
    words = [word for word in re.split("[ 　、,，]+", names) if word]
    by_house = re.match(_HOUSE, role) is not None
    return bool(words) and all(
        is_name(word) or (_PEN_NAME.fullmatch(word) is not None and (by_house or not is_common_word(word)))
        for word in words
    )


def _is_credits(text: str) -> bool:
    """Return whether a line is made of labels and names, such as `策划:某某 摄影:某某`."""
    if not _CREDIT.match(text):
        return False
    labels = list(_CREDIT.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    names = [text[label.end() : end] for label, end in zip(labels, ends, strict=True)]
    return all(_CREDITED.fullmatch(name) is not None for name in names)


def is_reporter(text: str) -> bool:
    """Return whether a signature names a reporter, or one who wrote to a paper."""
    return ROLES.search(text) is not None or text.startswith(("By ", "BY "))


def name_alone(text: str) -> bool:
    """Return whether a line is names alone, and no word that begins like one."""
    if len(text) > MAX_NAMES or not are_names(text):
        return False
    words = [text] if is_name(text) else re.split("[ 　、,，]+", text)
    return not any(map(is_common_word, words))


def closing_byline(text: str) -> str | None:
    """Return who wrote, from the brackets that a text ends with."""
    if text[-1:] not in (")", "）"):
        return None
    found = _CLOSING_BYLINE.search(text[-80:])
    if found:
        return found[1].strip()
    found = _CLOSING_NAMES.search(text[-40:])
    return found[1] if found and are_names(found[1]) else None


def closing_line(text: str) -> str | None:
    """Return who wrote, from a line that does so only under a text: a name in brackets or behind a dash."""
    if len(text) > MAX_SIGNATURE:
        return None
    found = _IN_BRACKETS.fullmatch(text)
    if found:
        return found[1] if are_names(found[1]) or byline(found[1]) is not None else None
    found = _AFTER_DASH.fullmatch(text)
    return found[1] if found and (found[1].isascii() or is_name(found[1])) else None


def writers(authors: Sequence[str]) -> str | None:
    """Return all who signed an article, each once; what is said about them only when no name is printed."""
    kept: dict[frozenset[str], str] = {}
    for author in authors:
        names = _names(author)
        if any(names <= other for other in kept):
            continue
        kept = {other: text for other, text in kept.items() if not other <= names}
        kept[names] = author
    named = [author for author in kept.values() if not _NOTE.match(author)]
    return " ".join(named or kept.values()) or None


def _names(author: str) -> frozenset[str]:
    """Return the names in a signature, without roles, labels and what was done."""
    bare = _LABEL.sub(" ", _PARTS.sub(" ", author))
    return frozenset(
        word for word in re.split(r"[\s　、,，;；/／|｜丨:：]+", bare) if word and not re.fullmatch(_DONE_BY, word)
    )
