"""Chinese for the few English sentences that the parts below write for a reader: reasons for silence, and mistakes.

A sentence that is not known here is shown as it is. Knows nothing of how it is shown.
"""

import re

from qa.web.words import Language

_TYPES = {"number": "数字", "date": "日期", "person": "人名", "place": "地点"}

# The sentence of `qa.answer.confidence`, `qa.assistant` and `qa.errors`, and the same in Chinese;
# tests/unit/test_web_translate.py asks the real ones.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"No passage was found\."), "没有找到相关的段落。"),
    (
        re.compile(
            r"The documents do not say; the nearest article, “(?P<title>.*)”, is about something else "
            r"by name or number\."
        ),
        "最接近的文章《{title}》里没有所问的名称或数字。",
    ),
    (
        re.compile(
            r"The nearest article, “(?P<title>.*)”, names no (?P<type>number|date|person|place) "
            r"that would answer this\."
        ),
        "最接近的文章《{title}》里没有能回答它的{type}。",
    ),
    (re.compile(r"The documents do not say; the nearest article is “(?P<title>.*)”\."), "最接近的文章是《{title}》。"),
    (
        re.compile(r"The quotation could not be proved against its source\."),
        "找到的句子在原文中核对不上，所以不引用。",
    ),
    (
        re.compile(r"The question has (?P<length>\d+) characters; (?P<most>\d+) is the most\. .*"),
        "问题有 {length} 个字符，最多 {most} 个。请用一两句话只问一件事。",
    ),
    (re.compile(r"The question is empty\. .*"), "问题是空的。请写一个问题再提交。"),
    (
        re.compile(r"The store holds no documents yet\. .*"),
        "还没有任何文件。请先建立索引：wenju index 文件夹",
    ),
)


def in_language(sentence: str, language: Language) -> str:
    """Return an English sentence of ours in this language, or as it is where no translation is known."""
    if language == "en":
        return sentence
    for pattern, chinese in _SENTENCES:
        match = pattern.fullmatch(sentence)
        if match is not None:
            known = match.groupdict()
            return chinese.format(**known | {"type": _TYPES.get(known.get("type", ""), "")})
    return sentence
