"""Complete a question that leans on the ones before it. Pure text, no model."""

import re
from collections.abc import Sequence

from qa.retrieval.tokens import STOP_WORDS, tokenize

_LEANS = re.compile(
    r"^(?:那么?|其中|还有|另外|这|它|他|她|该|此|后来|然后|接着|具体|为什么呢|而)|[它他她]们?|其(?!他|它|余|实|中)|这[个些项里次家座位条]|那[个些项里次家座位条]"
    r"|该[区县市镇村街项公企单]|呢[?？]?$"
    r"|^(?:and|what about|how about|why|which of (?:them|these|those))\b"
    r"|\b(?:it|its|they|them|their|he|she|his|her|there|this|that|these|those)\b",
    re.IGNORECASE,
)
# A question of fewer tokens that name something cannot stand alone; Chinese has its words and its pairs as tokens.
_FEW_TOKENS_CHINESE, _FEW_TOKENS = 4, 2
_HAN = re.compile(r"[\u4e00-\u9fff]")


def leans(question: str) -> bool:
    """Tell whether a question needs the one before it to be understood."""
    naming = [token for token in tokenize(question) if token not in STOP_WORDS and not token.isdigit()]
    few = _FEW_TOKENS_CHINESE if _HAN.search(question) else _FEW_TOKENS
    return bool(_LEANS.search(question.strip())) or len(naming) < few


def complete(question: str, history: Sequence[str]) -> str:
    """Return what to search for: the question itself, or, where it leans on them, the questions before it as well.

    Earlier questions are taken back to the last one that stands alone, for that one names the subject.
    """
    if not history or not leans(question):
        return question
    before: list[str] = []
    for earlier in reversed(history):
        before.insert(0, earlier.strip())
        if not leans(earlier):
            break
    return " ".join([*before, question])
