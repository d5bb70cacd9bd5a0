"""What a line looks like: headline, list item, site furniture, kicker, subtitle.

Looks at one repaired line at a time. Names of writers are the business of `qa.corpus.bylines`, sources and dates of
`qa.corpus.metadata`; what a line means in its place is decided by `qa.corpus.roles`.
"""

import re

from qa.corpus import site
from qa.corpus.characters import CLOSING, OPENING, SENTENCE_END, is_longer

_PAGE_NUMBER = re.compile(
    r"^(?:\d{1,3}|[A-D]\d{1,2}|第?\s?[\dA-D]{1,3}\s?版|第[一二三四五六七八九十]{1,3}版|[-—]\s?\d{1,4}\s?[-—]|Page "
    r"\d+(?: of \d+)?|第\d+页)$"
)
_OTHER_PAGE = re.compile(
    r"^[(（]?(?:下转|上接|详见|见)第?.{1,4}版[)）]?$|^.{4,30}[ 　(（>》…]+第?[\dA-D一二三四五六七八]{1,2}版[)）]?$"
)
_OTHER_PAGE_ENGLISH = re.compile(
    r"^.{3,60}?(?:[ .…]{2,}| [—–-] |, )(?:see )?(?:p\.|pp\.|pages?) ?[A-Z]?\d{1,3}(?:[–-]\d{1,3})?$"
    r"|^[(\[]?(?:[Cc]ontinued|[Tt]urn|[Ss]ee|[Mm]ore|[Ff]ull (?:story|report)|[Ff]rom)\b.{0,30}?\b[Pp]ages? "
    r"[A-Z]?\d{1,3}[)\].]{0,2}$"
)
_EMPTY_LABEL = re.compile(
    r"^(?:作者|来源|编辑|责任编辑|责编|记者|时间|日期|发布时间|浏览|浏览次数|阅读|点击数?|字号|字体|摘要|关键词"
    r"|标签)\s*[:：]$"
)

LIST_ITEM = re.compile(
    r"^(?:——?|[-*+•●■□◆◇▪·○※★☆▶►]\s?|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[条章节部分]|[①-⑳]|[a-zA-Z][.)] )"
)
NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节部分编篇])"
)
_STEP = re.compile(
    r"第[一二三四五六七八九十\d]{1,2}[步招类项点]|[一-鿿]{1,4}?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[:：]"
)
FIRST_NUMBER = re.compile(r"^(?:[(（]?[一1①][)）、.．]?|第[一1][章节部分编篇]|[●■◆★▶◇○◎])")
PREFACE = re.compile(
    r"^[【(（\[]?(?:编者按|编者的话|核心提示|导读|内容提要|摘要|阅读提示|开栏的话|开栏语)[】)）\]]?(?:[:：\s]|$)?"
)
SUBTITLE_START = re.compile(r"^(?:—{1,2}|--+|―+)\s*(?=\S)")
SPEAKER = re.compile(
    r"^(?:(?:记者|问|答|主持人|笔者|Q|A|[Qq]uestion|[Aa]nswer)\s?\d{0,2}\s?[:：]"
    r"|[一-鿿]{1,4}[ 　]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[ 　]?[:：].{0,80}[?？]$"
    r"|(?![您你我有百]问)[^:：。，,!?！？]{1,14}(?:问|答|说|回答|回复|答复|回应|解答|咨询|提问|来电|留言|来信|先生"
    r"|女士|同学|师傅|大爷|大妈|阿姨|网友|读者)\s?[:：])"
)
_TWO_SENTENCES = re.compile(r"[.!?][”’\"')]* +\S.*[.!?][”’\"')]*$")
_SECTION = re.compile(
    r"[【\[〔]?(?:要闻|民生|社会|经济|文化|体育|教育|健康|国际|国内|本地|城事|时评|副刊|财经|综合|民生新闻|社会新闻"
    r"|综合新闻|本地新闻"
    r"|体育新闻|国内新闻|国际新闻)[】\]〕]?"
    r"|(?:LOCAL |WORLD |NATIONAL |COMMUNITY )?(?:NEWS|SPORTS?|BUSINESS|OPINION|COMMENT|FEATURES?|CULTURE|ARTS|LIFE"
    r"|COMMUNITY)"
)
_KICKER = re.compile(
    r"(?:强调|要求|指出|提出|表示|透露)$|^(?:探访|走访|寻访|专访|对话|来自|写在)(?=[一-鿿“《])|^(?:记"
    r"|访)(?=[一-鿿“《]{3})(?!者|录|住|得|忆|问|谈|客|惠)"
    r"|(?:的故事|纪实|侧记|见闻|记事|扫描|综述|掠影|札记|巡礼|访谈|访谈录)$"
)

MAX_HEADLINE = 60
"""In Chinese characters; kicker and headline may share a line."""

MAX_POINTER = 80
"""Characters of a page number or a pointer to another page."""

MAX_QUESTION = 40
"""A longer line that ends in a question or exclamation mark is a sentence."""


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the web site or the page and not to an article."""
    if len(text) <= MAX_POINTER and any(
        pattern.match(text) for pattern in (_EMPTY_LABEL, _PAGE_NUMBER, _OTHER_PAGE, _OTHER_PAGE_ENGLISH)
    ):
        return True
    return site.is_site(text)


def is_kicker(text: str) -> bool:
    """Return whether a headline announces what was said or who was met, and so stands over or under the title."""
    return _KICKER.search(text) is not None


def is_section(text: str) -> bool:
    """Return whether a line names a section of a paper, and so stands over several articles."""
    return _SECTION.fullmatch(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, closing quotes and brackets put aside."""
    bare = text.rstrip(CLOSING)
    return bool(bare) and bare[-1] in SENTENCE_END + ".;；:："


def is_headline_like(text: str) -> bool:
    """Return whether a line could head something: short, without a full stop, not ending like a clause."""
    if not text or text[-1] in ",，、;；:：.。—-" or text[0] in "”’」』》）)】,，、。;；":
        return False
    last = text.rstrip(CLOSING)[-1:]
    if "。" in text or is_longer(text, MAX_QUESTION if last and last in "!！?？…" else MAX_HEADLINE):
        return False
    if LIST_ITEM.match(text) and not NUMBERED.match(text):
        return False
    if SPEAKER.match(text):
        return False
    if not (text[0].isalnum() or any(character.isalnum() for character in text)):
        return False
    return last not in (".", "!", "?") or not (last == "." or _TWO_SENTENCES.search(text))


def is_subtitle_like(text: str) -> bool:
    """Return whether a line can be a subtitle that starts with a dash; under a headline it is one."""
    return SUBTITLE_START.match(text) is not None and is_headline_like(SUBTITLE_START.sub("", text)[:MAX_HEADLINE])


def is_listed(text: str) -> bool:
    """Return whether a line starts with a number or a mark of lists; a dash may start a subtitle as well."""
    return (LIST_ITEM.match(text) or _STEP.match(text)) is not None and SUBTITLE_START.match(text) is None


def unclosed(text: str) -> bool:
    """Return whether a quote or bracket is opened and not closed."""
    return any(
        opening in text and text.count(opening) > text.count(closing)
        for opening, closing in zip(OPENING[:-1], "”’」』》）)】〕］]〗〉", strict=False)
    )
