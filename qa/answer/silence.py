"""Say why nothing is said, in the question's language: what the documents lack, what the nearest article has instead.

Decides nothing; `qa.answer.confidence` does.
"""

import re
from collections.abc import Mapping, Sequence

from qa.answer.guard.contradiction import Contradiction, described
from qa.answer.question import Asked
from qa.retrieval.titles import QUOTATION
from qa.types import Article

_HAN = re.compile(r"[\u3400-\u9fff]")
_TYPES = {
    Asked.NUMBER: ("数字", "number"),
    Asked.DATE: ("时间", "date"),
    Asked.PERSON: ("人名", "person"),
    Asked.PLACE: ("地点", "place"),
}
# Chinese, English.
_OTHER_NAMES = (
    "这些文章没有说；最接近的一篇《{title}》里，名称或数字不同。",
    "The documents do not say; the nearest article, “{title}”, is about something else by name or number.",
)
_NO_TYPE = (
    "最接近的一篇《{title}》没有给出可以回答的{type}。",
    "The nearest article, “{title}”, names no {type} that would answer this.",
)
_NEAREST = (
    "这些文章没有说；最接近的一篇是《{title}》。",
    "The documents do not say; the nearest article is “{title}”.",
)
_UNSIGNED = ("《{title}》没有写明是谁。", "“{title}” does not print who.")
_NOTHING = ("没有找到相关的段落。", "No passage was found.")


def _language(question: str) -> int:
    """Return 0 for a Chinese question, 1 for an English one, whatever the language of a title that it quotes."""
    asking = QUOTATION.sub("", question)
    return 0 if _HAN.search(asking if any(map(str.isalpha, asking)) else question) else 1


def unsigned(question: str, article: Article) -> str:
    """Return, in the question's language, that an article which it names prints no name for what is asked."""
    return _UNSIGNED[_language(question)].format(title=article.title)


def reason(
    question: str,
    article: Article | None,
    *,
    known: Mapping[str, float],
    asked: Asked = Asked.OTHER,
    found: Sequence[Contradiction] = (),
) -> str:
    """Return one sentence for the user.

    Args:
        question: Its language is answered in: Chinese where it holds a Chinese character outside of quotation marks,
            else English.
        article: The nearest, or None where nothing was found.
        known: `qa.answer.confidence.features`.
        asked: The type of answer that the question wants.
        found: What the article contradicts.
    """
    other = _language(question)
    if article is None:
        return _NOTHING[other]
    if found:
        return described(found, title=article.title, language=("zh", "en")[other])
    if known["number_missing"] or known["name_missing"]:
        template = _OTHER_NAMES
    elif known["no_type"] and asked in _TYPES:
        template = _NO_TYPE
    else:
        template = _NEAREST
    return template[other].format(title=article.title, type=_TYPES.get(asked, ("", ""))[other])
