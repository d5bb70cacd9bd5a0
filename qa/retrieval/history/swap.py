"""Put a new element of a question in the place of the one of its kind: `焦作呢` into the question about 新华区.

Pure text over the mentions of two questions; decides neither whether to do so nor what else is carried along.
"""

import re

from qa.retrieval.history.mentions import NAMED, Kind, Mention, mentions
from qa.retrieval.history.wording import HAS_HAN

_LEVELS = (("省",), ("市", "州"), ("县", "旗", "区"), ("镇", "乡", "街道"), ("村", "社区"))
_SHAPES = (re.compile('[《「『“"]'), re.compile(r"[A-Za-z\d]"))


def swapped(earlier: str, question: str) -> str | None:
    """Return the earlier question with what the new one mentions, or None where a mention finds no place in it.

    A year takes the place of a year, a district that of a district; a year or a place that the earlier question lacks
    is added to it.
    """
    for mention in mentions(question):
        replaced = _with(earlier, mention, question[mention.start : mention.end])
        if replaced is None:
            return None
        earlier = replaced
    return earlier


def _with(earlier: str, new: Mention, text: str) -> str | None:
    old = mentions(earlier)
    span = _place_span(old, new) if new.kind is Kind.PLACE else None
    if span is None:
        mention = _counterpart(old, new)
        span = (mention.start, mention.end) if mention else None
    if span is not None:
        return earlier[: span[0]] + text + earlier[span[1] :]
    if new.kind in {Kind.YEAR, Kind.PERIOD}:
        return _with_time(earlier, old, new, text)
    return _with_place(earlier, text) if new.kind is Kind.PLACE else None


def _counterpart(old: list[Mention], new: Mention) -> Mention | None:
    """Return the mention that the new one replaces: of its kind, and rather one that looks like it."""
    same = [mention for mention in old if mention.kind is new.kind]
    if new.kind is Kind.ORDINAL:
        same = [mention for mention in same if _head(mention.text) == _head(new.text)]
    if new.kind is Kind.NAME:
        same = [mention for mention in same if _shape(mention.text) == _shape(new.text)] or same
    alike = [mention for mention in same if _head(mention.text) == _head(new.text)]
    if alike or same:
        return (alike or same)[0]
    named = [
        mention for mention in old if mention.kind in NAMED and (new.kind is Kind.PLACE or _level(mention.text) is None)
    ]
    if new.kind not in NAMED:
        return None
    ending = [mention for mention in named if _head(mention.text) == _head(new.text)]
    # Kinds are told apart badly where a name has no ending: 周口, 修武, Halden.
    sure = new.kind is not Kind.PERSON and HAS_HAN.search(new.text) is not None
    return ending[0] if ending else named[0] if len(named) == 1 and not sure else None


def _place_span(old: list[Mention], new: Mention) -> tuple[int, int] | None:
    """Return what a new place replaces: in a chain of units, from its own level on; of one without a level, all."""
    chains: list[list[Mention]] = []
    for mention in old:
        if mention.kind is Kind.PLACE:
            if chains and chains[-1][-1].end == mention.start:
                chains[-1].append(mention)
            else:
                chains.append([mention])
    if not chains:
        return None
    level = _level(new.text)
    chain = next((chain for chain in chains if any(_head(unit.text) == _head(new.text) for unit in chain)), chains[0])
    levels = [_level(unit.text) for unit in chain]
    if level is None or None in levels:
        alike = [unit for unit in chain if _head(unit.text) == _head(new.text)]
        return (alike[0].start, alike[0].end) if alike else (chain[0].start, chain[-1].end)
    kept = [unit for unit, its in zip(chain, levels, strict=True) if its is not None and its < level]
    return (kept[-1].end if kept else chain[0].start), chain[-1].end


def _with_time(earlier: str, old: list[Mention], new: Mention, text: str) -> str:
    """Add a year or a period where the other one stands, else in front, in English at the end."""
    other = next((mention for mention in old if mention.kind in {Kind.YEAR, Kind.PERIOD}), None)
    if HAS_HAN.search(earlier):
        at = 0 if other is None else other.end if new.kind is Kind.PERIOD else other.start
        return earlier[:at] + text + earlier[at:]
    return _at_the_end(earlier, text if re.match(r"(?:last|this|next|yester|to)", text) else f"in {text}")


def _with_place(earlier: str, text: str) -> str:
    return text + earlier if HAS_HAN.search(earlier) else _at_the_end(earlier, f"in {text}")


def _at_the_end(question: str, text: str) -> str:
    bare = question.rstrip("?？. ")
    return f"{bare} {text}{question[len(bare) :]}"


def _head(text: str) -> str:
    """Return the last character of a Chinese text, the last word of another one; of a phase or a room, its first."""
    if HAS_HAN.search(text):
        return text[-1]
    words = text.casefold().split()
    return words[0] if re.fullmatch(r"\d[\d.]*|[ivx]+|one|two|three|four|five|six", words[-1]) else words[-1]


def _shape(text: str) -> int:
    return next((number for number, pattern in enumerate(_SHAPES) if pattern.match(text)), len(_SHAPES))


def _level(text: str) -> int | None:
    return next((number for number, endings in enumerate(_LEVELS) if text.endswith(endings)), None)
