"""One word for how sure an answer is, with the figure behind it. Pure; decides nothing."""

from qa.certainty import level_of, percent_of
from qa.types import Answer
from qa.web.words import Language, word


def confidence_html(answer: Answer, language: Language) -> str:
    """Return the word, with the figure for pointer, keyboard and screen readers; nothing where no answer was given."""
    if answer.abstained:
        return ""
    level = level_of(answer.confidence)
    figure = word("confidence_figure", language, percent=percent_of(answer.confidence))
    return (
        f'<span class="wj-confidence" data-level="{level}" tabindex="0">{word(f"confidence_{level}", language)}'
        f'<span class="wj-figure"> {figure}</span></span>'
    )
