"""The evidence panel of a turn, with every quotation opened in its source as it is now."""

from typing import TYPE_CHECKING

from qa.chat.turns import Turn
from qa.errors import RemedyError
from qa.web.evidence.panel import empty_evidence_html, evidence_html
from qa.web.evidence.quotations import open_quotations
from qa.web.words import Language

if TYPE_CHECKING:
    from qa.assistant import Assistant


def panel_of(assistant: "Assistant", turn: Turn | None, language: Language) -> str:
    """Return the evidence of a turn; the empty panel for none, and for a mistake."""
    if turn is None or turn.answer is None:
        return empty_evidence_html(language)
    try:
        quotations = open_quotations(assistant, turn.answer)
    except RemedyError:
        return empty_evidence_html(language)
    return evidence_html(turn.answer, quotations, language=language, turn=turn.number)
