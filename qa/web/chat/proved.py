"""Which sentence of an answer is proved by which citations, and where the short answers stand in it. Pure."""

from dataclasses import dataclass

from qa.chat.parts import sentences_of
from qa.types import Answer, Citation, Span
from qa.web.evidence.marking import short_answer

_JOINTS = ("；", "; ")  # between the short answers of a question with several parts, see `qa.answer.gather`


@dataclass(frozen=True, slots=True)
class Proved:
    """A sentence with its proof.

    Attributes:
        text: As in `Answer.sentence`.
        marked: Where short answers stand in it, in order, without overlap.
        citations: That prove it, in order of number.
    """

    text: str
    marked: tuple[Span, ...]
    citations: tuple[Citation, ...]


def proved_sentences(answer: Answer) -> tuple[Proved, ...]:
    """Return the sentences of an answer, each with its own citations; every citation stands behind one of them."""
    by_number = {citation.number: citation for citation in answer.citations}
    return tuple(
        Proved(text, _marked(text, answer.answer or ""), tuple(by_number[number] for number in numbers))
        for text, numbers in sentences_of(answer)
    )


def stands_apart(answer: Answer) -> bool:
    """Tell whether the short answer, or one of several, stands in none of the sentences."""
    sentence = answer.sentence or ""
    return any(part not in sentence for part in _parts(sentence, answer.answer or ""))


def _marked(text: str, answer: str) -> tuple[Span, ...]:
    places = [place for part in _parts(text, answer) if (place := short_answer(text, part)) is not None]
    kept: list[Span] = []
    for place in sorted(places):
        if not kept or kept[-1].end <= place.start:
            kept.append(place)
    return tuple(kept)


def _parts(text: str, answer: str) -> list[str]:
    """Return the short answers that one was joined from; what stands in the text as it is was not joined."""
    if answer in text:
        return [answer]
    joint = next((joint for joint in _JOINTS if joint in answer), None)
    return [answer] if joint is None else [part for part in answer.split(joint) if part]
