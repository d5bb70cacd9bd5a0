"""Read the lines that say where and when an article was published: source, date, author.

A line counts only when nothing else stands on it; dates inside sentences are read for datelines alone.
"""

import re
from dataclasses import dataclass

from qa.corpus.characters import SENTENCE_END
from qa.corpus.datelines import DATELINE, dateline_byline
from qa.corpus.dates import DATE, HAN_YEAR

_DAY = re.compile(r"(\d{1,2}月\d{1,2}[日号])")

_DAY_END = re.compile("(?:[上下中]午|早[上晨]|清晨|凌晨|傍晚|晚上?|晚间|夜间|当天)?[,，]")

_AGENCY = re.compile(
    r"(新华社|中新社|中新网|人民网|央视网|新华网|光明网|中国网"
    r"|(?!本报|本刊|本网|本台|本站)[一-鿿]{2,6}?(?:日报|晚报|时报|早报|新闻网))"
)

_VALUE = (
    r"\s*[:：丨|｜]\s*(?P<{0}>[^\s|｜丨:：【\[][^|｜丨:：【\[\n]{{0,60}}?)"
    r"(?=\s*(?:$|[|｜【\[]|\s(?:{1})\s*[:：丨|｜]|\s+\d{{4}}[-/.年]|[ 　]{{2,}}))"
)
_LABELS = (
    "来源|稿源|作者|记者|编辑|责任编辑|责编|发布时间|发布日期|发表时间|时间|日期|浏览次数|浏览|点击|点击数|阅读|字号"
    "|发布人|发布单位|"
    "Source|Author|Published|Posted|Date|Updated|By"
)
_OTHERS = (
    "索引号|发文机关|发文字号|文号|主题词?|主题分类|发布机构|信息分类|公开方式|公开形式|有效性|所属栏目|栏目|频道"
    "|分类|校对|审核|审签|摄影|阅读量|作者单位"
    "|版次|版面|字数|属地|关键[词字]|标签|语种"
)
"""What sites print beside source and date; alone it is no metadata."""

_SITE = (
    r"[一-鿿]{2,10}(?:新闻网|网|在线|日报|晚报|时报|早报|晨报|商报|都市报|快报|客户端|发布|融媒体?中心|融媒体?|电视台"
    r"|广播电台|新闻)(?:综合|讯)?"
)
"""A paper or site without a label; beside a date it is the source."""

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
            r"[\[【(（]?\s*(?:字号|字体)\s*[:：]?\s*[\[【大中小特号 \]】)）|]{0,14}",
            r"(?:编辑|责任编辑|责编|发布人|审核)" + _VALUE.format("editor", _LABELS),
            r"[【\[(（]?\s*(?:打印|关闭|收藏|分享|评论|纠错|复制链接)(?:本页|窗口)?\s*[】\])）]?(?=[\s【\[]|$)",
            r"(?:记者|通讯员|撰稿|文)\s*[:：]\s*(?P<reporter>[^\s|｜]{1,20}(?: [一-鿿]{2,4})?(?=[\s|｜]|$))",
            rf"(?P<other>(?:{_OTHERS})\s*[:：]\s*[^\s|｜]{{1,30}}(?=[\s|｜]|$))",
            rf"(?P<site>{_SITE})(?=[\s|｜]|$)",
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
    source = author = date = site = reporter = other = None
    at = 0
    while at < len(bare):
        found = _FIELD.match(bare, at)
        if not found or found.end() == at:
            return None
        source = source or _value(found["source"])
        author = author or _value(found["author"])
        date = date or found["date"]
        site = site or found["site"]
        reporter = reporter or _value(found["reporter"])
        other = other or found["other"]
        at = found.end()
    if at == 0 or ((other or reporter or site) and not (source or date)):
        return None
    return Fields(source or (site.removesuffix("综合").removesuffix("讯") if site else None), author or reporter, date)


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
        if (before in SENTENCE_END + ")）讯 　" or day.start() == found.end()) and _DAY_END.match(text, day.end()):
            return Fields(source, author, day[1])
    return Fields(source, author, None)
