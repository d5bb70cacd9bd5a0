"""Find numbers, dates and times in a folded text by value, however they are written: 三万二千 is 3.2万 and 32,000.

Compares nothing. A numeral that can be read in two ways (三四十, "thirty or forty") keeps its letters and equals only
itself. Units are no part of a figure: they are words, and stand beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qa.corpus.dates import HAN_YEAR, MONTH_NAME, month_number

_LONGEST = 40  # characters of a numeral; what is longer is compared by its letters
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
# Atomic, for a text of nothing but digits would else be read in more ways than there is time for.
_ARABIC = r"(?>\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?|\d++(?:\.\d++)?)"
_SIGNS = "零〇○一二两三四五六七八九十百千"
# 一 in a word such as 一共 counts nothing.
_NO_NUMBER = "一(?=[共些定直样起般旦律同再致道带时边向度])|(?<=[统唯])一|万一|十分(?!之)|千(?=[米克瓦卡帕伏赫])"
_COUNTING = f"(?!千[米克瓦卡帕伏赫])[{_SIGNS}]"  # 千米 is a unit
_CHINESE = rf"(?>(?:(?:{_ARABIC}|{_COUNTING})[万亿]*+)++(?:点[零〇一二三四五六七八九]++)?[万亿]*+)"
_PIECE = re.compile(rf"({_ARABIC}|[{_SIGNS}万亿])")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_ENGLISH_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_ENGLISH = rf"\b(?:{_ARABIC}|(?:{_ENGLISH_WORD})(?:-(?:{_ENGLISH_WORD}))?)(?: (?:{'|'.join(_SCALES)}))+\b"
_YEAR = rf"(?:民国 ?(?P<republic>\d{{2,3}})|(?P<year>\d{{4}}|{HAN_YEAR})) ?年"
_SMALL_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FORMS = re.compile(
    "|".join(
        (
            r"(?P<address>https?://[^\s\u3000-\u9fff]+|www\.[^\s\u3000-\u9fff]+|(?<![a-z0-9_.+-])[a-z0-9_.+-]++@[a-z0-9-]+\.[a-z0-9.-]+)",
            rf"(?P<nothing>{_NO_NUMBER})",
            r"(?<!\d)(?P<iso_year>\d{4})(?P<dash>[-/.])(?P<iso_month>\d{1,2})(?P=dash)(?P<iso_day>\d{1,2})(?!\d)",
            rf"(?<!\d){_YEAR}(?: ?(?P<month>{_SMALL_NUMBER}) ?月(?:份|(?: ?(?P<day>{_SMALL_NUMBER}) ?[日号])?))?",
            rf"(?<![\d.])(?P<only_month>{_SMALL_NUMBER}) ?月(?:份|(?: ?(?P<its_day>{_SMALL_NUMBER}) ?[日号])?)",
            rf"(?<![\d.])(?P<only_day>{_SMALL_NUMBER})日",
            rf"\b(?P<name>{MONTH_NAME.lower()}) (?P<after>{_DAY})\b(?:,? (?P<its_year>\d{{4}})\b)?",
            rf"\b(?P<before>{_DAY})(?: of)? (?P<name_after>{MONTH_NAME.lower()})\b(?:,? (?P<year_after>\d{{4}})\b)?",
            rf"\b(?P<name_alone>{MONTH_NAME.lower()}),? (?P<year_alone>\d{{4}})\b",
            r"(?<!\d)(?P<hour>\d{1,2})(?::(?=\d\d(?!\d))|[时点] ?(?=\d{1,2} ?分))(?P<minute>\d{1,2})(?: ?分)?(?!\d)",
            r"(?<![a-z])(?P<code>[a-z]++-?\d++(?:[.-]\d++)*+)",
            rf"百分之(?P<han_percent>{_CHINESE})",
            rf"(?P<percent>{_ARABIC}) ?(?:%|percent\b|per cent\b)",
            rf"(?P<tenths>{_ARABIC}|[一二三四五六七八九])成(?![员为立功果都人年就分])",
            rf"(?P<lower>{_CHINESE})分之(?P<upper>{_CHINESE})",
            rf"第(?P<rank>{_CHINESE})",
            rf"\b(?P<ordinal>\d{{1,9}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})\b",
            rf"(?P<english>{_ENGLISH})",
            rf"(?P<chinese>(?:(?<![\w)])-(?=\d))?{_CHINESE})",
            rf"\b(?P<english_small>(?:{_ENGLISH_WORD})(?:-(?:{_ENGLISH_WORD}))?)\b",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a folded text.

    Attributes:
        keys: What it is, by value: `#32000`, `%25.5`, `n3` for a third; of a date one each for year, month and day, in
            this order: `Y2021 M9 D3`.
        start, end: Where it stands.
    """

    keys: tuple[str, ...]
    start: int
    end: int


def figures_in(text: str) -> list[Figure]:
    """Return the figures of a folded text, in order, without overlap."""
    found = []
    for match in _FORMS.finditer(text):
        if not match["nothing"]:
            found.append(Figure(_keys(match), match.start(), match.end()))
    return found


