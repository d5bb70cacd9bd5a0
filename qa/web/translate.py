"""Chinese for the few English sentences that the parts below write for a reader: mistakes, and a quotation unproved.

Reasons for silence are written in the question's language (`qa.answer.silence`). A sentence that is not known here is
shown as it is. Knows nothing of how it is shown.
"""

import re

from qa.web.words import Language

# The sentence of `qa.assistant` and `qa.errors`, and the same in Chinese;
# tests/unit/test_web_translate.py asks the real ones.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = (
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
        re.compile(r"“(?P<text>.*)” is not a date for (?:since|until)\. .*", re.DOTALL),
        "“{text}”不是日期。请写成 2021-09-03、2021-09 或 2021。",
    ),
    (
        re.compile(r"since (?P<since>\S+) is after until (?P<until>\S+)\. .*"),
        "起始日期 {since} 晚于截止日期 {until}。请对调。",
    ),
    (
        re.compile(r"No article has a publisher like “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.", re.DOTALL),
        "没有哪篇文章的来源含有“{name}”。这里有：{known}。",
    ),
    (
        re.compile(r"No by-line holds “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.", re.DOTALL),
        "没有哪篇文章的署名含有“{name}”。这里有：{known}。",
    ),
    (
        re.compile(r"There is no collection “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.", re.DOTALL),
        "没有名为“{name}”的文集。这里有：{known}。",
    ),
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
            return chinese.format(**match.groupdict())
    return sentence
