"""Judge how much a decoded text looks like text of a script: East Asian, Western, Central European, Cyrillic, Greek.

Counts characters beyond ASCII, for those are what another encoding would show differently. Every judgement is a number
from 0 to 1; which encoding follows from them is decided by `qa.corpus.guess`.
"""

import re
from collections import Counter
from functools import cache

from qa.corpus.characters import COMMON, HAN_CHARACTER, HANGUL, KANA, is_everyday
from qa.corpus.traditional import simplify_characters

MANY_KANA = 0.1
"""Share of kana from which a text is Japanese."""

MANY_HANGUL = 0.85
"""Share of Hangul from which a text is Korean; Chinese read as Korean has 0.6."""

MANY_ACCENTS = 0.3
"""Share of characters beyond ASCII that no text in Latin letters reaches; Icelandic has 0.12."""

CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\ufff0-\ufff8\U000e0000-\U0010ffff\u0080-\u009f]")
_HALF_WIDTH_KANA = re.compile("[\uff66-\uff9d]")
_PUNCTUATION = frozenset("，。、；：？！“”‘’《》（）—…·「」『』【】％")

_LATIN = "A-Za-zÀ-ÖØ-öø-žŠŽšž"
_SIGNS = (
    rf"(?<![{_LATIN}])[“„‘‚«»‹›¿¡]|[”’»«›‹“‘](?![{_LATIN}])|(?<=[A-Za-z])’(?=[A-Za-z])|[–—…•·°§€£©®ºª\xa0\xad]"
    rf"|(?<![{_LATIN}])[½¼¾±×µ]|(?<=[A-Za-z\d])[²³](?![{_LATIN}])"
)


def _accented(small: str, capital: str, longest: int) -> re.Pattern[str]:
    """Return what is good in a language with these letters: small ones, few in a row, and capital ones in front."""
    return re.compile(
        rf"(?<![À-ž]{{{longest}}})[{small}](?![à-ž]{{{longest}}})|(?<![a-zß-ÿ])[{capital}](?![²³¹¿])|{_SIGNS}"
    )


