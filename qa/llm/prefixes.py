"""Cut what only says that a document says it: 据文章报道, according to the document. It claims nothing of its own."""

import re

_WORKS = "文章|报道|文件|文档|资料|材料|原文|文中|段落|新闻|文本"
_PREFIX = re.compile(
    rf"^\s*(?:"
    rf"(?:根据|据|依据)(?:该|这篇|本|上述|所给|提供的)?(?:{_WORKS})(?:的)?(?:报道|记载|介绍|显示|内容|所述|描述)?\s*,"
    rf"|(?:该|这篇|本|上述)?(?:{_WORKS})(?:中)?(?:提到|写道|指出|称|说|显示|记载)\s*[,:]?"
    r"|according to the (?:article|document|passage|report|text)s?\s*,"
    r"|the (?:article|document|passage|report|text)s? (?:says?|states?|reports?|notes?)(?: that)?\s*[,:]?"
    r")\s*"
)


def without_prefix(folded: str) -> str:
    """Return a folded sentence without such words at its beginning."""
    return _PREFIX.sub("", folded, count=1)
