"""Whole numbers as they are written: 12, 十二, 两, twelve, third. No fractions and no 1.2万: those are measures."""

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "首": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ENGLISH = {
    word: value
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for value, word in enumerate(words.split(), start=1)
}
NUMERAL = r"(?:\d+|[零〇一二两三四五六七八九十百千]+)"
"""Inside a regular expression: a whole number, in digits or Chinese."""

ENGLISH_NUMERAL = rf"(?:\d+(?:st|nd|rd|th)?|{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})"
"""Inside a regular expression for a folded text: the same in English, counting or ordering."""


def number_of(text: str) -> int | None:
    """Return the value of a numeral, or None for a text that is none."""
    if digits := re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", text):
        return int(digits[1])
    if text in _ENGLISH:
        return _ENGLISH[text]
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))  # 二〇一九
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
