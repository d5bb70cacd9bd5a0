"""Every word of our own that the web chat shows, in Chinese and English, and the choice between the two.

Knows nothing of documents: their text is never translated.
"""

import re
from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "name": "问据",
        "tagline": "问文件，看证据",
        "loaded": "{articles} · {passages} · {model} · 本机运行，无大模型",
        "articles": "{count} 篇文章",
        "articles_one": "1 篇文章",
        "passages": "{count} 个段落",
        "passages_one": "1 个段落",
        "placeholder": "问这些文件一个问题…",
        "question_label": "问题",
        "clear": "清空对话",
        "filters": "筛选文章",
        "publisher": "来源",
        "author": "作者",
        "collection": "文集",
        "since": "起始日期",
        "until": "截止日期",
        "searched_only": "只查了：{filters}",
        "also_in": "也见于 {files}",
        "examples": "可以这样问",
        "welcome": "从这些文件里找答案，每个答案都附原文。",
        "evidence": "证据",
        "evidence_empty": "回答出来以后，这里显示它引用的原文：出自哪篇文章、谁写的、在文件的什么位置。",
        "evidence_none": "没有可以引用的原文。",
        "evidence_for": "“{question}”的证据",
        "not_said": "文件中没有说。",
        "closest": "最接近的段落",
        "see_evidence": "查看引文 {number}",
        "understood_as": "按上文理解为：{query}",
        "alone": "单独问这一句",
        "quote_raw": "原文",
        "quote_repaired": "修复后",
        "repaired_note": "这段原文有破损，搜索用的是修复后的文字。",
        "position": "第 {line} 行，字符 {start}–{end}",
        "page": "第 {page} 页",
        "row": "第 {page} 行",
        "dropped": "另有 {count} 条引文在原文中核对不上，没有显示。",
        "dropped_one": "另有 1 条引文在原文中核对不上，没有显示。",
        "others": "其他找到的段落",
        "found": "找到的段落",
        "why_dense": "意思相近，排第 {rank}",
        "why_keyword": "关键词匹配，排第 {rank}",
        "why_dictionary": "经英汉词典匹配，排第 {rank}",
        "why_other": "{leg}，排第 {rank}",
        "why_next": "与排名靠前的段落同篇相邻",
        "kind_caption": "图片说明",
        "kind_byline": "署名",
        "kind_heading": "小标题",
        "problem": "没能回答",
    },
    "en": {
        "name": "Wenju",
        "tagline": "Ask your documents, see the evidence",
        "loaded": "{articles} · {passages} · {model} · runs on this machine, no LLM",
        "articles": "{count} articles",
        "articles_one": "1 article",
        "passages": "{count} passages",
        "passages_one": "1 passage",
        "placeholder": "Ask a question…",
        "question_label": "Question",
        "clear": "Clear chat",
        "filters": "Filter articles",
        "publisher": "Publisher",
        "author": "Author",
        "collection": "Collection",
        "since": "From date",
        "until": "Until date",
        "searched_only": "Searched only: {filters}",
        "also_in": "also in {files}",
        "examples": "Try asking",
        "welcome": "Answers come from these documents, each with its source quoted.",
        "evidence": "Evidence",
        "evidence_empty": "Once there is an answer, the source it quotes appears here: which article, who wrote it, "
        "and where it stands in the file.",
        "evidence_none": "There is nothing to quote.",
        "evidence_for": "Evidence for “{question}”",
        "not_said": "The documents do not say.",
        "closest": "What comes closest",
        "see_evidence": "See quotation {number}",
        "understood_as": "Understood with the questions before as: {query}",
        "alone": "Ask it alone",
        "quote_raw": "Source",
        "quote_repaired": "Repaired",
        "repaired_note": "The source is damaged here; the repaired text is what was searched.",
        "position": "line {line}, characters {start}–{end}",
        "page": "page {page}",
        "row": "row {page}",
        "dropped": "{count} more quotations could not be found in their source and are not shown.",
        "dropped_one": "1 more quotation could not be found in its source and is not shown.",
        "others": "Other passages found",
        "found": "Passages found",
        "why_dense": "close in meaning, rank {rank}",
        "why_keyword": "keywords match, rank {rank}",
        "why_dictionary": "matched through the dictionary, rank {rank}",
        "why_other": "{leg}, rank {rank}",
        "why_next": "stands next to a passage that ranks high",
        "kind_caption": "Caption",
        "kind_byline": "By-line",
        "kind_heading": "Heading",
        "problem": "Could not answer",
    },
}

_RANGE = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?\s*")


def language_of(accept_language: str | None) -> Language:
    """Return the language to write in, from a browser's Accept-Language header.

    The page itself is translated in the browser, which goes by its first language; so do we. Chinese without a header
    (scripts, old proxies), Chinese for every `zh`, English for any other language.
    """
    preferred = _ranges(accept_language or "")
    if not preferred:
        return "zh"
    return "zh" if preferred[0].split("-")[0] == "zh" else "en"


def _ranges(header: str) -> list[str]:
    """Return the languages of a header in lower case, best first; what is malformed or refused with q=0 is left out."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        match = _RANGE.fullmatch(part.strip())
        if match is None or match[1] == "*":
            continue
        quality = float(match[2]) if match[2] else 1.0
        if quality > 0:
            weighed.append((-quality, place, match[1].lower()))
    return [language for _, _, language in sorted(weighed)]


def word(key: str, language: Language, **values: object) -> str:
    """Return the word of this key with its places filled in; `values` are put in as they are, not escaped."""
    return WORDS[language][key].format(**values)


def counted(key: str, language: Language, count: int) -> str:
    """Return a number with its noun, singular for one; keys `key` and `key_one`."""
    return word(f"{key}_one" if count == 1 else key, language, count=count)
