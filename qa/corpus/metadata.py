"""Read the lines that say where and when an article was published: source, date, author.

A line counts only when nothing else stands on it; dates inside sentences are read for datelines alone.
"""

import re
from dataclasses import dataclass

from qa.corpus.bylines import DATELINE, dateline_byline
from qa.corpus.characters import SENTENCE_END
from qa.corpus.dates import DATE, HAN_YEAR

_DAY = re.compile(r"(\d{1,2}月\d{1,2}[日号])")

_AGENCY = re.compile(
    r"(新华社|中新社|中新网|人民网|央视网|新华网|光明网|中国网"
    r"|(?!本报|本刊|本网|本台|本站)[一-鿿]{2,6}?(?:日报|晚报|时报|早报|新闻网))"
)

_VALUE = (
    r"\s*[:：]\s*(?P<{0}>[^\s|｜:：][^|｜:：\n]{{0,60}}?)"
    r"(?=\s*(?:$|[|｜]|\s(?:{1})\s*[:：]|\s+\d{{4}}[-/.年]|[ 　]{{2,}}))"
)
_LABELS = (
    "来源|稿源|作者|记者|编辑|责任编辑|责编|发布时间|发布日期|发表时间|时间|日期|浏览次数|浏览|点击|点击数|阅读|字号|发布人|发布单位|"
    "Source|Author|Published|Posted|Date|Updated|By"
)
_FIELD = re.compile(
    "|".join(
        (
            "(?:本文)?(?:来源|转自|稿源|稿件来源|信息来源|文章来源|消息来源|转载自|摘自|发布单位|Source|SOURCE)"
            + _VALUE.format("source", _LABELS),
            "(?:作者|Author|Written by)" + _VALUE.format("author", _LABELS),
            r"(?:(?:发布|发表|更新|刊发|印发|成文|Published|Posted|Updated|Date)\s*(?:时间|日期|on)?|时间|日期)"
            rf"\s*[:：]?\s*(?=\d{{4}}|[A-Z0-9]|{HAN_YEAR}年|民[国國])",
            rf"(?P<date>{DATE.pattern})",
            r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?",
            r"星期[一二三四五六日天]|周[一二三四五六日]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?",
            r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[:：]?\s*\d+\s*次?",
            r"(?:字号|字体)\s*[:：]?\s*[\[【大中小 \]】]{0,12}",
            r"(?:编辑|责任编辑|责编|发布人|审核)" + _VALUE.format("editor", _LABELS),
            r"第\s?[\dA-Z]{1,4}\s?版[:：]?|[|｜/·\s]+",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a line of metadata says; None for what it does not."""

    source: str | None = None
    author: str | None = None
    date: str | None = None


def read_line(text: str) -> Fields | None:
    """Return the fields of a line that holds nothing but metadata, or None."""
    if len(text) > 200:
        return None
    bare = text.strip("()（）[]【】 　")
    source = author = date = None
    at = 0
    while at < len(bare):
        found = _FIELD.match(bare, at)
        if not found or found.end() == at:
            return None
        source = source or _value(found["source"])
        author = author or _value(found["author"])
        date = date or found["date"]
        at = found.end()
    return Fields(source, author, date) if at else None


def _value(text: str | None) -> str | None:
    return text.strip(" 　)）】]《》") or None if text else None


def dateline_fields(text: str) -> Fields:
    """Return what the dateline of a report says: by-line, agency, and the day that its first sentences start with."""
    found = DATELINE.match(text)
    if not found:
        return Fields()
    author = dateline_byline(text)
    agency = _AGENCY.match(text)
    source = agency[1] if agency else None
    inside = _DAY.search(found[0])
    if inside:
        return Fields(source, author, inside[1])
    for day in _DAY.finditer(text, found.end(), found.end() + 200):
        before = text[day.start() - 1 : day.start()]
        if (before in SENTENCE_END + ")）讯 　" or day.start() == found.end()) and text[
            day.end() : day.end() + 1
        ] in ",，":
            return Fields(source, author, day[1])
    return Fields(source, author, None)
