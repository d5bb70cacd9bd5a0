"""Read what a page prints over all of its articles: the paper's name, date, numbers of issue and page, section.

Looks at one line at a time and takes it only when nothing is left over. Where mastheads may stand is told by
`qa.corpus.classify`.
"""

import re

from qa.corpus.dates import DATE
from qa.corpus.metadata import Fields

MAX_MASTHEAD = 160
"""Characters."""

MAX_NAME = 5
"""Words of a name in English."""

MAX_LABEL = 8
MAX_LABELS = 3
"""A section is named in at most so many characters; so many pieces that are nothing else may stand on the line."""

_CHINESE_NAME = re.compile(
    r"[一-鿿·]{1,12}(?:日报|晚报|时报|早报|晨报|商报|周报|快报|画报|导报|新报|公报|都市报|青年报|工人报|农民报|法制报"
    r"|法治报|教育报|科技报"
    r"|经济报|文化报|文艺报|健康报|老年报|少年报|校报|电视报)(?:社)?"
)
_MAGAZINE = re.compile(r"(?:[一-鿿·]{1,12}|《[^》]{1,12}》)(?:杂志|周刊|旬刊|月刊|半月刊|双月刊|季刊|通讯|简报)")
"""Names of magazines; a paper also names its sections so, and then without a date beside them."""

_ENGLISH_WORDS = (
    "Gazette|Times|Chronicle|Herald|Post|Journal|Tribune|Courier|Observer|Bulletin|News|Weekly|Daily|Mail|Star|Echo"
    "|Argus|Express"
    "|Advertiser|Advocate|Examiner|Reporter|Record|Recorder|Review|Telegraph|Standard|Mercury|Messenger|Leader"
    "|Dispatch|Register"
    "|Sentinel|Press|Monthly|Magazine|Independent|Guardian|Globe|Sun|Citizen|Enterprise|Beacon|Inquirer|Ledger"
    "|Newsletter|Digest"
)
_ENGLISH_NAME = re.compile(
    r"(?!(?:Local|World|National|Business|Sports?|Latest|City|More|Other) News$)"
    rf"(?:(?:[A-Z][\w.'’-]*|of|the|and|&|on) ){{1,6}}(?:{_ENGLISH_WORDS})(?:-(?:{_ENGLISH_WORDS}))?"
    rf"|(?:(?:[A-Z][A-Z.'’-]*|OF|THE|AND|&|ON) ){{1,6}}(?:{_ENGLISH_WORDS.upper()})(?:-(?:{_ENGLISH_WORDS.upper()}))?"
)
_TWO_NAMES = re.compile(
    r"([一-鿿·《》]{3,14})[ 　|｜/·]*([A-Z][A-Za-z&.'’ -]{3,50})"
    r"|([A-Z][A-Za-z&.'’ -]{3,50}?)[ 　|｜/·]*([一-鿿·《》]{3,14})"
)

_WEEKDAY = (
    r"(?:星期|周|礼拜)[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?"
    r"|\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b,?"
)
_ISSUE = re.compile(
    r"(?:(?:\d{4}年)?(?:总?第)?\s?\d{1,6}\s?期|第\s?\d{1,6}\s?号|新?第[一二三四五六七八九十百零〇]{1,6}期"
    r"|创刊号)(?:[(（]总第?\s?\d+\s?期[)）])?"
    r"|\b(?:Vol(?:ume|\.)?|No\.?|Issue(?: No\.?)?|Number|VOL\.?|NO\.?|ISSUE) ?(?:\d{1,3}(?:,\d{3})+|\d{1,6}"
    r"|[IVXLC]{1,8})\b[,.]?"
    r"|(?<!\w)#\d{1,5}\b"
)
_PAGE = re.compile(
    r"第?\s?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版|(?<![\w-])[A-Z]\d{1,2}(?!\w)|(?<![\w.])0\d(?!\w)"
    r"|今日\s?\d{1,3}\s?版|本期共?\s?\d{1,3}\s?版"
    r"|\bPage \d{1,3}\b|\b\d{1,3} pages\b|\b(?:Spring|Summer|Autumn|Fall|Winter|Christmas|Easter) \d{4}\b"
    r"|\d{4}年?[春夏秋冬](?:季[号刊]?|[号刊])"
)
_SMALL_PRINT = re.compile(
    r"(?:农历|夏历)\S{2,14}|(?:国内)?统一(?:连续出版物号|刊号)\s?[:：]?\s?\S{4,16}|CN\s?\d{2}-\d{4}\S*"
    r"|邮发代号\s?[:：]?\s?\d{1,3}-\d{1,4}"
    r"|[一-鿿]{0,4}(?:编辑|责编|版式|美编|校对|组版|排版|视觉|审读|审核|主编|主任|编委|监制"
    r"|值班)\s?[:：/]\s?[一-鿿]{2,4}(?:[ 　、][一-鿿]{2,4}(?=[ 　]|$))?"
    r"|(?:电话|热线|新闻热线|邮箱|E-?mail|网址|地址|投稿)\s?[:：]\s?[\w@.:/-]{5,40}"
    r"|(?:定价|零售价?|每份)\s?[:：]?\s?[\d.]+\s?元|[£$€]\s?\d+(?:\.\d\d)?|\b\d{1,3}p\b|\bFREE\b|\bFree\b"
    r"|\b(?:Established|Founded|ESTABLISHED|FOUNDED|Est\.) ?(?:in )?\d{4}"
)
_TAKEN = re.compile("|".join((DATE.pattern, _WEEKDAY, _ISSUE.pattern, _PAGE.pattern, _SMALL_PRINT.pattern)))
_BETWEEN = re.compile(r"[\s　|｜·•/,，;；:：—()（）\[\]【】《》-]+")
_CHINESE_LABEL = re.compile(rf"[一-鿿·]{{2,{MAX_LABEL}}}")
_ENGLISH_LABEL = re.compile(r"[A-Z&][A-Za-z&'’]*(?: [A-Z&][A-Za-z&'’]*){0,2}")


