"""Words of the chat."""

from collections.abc import Mapping

CHAT: Mapping[str, Mapping[str, str]] = {
    "zh": {
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
        "examples": "可以这样问",
        "welcome": "从这些文件里找答案，每个答案都附原文。",
        "not_said": "文件中没有说。",
        "understood_as": "按上文理解为：{query}",
        "alone": "单独问这一句",
    },
    "en": {
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
        "examples": "Try asking",
        "welcome": "Answers come from these documents, each with its source quoted.",
        "not_said": "The documents do not say.",
        "understood_as": "Understood with the questions before as: {query}",
        "alone": "Ask it alone",
    },
}
