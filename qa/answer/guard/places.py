"""Tell whether a question names a place or body that a Chinese article is not about.

`鼓楼`, `鼓楼区` and `南京市鼓楼区` are the same, and of the last only the smallest part counts. What lies where is not
known, so a place differs only from others of its own level.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answer.guard.compared import Compared, Contradiction
from qa.answer.guard.named import ORDER, ZONE, Named, named_in
from qa.corpus.characters import HAN

_OFTEN = 3  # times that an article must name a place that it may be about


def differing_places(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield the places and bodies that a folded question names and a Chinese article does not.

    Of `南京市鼓楼区` only the last part is judged. A city or province must be named in the context to differ.
    """
    if not is_chinese(compared.article):
        return
    names = named_in(question)
    for at, name in enumerate(names):
        if _goes_on(names[at : at + 2], question) or name.stands_in(compared.article):
            continue
        instead = name_instead(name.level, name.suffix, compared)
        if instead or not (_says_little(name) or speaks_of_itself(name.suffix, compared.article)):
            yield Contradiction("place" if name.on_map else "body", name.text, instead)


def _says_little(name: Named) -> bool:
    """Return whether an article may leave a name out: larger places, and what has a short word, such as 石桥."""
    return name.level in ("province", "city") or (not name.on_map and len(name.suffix) == 1)


@lru_cache(maxsize=256)
def is_chinese(text: str) -> bool:
    """Return whether at least half of a text is Han characters."""
    return 2 * len(re.findall(f"[{HAN}]", text)) >= len(text)


def _goes_on(pair: tuple[Named, ...], question: str) -> bool:
    """Return whether the next name is a part of this one."""
    if len(pair) < 2:
        return False
    between = question[pair[0].end : pair[1].start]
    smaller = not pair[1].on_map or ORDER.index(pair[1].level) > ORDER.index(pair[0].level) if pair[0].on_map else False
    return between in ("", "的") and smaller


def name_instead(level: str, suffix: str, compared: Compared) -> str | None:
    """Return what an article names at a level, the context first; a district and a 开发区 are on one level.

    A city or province counts only in the context, for articles name many in passing. Where the article speaks of 全区
    or 区委 it may be about a place without naming it: then only one that it names often.
    """
    levels = ("county", "zone") if level in ("county", "zone") else (level,)
    near = [name.text for name in named_in(compared.context) if name.level in levels and name.suffix]
    if not near and len(levels) > 1:
        near = re.findall(ZONE, compared.context)
    if near:
        return near[-1]
    if level in ("province", "city"):
        return None
    others = [
        name.text for text in (compared.passage, compared.article) for name in named_in(text) if name.level == level
    ]
    if others and level in ORDER and speaks_of_itself(suffix, compared.article):
        often = max(others, key=compared.article.count)
        return often if compared.article.count(often) >= _OFTEN else None
    return others[0] if others else None


def speaks_of_itself(suffix: str, text: str) -> bool:
    """Return whether a text says 全区, 区委 or 该公司: then it may be about the thing without its name."""
    if not suffix:
        return False
    last = suffix[-1]
    return re.search(f"[全我该本]{last}|[我该本]{suffix}|{last}(?:委|政府|里|长|党委)", text) is not None
