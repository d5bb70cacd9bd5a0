"""Persons that a Chinese question names, and whether an article speaks of others only.

Takes for a person what bears a surname between an office or a break and a verb that only persons have: `区长李明说`.
Misses most names on purpose; jieba's own guesses were wrong for one question in a hundred.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answer.guard.compared import Compared, Contradiction
from qa.corpus.characters import HAN
from qa.corpus.names import COMPOUND_SURNAMES, SURNAMES

_BEFORE = "记者 村民 居民 教授 老师 医生 先生 长 书记 主任 主席 经理 总裁 律师 法官".split()
_VERBS = (
    "说|介绍|表示|指出|强调|认为|透露|告诉|提出|要求|主持|担任|坦言|建议|承诺|捐|获得|参加|率队|率领|出席|宣布|提醒|呼吁|负责|当选"
    "|是哪|是谁|是什么"
)
_NAMED = re.compile(
    rf"(?:^|(?<=[,。;:、“”\s])|{'|'.join(f'(?<={word})' for word in _BEFORE)})"
    rf"((?:(?:{COMPOUND_SURNAMES})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}}?))(?:同志|先生|女士|教授|老师)?(?={_VERBS})"
)


@lru_cache(maxsize=256)
def persons_in(text: str) -> tuple[str, ...]:
    """Return the persons of a folded text that are certain, in order."""
    return tuple(dict.fromkeys(match[1] for match in _NAMED.finditer(text)))


def differing_persons(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield the persons that a folded question names, where the article names others and not them."""
    for person in persons_in(question):
        if person[:2] not in compared.article and person[-2:] not in compared.article:
            others = persons_in(compared.passage) or persons_in(compared.article)
            if others:
                yield Contradiction("person", person, others[0])
