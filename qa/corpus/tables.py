"""Tell by its name whether a document is a table, so that its pages are called rows. Reads and loads nothing."""

from pathlib import PurePosixPath

SUFFIXES = frozenset(".csv .tsv .tab .xlsx .xlsm .json .jsonl .ndjson".split())


def is_table(document_id: str) -> bool:
    """Return whether the pages of a document are the rows of a table."""
    return PurePosixPath(document_id).suffix.lower() in SUFFIXES
