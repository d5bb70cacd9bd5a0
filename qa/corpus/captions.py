"""Recognise captions by their own words, and the photographers under pictures.

Looks at one repaired line at a time. Captions that only their place tells are the business of `qa.corpus.classify`.
"""

import re

from qa.corpus.bylines import NAME, ROLES, is_worked, signed
from qa.corpus.characters import HAN
from qa.corpus.names import is_name

MAX_CAPTION = 200
MAX_PHOTOGRAPHER = 120
"""Characters."""

_TAIL = 12
"""Characters at the end of a line that tell a photograph's credit."""

_SHOT = re.compile(r"[ 　/]*(?:摄影报道|摄影|摄|供图|(?<=[ 　/])图)[)）]?$")
_WORD = re.compile(r"[^ 　。(（/、,，]+")
_LABELLED_SHOT = re.compile(r"^(?:摄影|图片?|摄)[:：/]\s*\S{1,20}$")
_GIVEN = re.compile(
    r"(?:受访者|资料|本人|单位|[局委办部社院馆校团会]|中心|公司|大队)[ 　]?供图[)）]?$|[(（]?资料(?:图片?|照片)[)）]?$"
    rf"|[。！？!?”][(（][^()（）。]{{2,20}}(?:摄|供图)[)）]$|[ 　][{HAN}·]{{2,4}}[ 　]+摄[)）]?$"
)
_CAPTION_START = re.compile(
    r"(?:图[①-⑩]?(?:为|[:：])|图[①-⑩一二三四\d](?:[:：.、 　]|为)|[上下左右]图(?:为|[:： 　])|[▲▼△▽]"
    r"|(?:Photo(?:s|graphs?)?|Pictures?|Pictured|Image|Above|Below|Left|Right|Caption)(?: [a-z]+)?: |Figure \d+[.:])"
)
_ENGLISH_WORD = r"(?:[A-Z][\w.'’-]*|and|of|the|for|via|/|&)"
_ENGLISH_SHOT = re.compile(
    r"(?:^|[.,!?”\"')] ?|\s[|/–—-] ?)[(\[]?"
    r"(?:(?:Photo(?:s|graphs?)?|Pictures?|Image|Credit)(?: by |: ?| courtesy of | credit: )|PHOTOS?(?: BY |: ?))"
    rf"{_ENGLISH_WORD}(?: {_ENGLISH_WORD}){{0,7}}[)\].]{{0,2}}$"
)
_SHOT_WORDS = ("hoto", "icture", "mage", "redit", "PHOTO")


def is_caption(text: str) -> bool:
    """Return whether a line is a caption by its own words: a photographer at its end, or `图为` and the like."""
    if len(text) > MAX_CAPTION:
        return False
    if _CAPTION_START.match(text):
        return True
    if text[-2:].isascii() and any(map(text[-80:].__contains__, _SHOT_WORDS)) and _ENGLISH_SHOT.search(text[-120:]):
        return True
    tail = text[-_TAIL:]
    if not ("摄" in tail or "图" in tail or "照片" in tail) or _is_byline(text):
        return False
    return _GIVEN.search(tail) is not None or photographers_at(text) is not None


def _is_byline(text: str) -> bool:
    """Return whether a line names a photographer beside a writer, or one person for both."""
    if "文" in text and is_worked(text):
        return True
    return text.endswith("摄影报道") and ROLES.match(text) is not None and signed(text) is not None


def is_photographer(text: str) -> bool:
    """Return whether a line is nothing but a photographer."""
    if len(text) > MAX_PHOTOGRAPHER:
        return False
    if _LABELLED_SHOT.match(text) or photographers_at(text) == 0:
        return True
    found = _ENGLISH_SHOT.search(text) if text[:1] in "([PIC" else None
    return found is not None and found.start() == 0


def photographers_at(text: str) -> int | None:
    """Return where the photographers at the end of a line start, or None when there are none."""
    shot = _SHOT.search(text, max(0, len(text) - _TAIL))
    words = list(_WORD.finditer(text, 0, shot.start())) if shot else []
    start = None
    for at in range(len(words) - 1, -1, -1):
        role = ROLES.match(words[at][0])
        name = words[at][0][role.end() :] if role else words[at][0]
        by_role = role is not None or (at > 0 and ROLES.fullmatch(words[at - 1][0]) is not None)
        if not (is_name(name) or (by_role and re.fullmatch(NAME, name)) or (not name and start is not None)):
            break
        start = words[at].start()
    return 0 if start is not None and not text[:start].strip("(（ 　") else start
