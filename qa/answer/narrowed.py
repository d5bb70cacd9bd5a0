"""Say what filters have to do with silence: that nothing is left to search, or how many articles have no date.

Written in the question's language, as all reasons are. Selects nothing; `qa.retrieval.selection` does.
"""

from qa.filters import described
from qa.language import Language
from qa.retrieval.selection import Selection
from qa.retrieval.tokens import holds_han
from qa.types import Answer

_NOTHING = {
    "zh": "没有符合筛选条件（{filters}）的文章。",
    "en": "No article fits the filters ({filters}).",
}
_DATES = {
    "zh": "有日期的文章从{first}到{last}。",
    "en": "Those with a date are from {first} to {last}.",
}
_DATE = {
    "zh": "有日期的文章都是{first}的。",
    "en": "Those with a date are all of {first}.",
}
_UNDATED = {
    "zh": "{count}篇没有日期的文章没有查。",
    "en": "{articles} without a date were left out.",
}


def nothing_left(question: str, selection: Selection) -> str:
    """Return why a question could not be put to any article."""
    language = _language(question)
    parts = [_NOTHING[language].format(filters=described(selection.filters, language=language))]
    if selection.filters.dated and selection.first:
        words = _DATE if selection.first == selection.last else _DATES
        parts.append(words[language].format(first=selection.first, last=selection.last))
    return _joined([*parts, left_out(question, selection)], language)


def left_out(question: str, selection: Selection | None) -> str:
    """Return how many articles a filter by date left out for want of one; empty where there are none."""
    if selection is None or not selection.undated:
        return ""
    language = _language(question)
    noun = "1 article" if selection.undated == 1 else f"{selection.undated} articles"
    text = _UNDATED[language].format(count=selection.undated, articles=noun)
    return text.replace("were left", "was left") if selection.undated == 1 else text


def with_left_out(question: str, reason: str | None, selection: Selection | None) -> str | None:
    """Return the reason of a silence with what a filter by date left out."""
    note = left_out(question, selection)
    return _joined([reason, note], _language(question)) if reason and note else reason


def _joined(sentences: list[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(sentence for sentence in sentences if sentence)


def _language(question: str) -> Language:
    return "zh" if holds_han(question) else "en"


def unanswered(question: str, reason: str, generation: int, seconds: float) -> Answer:
    """Return the answer to a question that could not be put to any passage."""
    return Answer(
        question=question,
        searched_for=question.strip(),
        answer=None,
        sentence=None,
        confidence=0.0,
        reason=reason,
        citations=(),
        hits=(),
        timings_ms={"total": seconds * 1000},
        generation=generation,
    )
