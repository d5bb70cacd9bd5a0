"""Find what to highlight: a short answer, the words that a search matched.

Pure functions over texts and positions; makes no HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from qa.retrieval.tokens import fold
from qa.types import Span

MOST_OF = 0.8  # of a sentence: an answer that long is the sentence, and marking it marks nothing

_WORDLIKE = re.compile(r"[0-9A-Za-z]")


def short_answer(text: str, answer: str | None) -> Span | None:
    """Return where a short answer stands in a text, or None when it is not there or is nearly all of it.

    The first place counts at which no number or Latin word is cut in two (5个 is not in 25个), else the first place.
    """
    if not answer or len(answer) >= MOST_OF * len(text):
        return None
    before = r"(?<![0-9A-Za-z.])" if _WORDLIKE.match(answer[0]) else ""
    after = r"(?![0-9A-Za-z]|\.[0-9])" if _WORDLIKE.match(answer[-1]) else ""
    match = re.search(before + re.escape(answer) + after, text) or re.search(re.escape(answer), text)
    return Span(*match.span()) if match else None


def matched_spans(text: str, terms: Iterable[str]) -> list[Span]:
    """Return where search terms occur in a text, in order, without overlap; terms that touch are joined.

    Terms are folded as the keyword leg folds them (`qa.retrieval.tokens`), so the text is folded here, too, character
    by character, to keep count of the places. A term of Latin letters or digits must begin a word.
    """
    folded, places = _folded_with_places(text)
    found = [
        Span(places[start], places[end - 1] + 1) for term in terms if term for start, end in _occurrences(folded, term)
    ]
    return _joined(sorted(found))


def _occurrences(folded: str, term: str) -> Iterator[tuple[int, int]]:
    boundary = r"(?<![a-z0-9])" if term[0].isascii() and term[0].isalnum() else ""
    for match in re.finditer(boundary + re.escape(term), folded):
        yield match.span()


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the place in `text` that it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        replacement = _folded_character(character)
        folded.append(replacement)
        places += [place] * len(replacement)
    return "".join(folded), places


@lru_cache(maxsize=20_000)
def _folded_character(character: str) -> str:
    return fold(character)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