def _keys(match: re.Match[str]) -> tuple[str, ...]:  # noqa: PLR0911 (one return a form)
    part = match.groupdict()
    if part["address"] or part["code"]:
        return (match.group(),)
    if date := _date(part):
        return date
    if part["hour"]:
        return (f"T{int(part['hour'])}:{int(part['minute']):02}",)
    for name, sign, factor in (("han_percent", "%", 1), ("percent", "%", 1), ("tenths", "%", 10), ("rank", "n", 1)):
        if part[name]:
            return (_key(sign, value_of(part[name]), match.group(), factor),)
    if part["lower"]:
        lower, upper = value_of(part["lower"]), value_of(part["upper"])
        return (_key("#", upper / lower if lower and upper is not None else None, match.group()),)
    if part["ordinal"]:
        rank = _ORDINALS.get(part["ordinal"]) or int(part["ordinal"][:-2])
        return (f"n{rank}",)
    if part["english"] or part["english_small"]:
        return (_key("#", _english(match.group()), match.group()),)
    negative = match.group().startswith("-")
    return (_key("#", value_of(part["chinese"].removeprefix("-")), match.group(), -1 if negative else 1),)


def _key(sign: str, value: Fraction | None, printed: str, factor: int = 1) -> str:
    """Return the key of a value; without one, the letters."""
    if value is None:
        return printed
    value *= factor
    return f"{sign}{value.numerator}" + (f"/{value.denominator}" if value.denominator != 1 else "")


def _date(part: dict[str, str | None]) -> tuple[str, ...]:
    """Return year, month and day of a date, as far as it names them; nothing for what is no date."""
    year = part["iso_year"] or part["year"] or part["its_year"] or part["year_after"] or part["year_alone"]
    month = part["iso_month"] or part["month"] or part["only_month"]
    day = part["iso_day"] or part["day"] or part["its_day"] or part["only_day"] or part["after"] or part["before"]
    name = part["name"] or part["name_after"] or part["name_alone"]
    number = int(part["republic"]) + 1911 if part["republic"] else _whole(year)
    named = month_number(name) if name else _whole(month)
    of_month = _whole(re.sub("st|nd|rd|th", "", day) if day else None)
    given = (("Y", number), ("M", named), ("D", of_month))
    return tuple(f"{letter}{value}" for letter, value in given if value is not None)


def _whole(text: str | None) -> int | None:
    value = value_of(text) if text else None
    return int(value) if value is not None else None


def value_of(text: str) -> Fraction | None:
    """Return the value of a numeral in digits, in Chinese or both, such as `3.2万`; None if it has two."""
    if len(text) > _LONGEST:
        return None
    whole, point, decimals = text.partition("点")
    large = decimals.lstrip("零〇一二三四五六七八九") if point else ""
    value = _sections(whole)
    if not point or value is None:
        return value
    digits = decimals.removesuffix(large)
    value += Fraction(int("".join(str(_DIGITS[sign]) for sign in digits)), 10 ** len(digits))
    for sign in large:
        value *= _LARGE[sign]
    return value


def _sections(text: str) -> Fraction | None:
    """Return the value of a numeral without 点, section by section: 亿, then 万, then the rest."""
    for sign in "亿万":
        head, found, tail = text.rpartition(sign)
        if found:
            first = _sections(head) if head else None
            # 一万五 is 15,000 in speech and 10,005 nowhere: two readings.
            if first is None or (tail and (tail in _DIGITS or re.fullmatch(r"\d", tail))):
                return None
            rest = _sections(tail) if tail else Fraction(0)
            return None if rest is None or rest >= _LARGE[sign] else first * _LARGE[sign] + rest
    return _section(text)


def _section(text: str) -> Fraction | None:
    """Return the value of a numeral below 万."""
    pieces = _PIECE.findall(text)
    if len(pieces) == 1 and pieces[0][0].isdecimal():
        return Fraction(pieces[0].replace(",", ""))
    if all(piece in _DIGITS for piece in pieces):
        a_few = len(pieces) == 2 and pieces[0] not in "零〇○"  # 三五个, 一两天
        return None if a_few or "两" in pieces[1:] else Fraction("".join(str(_DIGITS[piece]) for piece in pieces))
    return _in_units(pieces)


def _in_units(pieces: Sequence[str]) -> Fraction | None:
    """Return the sum of digits with their 千, 百 and 十; None where one is left over, as in 三四十 and 三百五."""
    total, waiting, last = Fraction(0), None, 10**4
    for piece in pieces:
        if piece in _SMALL:
            if _SMALL[piece] >= last:
                return None
            last = _SMALL[piece]
            total += (Fraction(1) if waiting is None else waiting) * last
            waiting = None
        elif piece in "零〇○":
            last = min(last, 11)
        elif waiting is not None:
            return None
        else:
            waiting = Fraction(piece.replace(",", "")) if piece[0].isdecimal() else Fraction(_DIGITS[piece])
    left_over = waiting is not None and last not in (10, 11, 10**4)
    return None if left_over else total + (waiting or 0)


def _english(text: str) -> Fraction | None:
    first, *scales = text.split(" ")
    if first[0].isdecimal():
        value = Fraction(first.replace(",", ""))
    else:
        numbers = [_WORDS[word] for word in first.split("-")]
        if len(numbers) == 2 and not (numbers[0] >= 20 and 0 < numbers[1] < 10):
            return None
        value = Fraction(sum(numbers))
    for scale in scales:
        value *= _SCALES[scale]
    return value
