"""The word for how sure an answer is, the same in the chat and in the terminal. Pure; decides nothing."""

from typing import Literal

Level = Literal["certain", "likely", "unsure"]

# The confidence is a logistic fit to whether a question is answered by what was found (`qa.answer.confidence`), so a
# threshold means a chance: of ten answers called certain nine are meant to be right, of ten called likely seven. Over
# the questions that it was measured on, it is off by .08 on average (README, "calibration error of the answers
# given"), and further on hard ones, which is why the figure is told beside the word.
CERTAIN = 0.9
LIKELY = 0.7


def level_of(confidence: float) -> Level:
    """Return the word for a confidence from 0 to 1."""
    return "certain" if confidence >= CERTAIN else "likely" if confidence >= LIKELY else "unsure"


def percent_of(confidence: float) -> int:
    """Return whole percents, cut and not rounded: .897 is not shown as the 90% from which an answer is certain."""
    return int(round(confidence * 10_000) / 100)
