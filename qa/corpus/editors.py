"""Recognise lines that name who edited, checked or laid out a page: they close an article.

Looks at one repaired line at a time.
"""

import re

from qa.corpus.characters import HAN
from qa.corpus.names import are_names

MAX_EDITOR = 80
MAX_EDITORS = 120
"""Characters."""

_TITLES = (
    "(?:本版|本期|执行|首席|图片|视觉|文字|值班|新闻|版面|美术|助理|见习|特约)?"
    "(?:责任编辑|责编|编辑|编审|校对|审校|审核|审签|终审|初审|复审|监制|值班编委|值班主任|主编|美编|版式|组版|排版|制图)"
)
_EDITOR = re.compile(
    rf"^[(（\[【]?\s*{_TITLES}"
    rf"(?:\s*[:：]\s*\S[^。]{{0,60}}|[丨|/ 　]+(?P<names>[{HAN} 　]{{2,20}}))[)）\]】]?$"
)
_DESK = rf"{_TITLES}[丨|/:： 　]+[{HAN}]{{2,4}}(?:[ 　、][{HAN}]{{2,4}}(?=[ 　]|$))?"
_CONTACT = r"(?:新闻|联系|读者|投稿)?(?:电话|热线|邮箱|信箱|E-?mail|QQ)[:： 　]*[\w@.+()-]{5,40}"
_EDITORS = re.compile(
    rf"^(?:{_CONTACT}[ 　;；,，|丨]+)?{_DESK}(?:[ 　;；,，|丨]+(?:{_DESK}|{_CONTACT})){{1,6}}$"
    r"|^[(（]?本(?:版|栏目?|专栏|组)(?:文字|图片|稿件|图文|文图|照片|撰文|摄影|(?:内容)?由)[^。]{2,40}$"
    r"|^(?:Edited by |Editors?: )[A-Z][\w.'’ &,-]{2,60}$"
)


def is_editor(text: str) -> bool:
    """Return whether a line names who edited or checked, as at the foot of an article or of a page."""
    found = _EDITOR.match(text) if len(text) <= MAX_EDITOR else None
    if found is None:
        return len(text) <= MAX_EDITORS and _EDITORS.match(text) is not None
    return found["names"] is None or are_names(found["names"])
