"""Which sentence of an answer is proved by which citations, and where the short answers stand in it. Pure."""

from dataclasses import dataclass

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
    """Return the sentences of an answer, each with its own citations.

    An answer joins the cited sentences, each once, one a line. Where it does not (another answerer may word it
    otherwise), all of it is one sentence with all citations, so that no number is lost.
    """
    sentence = answer.sentence or ""
    by_text: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_text.setdefault(citation.text, []).append(citation)
    if "\n".join(by_text) != sentence:
        by_text = {sentence: list(answer.citations)}
    return tuple(
        Proved(text, _marked(text, answer.answer or ""), tuple(citations)) for text, citations in by_text.items()
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
