"""What a line says about itself: caption, by-line, dateline, list item, headline, site furniture.

Looks at one repaired line at a time; what it means in its place on the page is decided by `qa.corpus.segment`.
"""

import re

from qa.corpus.characters import CLOSING, HAN, OPENING, SENTENCE_END, units

_NAME = rf"[{HAN}·]{{2,4}}?"
_NAMES = rf"{_NAME}(?:[ 　、,，]+{_NAME}){{0,4}}"
_PAPER = r"[一-鿿]{2,6}(?:日报|晚报|时报|早报|晨报|商报|周报|报社|新闻网|在线|网)"
_ROLE = (
    rf"(?:本报|本刊|本网|本台|全媒体|融媒体|首席|见习|实习|特约|新华社|{_PAPER}){{0,2}}"
    "(?:记者|通讯员|摄影师|摄影记者|特约撰稿人?|评论员)"
)
_WRITERS = rf"{_ROLE}[ 　:：]*{_NAMES}(?:[ 　,，]*{_ROLE}[ 　:：]*{_NAMES}){{0,3}}"

_PHOTO_TAIL = re.compile(rf"(?:[ 　。(（/]|^)(?:{_ROLE}[ 　]*)?{_NAMES}[ 　]*(?:摄|摄影|摄影报道|供图|/图|/摄)[)）]?$")
_PHOTOGRAPHER = re.compile(
    rf"^[(（]?(?:{_ROLE}[ 　]*)?{_NAMES}[ 　]*/?(?:摄|摄影|供图|图)[)）]?$|^(?:摄影|图片?|摄)[:：/]\s*\S{{1,20}}$"
)
_CAPTION_START = re.compile(r"^(?:图[①-⑩]?[为:：]|图[①-⑩一二三四\d][:：]?|[上下左右]图|[▲▼△▽]|Photo:|Figure \d+[.:])")

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

_BYLINE_BRACKETS = re.compile(rf"^[(（\[【]\s*((?:{_ROLE}|作者|撰稿|文/|文[:：])[^()（）。]{{1,60}})[)）\]】]$")
_BYLINE_PLAIN = re.compile(
    rf"^(?:[□■◎○●◇◆★☆*]\s*|文[/|｜图 　]{{1,4}}|文/图[ 　:：]*)?({_WRITERS}(?:[ 　]*(?:文/?图|报道|采写|整理))?)$"
    rf"|^[□■◎○●◇◆]\s*({_NAMES})$"
)
_BYLINE_ENGLISH = re.compile(
    r"^(?:By|BY) ([A-Z][\w.'’-]+(?: (?:and|[A-Z][\w.'’-]*\.?|de|van|von|der|la|bin|al)){0,8}(?:, [^.]{1,60})?)$"
)
_LABELS = (
    "策划|文字统筹|统筹|文字|摄影|撰稿|撰文|采写|图片|制图|视频|设计|文|图|供稿|主笔|翻译|出品|总策划|作者|记者|通讯员"
)
_CREDIT = re.compile(rf"(?:^|[ 　;；|]+)(?:{_LABELS})(?:/(?:{_LABELS})){{0,3}}[:：/]\s*(?=[^\s:：/])")
_EDITOR = re.compile(
    r"^[(（\[【]?\s*(?:责任编辑|责编|编辑|编审|校对|审核|审签|终审|初审|复审|监制|值班编委|主编|排版)"
    r"\s*[:：丨|/ 　]\s*\S[^。]{0,60}$"
)

_COPYRIGHT = re.compile(
    r"版权所有|未经.{0,12}(?:授权|许可|书面).{0,8}(?:不得|禁止|严禁)|[Aa]ll [Rr]ights [Rr]eserved|^©|^Copyright\b"
    r"|转载请注明|ICP备"
)
_NAVIGATION = frozenset(
    "全部 首页 正文 返回 返回顶部 返回首页 打印 打印本页 分享 分享到 关闭 关闭窗口 上一篇 下一篇 上一版 下一版 "
    "收藏 评论 更多 相关阅读 相关新闻 相关链接 推荐阅读 热门推荐 字号 大 中 小 字体 扫一扫 点击查看 查看更多 "
    "阅读全文 登录 注册 搜索 展开 收起 我要纠错 "
    "Home Share Print Search Login Menu Back Next Previous Subscribe Advertisement".split()
)
_NEIGHBOUR_LINK = re.compile(r"^(?:上一篇|下一篇|上一条|下一条|相关阅读|相关链接|原标题|Tags?|标签)\s*[:：]")
_PAGE_NUMBER = re.compile(
    r"^(?:\d{1,3}|[A-D]\d{1,2}|第?\s?[\dA-D]{1,3}\s?版|[-—]\s?\d{1,4}\s?[-—]|Page \d+(?: of \d+)?|第\d+页)$"
)
_EMPTY_LABEL = re.compile(
    r"^(?:作者|来源|编辑|责任编辑|责编|记者|时间|日期|发布时间|浏览|浏览次数|阅读|点击数?|字号|字体|摘要|关键词|标签)\s*[:：]$"
)

