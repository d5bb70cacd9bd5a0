"""Cut a text into sentences.

Works on text alone and returns positions; what stands between two sentences is blank.
"""

import re

from qa.corpus.characters import CLOSING

_CLOSING = re.escape(CLOSING)
_END = re.compile(
    rf"""
      [。！？!?…]+ [{_CLOSING}]*     # Chinese ends, and ! ? in any script, with the brackets they close
    | \.+ [{_CLOSING}]* (?=\s|$)     # a full stop before a blank or the end
    | [\n\u2029]+
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z.])(?:(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Rev|Gen|Col|Sgt|Capt|Lt|Gov|Sen|Rep|Hon|vs|etc|"
    r"e\.g|i\.e|cf|al|Fig|No|Nos|Vol|pp|p|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m)$"
)
_LONGEST_ABBREVIATION = 12


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence, in order, without overlap, blanks around it left out.

    A sentence ends at 。！？!?… or a newline, and in Latin text at a full stop before a blank that is not part of an
    abbreviation. Closing quotes and brackets stay with their sentence. `;` and `；` end nothing.
    """
    sentences: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if text[end.start()] == "." and not _is_full_stop(text, end.start(), end.end()):
            continue
        _append(sentences, text, start, end.end())
        start = end.end()
    _append(sentences, text, start, len(text))
    return sentences


def _is_full_stop(text: str, at: int, after: int) -> bool:
    before = text[max(0, at - _LONGEST_ABBREVIATION) : at]
    if not _ABBREVIATION.search(before):
        return True
    follower = text[after : after + 2].strip()[:1]
    # "p.m." and the like may end a sentence: then a capital follows, but a name follows "Mr."
    return after >= len(text) or (before.endswith((".m", "etc", "Inc", "Ltd", "Corp")) and follower.isupper())


def _append(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        sentences.append((start + left, start + right))
