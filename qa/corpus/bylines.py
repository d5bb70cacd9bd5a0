"""Recognise who wrote, photographed or edited: by-lines, datelines, credits, photographers.

Looks at one repaired line at a time; what it means in its place on the page is decided by `qa.corpus.roles`.
"""

import re

from qa.corpus.characters import HAN
from qa.corpus.names import are_names, is_name
from qa.corpus.words import is_common_word

MAX_CAPTION = 200
MAX_BYLINE = 120
"""Characters."""

_NAME = rf"[{HAN}·]{{2,4}}?"
_NAMES = rf"{_NAME}(?:[ 　、,，]+{_NAME}){{0,4}}"
_PAPER = r"[一-鿿]{2,6}(?:日报|晚报|时报|早报|晨报|商报|周报|报社|新闻网|在线|网)"
_TITLES = "摄影记者|记者|通讯员|摄影师|特约撰稿人?|评论员"
_ROLE = rf"(?:本报|本刊|本网|本台|全媒体|融媒体|首席|见习|实习|特约|新华社|{_PAPER}){{0,2}}(?:{_TITLES})"
_ROLES = re.compile(_ROLE)
_ROLE_WORDS = tuple(title.removesuffix("人?") for title in _TITLES.split("|"))
"""Every role holds one of them; to look for them is quicker than to look for a role."""

_WRITERS = rf"{_ROLE}[ 　:：]*{_NAMES}(?:[ 　,，]*{_ROLE}[ 　:：]*{_NAMES}){{0,3}}"

_AFTER_DATELINE = rf"(?=[\s(（:：“\d]|[{HAN}]|$)(?![员息速话子力网视影台报])"
DATELINE = re.compile(
    rf"^(?:本报|本刊|本网|本台|本站)(?:[{HAN}]{{0,8}}?\d{{1,2}}月\d{{1,2}}日|[{HAN}]{{0,4}}?)(?:讯|电|消息){_AFTER_DATELINE}"
    rf"|^(?:新华社|中新社|中新网|人民网|央视网|新华网|光明网|中国网)"
    rf"(?:[{HAN}]{{0,8}}?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日)?(?:电|讯)(?=[\s(（:：])"
    rf"|^{_PAPER}(?:讯|消息)(?=[\s(（:：])"
    rf"|^[(（](?:{_WRITERS})[)）](?=\S)"
)
_DATELINE_BYLINE = re.compile(
    rf"^.{{0,30}}?(?:讯|电|消息)?\s*(?:[(（]([^()（）]{{2,60}})[)）]|[ 　]({_WRITERS})(?=报道|[:：,，]|[ 　]))"
)
_CLOSING_BYLINE = re.compile(rf"[(（]((?:{_WRITERS}|据?(?:新华社|中新社|央视新闻|人民日报))[^()（）]{{0,20}})[)）]$")

_BRACKETED = re.compile(rf"^[(（\[【]\s*((?:{_ROLE}|作者|撰稿|文/|文[:：])[^()（）。]{{1,60}})[)）\]】]$")
_EDITORIAL = re.compile(r"^(?:本报|本刊|本网|新华社|人民日报)?(?:特约)?评论员$")
_SIGN = re.compile(r"^[□■◎○●◇◆★☆*]\s*")
_WORK = re.compile(r"[ 　]*(?:文/?图|摄影报道|报道|采写|整理|撰文|文)$")
_ENGLISH = re.compile(
    r"^(?:By|BY) ([A-Z][\w.'’-]+(?: (?:and|[A-Z][\w.'’-]*\.?|de|van|von|der|la|bin|al)){0,8}(?:, [^.]{1,60})?)$"
)
_LABELS = (
    "策划|文字统筹|统筹|文字|摄影|撰稿|撰文|采写|图片|制图|视频|设计|文|图|供稿|主笔|翻译|出品|总策划|作者|记者|通讯员"
)
_BYLINE_STARTS = frozenset(("", *"([（【□■◎○●◇◆★☆*B 　;；|", *(label[0] for label in _LABELS.split("|"))))
"""First characters of by-lines that name no role; most lines can be told by theirs to be none."""

_CREDIT = re.compile(rf"(?:^|[ 　;；|]+)(?:{_LABELS})(?:/(?:{_LABELS})){{0,3}}[:：/]\s*(?=[^\s:：/])")
_CREDITED = re.compile(rf"(?:(?![请吗呢怎么是的了])[{HAN}A-Za-z·、/（）() 　.]){{1,30}}")  # no speech after `记者:`
_EDITOR_TITLES = "责任编辑|责编|编辑|编审|校对|审核|审签|终审|初审|复审|监制|值班编委|主编|排版"
_EDITOR = re.compile(
    rf"^[(（\[【]?\s*(?:{_EDITOR_TITLES})"
    rf"(?:\s*[:：]\s*\S[^。]{{0,60}}|[丨|/ 　]+(?P<names>[{HAN} 　]{{2,20}}))[)）\]】]?$"
)

_OFFICE = re.compile(
    r"(?:书记|主任|局长|区长|县长|市长|镇长|乡长|省长|部长|校长|院长|所长|处长|科长|站长|行长|馆长|会长|理事长|董事长|经理"
    r"|总裁|总编辑?|主席|常委|委员|组长|队长|调研员|代表|教授|研究员|讲师|博士|律师|医生|主管|负责人|秘书长|干事|参赞|大使"
    r"|主编|园长|法官|检察长|社长|台长|首席专家)$"
)
_OFFICE_NAME = re.compile(rf"^([^ 　。,，:：]{{2,40}})[ 　]+([{HAN}·]{{2,8}}|[{HAN}] [{HAN}])$")

