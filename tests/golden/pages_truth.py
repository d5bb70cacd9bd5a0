"""The invented pages of this folder, with their truth and their scores, each worked out once."""

from functools import cache
from pathlib import Path

from qa.evaluation.corpus import measure
from qa.evaluation.pages import PageScore, total
from qa.evaluation.truth import TruePage, read_truth

PAGES = Path(__file__).parent / "pages"


@cache
def truth() -> dict[str, TruePage]:
    """Return the truth of every page, by name."""
    return {page.name: page for page in read_truth(PAGES)}


@cache
def score(name: str) -> PageScore:
    """Return the score of one page."""
    return measure(PAGES, truth()[name])


def summed(*, held_back: bool) -> PageScore:
    """Return the sum over the pages that are held back, or over the others."""
    return total("sum", (score(name) for name, page in truth().items() if page.held_back is held_back))


def source(name: str) -> str:
    """Return the text of a page as it was written, line ends and all."""
    data = (PAGES / f"{name}.txt").read_bytes()
    return data.decode(truth()[name].encoding)