_WESTERN = _accented("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßšžðþ", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŠŽÐÞ", 2)
_CENTRAL = _accented("ąćęłńóśźżáčďéěíňřšťúůýžäôĺľŕöőüűăâîşţßđç", "ĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÔĽÖŐÜŰĂÂÎŞŢĐÇ", 3)
_WESTERN_RUN = re.compile("[À-ÖØ-öø-žŠŽšž]{3,}")
_CENTRAL_RUN = re.compile("[À-ÖØ-öø-žŠŽšž]{4,}")  # Polish has three, as in żółty

_FREQUENT_CYRILLIC = re.compile("[оеаинтсрвлкмдпуяыьгзбчйіїє]|(?<![А-яЁё])[А-Я]")
_UNUSUAL_CYRILLIC = re.compile(
    "(?<=[а-яё])[А-ЯЁ]|(?<=[A-Za-z])[А-яЁё]|[А-яЁё](?=[A-Za-z])|[^\x00-\x7fА-яЁёІіЇїЄєҐґ«»“”„–—…№\xa0]"
)
_FREQUENT_GREEK = re.compile("[αοιετσνρηκπμλςυωδγθάέήίόύώ]|(?<![Ά-ώ])[Α-Ω]")
_UNUSUAL_GREEK = re.compile(
    "(?<=[ά-ώ])[Ά-Ω]|(?<=[A-Za-z])[Ά-ώ]|[Ά-ώ](?=[A-Za-z])|ς(?=[Ά-ώ])|[^\x00-\x7fΆ-ώ«»“”’–—…·\xa0]"
)


def any_script(text: str) -> float:
    """Return the best of the judgements."""
    return max(judge(text) for judge in (east_asian, western, cyrillic, greek))


def east_asian(text: str) -> float:
    """Return how much a decoded text looks like Chinese, Japanese or Korean.

    Common Han characters (simplified or traditional), punctuation, kana and Hangul speak for it, private and control
    characters against it. Right guesses score 0.6 or more, wrong ones below 0.3; ASCII alone scores by its letters.
    """
    beyond = _beyond(text)
    if not beyond:
        readable = sum(1 for character in text if character.isprintable() or character in "\r\n\t\f")
        return 0.5 * readable / max(1, len(text)) if "\x00" not in text else 0.0
    counts = Counter(beyond)
    good = sum(count * weight(character) for character, count in counts.items())
    if len(KANA.findall(beyond)) > MANY_KANA * len(beyond):
        good += len(KANA.findall(beyond))
    good += 0.45 * len(_HALF_WIDTH_KANA.findall(beyond))
    hangul = sum(count for character, count in counts.items() if _is_korean(character))
    if hangul * 2 > len(beyond):
        # Korean syllables have the bytes of everyday Chinese characters, but those of Chinese are not all syllables.
        good += hangul if hangul > MANY_HANGUL * len(beyond) else 0.7 * hangul
    bad = len(_ODD.findall(beyond)) + len(CONTROLS.findall(text))
    return _share(good - 2 * bad, beyond)


@cache
def weight(character: str) -> float:
    """Return how usual a Han character or a full-width mark is, 0 to 1; 0 for everything else."""
    if character in _PUNCTUATION:
        return 1.0
    if not HAN_CHARACTER.match(character):
        return 0.0
    simplified = simplify_characters(character)
    if simplified in COMMON:
        return 1.0
    return 0.6 if is_everyday(simplified) or _is_everyday_in_japan(character) else 0.05


def _is_everyday_in_japan(character: str) -> bool:
    """Return whether a character is among the 2,965 of the first level of JIS X 0208."""
    try:
        code = character.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xCF


@cache
def _is_korean(character: str) -> bool:
    """Return whether a character is among the 2,350 syllables that Korean is written with, of 11,172 possible ones."""
    if not HANGUL.match(character):
        return False
    try:
        return len(character.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def share_of_kana(text: str) -> float:
    """Return the share of kana among the characters beyond ASCII."""
    beyond = _beyond(text)
    return len(KANA.findall(beyond)) / max(1, len(beyond))


def western(text: str) -> float:
    """Return how much a decoded text looks like a language of Western Europe.

    Letters with accents that stand among plain letters, and the signs of print, speak for it. Chinese bytes read so
    make runs of such letters.
    """
    return _latin(text, _WESTERN, _WESTERN_RUN)


def central(text: str) -> float:
    """Return how much a decoded text looks like Polish, Czech, Hungarian or a language near them."""
    return _latin(text, _CENTRAL, _CENTRAL_RUN)


def _latin(text: str, good: re.Pattern[str], run: re.Pattern[str]) -> float:
    beyond = _beyond(text)
    if len(beyond) > MANY_ACCENTS * len(text):
        return 0.0
    bad = len(CONTROLS.findall(text)) + sum(map(len, run.findall(text)))
    return _share(len(good.findall(text)) - 2 * bad, beyond)


def cyrillic(text: str) -> float:
    """Return how much a decoded text looks like Russian, Ukrainian or Bulgarian.

    Frequent small letters, and capital ones in front of a word, speak for it; capitals inside of words and signs that
    nobody prints speak against it.
    """
    return _alphabetic(text, _FREQUENT_CYRILLIC, _UNUSUAL_CYRILLIC)


def greek(text: str) -> float:
    """Return how much a decoded text looks like Greek."""
    return _alphabetic(text, _FREQUENT_GREEK, _UNUSUAL_GREEK)


def _alphabetic(text: str, frequent: re.Pattern[str], unusual: re.Pattern[str]) -> float:
    bad = len(unusual.findall(text)) + len(CONTROLS.findall(text))
    return _share(len(frequent.findall(text)) - 2 * bad, _beyond(text))


def _beyond(text: str) -> str:
    """Return the characters beyond ASCII."""
    return "".join(_BEYOND_ASCII.findall(text))


def _share(good: float, beyond: str) -> float:
    return max(0.0, min(1.0, good / len(beyond))) if beyond else 0.0
