"""Words that every page shows."""

from collections.abc import Mapping

COMMON: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "name": "问据",
        "tagline": "问文件，看证据",
        "loaded": "{articles} · {passages} · {model} · 本机运行，无大模型",
        "loaded_llm": "{articles} · {passages} · {model} · 本机检索，另有 {llm} 写作，逐句核对",
        "loaded_none": "资料库读不出来",
        "articles": "{count} 篇文章",
        "articles_one": "1 篇文章",
        "passages": "{count} 个段落",
        "passages_one": "1 个段落",
        "problem": "没能回答",
        "pages": "页面",
        "page_chat": "问答",
        "page_documents": "文件",
        "page_corpus": "概览",
        "theme": "切换深浅色",
        "lost": "连接断了|和服务器的连接断了，正在重新连接。问过的问题和写好的字都不会丢。",
    },
    "en": {
        "name": "Wenju",
        "tagline": "Ask your documents, see the evidence",
        "loaded": "{articles} · {passages} · {model} · on this machine, no LLM",
        "loaded_llm": "{articles} · {passages} · {model} · {llm} writes, every sentence checked",
        "loaded_none": "the store cannot be read",
        "articles": "{count} articles",
        "articles_one": "1 article",
        "passages": "{count} passages",
        "passages_one": "1 passage",
        "problem": "Could not answer",
        "pages": "Pages",
        "page_chat": "Chat",
        "page_documents": "Documents",
        "page_corpus": "Corpus",
        "theme": "Switch between light and dark",
        "lost": "Connection lost|The connection to the server was lost; trying to reconnect. What you asked and typed "
        "is kept.",
    },
}
