"""Words that every page shows."""

from collections.abc import Mapping

COMMON: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "name": "问据",
        "tagline": "问文件，看证据",
        "loaded": "{articles} · {passages} · {model} · 本机运行，无大模型",
        "articles": "{count} 篇文章",
        "articles_one": "1 篇文章",
        "passages": "{count} 个段落",
        "passages_one": "1 个段落",
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
        "problem": "Could not answer",
    },
}
