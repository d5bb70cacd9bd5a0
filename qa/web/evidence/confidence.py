"""One word for how sure an answer is, with the figure behind it. Pure; decides nothing."""

from qa.types import Answer
from qa.web.words import Language, word

# The confidence is a logistic fit to whether a question is answered by what was found (`qa.answer.confidence`), so a
# threshold means a chance: of ten answers called certain nine are meant to be right, of ten called likely seven. Over
# the questions that it was measured on, it is off by .08 on average (README, "calibration error of the answers
# given"), and further on hard ones, which is why the figure is told beside the word.
CERTAIN = 0.9
LIKELY = 0.7


def confidence_level(confidence: float) -> str:
    """Return `certain`, `likely` or `unsure`."""
    return "certain" if confidence >= CERTAIN else "likely" if confidence >= LIKELY else "unsure"


def confidence_html(answer: Answer, language: Language) -> str:
    """Return the word, with the figure on hover and for screen readers; nothing where no answer was given."""
    if answer.abstained:
        return ""
    level = confidence_level(answer.confidence)
    # Cut, not rounded: .897 is not shown as the 90% from which an answer is certain.
    figure = word("confidence_figure", language, percent=int(round(answer.confidence * 10_000) / 100))
    return (
        f'<span class="wj-confidence" data-level="{level}" title="{figure}">{word(f"confidence_{level}", language)}'
        f'<span class="wj-unseen"> ({figure})</span></span>'
    )
