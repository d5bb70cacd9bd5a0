"""Recognise datelines: the words at the start of a report that say who reports, from where and when.

Looks at the start of one repaired text at a time; fields are made from it by `qa.corpus.metadata`.
"""

import re

from qa.corpus.bylines import PAPER, WRITERS
from qa.corpus.characters import HAN
from qa.corpus.dates import MONTH_NAME

MIN_REPORT = 80
"""Characters of a paragraph that an English dateline opens; a shorter one is an entry of a list."""

_AFTER = rf"(?=[\s(（:：“\d]|[{HAN}]|$)(?![员息速话子力网视影台报])"
_DAY = r"\d{1,2}月\d{1,2}日"
DATELINE = re.compile(
    rf"^(?:本报|本刊|本网|本台|本站)(?:[{HAN}]{{0,8}}?{_DAY}|[{HAN}]{{0,4}}?)(?:讯|电|消息){_AFTER}"
    rf"|^(?:新华社|中新社|中新网|人民网|央视网|新华网|光明网|中国网)"
    rf"(?:[{HAN}]{{0,8}}?(?:\d{{4}}年)?{_DAY})?(?:电|讯)(?=[\s(（:：])"
    rf"|^{PAPER}(?:讯|消息)(?=[\s(（:：])"
    rf"|^[(（](?:{WRITERS})[)）](?=\S)"
)
_ENGLISH_DAY = rf"(?:{MONTH_NAME} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH_NAME}(?: \d{{4}})?)"
ENGLISH_DATELINE = re.compile(
    r"(?!(?:(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|NOTE|WARNING|UPDATE|CORRECTION|PS)\b)"
    r"[A-Z][A-Z.'’&-]{1,20}(?:[ ,]+(?:[A-Z][A-Za-z.'’&-]{0,20})){0,4}(?: \([A-Z][A-Za-z/ ]{1,20}\))?"
    rf"(?:,? {_ENGLISH_DAY})? ?(?:—|–|--| -) ?(?=[A-Z“\"'‘\d])"
)
"""Place in capitals, perhaps agency and day, then a dash."""

_BYLINE = re.compile(
    rf"^.{{0,30}}?(?:讯|电|消息)?\s*(?:[(（]([^()（）]{{2,60}})[)）]|[ 　]({WRITERS})(?=报道|[:：,，]|[ 　]))"
)


def opens_report(text: str) -> bool:
    """Return whether a text starts with a dateline in any language."""
    if DATELINE.match(text):
        return True
    return text[:1].isupper() and len(text) >= MIN_REPORT and ENGLISH_DATELINE.match(text) is not None


def dateline_byline(text: str) -> str | None:
    """Return who reported, from the dateline that a text starts with."""
    found = _BYLINE.match(text) if DATELINE.match(text) else None
    return next(group for group in found.groups() if group).strip() if found else None
