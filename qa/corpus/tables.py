"""Tell by its name whether a document is a table, so that its pages are called rows. Reads and loads nothing."""

from pathlib import PurePosixPath
from typing import Literal

SUFFIXES = frozenset(".csv .tsv .tab .xlsx .xlsm .json .jsonl .ndjson".split())


def page_kind(document_id: str) -> Literal["page", "row"]:
    """Return what the pages of a document are called."""
    return "row" if is_table(document_id) else "page"


def is_table(document_id: str) -> bool:
    """Return whether the pages of a document are the rows of a table."""
    return PurePosixPath(document_id).suffix.lower() in SUFFIXES
