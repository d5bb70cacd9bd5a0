"""Prove a sentence by its quotations, or say why not: the heart of the language model that may only say what stands.

Pure: no files, no network, no model. A quotation must stand in the named article to the letter, and the sentence must
be made of clauses of it (`qa.llm.matching`); whatever is in doubt is not proved.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer.cite import Evidence
from qa.answer.guard.named import named_in
from qa.llm.clauses import Sentence, Unit, sentences_of, units_of
from qa.llm.matching import SMALL_WORDS, Fault, Quoted, fault_of
from qa.llm.prefixes import without_prefix
from qa.llm.scope import turning_words
from qa.retrieval.tokens import fold
from qa.types import Article, Passage, Unproved

MOST_CHARACTERS = 600  # of a sentence
MOST_QUOTATIONS = 8  # of one sentence
_LEAST_CHARACTERS = 2  # of a quotation, without blanks
_OUTER = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’", "'": "'"}
_NAME_TAGS = frozenset({"nr", "ns", "nt", "nrt", "nrfg"})
_DATE_KEYS = ("Y", "M", "D", "T")
_FAULTS = {Fault.LEFT_OUT: Unproved.LEFT_OUT, Fault.SCOPE: Unproved.SCOPE, Fault.SUBJECT: Unproved.SUBJECT}


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may be quoted.

    Attributes:
        number: From 1, as the model is told.
        also_in: Other documents that print it.
    """

    number: int
    passage: Passage
    article: Article
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it.

    Attributes:
        text: The sentence.
        quotations: Number of a passage and words of it, as claimed.
    """

    text: str
    quotations: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it: evidence, or the reason why there is none."""

    evidence: tuple[Evidence, ...] = ()
    reason: Unproved | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation stands in the repaired text of a passage."""

    source: Source
    start: int
    end: int


def prove(draft: Draft, sources: Sequence[Source]) -> Proof:
    """Return the evidence that proves a sentence, or why it is not proved.

    Args:
        draft: The sentence with its quotations.
        sources: What may be quoted.
    """
    said = draft.text.strip()
    if not _is_sentence(said):
        return Proof(reason=Unproved.FORM)
    if not draft.quotations or len(draft.quotations) > MOST_QUOTATIONS:
        return Proof(reason=Unproved.NO_QUOTATION)
    places: list[_Place] = []
    for number, quotation in draft.quotations:
        place = _place(number, quotation, sources)
        if isinstance(place, Unproved):
            return Proof(reason=place)
        places.append(place)
    quoted = [part for place in places for part in _quoted(place)]
    if any(_cuts(part) for part in quoted):
        return Proof(reason=Unproved.CUT)
    units = units_of(without_prefix(fold(said)))
    fault = fault_of(units, _joined(quoted))
    if fault is not None:
        return Proof(reason=_reason(fault, said, units, quoted))
    return Proof(tuple(_evidence(place) for place in places))


def _is_sentence(said: str) -> bool:
    """Tell whether a text can be shown as a sentence that claims something."""
    if not 0 < len(said) <= MOST_CHARACTERS or said.rstrip("”\"'」）)").endswith(("?", "？")):
        return False
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") for character in said)


def _place(number: int, quotation: str, sources: Sequence[Source]) -> _Place | Unproved:
    """Return where a quotation stands: in the named passage, else in another one of its article."""
    words = quotation.strip()
    if len("".join(words.split())) < _LEAST_CHARACTERS:
        return Unproved.NO_QUOTATION
    named = next((source for source in sources if source.number == number), None)
    others = sorted(sources, key=lambda source: source is not named)
    for wanted in dict.fromkeys((words, _bare(words))):
        for source in others if wanted else ():
            start = source.passage.text.find(wanted)
            if start >= 0:
                same = named is not None and source.article.id == named.article.id
                return _Place(source, start, start + len(wanted)) if same else Unproved.OTHER_PASSAGE
    return Unproved.NOT_IN_SOURCE


def _bare(words: str) -> str:
    """Return a quotation without the quotation marks that a model likes to put around it."""
    return words[1:-1].strip() if len(words) > 2 and _OUTER.get(words[0]) == words[-1] else words


def _quoted(place: _Place) -> list[Quoted]:
    """Return the sentences of the passage that a quotation touches."""
    text = place.source.passage.text
    sentences = sentences_of(text)
    found = []
    for number, sentence in enumerate(sentences):
        low, high = max(place.start, sentence.start), min(place.end, sentence.end)
        if low < high:
            found.append(
                Quoted(
                    sentence,
                    len(fold(text[sentence.start : low])),
                    len(fold(text[sentence.start : high])),
                    text[: sentence.start],
                    _text(sentences, number - 1),
                    _text(sentences, number + 1),
                    (place.source.number, number),
                )
            )
    return found


def _text(sentences: Sequence[Sentence], number: int) -> str:
    return sentences[number].text if 0 <= number < len(sentences) else ""


def _joined(quoted: Sequence[Quoted]) -> list[Quoted]:
    """Return each sentence once, as the first of its quotations has it; two pieces of one prove what both hold."""
    joined: dict[tuple[int, int], Quoted] = {}
    for part in quoted:
        joined.setdefault(part.place, part)
    return [
        Quoted(
            first.sentence,
            first.low,
            first.high,
            first.before,
            first.previous,
            first.following,
            first.place,
            tuple((part.low, part.high) for part in quoted if part.place == first.place),
        )
        for first in joined.values()
    ]


def _cuts(part: Quoted) -> bool:
    """Tell whether a quotation begins or ends inside of a number or a Latin word."""
    return any(
        unit.start < edge < unit.end
        for clause in part.sentence.clauses
        for unit in clause.units
        if unit.is_figure or unit.tag == "eng"
        for edge in (part.low, part.high)
    )


def _evidence(place: _Place) -> Evidence:
    source = place.source
    return Evidence(source.passage, source.article, place.start, place.end, source.also_in)


def _reason(fault: Fault, said: str, units: Sequence[Unit], quoted: Sequence[Quoted]) -> Unproved:
    """Return the reason that helps most: a wrong figure or name before words that are missing or out of order."""
    held = [unit for part in quoted for clause in part.sentence.clauses for unit in clause.units if part.holds(unit)]
    keys, text = {unit.key for unit in held}, " ".join(part.sentence.text[part.low : part.high] for part in quoted)
    missing = [unit for unit in units if unit.key not in keys]
    for unit in missing:
        if unit.is_figure:
            return _of_figure(unit.key)
    folded = fold(said)
    new = {unit.word for unit in units if not unit.is_figure and unit.word not in text}
    tags = {unit.word: unit.tag for unit in units}
    if any(tags[word] in _NAME_TAGS and len(word) > 1 for word in new) or _new_names(said, folded, text, new):
        return Unproved.NAME
    turned, kept = turning_words(folded), turning_words(_nearest(units, quoted))
    if turned - turning_words(text):
        return Unproved.NEGATION
    if any(unit.key not in keys and unit.word not in SMALL_WORDS for unit in units if not unit.is_figure):
        return Unproved.WORDS
    if fault is Fault.LEFT_OUT and kept - turned:
        return Unproved.NEGATION
    return _FAULTS[fault]


def _of_figure(key: str) -> Unproved:
    """Return the reason for a figure that the quotation does not have; an address is words."""
    if "://" in key or "@" in key or key.startswith("www."):
        return Unproved.WORDS
    return Unproved.DATE if key.startswith(_DATE_KEYS) else Unproved.NUMBER


def _nearest(units: Sequence[Unit], quoted: Sequence[Quoted]) -> str:
    """Return the clauses that share more than half of their units with a sentence."""
    keys = {unit.key for unit in units}
    clauses = [clause for part in quoted for clause in part.sentence.clauses]
    return " ".join(
        clause.text for clause in clauses if 2 * sum(unit.key in keys for unit in clause.units) > len(clause.units)
    )


def _new_names(said: str, folded: str, text: str, new: set[str]) -> bool:
    """Tell whether a sentence names a place or body, or writes a Latin name, that the quotation does not."""
    if any(name.text not in text for name in named_in(folded)):
        return True
    words = said.split()
    return any(
        word[:1].isupper() and place > 0 and word.strip(".,;:!?\"'()“”").casefold() in new
        for place, word in enumerate(words)
    )
