"""Write the numbers that Word only counts: "第三条", "二、", "4.1" and bullets in front of list items.

People quote articles of a law by these numbers, and no word of them stands in the file. Counts while the document is
read from its first paragraph to its last.
"""

import re
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from qa.corpus.formats.extracted import BULLET

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand ideographDigital japaneseCounting taiwaneseCountingThousand "
    "japaneseDigitalTenThousand chineseLegalSimplified".split()
)
_LEVELS = 9
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted; `text` has %1 for the number of the first level, and so on."""

    start: int
    kind: str
    text: str


class Lists:
    """The lists of one document, and how far each of them has come."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._definitions: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is None:
            return
        definitions = {
            definition.get(qn("w:abstractNumId"), ""): _levels(definition)
            for definition in numbering.findall(qn("w:abstractNum"))
        }
        for used in numbering.findall(qn("w:num")):
            name = used.get(qn("w:numId"), "")
            definition = used.find(qn("w:abstractNumId"))
            self._definitions[name] = "" if definition is None else definition.get(qn("w:val"), "")
            starts = {
                change.get(qn("w:ilvl"), ""): change.find(qn("w:startOverride"))
                for change in used.findall(qn("w:lvlOverride"))
            }
            levels = dict(definitions.get(self._definitions[name], {}))
            for depth, start in starts.items():
                if start is not None and depth.isdigit() and int(depth) in levels:
                    # A list that starts anew counts for itself.
                    self._definitions[name] = f"{name} anew"
                    level = levels[int(depth)]
                    levels[int(depth)] = _Level(_number(start.get(qn("w:val")), 1), level.kind, level.text)
            self._levels[name] = levels

    def marker(self, name: str | None, depth: int) -> str:
        """Count the next item of a list, and return what Word prints in front of it."""
        levels = self._levels.get(name or "", {})
        level = levels.get(depth)
        if name is None or level is None:
            return BULLET
        counts = self._counts.setdefault(self._definitions[name], [None] * _LEVELS)
        last = counts[depth]
        counts[depth] = level.start if last is None else last + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.kind == "bullet":
            return BULLET
        if level.kind == "none" or not level.text:
            return ""

        def written(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = levels.get(at, level)
            count = counts[at]
            return _written(other.start if count is None else count, other.kind)

        text = re.sub(r"%([1-9])", written, level.text)
        return text if text[-1] >= "\u2e80" else f"{text} "


def _levels(definition: etree._Element) -> dict[int, _Level]:
    found = {}
    for level in definition.findall(qn("w:lvl")):
        depth = _number(level.get(qn("w:ilvl")), 0)
        if 0 <= depth < _LEVELS:
            kind, text = _value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or ""
            found[depth] = _Level(_number(_value(level, "w:start"), 1), kind, text)
    return found


def _written(number: int, kind: str) -> str:
    """Return a number in the way of a list."""
    if kind in _CHINESE and 0 <= number <= _LARGEST:
        return _chinese(number)
    if kind in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("upperRoman", "lowerRoman") and 0 < number <= _LARGEST:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return str(number)


def _chinese(number: int) -> str:
    """Return a number below 10,000 as it is read: 105 is 一百零五, 12 is 十二."""
    if number == 0:
        return _DIGITS[0]
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else otherwise


def _value(parent: etree._Element, tag: str) -> str | None:
    element = parent.find(qn(tag))
    return None if element is None else element.get(qn("w:val"))