LIST_ITEM = re.compile(
    r"^(?:——?|[-*+•●■□◆◇▪·○※★☆▶►]\s?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[条章节部分]|[①-⑳]|[a-zA-Z][.)] )"
)
NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节部分编篇])"
)
PREFACE = re.compile(
    r"^[【(（\[]?(?:编者按|编者的话|核心提示|导读|内容提要|摘要|阅读提示|开栏的话|开栏语)[】)）\]]?(?:[:：\s]|$)?"
)
_KICKER_END = re.compile(r"(?:强调|要求|指出|提出|表示|透露)$")
SUBTITLE_START = re.compile(r"^(?:—{1,2}|--+|―+)\s*(?=\S)")

_OFFICE = re.compile(
    r"(?:书记|主任|局长|区长|县长|市长|镇长|乡长|省长|部长|校长|院长|所长|处长|科长|站长|行长|馆长|会长|理事长|董事长|经理|总裁|总编辑?|主席|常委|委员"
    r"|组长|队长|调研员|代表|教授|研究员|讲师|博士|律师|医生|主管|负责人|秘书长|干事|参赞|大使|主编|园长|法官|检察长|社长|台长|首席专家)$"
)
_OFFICE_NAME = re.compile(rf"^([^ 　。,，:：]{{2,40}})[ 　]+({_NAME}|[{HAN}] [{HAN}])$")

MAX_HEADLINE = 60
"""In Chinese characters; kicker and headline may share a line."""

_HEADLINE_END = "”’」』》）)】!！?？…"


def is_caption(text: str) -> bool:
    """Return whether a line is a caption by its own words: a photographer at its end, or `图为` and the like."""
    if len(text) > 200:
        return False
    return _PHOTO_TAIL.search(text) is not None or _CAPTION_START.match(text) is not None


def is_photographer(text: str) -> bool:
    """Return whether a line is nothing but a photographer."""
    return len(text) <= 30 and _PHOTOGRAPHER.match(text) is not None


def byline(text: str) -> str | None:
    """Return who wrote, when that is all that the line says; brackets taken off."""
    if len(text) > 120:
        return None
    for pattern in (_BYLINE_BRACKETS, _BYLINE_PLAIN, _BYLINE_ENGLISH):
        found = pattern.match(text)
        if found:
            return next(group for group in found.groups() if group).strip()
    return text if _is_credits(text) else None


def _is_credits(text: str) -> bool:
    """Return whether a line is made of labels and names, such as `策划:某某 摄影:某某`."""
    labels = list(_CREDIT.finditer(text))
    if not labels or labels[0].start() != 0:
        return False
    ends = [label.start() for label in labels[1:]] + [len(text)]
    names = [text[label.end() : end] for label, end in zip(labels, ends, strict=True)]
    return all(0 < len(name) <= 40 and not re.search("[:：。,，]", name) for name in names)


def office_byline(text: str) -> bool:
    """Return whether a line is an office and a name, such as `县农业局局长 王某某`."""
    found = _OFFICE_NAME.match(text) if len(text) <= 50 else None
    return found is not None and _OFFICE.search(found[1]) is not None


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the web site and not to the article."""
    if len(text) > 120:
        return False
    return text in _NAVIGATION or any(
        pattern.search(text) for pattern in (_EMPTY_LABEL, _COPYRIGHT, _NEIGHBOUR_LINK, _PAGE_NUMBER)
    )


def is_editor(text: str) -> bool:
    """Return whether a line names who edited or checked, as at the foot of an article."""
    return len(text) <= 80 and _EDITOR.match(text) is not None


def dateline_byline(text: str) -> str | None:
    """Return who reported, from the dateline that a text starts with."""
    found = _DATELINE_BYLINE.match(text) if DATELINE.match(text) else None
    return next(group for group in found.groups() if group).strip() if found else None


def closing_byline(text: str) -> str | None:
    """Return who wrote, from the brackets that a text ends with."""
    found = _CLOSING_BYLINE.search(text[-80:]) if text[-1:] in ")）" else None
    return found[1].strip() if found else None


def is_kicker(text: str) -> bool:
    """Return whether a headline announces what was said, and so stands over or under the title."""
    return _KICKER_END.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, closing quotes and brackets put aside."""
    bare = text.rstrip(CLOSING)
    return bool(bare) and bare[-1] in SENTENCE_END + ".;；:："


def is_headline_like(text: str) -> bool:
    """Return whether a line could head something: short, without a full stop, not ending like a clause."""
    if (
        not text
        or units(text) > MAX_HEADLINE
        or "。" in text
        or text[-1] in ",，、;；:：.。—-"
        or text[0] in "”’」』》）)】,，、。;；"
    ):
        return False
    if LIST_ITEM.match(text) and not NUMBERED.match(text):
        return False
    if not any(character.isalnum() for character in text) or re.search(r"[.!?] +\S.*[.!?]$", text):
        return False
    return not (text[-1] in "!！?？…" and units(text) > 40)


def unclosed(text: str) -> bool:
    """Return whether a quote or bracket is opened and not closed."""
    pairs = zip(OPENING[:-1], "”’」』》）)】〕］]〗〉", strict=False)
    return any(text.count(opening) > text.count(closing) for opening, closing in pairs)
