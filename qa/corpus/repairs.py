"""The record of one repair: what was changed, where, from what to what."""

from dataclasses import dataclass
from enum import StrEnum

from qa.types import Span


class RepairKind(StrEnum):
    """What was wrong."""

    MOJIBAKE = "wrongly decoded characters put right"
    GARBLED = "wrongly decoded characters left as they are"
    INVISIBLE = "invisible characters removed"
    PINYIN = "inserted pinyin removed"
    LOST = "destroyed characters recomputed"
    OPEN = "destroyed characters left as they are"
    TRADITIONAL = "Traditional characters simplified"
    REPEATED = "repeated line dropped"
    GLUED = "tail of another line cut off"
    ORPHAN = "fragment dropped"
    OVERLAP = "characters printed twice at a line break dropped"
    JOINED = "broken lines joined"
    MARKUP = "Markdown marks removed"
    FURNITURE = "running head, page number or table of contents left out"
    TORN = "end of the line is lost"
    UNREADABLE = "unreadable characters left as they are"
    FIELDS = "read into the fields of an article"
    LEFT_OUT = "left out"
    OTHER = "changed"


FLAGGED = frozenset({RepairKind.GARBLED, RepairKind.OPEN, RepairKind.TORN, RepairKind.UNREADABLE})
"""Damage that is kept as it is and pointed out."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Attributes:
        span: Of the source.
        before: What stood there (for Traditional characters: the different ones, once each).
        after: What stands there after repair; empty when it was removed.
        reason: Why something was left out; empty where the kind says it all.
    """

    kind: RepairKind
    span: Span
    before: str
    after: str
    reason: str = ""