_SHOT = re.compile(r"[ 　/]*(?:摄影报道|摄影|摄|供图|(?<=[ 　/])图)[)）]?$")
_TAIL = 12
"""Characters at the end of a line that tell a photograph's credit."""

_WORD = re.compile(r"[^ 　。(（/、,，]+")
_LABELLED_SHOT = re.compile(r"^(?:摄影|图片?|摄)[:：/]\s*\S{1,20}$")
_GIVEN = re.compile(
    r"(?:受访者|资料|本人|单位|[局委办部社院馆校团会]|中心|公司|大队)[ 　]?供图[)）]?$|[(（]?资料(?:图片?|照片)[)）]?$"
)
_CAPTION_START = re.compile(
    r"(?:图[①-⑩]?(?:为|[:：])|图[①-⑩一二三四\d](?:[:：.、 　]|为)|[上下左右]图(?:为|[:： 　])|[▲▼△▽]"
    r"|Photo:|Figure \d+[.:])"
)


def is_caption(text: str) -> bool:
    """Return whether a line is a caption by its own words: a photographer at its end, or `图为` and the like."""
    if len(text) > MAX_CAPTION:
        return False
    if _CAPTION_START.match(text):
        return True
    tail = text[-_TAIL:]
    if not ("摄" in tail or "图" in tail or "照片" in tail):
        return False
    return _GIVEN.search(tail) is not None or _photographer_at(text) is not None


def is_photographer(text: str) -> bool:
    """Return whether a line is nothing but a photographer."""
    if len(text) > MAX_BYLINE:
        return False
    return _LABELLED_SHOT.match(text) is not None or _photographer_at(text) == 0


def _photographer_at(text: str) -> int | None:
    """Return where the photographers at the end of a line start, or None when there are none."""
    shot = _SHOT.search(text, max(0, len(text) - _TAIL))
    words = list(_WORD.finditer(text, 0, shot.start())) if shot else []
    start = None
    for at in range(len(words) - 1, -1, -1):
        role = _ROLES.match(words[at][0])
        name = words[at][0][role.end() :] if role else words[at][0]
        by_role = role is not None or (at > 0 and _ROLES.fullmatch(words[at - 1][0]) is not None)
        if not (is_name(name) or (by_role and re.fullmatch(_NAME, name)) or (not name and start is not None)):
            break
        start = words[at].start()
    return 0 if start is not None and not text[:start].strip("(（ 　") else start


def byline(text: str) -> str | None:
    """Return who wrote, when that is all that the line says; brackets taken off."""
    if len(text) > MAX_BYLINE or not (text[:1] in _BYLINE_STARTS or any(map(text.__contains__, _ROLE_WORDS))):
        return None
    for pattern in (_BRACKETED, _ENGLISH):
        found = pattern.match(text)
        if found:
            return found[1].strip()
    if _EDITORIAL.match(text) or _is_credits(text):
        return text
    return _signed(text)


def _signed(text: str) -> str | None:
    """Return roles and names that make up a whole line, such as `□ 记者 某某 通讯员 某某 文/图`."""
    bare = _SIGN.sub("", text)
    if not any(map(bare.__contains__, _ROLE_WORDS)):
        return bare if bare != text and are_names(bare) else None
    pieces = _ROLES.split(_WORK.sub("", bare))
    names = [piece.strip(" 　:：,，、") for piece in pieces[1:]]
    if pieces[0].strip() or not names:
        return bare if bare != text and are_names(bare) else None
    return bare if all(are_names(name) for name in names) else None


def _is_credits(text: str) -> bool:
    """Return whether a line is made of labels and names, such as `策划:某某 摄影:某某`."""
    if not _CREDIT.match(text):
        return False
    labels = list(_CREDIT.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    names = [text[label.end() : end] for label, end in zip(labels, ends, strict=True)]
    return all(_CREDITED.fullmatch(name) is not None for name in names)


def name_alone(text: str) -> bool:
    """Return whether a line is one name, and no word that begins like one."""
    return len(text) <= 8 and is_name(text) and not is_common_word(text)


def office_byline(text: str) -> bool:
    """Return whether a line is an office and a name, such as `县农业局局长 王某某`."""
    found = _OFFICE_NAME.match(text) if len(text) <= 50 else None
    return found is not None and _OFFICE.search(found[1]) is not None


def is_editor(text: str) -> bool:
    """Return whether a line names who edited or checked, as at the foot of an article."""
    found = _EDITOR.match(text) if len(text) <= 80 else None
    return found is not None and (found["names"] is None or are_names(found["names"]))


def dateline_byline(text: str) -> str | None:
    """Return who reported, from the dateline that a text starts with."""
    found = _DATELINE_BYLINE.match(text) if DATELINE.match(text) else None
    return next(group for group in found.groups() if group).strip() if found else None


def closing_byline(text: str) -> str | None:
    """Return who wrote, from the brackets that a text ends with."""
    found = _CLOSING_BYLINE.search(text[-80:]) if text[-1:] in ")）" else None
    return found[1].strip() if found else None
