"""The small number behind a sentence that leads to its quotation in the evidence panel."""

from qa.web.words import Language, word


def reference_html(number: int, language: Language, turn: int) -> str:
    """Return the link to a citation of a turn."""
    label = word("see_evidence", language, number=number)
    return (
        f'<a class="wj-ref" href="#wj-{turn}-{number}" data-turn="{turn}" data-number="{number}" '
        f'aria-label="{label}" title="{label}">{number}</a>'
    )
