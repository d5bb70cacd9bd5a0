"""What kind of thing a question asks for, told by its question words; Chinese and English, no model."""

import re
from enum import StrEnum

from qa.retrieval.tokens import fold


class Asked(StrEnum):
    """The type of a short answer; OTHER is answered by a sentence."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    OTHER = "other"


# The first pattern that is found decides: dates before numbers, for 哪一天 also holds a number word.
_PATTERNS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (
        Asked.DATE,
        re.compile(
            r"什么时[候间]|何时|几时|哪一?[天年月日]|几月|几号|几点|周几|星期几|礼拜几|什么日[子期]|多久[以之]?前|哪个(?:月|年)"
            r"|\bwhen\b|\b(?:what|which|on what) (?:date|day|year|month|time)\b"
        ),
    ),
    (
        Asked.NUMBER,
        re.compile(
            r"多少|几(?=[个家处名位项座棵亩人次户条所间台辆公米件批成分岁届类种级层套张])|多[大长高宽深远重久快]|第几|占比|百分之几|比例是"
            r"|\bhow (?:many|much|long|large|big|far|high|old|tall)\b"
            r"|\bwhat (?:percentage|share|proportion|number|amount|rate)\b"
            r"|\bwhat (?:is|was|were) the (?:\w+ )*"
            r"(?:number|amount|rate|area|investment|percentage|total|sum|cost|price|length)\b"
        ),
    ),
    (
        Asked.PERSON,
        re.compile(
            r"谁|何人|哪[一]?位|叫什么名字|姓什么|什么人|(?:书记|主任|区长|市长|县长|局长|记者|作者|负责人)是(?:哪|何)"
            r"|\bwho(?:m|se)?\b"
            r"|\bwhich (?:\w+ ){0,2}(?:person|director|secretary|head|mayor|reporter|author|official)\b"
        ),
    ),
    (
        Asked.PLACE,
        re.compile(
            r"哪里|哪儿|在哪|何处|什么地方|哪个(?:村|镇|乡|县|区|市|省|街道|社区|地方|国家)|什么位置|\bwhere\b"
            r"|\b(?:what|which) (?:place|town|village|district|city|county|street)\b"
        ),
    ),
)
# 哪些, 哪三个, which of: several things are asked for, so the whole enumeration is the answer.
_SEVERAL = re.compile(r"哪些|哪[两二三四五六七八九十几\d]+|有哪|分别")


def asked_for(question: str) -> Asked:
    """Return the type of answer that a question wants."""
    folded = fold(question)
    if _SEVERAL.search(folded):
        return Asked.OTHER
    return next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), Asked.OTHER)


_ASKED_UNIT = re.compile(
    r"(?:多少|第?几|哪)(?:万|亿)?(人次|平方米|平方公里|平米|公里|公顷|人民币|百分点"
    r"|[个家处名位项座棵亩人次户条所间台辆元米吨件批年天届岁%])"
)
# What is measured tells the unit where the question does not name it; only these units can answer.
_UNITS_OF_MEASURES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"投资|资金|产值|收入|税收|金额|经费|花费|费用|票价|价格|补贴|补助|贷款|奖金|多少钱|\binvest|\bcost|\brevenue"
        ),
        frozenset({"元", "万", "亿", "yuan", "RMB", "$"}),
    ),
    (
        re.compile(r"率是|率为|占比|比例|百分之|percentage|\brate\b"),
        frozenset({"%", "成", "百分之", "per cent", "percent"}),
    ),
    (
        re.compile(r"面积|占地|多大|\barea\b|how large"),
        frozenset({"平方", "亩", "公顷", "平米", "square", "hectare", "acre", "mu"}),
    ),
    (
        re.compile(r"全长|总长|长度|多长(?!时间)|多高|多深|多宽|多远|how (?:long is|high|deep|wide|far)"),
        frozenset({"米", "公里", "里", "metre", "meter", "km", "mile", "feet"}),
    ),
    (re.compile(r"几点|何时开门|什么时间开"), frozenset({"时", "点", ":", "："})),
)


def asked_unit(question: str) -> str | None:
    """Return the measure word that a question names after 多少 or 几, or None."""
    match = _ASKED_UNIT.search(fold(question))
    return match[1] if match else None


def units_of(question: str) -> frozenset[str]:
    """Return the units of which one must stand in the answer, by what the question measures; none when it is free."""
    folded = fold(question)
    if asked_unit(question):
        return frozenset()
    return next((units for pattern, units in _UNITS_OF_MEASURES if pattern.search(folded)), frozenset())
