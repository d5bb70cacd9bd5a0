"""Conversation: what one browser tab has asked and been shown, and `reply`, one turn of it.

Takes questions to the assistant and brings back HTML; knows no component and no request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa.errors import RemedyError
from qa.web.chat.bubble import Choice, answer_bubble, choices, error_bubble
from qa.web.chat.narrowing import filters_in
from qa.web.evidence.marking import quotation_in
from qa.web.evidence.panel import empty_evidence_html, evidence_html
from qa.web.words import Language

if TYPE_CHECKING:
    from qa.assistant import Assistant

TURNS_KEPT = 50  # questions for follow-ups, and evidence panels to go back to


@dataclass(slots=True)
class Conversation:
    """What one browser tab has asked and been shown.

    Attributes:
        questions: Earlier questions, oldest first; a question that could not be read is not among them.
        bubbles: What stands in the chat.
        panels: Evidence to show again when a bubble is clicked, by the number of its bubble, from 0.
    """

    questions: list[str] = field(default_factory=list)
    bubbles: list[dict[str, Any]] = field(default_factory=list)
    panels: dict[int, str] = field(default_factory=dict)

    def say(self, role: str, bubble: str, *, choices: Sequence[Choice] = ()) -> None:
        """Add a bubble; the chat shows the choices of the last one as buttons."""
        buttons = [{"label": choice.label, "value": choice.question} for choice in choices]
        self.bubbles.append({"role": role, "content": bubble} | ({"options": buttons} if buttons else {}))

    def keep_panel(self, panel: str) -> None:
        """Keep the evidence of the last two bubbles, a question and its answer, and forget the oldest ones."""
        last = len(self.bubbles) - 1
        self.panels |= {last - 1: panel, last: panel}
        for old in [place for place in self.panels if place <= last - 2 * TURNS_KEPT]:
            del self.panels[old]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is shown for a question.

    Attributes:
        bubble: With the answer.
        panel: With its evidence.
        choices: What the reader can do about the answer.
    """

    bubble: str
    panel: str
    choices: tuple[Choice, ...] = ()


def reply(
    assistant: "Assistant",
    question: str,
    state: Conversation,
    *,
    language: Language,
    alone: bool = False,
    row: Sequence[object] = (),
) -> Reply:
    """Answer a question and remember it for follow-ups; asked alone, it forgets those before, and so do follow-ups.

    A mistake that the reader can put right becomes a bubble, too; the evidence panel is empty then.

    Args:
        assistant: Answers.
        question: As typed.
        state: Of the browser tab.
        language: Of our own words.
        alone: Do not complete it from the questions before.
        row: What stands in the row of filters.
    """
    turn = len(state.bubbles)
    history = [] if alone else state.questions
    try:
        filters = filters_in(row)
        answer = assistant.ask(question, history=history, filters=filters)
        quotations = [
            quotation_in(assistant.article(cited.document_id, cited.span.start, cited.span.end).document.text, cited)
            for cited in answer.all_citations
        ]
    except RemedyError as error:
        return Reply(error_bubble(error, language=language), empty_evidence_html(language))
    state.questions = [*history, question][-TURNS_KEPT:]
    return Reply(
        answer_bubble(answer, language=language, turn=turn, filters=filters),
        evidence_html(answer, quotations, language=language, turn=turn),
        choices(answer, language=language),
    )
