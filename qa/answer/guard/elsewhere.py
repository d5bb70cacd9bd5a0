"""Tell how far a question names what another article is about by its title, and the one that was read never mentions.

The parking of a library is looked for, and the parking of a street is found, for the library's article tells of none.
Only titles of other articles count: words of their text would speak against questions in other words, too. Reads words
only and knows no meaning.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.corpus.cutter import cutter
from qa.retrieval.lexicon import english_to_chinese, stem
from qa.retrieval.search import Found
from qa.retrieval.tokens import STOP_WORDS, fold, holds_han

_LATIN = re.compile(r"[a-z]{3,}")
# Nouns that ask for a measure, an office or a name, and words that say no more than that something is.
_SAY_LITTLE = STOP_WORDS | frozenset(
    """
    情况 时候 时间 日期 名字 姓名 人数 数量 数字 总数 地方 地点 原因 目的 内容 方面 部分 问题 单位 金额 面积
    长度 高度 宽度
    比例 比率 比重 价格 年份 今年 去年 明年 全年 月份 目前 现在 当时 个人 人员 负责人 具体 方式 办法 措施 做法 特点 意思
    about after before during long many much far high wide large tall deep old big often new first last name names
    called number kind amount time day date year month people person place way take takes took cost costs price open
    opens
    opened get gets got make made new there here than into over under each every all any some one two three will would
    can could should may might must not per that
    """.split()
)


def elsewhere(question: str, article: str, article_id: str, found: Iterable[Found]) -> float:
    """Return the largest share of a question's names and nouns that another title holds and the article read lacks.

    Args:
        question: Completed from the history.
        article: All that is searched of the article that was read.
        article_id: Of the same.
        found: What the search found.

    Returns:
        0 to 1; 0 for a Chinese question that an article in another script answers, for its words are not translated.
    """
    folded = fold(question)
    if holds_han(folded) and not holds_han(article):
        return 0.0
    words = _things(folded)
    lacking = [word for word in words if not _holds(word, article)]
    if not lacking:
        return 0.0
    titles = {f"{other.title} {other.subtitle or ''}" for item in found if (other := item.hit.article).id != article_id}
    most = max((sum(len(word) for word in lacking if _holds(word, title)) for title in titles), default=0)
    return most / sum(map(len, words))


def _things(folded: str) -> list[str]:
    """Return what a folded question speaks of: Chinese nouns and names, Latin words that say something."""
    nouns = [word for word, tag in cutter().tag(folded) if tag.startswith("n") and len(word) > 1 and holds_han(word)]
    return [word for word in dict.fromkeys([*nouns, *_LATIN.findall(folded)]) if word not in _SAY_LITTLE]


def _holds(word: str, text: str) -> bool:
    """Tell whether a text holds a word, or, where it is Chinese, what an English word may mean or spell there."""
    if holds_han(word):
        return word in _folded(text)
    stemmed = stem(word)
    if stemmed in _stems(text):
        return True
    if not holds_han(text):
        return False
    return word in _spelled(text) or any(one in _folded(text) for one in english_to_chinese().get(stemmed, ()))


@lru_cache(maxsize=512)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _LATIN.findall(_folded(text))))


@lru_cache(maxsize=512)
def _spelled(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (its dictionaries take most of a second)

    return "".join(lazy_pinyin(_folded(text), errors="ignore"))
