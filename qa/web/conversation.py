"""Conversation: what one browser tab has asked and been shown, and `reply`, one turn of it.

Takes questions to the assistant and brings back HTML; knows no component and no request.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.errors import RemedyError
from qa.web.bubble import answer_bubble, error_bubble
from qa.web.evidence import empty_evidence_html, evidence_html
from qa.web.marking import quotation_in
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
    bubbles: list[dict[str, str]] = field(default_factory=list)
    panels: dict[int, str] = field(default_factory=dict)

    def say(self, role: str, bubble: str) -> None:
        self.bubbles.append({"role": role, "content": bubble})

    def keep_panel(self, panel: str) -> None:
        """Keep the evidence of the last two bubbles, a question and its answer, and forget the oldest ones."""
        last = len(self.bubbles) - 1
        self.panels |= {last - 1: panel, last: panel}
        for old in [place for place in self.panels if place <= last - 2 * TURNS_KEPT]:
            del self.panels[old]


def reply(assistant: "Assistant", question: str, state: Conversation, *, language: Language) -> tuple[str, str]:
    """Return answer bubble and evidence panel for a question, and remember the question for follow-ups.

    A mistake that the reader can put right becomes a bubble, too; the evidence panel is empty then.
    """
    turn = len(state.bubbles)
    try:
        answer = assistant.ask(question, history=state.questions)
        quotations = [
            quotation_in(assistant.article(cited.document_id, cited.span.start, cited.span.end).document.text, cited)
            for cited in answer.citations
        ]
    except RemedyError as error:
        return error_bubble(error, language=language), empty_evidence_html(language)
    state.questions = [*state.questions, question][-TURNS_KEPT:]
    return (
        answer_bubble(answer, language=language, turn=turn),
        evidence_html(answer, quotations, language=language, turn=turn),
    )
