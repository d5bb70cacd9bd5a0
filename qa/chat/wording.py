"""Words of exported conversations, in Chinese and English."""

from collections.abc import Mapping

from qa.language import Language

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "lang": "zh-CN",
        "about": "由问据（Wenju）导出 · {count} 个问题 · {when}",
        "from_to": "{begun} 至 {changed}",
        "asked": "{at} 提问",
        "searched": "按“{query}”搜索",
        "only": "只在这些范围内：{filters}",
        "alone": "单独提问，不看前文",
        "unsaid": "这些文件没有说。",
        "problem": "没有回答：{problem}",
        "confidence": "把握 {value}",
        "generation": "索引第 {generation} 代",
        "evidence": "引文",
        "span": "字符 {start}–{end}",
        "repaired": "修复后：",
        "also_in": "也见于 {files}",
        "dropped": "另有 {count} 条引文在原文中核对不上，没有显示。",
        "good": "读者认为回答得好",
        "bad": "读者认为回答得不好",
        "note": "读者留言：{note}",
        "lost_question": "（读不出来的问题）",
        "question": "问题 {number}",
    },
    "en": {
        "lang": "en",
        "about": "Exported from Wenju · questions: {count} · {when}",
        "from_to": "{begun} to {changed}",
        "asked": "asked {at}",
        "searched": "searched for “{query}”",
        "only": "only in: {filters}",
        "alone": "asked alone, without the questions before",
        "unsaid": "The documents do not say.",
        "problem": "No answer: {problem}",
        "confidence": "confidence {value}",
        "generation": "index generation {generation}",
        "evidence": "Quotations",
        "span": "characters {start}–{end}",
        "repaired": "Repaired: ",
        "also_in": "also in {files}",
        "dropped": "Quotations that could not be found in their source and are not shown: {count}.",
        "good": "A reader found this answer good",
        "bad": "A reader found this answer not good",
        "note": "A reader's note: {note}",
        "lost_question": "(a question that cannot be read)",
        "question": "Question {number}",
    },
}