def paper_name(text: str, *, dated: bool = False) -> str | None:
    """Return the name of a paper, when a line is nothing else; also two names in two scripts.

    Args:
        text: The line.
        dated: The page prints its date, or the number of an issue, over all articles.
    """
    bare = text.strip()
    if bare[:1] == "《" and bare[-1] == "》":
        bare = bare[1:-1]
    if len(bare) > 60 or not bare:
        return None
    if _CHINESE_NAME.fullmatch(bare) or _ENGLISH_NAME.fullmatch(bare) or (dated and _MAGAZINE.fullmatch(bare)):
        return bare
    both = _TWO_NAMES.fullmatch(bare)
    if both is None:
        return None
    names = [name.strip("《》 ") for name in both.groups() if name]
    patterns = (_CHINESE_NAME, _ENGLISH_NAME, _MAGAZINE)
    return bare if any(pattern.fullmatch(name) for name in names for pattern in patterns) else None


def is_full(text: str) -> bool:
    """Return whether a masthead prints more than a date: the day of the week, or the number of an issue or page."""
    if read(text) is None or DATE.search(text) is None:
        return False
    rest = DATE.sub("", text)
    return any(re.search(pattern, rest) for pattern in (_WEEKDAY, _ISSUE, _PAGE))


def unknown_name(text: str) -> bool:
    """Return whether a line can name a paper that is called like no other: over a date it does."""
    if re.fullmatch(r"[一-鿿]{1,8}[报刊网讯]", text):
        return True
    words = text.split()
    return 1 < len(words) <= MAX_NAME and all(word[0].isupper() or word in ("of", "and", "the") for word in words)


def read(text: str, *, dated: bool = False) -> tuple[Fields, str | None] | None:
    """Return what a masthead with a date, an issue or a page says, and the section that it names; None for other lines.

    The name of a paper alone is no masthead here: it needs its place on the page, see `paper_name`. Beside a number a
    section may stand only where the page has its date on another line (`dated`).
    """
    if len(text) > MAX_MASTHEAD or (not any(map(str.isdigit, text)) and not re.search("[期版年]", text)):
        return None
    found = list(_TAKEN.finditer(text))
    if not found:
        return None
    has_date = any(DATE.match(match[0]) for match in found)
    numbered = any(_ISSUE.match(match[0]) or _PAGE.match(match[0]) for match in found)
    paper, labels = None, []
    rest = _TAKEN.sub("|", text)
    for piece in re.split(r"[|｜]+|\s{2,}|　+", rest):
        name = piece.strip(" ,，;；:：·•/()（）-—")
        if not name:
            continue
        if paper_name(name, dated=True):
            paper = paper or paper_name(name, dated=True)
            continue
        words = [name] if _ENGLISH_LABEL.fullmatch(name) else [word for word in _BETWEEN.split(name) if word]
        for word in words:
            if paper_name(word, dated=True):
                paper = paper or paper_name(word, dated=True)
            elif _CHINESE_LABEL.fullmatch(word) or _ENGLISH_LABEL.fullmatch(word):
                labels.append(word)
            else:
                return None
    if len(labels) > MAX_LABELS or not (has_date or (numbered and (paper or len(labels) <= dated))):
        return None
    date = next((match[0] for match in found if DATE.match(match[0])), None)
    return Fields(source=paper, date=date), labels[0] if len(labels) == 1 else None
