"""Examples of what programs send and get, for OpenAPI, the page of Gradio's endpoints and the MCP tools.

True of the sample corpus: what is sent is answered, and the answer is one that was given. Answers nothing.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

Json = dict[str, JsonValue]

QUESTION = "图书馆新馆有多少个阅览座位？"
FOLLOW_UP = "建筑面积呢？"
QUERY = "图书馆新馆 阅览座位"
SOURCE = "linxi-daily-page.txt"
START, END = 1182, 1219
AROUND = 500
FILTERS: Json = {"source": "linxi-*"}
NOTE = "正是这个数。"

ASKED: Json = {"question": QUESTION, "top_k": 3}
SEARCHED: Json = {"query": QUERY, "top_k": 3}
COMPLETED: Json = {"model": "wenju", "messages": [{"role": "user", "content": QUESTION}]}

CALLS: Mapping[str, Mapping[str, Any]] = {
    "ask": {"question": FOLLOW_UP, "history": [QUESTION], "top_k": 8, "filters": FILTERS, "llm": True},
    "search": {"query": QUERY, "top_k": 8, "filters": FILTERS},
    "article": {"document_id": SOURCE, "start": START, "end": END, "around": AROUND},
    "documents": {"collection": "", "offset": 0, "limit": 100},
    "feedback": {
        "question": QUESTION, "rating": 1, "note": NOTE, "history": [], "answer": None, "generation": 9,
    },
}  # fmt: skip
"""A value of each parameter of the Gradio endpoints, by their names."""

_SENTENCE = "新馆建筑面积2.86万平方米,设阅览座位1900个,首批上架图书74万册。"
_ARTICLE = "市图书馆新馆开门迎客"
_PASSAGE = (
    "本报讯(记者袁立冬)11月9日8时30分,位于望河区滨霁大道88号的市图书馆新馆正式开放。新馆建筑面积2.86万平方米,"
    "设阅览座位1900个,首批上架图书74万册。开馆第一天,1.2万人次走进新馆,办理读者证2318张。第一个借到书的,"
    "是凌晨五点就来排队的退休教师孔维桢,他借的是一本《霁河船歌集》。"
)
HIT: Json = {
    "rank": 1, "score": 1.0899, "source": SOURCE, "title": _ARTICLE, "start": 1137, "end": 1287, "text": _PASSAGE,
    "why": {
        "dense": {"rank": 1, "score": 0.9082},
        "keyword": {"rank": 1, "score": 0.4948, "terms": ["图书馆新馆", "阅览座位"]},
        "rerank": {"rank": 1, "score": 0.9432},
    },
}  # fmt: skip
ANSWER: Json = {
    "question": QUESTION,
    "searched_for": QUESTION,
    "answer": "1900个",
    "sentence": _SENTENCE,
    "abstained": False,
    "reason": None,
    "confidence": 0.9244,
    "citations": [
        {
            "number": 1, "source": SOURCE, "title": _ARTICLE, "subtitle": None, "byline": "记者袁立冬",
            "publisher": None, "date": None, "page": None, "start": START, "end": END, "quote": _SENTENCE,
            "text": _SENTENCE, "match": "exact",
        }
    ],
    "hits": [HIT],
    "timings_ms": {"encode": 85, "search": 9, "rerank": 584, "read": 18, "total": 784},
    "generation": 9,
}  # fmt: skip
"""The answer of docs/reference/answer.json with its first passage."""

RECEIVED: Mapping[str, Json] = {"/v1/ask": ANSWER, "/v1/search": {"query": QUERY, "hits": [HIT]}}
"""What a route answers to its example, by its path."""
