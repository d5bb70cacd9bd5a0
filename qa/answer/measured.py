"""Tell whether a figure measures what a question asks for: `186 metres long` is a length, `300 metres upstream` is not.

Rules on the words right beside a figure, Chinese and English; chooses no answer.
"""

import re
from collections.abc import Mapping

from qa.answer.question import Asked
from qa.answer.spans import candidates
from qa.retrieval.tokens import fold

# Of each dimension: what asks for it, what stands before a figure that gives it, what stands behind such a figure.
_DIMENSIONS: Mapping[str, tuple[str, str, str]] = {
    "length": (
        r"多长|[全总]长|长度|\bhow long\b|\blength\b",
        r"长度?|\blength (?:of|is|was)",
        r"的?长(?![大高期])|long\b|in length\b",
    ),
    "width": (r"多宽|宽度|\bhow wide\b|\bwidth\b", r"宽度?|\bwidth (?:of|is|was)", r"的?宽|wide\b|in width\b"),
    "height": (
        r"多高|高度|\bhow (?:high|tall)\b|\bheight\b",
        r"高度?|\bheight (?:of|is|was)",
        r"的?高(?!速|的?楼)|(?:high|tall)\b|in height\b",
    ),
    "depth": (r"多深|深度|\bhow deep\b|\bdepth\b", r"深度?|\bdepth (?:of|is|was)", r"的?深(?!处)|deep\b|in depth\b"),
    "thickness": (r"多厚|厚度|\bhow thick\b", r"厚度?", r"的?厚|thick\b"),
    "distance": (
        r"多远|距离|\bhow far\b|\bdistance\b",
        r"(?:距离?|离|相距|[上下]游)[^,，、;；。\d]{0,12}",
        r"处|外|开外|之外|远|(?:away|off|from|upstream|downstream|north|south|east|west|inland|offshore)\b",
    ),
}
_LINKS = r"(?:为|是|有|约|达|达到|超过|近|大约|共)*\s*(?:about |nearly |over |only )?"
_LENGTH = re.compile(
    r"(?<!平方)(?:米|公里|里|丈|尺|寸)|\b(?:(?:centi|kilo)?(?:metre|meter)s?|km|miles?|feet|foot|yards?)\b"
)
_ASKS = {name: re.compile(asks) for name, (asks, _, _) in _DIMENSIONS.items()}
_BEFORE = {name: re.compile(rf"(?:{before}){_LINKS}$") for name, (_, before, _) in _DIMENSIONS.items()}
_BEHIND = {name: re.compile(rf"(?:[余多]|\s|-)*(?:{behind})") for name, (_, _, behind) in _DIMENSIONS.items()}
_REACH = 24  # characters beside a figure that are looked at


def measures(question: str, text: str, start: int, end: int) -> int:
    """Return 1 where a span's figure is of the dimension asked for, -1 where it is of another one, 0 in doubt.

    Args:
        question: As asked; one that asks for no dimension, or for two, gives 0.
        text: Of the passage.
        start: Where the span begins.
        end: Where it ends.
    """
    folded = fold(question)
    asked = [name for name, pattern in _ASKS.items() if pattern.search(folded)]
    figures = candidates(text[start:end], Asked.NUMBER) if len(asked) == 1 else []
    if not figures:
        return 0
    first, last = start + figures[0][0], start + figures[0][1]
    unit = _LENGTH.match(text, last + (text[last : last + 1] == " ")) or _LENGTH.search(text, first, last)
    if unit is None:
        return 0
    last = max(last, unit.end())
    before, behind = text[max(0, first - _REACH) : first].casefold(), text[last : last + _REACH].casefold()
    given = {name for name in _DIMENSIONS if _BEHIND[name].match(behind)} or {
        name for name in _DIMENSIONS if _BEFORE[name].search(before)
    }
    if not given:
        return 0
    return 1 if asked[0] in given else -1
