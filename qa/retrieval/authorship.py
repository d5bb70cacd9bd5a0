"""Tell a question about who wrote an article, whose answer stands in its by-line. Finds nothing itself."""

import re

from qa.retrieval.tokens import fold

_WRITING = re.compile(
    r"撰写|撰文|执笔|署名|供稿|采写|采访报道|所写|写的|写了|写下|写出|作者|记者|通讯员|摄影|拍摄|拍的"
    r"|\b(?:wrote|written|writes|author(?:ed|s)?|by-?lines?|penned|reporters?|reported|journalists?|correspondents?"
    r"|photograph(?:ed|ers?|er)?|photos?)\b"
)
_PERSON = re.compile(r"谁|何人|哪[一几两]?位|什么人|叫什么|什么名字|是哪|作者是|作者为|\bwho(?:m|se)?\b|\bwhich\b|\bname\b")


def asks_who_wrote(question: str) -> bool:
    """Tell whether a question, in Chinese or English, asks for the author, reporter or photographer of something."""
    folded = fold(question)
    return bool(_WRITING.search(folded) and _PERSON.search(folded))
