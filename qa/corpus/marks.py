"""What a line looks like: headline, list item, site furniture, kicker, subtitle.

Looks at one repaired line at a time. Names of writers are the business of `qa.corpus.bylines`, sources and dates of
`qa.corpus.metadata`; what a line means in its place is decided by `qa.corpus.roles`.
"""

import re

from qa.corpus.characters import CLOSING, OPENING, SENTENCE_END, is_longer

_COPYRIGHT = re.compile(
    r"版权所有|未经.{0,12}(?:授权|许可|同意|允许).{0,8}(?:不得|禁止|严禁|请勿).{0,4}(?:转载|摘编|复制|使用|镜像|转贴)"
    r"|[Aa]ll [Rr]ights [Rr]eserved|^©|^Copyright\b|转载请注明|ICP备"
)
_NAVIGATION = frozenset(
    "全部 首页 正文 返回 返回顶部 返回首页 打印 打印本页 分享 分享到 关闭 关闭窗口 上一篇 下一篇 上一版 下一版 "
    "收藏 评论 相关阅读 相关新闻 推荐阅读 热门推荐 字号 字体 扫一扫 点击查看 查看更多 "
    "阅读全文 登录 注册 搜索 展开 收起 我要纠错 "
    "Home Share Print Search Login Menu Back Next Previous Subscribe Advertisement".split()
)
_NEIGHBOUR_LINK = re.compile(r"^(?:上一篇|下一篇|上一条|下一条|相关阅读|原标题|Tags?|标签)\s*[:：]")
_PAGE_NUMBER = re.compile(
    r"^(?:\d{1,3}|[A-D]\d{1,2}|第?\s?[\dA-D]{1,3}\s?版|[-—]\s?\d{1,4}\s?[-—]|Page \d+(?: of \d+)?|第\d+页)$"
)
_OTHER_PAGE = re.compile(
    r"^[(（]?(?:下转|上接|详见|见)第?.{1,4}版[)）]?$|^.{4,30}[ 　(（>》…]+第?[\dA-D一二三四五六七八]{1,2}版[)）]?$"
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
SUBTITLE_START = re.compile(r"^(?:—{1,2}|--+|―+)\s*(?=\S)")
_SPEAKER = re.compile(r"^(?:记者|问|答|主持人|笔者|Q|A)\s?[:：]")
_TWO_SENTENCES = re.compile(r"[.!?] +\S.*[.!?]$")
_KICKER_END = re.compile(r"(?:强调|要求|指出|提出|表示|透露)$")

MAX_HEADLINE = 60
"""In Chinese characters; kicker and headline may share a line."""

MAX_QUESTION = 40
"""A longer line that ends in a question or exclamation mark is a sentence."""


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the web site or the page and not to an article."""
    if len(text) > 80:
        return False
    if text in _NAVIGATION or _COPYRIGHT.search(text):
        return True
    return any(pattern.match(text) for pattern in (_EMPTY_LABEL, _NEIGHBOUR_LINK, _PAGE_NUMBER, _OTHER_PAGE))


def is_kicker(text: str) -> bool:
    """Return whether a headline announces what was said, and so stands over or under the title."""
    return _KICKER_END.search(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, closing quotes and brackets put aside."""
    bare = text.rstrip(CLOSING)
    return bool(bare) and bare[-1] in SENTENCE_END + ".;；:："


def is_headline_like(text: str) -> bool:
    """Return whether a line could head something: short, without a full stop, not ending like a clause."""
    if not text or text[-1] in ",，、;；:：.。—-" or text[0] in "”’」』》）)】,，、。;；":
        return False
    if "。" in text or is_longer(text, MAX_QUESTION if text[-1] in "!！?？…" else MAX_HEADLINE):
        return False
    if LIST_ITEM.match(text) and not NUMBERED.match(text):
        return False
    if _SPEAKER.match(text):
        return False
    if not (text[0].isalnum() or any(character.isalnum() for character in text)):
        return False
    return text[-1] not in "!?\n" or not _TWO_SENTENCES.search(text)


def is_subtitle_like(text: str) -> bool:
    """Return whether a line can be a subtitle that starts with a dash; under a headline it is one."""
    return SUBTITLE_START.match(text) is not None and is_headline_like(SUBTITLE_START.sub("", text)[:MAX_HEADLINE])


def unclosed(text: str) -> bool:
    """Return whether a quote or bracket is opened and not closed."""
    return any(
        opening in text and text.count(opening) > text.count(closing)
        for opening, closing in zip(OPENING[:-1], "”’」』》）)】〕］]〗〉", strict=False)
    )
