"""Tell whose a figure is where a sentence sets one name or year beside another: `东埠区改造37公里,望河区21公里`.

Rules on what stands before the figure; Chinese names of places and bodies, and years. Chooses no answer.
"""

import re
from collections.abc import Iterator

from qa.answer.guard.named import named_in
from qa.answer.question import Asked, asked_for
from qa.retrieval.tokens import fold

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年?(?!\d)|[今去前明上]年")
# The figures follow the names in their order, stand before them, or are differences: what is nearest does not tell.
_IN_ORDER = re.compile("分别|依次|各自|的[是为]|[比较]|[从由自].{1,20}[到至]")


def owned(question: str, sentence: str, start: int) -> int:
    """Return 1 where what stands before a figure is what the question names, -1 where it is a rival of it, else 0.

    Args:
        question: Completed from the history.
        sentence: Around the figure.
        start: Where the figure begins in it.

    Returns:
        0 wherever the sentence does not hold both the name and a rival, another name of the same kind.
    """
    asked, whole, before = fold(question), fold(sentence), fold(sentence[:start])
    if _IN_ORDER.search(whole):
        return 0
    for name, rivals in _compared(asked, whole):
        ours, theirs = before.rfind(name), max(before.rfind(rival) for rival in rivals)
        if ours != theirs:  # -1 both: none stands before the figure
            return 1 if ours > theirs else -1
    return 0


def _compared(question: str, sentence: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each name of a question that a sentence holds, with the rivals that it holds, too."""
    named = named_in(sentence)
    for one in named_in(question):
        if one.suffix and one.text in sentence:
            others = [other.text for other in named if (other.level, other.suffix) == (one.level, one.suffix)]
            rivals = [text for text in others if text not in one.text and one.text not in text]
            if rivals:
                yield one.text, rivals
    years = _YEAR.findall(question)
    if len(years) == 1 and asked_for(question) is not Asked.DATE:
        rivals = [year for year in _YEAR.findall(sentence) if year[:4] != years[0][:4]]
        if years[0] in sentence and rivals:
            yield years[0], rivals
