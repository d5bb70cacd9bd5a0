"""The languages that Wenju writes in, and the few words that all of its shells say alike: where in a file a page is.

Knows nothing of the language of documents, which are never translated.
"""

from typing import Literal

from qa.corpus.tables import page_kind

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

_PAGES = {
    ("page", "zh"): "第 {number} 页",
    ("row", "zh"): "第 {number} 行",
    ("page", "en"): "page {number}",
    ("row", "en"): "row {number}",
}


def page_words(document_id: str, number: int, language: Language) -> str:
    """Return on which page, or in which row of a table, something stands.

    Args:
        document_id: By whose ending a table is known.
        number: From 1.
        language: To write in.
    """
    return _PAGES[page_kind(document_id), language].format(number=number)
