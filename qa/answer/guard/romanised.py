"""Chinese names in pinyin inside an English question, and whether a Chinese article names another one there.

`Dongling County` is absent where no two neighbouring characters are read dong ling, and differs where another county is
named. A name that is no pinyin (Keelung, East Lake) says nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answer.guard.compared import Compared, Contradiction
from qa.answer.guard.places import is_chinese, name_instead
from qa.corpus.characters import HAN
from qa.corpus.pinyin import readings

# English words for what a name names, with the Chinese word and the levels that may stand there.
_WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "province": ("省", ("province",)), "city": ("市", ("city", "county")), "district": ("区", ("county",)),
    "county": ("县", ("county",)), "banner": ("旗", ("county",)), "town": ("镇", ("town",)),
    "township": ("乡", ("town",)), "subdistrict": ("街道", ("town",)), "sub-district": ("街道", ("town",)),
    "village": ("村", ("village",)), "community": ("社区", ("village", "小区")), "reservoir": ("水库", ("水库",)),
    "river": ("河", ("河",)), "lake": ("湖", ("湖",)), "road": ("路", ("路",)), "avenue": ("大道", ("大道", "路")),
    "park": ("公园", ("公园",)), "bridge": ("桥", ("大桥", "桥")), "temple": ("寺", ("寺",)),
    "university": ("大学", ("大学", "学院")), "square": ("广场", ("广场",)), "station": ("车站", ("车站",)),
    "airport": ("机场", ("机场",)),
}  # fmt: skip
_NAMED = re.compile(
    r"\b([A-Z][a-z]+(?:['’][a-z]+)?(?:[ -][A-Z][a-z]+){0,3}) "
    rf"({'|'.join(word.capitalize() for word in sorted(_WORDS, key=len, reverse=True))}|Sub-District)\b"
)
_FIRST_WORDS = re.compile(
    r"^(?:In|Did|Does|Do|Is|Was|Has|Have|Had|At|On|For|The|From|Which|What|Where|When|Who|Why|How|Can|Will) "
)
# Older spellings write p, t, k and ch also for b, d, g and j, zh: Taipei.
_OLDER = {"p": "pb", "t": "td", "k": "kg", "ch": ("ch", "zh", "j", "q")}
_FINALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo",
    "g k h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z c s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
    "": "a ai an ang ao e en er ou",
}
_SYLLABLES = frozenset(
    initial + final
    for initials, finals in _FINALS.items()
    for initial in initials.split() or [""]
    for final in finals.split()
)


def differing_romanised(question: str, compared: Compared) -> Iterator[Contradiction]:
    """Yield the names in pinyin that a question as written holds and a Chinese article does not.

    Args:
        question: Not folded, for capitals tell a name.
        compared: Of which the article is Chinese; else nothing differs.
    """
    if not is_chinese(compared.article):
        return
    for match in _NAMED.finditer(question):
        spellings = syllables(_FIRST_WORDS.sub("", match[1]))
        if not spellings or any(_is_read_in(spelling, compared.article) for spelling in spellings):
            continue
        suffix, levels = _WORDS[match[2].lower()]
        instead = next((found for level in levels if (found := name_instead(level, suffix, compared))), None)
        if instead:
            asked = _FIRST_WORDS.sub("", match.group())
            yield Contradiction("body" if levels[0] == suffix else "place", asked, instead)


def syllables(name: str) -> list[tuple[str, ...]]:
    """Return the ways to read a name as two or more syllables of pinyin; none for a name that is no pinyin.

    A syllable inside of a word begins with a vowel only after an apostrophe, as the rules of pinyin want it.
    """
    words = re.split("['’ -]", name.lower())
    ways: list[tuple[str, ...]] = [()]
    for word in words:
        ways = [way + rest for way in ways for rest in _split(word, first=True)]
    return [way for way in ways if len(way) > 1]


def _split(word: str, *, first: bool) -> list[tuple[str, ...]]:
    if not word:
        return [()]
    found = []
    for end in range(1, min(len(word), 6) + 1):
        head = word[:end]
        if head in _SYLLABLES and (first or head[0] not in "aeo"):
            found += [(head, *rest) for rest in _split(word[end:], first=False)]
    return found


def _is_read_in(spelling: tuple[str, ...], text: str) -> bool:
    by_reading = _by_reading(text)
    characters = ["".join(by_reading.get(other, "") for other in _spelled_alike(syllable)) for syllable in spelling]
    return all(characters) and re.search("".join(f"[{some}]" for some in characters), text) is not None


def _spelled_alike(syllable: str) -> list[str]:
    """Return a syllable and what older spellings wrote the same way."""
    initial = next((initial for initial in _OLDER if syllable.startswith(initial)), "")
    return [syllable] if not initial else [other + syllable[len(initial) :] for other in _OLDER[initial]]


@lru_cache(maxsize=256)
def _by_reading(text: str) -> dict[str, str]:
    """Return the characters of a text by their readings without tones; ü is written u, as in most names."""
    found: dict[str, str] = {}
    for character in sorted(set(re.findall(f"[{HAN}]", text))):
        for reading in readings(character):
            if reading.isascii() or "ü" in reading:
                plain = reading.replace("ü", "u")
                if character not in found.get(plain, ""):
                    found[plain] = found.get(plain, "") + character
    return found
